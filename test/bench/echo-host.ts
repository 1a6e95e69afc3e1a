// The reference of the host path: a process that answers so many bytes on a serial port with so many others, and no more.
// `library` writes as node-serialport does, `direct` hands the bytes to the operating system in the same turn.
import { writeSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { takeHighPriority } from '../../src/app/process-priority.ts';
import { helperArgument, sayReady } from './child.ts';

export interface EchoSettings {
  readonly path: string;
  readonly requestBytes: number;
  readonly replyBytes: number;
  readonly write: 'library' | 'direct';
}

const { path, requestBytes, replyBytes, write } = helperArgument() as EchoSettings;
const reply = Buffer.alloc(replyBytes, 0x55);
let received = 0;

takeHighPriority();
const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
port.on('data', (bytes: Uint8Array) => {
  received += bytes.length;
  if (received < requestBytes) return;
  received -= requestBytes;
  if (write === 'library') port.write(reply);
  else writeSync(descriptor(), reply);
});
port.open((error) => {
  if (error !== null) throw error;
  sayReady();
});

function descriptor(): number {
  const binding: unknown = port.port;
  if (typeof binding === 'object' && binding !== null && 'fd' in binding && typeof binding.fd === 'number') {
    return binding.fd;
  }
  throw new Error('node-serialport gives no descriptor on this system');
}
