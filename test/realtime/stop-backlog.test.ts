// Goal: while the stream lane floods, at most 64 bytes are in front of a STOP on a line of 115,200 baud; through the real
// serial port, on a pseudo-terminal. Method: what is handed to the port, at the times that the session itself has read, so
// that a busy machine moves both ends of the comparison; a pseudo-terminal has no speed, so the line is worked out.
import { afterEach, expect, it, vi } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { decodeFrame } from '../../firmware-bridge/wire/frame.ts';
import { HOST_TYPES } from '../../firmware-bridge/wire/messages.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { TransportFactory } from '../../src/ports/transport.ts';
import { PtyBoard } from '../bench/pty-board.ts';
import { testRandom } from '../support/session-bench.ts';
import { samplePlan, UID, UID_TEXT } from '../support/wire-samples.ts';

const STOPS = 60;
const AHEAD_BYTES_MAX = 64;
const UNTIL = { timeout: 60_000, interval: 5 };

const undo: (() => void)[] = [];
afterEach(() => {
  for (const task of undo.splice(0).toReversed()) task();
});

/** A frame handed to the port. */
interface Written {
  readonly atMs: number;
  readonly bytes: Uint8Array;
  /** Bytes that the operating system had not taken then. */
  readonly pendingBytes: number;
}

function noting(clock: Clock): Clock & { readonly lastMs: number } {
  const self = {
    lastMs: 0,
    now: () => {
      self.lastMs = clock.now();
      return monotonicMs(self.lastMs);
    },
    wall: () => clock.wall(),
    schedule: (at: MonotonicMs, task: () => void) => clock.schedule(at, task),
  };
  return self;
}

function recording(
  factory: TransportFactory,
  clock: { readonly lastMs: number },
  written: Written[],
): TransportFactory {
  return () => {
    const inner = factory();
    return {
      open: (listener) => inner.open(listener),
      write: (bytes) => {
        written.push({ atMs: clock.lastMs, bytes, pendingBytes: inner.pendingBytes });
        inner.write(bytes);
      },
      get pendingBytes() {
        return inner.pendingBytes;
      },
      close: () => inner.close(),
    };
  };
}

function typeOf(bytes: Uint8Array): number {
  const frame = decodeFrame(bytes.subarray(bytes[0] === 0 ? 1 : 0, -1), UID);
  return typeof frame === 'string' ? -1 : frame.type;
}

/** In front of each STOP: what the port has not taken, or what has not left the line. */
function bytesAheadOfStops(written: readonly Written[]): number[] {
  const ahead: number[] = [];
  let freeAtMs = 0;
  for (const { atMs, bytes, pendingBytes } of written) {
    const onLine = (Math.max(0, freeAtMs - atMs) * BOOT_BAUD) / 10_000;
    if (typeOf(bytes) === HOST_TYPES.stop) ahead.push(Math.max(onLine, pendingBytes));
    freeAtMs = Math.max(freeAtMs, atMs) + (bytes.length * 10_000) / BOOT_BAUD;
  }
  return ahead;
}

it('[S15] at most 64 bytes are in front of a stop at the real port while the stream floods', async () => {
  const board = new PtyBoard({ uid: UID_TEXT, baud: BOOT_BAUD });
  undo.push(() => board.close());
  const clock = noting(createRealClock());
  const written: Written[] = [];
  const plan = samplePlan({ leaseMs: 1000, validityMs: 500 });
  const factory = recording(openTransport(board.path, { clock, baud: BOOT_BAUD }), clock, written);
  const session = createSession({ plan, clock, factory, random: testRandom(3) });
  const state = { link: '' };
  const subscription = session.port.events$.subscribe({
    next: (event) => {
      if (event.kind === 'link') state.link = event.state;
    },
    error: (error: unknown) => {
      throw error;
    },
  });
  undo.push(() => subscription.unsubscribe());
  await vi.waitFor(() => expect(state.link).toBe('stopped'), UNTIL);

  // Phases of stop, cycle and stream move against each other.
  let cycle = 0;
  const write = (arm: boolean): void => {
    cycle += 1;
    session.port.write({ cycle, arm, outputs: [1500, 1, 1200] });
  };
  const flood = setInterval(() => session.stream.write(new Uint8Array(64).fill(7)), 3);
  const cycles = setInterval(() => write(true), 10);
  const stops = setInterval(() => write(false), 37);
  undo.push(() => [flood, cycles, stops].forEach(clearInterval));
  await vi.waitFor(() => expect(bytesAheadOfStops(written).length).toBeGreaterThanOrEqual(STOPS), UNTIL);

  const ahead = bytesAheadOfStops(written);
  expect(Math.max(...ahead)).toBeLessThanOrEqual(AHEAD_BYTES_MAX + 1e-6);
  // There was something to be kept back, and the lane did move.
  expect(Math.max(...ahead)).toBeGreaterThan(0);
  expect(written.filter(({ bytes }) => typeOf(bytes) === HOST_TYPES.stream).length).toBeGreaterThan(STOPS);
});
