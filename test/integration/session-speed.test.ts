// Goal: a link runs at the speed that the cell asks for or at the fastest that holds, and never at one that does not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Disturbance } from '../../firmware-bridge/transport/loopback.ts';
import type { SimulatedCell } from '../../sim/testing.ts';
import { simulateCell } from '../../sim/testing.ts';
import { changedExample } from '../support/scenario.ts';
import { SessionBench } from '../support/session-bench.ts';

const CHOICE_MS = 4000;

function connected(baud: number | 'auto', bench = new SessionBench({ model: { baud } })): SessionBench {
  bench.start();
  bench.clock.advance(CHOICE_MS);
  return bench;
}

/** What the line does to the pieces that it carries while the host's port is faster than the cable holds. */
interface Damage {
  /** One piece in so many is damaged. @defaultValue 1 */
  readonly every?: number;
  /** @defaultValue both directions */
  readonly only?: 'to-board' | 'to-host';
}

function cable(
  holds: number,
  { every = 1, only }: Damage = {},
): { readonly disturb: Disturbance; bench: SessionBench | undefined } {
  let pieces = 0;
  const self: { disturb: Disturbance; bench: SessionBench | undefined } = {
    bench: undefined,
    disturb: (direction, bytes) => {
      pieces += 1;
      const isTooFast = (self.bench?.line.board.hostBaud ?? 0) > holds;
      const isDamaged = isTooFast && pieces % every === 0 && (only ?? direction) === direction;
      return [{ bytes: isDamaged ? bytes.map((byte) => (byte === 0 ? 0 : byte ^ 0x10)) : bytes, delayMs: 0 }];
    },
  };
  return self;
}

describe('a session', () => {
  it.each([57_600, 115_200, 250_000, 1_000_000])('opens at %i baud where the cell asks for it', (baud) => {
    const bench = connected(baud);
    expect([bench.link?.state, bench.line.board.hostBaud, bench.session.stats().baud]).toEqual(['stopped', baud, baud]);
  });

  it.each([
    [1_000_000, 1_000_000],
    [600_000, 500_000],
    [120_000, 115_200],
  ])('whose cable holds %i baud finds %i by itself', (holds, found) => {
    const line = cable(holds);
    const bench = new SessionBench({ model: { baud: 'auto' }, disturb: line.disturb });
    line.bench = bench;
    connected('auto', bench);
    expect([bench.link?.state, bench.session.stats().baud]).toEqual(['stopped', found]);
  });

  it('is brought to 57,600 baud where the line loses some frames at the speed of the boot', () => {
    const line = cable(60_000, { every: 9 });
    const bench = new SessionBench({ model: { baud: 'auto' }, disturb: line.disturb });
    line.bench = bench;
    connected('auto', bench);
    expect([bench.link?.state, bench.session.stats().baud]).toEqual(['stopped', 57_600]);
  });

  it('finds no speed on a line that carries nothing at the speed of the boot', () => {
    const line = cable(60_000);
    const bench = new SessionBench({ model: { baud: 'auto' }, disturb: line.disturb });
    line.bench = bench;
    connected('auto', bench);
    expect([bench.link?.state, bench.session.stats().baud]).toEqual(['down', 115_200]);
  });

  it.each([
    ['to-board', 'no answer'],
    ['to-host', 'frames are damaged'],
  ] as const)('stays stopped, with the reason, where the speed is not held %s: %s', (direction, found) => {
    const line = cable(300_000, { only: direction });
    const bench = new SessionBench({ model: { baud: 500_000 }, disturb: line.disturb });
    line.bench = bench;
    connected(500_000, bench);
    expect(bench.link).toMatchObject({
      state: 'down',
      cause: { code: 1003, detail: { what: 'baud', expected: 500_000, found } },
    });
    expect(bench.board.state).not.toBe('stopped');
  });

  it('comes to its speed whenever the line stalls on the way there and for however long, and takes no stall for a board that does not fit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 60, max: 1500 }), (fromMs, stallMs) => {
        const untilMs = fromMs + stallMs;
        const bench: SessionBench = new SessionBench({
          model: { baud: 500_000 },
          provesLease: true,
          readsGoingClock: true,
          disturb: (_, bytes) => {
            const now = bench.clock.now();
            return [{ bytes, delayMs: now >= fromMs && now < untilMs ? untilMs - now : 0 }];
          },
        });
        bench.start();
        bench.clock.advance(untilMs + 4000);
        const causes = bench.events.flatMap(({ event }) => (event.kind === 'link' ? (event.cause?.code ?? []) : []));
        expect([bench.link?.state, bench.session.stats().baud]).toEqual(['stopped', 500_000]);
        expect(causes.filter((code) => code !== 1001)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the speed over a trip, and goes on at it', () => {
    const bench = connected(500_000);
    bench.write();
    bench.clock.advance(300);
    expect(bench.link?.state).toBe('tripped');
    bench.session.port.reopen();
    bench.clock.advance(1000);
    expect([bench.link?.state, bench.session.stats().baud]).toEqual(['stopped', 500_000]);
  });

  it('begins again at the speed of the boot when the port was opened anew', () => {
    const bench = connected(500_000);
    bench.line.cut();
    bench.clock.advance(1000);
    expect(bench.line.board.hostBaud).toBe(115_200);
    bench.line.restore();
    bench.clock.advance(CHOICE_MS);
    expect([bench.link?.state, bench.session.stats().baud]).toEqual(['stopped', 500_000]);
    expect(bench.session.stats().sessionsOpened).toBe(2);
  });

  it('measures the use of the line in both directions and the spread of its round trips', () => {
    const bench = connected(115_200);
    bench.runCycles(10);
    bench.clock.advance(2000);
    const { lineUse, roundTrip } = bench.session.stats();
    // A PROCESS of 27 bytes every 10 ms; an IMAGE of 31 to each, and one every 15 ms besides, as the scripted board has it.
    expect(lineUse.toBoard).toBeCloseTo(0.24, 1);
    expect(lineUse.toHost).toBeCloseTo(0.44, 1);
    expect(roundTrip.p50Ms).toBeGreaterThan(4);
    expect(roundTrip.maxMs).toBeGreaterThanOrEqual(roundTrip.p99Ms);
    expect(roundTrip.p99Ms).toBeGreaterThanOrEqual(roundTrip.p50Ms);
  });

  it('counts the frames that a bad line costs', () => {
    let images = 0;
    let isBad = false;
    const bench = new SessionBench({
      model: { leaseMs: 500 },
      disturb: (direction, bytes) => {
        if (direction === 'to-host' && bytes.length > 20) images += 1;
        const isDamaged = isBad && direction === 'to-host' && images % 10 === 0;
        return [{ bytes: isDamaged ? bytes.map((byte) => (byte === 0 ? 0 : byte ^ 0x10)) : bytes, delayMs: 0 }];
      },
    }).connect();
    bench.runCycles(10);
    bench.clock.advance(500);
    expect(bench.session.stats().errors).toEqual({ dropped: 0, missed: 0, bad: 0, late: 0 });
    isBad = true;
    bench.clock.advance(1000);
    isBad = false;
    bench.clock.advance(100);
    const { dropped, missed, bad, late } = bench.session.stats().errors;
    expect(dropped).toBeGreaterThan(10);
    expect(missed).toBeGreaterThan(10);
    expect([bad, late]).toEqual([0, 0]);
  });
});

async function cellAt(baud: string, level: 1 | 3 = 1): Promise<SimulatedCell> {
  const path = changedExample('baud: 115200', `baud: ${baud}`);
  return simulateCell(path, { seed: 1, level });
}

describe.each([1, 3] as const)('the firmware at level %i', (level) => {
  it('is brought to the fastest speed that it holds, and the cell runs at it', async () => {
    const cell = await cellAt('auto', level);
    expect(cell.line().board.hostBaud).toBe(500_000);
    expect(cell.board().baud).toBe(500_000);
    await cell.reset();
    expect(cell.unit).toBe('Idle');
  });

  it('is found again when the control process comes back while the board is at another speed', async () => {
    const cell = await cellAt('250000', level);
    cell.crashControl();
    await cell.startControl();
    expect([cell.board().baud, cell.snapshot?.boards[0]?.link]).toEqual([250_000, 'stopped']);
  });
});

it('[S17] refuses to arm a board whose line runs at another speed, and says what it hears', async () => {
  const cell = await cellAt('115200');
  await cell.reset();
  cell.inject('uno-1', 'wrong-speed', 76_800);
  await cell.advance(6000);
  expect(cell.snapshot?.boards[0]?.link).toBe('down');
  expect(cell.snapshot?.boards[0]?.cause).toMatchObject({ code: 1004, detail: { baud: 115_200 } });
  await cell.reset();
  expect(cell.unit).not.toBe('Idle');
});
