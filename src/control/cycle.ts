// The data of the control cycle: what goes in, what is remembered, what comes out. Types and the state at power-up.
import { type AlarmList, NO_ALARMS } from '../core/alarm-list.ts';
import { safetyInputs } from '../core/board-plan.ts';
import type { Bypass } from '../core/bypass.ts';
import type {
  CellEventBody,
  CellReply,
  CellRequest,
  CellSnapshot,
  CycleStage,
  LeaseProof,
  LinkFigures,
  LinkState,
  StopTimeFigures,
} from '../core/cell-event.ts';
import type { CellModel, JointModel } from '../core/cell-model.ts';
import type { EventStorage } from '../core/event-storage.ts';
import type { Fault } from '../core/faults.ts';
import { type InputTrace, NO_TRACE } from '../core/input-trace.ts';
import type { JobCheckpoint } from '../core/job-checkpoint.ts';
import { EMPTY_JOB_LIST, type JobListState } from '../core/job-list.ts';
import type { JogState } from '../core/jog.ts';
import { type JointLimits, type MotionState, motionAt } from '../core/motion.ts';
import type { PackmlProfile } from '../core/packml-profile.ts';
import { type BoardWatch, demandsBehind, FIRST_WATCH, inputsBehind } from '../core/permits.ts';
import type { SequenceState } from '../core/sequence.ts';
import { toolMmPerUnit } from '../core/tool-speed.ts';
import type { TakenCommand } from '../core/unit-command.ts';
import { INITIAL_UNIT, type UnitMachine } from '../core/unit-machine.ts';
import type { EpochMs, MonotonicMs } from '../core/units.ts';
import type { WorkMaster } from '../core/work-master.ts';
import { buildDeviceTable, type DeviceTable } from '../devices/device-table.ts';
import type { SensorMemory } from '../devices/plausibility.ts';
import type { BoardCommand, BoardImage } from '../ports/board-port.ts';
import type { CatalogueReading, StackLightCommand } from '../ports/catalogue-port.ts';
import type { Intent } from '../ports/program.ts';
import { drivenOutputs } from '../safety/driven-outputs.ts';
import { initialSafety, type SafetyState } from '../safety/program.ts';
import { type AxisZero, initialAxes, limitsOf } from './axes.ts';
import { initialFeedback, type JointFeedback } from './feedback-stage.ts';
import type { HomingState } from './homing-stage.ts';
import { type WatchedSensor, watchedSensors } from './plausibility-stage.ts';

/** Everything that does not change while a cell runs. */
export interface CycleContext {
  readonly cell: CellModel;
  readonly table: DeviceTable;
  /** By joint index; of an axis in millimetres, and for the time when it is homed. */
  readonly limits: readonly JointLimits[];
  /** By joint index: how far one unit of it moves the tool at most. */
  readonly toolMmPerUnit: readonly number[];
  readonly workMasters: ReadonlyMap<string, WorkMaster>;
  /** Digital outputs that a program may switch: not hazardous, no part of a gripper or conveyor, and not switched by a block. */
  readonly programOutputs: ReadonlySet<string>;
  /** Digital inputs that safety functions and resets read. */
  readonly safetyInputs: ReadonlySet<string>;
  /** Digital inputs behind the permission of each stop function, by its name. */
  readonly stopInputs: ReadonlyMap<string, readonly string[]>;
  /** Digital inputs that ask for each stop function by opening, by its name. */
  readonly stopDemands: ReadonlyMap<string, readonly string[]>;
  /** How the unit uses PackML. */
  readonly profile: PackmlProfile;
  readonly watchedSensors: readonly WatchedSensor[];
  /** Identifies this run of the control process. */
  readonly epoch: string;
}

/** What is known of one board when a cycle starts. */
export interface BoardInput {
  readonly link: LinkState;
  readonly cause: Fault | undefined;
  readonly image: BoardImage | undefined;
  /** Of the last second, ms; known only to cycles that want a snapshot. */
  readonly roundTripMs: number;
  readonly leaseProof: LeaseProof | undefined;
  /** Known only to cycles that want a snapshot, and to all of a cell with a stop-time budget. */
  readonly stopTime: StopTimeFigures | undefined;
  /** Known only to cycles that want a snapshot. */
  readonly linkFigures: LinkFigures | undefined;
}

export interface ProgramIntent {
  readonly program: string;
  readonly intent: Intent;
}

/** One record per cycle; the only way in. */
export interface CycleInputs {
  readonly now: MonotonicMs;
  readonly wall: EpochMs;
  /** By board index. */
  readonly boards: readonly BoardInput[];
  /** Newest reading per catalogue device. */
  readonly catalogue: ReadonlyMap<string, CatalogueReading>;
  readonly requests: readonly CellRequest[];
  readonly intents: readonly ProgramIntent[];
  /** Faults that were found outside the cycle: programs that failed or stalled. */
  readonly faults: readonly Fault[];
  /** What was measured since the last cycle: published with its events, without influence on anything. */
  readonly notices: readonly CellEventBody[];
  /** How late this cycle started after its deadline, ms, and what held it up. */
  readonly lateMs: number;
  readonly lateStage: CycleStage;
  /** The process was asked to end: stop under control, then stay stopped. */
  readonly shutdown: boolean;
  /** How far the events of the cycles before are on disk. */
  readonly storage: EventStorage;
  /** A full snapshot is wanted in the outputs. */
  readonly wantSnapshot: boolean;
}

/** Plain data: the same state and inputs give the same result, bit for bit. */
export interface CycleState extends UnitMachine {
  readonly cycle: number;
  readonly lastAt: MonotonicMs | undefined;
  readonly safety: SafetyState;
  readonly motion: MotionState;
  readonly bypasses: readonly Bypass[];
  /** What the boards were told to watch last. */
  readonly watched: BoardWatch;
  /** Who jogs; undefined: nobody. */
  readonly jog: JogState | undefined;
  /** What the boards said last that they drive or drove, degrees or mm by joint: where the joints stand while nothing is driven. */
  readonly drivenDeg: readonly number[];
  /** By joint index; undefined for a servo. */
  readonly axes: readonly (AxisZero | undefined)[];
  /** By joint index; undefined for a joint that is not measured. */
  readonly feedback: readonly (JointFeedback | undefined)[];
  /** Outputs behind a block that the last cycle wanted on. */
  readonly wantedOn: ReadonlySet<string>;
  /** What is known of each checked sensor, by name. */
  readonly sensors: ReadonlyMap<string, SensorMemory>;
  /** Inputs that cannot be believed now. */
  readonly suspects: ReadonlySet<string>;
  /** The homing that a step has asked for, until its order leaves Execute. */
  readonly homing: HomingState | undefined;
  readonly jobs: JobListState;
  /** UTC less the monotonic clock, as the times of `jobs` have it, ms; undefined before the first cycle. */
  readonly dateOffsetMs: number | undefined;
  /** By job order id, while Running or Interrupted. */
  readonly sequences: ReadonlyMap<string, SequenceState>;
  /** The order that the unit was made to hold for last, because it was paused or a step of it failed. */
  readonly heldFor: string | undefined;
  /** The order that ends with the part in work, because the unit was told to complete. */
  readonly completing: { readonly jobOrderId: string; readonly isPartMade: boolean } | undefined;
  /** By job order id, while Running or Interrupted: where it stood last between two steps, in this run of the control process or an earlier one. */
  readonly checkpoints: ReadonlyMap<string, JobCheckpoint>;
  /** By job order id: the event that must be on disk before the order goes on. */
  readonly awaited: ReadonlyMap<string, number>;
  /** Since when nobody watches the job orders; undefined: somebody does. */
  readonly unwatchedSince: MonotonicMs | undefined;
  /** The newest commands to the unit that came under a request id, the oldest first. */
  readonly takenCommands: readonly TakenCommand[];
  /** Events published so far: the sequence of the last one. */
  readonly eventsSoFar: number;
  /** Sequence of the last durable one of them. */
  readonly lastDurable: number;
  readonly grippersOn: ReadonlySet<string>;
  /** Of these, the ones that no order had switched on: they held a part at the reset, because a safe valve can pull one. */
  readonly grippersKept: ReadonlySet<string>;
  readonly conveyorsOn: ReadonlySet<string>;
  readonly programOn: ReadonlySet<string>;
  /** What stands, in the order of its coming: always that of `alarmList`. */
  readonly alarms: readonly Fault[];
  readonly alarmList: AlarmList;
  /** Inputs of the last second. */
  readonly trace: InputTrace;
  /** Stops of the unit so far. */
  readonly stops: number;
  readonly links: readonly LinkState[];
  /** Stop functions whose present stop has been told to everybody. */
  readonly announcedStops: ReadonlySet<string>;
  /** Stop functions that began on the fast path since the last cycle. They hold for all of the next one, whatever permits them again. */
  readonly begunStops: ReadonlySet<string>;
  /** Until then an enabling device that is held again gives no power; undefined: none was let go. */
  readonly enablingRestUntil: MonotonicMs | undefined;
  /** Stop functions that stop while safety inputs cannot be read, and have not been told. */
  readonly unreadStops: ReadonlySet<string>;
  /** Blocks whose actuator seemed not to follow while its feedback could not be read, and have not been told. */
  readonly unreadActuators: ReadonlySet<string>;
  readonly programOrders: number;
  readonly lastProducedAt: MonotonicMs | undefined;
  readonly lastPartMs: number;
  readonly overruns: number;
}

export interface CycleOutputs {
  /** By board index. */
  readonly commands: readonly BoardCommand[];
  /** Boards whose session must be opened anew, by index. */
  readonly reopen: readonly number[];
  /** What the boards watch by themselves from now on; undefined: as before. */
  readonly watch: BoardWatch | undefined;
  readonly lights: readonly StackLightCommand[];
  /** Buzzers that begin to sound. */
  readonly sounds: readonly string[];
  readonly replies: readonly CellReply[];
  readonly events: readonly CellEventBody[];
  readonly snapshot: CellSnapshot | undefined;
  /** The shutdown is complete: the boards have said that their outputs are safe, or cannot be heard. */
  readonly ended: boolean;
}

function programOutputsOf(cell: CellModel): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const device of cell.devices) {
    if (device.kind === 'vacuum-gripper') taken.add(device.valve);
    if (device.kind === 'conveyor') taken.add(device.motor);
  }
  for (const { device, isGate } of drivenOutputs(cell.safety).values()) if (!isGate) taken.add(device);
  return new Set(
    cell.devices
      .filter((device) => device.kind === 'digital-output')
      .filter((device) => !device.hazardous && !device.onWhileEnabled && !taken.has(device.name))
      .map((device) => device.name),
  );
}

export function cycleContext(cell: CellModel, epoch: string): CycleContext {
  const table = buildDeviceTable(cell);
  return {
    cell,
    table,
    limits: table.joints.map(({ model }) => limitsOf(model)),
    toolMmPerUnit: table.joints.map(({ model }) => toolMmPerUnit(model)),
    workMasters: new Map(cell.workMasters.map((workMaster) => [workMaster.id, workMaster])),
    programOutputs: programOutputsOf(cell),
    safetyInputs: new Set([...safetyInputs(cell)].filter((name) => table.digitalInputs.has(name))),
    stopDemands: new Map(
      cell.safety.stopFunctions.map(({ name, permission }) => [name, demandsBehind(cell.safety, permission)]),
    ),
    stopInputs: new Map(
      cell.safety.stopFunctions.map(({ name, permission }) => [name, inputsBehind(cell.safety, permission)]),
    ),
    profile: cell.packml,
    watchedSensors: watchedSensors(cell),
    epoch,
  };
}

/** Where a joint is taken to be before its board has said anything. */
function startOf(joint: JointModel): number {
  return joint.kind === 'servo' ? joint.parkDeg : 0;
}

/** Power-up: stopped, nothing enabled, nothing known of the boards. */
export function initialCycleState(context: CycleContext): CycleState {
  return {
    cycle: 0,
    lastAt: undefined,
    safety: initialSafety(context.cell.safety),
    ...INITIAL_UNIT,
    bypasses: [],
    watched: FIRST_WATCH,
    motion: motionAt(context.table.joints.map(({ model }) => startOf(model))),
    drivenDeg: context.table.joints.map(({ model }) => startOf(model)),
    axes: initialAxes(context.table),
    feedback: initialFeedback(context.table),
    wantedOn: new Set(),
    sensors: new Map(),
    suspects: new Set(),
    homing: undefined,
    jog: undefined,
    jobs: EMPTY_JOB_LIST,
    dateOffsetMs: undefined,
    sequences: new Map(),
    heldFor: undefined,
    completing: undefined,
    checkpoints: new Map(),
    awaited: new Map(),
    unwatchedSince: undefined,
    takenCommands: [],
    eventsSoFar: 0,
    lastDurable: 0,
    grippersOn: new Set(),
    grippersKept: new Set(),
    conveyorsOn: new Set(),
    programOn: new Set(),
    alarms: [],
    alarmList: NO_ALARMS,
    trace: NO_TRACE,
    stops: 0,
    links: context.table.plans.map(() => 'down'),
    announcedStops: new Set(),
    begunStops: new Set(),
    enablingRestUntil: undefined,
    unreadStops: new Set(),
    unreadActuators: new Set(),
    programOrders: 0,
    lastProducedAt: undefined,
    lastPartMs: 0,
    overruns: 0,
  };
}
