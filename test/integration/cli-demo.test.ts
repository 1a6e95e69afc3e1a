// Goal: the demo does not wait for ever for an order that a stop has kept from beginning. Method: the real client of the demo against a
// gateway whose control process does what the test says, and against the simulation interface of boards that run.
import { expect, it } from 'vitest';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { serveBoards } from '../../sim/boards.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { runDemo } from '../../src/cli/demo.ts';
import { DEMO_TEXTS } from '../../src/cli/demo-texts.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { exampleCell } from '../support/cycle-rig.ts';
import { pickCell, startMesBench } from '../support/mes-bench.ts';

it('an order that waits behind a stop is let go on by another reset at the cell', async () => {
  const picking = pickCell();
  const bench = await startMesBench({
    ...picking,
    workMasters: picking.workMasters.map((each) => ({ ...each, parameters: [] })),
  });
  bench.control.hello();
  const cell = exampleCell();
  const clock = createRealClock();
  const lines = new Map(cell.boards.map(({ name }) => [name, createLoopback({ clock, baud: 115_200 }).board]));
  const simulation = { host: '127.0.0.1', port: 0 };
  const boards = await serveBoards({ cell, lines, simulation, seed: 7, level: 1, log: () => undefined, locale: 'en' });

  const waiting = { state: 'AllowedToStart', substate: 'Waiting', revision: 2 } as const;
  const said: string[] = [];
  const orderId = (): string => {
    const asked = bench.control.requests.find((request) => 'order' in request);
    return asked !== undefined && 'order' in asked ? asked.order.jobOrderId : '';
  };
  const print = (line: string): void => {
    said.push(line);
    // The answer to the order says that it is ready; the cell is stopped, and it waits.
    if (line.includes(orderId()) && orderId() !== '') bench.control.changed(jobRecord(orderId(), waiting));
    if (line === DEMO_TEXTS.en.resetAgain) {
      bench.control.changed(
        jobRecord(orderId(), { state: 'Ended', substate: 'Completed', result: 'Successful', revision: 3 }),
      );
    }
  };
  const code = await runDemo({
    grpc: `127.0.0.1:${bench.server.port}`,
    simulation: boards.simulation,
    console: { print, json: () => undefined, note: print, progress: () => undefined, style: (_style, text) => text },
    interrupted: [],
    isOnce: true,
    locale: 'en',
    waitingMs: 20,
    signal: AbortSignal.timeout(10_000),
  });
  await boards.stop();
  await bench.stop();
  expect(said.filter((line) => line === DEMO_TEXTS.en.resetAgain)).toHaveLength(1);
  expect(code).toBe(0);
});

it.each(['en', 'es'] as const)(
  'while an order is interrupted nothing is ordered, and the demo has failed (%s)',
  async (locale) => {
    const said: string[] = [];
    const note = (line: string): void => void said.push(line);
    const counts = { producedQuantity: 0, goodQuantity: 0 };
    const code = await runDemo({
      // Nobody is there: whatever called would be told.
      grpc: '127.0.0.1:1',
      simulation: '127.0.0.1:1',
      interrupted: [{ jobOrderId: 'order-1', workMasterId: 'park', ...counts, step: '', canGoOn: true }],
      console: { print: note, json: () => undefined, note, progress: () => undefined, style: (_style, text) => text },
      isOnce: true,
      locale,
      signal: AbortSignal.timeout(10_000),
    });
    expect([code, said]).toEqual([1, [`celda: ${DEMO_TEXTS[locale].ordersNothing}`]]);
  },
);
