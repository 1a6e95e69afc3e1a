// The block types of a cell file: each has a machine, and inputs that cannot be read demand its safety function.
import { expect, test } from 'vitest';
import type { SafetyModel } from '../../src/core/cell-model.ts';
import { inputsBehind } from '../../src/core/permits.ts';
import { blockInterface, SAFETY_BLOCKS, type SafetyBlockType } from '../../src/core/safety-blocks.ts';
import { BLOCK_MACHINES } from '../../src/safety/blocks.ts';
import { blockFlags } from '../../src/safety/function-block.ts';
import { SafetyRig } from '../support/safety-rig.ts';

/** One stop function on the block `last`, fed as the test says. */
function modelOf(blocks: SafetyModel['blocks']): SafetyModel {
  return {
    reset: 'reset',
    blocks,
    stopFunctions: [
      { name: 'stop', permission: 'last', category: 0, timeLimitMs: 0, role: 'protective-stop', outputs: ['belt'] },
    ],
  };
}

const ANTIVALENT = modelOf([
  { type: 'SF_Antivalent', name: 'gate', channelNC: 'nc', channelNO: 'no', discrepancyTimeMs: 100 },
  { type: 'SF_ESPE', name: 'last', input: 'gate', reset: 'reset' },
]);

test('every type that a cell file may name has a machine, and the other way round', () => {
  expect(Object.keys(BLOCK_MACHINES).sort()).toEqual(Object.keys(SAFETY_BLOCKS).sort());
});

test.each(Object.entries(BLOCK_MACHINES))('%s has the states that its interface explains', (type, { codes }) => {
  const { states } = blockInterface(type as SafetyBlockType);
  expect([...codes].sort()).toEqual(Object.keys(states).sort());
});

test.each(Object.entries(BLOCK_MACHINES))(
  '%s has outputs that name states of its own and no error',
  (type, { codes }) => {
    const { outputs, signals } = blockInterface(type as SafetyBlockType);
    for (const { trueIn, needs } of Object.values(outputs)) {
      for (const code of trueIn) {
        expect(codes).toContain(code);
        expect(blockFlags(code)).toMatchObject({ ready: true, error: false });
      }
      for (const key of needs) expect(Object.keys(signals)).toContain(key);
    }
  },
);

test.each(['SF_ESPE', 'SF_PSE', 'SF_EmergencyStop'] as const)('%s stops in the same step and needs a reset', (type) => {
  const rig = new SafetyRig(modelOf([{ type, name: 'last', input: 'curtain', reset: 'reset' }]));
  rig.close('curtain').step(3).reset();
  expect(rig.phases).toBe('permitted');
  expect(rig.open('curtain').step().phases).toBe('stopped');
  expect(rig.close('curtain').step(3).phases).toBe('stopped');
  expect(rig.reset().phases).toBe('permitted');
});

test('contacts that are not alike permit; the opening of the one that is closed at rest stops at once', () => {
  const rig = new SafetyRig(ANTIVALENT);
  rig.close('nc').step(3).reset();
  expect(rig.phases).toBe('permitted');
  expect(rig.open('nc').step().phases).toBe('stopped');
});

test('the closing of the contact that is open at rest stops at once', () => {
  const rig = new SafetyRig(ANTIVALENT);
  rig.close('nc').step(3).reset();
  expect(rig.close('no').step().phases).toBe('stopped');
});

test.each(['nc', 'no'])('a contact %s that cannot be read demands the stop', (contact) => {
  const rig = new SafetyRig(ANTIVALENT);
  rig.close('nc').step(3).reset();
  rig.unreadable.add(contact);
  expect(rig.step().phases).toBe('stopped');
});

test('a contact that stays closed when the other opens is a discrepancy that a reset does not clear', () => {
  const rig = new SafetyRig(ANTIVALENT);
  rig.close('nc').step(3).reset();
  rig.open('nc').step(20);
  expect(rig.state.blocks['gate']?.code).toBe('C030');
  expect(rig.close('nc').step(3).reset().phases).toBe('stopped');
  rig.open('nc').close('no').step().open('no').close('nc').step(3).reset();
  expect(rig.phases).toBe('permitted');
});

test('a board watches only the contact that is closed whenever the block permits', () => {
  expect(inputsBehind(ANTIVALENT, 'last')).toEqual(['nc']);
});

test.each([
  ['0000', { ready: false, error: false, safetyDemand: false, resetRequest: false }],
  ['8000', { ready: true, error: false, safetyDemand: false, resetRequest: false }],
  ['8401', { ready: true, error: false, safetyDemand: false, resetRequest: true }],
  ['8801', { ready: true, error: false, safetyDemand: true, resetRequest: false }],
  ['C001', { ready: true, error: true, safetyDemand: false, resetRequest: false }],
])('the bits of diagnostic code %s say what it means', (code, flags) => {
  expect(blockFlags(code)).toEqual(flags);
});
