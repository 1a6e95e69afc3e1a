// Asks what stock Firmata is on a port, by a question that changes nothing on a board. Opening the port itself restarts an
// Arduino with automatic reset: never do it while a cell uses the board.
import { type Fault, fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { TransportFactory } from '../../src/ports/transport.ts';
import { COMMAND, type FirmataMessage, FirmataReader, SYSEX } from './firmata-messages.ts';

export interface FirmataIdentity {
  /** Name of the sketch, such as `StandardFirmata.ino`; may be empty. */
  readonly name: string;
  /** Of the sketch, `major.minor`. */
  readonly version: string;
}

export interface FirmataProbeOptions {
  readonly factory: TransportFactory;
  readonly clock: Clock;
  /** How long to wait for the answer, ms: a boot loader and the blinking of the version take some 3 s. @defaultValue 5000 */
  readonly answerMs?: number;
}

export type FirmataProbeOutcome =
  | { readonly kind: 'answered'; readonly identity: FirmataIdentity }
  /** 1006 not opened, 1001 lost, 1004 something else speaks there, 1005 silence. */
  | { readonly kind: 'failed'; readonly fault: Fault };

const ASK_EVERY_MS = 250;
const QUESTION = Uint8Array.of(COMMAND.endSysex, COMMAND.startSysex, SYSEX.reportFirmware, COMMAND.endSysex);

/** Each character is sent as two bytes of seven bits. */
function identityIn(message: FirmataMessage): FirmataIdentity | undefined {
  const [start, sysex, major, minor] = message;
  if (start !== COMMAND.startSysex || sysex !== SYSEX.reportFirmware || message.length < 5) return undefined;
  const bytes = message.slice(4, -1);
  const codes = Array.from(
    { length: bytes.length >> 1 },
    (_, at) => (bytes[2 * at] ?? 0) | ((bytes[2 * at + 1] ?? 0) << 7),
  );
  return { name: String.fromCharCode(...codes), version: `${major}.${minor}` };
}

/** Opens the port, asks, and closes it again. Never rejects. */
export function probeFirmata({ factory, clock, answerMs = 5000 }: FirmataProbeOptions): Promise<FirmataProbeOutcome> {
  return new Promise((resolve) => {
    const transport = factory();
    const reader = new FirmataReader('board');
    let outcome: FirmataProbeOutcome | undefined;
    let hasHeard = false;
    let cancel = (): void => undefined;

    function end(with_: FirmataProbeOutcome): void {
      outcome = with_;
      cancel();
      transport.close();
    }

    function ask(giveUpAt: number): void {
      const now = clock.now();
      if (now >= giveUpAt) {
        end({ kind: 'failed', fault: fault(hasHeard ? 1004 : 1005) });
        return;
      }
      transport.write(QUESTION);
      cancel = clock.schedule(monotonicMs(now + ASK_EVERY_MS), () => ask(giveUpAt));
    }

    transport.open({
      opened: () => ask(clock.now() + answerMs),
      data: (bytes) => {
        hasHeard = true;
        for (const message of reader.push(bytes)) {
          const identity = identityIn(message);
          if (identity !== undefined && outcome === undefined) end({ kind: 'answered', identity });
        }
      },
      closed: (cause) => {
        cancel();
        resolve(outcome ?? { kind: 'failed', fault: cause ?? fault(1001, { reason: 'closed' }) });
      },
    });
  });
}
