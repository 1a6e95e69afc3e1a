// The typed, checked and frozen model of one cell, as `cell.yaml` describes it. Types only; `src/config` builds it.
import type { ModesModel, OperatingMode } from './operating-mode.ts';
import type { PackmlProfile } from './packml-profile.ts';
import type { ResourcesModel } from './resources.ts';
import type { BlockWiring } from './safety-blocks.ts';
import type { WorkMaster } from './work-master.ts';

/** `D2`..`D13` and `A0`..`A5` on an Uno, numbered 2..19 by the firmware; `D2`..`D53` and `A0`..`A15` on a Mega, 2..69. */
export type PinName = string;

/** Boards the firmware knows. */
export type BoardKind = 'uno' | 'mega';

/**
 * What runs on a board. `celda`: leases, permits, checked frames. `firmata`: stock Firmata such as StandardFirmata, without
 * supervision: outputs stay as they are when nobody commands them, so nothing on it can hurt.
 */
export type BoardFirmware = 'celda' | 'firmata';

/** One board and its link. `baud` in bits per second. */
export interface BoardModel {
  readonly name: string;
  readonly kind: BoardKind;
  readonly firmware: BoardFirmware;
  /** Path of the serial port or `tcp://host:port`; undefined where only the simulator or `--port` gives it. */
  readonly port: string | undefined;
  /** UID the board must have, 16 hex digits; undefined accepts the first board found. */
  readonly uid: string | undefined;
  /** More paths where a board with this `uid` may be; the last part of a path may have `*` for any letters. */
  readonly searchPorts?: readonly string[];
  /** Speed of the line once it is configured; `auto`: the fastest that board, port and cable hold. */
  readonly baud: number | 'auto';
  /** How long the board keeps a hazardous output without a renewed lease, ms. Stock Firmata knows none. */
  readonly leaseMs: number;
  /** A frame older than this when it is executed is a fault, ms; less than `leaseMs`. */
  readonly validityMs: number;
  /** Digital outputs of the board that may be energised while its lease is proven, at every start; usually none. */
  readonly proveWith: readonly string[];
}

interface DeviceBase {
  readonly name: string;
  /** What it is, for people. */
  readonly description: string;
}

interface PinDevice extends DeviceBase {
  readonly board: string;
  readonly pin: PinName;
}

/** A joint is measured: what it must do for its set points to be believed. */
interface FeedbackBase {
  /** analog-input in the unit of the joint: where it really is. */
  readonly input: string;
  /** A joint that does not follow its set point for this long is a protective stop, ms. */
  readonly followingErrorTimeMs: number;
  /** It stands still once it has stayed within its window for this long, ms. */
  readonly standstillTimeMs: number;
}

export interface ServoFeedbackModel extends FeedbackBase {
  /** It follows while it is this near to its set point, degrees, > 0. */
  readonly followingErrorMaxDeg: number;
  /** It stands still while it stays within this of one place, degrees, > 0. */
  readonly standstillWindowDeg: number;
}

export interface AxisFeedbackModel extends FeedbackBase {
  /** It follows while it is this near to its set point, mm, > 0. Watched once the axis is homed. */
  readonly followingErrorMaxMm: number;
  /** It stands still while it stays within this of one place, mm, > 0. */
  readonly standstillWindowMm: number;
}

/** A hobby servo: one joint. Process-data lane, always hazardous. */
export interface ServoModel extends PinDevice {
  readonly kind: 'servo';
  readonly minDeg: number;
  readonly maxDeg: number;
  readonly velocityMaxDegPerS: number;
  readonly accelerationMaxDegPerS2: number;
  /** Pulse width at `minDeg` and at `maxDeg`, microseconds, 500..2500. */
  readonly pulseAtMinUs: number;
  readonly pulseAtMaxUs: number;
  /** Position assumed and taken at the first enable while neither the board nor this process knows another, degrees. */
  readonly parkDeg: number;
  /** `off`: no pulses (limp or friction-held); `hold`: the last pulse goes on. */
  readonly safe: 'off' | 'hold';
  /** The farthest that the tool and what it holds can be from the axis of this joint, mm; needed where joints are jogged. */
  readonly reachMm?: number;
  readonly feedback?: ServoFeedbackModel;
}

/** A stepper motor behind a driver with a step and a direction input, on a straight axis: one joint. Always hazardous. */
export interface StepperAxisModel extends DeviceBase {
  readonly kind: 'stepper-axis';
  readonly board: string;
  readonly stepPin: PinName;
  readonly directionPin: PinName;
  /** Pulses of the driver per millimetre of travel, > 0. */
  readonly stepsPerMm: number;
  /** Soft limits, of effect once the axis is homed, mm. */
  readonly minMm: number;
  readonly maxMm: number;
  readonly velocityMaxMmPerS: number;
  readonly accelerationMaxMmPerS2: number;
  /** The direction pin is high, not low, for positions that grow. */
  readonly invertDirection: boolean;
  /** digital-output that the driver gets its enable or its supply from; whenever it goes off, the axis has to be homed anew. */
  readonly driver?: string;
  readonly homing: HomingModel;
  readonly feedback?: AxisFeedbackModel;
}

/** How an axis finds its zero. */
export interface HomingModel {
  /** digital-input that is closed beyond the position of its edge */
  readonly switch: string;
  /** Where the switch is: towards smaller or greater positions. */
  readonly towards: 'min' | 'max';
  /** Speed towards the switch; a tenth of it when leaving it. */
  readonly speedMmPerS: number;
  /** What the position is where the switch opens, mm, within the soft limits. */
  readonly positionMm: number;
  /** The axis may travel this far in search of the switch, mm. */
  readonly searchMm: number;
  /** The switch opens at the latest this far behind the place where it closed, mm. */
  readonly releaseMm: number;
}

/** What moves by `move` steps and poses: its positions are degrees, of an axis millimetres. */
export type JointModel = ServoModel | StepperAxisModel;

/** A switched output on the process-data lane. */
export interface DigitalOutputModel extends PinDevice {
  readonly kind: 'digital-output';
  readonly activeHigh: boolean;
  readonly hazardous: boolean;
  /** Driven when the lease expires, on a stop and before the first enable. */
  readonly safe: 'on' | 'off';
  /** On exactly while the unit is enabled (supply of actuators); steps and programs cannot switch it. Default false. */
  readonly onWhileEnabled: boolean;
}

/**
 * What becomes of the cell when a sensor cannot be believed. Its value counts as missing in any case; `invalid`: that is all, and a step
 * that reads it fails. `hold`: a running order is held. `protective-stop`: the cell stops, and no reset while it lasts.
 */
export type WhenImplausible = 'invalid' | 'hold' | 'protective-stop';

interface SensorChecks {
  /** Its raw value changes at least this often while an order executes, ms; else it is stuck or frozen. */
  readonly changesWithinMs?: number;
  /** @defaultValue invalid; protective-stop of a sensor that measures a joint */
  readonly whenImplausible?: WhenImplausible;
}

/** A switched input on the process-data lane. */
export interface DigitalInputModel extends PinDevice, SensorChecks {
  readonly kind: 'digital-input';
  /** Level of the pin at which the input counts as closed/on. A broken wire must read as open. */
  readonly closedWhen: 'low' | 'high';
  /** Time the pin must be stable before *closing* is believed, ms. */
  readonly closeFilterMs: number;
  /** The same for *opening*, ms; 0 for whatever a safety function reads: there opening is immediate. */
  readonly openFilterMs: number;
}

/** A 10-bit analog input on the process-data lane, scaled linearly between two points. */
export interface AnalogInputModel extends PinDevice, SensorChecks {
  readonly kind: 'analog-input';
  readonly unit: string;
  /** Two points (counts 0..1023, value in `unit`). */
  readonly scale: readonly [AnalogPoint, AnalogPoint];
  /** Values outside are a broken sensor or wire. */
  readonly plausibleMin: number;
  readonly plausibleMax: number;
  /** What it measures cannot change faster, units per second, > 0. */
  readonly rateMaxPerS?: number;
  /** Another analog-input measures the same: farther apart than `within` for `forMs`, neither is believed. */
  readonly agreesWith?: { readonly input: string; readonly within: number; readonly forMs: number };
}

/** One point of a linear scale: `counts` 0..1023, `value` in the unit of the input. */
export interface AnalogPoint {
  readonly counts: number;
  readonly value: number;
}

/** A vacuum gripper made of other devices. Process-data lane. */
export interface VacuumGripperModel extends DeviceBase {
  readonly kind: 'vacuum-gripper';
  /** digital-output */
  readonly valve: string;
  /** digital-input */
  readonly partPresent: string;
  /** analog-input, unit kPa, gauge: 0 is ambient, -60 is a good vacuum */
  readonly pressure: string;
  /** A part counts as held when the pressure is at or below this, kPa. */
  readonly heldBelowKpa: number;
}

/** A belt. Process-data lane. */
export interface ConveyorModel extends DeviceBase {
  readonly kind: 'conveyor';
  /** digital-output */
  readonly motor: string;
}

/** Red, amber, green lamps, and where there is one a blue lamp, by Johnny-Five over the stream lane: never hazardous. */
export interface StackLightModel extends DeviceBase {
  readonly kind: 'stack-light';
  readonly board: string;
  readonly red: PinName;
  readonly amber: PinName;
  /** Without it amber flashes where blue would be on. */
  readonly blue?: PinName | undefined;
  readonly green: PinName;
}

interface ThermometerBase extends DeviceBase {
  readonly kind: 'thermometer';
  readonly board: string;
  /** Between readings, ms. */
  readonly sampleEveryMs: number;
}

/** A temperature sensor that gives a voltage. */
export interface AnalogThermometerModel extends ThermometerBase {
  /** Name in Johnny-Five's catalogue. */
  readonly controller: 'TMP36' | 'LM35' | 'LM335';
  readonly pin: PinName;
}

/** A temperature sensor on a one-wire bus of its own. */
export interface OneWireThermometerModel extends ThermometerBase {
  readonly controller: 'DS18B20';
  readonly pin: PinName;
}

/** A temperature sensor on the I2C bus, which has its pins by the kind of the board. */
export interface I2cThermometerModel extends ThermometerBase {
  readonly controller: 'MCP9808';
  /** Seven bits, 0x18..0x1f: what its address pins say. */
  readonly address: number;
}

/** A temperature sensor of the Johnny-Five catalogue over the stream lane. */
export type ThermometerModel = AnalogThermometerModel | OneWireThermometerModel | I2cThermometerModel;

/** A passive buzzer on a pin whose timer makes tones, over the stream lane: sounds as the unit starts. Never hazardous. */
export interface BuzzerModel extends PinDevice {
  readonly kind: 'buzzer';
  /** Frequency of its tone, Hz, 31..16383. */
  readonly toneHz: number;
  /** How long it sounds, ms, 20..10000. */
  readonly soundMs: number;
}

/** Any device of a cell, told apart by `kind`. */
export type DeviceModel =
  | ServoModel
  | StepperAxisModel
  | DigitalOutputModel
  | DigitalInputModel
  | AnalogInputModel
  | VacuumGripperModel
  | ConveyorModel
  | StackLightModel
  | ThermometerModel
  | BuzzerModel;

/** A safety function block instance. */
export type SafetyBlockModel = BlockWiring & { readonly name: string };

/**
 * IEC 60204-1, 9.2.2. 0: outputs to their safe values at once. 1: motion ramps down first, then the same. 2: motion ramps down and
 * the joints hold their position with power on, under standstill monitoring; whatever moves then, or cannot be seen, is category 0.
 */
export type StopCategory = 0 | 1 | 2;

/**
 * `emergency-stop` and `protective-stop` raise 4001 and 4002 and need a reset at the cell. `enabling`: an enabling device that is
 * let go takes the power away and gives it back by itself; nothing moves by that (ISO 10218-1:2011, 5.8.3).
 */
export type StopRole = 'emergency-stop' | 'protective-stop' | 'enabling';

/** A stop function (IEC 60204-1): a block's output going FALSE stops the named actuators. */
export interface StopFunctionModel {
  readonly name: string;
  /** Name of the safety block whose output is the permission. */
  readonly permission: string;
  readonly category: StopCategory;
  /** Categories 1 and 2: power is removed unless motion has ended within this, ms. */
  readonly timeLimitMs: number;
  /** What it is called in the standards: decides the alarm, and whether it needs a reset at the cell. */
  readonly role: StopRole;
  /** Modes in which this stop counts; in the others it permits. Undefined: in all. */
  readonly modes?: readonly OperatingMode[];
  /** Parts of the cell that it stops, by name; their outputs are among `outputs`. */
  readonly zones?: readonly string[];
  /** servos, axes and digital outputs that go to their safe values. */
  readonly outputs: readonly string[];
}

/** A part of the cell that stops as a whole. */
export interface ZoneModel {
  readonly name: string;
  readonly description: string;
  /** Its actuators; each hazardous one of the cell is in exactly one zone, if there are zones. */
  readonly outputs: readonly string[];
}

/** The `safety:` section: blocks, and the stops that they permit or demand. */
export interface SafetyModel {
  /** digital-input: reset button at the cell, for faults that no block latches (board link, overrun). */
  readonly reset: string;
  readonly blocks: readonly SafetyBlockModel[];
  readonly zones?: readonly ZoneModel[];
  readonly stopFunctions: readonly StopFunctionModel[];
  /** The cell runs only with a complete report of its commissioning for this configuration. @defaultValue false */
  readonly requireCommissioned?: boolean;
  /**
   * What each safeguard is for, by input: outputs that must be at their safe values while it is open. `celda verify` proves the
   * wiring against it. An input that is not here protects every hazardous output.
   */
  readonly protects?: Readonly<Record<string, readonly string[]>>;
  /** What must never be, for `celda verify`. */
  readonly properties?: readonly SafetyPropertyModel[];
  /** The cell does not run unless `celda verify` has proved this very configuration. Default false. */
  readonly requireVerified?: boolean;
  /** Undefined: the cell has one mode, automatic. */
  readonly modes?: ModesModel;
}

/** A situation that must never be. */
export interface SafetyPropertyModel {
  /** The situation as the file says it: `gripper.open while arm.moving and guard.open`. */
  readonly never: string;
  /** It may stand for less than this, ms; undefined: the time of the stop functions that end it. */
  readonly withinMs?: number;
}

/** A TypeScript module that exports `program: CellProgram`, path absolute. */
export interface ProgramModel {
  readonly name: string;
  readonly modulePath: string;
}

/** Joint positions with a name, by device name: degrees of a servo, millimetres of an axis. */
export type PoseModel = Readonly<Record<string, number>>;

/** An arm with its gripper and the belt that it takes parts from. */
export interface ArmPlantModel {
  /** Arm geometry in the vertical plane that the base joint turns; lengths in millimetres. */
  readonly arm: {
    readonly base: string;
    readonly shoulder: string;
    readonly elbow: string;
    readonly wrist: string;
    readonly upperArmMm: number;
    readonly forearmMm: number;
    readonly shoulderHeightMm: number;
  };
  /** Servo: how fast it can turn, and the time constant of its lag. */
  readonly servo: { readonly slewDegPerS: number; readonly lagMs: number };
  /** digital-output that feeds the servos; without it they hold by friction. */
  readonly servoPower: string;
  readonly gripper: {
    readonly device: string;
    /** Pressure with the cup sealed on a part, and with it open, kPa gauge. */
    readonly sealedKpa: number;
    readonly openKpa: number;
    readonly timeConstantMs: number;
    /** How near the cup must be to a part to seal, mm. */
    readonly reachMm: number;
  };
  readonly conveyor: {
    readonly device: string;
    readonly speedMmPerS: number;
    readonly lengthMm: number;
    /** Distance between parts at start, mm, and how many parts come. */
    readonly spacingMm: number;
    readonly parts: number;
    /** digital-input that sees a part at the end of the belt */
    readonly atPick: string;
    /** Where the end of the belt is, in the arm's frame, mm. */
    readonly pickAt: PointMm;
  };
}

/** A sensor that sees what an axis carries, or that this interrupts, while the axis is between two places. */
export interface AxisPassageModel {
  /** digital-input */
  readonly input: string;
  readonly fromMm: number;
  readonly toMm: number;
  /** The input is open in between and closed elsewhere, as of a light curtain; else the other way round. */
  readonly opens: boolean;
}

/** Where an axis really is and can go, in the frame of the homed axis, mm. */
export interface AxisPlantModel {
  readonly device: string;
  /** At power-up. */
  readonly startMm: number;
  /** Hard stops at both ends: what is stepped beyond is lost. */
  readonly endStopMinMm: number;
  readonly endStopMaxMm: number;
  readonly passes: readonly AxisPassageModel[];
}

/** A contactor that shows by normally closed contacts whether it has dropped out. */
export interface ContactorPlantModel {
  /** digital-output that drives its coil. */
  readonly output: string;
  /** digital-inputs that are closed while it has dropped out. */
  readonly feedback: readonly string[];
  /** It takes this long to pull in or to drop out, ms. */
  readonly switchingMs: number;
}

/** The physics that the simulator plays; not read outside a simulation. An arm is there as a whole or not at all. */
export interface PlantModel extends Partial<ArmPlantModel> {
  /** Axes that are not named here stand in the middle between their limits, with hard stops 20 mm behind these. */
  readonly axes: readonly AxisPlantModel[];
  readonly contactors: readonly ContactorPlantModel[];
  readonly trays: readonly { readonly name: string; readonly at: PointMm; readonly radiusMm: number }[];
  /** Two channels of the emergency stop, guard, reset: digital inputs that the operator of the simulation turns. */
  readonly operator: {
    readonly estop: readonly string[];
    readonly guard: readonly string[];
    readonly reset: readonly string[];
    /** Other switches that are closed at power-up, such as a key. */
    readonly closed: readonly string[];
    /** Contacts of one selector each: exactly one is closed, the first at power-up. Closing one opens the others. */
    readonly selectors: readonly (readonly string[])[];
  };
  readonly ambientC: number;
  /** Spread of the sealed pressure between parts, kPa: what a sorting program can see. */
  readonly partPressureSpreadKpa: number;
}

/** A point in the frame of the arm, millimetres: x along 0 degrees of the base joint, z up. */
export interface PointMm {
  readonly xMm: number;
  readonly yMm: number;
  readonly zMm: number;
}

/** The link to the MES is lost when nobody has watched the job orders for so long. */
export interface MesLostModel {
  /** 1,000..86,400,000 ms. */
  readonly afterMs: number;
  /** `hold`: the step is ended, then the unit holds; `stop`: a controlled stop, at once. */
  readonly reaction: 'hold' | 'stop';
}

/** One cell as loaded: checked as a whole, frozen, the same for every process of it. */
export interface CellModel {
  readonly name: string;
  readonly description: string;
  /** 1..100 ms. */
  readonly cyclePeriodMs: number;
  /** The cell does not run while a stop may take longer than this to reach a board, ms; undefined: whatever it takes. */
  readonly stopTimeBudgetMs: number | undefined;
  /** What a safety stop does to the running job order. */
  readonly onSafetyStop: 'interrupt' | 'abort';
  readonly boards: readonly BoardModel[];
  readonly devices: readonly DeviceModel[];
  readonly poses: Readonly<Record<string, PoseModel>>;
  readonly safety: SafetyModel;
  /** How the unit uses PackML. */
  readonly packml: PackmlProfile;
  /** What becomes of the running order when nobody watches the job orders any more; undefined: it goes on. */
  readonly mesLost?: MesLostModel;
  /** What job orders may require; undefined: whatever they want. */
  readonly resources?: ResourcesModel;
  readonly workMasters: readonly WorkMaster[];
  readonly programs: readonly ProgramModel[];
  readonly plant: PlantModel | undefined;
  /** SHA-256 of the canonical source, hex: what a board or an operator can acknowledge. */
  readonly configHash: string;
}
