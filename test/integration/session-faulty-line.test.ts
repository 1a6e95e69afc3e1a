// A session over a line that delays, cuts, floods and loses answers, against the board of the tests or the real firmware.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { FrameGate } from '../../firmware-bridge/session/frame-gate.ts';
import type { Disturbance } from '../../firmware-bridge/transport/loopback.ts';
import { drawFrom } from '../support/faulted-frames.ts';
import { SessionBench } from '../support/session-bench.ts';

const LEASE_MS = 100;
const VALIDITY_MS = 50;

/** An armed cell of 10 ms with outputs that tell the cycle, and what the board carried out, and when. */
function delayedBench(delayMs: () => number): { bench: SessionBench; ages: () => readonly number[] } {
  const disturb: Disturbance = (direction, bytes) => [{ bytes, delayMs: direction === 'to-board' ? delayMs() : 0 }];
  const bench = new SessionBench({ model: { leaseMs: LEASE_MS, validityMs: VALIDITY_MS }, disturb });
  const writtenAt = new Map<number, number>();
  const executed = new Map<number, number>();
  bench.connect();
  const write = bench.write.bind(bench);
  bench.write = (changes) => {
    write(changes);
    writtenAt.set(bench.cycle, bench.clock.now());
  };
  bench.start = () => bench;
  const watch = (): void => {
    if (!executed.has(bench.board.lastCycle)) executed.set(bench.board.lastCycle, bench.clock.now());
  };
  const advance = bench.clock.advance.bind(bench.clock);
  bench.clock.advance = (ms) => {
    for (let at = 0; at < ms; at += 1) {
      advance(1);
      watch();
    }
  };
  const ages = () => [...executed].flatMap(([cycle, at]) => (cycle > 0 ? [at - (writtenAt.get(cycle) ?? at)] : []));
  return { bench, ages };
}

describe('a line that delays commands', () => {
  it.each([10, 30, 60, 100, 250, 500, 1000, 2000])(
    '[S7] by up to %i ms has none carried out that is older than its validity, and the board safe after its lease',
    (spikeMs) => {
      const draw = drawFrom(spikeMs);
      let spikes = false;
      // One frame in three is late, by anything up to the spike.
      const { bench, ages } = delayedBench(() => (spikes && draw(3) === 0 ? draw(spikeMs + 1) : 0));
      bench.runCycles();
      bench.clock.advance(200);
      expect(bench.link?.state).toBe('armed');
      spikes = true;
      bench.clock.advance(3000);
      expect(ages().length).toBeGreaterThan(20);
      // The estimate of board time is a millisecond or two behind, never ahead.
      expect(Math.max(...ages())).toBeLessThanOrEqual(VALIDITY_MS + 2);
      spikes = false;
      bench.endCycles();
      bench.clock.advance(2000 + LEASE_MS + 1);
      expect(bench.board.state).not.toBe('armed');
      expect(bench.board.outputs).toEqual(bench.board.outputs.map(() => 0));
    },
  );
});

describe('a host', () => {
  it('[S8] takes the next frame after half a frame and silence, wherever the frame was cut', () => {
    const bench = new SessionBench({ model: { leaseMs: 2000 } }).connect();
    bench.board.isMute = true;
    bench.clock.advance(5);
    const { length } = bench.board.encode(bench.board.imageMessage('image'));
    const zero = Uint8Array.of(0);
    // Without its last zero alone a frame is whole by the next one's first.
    for (let at = 1; at < length - 1; at += 1) {
      bench.line.board.write(bench.board.encode(bench.board.imageMessage('image')).subarray(0, at));
      bench.clock.advance(20);
      const before = bench.events.length;
      // A sender that was quiet puts a zero in front.
      bench.line.board.write(zero);
      bench.line.board.write(bench.board.encode(bench.board.imageMessage('image')));
      bench.clock.advance(10);
      expect(bench.events.length).toBe(before + 1);
    }
  });

  it('[S9] takes a flood of noise without keeping any of it', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const draw = drawFrom(99);
    const noise = Uint8Array.from({ length: 65_536 }, () => draw(256));
    const silent = new Uint8Array(65_536).fill(7);
    let heard = 0;
    const gate = new FrameGate(() => {
      heard += 1;
    });
    gate.receive(noise);
    collect();
    const before = process.memoryUsage().heapUsed;
    // 32 MiB: three quarters of an hour of a line at 115,200 baud; half of it is one frame that never ends.
    for (let count = 0; count < 256; count += 1) {
      gate.receive(noise);
      gate.receive(silent);
    }
    collect();
    expect((process.memoryUsage().heapUsed - before) / 1024).toBeLessThan(1024);
    expect(heard).toBe(0);
  });

  it('[S9] loses a link on which only noise arrives within 150 ms, and has it back when the noise ends', () => {
    const bench = new SessionBench().connect();
    const draw = drawFrom(5);
    bench.runCycles();
    bench.clock.advance(100);
    bench.board.isMute = true;
    const fromMs = bench.clock.now();
    for (let count = 0; count < 200; count += 1) {
      bench.line.board.write(Uint8Array.from({ length: 11 }, () => draw(256)));
      bench.clock.advance(1);
    }
    expect(bench.linkAt('down', fromMs) - fromMs).toBeLessThanOrEqual(150);
    bench.board.isMute = false;
    bench.endCycles();
    bench.clock.advance(10_000);
    expect(bench.link?.state).toBe('stopped');
  });

  it.each(Array.from({ length: 12 }, (_, lost) => lost))(
    '[S20] comes to one configured session though answer %i of the board was lost',
    (lost) => {
      let answers = 0;
      const disturb: Disturbance = (direction, bytes) => {
        if (direction === 'to-board') return [{ bytes, delayMs: 0 }];
        answers += 1;
        return answers === lost + 1 ? [] : [{ bytes, delayMs: 0 }];
      };
      const bench = new SessionBench({ disturb }).start();
      bench.clock.advance(3000);
      expect(bench.link?.state).toBe('stopped');
      expect([bench.session.stats().sessionsOpened, bench.links]).toEqual([1, ['connecting', 'stopped']]);
    },
  );

  it('[S20] stays armed while receipts are lost for less than 100 ms, and each command is carried out once', () => {
    let isLosing = false;
    const bench = new SessionBench({
      disturb: (direction, bytes) => (direction === 'to-host' && isLosing ? [] : [{ bytes, delayMs: 0 }]),
    }).connect();
    bench.runCycles();
    bench.clock.advance(200);
    const [cycles, taken] = [bench.cycle, bench.board.countTaken('process')];
    isLosing = true;
    bench.clock.advance(80);
    isLosing = false;
    bench.clock.advance(200);
    expect(bench.link?.state).toBe('armed');
    expect(bench.board.countTaken('process') - taken).toBe(bench.cycle - cycles);
  });
});
