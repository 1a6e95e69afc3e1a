// The unsupervised tier: a board with stock Firmata firmware, whose port carries Firmata and nothing else. No lease, no
// checksum, no receipt: for what cannot hurt. What the protocol lacks is watched from here, as far as it can be.
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { StreamListener, StreamPort } from '../../src/ports/stream-port.ts';
import type { TransportFactory } from '../../src/ports/transport.ts';
import { FirmataConnection, type FirmataLoss } from './firmata-connection.ts';

/** Hears how the connection stands, beside what the stream's listener hears. */
export interface FirmataLinkListener {
  /** The port is open; nothing is known of the board yet. */
  opened(): void;
  /** A pin was echoed as it must be. @param roundTripMs from the query to the echo */
  echoed(roundTripMs: number): void;
  /** The connection ended, or the port could not be opened: another attempt follows. */
  lost(loss: FirmataLoss): void;
}

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
  readonly onLink?: FirmataLinkListener;
}

/** A stream to a stock board. Each connection counts as a session. */
export interface FirmataStream extends StreamPort {
  /**
   * Asks from now on, until the connection ends, what the board's pins are and do. An answer that does not come for 400 ms,
   * or that is wrong twice, ends the connection. No effect while there is none.
   * @param witness a pin that nothing uses: it is made an input, which a board that was reset has forgotten (StandardFirmata
   *   drives all pins low then); undefined: only the pins in use can tell
   */
  watch(witness: number | undefined): void;
  /** Turns the pull-up of an input on, on a board that has no mode for it; takes effect with the next write to its port. */
  pullUp(pin: number): void;
}

/**
 * A stream straight over a transport. Connects when listened to, and again for as long as somebody listens.
 * Each connection begins with a reset of the board's settings, since boards differ in whether opening the port resets them.
 */
export function createFirmataStream(options: FirmataStreamOptions): FirmataStream {
  const { clock, retryMs = 1000, transport, onLink } = options;
  let stopCurrent = (): void => undefined;
  let current: FirmataConnection | undefined;

  function listen(listener: StreamListener): () => void {
    stopCurrent();
    let stopped = false;
    let cancelRetry = (): void => undefined;

    function attempt(): void {
      let wasOpen = false;
      const own = new FirmataConnection(transport(), clock, {
        opened: () => {
          wasOpen = true;
          onLink?.opened();
          listener.opened();
        },
        data: (bytes) => listener.data(bytes),
        echoed: (roundTripMs) => onLink?.echoed(roundTripMs),
        lost: (loss) => {
          if (stopped) return;
          if (wasOpen) listener.closed();
          onLink?.lost(loss);
          cancelRetry = clock.schedule(monotonicMs(clock.now() + retryMs), attempt);
        },
      });
      current = own;
      own.open();
    }

    function stop(): void {
      if (stopped) return;
      stopped = true;
      cancelRetry();
      current?.close();
      current = undefined;
    }

    stopCurrent = stop;
    attempt();
    return stop;
  }

  return {
    listen,
    write: (bytes) => current?.write(bytes),
    watch: (witness) => current?.watch(witness),
    pullUp: (pin) => current?.pullUp(pin),
  };
}
