// The job stage: starts the next order, runs its sequence, and turns the sequence's commands into wanted outputs.
import { isBacklogged } from '../core/event-storage.ts';
import { FAULTS, type Fault, fault } from '../core/faults.ts';
import { begin, beginNextRun, end, interrupt, measured, produced } from '../core/job-course.ts';
import { nextCandidate, running } from '../core/job-list.ts';
import { stop } from '../core/job-methods.ts';
import type { JobRecord } from '../core/job-order.ts';
import { planMove } from '../core/motion.ts';
import { runsPlanned } from '../core/predefined-parameters.ts';
import {
  type SequenceCommand,
  type SequenceEvent,
  type SequenceState,
  type SequenceTurn,
  startSequence,
  stepSequence,
} from '../core/sequence.ts';
import { mayStart } from '../core/unit-machine.ts';
import type { WorkMaster } from '../core/work-master.ts';
import { isAtRest, presentLimits, targetOf, unhomedAmong } from './axes.ts';
import { beginHoming, homingStage } from './homing-stage.ts';
import {
  checkpointOf,
  forgetSequence,
  isOnDisk,
  keepSequence,
  publishCheckpoint,
  publishMoving,
  publishRecord,
} from './job-events.ts';
import { holdFor } from './job-requests.ts';
import { isMesLost, mesLost } from './mes-stage.ts';
import { checkRecord } from './order-check.ts';
import { holdCause } from './plausibility-stage.ts';
import { prepareOrders } from './preconditions.ts';
import { raise, type Turn } from './turn.ts';
import { command } from './unit-effects.ts';

function startNext(turn: Turn): void {
  const { context, next, inputs } = turn;
  if (!mayStart(next) || !isAtRest(turn.context, next)) return;
  if (!inputs.storage.reachable || isBacklogged(inputs.storage) || isMesLost(turn)) return;
  const candidate = nextCandidate(next.jobs, inputs.wall);
  if (candidate === undefined || !isOnDisk(turn, candidate.order.jobOrderId)) return;
  const { jobOrderId } = candidate.order;
  const checked = checkRecord(context, candidate);
  if (!checked.ok) return;
  const started = begin(next.jobs, { jobOrderId, now: inputs.wall });
  if (!started.ok) return;
  next.jobs = started.value.state;
  const sequence = startSequence(checked.value.workMaster, checked.value.parameters);
  keepSequence(turn, jobOrderId, sequence);
  // The arm is about to leave: what is held stays held, whoever is resumed later.
  next.grippersKept = new Set();
  next.completing = undefined;
  next.lastProducedAt = undefined;
  next.lastPartMs = 0;
  publishMoving(turn, started.value.record, checkpointOf(turn, jobOrderId, sequence));
  command(turn, 'Start');
}

/** @returns why the command cannot be done, or undefined */
function obey(turn: Turn, command: SequenceCommand): Fault | undefined {
  const { context, next } = turn;
  switch (command.kind) {
    case 'move': {
      const unhomed = unhomedAmong(context, next, Object.keys(command.targetDeg));
      if (unhomed !== undefined) return fault(2004, { axis: unhomed });
      const target = targetOf(turn, command.targetDeg);
      const planned = planMove(presentLimits(context, next), next.motion, target, command.speedPercent);
      if (!planned.ok) return planned.error;
      next.motion = planned.value;
      return undefined;
    }
    case 'home':
      next.homing = beginHoming(command.axes);
      return undefined;
    case 'gripper':
      next.grippersOn = withMember(next.grippersOn, command.gripper, command.on);
      return undefined;
    case 'conveyor':
      next.conveyorsOn = withMember(next.conveyorsOn, command.conveyor, command.run);
      return undefined;
    default:
      return command satisfies never;
  }
}

function withMember(set: ReadonlySet<string>, name: string, isMember: boolean): ReadonlySet<string> {
  const changed = new Set(set);
  if (isMember) changed.add(name);
  else changed.delete(name);
  return changed;
}

function noteProduced(turn: Turn, jobOrderId: string, quantity: number, good: boolean): void {
  const { next, inputs } = turn;
  const changed = produced(next.jobs, { jobOrderId, now: inputs.wall }, quantity, good);
  if (!changed.ok) return;
  next.jobs = changed.value.state;
  if (next.lastProducedAt !== undefined) next.lastPartMs = inputs.now - next.lastProducedAt;
  next.lastProducedAt = inputs.now;
  turn.events.push({ kind: 'produced', jobOrderId, quantity, good });
}

function note(turn: Turn, jobOrderId: string, event: SequenceEvent): void {
  const { next, inputs } = turn;
  switch (event.kind) {
    case 'step':
      turn.events.push({ ...event, jobOrderId });
      return;
    case 'measured': {
      const { id, value, unit } = event;
      const changed = measured(next.jobs, { jobOrderId, now: inputs.wall }, { id, value, unit, timeMs: inputs.wall });
      if (changed.ok) next.jobs = changed.value.state;
      turn.events.push({ ...event, jobOrderId });
      return;
    }
    case 'produced':
      noteProduced(turn, jobOrderId, event.quantity, event.good);
      return;
    default:
      event satisfies never;
  }
}

function complete(turn: Turn, job: JobRecord, workMaster: WorkMaster, sequence: SequenceState): void {
  const { next, inputs } = turn;
  const call = { jobOrderId: job.order.jobOrderId, now: inputs.wall };
  const isLast =
    next.completing?.jobOrderId === call.jobOrderId ||
    (running(next.jobs)?.runs.completed ?? 0) + 1 >= runsPlanned(job.order.predefined ?? []);
  const changed = isLast ? end(next.jobs, call, 'Successful') : beginNextRun(next.jobs, call);
  if (!changed.ok) return;
  next.jobs = changed.value.state;
  if (isLast) {
    forgetSequence(turn, call.jobOrderId);
    publishRecord(turn, changed.value.record);
    command(turn, 'Complete');
    return;
  }
  const again = startSequence(workMaster, sequence.parameters);
  keepSequence(turn, call.jobOrderId, again);
  publishRecord(turn, changed.value.record, checkpointOf(turn, call.jobOrderId, again));
}

/** The unit was told to complete, a part has been made since, a step has just ended, and no gripper holds anything. */
function isPartDone(
  { next }: Turn,
  jobOrderId: string,
  before: SequenceState,
  { state, events }: SequenceTurn,
): boolean {
  if (next.completing?.jobOrderId !== jobOrderId) return false;
  if (events.some(({ kind }) => kind === 'produced')) next.completing = { jobOrderId, isPartMade: true };
  const hasEnded = events.some((event) => event.kind === 'step' && event.phase === 'ended');
  return next.completing.isPartMade && hasEnded && before.holding.length + state.holding.length === 0;
}

/** The unit was told to complete, and the part in work is made: what is left of the sequence is not begun. */
function completeEarly(turn: Turn, jobOrderId: string): void {
  const { next, inputs } = turn;
  const changed = stop(next.jobs, { jobOrderId, now: inputs.wall });
  if (!changed.ok) return;
  next.jobs = changed.value.state;
  next.conveyorsOn = new Set();
  forgetSequence(turn, jobOrderId);
  publishRecord(turn, changed.value.record);
  command(turn, 'Complete');
}

/** A step failed: the unit holds, or stops where the catalogue says so; the order waits for a person. */
function fail(turn: Turn, job: JobRecord, reason: Fault): void {
  const { next, inputs } = turn;
  const { jobOrderId } = job.order;
  next.conveyorsOn = new Set();
  raise(turn, reason);
  if (FAULTS[reason.code].reaction.startsWith('stop-category')) return;
  const interrupted = interrupt(next.jobs, { jobOrderId, now: inputs.wall }, reason);
  if (!interrupted.ok) return;
  next.jobs = interrupted.value.state;
  publishRecord(turn, interrupted.value.record);
  holdFor(turn, jobOrderId);
}

/** What was counted and where the order stands are told in one event: never the one without the other. */
function tellProgress(turn: Turn, before: JobRecord, from: SequenceState, to: SequenceState): void {
  const id = before.order.jobOrderId;
  const record = running(turn.next.jobs);
  const hasAdvanced = to.frames !== from.frames || to.holding !== from.holding;
  if (record !== undefined && record !== before) publishRecord(turn, record, checkpointOf(turn, id, to));
  else if (hasAdvanced) publishCheckpoint(turn, checkpointOf(turn, id, to));
}

function runSequence(turn: Turn): void {
  const { context, next, inputs, readings } = turn;
  const job = running(next.jobs);
  if (next.unit !== 'Execute') return;
  if (job === undefined) {
    // It was paused before the unit could hold: while a warning sounded, where the edition of PackML knows no hold.
    command(turn, 'Hold');
    return;
  }
  const held = holdCause(turn);
  if (held !== undefined) {
    fail(turn, job, held);
    return;
  }
  const id = job.order.jobOrderId;
  const workMaster = context.workMasters.get(job.order.workMasterId);
  const sequence = next.sequences.get(id);
  if (workMaster === undefined || sequence === undefined) return;
  if (!isOnDisk(turn, id)) return;
  const noFurther = isBacklogged(inputs.storage)
    ? fault(6512, { waiting: inputs.storage.waiting })
    : mesLost(turn, 'hold');
  const beginsNoStep = noFurther !== undefined;
  if (noFurther !== undefined && sequence.progress === undefined) {
    fail(turn, job, noFurther);
    return;
  }
  const step = stepSequence(workMaster, sequence, {
    now: inputs.now,
    beginsNoStep,
    moveEnded: isAtRest(context, next),
    homing: next.homing?.outcome,
    input: (device) => readings.input(device),
    analog: (device) => analogOf(turn, device),
    gripper: (name) => readings.gripper(name),
  });
  if (step.state !== sequence) keepSequence(turn, id, step.state);
  for (const event of step.events) note(turn, id, event);
  tellProgress(turn, job, sequence, step.state);
  if (step.outcome === 'running' && isPartDone(turn, id, sequence, step)) {
    completeEarly(turn, id);
    return;
  }
  let refused: Fault | undefined;
  for (const command of step.commands) refused ??= obey(turn, command);
  if (refused !== undefined) fail(turn, job, refused);
  else if (step.outcome === 'completed') complete(turn, job, workMaster, sequence);
  else if (step.outcome !== 'running') fail(turn, job, withLostBoard(turn, step.outcome));
}

/** A value that is missing because its board is lost says so: the board has no stop of its own that would. */
function withLostBoard({ context, inputs }: Turn, reason: Fault): Fault {
  const { table } = context;
  const device = String(reason.detail['device']);
  const place = table.digitalInputs.get(device) ?? table.analogInputs.get(device);
  const plan = place === undefined ? undefined : table.plans[place.board];
  const link = place === undefined ? undefined : inputs.boards[place.board]?.link;
  if (reason.code !== 3005 || plan?.board.firmware !== 'firmata' || link === undefined) return reason;
  return fault(3005, { ...reason.detail, board: plan.board.name, link });
}

/** Process-data analog inputs, and the newest readings of thermometers. */
function analogOf(turn: Turn, device: string): { value: number; unit: string } | undefined {
  const model = turn.context.table.analogInputs.get(device)?.model;
  if (model !== undefined) {
    const value = turn.readings.analog(device);
    return value === undefined ? undefined : { value, unit: model.unit };
  }
  const reading = turn.inputs.catalogue.get(device);
  return reading === undefined ? undefined : { value: reading.value, unit: 'degC' };
}

export function jobStage(turn: Turn): void {
  homingStage(turn);
  runSequence(turn);
  prepareOrders(turn);
  startNext(turn);
}
