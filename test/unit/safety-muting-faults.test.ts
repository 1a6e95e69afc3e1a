// A light curtain that is muted: whatever goes wrong with the muting makes the curtain count again, and stop.
import { expect, test } from 'vitest';
import { monotonicMs } from '../../src/core/units.ts';
import { BLOCK_MACHINES } from '../../src/safety/blocks.ts';
import { type BlockState, blockFlags, idleBlock } from '../../src/safety/function-block.ts';

const MUTING = BLOCK_MACHINES.SF_MutingSeq;

class Curtain {
  state: BlockState = idleBlock();
  nowMs = 0;
  readonly inputs: Record<string, boolean | number> = {
    aopdIn: true,
    switch11: false,
    switch12: false,
    switch21: false,
    switch22: false,
    mutingLamp: true,
    mutingEnable: true,
    maxMutingTimeMs: 5000,
  };

  constructor() {
    this.step().step({}, true).step();
    expect(this.isOn).toBe(true);
  }

  get isOn(): boolean {
    return MUTING.isOn(this.state);
  }

  step(changes: Readonly<Record<string, boolean>> = {}, reset = false, afterMs = 20): this {
    Object.assign(this.inputs, changes);
    this.nowMs += afterMs;
    this.state = MUTING.step(this.state, {
      now: monotonicMs(this.nowMs),
      activate: true,
      reset,
      inputs: { ...this.inputs },
    });
    return this;
  }
}

test('[N9] material that comes as it should passes the curtain, which stops nothing', () => {
  const curtain = new Curtain().step({ switch11: true }).step({ switch12: true });
  expect(curtain.step({ aopdIn: false }).isOn).toBe(true);
});

test.each([
  ['sensors in the wrong order', (curtain: Curtain) => curtain.step({ switch12: true }).step({ switch11: true })],
  ['a sensor that is left out', (curtain: Curtain) => curtain.step({ switch11: true }).step({ switch21: true })],
  [
    'muting for longer than allowed',
    (curtain: Curtain) => curtain.step({ switch11: true }).step({ switch12: true }).step({}, false, 5001),
  ],
  [
    'a lamp that is out',
    (curtain: Curtain) => curtain.step({ switch11: true }).step({ switch12: true }).step({ mutingLamp: false }),
  ],
])('[N9] %s is an error: the curtain stops, and no reset helps while the fault stands', (_title, spoil) => {
  const curtain = new Curtain();
  spoil(curtain);
  expect([curtain.isOn, blockFlags(curtain.state.code).error]).toEqual([false, true]);
  curtain.step({ aopdIn: false }).step({}, true).step();
  expect(curtain.isOn).toBe(false);
});

test.each([
  ['no time at all for the muting', { maxMutingTimeMs: 0 }, 'C005'],
  ['the shortest time for the muting', { maxMutingTimeMs: 1 }, '8401'],
  ['the longest time for the muting', { maxMutingTimeMs: 600_000 }, '8401'],
  ['more than the longest time for the muting', { maxMutingTimeMs: 600_001 }, 'C005'],
  ['the longest discrepancy at the entry', { discTimeEntryMs: 4000 }, '8401'],
  ['more than the longest discrepancy at the entry', { discTimeEntryMs: 4001 }, 'C005'],
  ['the longest discrepancy at the exit', { discTimeExitMs: 4000 }, '8401'],
  ['more than the longest discrepancy at the exit', { discTimeExitMs: 4001 }, 'C005'],
])('[N9] %s is told when the block starts, and stays told: parameters are constants', (_title, times, code) => {
  const machine = BLOCK_MACHINES.SF_MutingPar;
  const inputs = {
    aopdIn: true,
    mutingLamp: true,
    maxMutingTimeMs: 5000,
    discTimeEntryMs: 0,
    discTimeExitMs: 0,
    ...times,
  };
  const call = { activate: true, reset: false, inputs };
  const started = machine.step(idleBlock(), { ...call, now: monotonicMs(10) });
  expect(started.code).toBe(code);
  expect(machine.step(started, { ...call, now: monotonicMs(20) }).code).toBe(code);
});
