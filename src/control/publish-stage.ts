// The publish stage: what others see of the cell. Reads the finished state, changes nothing.
import type { BoardStatus, CellSnapshot, DeviceStatus, JobProgress, StopTimeFigures } from '../core/cell-event.ts';
import { running } from '../core/job-list.ts';
import type { UnitState } from '../core/packml.ts';
import type { LampMode, StackLightCommand } from '../ports/catalogue-port.ts';
import { blockStatuses } from '../safety/program.ts';
import type { Turn } from './turn.ts';
import { resetPossible } from './unit-stage.ts';

/** PackML stack light colours by state (ISA-TR88.00.02), for a light without blue. */
const LAMPS: Readonly<Record<UnitState, readonly [red: LampMode, amber: LampMode, green: LampMode]>> = {
  Aborting: ['flashing', 'off', 'off'],
  Aborted: ['flashing', 'off', 'off'],
  Clearing: ['flashing', 'off', 'off'],
  Stopping: ['on', 'off', 'off'],
  Stopped: ['on', 'off', 'off'],
  Resetting: ['on', 'off', 'off'],
  Complete: ['on', 'off', 'off'],
  Suspending: ['off', 'on', 'off'],
  Suspended: ['off', 'on', 'off'],
  Holding: ['off', 'flashing', 'off'],
  Held: ['off', 'flashing', 'off'],
  Idle: ['off', 'off', 'flashing'],
  Starting: ['off', 'off', 'on'],
  Execute: ['off', 'off', 'on'],
  Completing: ['off', 'off', 'on'],
  Unholding: ['off', 'off', 'on'],
  Unsuspending: ['off', 'off', 'on'],
};

export function lightsOf(turn: Turn, before: UnitState): StackLightCommand[] {
  const { context, next } = turn;
  if (next.unit === before && next.cycle > 1) return [];
  const [red, amber, green] = LAMPS[next.unit];
  return context.table.stackLights.map(({ name }) => ({ device: name, red, amber, green }));
}

/** States in which the horn sounds by PackML (ISA-TR88.00.02): the arm is about to move. */
const HORN: ReadonlySet<UnitState> = new Set(['Starting', 'Unholding', 'Unsuspending']);

/** Buzzers sound once as one of these states is entered: the states themselves may last for a single cycle. */
export function soundsOf({ context, next }: Turn, before: UnitState): readonly string[] {
  if (next.unit === before || !HORN.has(next.unit)) return [];
  return context.table.buzzers.map(({ name }) => name);
}

const NO_STOP_TIME: StopTimeFigures = {
  samples: 0,
  p50Ms: 0,
  p99Ms: 0,
  maxMs: 0,
  recentSamples: 0,
  recentMaxMs: 0,
  stops: 0,
  stopP50Ms: 0,
  stopP99Ms: 0,
  stopMaxMs: 0,
  lastStopMs: 0,
};

function boardStatuses(turn: Turn): BoardStatus[] {
  const { context, inputs } = turn;
  return inputs.boards.map((board, index) => ({
    name: context.cell.boards[index]?.name ?? '',
    link: board.link,
    ageMs: board.image === undefined ? 0 : inputs.now - board.image.receivedAt,
    roundTripMs: board.roundTripMs,
    leaseProof: board.leaseProof,
    stopTime: board.stopTime ?? NO_STOP_TIME,
    linkFigures: board.linkFigures,
    cause: board.cause,
  }));
}

function status(name: string, kind: string, unit: string, value: number | undefined): DeviceStatus {
  return { name, kind, unit, value: value ?? 0, valid: value !== undefined };
}

function asNumber(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function deviceStatuses(turn: Turn): DeviceStatus[] {
  const { context, inputs, next, readings } = turn;
  const { table } = context;
  return [
    ...table.joints.map(({ model }, joint) => {
      const position = next.motion.positionDeg[joint];
      if (model.kind === 'servo') return status(model.name, model.kind, 'deg', position);
      return status(model.name, model.kind, 'mm', next.axes[joint]?.homedUnder === undefined ? undefined : position);
    }),
    ...[...table.digitalInputs.keys()].map((name) => status(name, 'digital-input', '', asNumber(readings.input(name)))),
    ...[...table.analogInputs.values()].map(({ model }) =>
      status(model.name, model.kind, model.unit, readings.analog(model.name)),
    ),
    ...[...table.digitalOutputs.values()].map(({ board, slot, model }) => {
      const level = inputs.boards[board]?.image?.outputs[slot];
      return status(
        model.name,
        model.kind,
        '',
        level === undefined ? undefined : Number((level === 1) === model.activeHigh),
      );
    }),
    ...table.thermometers.map(({ name, kind }) => status(name, kind, 'degC', inputs.catalogue.get(name)?.value)),
  ];
}

function progressOf(turn: Turn): JobProgress | undefined {
  const { next } = turn;
  const job = running(next.jobs) ?? next.jobs.records.find(({ state }) => state === 'Interrupted');
  if (job === undefined) return undefined;
  const current = next.sequences.get(job.order.jobOrderId)?.current;
  return {
    jobOrderId: job.order.jobOrderId,
    workMasterId: job.order.workMasterId,
    step: current?.path ?? '',
    label: current?.label ?? '',
    producedQuantity: job.producedQuantity,
    goodQuantity: job.goodQuantity,
    lastPartMs: next.lastPartMs,
  };
}

export function snapshotOf(turn: Turn): CellSnapshot {
  const { context, inputs, next } = turn;
  return {
    epoch: context.epoch,
    cycle: next.cycle,
    at: inputs.now,
    time: inputs.wall,
    unit: next.unit,
    boards: boardStatuses(turn),
    safety: blockStatuses(context.cell.safety, next.safety),
    devices: deviceStatuses(turn),
    job: progressOf(turn),
    alarms: next.alarms,
    resetPossible: resetPossible(turn),
    overruns: next.overruns,
  };
}
