// What the blocks do in the stories that people know: the normal one, the demand in the same step, the fresh edge, the fault.
import { expect, test } from 'vitest';
import type { SafetyModel } from '../../src/core/cell-model.ts';
import type { SafetyBlockType } from '../../src/core/safety-blocks.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { BLOCK_MACHINES, type BlockInputs } from '../../src/safety/blocks.ts';
import { drivenOutputs, drivenValue } from '../../src/safety/driven-outputs.ts';
import { type BlockState, idleBlock } from '../../src/safety/function-block.ts';
import { initialSafety, stepSafety } from '../../src/safety/program.ts';

/** One block whose inputs keep their values until a step changes them; `reset` is one of them. */
class Bench {
  readonly #type: SafetyBlockType;
  #inputs: Record<string, boolean | number>;
  #reset: boolean | undefined = false;
  #state: BlockState = idleBlock();
  #nowMs = 0;

  constructor(type: SafetyBlockType, inputs: BlockInputs) {
    this.#type = type;
    this.#inputs = { ...inputs };
  }

  /** @returns the code after one call */
  step(changes: Readonly<Record<string, boolean | number | undefined>> = {}, dtMs = 10): string {
    for (const [key, value] of Object.entries(changes)) {
      if (key === 'reset') this.#reset = value === undefined ? undefined : value === true;
      else if (value !== undefined) this.#inputs[key] = value;
    }
    this.#nowMs += dtMs;
    const call = { now: monotonicMs(this.#nowMs), activate: true, reset: this.#reset, inputs: this.#inputs };
    this.#state = BLOCK_MACHINES[this.#type].step(this.#state, call);
    return this.#state.code;
  }

  /** Presses reset for one call and lets it go. @returns the code after the press */
  press(): string {
    const code = this.step({ reset: true });
    this.step({ reset: false });
    return code;
  }

  isOn(output?: string): boolean {
    return BLOCK_MACHINES[this.#type].isOn(this.#state, output);
  }

  get code(): string {
    return this.#state.code;
  }
}

test('a contactor comes on by a fresh wish alone, after the reset', () => {
  const bench = new Bench('SF_EDM', { outControl: true, edm1: true, edm2: true, monitoringTimeMs: 100 });
  bench.step();
  expect(bench.step()).toBe('8401');
  expect(bench.press()).toBe('8810');
  bench.step();
  expect(bench.isOn()).toBe(false);
  bench.step({ outControl: false });
  expect(bench.step({ outControl: true })).toBe('8000');
  expect(bench.step({ outControl: false })).toBe('8810');
});

test.each([
  ['does not drop', { outControl: false, edm1: false, edm2: true }, 'C040'],
  ['does not pull in', { outControl: true, edm1: false, edm2: true }, 'C080'],
])('a contactor that %s is an error that stays until it is mended and reset', (_what, found, code) => {
  const bench = new Bench('SF_EDM', { outControl: false, edm1: true, edm2: true, monitoringTimeMs: 100 });
  bench.step();
  bench.step();
  bench.press();
  bench.step({ outControl: true });
  bench.step({ edm1: false, edm2: false });
  bench.step(found);
  expect(bench.step({}, 100)).toBe(code);
  bench.step({ outControl: false });
  expect(bench.press()).toBe(code);
  bench.step({ edm1: true, edm2: true });
  expect(bench.press()).toBe('8810');
  expect(bench.isOn()).toBe(false);
});

test('[O5] a wish of the process that stood through a stop does not start the output again', () => {
  const bench = new Bench('SF_OutControl', {
    safeControl: true,
    processControl: false,
    staticControl: false,
    autoReset: true,
  });
  bench.step();
  bench.press();
  expect(bench.step({ processControl: true })).toBe('8000');
  expect(bench.step({ safeControl: false })).toBe('8802');
  bench.step({ safeControl: true });
  expect(bench.step()).toBe('C010');
  bench.step({ processControl: false });
  expect(bench.step({ processControl: true })).toBe('8000');
});

test.each([
  ['before the first start', {}, 'C020', '8401'],
  ['after a demand', { safeControl: false }, 'C030', '8404'],
])(
  '[O4] a reset and a wish of the process in the same call are an error, until both are let go: %s',
  (_when, demand, code, next) => {
    const bench = new Bench('SF_OutControl', { safeControl: true, processControl: false, autoReset: false });
    bench.step();
    if (code === 'C030') bench.press();
    bench.step(demand);
    bench.step({ safeControl: true });
    expect(bench.step({ reset: true, processControl: true })).toBe(code);
    expect(bench.step({ reset: false })).toBe(code);
    expect(bench.isOn()).toBe(false);
    expect(bench.step({ processControl: false })).toBe(next);
    expect(bench.press()).toBe('8006');
    expect(bench.step({ processControl: true })).toBe('8000');
  },
);

test('a safe mode that is not confirmed in time is an error, and one that is lost too', () => {
  const bench = new Bench('SF_SafetyRequest', { opMode: true, acknowledge: false, monitoringTimeMs: 100 });
  bench.step();
  expect(bench.press()).toBe('8802');
  expect(bench.isOn('safetyRequest')).toBe(true);
  expect(bench.step({ opMode: false })).toBe('8002');
  expect(bench.isOn('safetyRequest')).toBe(false);
  expect(bench.step({ acknowledge: true })).toBe('8000');
  expect(bench.isOn('safetyActive')).toBe(true);
  expect(bench.step({ acknowledge: false })).toBe('C010');
  bench.press();
  bench.step({ opMode: true });
  bench.step({ opMode: false });
  expect(bench.step({}, 100)).toBe('C020');
});

test('a panicked hand that lets go halfway enables nothing', () => {
  const bench = new Bench('SF_EnableSwitch', { safetyActive: true, channel1: false, channel2: true, autoReset: false });
  bench.step();
  bench.step();
  bench.step();
  expect(bench.step({ channel1: true })).toBe('8000');
  expect(bench.step({ channel2: false })).toBe('8804');
  expect(bench.step({ channel2: true })).toBe('C030');
  expect(bench.step({ channel1: false })).toBe('C040');
  expect(bench.press()).toBe('8804');
  expect(bench.step()).toBe('8802');
  expect(bench.step({ channel1: true })).toBe('8000');
  expect(bench.step({ safetyActive: false })).toBe('8002');
});

test('a turned selector selects no mode until it is confirmed, and a locked one keeps its mode', () => {
  const bench = new Bench('SF_ModeSelector', {
    mode0: true,
    mode1: false,
    unlock: true,
    setMode: false,
    autoSetMode: false,
    modeMonitorTimeMs: 100,
  });
  bench.step();
  expect(bench.step()).toBe('8802');
  bench.step({ setMode: true });
  expect([bench.isOn(), bench.isOn('mode0Sel'), bench.isOn('mode1Sel')]).toEqual([true, true, false]);
  bench.step({ unlock: false });
  expect(bench.step({ mode0: false, mode1: true })).toBe('8010');
  expect(bench.isOn('mode0Sel')).toBe(true);
  expect(bench.step({ unlock: true })).toBe('8802');
  expect(bench.isOn()).toBe(false);
  bench.step({ setMode: false });
  bench.step({ setMode: true });
  expect(bench.isOn('mode1Sel')).toBe(true);
});

test('two modes at once are an error at once, and none is one after a time', () => {
  const bench = new Bench('SF_ModeSelector', {
    mode0: true,
    mode1: true,
    unlock: true,
    setMode: false,
    autoSetMode: true,
    modeMonitorTimeMs: 100,
  });
  bench.step();
  expect(bench.step()).toBe('C010');
  expect(bench.step({ mode0: false })).toBe('C410');
  expect(bench.press()).toBe('8802');
  expect(bench.code).toBe('8000');
  expect(bench.step({ mode1: false })).toBe('8802');
  expect(bench.step({}, 99)).toBe('8802');
  expect(bench.step({}, 1)).toBe('C020');
});

test('a guard unlocks at standstill alone, and enables again only locked and by a reset', () => {
  const bench = new Bench('SF_GuardLocking', {
    guard: true,
    safetyActive: false,
    guardLock: true,
    unlockRequest: false,
    autoReset: false,
  });
  bench.step();
  expect(bench.step()).toBe('8401');
  expect(bench.press()).toBe('8000');
  expect(bench.step({ unlockRequest: true })).toBe('8000');
  expect(bench.step({ safetyActive: true })).toBe('8010');
  expect([bench.isOn(), bench.isOn('unlockGuard')]).toEqual([false, true]);
  expect(bench.step({ guardLock: false })).toBe('8832');
  expect(bench.step({ guard: false })).toBe('8822');
  bench.step({ guard: true });
  expect(bench.step({ unlockRequest: false })).toBe('8812');
  expect(bench.isOn('unlockGuard')).toBe(false);
  expect(bench.step({ guardLock: true })).toBe('8430');
  expect(bench.press()).toBe('8000');
});

test.each([
  ['a guard forced open while locked', {}, { guard: false }, 'C010'],
  ['motion behind an unlocked guard', { safetyActive: true, unlockRequest: true }, { safetyActive: false }, 'C020'],
])('%s is an error that locks again', (_what, first, then, code) => {
  const bench = new Bench('SF_GuardLocking', {
    guard: true,
    safetyActive: false,
    guardLock: true,
    unlockRequest: false,
    autoReset: false,
  });
  bench.step();
  bench.step();
  bench.press();
  bench.step(first);
  expect(bench.step(then)).toBe(code);
  expect([bench.isOn(), bench.isOn('unlockGuard')]).toEqual([false, false]);
});

const CURTAIN = { aopdIn: true, mutingLamp: true, mutingEnable: true, switch11: false, switch12: false };

function muting(type: SafetyBlockType, inputs: BlockInputs): Bench {
  const bench = new Bench(type, { ...CURTAIN, maxMutingTimeMs: 1000, ...inputs });
  bench.step();
  bench.press();
  expect(bench.step()).toBe('8000');
  return bench;
}

test('goods pass four sensors in a row through the curtain, and a person behind them stops', () => {
  const bench = muting('SF_MutingSeq', { switch21: false, switch22: false });
  bench.step({ switch11: true });
  expect(bench.step({ switch12: true })).toBe('8012');
  expect([bench.step({ aopdIn: false }), bench.isOn(), bench.isOn('mutingActive')]).toEqual(['8012', true, true]);
  bench.step({ switch21: true });
  bench.step({ switch22: true, switch11: false });
  bench.step({ switch12: false, aopdIn: true });
  expect(bench.step({ switch21: false })).toBe('8000');
  expect(bench.step({ switch22: false })).toBe('8000');
  expect(bench.step({ aopdIn: false })).toBe('8802');
});

test('a muting that takes too long, loses its lamp or ends in a broken curtain stops', () => {
  const start = () => {
    const bench = muting('SF_MutingPar_2Sensor', { discTimeEntryMs: 100 });
    bench.step({ switch11: true });
    bench.step({ switch12: true });
    expect(bench.step({ aopdIn: false })).toBe('8012');
    return bench;
  };
  expect(start().step({}, 1000)).toBe('C006');
  expect(start().step({ mutingLamp: false })).toBe('C003');
  expect(start().step({ switch11: false })).toBe('8802');
});

test('two pairs of sensors mute one after the other, and a pair that comes apart does not', () => {
  const sensors = { switch21: false, switch22: false, discTimeEntryMs: 100, discTimeExitMs: 100 };
  const bench = muting('SF_MutingPar', sensors);
  bench.step({ switch11: true });
  expect(bench.step({ switch12: true })).toBe('8012');
  bench.step({ aopdIn: false });
  expect(bench.step({ switch21: true })).toBe('8014');
  expect(bench.step({ switch22: true })).toBe('8021');
  bench.step({ switch11: false, switch12: false, aopdIn: true });
  expect(bench.step({ switch21: false })).toBe('8000');
  const late = muting('SF_MutingPar', sensors);
  late.step({ switch22: true });
  expect(late.step({}, 100)).toBe('C008');
});

test('a sensor that does not drop in its test is no sensor', () => {
  const inputs = { ossdIn: true, startTest: false, testTimeMs: 100, noExternalTest: false, autoReset: false };
  const bench = new Bench('SF_TestableSafetySensor', inputs);
  bench.step();
  expect(bench.press()).toBe('8010');
  bench.step({ startTest: true });
  expect([bench.isOn(), bench.isOn('testOut')]).toEqual([true, false]);
  bench.step({ ossdIn: false });
  expect(bench.step({ ossdIn: true })).toBe('8000');
  bench.step({ startTest: false });
  bench.step({ startTest: true });
  expect(bench.step({}, 100)).toBe('C010');
  bench.step({ reset: true });
  expect(bench.step({ reset: false })).toBe('8002');
  bench.step({ ossdIn: false });
  expect(bench.step({ ossdIn: true })).toBe('8404');
  expect(bench.press()).toBe('8010');
});

test('an override is held, ends with the hold and with its time, and never starts by a button that was held before', () => {
  const bench = new Bench('SF_Override', { safetyIn: true, overrideEnable: true, hold: false, maxOverrideTimeMs: 100 });
  bench.step();
  expect(bench.press()).toBe('8000');
  expect(bench.step({ safetyIn: false })).toBe('8802');
  expect(bench.step({ hold: true })).toBe('8010');
  expect([bench.isOn(), bench.isOn('overrideActive')]).toEqual([true, true]);
  expect(bench.step({ hold: false })).toBe('8802');
  bench.step({ hold: true });
  expect(bench.step({}, 100)).toBe('C010');
  expect(bench.press()).toBe('C010');
  bench.step({ hold: false });
  expect(bench.press()).toBe('8802');
  bench.step({ overrideEnable: false });
  expect(bench.step({ hold: true })).toBe('8802');
  expect(bench.step()).toBe('C020');
});

test.each([
  ['a deliberate press', 200, '8000'],
  ['a bounce', 90, 'C3F0'],
  ['a stuck button', 400, 'C3E0'],
])('[O3] %s of the reset button shows when it is let go', (_what, heldMs, code) => {
  const bench = new Bench('SF_ResetButton', { trailingMinimumMs: 100, trailingMaximumMs: 300 });
  bench.step();
  expect(bench.step({ reset: true })).toBe('83F2');
  expect(bench.isOn()).toBe(false);
  expect(bench.step({ reset: false }, heldMs)).toBe(code);
  expect(bench.step()).toBe('83E2');
});

test('a reset button that is lost while it is pressed makes no pulse', () => {
  const bench = new Bench('SF_ResetButton', { trailingMinimumMs: 100, trailingMaximumMs: 300 });
  bench.step();
  bench.step({ reset: true });
  bench.step({}, 150);
  expect(bench.step({ reset: undefined })).toBe('83E2');
  expect(bench.step({ reset: false })).toBe('83E2');
});

const MODEL: SafetyModel = {
  reset: 'button',
  blocks: [
    { type: 'SF_OutControl', name: 'out', safeControl: 'guard.guardOut', processControl: 'belt', reset: 'button' },
    { type: 'SF_Guard', name: 'guard', switch1: 'door', switch2: 'door', discrepancyTimeMs: 500, reset: 'button' },
    { type: 'SF_ResetButton', name: 'button', resetIn: 'reset', trailingMinimumMs: 100, trailingMaximumMs: 3000 },
  ],
  stopFunctions: [
    {
      name: 'stop',
      permission: 'guard.guardOut',
      category: 0,
      timeLimitMs: 0,
      role: 'protective-stop',
      outputs: ['belt'],
    },
  ],
};

test('a pulse of the reset button resets blocks that stand before it in the file, and a gated output follows safety and wish', () => {
  let state = initialSafety(MODEL);
  let nowMs = 0;
  const step = (closed: readonly string[], isWanted: boolean, dtMs = 10): void => {
    nowMs += dtMs;
    state = stepSafety(MODEL, state, {
      now: monotonicMs(nowMs),
      closed: (input) => closed.includes(input),
      standstill: true,
      wanted: (device) => isWanted && device === 'belt',
    });
  };
  step(['door'], false);
  step(['door'], false);
  step(['door', 'reset'], false);
  expect(state.stops[0]?.phase).toBe('stopped');
  step(['door'], false, 200);
  expect(state.stops[0]?.phase).toBe('permitted');
  expect(state.blocks['out']?.code).toBe('8006');
  expect(drivenValue(MODEL, state, 'belt', true)).toBe(false);
  step(['door'], true);
  expect(drivenValue(MODEL, state, 'belt', true)).toBe(true);
  expect(drivenValue(MODEL, state, 'belt', false)).toBe(false);
  step([], true);
  expect(drivenValue(MODEL, state, 'belt', true)).toBe(false);
  expect(state.stops[0]?.cause?.detail).toMatchObject({ block: 'guard', diagCode: '8804' });
});

test('an output that no block drives is what the cycle wants, and one that follows a block asks nobody', () => {
  const lock = { type: 'SF_GuardLocking', name: 'lock', guard: 'door', safetyActive: 'cell.standstill' } as const;
  const blocks = [{ ...lock, guardLock: 'bolt', unlockRequest: 'ask', unlockOutput: 'coil', reset: 'reset' }] as const;
  const model: SafetyModel = { ...MODEL, reset: 'reset', blocks, stopFunctions: [] };
  expect([...drivenOutputs(model).keys()]).toEqual(['coil']);
  let state = initialSafety(model);
  const inputs = { closed: (input: string) => input === 'ask' || input === 'door', standstill: true };
  for (let step = 1; step < 4; step += 1) state = stepSafety(model, state, { ...inputs, now: monotonicMs(step) });
  expect(drivenValue(model, state, 'coil', false)).toBe(true);
  expect(drivenValue(model, state, 'lamp', true)).toBe(true);
  state = stepSafety(model, state, { ...inputs, standstill: false, now: monotonicMs(9) });
  expect(drivenValue(model, state, 'coil', true)).toBe(false);
});
