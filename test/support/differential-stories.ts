// Stories for two boards, by chance: what a host, a bad line, other hosts and the world may do to a board.
import fc from 'fast-check';
import { firstAnalogPinOf } from '../../src/core/board-pins.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import type { Damage, Step } from './differential.ts';
import { SESSION, type Slot, TYPE } from './firmware-rig.ts';
import { bytesOf } from './firmware-wire.ts';

const EDGE = 1;
const HIGH_CLOSED = 2;
const PULL_UP = 4;
const HOLD = 0xffff;

/** Inputs on pins 2 and 3, outputs on 4, 7 and 8, servos on 9 and 10, an analog value on A0; each its own way. */
const configurationsOf = (kind: BoardKind): readonly (readonly Slot[])[] => [
  [
    { pin: 2, flags: EDGE | PULL_UP, value: 3 },
    // An opening filter of 4 ms; and a range.
    { pin: 3, flags: HIGH_CLOSED, value: 0, permit: 4 << 16 },
    { pin: firstAnalogPinOf(kind), second: true, value: 300, permit: 700 },
    { output: true, pin: 4, flags: 1, value: 0 },
    { output: true, pin: 7, value: 1 },
    { output: true, second: true, pin: 9, flags: 1, value: HOLD },
    { output: true, second: true, pin: 10, flags: 1, value: 0 },
  ],
  [
    { pin: 2, flags: EDGE, value: 0 },
    { pin: 3, flags: EDGE | HIGH_CLOSED | PULL_UP, value: 7 },
    { output: true, pin: 8, value: 1 },
    { output: true, second: true, pin: 9, value: 1500 },
  ],
  [{ output: true, pin: 4, value: 0 }],
  // Permits: one input stops at once, the other in the middle between two frames.
  [
    { pin: 2, flags: EDGE | PULL_UP, value: 3, permit: 0 },
    { pin: 3, flags: EDGE | HIGH_CLOSED | PULL_UP, value: 0, permit: 20 },
    { output: true, pin: 4, flags: 1, value: 0, permit: 1 },
    { output: true, second: true, pin: 9, flags: 1, value: HOLD, permit: 3 },
  ],
];
/** A pin twice, an input behind an output, a pin that cannot, a wrong value: refused, each for its own reason. */
const WRONG_CONFIGURATIONS: readonly (readonly Slot[])[] = [
  [{ pin: 2 }, { pin: 2 }],
  [{ output: true, pin: 4 }, { pin: 2 }],
  [{ pin: 5, second: true }],
  [{ pin: 2, value: 2000 }],
  [{ pin: 2, flags: EDGE, permit: 4 << 16 }],
  [{ pin: firstAnalogPinOf('uno'), second: true, value: 2000 }],
  [{ output: true, second: true, pin: 9, value: 400 }],
  [{ pin: 1 }],
];

/** Half of the grid off it: no lease runs out where a frame arrives or is answered. */
const LEASES = [35, 55, 105, 505];
const byte = fc.integer({ min: 0, max: 255 });

const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Damage>({ kind: 'none' }) },
  fc.record({ kind: fc.constant('flip' as const), at: byte, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('truncate' as const), keep: byte }),
  fc.record({ kind: fc.constant('insert' as const), at: byte, byte }),
  fc.constant<Damage>({ kind: 'twice' }),
);

const pulse = fc.constantFrom(0, 500, 1200, 1500, 2500, 499, 2501);
const outputs = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(fc.nat(3), pulse, pulse).map(([bits, a, b]) => bytesOf([bits, 1], [a, 2], [b, 2])),
    },
    { weight: 3, arbitrary: fc.tuple(fc.nat(1), pulse).map(([bits, a]) => bytesOf([bits, 1], [a, 2])) },
    { weight: 2, arbitrary: fc.nat(1).map((bits) => bytesOf([bits, 1])) },
  )
  .map((bytes) => [...bytes]);

const process: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('process' as const),
  outputs,
  validMs: fc.constantFrom(52, 52, 52, 95, 9, 995, -18, -500, 1012, 4000),
  arm: fc.constantFrom(true, true, true, false),
  ahead: fc.constantFrom(1, 1, 1, 1, 0, 5),
  damage,
});

const CONTROL_TYPES = [TYPE.stop, TYPE.close, TYPE.commit, TYPE.config, TYPE.getPins, TYPE.ident, TYPE.image, 0x30, 0];
const message: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('message' as const),
    type: fc.constantFrom(...CONTROL_TYPES),
    payload: fc.array(byte, { maxLength: 12 }),
    damage,
  }),
  fc.record({
    kind: fc.constant('message' as const),
    type: fc.constant(TYPE.stop),
    payload: fc.constant([1, 0, 0, 0]),
    damage,
  }),
);

const SYSEX = 0xf0;
const END = 0xf7;
/** Queries and outputs of Firmata; nothing that reports by the clock. */
const FIRMATA: readonly (readonly number[])[] = [
  [SYSEX, 0x79, END],
  [SYSEX, 0x6b, END],
  [SYSEX, 0x69, END],
  [SYSEX, 0x6d, 12, END],
  [0xf4, 12, 1, 0xf5, 12, 1, SYSEX, 0x6d, 12, END],
  [0xf4, 4, 1],
  [0xf4, 19, 0, SYSEX, 0x6d, 19, END],
  [0xf4, 6, 3, 0xe6, 100, 0, SYSEX, 0x6d, 6, END],
  [0x91, 0x10, 0],
  [0xff],
  [0xf9],
];

const stepOf = (configurations: readonly (readonly Slot[])[]): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 10, arbitrary: process },
    { weight: 3, arbitrary: message },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('configure' as const),
        slots: fc.constantFrom(...configurations, ...configurations, ...WRONG_CONFIGURATIONS),
        leaseMs: fc.constantFrom(...LEASES, ...LEASES, 5, 2001),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('open' as const),
        session: fc.constantFrom(SESSION, SESSION + 1, 0),
        isRight: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('foreign' as const), type: fc.constantFrom(0x11, 0x06, 0x10) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('noise' as const),
        bytes: fc.array(byte, { minLength: 1, maxLength: 150 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('stream' as const),
        bytes: fc.constantFrom(...FIRMATA).map((b) => [...b]),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('pin' as const),
        pin: fc.constantFrom(2, 3),
        level: fc.constantFrom<0 | 1>(0, 1),
        pulse: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('analog' as const), channel: fc.constant(0), counts: fc.nat(1023) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('silence' as const), slots: fc.integer({ min: 1, max: 12 }) }),
    },
    { weight: 1, arbitrary: fc.constantFrom<Step>({ kind: 'reset' }, { kind: 'hang' }) },
  );

/** Most stories begin with a board that is configured. */
export function storiesOf(kind: BoardKind): fc.Arbitrary<readonly Step[]> {
  const configurations = configurationsOf(kind);
  const steps = fc.array(stepOf(configurations), { minLength: 3, maxLength: 24 });
  return fc
    .tuple(fc.constantFrom(...configurations), fc.constantFrom(...LEASES), steps, fc.boolean())
    .map(([slots, leaseMs, told, isConfigured]) =>
      isConfigured ? [{ kind: 'configure', slots, leaseMs }, ...told] : told,
    );
}

/** A permit, a valve and an axis of 500 steps/s, which is slow enough for a stop to differ by two steps at most. */
const AXIS_CONFIGURATION: readonly Slot[] = [
  { pin: 2, flags: EDGE | PULL_UP, value: 3, permit: 0 },
  { output: true, pin: 4, flags: 1, value: 0, permit: 1 },
  { output: true, kind: 2, pin: 5, flags: 1, value: 500, permit: 1 },
  { output: true, kind: 3, pin: 11, flags: 1, value: 10_000 },
];

/** Where the axis is to go; the last is out of range. */
function axisCommand(target: number, arm: boolean): Step {
  const outputs = [...bytesOf([1, 1], [target >>> 0, 4])];
  return { kind: 'process', outputs, validMs: 52, arm, ahead: 1, damage: { kind: 'none' } };
}

const axisStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(0, 4, 40, -25, 90).map((target) => axisCommand(target, true)) },
  { weight: 1, arbitrary: fc.constantFrom(axisCommand(0, false), axisCommand(0x40000000, true)) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 12 }).map((slots) => ({ kind: 'silence' as const, slots })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'pin', pin: 2, level: 1, pulse: true }) },
  {
    weight: 1,
    arbitrary: fc.constant<Step>({ kind: 'message', type: TYPE.stop, payload: [1, 0, 0, 0], damage: { kind: 'none' } }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>({ kind: 'configure', slots: AXIS_CONFIGURATION, leaseMs: 105 }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'reset' }) },
);

/** An axis that is told where to go, stopped in every way and told again: it must refuse to be armed where it is not. */
export const axisStories: fc.Arbitrary<readonly Step[]> = fc
  .array(axisStep, { minLength: 5, maxLength: 24 })
  .map((steps) => [
    { kind: 'pin', pin: 2, level: 0, pulse: false },
    { kind: 'configure', slots: AXIS_CONFIGURATION, leaseMs: 105 },
    axisCommand(0, true),
    ...steps,
  ]);
