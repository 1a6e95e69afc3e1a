// One row for each thing that a cell file can get wrong: a change to a valid cell, and the problem it must give, alone.
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../src/config/problem.ts';
import { type Changes, problemsAfter } from '../support/small-cell.ts';

type Row = readonly [title: string, changes: Changes, code: ProblemCode, path: string];

const STEPS = 'workMasters.work.steps[1].repeat.steps';
const UID = '0123456789abcdef';
/** Two zones that the guard stops both. */
const zones = (): Changes => ({
  'safety.zones': {
    arm: { outputs: ['base', 'shoulder', 'elbow', 'wrist', 'power', 'valve'] },
    infeed: { outputs: ['motor'] },
  },
  'safety.stopFunctions.guard-stop.zones': ['arm', 'infeed'],
  'safety.stopFunctions.guard-stop.outputs': undefined,
});

/** Measures a joint, on the pin of the thermometer. */
const ANGLE = {
  kind: 'analog-input',
  board: 'uno-1',
  pin: 'A1',
  unit: 'deg',
  scale: [
    { counts: 100, value: -90 },
    { counts: 900, value: 90 },
  ],
  plausibleMin: -95,
  plausibleMax: 95,
};
/** Keeps the block of the emergency stop in use. */
const MORE = { permission: 'estop', category: 0, role: 'protective-stop', outputs: ['motor'] };
const BLOCK_LIKE_DEVICE: Changes = {
  'safety.blocks.guard': undefined,
  'safety.blocks.base': { type: 'SF_Guard', switch1: 'door', switch2: 'door', discrepancyTimeMs: 5, reset: 'reset' },
  'safety.stopFunctions.guard-stop.permission': 'base',
};

const ON_I2C = { kind: 'thermometer', board: 'uno-1', controller: 'MCP9808' };
const ON_WIRE = { kind: 'thermometer', board: 'uno-1', controller: 'DS18B20', pin: 'A1' };
const BUZZER = { kind: 'buzzer', board: 'uno-1', pin: 'D13' };

const pins: readonly Row[] = [
  ['two devices on one pin', { 'devices.elbow.pin': 'D5' }, 'pin-taken', 'devices.elbow.pin'],
  ['a lamp on the pin of a servo', { 'devices.lamps.green': 'D3' }, 'pin-taken', 'devices.lamps.green'],
  ['a thermometer on the pin of the vacuum sensor', { 'devices.air.pin': 'A0' }, 'pin-taken', 'devices.air.pin'],
  ['a pin that an Uno does not have', { 'devices.base.pin': 'D14' }, 'unknown-pin', 'devices.base.pin'],
  ['a serial pin of an Uno', { 'devices.base.pin': 'D1' }, 'serial-pin', 'devices.base.pin'],
  ['the other serial pin of an Uno', { 'devices.lamps.green': 'D0' }, 'serial-pin', 'devices.lamps.green'],
  [
    'an analog input on a digital pin',
    { 'devices.lamps.green': 'A0', 'devices.vacuum.pin': 'D13' },
    'pin-cannot',
    'devices.vacuum.pin',
  ],
  [
    'a thermometer on a digital pin',
    { 'devices.lamps.green': 'A1', 'devices.air.pin': 'D13' },
    'pin-cannot',
    'devices.air.pin',
  ],
  [
    'a part on I2C beside a lamp on its pins',
    { 'devices.lamps.amber': 'A1', 'devices.lamps.red': 'A4', 'devices.air': ON_I2C },
    'pin-taken',
    'devices.lamps.red',
  ],
  [
    'two parts at one address of I2C',
    { 'devices.lamps': undefined, 'devices.air': ON_I2C, 'devices.cabinet': ON_I2C },
    'address-taken',
    'devices.cabinet.address',
  ],
  [
    'a part on I2C at an address that it cannot have',
    { 'devices.lamps': undefined, 'devices.air': { ...ON_I2C, address: 0x20 } },
    'out-of-range',
    'devices.air.address',
  ],
  [
    'a part on I2C of a board that is not declared',
    { 'devices.air': { ...ON_I2C, board: 'uno-2' } },
    'unknown-board',
    'devices.air.board',
  ],
  [
    'a part on I2C with a pin',
    { 'devices.lamps': undefined, 'devices.air': { ...ON_I2C, pin: 'A4' } },
    'unknown-key',
    'devices.air.pin',
  ],
  ['a part on one-wire on an analog pin', { 'devices.air': ON_WIRE }, 'pin-cannot', 'devices.air.pin'],
  [
    'a part on one-wire that is read before its conversion has ended',
    { 'devices.lamps.green': 'A1', 'devices.air': { ...ON_WIRE, pin: 'D13', sampleEveryMs: 900 } },
    'out-of-range',
    'devices.air.sampleEveryMs',
  ],
  [
    'a thermometer of an unknown make',
    { 'devices.air.controller': 'DHT22' },
    'not-an-option',
    'devices.air.controller',
  ],
  [
    'a buzzer on a pin without tones',
    { 'devices.lamps': undefined, 'devices.horn': BUZZER },
    'pin-cannot',
    'devices.horn.pin',
  ],
  [
    'two buzzers on one board',
    {
      'devices.motor.pin': 'A4',
      'devices.base.pin': 'A5',
      'devices.lamps': undefined,
      'devices.horn': { ...BUZZER, pin: 'D3' },
      'devices.bell': { ...BUZZER, pin: 'D11' },
    },
    'tone-taken',
    'devices.bell.board',
  ],
  ['a board that is not declared', { 'devices.base.board': 'uno-2' }, 'unknown-board', 'devices.base.board'],
];

const boards: readonly Row[] = [
  [
    'hazardous outputs on a board without a lease',
    { 'boards.uno-1.leaseMs': undefined },
    'lease-missing',
    'boards.uno-1.leaseMs',
  ],
  [
    'ports where a board is looked for that has no uid',
    { 'boards.uno-1.searchPorts': ['/dev/ttyUSB*'] },
    'search-without-uid',
    'boards.uno-1.searchPorts',
  ],
  ['a speed that an Uno does not hold', { 'boards.uno-1.baud': 1_000_000 }, 'baud-too-high', 'boards.uno-1.baud'],
  ['a lease of less than two cycles', { 'cell.cyclePeriodMs': 51 }, 'lease-too-short', 'boards.uno-1.leaseMs'],
  [
    'a validity as long as the lease',
    { 'boards.uno-1.validityMs': 100 },
    'validity-too-long',
    'boards.uno-1.validityMs',
  ],
  [
    'two boards on one port',
    { 'boards.uno-1.port': 'COM3', 'boards.uno-2': { kind: 'uno', port: 'COM3' } },
    'board-taken',
    'boards.uno-2.port',
  ],
  [
    'two boards with one uid',
    { 'boards.uno-1.uid': UID, 'boards.uno-2': { kind: 'uno', uid: UID } },
    'board-taken',
    'boards.uno-2.uid',
  ],
  [
    'a stop time below that of the line',
    { 'cell.stopTimeBudgetMs': 2 },
    'stop-budget-too-short',
    'cell.stopTimeBudgetMs',
  ],
  ['a proof with a servo', { 'boards.uno-1.proveWith': ['base'] }, 'wrong-kind', 'boards.uno-1.proveWith[0]'],
  [
    'a proof with an output of another board',
    { 'boards.uno-2': { kind: 'uno', proveWith: ['motor'] } },
    'output-elsewhere',
    'boards.uno-2.proveWith[0]',
  ],
  [
    'a proof with an output whose emergency stop is on another board',
    { 'boards.uno-2': { kind: 'uno' }, 'boards.uno-1.proveWith': ['motor'], 'devices.estop-a.board': 'uno-2' },
    'proof-stop-elsewhere',
    'boards.uno-1.proveWith[0]',
  ],
];

const devices: readonly Row[] = [
  [
    'a servo without a safe value',
    { 'devices.base.safe': undefined },
    'hazardous-without-safe-value',
    'devices.base.safe',
  ],
  [
    'a hazardous output without a safe value',
    { 'devices.motor.safe': undefined },
    'hazardous-without-safe-value',
    'devices.motor.safe',
  ],
  [
    'an output that says nothing counts as hazardous',
    { 'devices.motor.hazardous': undefined, 'devices.motor.safe': undefined },
    'hazardous-without-safe-value',
    'devices.motor.safe',
  ],
  ['a gripper without its valve', { 'devices.gripper.valve': 'valv' }, 'unknown-device', 'devices.gripper.valve'],
  ['a gripper whose valve is a servo', { 'devices.gripper.valve': 'base' }, 'wrong-kind', 'devices.gripper.valve'],
  [
    'a gripper whose sensor is an output',
    { 'devices.gripper.partPresent': 'motor' },
    'wrong-kind',
    'devices.gripper.partPresent',
  ],
  [
    'a gripper whose pressure is a thermometer',
    { 'devices.gripper.pressure': 'air' },
    'wrong-kind',
    'devices.gripper.pressure',
  ],
  [
    'a gripper whose pressure is in bar',
    { 'devices.vacuum.unit': 'bar' },
    'pressure-not-kpa',
    'devices.gripper.pressure',
  ],
  ['a belt whose motor is the belt', { 'devices.belt.motor': 'belt' }, 'wrong-kind', 'devices.belt.motor'],
  [
    'a belt whose motor follows the enable',
    { 'devices.motor.onWhileEnabled': true },
    'output-follows-enable',
    'devices.belt.motor',
  ],
  ['a servo with its limits exchanged', { 'devices.wrist.minDeg': 91 }, 'min-above-max', 'devices.wrist.minDeg'],
  [
    'a servo that parks outside its limits',
    { 'devices.wrist.parkDeg': 91 },
    'park-outside-limits',
    'devices.wrist.parkDeg',
  ],
  [
    'a servo with one pulse width',
    { 'devices.wrist.pulseAtMinUs': 2400 },
    'pulses-equal',
    'devices.wrist.pulseAtMaxUs',
  ],
  ['a scale of two equal readings', { 'devices.vacuum.scale[1].counts': 100 }, 'scale-flat', 'devices.vacuum.scale'],
  [
    'a plausible range that no reading reaches',
    { 'devices.vacuum.scale[0].value': 5_000, 'devices.vacuum.scale[1].value': 6_000 },
    'never-plausible',
    'devices.vacuum.scale',
  ],
  ['plausible limits exchanged', { 'devices.vacuum.plausibleMin': 6 }, 'min-above-max', 'devices.vacuum.plausibleMin'],
];

const safety: readonly Row[] = [
  [
    'a block that reads nothing',
    { 'safety.blocks.channels.channelA': 'estop-c' },
    'unknown-signal',
    'safety.blocks.channels.channelA',
  ],
  [
    'a block that reads a motor',
    { 'safety.blocks.channels.channelA': 'motor' },
    'wrong-kind',
    'safety.blocks.channels.channelA',
  ],
  [
    'blocks that feed each other',
    { 'safety.blocks.channels.channelA': 'estop' },
    'block-cycle',
    'safety.blocks.channels',
  ],
  ['a block that feeds itself', { 'safety.blocks.guard.switch2': 'guard' }, 'block-cycle', 'safety.blocks.guard'],
  [
    'two channels that are one',
    { 'safety.blocks.channels.channelB': 'estop-a' },
    'channels-identical',
    'safety.blocks.channels.channelB',
  ],
  ['a reset that is a block', { 'safety.blocks.estop.reset': 'guard' }, 'unknown-device', 'safety.blocks.estop.reset'],
  ['a reset that is an output', { 'safety.blocks.estop.reset': 'motor' }, 'wrong-kind', 'safety.blocks.estop.reset'],
  ['a cell reset that is an analog input', { 'safety.reset': 'vacuum' }, 'wrong-kind', 'safety.reset'],
  [
    'an emergency stop that a broken wire would close',
    { 'devices.estop-a.closedWhen': 'high' },
    'safety-input-fails-closed',
    'devices.estop-a.closedWhen',
  ],
  [
    'an emergency stop that waits before it opens',
    { 'devices.estop-a.openFilterMs': 1 },
    'safety-input-opens-at-once',
    'devices.estop-a.openFilterMs',
  ],
  [
    'a reset with an opening filter',
    { 'devices.reset.openFilterMs': 20 },
    'safety-input-opens-at-once',
    'devices.reset.openFilterMs',
  ],
  [
    'a reset that a broken wire would press',
    { 'devices.reset.closedWhen': 'high' },
    'safety-input-fails-closed',
    'devices.reset.closedWhen',
  ],
  ['a block with the name of a device', BLOCK_LIKE_DEVICE, 'name-taken', 'safety.blocks.base'],
  [
    'a block that stops nothing',
    { 'safety.blocks.idle': { type: 'SF_EmergencyStop', input: 'estop-a', reset: 'reset' } },
    'block-without-effect',
    'safety.blocks.idle',
  ],
  [
    'a permission that is an input',
    { 'safety.stopFunctions.guard-stop.permission': 'door' },
    'permission-not-a-block',
    'safety.stopFunctions.guard-stop.permission',
  ],
  [
    'a permission that does not latch',
    { 'safety.stopFunctions.emergency-stop.permission': 'channels', 'safety.stopFunctions.more': MORE },
    'permission-does-not-latch',
    'safety.stopFunctions.emergency-stop.permission',
  ],
  [
    'a permission that somebody who holds an override gives',
    {
      'devices.at-pick.closedWhen': 'low',
      'safety.blocks.moved-out': {
        type: 'SF_Override',
        safetyIn: 'guard',
        overrideEnable: 'at-pick',
        hold: 'door',
        maxOverrideTimeMs: 5000,
        reset: 'reset',
      },
      'safety.stopFunctions.guard-stop.permission': 'moved-out',
      'safety.stopFunctions.more': MORE,
    },
    'permission-does-not-latch',
    'safety.stopFunctions.guard-stop.permission',
  ],
  [
    'a two-hand control whose hands are one button',
    {
      'safety.blocks.hands': { type: 'SF_TwoHandControlTypeIII', button1: 'estop-a', button2: 'estop-a' },
      'safety.blocks.channels.channelA': 'hands',
    },
    'channels-identical',
    'safety.blocks.hands.button2',
  ],
  [
    'an emergency stop that is only a guard',
    { 'safety.stopFunctions.emergency-stop.permission': 'guard', 'safety.stopFunctions.more': MORE },
    'permission-does-not-latch',
    'safety.stopFunctions.emergency-stop.permission',
  ],
  [
    'category 1 without a time limit',
    { 'safety.stopFunctions.emergency-stop.timeLimitMs': undefined },
    'time-limit-missing',
    'safety.stopFunctions.emergency-stop.timeLimitMs',
  ],
  [
    'category 0 with a time limit',
    { 'safety.stopFunctions.emergency-stop.category': 0 },
    'time-limit-unused',
    'safety.stopFunctions.emergency-stop.timeLimitMs',
  ],
  [
    'category 2 without a time limit',
    {
      'safety.stopFunctions.guard-stop.category': 2,
      'safety.stopFunctions.guard-stop.timeLimitMs': undefined,
    },
    'time-limit-missing',
    'safety.stopFunctions.guard-stop.timeLimitMs',
  ],
  [
    'an emergency stop that leaves the power on',
    { 'safety.stopFunctions.emergency-stop.category': 2 },
    'emergency-stop-holds',
    'safety.stopFunctions.emergency-stop.category',
  ],
  [
    'a stop that ends before a joint is known to stand',
    {
      'safety.stopFunctions.emergency-stop.timeLimitMs': 501,
      'devices.air': undefined,
      'devices.angle': ANGLE,
      'devices.base.feedback': { input: 'angle', followingErrorMaxDeg: 10, standstillTimeMs: 500 },
    },
    'time-limit-below-standstill',
    'safety.stopFunctions.guard-stop.timeLimitMs',
  ],
  [
    'a stop function that stops nothing',
    { 'safety.stopFunctions.guard-stop.outputs': undefined },
    'stops-nothing',
    'safety.stopFunctions.guard-stop',
  ],
  [
    'a stop function of an unknown zone',
    { ...zones(), 'safety.stopFunctions.guard-stop.zones': ['arm', 'infed', 'infeed'] },
    'unknown-zone',
    'safety.stopFunctions.guard-stop.zones[1]',
  ],
  [
    'an output in two zones',
    { ...zones(), 'safety.zones.infeed.outputs': ['motor', 'valve'] },
    'output-in-two-zones',
    'safety.zones.infeed.outputs[1]',
  ],
  [
    'a hazardous output in no zone',
    { ...zones(), 'safety.zones.arm.outputs': ['base', 'shoulder', 'elbow', 'power', 'valve'] },
    'hazard-without-zone',
    'devices.wrist',
  ],
  [
    'a zone that no door stops',
    { ...zones(), 'safety.stopFunctions.guard-stop.zones': ['arm'] },
    'zone-without-protective-stop',
    'safety.zones.infeed',
  ],
  [
    'a zone with a sensor in it',
    { ...zones(), 'safety.zones.infeed.outputs': ['motor', 'door'] },
    'wrong-kind',
    'safety.zones.infeed.outputs[1]',
  ],
  [
    'a sensor that is compared with itself',
    { 'devices.vacuum.agreesWith': { input: 'vacuum', within: 1 } },
    'channels-identical',
    'devices.vacuum.agreesWith.input',
  ],
  [
    'two sensors of one thing in different units',
    { 'devices.air': undefined, 'devices.angle': { ...ANGLE, agreesWith: { input: 'vacuum', within: 1 } } },
    'units-differ',
    'devices.angle.agreesWith.input',
  ],
  [
    'a joint that is measured in another unit',
    { 'devices.base.feedback': { input: 'vacuum', followingErrorMaxDeg: 10 } },
    'feedback-unit',
    'devices.base.feedback.input',
  ],
  [
    'a joint that cannot be seen at the end of its travel',
    {
      'devices.air': undefined,
      'devices.angle': { ...ANGLE, plausibleMax: 80 },
      'devices.base.feedback': { input: 'angle', followingErrorMaxDeg: 10 },
    },
    'feedback-too-narrow',
    'devices.base.feedback.input',
  ],
  [
    'a stop function that stops a sensor',
    { 'safety.stopFunctions.emergency-stop.outputs[7]': 'vacuum' },
    'wrong-kind',
    'safety.stopFunctions.emergency-stop.outputs[7]',
  ],
  [
    'a servo that no emergency stop stops',
    { 'safety.stopFunctions.emergency-stop.outputs[0]': 'power' },
    'hazard-without-emergency-stop',
    'devices.base',
  ],
  [
    'a hazardous output that no emergency stop stops',
    { 'safety.stopFunctions.emergency-stop.outputs[5]': 'power' },
    'hazard-without-emergency-stop',
    'devices.motor',
  ],
];

const poses: readonly Row[] = [
  ['a pose with an unknown joint', { 'poses.home.hip': 1 }, 'unknown-device', 'poses.home.hip'],
  ['a pose of something that is no servo', { 'poses.home.motor': 1 }, 'wrong-kind', 'poses.home.motor'],
  ['a pose outside the limits of a joint', { 'poses.home.base': 90.5 }, 'target-outside-limits', 'poses.home.base'],
  ['a pose without joints', { 'poses.none': {} }, 'no-joints', 'poses.none'],
];

const parameters: readonly Row[] = [
  [
    'a minimum above the maximum',
    { 'workMasters.work.parameters.x': { type: 'number', min: 2, max: 1 } },
    'min-above-max',
    'workMasters.work.parameters.x.min',
  ],
  [
    'a default outside its range',
    { 'workMasters.work.parameters.count.default': 11 },
    'default-outside',
    'workMasters.work.parameters.count.default',
  ],
  [
    'a default that is not an option',
    { 'workMasters.work.parameters.note.default': 'c' },
    'default-outside',
    'workMasters.work.parameters.note.default',
  ],
  [
    'a default of another type',
    { 'workMasters.work.parameters.fast.default': 'yes' },
    'default-wrong-type',
    'workMasters.work.parameters.fast.default',
  ],
  [
    'an integer with a fraction as default',
    { 'workMasters.work.parameters.count.default': 2.5 },
    'not-whole',
    'workMasters.work.parameters.count.default',
  ],
  [
    'a range on a string',
    { 'workMasters.work.parameters.note.min': 1 },
    'key-not-for-type',
    'workMasters.work.parameters.note.min',
  ],
  [
    'options on a number',
    { 'workMasters.work.parameters.speed.options': ['1'] },
    'key-not-for-type',
    'workMasters.work.parameters.speed.options',
  ],
];

const steps: readonly Row[] = [
  [
    'a move without a time limit',
    { 'workMasters.work.steps[1].repeat.steps[1].move.timeoutMs': undefined },
    'can-wait-for-ever',
    `${STEPS}[1].move.timeoutMs`,
  ],
  [
    'a grip without a time limit',
    { 'workMasters.work.steps[1].repeat.steps[2].grip.timeoutMs': undefined },
    'can-wait-for-ever',
    `${STEPS}[2].grip.timeoutMs`,
  ],
  [
    'a release without a time limit',
    { 'workMasters.work.steps[1].repeat.steps[6].release.timeoutMs': undefined },
    'can-wait-for-ever',
    `${STEPS}[6].release.timeoutMs`,
  ],
  [
    'a belt without a time limit',
    { 'workMasters.work.steps[1].repeat.steps[0].convey.timeoutMs': undefined },
    'can-wait-for-ever',
    `${STEPS}[0].convey.timeoutMs`,
  ],
  [
    'a wait for an input without a time limit',
    { 'workMasters.work.steps[1].repeat.steps[4].wait.timeoutMs': undefined },
    'can-wait-for-ever',
    `${STEPS}[4].wait.timeoutMs`,
  ],
  [
    'a wait for a time and an input',
    { 'workMasters.work.steps[1].repeat.steps[3].wait.input': 'held' },
    'wait-ambiguous',
    `${STEPS}[3].wait`,
  ],
  [
    'a wait for nothing',
    { 'workMasters.work.steps[1].repeat.steps[3].wait': { timeoutMs: 5 } },
    'wait-ambiguous',
    `${STEPS}[3].wait`,
  ],
  [
    'a timed wait that outlasts its limit',
    { 'workMasters.work.steps[1].repeat.steps[3].wait.timeoutMs': 199 },
    'timeout-too-short',
    `${STEPS}[3].wait.timeoutMs`,
  ],
  [
    'a step with two verbs',
    { 'workMasters.work.steps[1].repeat.steps[3].produce': {} },
    'step-not-one-verb',
    `${STEPS}[3]`,
  ],
  [
    'a step with a label only',
    { 'workMasters.work.steps[0]': { label: 'nothing' } },
    'step-not-one-verb',
    'workMasters.work.steps[0]',
  ],
  [
    'a move to an unknown pose',
    { 'workMasters.work.steps[0].move.to': 'hom' },
    'unknown-pose',
    'workMasters.work.steps[0].move.to',
  ],
  [
    'a move to a name that every object has',
    { 'workMasters.work.steps[0].move.to': 'constructor' },
    'unknown-pose',
    'workMasters.work.steps[0].move.to',
  ],
  [
    'a move of an unknown joint',
    { 'workMasters.work.steps[1].repeat.steps[1].move.to.hip': 1 },
    'unknown-device',
    `${STEPS}[1].move.to.hip`,
  ],
  [
    'a move outside the limits of a joint',
    { 'workMasters.work.steps[1].repeat.steps[1].move.to.base': -91 },
    'target-outside-limits',
    `${STEPS}[1].move.to.base`,
  ],
  [
    'a speed of nothing',
    { 'workMasters.work.steps[1].repeat.steps[1].move.speedPercent': 0 },
    'out-of-range',
    `${STEPS}[1].move.speedPercent`,
  ],
  [
    'a speed above all',
    { 'workMasters.work.steps[1].repeat.steps[1].move.speedPercent': 101 },
    'out-of-range',
    `${STEPS}[1].move.speedPercent`,
  ],
  [
    'an unknown parameter',
    { 'workMasters.work.steps[1].repeat.steps[1].move.speedPercent': '$sped' },
    'unknown-parameter',
    `${STEPS}[1].move.speedPercent`,
  ],
  [
    'a parameter that every object has',
    { 'workMasters.work.steps[1].repeat.steps[1].move.speedPercent': '$constructor' },
    'unknown-parameter',
    `${STEPS}[1].move.speedPercent`,
  ],
  [
    'a speed that is a text',
    { 'workMasters.work.steps[1].repeat.steps[1].move.speedPercent': '$note' },
    'parameter-wrong-type',
    `${STEPS}[1].move.speedPercent`,
  ],
  [
    'a speed parameter that may be zero',
    { 'workMasters.work.parameters.speed.min': 0 },
    'parameter-too-wide',
    'workMasters.work.steps[0].move.speedPercent',
  ],
  [
    'a repeat without a greatest number',
    { 'workMasters.work.parameters.count.max': undefined },
    'parameter-unbounded',
    'workMasters.work.steps[1].repeat.times',
  ],
  [
    'a repeat that may be negative',
    { 'workMasters.work.parameters.count.min': -1 },
    'parameter-too-wide',
    'workMasters.work.steps[1].repeat.times',
  ],
  [
    'a repeat by a number with a fraction',
    { 'workMasters.work.steps[1].repeat.times': '$speed' },
    'parameter-wrong-type',
    'workMasters.work.steps[1].repeat.times',
  ],
  [
    'a repeat of two and a half times',
    { 'workMasters.work.steps[1].repeat.times': 2.5 },
    'not-whole',
    'workMasters.work.steps[1].repeat.times',
  ],
  [
    'a grip with a belt',
    { 'workMasters.work.steps[1].repeat.steps[2].grip.gripper': 'belt' },
    'wrong-kind',
    `${STEPS}[2].grip.gripper`,
  ],
  [
    'a release of nothing',
    { 'workMasters.work.steps[1].repeat.steps[6].release.gripper': 'hand' },
    'unknown-device',
    `${STEPS}[6].release.gripper`,
  ],
  [
    'a belt that is a motor',
    { 'workMasters.work.steps[1].repeat.steps[0].convey.conveyor': 'motor' },
    'wrong-kind',
    `${STEPS}[0].convey.conveyor`,
  ],
  [
    'a belt until an analog input',
    { 'workMasters.work.steps[1].repeat.steps[0].convey.until.input': 'vacuum' },
    'wrong-kind',
    `${STEPS}[0].convey.until.input`,
  ],
  [
    'a wait for an unknown input',
    { 'workMasters.work.steps[1].repeat.steps[4].wait.input': 'hold' },
    'unknown-device',
    `${STEPS}[4].wait.input`,
  ],
  [
    'a measurement of an output',
    { 'workMasters.work.steps[1].repeat.steps[5].measure.device': 'motor' },
    'wrong-kind',
    `${STEPS}[5].measure.device`,
  ],
  [
    'measuring limits exchanged',
    { 'workMasters.work.steps[1].repeat.steps[5].measure.min': -39 },
    'min-above-max',
    `${STEPS}[5].measure.min`,
  ],
  [
    'a measuring limit that the sensor never meets',
    { [`${STEPS}[5].measure.min`]: -200, [`${STEPS}[5].measure.max`]: -106 },
    'measure-limit-unreachable',
    `${STEPS}[5].measure.max`,
  ],
  [
    'two measurements of one name',
    { [`${STEPS}[3]`]: { measure: { device: 'air', as: 'pressure' } } },
    'duplicate-measurement',
    `${STEPS}[5].measure.as`,
  ],
  [
    'a move that cannot arrive in time',
    { 'workMasters.work.steps[1].repeat.steps[1].move.timeoutMs': 1000 },
    'timeout-too-short',
    `${STEPS}[1].move.timeoutMs`,
  ],
];

const around: readonly Row[] = [
  ['a program that is not there', { 'programs.sort': 'sorter.ts' }, 'module-not-found', 'programs.sort'],
  ['an arm with a joint that is a motor', { 'simulation.arm.elbow': 'motor' }, 'wrong-kind', 'simulation.arm.elbow'],
  ['servo power that is an input', { 'simulation.servoPower': 'door' }, 'wrong-kind', 'simulation.servoPower'],
  [
    'a simulated gripper that is not there',
    { 'simulation.gripper.device': 'hand' },
    'unknown-device',
    'simulation.gripper.device',
  ],
  [
    'a simulated belt that is a motor',
    { 'simulation.conveyor.device': 'motor' },
    'wrong-kind',
    'simulation.conveyor.device',
  ],
  [
    'a simulated sensor that is not there',
    { 'simulation.conveyor.atPick': 'eye' },
    'unknown-device',
    'simulation.conveyor.atPick',
  ],
  [
    'an operator who turns a motor',
    { 'simulation.operator.estop[1]': 'motor' },
    'wrong-kind',
    'simulation.operator.estop[1]',
  ],
];

describe.each([
  ['a pin', pins],
  ['a board', boards],
  ['a device', devices],
  ['safety wiring', safety],
  ['a pose', poses],
  ['a parameter', parameters],
  ['a step', steps],
  ['a program or simulation', around],
])('%s', (_area, rows) => {
  it.each(rows)('is refused: %s', (_title, changes, code, path) => {
    const problems = problemsAfter(changes);
    expect(problems.map((problem) => [problem.code, problem.path])).toEqual([[code, path]]);
  });
});

describe('a move', () => {
  // 45 degrees at 50 of 100 degrees per second, with 400 degrees per second squared: 0.9 s and a ramp of 0.125 s.
  it.each([
    [1_025, []],
    [1_024, ['timeout-too-short']],
  ])('that takes 1025 ms may have a time limit of %i ms: %j', (timeoutMs, codes) => {
    expect(problemsAfter({ [`${STEPS}[1].move.timeoutMs`]: timeoutMs }).map(({ code }) => code)).toEqual(codes);
  });

  it('too short to reach its speed takes two ramps', () => {
    const short = (timeoutMs: number): Changes => ({
      [`${STEPS}[1].move.to`]: { base: 4 },
      [`${STEPS}[1].move.timeoutMs`]: timeoutMs,
    });
    expect(problemsAfter(short(200))).toEqual([]);
    expect(problemsAfter(short(199))).toMatchObject([{ code: 'timeout-too-short', detail: { min: '200' } }]);
  });

  it('waits for the joint that is slowest for its distance, and for its ramp', () => {
    const problems = problemsAfter({
      'devices.elbow.accelerationMaxDegPerS2': 30,
      [`${STEPS}[1].move.timeoutMs`]: 1_900,
    });
    expect(problems).toMatchObject([{ code: 'timeout-too-short', detail: { min: '2000' } }]);
  });

  it('at the start of a repeat comes from where the round before ended', () => {
    const round = [{ move: { to: { base: 45 }, timeoutMs: 500 } }, { move: { to: { base: -45 }, timeoutMs: 5_000 } }];
    const problems = problemsAfter({ 'workMasters.work.steps': [{ repeat: { times: 2, steps: round } }] });
    expect(problems).toMatchObject([{ path: 'workMasters.work.steps[0].repeat.steps[0].move.timeoutMs' }]);
  });
});

describe('a timed wait', () => {
  it('may have a time limit of just its duration', () => {
    expect(problemsAfter({ [`${STEPS}[3].wait.timeoutMs`]: 200 })).toEqual([]);
  });
});

describe('a default', () => {
  it.each([1, 10])('may be the end of its range: %i', (value) => {
    expect(problemsAfter({ 'workMasters.work.parameters.count.default': value })).toEqual([]);
  });
});

describe('a cell', () => {
  it('hears of a ring of blocks that another block feeds', () => {
    const problems = problemsAfter({
      'safety.blocks.pre': { type: 'SF_EmergencyStop', input: 'estop-b', reset: 'reset' },
      'safety.blocks.channels.channelA': 'estop',
      'safety.blocks.channels.channelB': 'pre',
    });
    expect(problems).toMatchObject([{ code: 'block-cycle', detail: { ring: 'channels <- estop <- channels' } }]);
  });

  it('without a mistake has no problems', () => {
    expect(problemsAfter({})).toEqual([]);
  });

  it('with more signals on a board than a frame carries is refused', () => {
    const input = { kind: 'digital-input', board: 'uno-1', pin: 'A3', closedWhen: 'high' };
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`devices.in-${i}`, input]));
    const problems = problemsAfter(many);
    expect(problems.find(({ code }) => code === 'too-many-slots')).toMatchObject({ path: 'boards.uno-1', given: '32' });
  });

  it('is told all of its mistakes at once, in the order of the file', () => {
    const problems = problemsAfter({
      'devices.elbow.pin': 'D5',
      'cell.cyclePeriodMs': 0,
      'poses.home.hip': 1,
      'safety.stopFunctions.emergency-stop.outputs[0]': 'nothing',
      [`${STEPS}[1].move.to.base`]: -91,
    });
    const lines = problems.map(({ line }) => line);
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set([
        'out-of-range',
        'hazard-without-emergency-stop',
        'pin-taken',
        'unknown-device',
        'target-outside-limits',
      ]),
    );
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  it('hears of a taken pin although the device has another mistake', () => {
    const problems = problemsAfter({ 'devices.elbow.pin': 'D5', 'devices.elbow.minDeg': 'low' });
    expect(problems.map(({ code }) => code).toSorted()).toEqual(['out-of-range', 'pin-taken']);
  });

  it('is not blamed for references to a device that is malformed', () => {
    const problems = problemsAfter({ 'devices.valve.hazardous': 'maybe' });
    expect(problems.map(({ path }) => path)).toEqual(['devices.valve.hazardous']);
  });
});
