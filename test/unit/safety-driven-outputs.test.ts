// Outputs that blocks drive: which of them a closing gate takes from a cycle that wants them on.
import { expect, test } from 'vitest';
import type { SafetyModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { BLOCK_MACHINES } from '../../src/safety/blocks.ts';
import { drivenOutputs, hasClosedGate } from '../../src/safety/driven-outputs.ts';
import { idleBlock } from '../../src/safety/function-block.ts';
import { initialSafety, type SafetyState } from '../../src/safety/program.ts';

/** A lamp that follows its block whatever the cycle wants, then two gated outputs. */
const MODEL: SafetyModel = {
  reset: 'reset',
  blocks: [
    {
      type: 'SF_GuardLocking',
      name: 'lock',
      guard: 'door',
      guardLock: 'bolt',
      safetyActive: 'cell.standstill',
      unlockRequest: 'ask',
      unlockOutput: 'coil',
      reset: 'reset',
    },
    { type: 'SF_OutControl', name: 'out', safeControl: 'door', processControl: 'belt', reset: 'reset' },
    { type: 'SF_OutControl', name: 'other', safeControl: 'door', processControl: 'fan', reset: 'reset' },
  ],
  stopFunctions: [],
};

function stateWith(codes: Readonly<Record<string, string>>): SafetyState {
  const blocks: SafetyState['blocks'] = Object.fromEntries(
    Object.entries(codes).map(([name, code]) => [name, { ...idleBlock(), code, enteredAt: monotonicMs(1) }]),
  );
  return { ...initialSafety(MODEL), blocks };
}

const OPEN = stateWith({ lock: '8010', out: '8000', other: '8000' });
const FAN_CLOSED = stateWith({ lock: '8010', out: '8000', other: '8802' });

test('each driven output is told with its block, and once for the same cell', () => {
  const outputs = drivenOutputs(MODEL);
  expect([...outputs.values()].map(({ device, block, isGate }) => [device, block, isGate])).toEqual([
    ['coil', 'lock', false],
    ['belt', 'out', true],
    ['fan', 'other', true],
  ]);
  expect(drivenOutputs(MODEL)).toBe(outputs);
  expect(drivenOutputs({ ...MODEL, blocks: [] }).size).toBe(0);
});

test.each([
  ['the last gate closed, and its output was wanted', ['belt', 'fan'], OPEN, FAN_CLOSED, true],
  ['the gate that closed had an output that nobody wanted', ['belt'], OPEN, FAN_CLOSED, false],
  ['every gate stays open', ['belt', 'fan'], OPEN, OPEN, false],
  ['the gate was closed before', ['fan'], FAN_CLOSED, FAN_CLOSED, false],
  ['the gate opened', ['fan'], FAN_CLOSED, OPEN, false],
  ['a block that is not there any more lets nothing be on', ['belt'], OPEN, stateWith({}), true],
  ['a block that was not there closed nothing', ['belt'], stateWith({}), FAN_CLOSED, false],
])('%s', (_what, wantedOn, before, after, isClosed) => {
  expect(hasClosedGate(MODEL, new Set(wantedOn), { before, after })).toBe(isClosed);
});

test('an output that follows its block alone has no gate that could close', () => {
  const locked = stateWith({ lock: '8000', out: '8000', other: '8000' });
  const { machine } = drivenOutputs(MODEL).get('coil') ?? {};
  expect(machine?.isOn({ ...idleBlock(), code: '8010' }, 'unlockGuard')).toBe(true);
  expect(machine?.isOn({ ...idleBlock(), code: '8000' }, 'unlockGuard')).toBe(false);
  expect(hasClosedGate(MODEL, new Set(['coil']), { before: OPEN, after: locked })).toBe(false);
});

test('the outputs of a block are told by name, in the order of its interface', () => {
  const on = BLOCK_MACHINES.SF_OutControl.outputs({ ...idleBlock(), code: '8000' });
  const off = BLOCK_MACHINES.SF_OutControl.outputs({ ...idleBlock(), code: '8802' });
  expect([Object.entries(on), Object.entries(off)]).toEqual([[['outControl', true]], [['outControl', false]]]);
});
