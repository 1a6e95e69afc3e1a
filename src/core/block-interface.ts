// What an interface of a safety function block says: its inputs, parameters, outputs and states, as data. Types only.

/** Statuses that the controller computes: `cell.standstill` all joints are at rest, `cell.enabled`, `cell.running` an order executes. */
export type CellStatusName = 'standstill' | 'enabled' | 'running';

/** `safe`: TRUE means that safety allows, and only safe signals may say it. `process`: a wish or an acknowledgement. */
export type SignalLane = 'safe' | 'process';

/** An input: a digital input of the cell, an output of another block, or a status of the cell where `cell` names it. */
export interface SignalInterface {
  readonly description: string;
  readonly lane: SignalLane;
  /** It may be left out of a cell file, and is FALSE then. */
  readonly isOptional: boolean;
  /** What it counts as while it cannot be read. */
  readonly whenUnread: boolean;
  /** That value demands the safety function: people who reset in vain are told of it. */
  readonly isDemand: boolean;
  /** Statuses of the cell that it may name. */
  readonly cell: readonly CellStatusName[];
}

/** A time, whole or broken milliseconds, both ends allowed. */
export interface TimeInterface {
  readonly description: string;
  readonly minMs: number;
  readonly maxMs: number;
}

/** A parameter that is TRUE or FALSE. */
export interface FlagInterface {
  readonly description: string;
  readonly whenMissing: boolean;
}

/** A digital output that a block drives by one of its outputs. */
export interface DriveInterface {
  readonly description: string;
  readonly output: string;
  /** TRUE: it is on only while the cycle wants it too, and that wish is an input of the block by this key. FALSE: it follows the block alone. */
  readonly isGate: boolean;
  readonly isOptional: boolean;
}

/** An output. In a state that is not named it is FALSE. */
export interface OutputInterface {
  readonly description: string;
  readonly lane: SignalLane;
  /** Diagnostic codes of the states in which it is TRUE. */
  readonly trueIn: readonly string[];
  /** TRUE only while the block has this choice: the number of a mode. */
  readonly choice?: number;
  /** Keys of inputs that are TRUE whenever it is, so that a board may watch them by itself. */
  readonly needs: readonly string[];
  /** Once FALSE, it needs a fresh edge of `reset` to be TRUE again: a stop function may rest on it. */
  readonly latches: boolean;
}

/** What a state means, for a technician at the cell. */
export interface StateText {
  readonly en: string;
  readonly es: string;
}

export interface BlockInterface {
  readonly description: string;
  readonly signals: Readonly<Record<string, SignalInterface>>;
  readonly times: Readonly<Record<string, TimeInterface>>;
  readonly flags: Readonly<Record<string, FlagInterface>>;
  readonly drives: Readonly<Record<string, DriveInterface>>;
  /** Key of the reset button: a digital input, or the pulse of an SF_ResetButton. An SF_ResetButton calls the button itself `resetIn`. */
  readonly reset: 'reset' | 'resetIn' | undefined;
  /** Of a pair of signals that must come from two different inputs. */
  readonly isRedundant: boolean;
  /** The first is the main output, which the name of the block alone means. */
  readonly outputs: Readonly<Record<string, OutputInterface>>;
  /** All states by diagnostic code, four hex digits. */
  readonly states: Readonly<Record<string, StateText>>;
}
