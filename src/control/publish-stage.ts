// The publish stage: what others see of the cell. Reads the finished state, changes nothing.
import type { BoardStatus, CellSnapshot, DeviceStatus, JobProgress, StopTimeFigures } from '../core/cell-event.ts';
import { running } from '../core/job-list.ts';
import type { UnitState } from '../core/packml.ts';
import { lightOf, withoutBlue } from '../core/stack-light.ts';
import type { StackLightCommand } from '../ports/catalogue-port.ts';
import { blockStatuses } from '../safety/program.ts';
import type { Turn } from './turn.ts';
import { resetPossible } from './unit-stage.ts';

export function lightsOf(turn: Turn, before: UnitState): StackLightCommand[] {
  const { context, next } = turn;
  if (next.unit === before && next.cycle > 1) return [];
  const light = lightOf(next.unit);
  const { red, amber, blue, green } = light;
  return context.table.stackLights.map((device) => ({
    device: device.name,
    ...(device.blue === undefined ? withoutBlue(light) : { red, amber, blue, green }),
  }));
}

/** Buzzers sound once as one of these states is entered: the states themselves may last for a single cycle. */
export function soundsOf({ context, next }: Turn, before: UnitState): readonly string[] {
  if (next.unit === before || !lightOf(next.unit).horn) return [];
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
    mode: next.mode,
    modeRequested: next.modeRequested,
    boards: boardStatuses(turn),
    safety: blockStatuses(context.cell.safety, next.safety),
    devices: deviceStatuses(turn),
    job: progressOf(turn),
    alarms: next.alarms,
    alarmList: next.alarmList.alarms,
    flood: next.alarmList.flood,
    bypasses: next.bypasses,
    lights: lightOf(next.unit),
    resetPossible: resetPossible(turn),
    overruns: next.overruns,
  };
}
