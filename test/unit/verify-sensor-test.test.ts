// A light barrier of type 2 and its own test: the drop that the test asks for is no demand, and everything else is one.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CellModel, StopCategory } from '../../src/core/cell-model.ts';
import { BLOCK_MACHINES } from '../../src/safety/blocks.ts';
import type { Product } from '../../src/verify/product.ts';
import { excusingTests } from '../../src/verify/sensor-test.ts';
import { showVerification } from '../../src/verify/show.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { cellWith } from '../support/planted-cells.ts';

const LIMITS = { statesMax: 100_000, memoryMib: 256 };
const GUARD =
  '      type: SF_Guard\n      switch1: guard-door\n      switch2: guard-door\n      discrepancyTimeMs: 500';
const BARRIER =
  '      type: SF_TestableSafetySensor\n      ossdIn: guard-door\n      startTest: cell.running\n      testTimeMs: 100';

function cellWithBarrier(category: StopCategory): CellModel {
  const cell = cellWith([[GUARD, BARRIER]]);
  const stopFunctions = cell.safety.stopFunctions.map((stop) => ({ ...stop, category }));
  return { ...cell, safety: { ...cell.safety, stopFunctions } };
}

/** The cell with two barriers whose outputs have to agree. */
function cellWithChannels(): CellModel {
  const cell = cellWithBarrier(0);
  const channels = {
    name: 'channels',
    type: 'SF_Equivalent',
    channelA: 'guard-door',
    channelB: 'second-door',
    discrepancyTimeMs: 100,
  } as const;
  const blocks = cell.safety.blocks.map((block) =>
    block.type === 'SF_TestableSafetySensor' ? { ...block, ossdIn: 'channels' } : block,
  );
  return { ...cell, safety: { ...cell.safety, blocks: [channels, ...blocks] } };
}

function refuted(cell: CellModel) {
  return verifyCell(cell, LIMITS, () => 0).findings.filter(({ verdict }) => verdict === 'refuted');
}

/** The block, with a code in which it says yes although it must not. */
function sayYesIn(wrong: string): void {
  const machine = BLOCK_MACHINES.SF_TestableSafetySensor;
  const real = { ...machine };
  vi.spyOn(machine, 'isOn').mockImplementation((state, output) => real.isOn(state, output) || state.code === wrong);
}

describe('a light barrier that is tested while the cell runs', () => {
  afterEach(() => void vi.restoreAllMocks());

  for (const category of [0, 1] as const) {
    it(`is proved with a stop of category ${category}: its own test is no demand, and the proof says so`, () => {
      const result = verifyCell(cellWithBarrier(category), LIMITS, () => 0);
      expect(result.verdict).toBe('proved');
      expect(result.abstractions).toContainEqual({
        code: 'sensor-tests',
        detail: { sensors: ['guard-door'], timeMs: 100 },
      });
      expect(showVerification(result, 'en').join('\n')).toContain('a drop of guard-door that its own test asks for');
      expect(showVerification(result, 'es').join('\n')).toContain('una caída de guard-door que pide su propia prueba');
    });
  }

  it('is proved behind two channels too', () => {
    expect(verifyCell(cellWithChannels(), LIMITS, () => 0).verdict).toBe('proved');
  });

  for (const [wrong, what] of [
    ['C020', 'when it has not returned in time'],
    ['8802', 'while it sees something that no test asked for'],
  ] as const) {
    it(`is refuted when its block permits ${what}`, () => {
      sayYesIn(wrong);
      const found = refuted(cellWithBarrier(0)).find(({ rule }) => rule === 'output-safe');
      expect(found?.subject['input']).toBe('guard-door');
      expect(found?.trace?.isConfirmed).toBe(true);
      expect(found?.trace?.changes.filter(({ input }) => input === 'guard-door').at(-1)?.value).toBe('open');
    });
  }

  it('is refuted when its block permits again without a reset after a demand', () => {
    sayYesIn('8402');
    const found = refuted(cellWithBarrier(0)).find(({ rule }) => rule === 'no-restart');
    expect(found?.subject['stop']).toBe('guard-stop');
    expect(found?.trace?.isConfirmed).toBe(true);
  });
});

/** A step of the world: the sensor free or not, the start closed or not, and whether 50 ms pass. */
type Step = 'free' | 'dropped' | 'free start' | 'dropped start' | 'dropped tick' | 'free tick';

/** Which steps of a story a test of 100 ms leaves as demands. */
function demandsIn(story: readonly Step[]): readonly boolean[] {
  const product = {
    tick: { tickMs: 50, isExact: true },
    readerOf: () => undefined,
    valueOf: (letter: number, input: string) => Number((story[letter] ?? '').includes(input)),
    isTick: (letter: number) => story[letter]?.endsWith('tick') === true,
  } as unknown as Product;
  const told: boolean[] = [];
  const listening = {
    states: 3,
    step: (state: number, ...step: readonly unknown[]) => {
      told.push(step[3] === true);
      return (state + 1) % 3;
    },
  };
  const monitor = excusingTests(product, [{ sensor: 'free', start: 'start', timeMs: 100 }], listening);
  const nothing = new Int32Array(0);
  story.reduce((state, step, letter) => {
    const next = monitor.step(state, letter, nothing, nothing, step.startsWith('dropped'));
    expect(next).toBeLessThan(monitor.states);
    return next;
  }, 0);
  return told;
}

describe('what a test of a sensor explains', () => {
  it.each<readonly [what: string, story: readonly Step[], demands: readonly boolean[]]>([
    ['a drop after the start', ['free', 'free start', 'dropped'], [false, false, false]],
    ['no drop without a start', ['free', 'dropped'], [false, true]],
    [
      'no drop after a start that came while the sensor saw something',
      ['dropped', 'dropped start', 'dropped'],
      [true, true, true],
    ],
    ['no drop after a start that was closed from the beginning', ['free start', 'dropped start'], [false, true]],
    [
      'no drop that lasts beyond the time',
      ['free', 'free start', 'dropped tick', 'dropped tick'],
      [false, false, false, true],
    ],
    [
      'no drop that comes too late',
      ['free', 'free start', 'free tick', 'free tick', 'dropped'],
      [false, false, false, false, true],
    ],
    ['no second drop', ['free', 'free start', 'dropped', 'free', 'dropped'], [false, false, false, false, true]],
  ])('%s', (_, story, demands) => {
    expect(demandsIn(story)).toEqual(demands);
  });
});
