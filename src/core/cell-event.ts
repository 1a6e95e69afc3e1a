// What crosses the border between the control process and everybody else: requests in, replies, events and snapshots out.
// All of it is plain JSON data.
import type { Alarm, Flood } from './alarm-list.ts';
import type { AskedBy } from './audit.ts';
import type { Bypass, BypassEnd, BypassRequest } from './bypass.ts';
import type { StopCategory } from './cell-model.ts';
import type { Fault } from './faults.ts';
import type { JobCheckpoint } from './job-checkpoint.ts';
import type { JobRecord } from './job-order.ts';
import type { JobRequest, RequestOrigin } from './job-request.ts';
import type { JogGrant, JogSpeeds } from './jog.ts';
import type { UnitMode, UnitState } from './packml.ts';
import type { LightStatus } from './stack-light.ts';
import type { StopRecord } from './stop-record.ts';
import type { RemoteCommand, UnitAnswer, UnitCommandRequest, UnitModeRequest } from './unit-command.ts';
import type { EpochMs, MonotonicMs } from './units.ts';
import type { StepPath } from './work-master.ts';

interface AlarmRequestBase {
  readonly requestId: string;
  readonly alarmId: number;
  readonly by: string;
  /** Absent: nobody but this machine asks. */
  readonly askedBy?: AskedBy | undefined;
  /** Absent: the client gave no request id. */
  readonly origin?: RequestOrigin | undefined;
}

/** What is told of a request with the event that it led to. */
interface Answering {
  readonly askedBy?: AskedBy;
  /** The request that is answered by this. */
  readonly origin?: RequestOrigin;
}

/** A request to the cell; `requestId` is unique per sender connection and comes back in the reply. */
export type CellRequest =
  | JobRequest
  | UnitCommandRequest
  | UnitModeRequest
  /** Alarms are dealt with by people: neither of these resets anything, and none is a request for a reset. */
  | ({ readonly kind: 'acknowledge-alarm' } & AlarmRequestBase)
  | ({ readonly kind: 'shelve-alarm'; readonly reason: string; readonly forMs: number } & AlarmRequestBase)
  | ({ readonly kind: 'unshelve-alarm' } & AlarmRequestBase)
  /** At the machine only, never from a network: a stop function shall permit whatever its block says, from the next reset at the cell on. */
  | ({ readonly kind: 'bypass'; readonly requestId: string } & BypassRequest)
  | { readonly kind: 'clear-bypass'; readonly requestId: string; readonly stopFunction: string; readonly by: string }
  /** Hold to run in a manual mode: to be sent again, with the newest token, for as long as joints shall move. */
  | {
      readonly kind: 'jog';
      readonly requestId: string;
      /** Tells clients apart. */
      readonly holder: string;
      /** Of the reply before; empty in the first request. */
      readonly token: string;
      readonly speeds: JogSpeeds;
    }
  /** Gives a freshly started control process the orders that the gateway knows; running ones become Interrupted/Held. */
  | {
      readonly kind: 'restore';
      readonly requestId: string;
      readonly records: readonly JobRecord[];
      /** How far those of them have come that had begun. */
      readonly checkpoints?: readonly JobCheckpoint[];
    };

/** Answer to the request of the same `requestId`. `record`: the order as it is now, or was, for requests that name one. */
export type CellReply =
  | {
      readonly requestId: string;
      readonly ok: true;
      readonly record: JobRecord | undefined;
      /** The order was taken out of the list. */
      readonly removed?: true;
      /** Newest durable event of what was done: once it is on disk, so is everything that this reply tells. */
      readonly sequence?: number;
      /** Of a request that names an alarm: as it is now. */
      readonly alarm?: Alarm;
      /** Nothing had to be changed, so that no event tells of it. */
      readonly unchanged?: true;
      /** The same request was done before: this is what was answered then. */
      readonly repeated?: true;
      /** Answer to a request about a bypass: as it is now, or was. */
      readonly bypass?: Bypass;
      /** Answer to a command to the unit, or to a wish for a mode. */
      readonly unit?: UnitAnswer;
      /** Answer to a jog. */
      readonly jog?: JogGrant;
    }
  | { readonly requestId: string; readonly ok: false; readonly fault: Fault };

/** Something happened. Events are ordered by `sequence` within one run (`epoch`) of the control process. */
export type CellEventBody =
  /** An order was taken out of the list by Cancel or Clear; its id may be used again. `record`: as it was. */
  | ({ readonly kind: 'job-removed'; readonly record: JobRecord } & Answering)
  /** `checkpoint`: where it stands, when that has changed with the record. */
  | ({
      readonly kind: 'job';
      readonly record: JobRecord;
      readonly checkpoint?: JobCheckpoint;
      /** The record is that of an event before: only `checkpoint` is new. */
      readonly repeats?: true;
      /** What the order was before; with `askedBy`, for an order that was there. */
      readonly was?: JobRecord;
    } & Answering)
  /** The running order has come to its next step. */
  | { readonly kind: 'checkpoint'; readonly checkpoint: JobCheckpoint }
  | { readonly kind: 'unit'; readonly from: UnitState; readonly to: UnitState }
  | { readonly kind: 'alarm'; readonly fault: Fault; readonly active: boolean }
  | { readonly kind: 'stop'; readonly stopFunction: string; readonly category: StopCategory; readonly cause: Fault }
  /** The unit began to stop: why, and what the cell saw. */
  | { readonly kind: 'stop-record'; readonly record: StopRecord }
  /** Somebody has dealt with an alarm, or a shelf has ended. Nothing else has changed by it. */
  | ({
      readonly kind: 'alarm-handled';
      readonly how: 'acknowledged' | 'shelved' | 'unshelved';
      readonly by: string;
      readonly alarm: Alarm;
    } & Answering)
  /** The unit has taken a command from afar. `by`: who gave it. */
  | ({
      readonly kind: 'unit-command';
      readonly command: RemoteCommand;
      readonly by: string;
      readonly unit: UnitAnswer;
    } & Answering)
  | { readonly kind: 'flood'; readonly active: boolean; readonly flood: Flood }
  | { readonly kind: 'reset' }
  | {
      readonly kind: 'bypass';
      readonly how: 'asked-for' | 'began' | BypassEnd;
      /** Who did it; empty for what came by itself. */
      readonly by: string;
      readonly bypass: Bypass;
    }
  /** A person at the machine asked for a bypass, or for the end of one, and it was not granted. */
  | { readonly kind: 'bypass-refused'; readonly by: string; readonly stopFunction: string; readonly cause: Fault }
  | { readonly kind: 'mode'; readonly from: UnitMode; readonly to: UnitMode }
  /** A mode was asked for in a state in which the unit does not change it. */
  | { readonly kind: 'mode-refused'; readonly mode: UnitMode; readonly unit: UnitState }
  | {
      readonly kind: 'step';
      readonly jobOrderId: string;
      readonly path: StepPath;
      readonly label: string;
      readonly phase: 'started' | 'ended';
    }
  | {
      readonly kind: 'measured';
      readonly jobOrderId: string;
      readonly id: string;
      readonly value: number;
      readonly unit: string;
    }
  | { readonly kind: 'produced'; readonly jobOrderId: string; readonly quantity: number; readonly good: boolean }
  | {
      readonly kind: 'link';
      readonly board: string;
      readonly state: LinkState;
      readonly cause: Fault | undefined;
      /** Of an `unproven` board: the inputs that it watches and that are open, by device name. */
      readonly openInputs?: readonly string[];
    }
  | { readonly kind: 'lease-proof'; readonly board: string; readonly proof: LeaseProof }
  /** A stop has reached a board: so long after the input change that caused it. */
  | { readonly kind: 'stop-time'; readonly board: string; readonly stopMs: number }
  | { readonly kind: 'overrun'; readonly cycle: number; readonly lateMs: number; readonly stage: CycleStage };

/** One event. `sequence` grows within one epoch; `time` is for records only. */
export interface CellEvent {
  readonly sequence: number;
  readonly at: MonotonicMs;
  readonly time: EpochMs;
  readonly body: CellEventBody;
}

/** Stages of a cycle, for the attribution of an overrun. `timer` is a late wake-up: garbage collection or a stall. */
export type CycleStage = 'timer' | 'read' | 'safety' | 'update' | 'limit' | 'write' | 'publish' | 'programs';

/**
 * `unproven`: session open and inputs read, but its lease cannot be proven while an input is open that the board watches;
 * it cannot be armed. `stopped`: proven, outputs at safe values. `armed`: outputs follow the image.
 */
export type LinkState = 'down' | 'connecting' | 'unproven' | 'stopped' | 'armed' | 'tripped';

/**
 * What a board has shown of its lease, by its own clock: withheld on purpose, it still was armed `armedUntilMs` after it had
 * executed the last command, and seen tripped, with every output at its safe value, at `safeByMs`.
 */
export interface LeaseProof {
  readonly leaseMs: number;
  readonly armedUntilMs: number;
  readonly safeByMs: number;
  /** Outputs that were energised meanwhile, by device name; else all stood at their safe values. */
  readonly energised: readonly string[];
}

/**
 * How long a stop takes to reach a board, ms: from the moment at which the board saw an input change to its receipt of the
 * command that the controller made of it, by the board's clock. Percentiles are at most 1/16 too long, maxima exact.
 */
export interface StopTimeFigures {
  /** Commands timed in this run of the control process: each stands for a stop that might have come. */
  readonly samples: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Of the last ten seconds. */
  readonly recentSamples: number;
  readonly recentMaxMs: number;
  /** Real stops among the samples. */
  readonly stops: number;
  readonly stopP50Ms: number;
  readonly stopP99Ms: number;
  readonly stopMaxMs: number;
  readonly lastStopMs: number;
}

/** How a link is used and how quick it is, over the last second, and what went wrong on it. */
export interface LinkFigures {
  /** Speed of the line, bits per second. */
  readonly baud: number;
  /** Share of what the line can carry, 0 to 1. */
  readonly lineUse: { readonly toBoard: number; readonly toHost: number };
  /** Round trip of a process-data frame, ms; all 0 while unknown. */
  readonly roundTrip: { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };
  /** Frames since the start of the control process; they never go back. */
  readonly errors: {
    /** From the board, dropped as damaged, foreign, repeated or unknown. */
    readonly dropped: number;
    /** From the board, missing between others of the same session. */
    readonly missed: number;
    /** To the board, dropped there as damaged, foreign or repeated. */
    readonly bad: number;
    /** Commands that came to the board after their validity. */
    readonly late: number;
  };
}

/** A board as the cycle sees it. */
export interface BoardStatus {
  readonly name: string;
  readonly link: LinkState;
  /** Age of the newest image, ms. */
  readonly ageMs: number;
  /** Round trip of a process-data frame, ms, median of the last second. */
  readonly roundTripMs: number;
  /** Undefined until the board has proven its lease. */
  readonly leaseProof: LeaseProof | undefined;
  readonly stopTime: StopTimeFigures;
  /** Undefined for a board with stock Firmata, whose link is not measured. */
  readonly linkFigures: LinkFigures | undefined;
  readonly cause: Fault | undefined;
}

/** A safety function block as PLCopen shows it: its output, whether it stands in error, whether it asks for a reset. */
export interface SafetyBlockStatus {
  readonly name: string;
  readonly type: string;
  /** Hex digits of the PLCopen diagnostic code, e.g. `8000`. */
  readonly diagCode: string;
  /** The main output. */
  readonly output: boolean;
  /** Every output by the name in its interface. */
  readonly outputs: Readonly<Record<string, boolean>>;
  readonly error: boolean;
  readonly resetRequest: boolean;
}

/** Where the running job order stands; newest only. */
export interface JobProgress {
  readonly jobOrderId: string;
  readonly workMasterId: string;
  readonly step: StepPath;
  readonly label: string;
  readonly producedQuantity: number;
  readonly goodQuantity: number;
  /** Time of the last produced part, ms; 0 before the second part. */
  readonly lastPartMs: number;
}

/** Value of a device as an operator would read it. NaN never occurs: an invalid value has `valid: false` and value 0. */
export interface DeviceStatus {
  readonly name: string;
  readonly kind: string;
  /** Degrees, unit of the analog input, degree Celsius, or 0/1. */
  readonly value: number;
  readonly unit: string;
  readonly valid: boolean;
}

/** The state of the cell after one cycle; published at most every 100 ms. */
export interface CellSnapshot {
  /** Identifies one run of the control process. */
  readonly epoch: string;
  readonly cycle: number;
  readonly at: MonotonicMs;
  readonly time: EpochMs;
  readonly unit: UnitState;
  readonly mode: UnitMode;
  /** The mode asked for last; differs from `mode` while that was refused. */
  readonly modeRequested: UnitMode;
  readonly boards: readonly BoardStatus[];
  readonly safety: readonly SafetyBlockStatus[];
  readonly devices: readonly DeviceStatus[];
  readonly job: JobProgress | undefined;
  readonly alarms: readonly Fault[];
  /** The same with what people have done about them, and those that are over and not acknowledged. */
  readonly alarmList: readonly Alarm[];
  /** More alarms come than anybody can read; undefined: no. */
  readonly flood: Flood | undefined;
  /** Stop functions that are bypassed, or are to be from the next reset at the cell on. */
  readonly bypasses: readonly Bypass[];
  readonly lights: LightStatus;
  /** True when a reset at the cell would take the unit out of its stop. */
  readonly resetPossible: boolean;
  readonly overruns: number;
}
