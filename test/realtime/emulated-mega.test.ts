// Goal: a cell with an Arduino Mega runs from the command line with the image that is flashed. Real time: what is waited for
// is an event, never a duration; a machine under load may stop the cell in between, so reset is pushed until it runs.
import { expect, it } from 'vitest';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { probeBoard } from '../../src/app/board-probe.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { createSystemRandom } from '../../src/app/system-random.ts';
import { turn } from '../../src/cli/operator.ts';
import { CeldaProcess, LIMIT_MS, SimulationProcess } from '../support/simulation-process.ts';

/**
 * A character takes 87 µs on the line of the emulated chip, and nothing but the chip keeps to that: no HELLO of 20 bytes is
 * answered with 50 sooner, and no command with its image. The program in process answers at once.
 */
const LINE_MS = 5;

const CELL = 'cells/guarded-cell/cell.yaml';

it('celda sim --level 3 proves the lease of a Mega and arms it', { timeout: LIMIT_MS }, async () => {
  const cell = new SimulationProcess(CELL, '--level', '3');
  const { operator } = await cell.open();
  expect(await cell.says(/board mega-1: lease proven: (withheld)/)).toBe('withheld');
  const armed = cell.says(/board mega-1: link (armed)/);
  for (let state = 'open'; state !== 'armed'; ) {
    await turn(operator, 'reset', 'push');
    state = await Promise.race([armed, new Promise<string>((resolve) => setTimeout(resolve, 250, 'open'))]);
  }
  cell.child.kill('SIGTERM');
  expect(await cell.exited).toBe(0);
  expect(Number(/board mega-1: stop time p50 ([\d.]+) ms/.exec(cell.text)?.[1])).toBeGreaterThan(LINE_MS);
});

it('celda board --level 3 answers as a Mega on its pseudo-terminal', { timeout: LIMIT_MS }, async () => {
  const boards = new CeldaProcess(['board', CELL, '--level', '3', '--sim-port', '0']);
  const path = await boards.says(/board mega-1 on (\S+)/);
  const clock = createRealClock();
  const found = await probeBoard({
    factory: openTransport(path, { clock, baud: 115_200 }),
    clock,
    random: createSystemRandom(),
    exchanges: 31,
  });
  expect(found).toMatchObject({
    kind: 'answered',
    ident: { boardKind: 'mega', pinCount: 70, inputSlotsMax: 24, outputSlotsMax: 24, bootCount: 1, state: 'boot' },
  });
  if (found.kind !== 'answered') return;
  const median = found.roundTripsMs.toSorted((a, b) => a - b)[15];
  expect(median).toBeGreaterThan(LINE_MS);
});
