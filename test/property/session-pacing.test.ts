// Goal: at most 64 bytes are on their way when a STOP is written, whatever the stream lane has to send.
// Method: record what the session hands to its transport and when, and work the line out from the baud rate alone.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { decodeFrame } from '../../firmware-bridge/wire/frame.ts';
import { HOST_TYPES } from '../../firmware-bridge/wire/messages.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { TransportFactory } from '../../src/ports/transport.ts';
import { ScriptedBoard } from '../support/scripted-board.ts';
import { testRandom } from '../support/session-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { boardModel, digitalInput, servoOutput, UID } from '../support/wire-samples.ts';

interface Sent {
  readonly atMs: number;
  readonly bytes: Uint8Array;
}

function recording(factory: TransportFactory, clock: VirtualClock, sent: Sent[]): TransportFactory {
  return () => {
    const inner = factory();
    return {
      open: (listener) => inner.open(listener),
      write: (bytes) => {
        sent.push({ atMs: clock.now(), bytes });
        inner.write(bytes);
      },
      get pendingBytes() {
        return inner.pendingBytes;
      },
      setBaud: (baud, done) => inner.setBaud?.(baud, done),
      close: () => inner.close(),
    };
  };
}

function typeOf(bytes: Uint8Array): number {
  const frame = decodeFrame(bytes.subarray(bytes[0] === 0 ? 1 : 0, -1), UID);
  return typeof frame === 'string' ? -1 : frame.type;
}

/** Bytes that have not left the line at the moment of each STOP. */
function bytesAheadOfStops(sent: readonly Sent[], baud: number): number[] {
  const ahead: number[] = [];
  let freeAtMs = 0;
  for (const { atMs, bytes } of sent) {
    const waiting = (Math.max(0, freeAtMs - atMs) * baud) / 10_000;
    if (typeOf(bytes) === HOST_TYPES.stop) ahead.push(waiting);
    freeAtMs = Math.max(freeAtMs, atMs) + (bytes.length * 10_000) / baud;
  }
  return ahead;
}

function planOf(servos: number, baud: number): BoardPlan {
  return {
    board: boardModel({ baud, leaseMs: 200 }),
    inputs: [digitalInput('estop', 2, { edge: true })],
    outputs: Array.from({ length: servos }, (_, index) => servoOutput(`axis-${index}`, 3 + index)),
  };
}

function makeBench(servos: number, baud: number) {
  const clock = new VirtualClock();
  const plan = planOf(servos, baud);
  const line = createLoopback({ clock, baud: BOOT_BAUD });
  const board = new ScriptedBoard({ plan, clock, line: line.board });
  const sent: Sent[] = [];
  const session = createSession({ plan, clock, factory: recording(line.host, clock, sent), random: testRandom(9) });
  const subscription = session.port.events$.subscribe({
    error: (error: unknown) => {
      throw error;
    },
  });
  clock.advance(1500);
  let cycle = 0;
  const write = (arm: boolean): void => {
    cycle += 1;
    session.port.write({ cycle, arm, outputs: plan.outputs.map(() => 1500) });
  };
  const every = (periodMs: number, task: () => void): void => {
    clock.schedule(monotonicMs(clock.now() + periodMs), () => {
      task();
      every(periodMs, task);
    });
  };
  return { clock, board, sent, session, subscription, write, every };
}

describe('the stream lane', () => {
  it('[S15] never puts more than 64 bytes in front of a STOP', () => {
    let stops = 0;
    const bauds = fc.constantFrom(57_600, 115_200, 250_000, 1_000_000);
    const gaps = fc.array(fc.double({ min: 0.05, max: 40, noNaN: true }), { minLength: 5, maxLength: 25 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), bauds, gaps, (servos, baud, stopGaps) => {
        const bench = makeBench(servos, baud);
        bench.every(10, () => bench.write(true));
        bench.every(7, () => {
          bench.session.stream.write(new Uint8Array(64).fill(7));
          bench.board.stream(new Uint8Array(8));
        });
        for (const gap of stopGaps) {
          bench.clock.advance(gap);
          bench.write(false);
        }
        const ahead = bytesAheadOfStops(bench.sent, baud);
        stops += ahead.length;
        for (const bytes of ahead) expect(bytes).toBeLessThanOrEqual(64 + 1e-6);
        bench.subscription.unsubscribe();
      }),
      { numRuns: 40 },
    );
    expect(stops).toBeGreaterThan(100);
  });

  it.each([
    [2, 115_200],
    [6, 115_200],
    [16, 250_000],
  ])('makes progress beside cycles of 10 ms with %i servos at %i baud', (servos, baud) => {
    const bench = makeBench(servos, baud);
    bench.every(10, () => bench.write(true));
    const bytes = Uint8Array.from({ length: 400 }, (_, index) => index & 0xff);
    bench.session.stream.write(bytes);
    bench.clock.advance(1500);
    expect(bench.board.streamed).toEqual([...bytes]);
  });

  it('refuses a write that does not fit its queue as a whole, and counts it', () => {
    const bench = makeBench(2, 57_600);
    bench.session.stream.write(new Uint8Array(16_000));
    bench.session.stream.write(new Uint8Array(1000));
    expect(bench.session.stats().streamRefused).toBe(1);
    bench.session.stream.write(new Uint8Array(100));
    expect(bench.session.stats().streamRefused).toBe(1);
  });

  it('drops what is written while no session is open', () => {
    const bench = makeBench(2, 57_600);
    bench.subscription.unsubscribe();
    const before = bench.sent.length;
    bench.session.stream.write(new Uint8Array(10));
    bench.clock.advance(100);
    expect(bench.sent.length).toBe(before);
  });
});
