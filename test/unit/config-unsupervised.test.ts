// A board with stock Firmata in a cell file: what may be on it, and what each thing that may not is told.
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/config/problem.ts';
import { sparePin } from '../../src/core/device-pins.ts';
import { type Changes, problemsAfter, smallModel } from '../support/small-cell.ts';

/** A new one each time: changes go into what it holds. */
const spare = (): Changes => ({ 'boards.spare': { kind: 'uno', firmware: 'firmata' } });
const lamp = { kind: 'digital-output', board: 'spare', pin: 'D4', hazardous: false };
const full = { kind: 'digital-input', board: 'spare', pin: 'D5', closedWhen: 'low' };

/** What it does not understand is the schema's business; here: codes by place. */
function codesAfter(changes: Changes): readonly (readonly [string, string])[] {
  return problemsAfter({ ...spare(), ...changes }).map(({ code, path }) => [path, code] as const);
}

function spareAfter(changes: Changes): number | undefined {
  const model = smallModel({ ...spare(), ...changes });
  const board = model.boards.find(({ name }) => name === 'spare');
  return board === undefined ? -1 : sparePin(model, board);
}

const wire = { kind: 'thermometer', board: 'spare', pin: 'D6', controller: 'DS18B20' };
const buzzer = { kind: 'buzzer', board: 'spare', pin: 'D3' };

const REFUSED: readonly (readonly [title: string, changes: Changes, path: string, code: string])[] = [
  ['a thermometer on one-wire', { 'devices.motor-air': wire }, 'devices.motor-air.board', 'stock-firmata-cannot'],
  ['a buzzer', { 'devices.horn': buzzer }, 'devices.horn.board', 'stock-firmata-cannot'],
  ['a servo', { 'devices.base.board': 'spare' }, 'devices.base.board', 'hazard-unsupervised'],
  ['a hazardous output', { 'devices.motor.board': 'spare' }, 'devices.motor.board', 'hazard-unsupervised'],
  [
    'an output that does not say whether it is hazardous',
    { 'devices.lamp': { kind: 'digital-output', board: 'spare', pin: 'D4' } },
    'devices.lamp.board',
    'hazard-unsupervised',
  ],
  [
    'the supply of actuators',
    { 'devices.lamp': { ...lamp, onWhileEnabled: true } },
    'devices.lamp.onWhileEnabled',
    'hazard-unsupervised',
  ],
  [
    'the valve of a gripper, hazardous or not',
    { 'devices.lamp': lamp, 'devices.gripper.valve': 'lamp' },
    'devices.gripper.valve',
    'hazard-unsupervised',
  ],
  [
    'the motor of a belt, hazardous or not',
    { 'devices.lamp': lamp, 'devices.belt.motor': 'lamp' },
    'devices.belt.motor',
    'hazard-unsupervised',
  ],
  [
    'an output of a stop function',
    { 'devices.lamp': lamp, 'safety.stopFunctions.guard-stop.outputs': ['motor', 'lamp'] },
    'safety.stopFunctions.guard-stop.outputs[1]',
    'hazard-unsupervised',
  ],
  [
    'an input that a safety block reads',
    { 'devices.door.board': 'spare' },
    'devices.door.board',
    'signal-unsupervised',
  ],
  ['the reset button', { 'devices.reset.board': 'spare' }, 'devices.reset.board', 'signal-unsupervised'],
  ['the sensor of a gripper', { 'devices.held.board': 'spare' }, 'devices.held.board', 'signal-unsupervised'],
  ['the pressure of a gripper', { 'devices.vacuum.board': 'spare' }, 'devices.vacuum.board', 'signal-unsupervised'],
  ['an identity', { 'boards.spare.uid': '0123456789abcdef' }, 'boards.spare.uid', 'key-without-effect'],
  [
    'ports to be looked for on',
    { 'boards.spare.searchPorts': ['/dev/ttyUSB*'] },
    'boards.spare.searchPorts',
    'key-without-effect',
  ],
  ['a speed to be negotiated', { 'boards.spare.baud': 'auto' }, 'boards.spare.baud', 'speed-not-negotiable'],
  ['a lease', { 'boards.spare.leaseMs': 100 }, 'boards.spare.leaseMs', 'key-without-effect'],
  ['a validity', { 'boards.spare.validityMs': 20 }, 'boards.spare.validityMs', 'key-without-effect'],
];

describe('a board with stock Firmata in a cell file', () => {
  it('may carry lamps, status outputs, sensors that no stop rests on, and catalogue devices', () => {
    expect(
      codesAfter({
        'devices.lamp': lamp,
        'devices.full': full,
        'devices.lamps.board': 'spare',
        'devices.air.board': 'spare',
        'devices.at-pick.board': 'spare',
      }),
    ).toEqual([]);
  });

  it('listens at 57,600 baud, as StandardFirmata does, unless the file says more', () => {
    const bauds = (changes: Changes) => smallModel({ ...spare(), ...changes }).boards.map(({ baud }) => baud);
    expect(bauds({})).toEqual([115_200, 57_600]);
    expect(bauds({ 'boards.spare.baud': 115_200 })).toEqual([115_200, 115_200]);
  });

  it('is a board with the Celda firmware unless the file says otherwise', () => {
    expect(smallModel().boards.map(({ firmware }) => firmware)).toEqual(['celda']);
  });

  it('gives the same hash for a speed that is written down and one that is the default', () => {
    expect(smallModel({ 'boards.uno-1.baud': 115_200 }).configHash).toBe(smallModel().configHash);
    expect(smallModel({ 'boards.uno-1.baud': 250_000 }).configHash).not.toBe(smallModel().configHash);
  });

  it.each(REFUSED)('may not carry %s', (_title, changes, path, code) => {
    expect(codesAfter(changes)).toEqual([[path, code]]);
  });

  it('tells where to move what it may not carry, in English and Spanish', () => {
    const [problem] = problemsAfter({ ...spare(), 'devices.base.board': 'spare' });
    if (problem === undefined) throw new Error('no problem');
    expect(formatProblem(problem, 'en')).toMatch(
      /devices\.base\.board: given spare, allowed .*Celda firmware: uno-1, hint /,
    );
    expect(formatProblem(problem, 'es')).toMatch(
      /devices\.base\.board: dado spare, permitido .*firmware de Celda: uno-1/,
    );
  });

  it('has a spare pin that can show whether the board was reset, and never one that I2C needs', () => {
    expect(spareAfter({ 'devices.lamp': { ...lamp, pin: 'D2' } })).toBe(3);
    const taken = ['D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D10', 'D11', 'D12', 'D13', 'A0', 'A1', 'A2', 'A3'];
    const inputs = Object.fromEntries(taken.map((pin) => [`devices.i-${pin.toLowerCase()}`, { ...full, pin }]));
    expect(spareAfter(inputs)).toBeUndefined();
  });
});
