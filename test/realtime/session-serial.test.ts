// The whole host path in real time: session, serialport, pseudo-terminal, firmware core.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardEvent } from '../../src/ports/board-port.ts';
import { testRandom } from '../support/session-bench.ts';
import { samplePlan, UID_TEXT } from '../support/wire-samples.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const task of undo.splice(0).toReversed()) task();
});

function setUp() {
  const clock = createRealClock();
  // By a name of its own: the number of a closed terminal is given to the next one at once.
  const opened = openPseudoTerminal({ link: join(mkdtempSync(join(tmpdir(), 'celda-')), 'board') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const terminal = opened.value;
  undo.push(() => terminal.close());
  const board = WasmBoard.load({
    uid: UID_TEXT,
    world: { digitalLevel: (_, pullUp) => (pullUp ? 1 : 0), analogCounts: () => 0 },
    onTransmit: (bytes) => terminal.write(bytes),
  });
  terminal.onData((bytes) => board.receive(bytes));
  const plan = samplePlan({ baud: 500_000, leaseMs: 500, validityMs: 200 });
  const factory = openTransport(terminal.path, { clock, baud: BOOT_BAUD });
  const session = createSession({ plan, clock, factory, random: testRandom(1) });
  const events: BoardEvent[] = [];
  const links: string[] = [];
  const subscription = session.port.events$.subscribe({
    next: (event) => {
      events.push(event);
      if (event.kind === 'link') links.push(event.state);
    },
    error: (error: unknown) => {
      throw error;
    },
  });
  undo.push(() => subscription.unsubscribe());
  const startedAt = clock.now();
  let cycle = 0;
  every(5, () => board.advance((clock.now() - startedAt) * 1000));
  every(10, () => {
    cycle += 1;
    session.port.write({ cycle, arm: true, outputs: [1500, 1, 1200] });
  });
  return { terminal, board, session, events, links, subscription };

  function every(periodMs: number, task: () => void): void {
    let cancel = (): void => undefined;
    const run = (): void => {
      task();
      cancel = clock.schedule(monotonicMs(clock.now() + periodMs), run);
    };
    run();
    undo.push(() => cancel());
  }
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 8000, interval: 10 });

it('arms a board behind a real serial port, and leaves it safe at the end', async () => {
  const { board, session, links, subscription } = setUp();
  await until(() => expect(links).toContain('armed'));
  expect(links.slice(0, 3)).toEqual(['connecting', 'stopped', 'armed']);
  await until(() => expect(session.port.roundTripMs).toBeGreaterThan(0));
  expect(board.pin(7).level).toBe(1);
  subscription.unsubscribe();
  await until(() => expect(board.pin(7).level).toBe(0));
});

it('reports a serial port that goes away, and keeps trying', async () => {
  const { terminal, session, events, links } = setUp();
  await until(() => expect(links).toContain('stopped'));
  terminal.close();
  await until(() => expect(links).toContain('down'));
  const down = events.find((event) => event.kind === 'link' && event.state === 'down');
  expect(down).toMatchObject({ cause: { code: 1001 } });
  await until(() => expect(session.stats().attempts).toBeGreaterThan(2));
  await until(() =>
    expect(events.findLast((event) => event.kind === 'link')).toMatchObject({
      state: 'down',
      cause: { code: 1006, detail: { reason: 'not found' } },
    }),
  );
});
