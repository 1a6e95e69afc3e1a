// What a work master is (ISA-95: the recipe of a job): typed parameters and a sequence of steps. Types only.

/** A parameter that a job order gives. Numbers are finite and within `min`..`max`. */
export interface ParameterSpec {
  readonly id: string;
  readonly type: 'number' | 'integer' | 'boolean' | 'string';
  readonly description: string;
  /** Engineering unit of a number, for people and for the wire, e.g. `kPa`, `deg`, `1`. */
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  /** Allowed values of a string parameter. */
  readonly options?: readonly string[];
  /** Without a default the job order must give the parameter. */
  readonly defaultValue?: ParameterValue;
}

/** Value of a parameter; a number is finite. */
export type ParameterValue = number | boolean | string;

/** A number in a step: a constant, or the value of a numeric parameter of the job. */
export type NumberExpression = number | { readonly parameter: string };

/** Path of a step in its work master, e.g. `steps[2].repeat.steps[0]`; stable, for events, alarms and messages. */
export type StepPath = string;

interface StepBase {
  readonly path: StepPath;
  /** What an operator reads while the step runs. */
  readonly label: string;
}

/** Moves joints together along a straight line in joint space; they start and arrive at the same time. */
export interface MoveStep extends StepBase {
  readonly kind: 'move';
  /** Target by device name, degrees of a servo and millimetres of an axis. Joints not named keep their position. */
  readonly targetDeg: Readonly<Record<string, number>>;
  /** Fraction of the joint limits to use, 1..100 %. */
  readonly speedPercent: NumberExpression;
  readonly timeoutMs: number;
}

/** Finds the zero of axes, one after the other in the order of the step. */
export interface HomeStep extends StepBase {
  readonly kind: 'home';
  readonly axes: readonly string[];
  /** For all axes together. */
  readonly timeoutMs: number;
}

/** Vacuum on, until the gripper's pressure and part-present sensor both say that a part is held. */
export interface GripStep extends StepBase {
  readonly kind: 'grip';
  readonly gripper: string;
  readonly timeoutMs: number;
}

/** Vacuum off, until the gripper's part-present sensor says that the part is gone. */
export interface ReleaseStep extends StepBase {
  readonly kind: 'release';
  readonly gripper: string;
  readonly timeoutMs: number;
}

/** Runs a conveyor until a digital input is in the wanted state, then stops it. */
export interface ConveyStep extends StepBase {
  readonly kind: 'convey';
  readonly conveyor: string;
  readonly until: { readonly input: string; readonly is: boolean };
  readonly timeoutMs: number;
}

/** Waits for a time, or for a digital input (then `timeoutMs` bounds it). */
export interface WaitStep extends StepBase {
  readonly kind: 'wait';
  readonly for: { readonly durationMs: NumberExpression } | { readonly input: string; readonly is: boolean };
  readonly timeoutMs: number;
}

/** Takes one value of an analog device into the job response. Outside `min`..`max` it is a fault. */
export interface MeasureStep extends StepBase {
  readonly kind: 'measure';
  readonly device: string;
  /** Id of the measurement in the job response. */
  readonly as: string;
  readonly min?: number;
  readonly max?: number;
}

/** Counts produced material (ISA-95 ProducedQuantity, GoodQuantity). */
export interface ProduceStep extends StepBase {
  readonly kind: 'produce';
  readonly quantity: number;
  readonly good: boolean;
}

/** Runs `steps` `times` times, a whole number from 0; the number is taken once, when the step begins. */
export interface RepeatStep extends StepBase {
  readonly kind: 'repeat';
  readonly times: NumberExpression;
  readonly steps: readonly Step[];
}

/** Any step, told apart by `kind`. */
export type Step =
  | MoveStep
  | HomeStep
  | GripStep
  | ReleaseStep
  | ConveyStep
  | WaitStep
  | MeasureStep
  | ProduceStep
  | RepeatStep;

/** Named, versioned sequence of steps with typed parameters; frozen after load. */
export interface WorkMaster {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  readonly parameters: readonly ParameterSpec[];
  readonly steps: readonly Step[];
  /**
   * SHA-256, hex, over its id and what is written under it in a cell's file: the same in every cell that has it, also where poses
   * of the same name are elsewhere. Undefined: it comes from no file.
   */
  readonly definitionHash?: string;
}
