// The physics that the simulator plays, as `cell.yaml` writes it.
import { z } from 'zod';
import { integerIn, nameSchema, numberIn, reference, strict } from './schema-values.ts';

const LENGTH = { min: 1, max: 100_000, unit: 'mm' };
const COORDINATE = { min: -100_000, max: 100_000, unit: 'mm' };
const PRESSURE = { min: -101, max: 0, unit: 'kPa' };

const pointSchema = strict({
  xMm: numberIn(COORDINATE, 'Ahead of the base axis.'),
  yMm: numberIn(COORDINATE, 'To the left of the base axis.'),
  zMm: numberIn(COORDINATE, 'Above the mounting plane.'),
}).describe("A place in the arm's frame.");

const joint = (name: string) => reference(`The servo that is the ${name}.`);
const inputs = (what: string) => z.array(reference(`A digital-input of ${what}.`)).default([]);

const armSchema = strict({
  base: joint('base'),
  shoulder: joint('shoulder'),
  elbow: joint('elbow'),
  wrist: joint('wrist'),
  upperArmMm: numberIn(LENGTH, 'From shoulder to elbow.'),
  forearmMm: numberIn(LENGTH, 'From elbow to cup.'),
  shoulderHeightMm: numberIn({ ...LENGTH, min: 0 }, 'Of the shoulder above the mounting plane.'),
}).describe('Geometry of the arm.');

const gripperSchema = strict({
  device: reference('The vacuum-gripper.'),
  sealedKpa: numberIn(PRESSURE, 'Pressure with the cup sealed on a part.'),
  openKpa: numberIn(PRESSURE, 'Pressure with the cup open.'),
  timeConstantMs: numberIn({ min: 1, max: 10_000, unit: 'ms' }, 'Of the pressure.'),
  reachMm: numberIn({ min: 0.1, max: 1_000, unit: 'mm' }, 'How near the cup must be to a part to seal.'),
});

const conveyorSchema = strict({
  device: reference('The conveyor.'),
  speedMmPerS: numberIn({ min: 0.1, max: 10_000, unit: 'mm/s' }, 'Speed of the belt.'),
  lengthMm: numberIn(LENGTH, 'Length of the belt.'),
  spacingMm: numberIn(LENGTH, 'Between parts at start.'),
  parts: integerIn({ min: 0, max: 10_000 }, 'How many parts come.'),
  atPick: reference('The digital-input that sees a part at the end of the belt.'),
  pickAt: pointSchema.describe('Where the end of the belt is.'),
});

const passageSchema = strict({
  fromMm: numberIn(COORDINATE, 'The sensor sees what the axis carries from here.'),
  toMm: numberIn(COORDINATE, 'To here.'),
  opens: z.boolean().default(false).describe('The input is open in between, as of a light curtain, not closed.'),
});

const axisSchema = strict({
  startMm: numberIn(COORDINATE, 'Where it really is at power-up, as its position will be once it is homed.'),
  endStopMinMm: numberIn(COORDINATE, 'Hard stop at its lower end.'),
  endStopMaxMm: numberIn(COORDINATE, 'Hard stop at its upper end.'),
  passes: z
    .record(nameSchema, passageSchema)
    .exactOptional()
    .describe('Sensors that see what the axis carries, by their digital-input.'),
}).describe('A stepper axis: where it stands, and how far it can go.');

const contactorSchema = strict({
  feedback: z.array(reference('A digital-input that is closed while the contactor has dropped out.')).min(1),
  switchingMs: integerIn({ min: 0, max: 1_000, unit: 'ms' }, 'It takes so long to pull in or to drop out.').default(15),
}).describe('A contactor with normally closed feedback contacts, by the digital-output of its coil.');

const traySchema = strict({ at: pointSchema, radiusMm: numberIn(LENGTH, 'Size of the tray.') });

export const simulationSchema = strict({
  arm: armSchema.exactOptional(),
  servo: strict({
    slewDegPerS: numberIn({ min: 1, max: 3_600, unit: 'deg/s' }, 'How fast a servo can turn.'),
    lagMs: numberIn({ min: 0, max: 10_000, unit: 'ms' }, 'Time constant of its lag.'),
  }).exactOptional(),
  servoPower: reference('The digital-output that feeds the servos.').exactOptional(),
  gripper: gripperSchema.exactOptional(),
  conveyor: conveyorSchema.exactOptional(),
  axes: z.record(nameSchema, axisSchema).default({}).describe('Stepper axes by name.'),
  contactors: z.record(nameSchema, contactorSchema).default({}).describe('Contactors by the output of their coil.'),
  trays: z.record(nameSchema, traySchema).default({}),
  operator: strict({
    estop: inputs('the emergency stop'),
    guard: inputs('the guard'),
    reset: inputs('the reset button'),
    closed: inputs('other switches that are closed at power-up, such as a key'),
    selectors: z
      .array(z.array(reference('A digital-input: one contact of the selector.')).min(2))
      .default([])
      .describe('Contacts of a selector: closing one opens the others; the first is closed at power-up.'),
  }),
  ambientC: numberIn({ min: -40, max: 125, unit: 'C' }, 'Air temperature.').default(22),
  partPressureSpreadKpa: numberIn(
    { min: 0, max: 101, unit: 'kPa' },
    'Spread of the sealed pressure between parts.',
  ).default(0),
}).describe('Physics for the simulator; a real cell does not read it.');

export type SimulationSource = z.output<typeof simulationSchema>;
