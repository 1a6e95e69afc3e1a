// Chooses how to reach a board from what `port` in cell.yaml says.
import type { TransportFactory } from '../../src/ports/transport.ts';
import { type SerialOptions, SerialTransport } from './serial-port.ts';
import { TcpTransport } from './tcp.ts';

/**
 * @param spec path of a serial port, or `tcp://host:port`
 * @returns a factory of transports; what is wrong with `spec` shows as fault 1006 when one is opened
 */
export function openTransport(spec: string, options: SerialOptions): TransportFactory {
  if (spec.startsWith('tcp:')) return () => new TcpTransport(spec, options);
  return () => new SerialTransport(spec, options);
}
