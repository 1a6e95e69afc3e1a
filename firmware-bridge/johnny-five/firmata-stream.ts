// The unsupervised tier: a board with stock Firmata firmware, whose port carries Firmata and nothing else. No lease, no
// checksum, no receipt: for non-hazardous devices only.
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { StreamListener, StreamPort } from '../../src/ports/stream-port.ts';
import type { Transport, TransportFactory } from '../../src/ports/transport.ts';

/** How a board with stock Firmata is reached, and how patiently. */
export interface FirmataStreamOptions {
  /** Makes a closed transport to the board, for each attempt. */
  readonly transport: TransportFactory;
  readonly clock: Clock;
  /**
   * Time from the end of a connection, or a failed attempt, to the next attempt, ms.
   * @defaultValue 1000
   */
  readonly retryMs?: number;
}

/**
 * A stream straight over a transport. Connects when listened to, and again for as long as somebody listens.
 * Each connection counts as a session: `opened` and `closed` mean that the port was opened and closed.
 */
export function createFirmataStream({ transport, clock, retryMs = 1000 }: FirmataStreamOptions): StreamPort {
  let stopCurrent = (): void => undefined;
  let open: Transport | undefined;

  function listen(listener: StreamListener): () => void {
    stopCurrent();
    let stopped = false;
    let attempted: Transport | undefined;
    let cancelRetry = (): void => undefined;

    function attempt(): void {
      const own = transport();
      attempted = own;
      own.open({
        opened: () => {
          if (stopped) return;
          open = own;
          listener.opened();
        },
        data: (bytes) => {
          if (open === own) listener.data(bytes);
        },
        closed: () => {
          const wasOpen = open === own;
          if (wasOpen) open = undefined;
          if (stopped) return;
          if (wasOpen) listener.closed();
          cancelRetry = clock.schedule(monotonicMs(clock.now() + retryMs), attempt);
        },
      });
    }

    function stop(): void {
      if (stopped) return;
      stopped = true;
      cancelRetry();
      if (open === attempted) open = undefined;
      attempted?.close();
    }

    stopCurrent = stop;
    attempt();
    return stop;
  }

  return { listen, write: (bytes) => open?.write(bytes) };
}
