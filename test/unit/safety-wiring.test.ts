// Goal: what blocks and stop functions read is what the cell file names. Method: the readers of a wiring, called with plain values.
import { expect, test } from 'vitest';
import type { SafetyModel } from '../../src/core/cell-model.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { idleBlock } from '../../src/safety/function-block.ts';
import type { SafetyInputs } from '../../src/safety/safety-inputs.ts';
import { wiringOf } from '../../src/safety/wiring.ts';
import { at } from '../support/at.ts';
import { RIG_MODEL } from '../support/safety-rig.ts';

const AT_REST: SafetyInputs = { now: monotonicMs(1000), closed: () => false, standstill: false };
/** An output of SF_EmergencyStop is on in this state. */
const ON = { ...idleBlock(), code: '8000' };

function reading(...permissions: string[]): SafetyModel {
  const [stop] = RIG_MODEL.stopFunctions;
  return { ...RIG_MODEL, stopFunctions: stop ? permissions.map((permission) => ({ ...stop, permission })) : [] };
}

test.each(['standstill', 'enabled', 'running'] as const)(
  'cell.%s is that status of the cell and no other',
  (status) => {
    const read = at(wiringOf(reading(`cell.${status}`)).permissions, 0);
    expect(read(AT_REST, {})).toBe(false);
    expect(read({ ...AT_REST, standstill: true, enabled: true, running: true, [status]: false }, {})).toBe(false);
    expect(read({ ...AT_REST, [status]: true }, {})).toBe(true);
  },
);

test('a status that a cell has not is never TRUE', () => {
  const read = at(wiringOf(reading('cell.happy')).permissions, 0);
  expect(read({ ...AT_REST, standstill: true, enabled: true, running: true }, {})).toBe(false);
});

test('an input is what the cell reads, and unknown while it cannot be read', () => {
  const read = at(wiringOf(reading('door')).permissions, 0);
  expect(read({ ...AT_REST, closed: (name) => name === 'door' }, {})).toBe(true);
  expect(read({ ...AT_REST, closed: (name) => name !== 'door' }, {})).toBe(false);
  expect(read({ ...AT_REST, closed: () => true, valid: (name) => name === 'door' }, {})).toBe(true);
  expect(read({ ...AT_REST, closed: () => true, valid: (name) => name !== 'door' }, {})).toBeUndefined();
});

test('an output of a block is what its state says, and FALSE while the block is not there', () => {
  const [main, other] = wiringOf(reading('estop', 'guard')).permissions;
  expect([main?.(AT_REST, { estop: ON }), other?.(AT_REST, { estop: ON })]).toEqual([true, false]);
  expect(main?.(AT_REST, { estop: idleBlock() })).toBe(false);
});

test('an output of a block that the cell has not is never TRUE, whatever stands under its name', () => {
  const read = at(wiringOf(reading('nobody.output')).permissions, 0);
  expect(read(AT_REST, { nobody: ON })).toBe(false);
});

test('what a block feeds back to its own source in a circle is FALSE', () => {
  const blocks = (['one', 'two'] as const).map((name) => {
    return { type: 'SF_EmergencyStop', name, input: name === 'one' ? 'two' : 'one', reset: 'reset' } as const;
  });
  const wired = wiringOf({ ...RIG_MODEL, blocks }).blocks;
  const states = { one: ON, two: ON };
  expect(wired.map(({ name, signals }) => [name, at(signals, 0).read(AT_REST, states)])).toEqual([
    ['two', false],
    ['one', true],
  ]);
});

test('a block is called with FALSE for what is not wired, and with its times', () => {
  const guard = wiringOf(RIG_MODEL).blocks.find(({ name }) => name === 'guard');
  expect(guard?.signals.map(({ key, whenUnread }) => [key, whenUnread])).toEqual([
    ['switch1', false],
    ['switch2', false],
  ]);
  expect(guard?.constants).toMatchObject({ switch1: false, switch2: false, discrepancyTimeMs: 500 });
});

test('an input that is not wired is FALSE, also where it may be left out', () => {
  const blocks = [
    { type: 'SF_ModeSelector', name: 'mode', mode0: 'auto', unlock: 'key', modeMonitorTimeMs: 500, reset: 'reset' },
  ] as const;
  const mode = at(wiringOf({ ...RIG_MODEL, blocks }).blocks, 0);
  expect(mode.signals.map(({ key }) => key)).toEqual(['mode0', 'unlock']);
  expect(mode.constants).toMatchObject({ mode0: false, mode1: false, mode7: false });
});

test('a gate is told whether its output is wanted, and nothing where nobody asks', () => {
  const blocks = [
    { type: 'SF_OutControl', name: 'gate', safeControl: 'door', processControl: 'valve', reset: 'reset' },
  ] as const;
  const gate = at(wiringOf({ ...RIG_MODEL, blocks }).blocks, 0);
  const wish = gate.signals.find(({ read }) => read({ ...AT_REST, wanted: (name) => name === 'valve' }, {}));
  expect([wish?.key, wish?.whenUnread]).toEqual(['processControl', false]);
  expect(wish?.read({ ...AT_REST, wanted: (name) => name !== 'valve' }, {})).toBe(false);
  expect(wish?.read(AT_REST, {})).toBe(false);
});

test('the references that select the modes can be read', () => {
  const selection = { automatic: 'mode-auto', maintenance: 'estop' } as const;
  const { modes } = wiringOf({ ...RIG_MODEL, modes: { selection, toolSpeedMaxMmPerS: 250 } });
  expect([...modes.keys()]).toEqual(['mode-auto', 'estop']);
  const inputs: SafetyInputs = { ...AT_REST, closed: (name) => name === 'mode-auto' };
  expect([...modes.values()].map((read) => read(inputs, {}))).toEqual([true, false]);
  expect(modes.get('estop')?.(AT_REST, { estop: ON })).toBe(true);
});

test('a cell is wired once', () => {
  expect(wiringOf(RIG_MODEL)).toBe(wiringOf(RIG_MODEL));
  expect(wiringOf(reading('door'))).not.toBe(wiringOf(RIG_MODEL));
});
