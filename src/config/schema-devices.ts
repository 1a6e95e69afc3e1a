// Boards and devices as `cell.yaml` writes them.
import { z } from 'zod';
import { BOARD_PORT_FORM } from './board-port-form.ts';
import { finite, integerIn, numberIn, pinSchema, reference, strict, text } from './schema-values.ts';

/** Speeds of the wire, see wire.md; the board is asked whether it holds one. */
const baudSchema = z
  .literal([57_600, 115_200, 250_000, 500_000, 1_000_000, 'auto'])
  .describe(
    'Speed of the line, bits per second; auto: the fastest of them that board, port and cable hold, not with stock Firmata. Default: 115200; 57600 with stock Firmata.',
  );

export const boardSchema = strict({
  kind: z.enum(['uno', 'mega']).describe('Kind of board: decides which pins there are.'),
  firmware: z
    .enum(['celda', 'firmata'])
    .default('celda')
    .describe(
      'What runs on it: the Celda firmware, or stock Firmata such as StandardFirmata, without lease or supervision: for what cannot hurt.',
    ),
  port: z
    .string()
    .min(1)
    .regex(BOARD_PORT_FORM)
    .exactOptional()
    .describe('Path of the serial port, or tcp://host:port. Without it, --port or the simulator gives it.'),
  uid: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .exactOptional()
    .describe('Accept only the board with this identity, 16 hex digits in quotes.'),
  searchPorts: z
    .array(z.string().min(1))
    .exactOptional()
    .describe('More paths where the board with this uid may be found; `*` in the last part stands for any letters.'),
  baud: baudSchema.exactOptional(),
  leaseMs: integerIn(
    { min: 10, max: 2_000, unit: 'ms' },
    'Without a renewal for this long the board drives its safe values. Required with hazardous outputs.',
  ).exactOptional(),
  validityMs: integerIn(
    { min: 1, max: 1_999, unit: 'ms' },
    'A command older than this is a fault; less than leaseMs. Default: half of leaseMs.',
  ).exactOptional(),
  proveWith: z
    .array(reference('Name of a digital output of this board.'))
    .default([])
    .describe('Outputs that may be on for a moment at every start, while the board proves its lease. Usually none.'),
}).describe('A board: an Arduino with the Celda firmware, or with stock Firmata.');

const onPin = {
  description: text('What it is, for people.').default(''),
  board: reference('Name of the board.'),
  pin: pinSchema,
};

const ANGLE = { min: -360, max: 360, unit: 'deg' };
const PULSE = { min: 500, max: 2_500, unit: 'us' };

const feedbackTimes = {
  input: reference('The analog-input that measures the joint, in its unit: deg or mm.'),
  followingErrorTimeMs: integerIn(
    { min: 20, max: 10_000, unit: 'ms' },
    'Not following for this long is a protective stop.',
  ).default(250),
  standstillTimeMs: integerIn(
    { min: 20, max: 5_000, unit: 'ms' },
    'The joint stands still once it has stayed in its window for this long.',
  ).default(100),
};
const FOLLOWING_ERROR = 'The joint follows while it is this near to its set point.';
const WINDOW = 'The joint stands still while it stays within this of one place.';
const DEGREES_APART = { min: 0.1, max: 360, unit: 'deg' };

const servoFeedbackSchema = strict({
  ...feedbackTimes,
  followingErrorMaxDeg: numberIn(DEGREES_APART, FOLLOWING_ERROR),
  standstillWindowDeg: numberIn(DEGREES_APART, WINDOW).default(2),
}).describe('The servo is measured: it must follow, and is known to stand still.');

const servoSchema = strict({
  kind: z.literal('servo'),
  ...onPin,
  minDeg: numberIn(ANGLE, 'Lower limit of the joint, degrees.'),
  maxDeg: numberIn(ANGLE, 'Upper limit of the joint, degrees.'),
  velocityMaxDegPerS: numberIn({ min: 0.1, max: 3_600, unit: 'deg/s' }, 'Top speed of the joint.'),
  accelerationMaxDegPerS2: numberIn({ min: 0.1, max: 100_000, unit: 'deg/s2' }, 'Top acceleration of the joint.'),
  pulseAtMinUs: numberIn(PULSE, 'Pulse width at minDeg, microseconds.').default(600),
  pulseAtMaxUs: numberIn(PULSE, 'Pulse width at maxDeg, microseconds.').default(2_400),
  parkDeg: numberIn(ANGLE, 'Position assumed and taken at the first enable, degrees.').default(0),
  safe: z.enum(['off', 'hold']).describe('At a stop: off gives no pulses, hold repeats the last pulse.'),
  reachMm: numberIn(
    { min: 0, max: 10_000, unit: 'mm' },
    'The farthest that the tool and what it holds can be from the axis of this joint. Needed for jogging.',
  ).exactOptional(),
  feedback: servoFeedbackSchema.exactOptional(),
}).describe('A hobby servo: one joint. Always hazardous.');

const POSITION = { min: -100_000, max: 100_000, unit: 'mm' };
const TRAVEL = { min: 0.01, max: 200_000, unit: 'mm' };

const homingSchema = strict({
  switch: reference('The digital-input that is closed at the end of the axis and open elsewhere.'),
  towards: z.enum(['min', 'max']).describe('Where the switch is: towards smaller or greater positions.'),
  speedMmPerS: numberIn({ min: 0.01, max: 10_000, unit: 'mm/s' }, 'Speed towards it; a tenth of it when leaving it.'),
  positionMm: numberIn(POSITION, 'Position where the switch opens, millimetres; within the limits of the axis.'),
  searchMm: numberIn(TRAVEL, 'The axis may travel this far in search of the switch.'),
  releaseMm: numberIn(TRAVEL, 'The switch opens at the latest this far behind the place where it closed.').default(5),
}).describe('How the axis finds out where it stands, after every start and every stop at speed.');

const axisFeedbackSchema = strict({
  ...feedbackTimes,
  followingErrorMaxMm: numberIn(TRAVEL, FOLLOWING_ERROR),
  standstillWindowMm: numberIn(TRAVEL, WINDOW).default(1),
}).describe('The axis is measured, in the frame of the homed axis: it must follow, and is known to stand still.');

const stepperAxisSchema = strict({
  kind: z.literal('stepper-axis'),
  description: onPin.description,
  board: onPin.board,
  stepPin: pinSchema,
  directionPin: pinSchema,
  stepsPerMm: numberIn({ min: 0.001, max: 100_000, unit: 'steps/mm' }, 'Pulses of the driver per millimetre.'),
  minMm: numberIn(POSITION, 'Lower limit of the axis, millimetres.'),
  maxMm: numberIn(POSITION, 'Upper limit of the axis, millimetres.'),
  velocityMaxMmPerS: numberIn({ min: 0.01, max: 10_000, unit: 'mm/s' }, 'Top speed; at most 4000 steps/s.'),
  accelerationMaxMmPerS2: numberIn({ min: 0.01, max: 1_000_000, unit: 'mm/s2' }, 'Top acceleration.'),
  invertDirection: z
    .boolean()
    .default(false)
    .describe('true: the direction pin is high for positions that grow; else it is low.'),
  driver: reference(
    'The digital-output, with onWhileEnabled, that enables or feeds the driver: when it goes off, the axis must be homed anew.',
  ).exactOptional(),
  homing: homingSchema,
  feedback: axisFeedbackSchema.exactOptional(),
}).describe('A stepper motor with step and direction on a straight axis: one joint. Always hazardous.');

const digitalOutputSchema = strict({
  kind: z.literal('digital-output'),
  ...onPin,
  activeHigh: z.boolean().default(true).describe('true: on drives the pin high.'),
  hazardous: z.boolean().default(true).describe('Can it hurt or break something? Say false only when sure.'),
  safe: z
    .enum(['on', 'off'])
    .exactOptional()
    .describe('Driven at a stop, on an expired lease and before the first enable. Required when hazardous.'),
  onWhileEnabled: z
    .boolean()
    .default(false)
    .describe('On exactly while the unit is enabled: the supply of actuators. Steps and programs cannot switch it.'),
}).describe('A switched output: relay, valve, contactor.');

const sensorChecks = {
  changesWithinMs: integerIn(
    { min: 50, max: 3_600_000, unit: 'ms' },
    'The input changes at least this often while an order executes; else it is stuck or frozen.',
  ).exactOptional(),
  whenImplausible: z
    .enum(['invalid', 'hold', 'protective-stop'])
    .describe(
      'When the input cannot be believed it counts as missing; besides: nothing, the order is held, or the cell stops. Default: invalid; protective-stop of a sensor that measures a joint.',
    )
    .exactOptional(),
};

const digitalInputSchema = strict({
  kind: z.literal('digital-input'),
  ...onPin,
  closedWhen: z.enum(['low', 'high']).describe('Level of the pin that counts as closed or on.'),
  closeFilterMs: integerIn({ min: 0, max: 250, unit: 'ms' }, 'Closing must be stable this long.').default(10),
  openFilterMs: integerIn(
    { min: 0, max: 250, unit: 'ms' },
    'Opening must be stable this long; not of an input that a safety function or its reset reads, whose opening counts at once.',
  ).default(0),
  ...sensorChecks,
}).describe('A switched input: button, door switch, light barrier.');

const pointSchema = strict({
  counts: integerIn({ min: 0, max: 1_023, unit: 'counts' }, 'Reading of the board.'),
  value: finite('Value in the unit of the device.'),
});

const analogInputSchema = strict({
  kind: z.literal('analog-input'),
  ...onPin,
  unit: z.string().min(1).max(16).describe('Unit of the value, such as kPa.'),
  scale: z.tuple([pointSchema, pointSchema]).describe('Two points of the straight line from counts to value.'),
  plausibleMin: finite('Below this the sensor or its wire is broken.'),
  plausibleMax: finite('Above this the sensor or its wire is broken.'),
  rateMaxPerS: numberIn(
    { min: 0.000_001, max: 1_000_000_000, unit: 'units/s' },
    'What it measures cannot change faster: a greater step is a bad contact.',
  ).exactOptional(),
  agreesWith: strict({
    input: reference('Another analog-input that measures the same, in the same unit.'),
    within: numberIn({ min: 0, max: 1_000_000_000, unit: 'units' }, 'How far apart the two may be.'),
    forMs: integerIn({ min: 20, max: 60_000, unit: 'ms' }, 'Longer apart than this, neither is believed.').default(200),
  })
    .describe('A second sensor of the same thing.')
    .exactOptional(),
  ...sensorChecks,
}).describe('A 10-bit analog input with a linear scale.');

const gripperSchema = strict({
  kind: z.literal('vacuum-gripper'),
  description: onPin.description,
  valve: reference('The digital-output that switches the vacuum.'),
  partPresent: reference('The digital-input that sees a part at the cup.'),
  pressure: reference('The analog-input of the vacuum, unit kPa, 0 is ambient.'),
  heldBelowKpa: numberIn({ min: -101, max: 0, unit: 'kPa' }, 'A part is held at or below this pressure.'),
}).describe('A vacuum gripper made of a valve and two sensors.');

const conveyorSchema = strict({
  kind: z.literal('conveyor'),
  description: onPin.description,
  motor: reference('The digital-output of the motor.'),
}).describe('A belt.');

const stackLightSchema = strict({
  kind: z.literal('stack-light'),
  description: onPin.description,
  board: onPin.board,
  red: pinSchema,
  amber: pinSchema,
  blue: pinSchema.optional().describe('Lamp for "waits for a person"; without it amber flashes in its place.'),
  green: pinSchema,
}).describe('Red, amber and green lamp, and a blue one where there is one. Never hazardous.');

const SAMPLE = { min: 20, max: 3_600_000, unit: 'ms' };
const READINGS = 'Time between readings.';

const analogThermometerSchema = strict({
  kind: z.literal('thermometer'),
  ...onPin,
  controller: z.enum(['TMP36', 'LM35', 'LM335']).describe("Name in Johnny-Five's catalogue."),
  sampleEveryMs: integerIn(SAMPLE, READINGS).default(1_000),
}).describe('A temperature sensor on an analog pin.');

const oneWireThermometerSchema = strict({
  kind: z.literal('thermometer'),
  ...onPin,
  controller: z.literal('DS18B20').describe("Name in Johnny-Five's catalogue."),
  // A conversion takes 750 ms; one that is begun anew before its end never ends.
  sampleEveryMs: integerIn({ ...SAMPLE, min: 1_000 }, READINGS).default(1_000),
}).describe('A temperature sensor on one-wire, alone on its pin.');

const i2cThermometerSchema = strict({
  kind: z.literal('thermometer'),
  description: onPin.description,
  board: onPin.board,
  controller: z.literal('MCP9808').describe("Name in Johnny-Five's catalogue."),
  address: integerIn({ min: 0x18, max: 0x1f, unit: '' }, 'Address on the bus, as its address pins are wired.').default(
    0x18,
  ),
  sampleEveryMs: integerIn(SAMPLE, READINGS).default(1_000),
}).describe('A temperature sensor on I2C, whose two pins the kind of the board decides.');

const thermometerSchema = z
  .discriminatedUnion('controller', [analogThermometerSchema, oneWireThermometerSchema, i2cThermometerSchema])
  .describe('A temperature sensor.');

const buzzerSchema = strict({
  kind: z.literal('buzzer'),
  ...onPin,
  toneHz: integerIn({ min: 31, max: 16_383, unit: 'Hz' }, 'Frequency of its tone.').default(2_000),
  soundMs: integerIn({ min: 20, max: 10_000, unit: 'ms' }, 'How long it sounds.').default(500),
}).describe('A passive buzzer that sounds as the unit starts. Never hazardous.');

export const deviceSchema = z.discriminatedUnion('kind', [
  servoSchema,
  stepperAxisSchema,
  digitalOutputSchema,
  digitalInputSchema,
  analogInputSchema,
  gripperSchema,
  conveyorSchema,
  stackLightSchema,
  thermometerSchema,
  buzzerSchema,
]);

export type BoardSource = z.output<typeof boardSchema>;
export type DeviceSource = z.output<typeof deviceSchema>;
export type DeviceKind = DeviceSource['kind'];
