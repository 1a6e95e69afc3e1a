// Sends events to the unit and does what it decides: orders, devices and motion follow, and everybody is told.
import { interrupt } from '../core/job-course.ts';
import { running } from '../core/job-list.ts';
import { abort } from '../core/job-methods.ts';
import { motionAt } from '../core/motion.ts';
import type { UnitState } from '../core/packml.ts';
import { interruptSequence } from '../core/sequence.ts';
import { type JobCommand, stepUnit, type UnitEffect, type UnitEvent } from '../core/unit-machine.ts';
import { startingPositions } from './feedback-stage.ts';
import { forgetSequence, keepSequence, publishRecord } from './job-events.ts';
import { stopRecord } from './stop-records.ts';
import { stopCause, type Turn } from './turn.ts';

/** Takes the running order out of execution as the cell is configured, and forgets what was being switched. */
function stopJob(turn: Turn): void {
  const { context, next, inputs } = turn;
  const cause = stopCause(next.alarms);
  const job = running(next.jobs);
  next.programOn = new Set();
  if (job === undefined || cause === undefined) return;
  const id = job.order.jobOrderId;
  const aborts = context.cell.onSafetyStop === 'abort';
  const call = { jobOrderId: id, now: inputs.wall };
  const changed = aborts ? abort(next.jobs, call, cause) : interrupt(next.jobs, call, cause);
  if (!changed.ok) return;
  next.jobs = changed.value.state;
  publishRecord(turn, changed.value.record);
  const sequence = next.sequences.get(id);
  if (aborts || sequence === undefined) forgetSequence(turn, id);
  else keepSequence(turn, id, interruptSequence(sequence));
}

/** Grippers whose valve is on while the board is stopped: only these can have kept a part, and no reset turns another on. */
function grippersOnInStop({ context }: Turn): readonly string[] {
  const { digitalOutputs, grippers } = context.table;
  return [...grippers].flatMap(([name, { valve }]) => (digitalOutputs.get(valve)?.model.safe === 'on' ? [name] : []));
}

/**
 * Positions are what the boards drove last, also when one has been reset since and no longer knows, so that nothing jumps,
 * or what is measured;
 * grippers that hold a part keep it.
 */
export function placeDevices(turn: Turn): void {
  const { next, readings } = turn;
  next.motion = motionAt(startingPositions(turn));
  const on = grippersOnInStop(turn);
  const holding = on.filter((name) => readings.gripper(name)?.partPresent === true);
  next.grippersKept = new Set(holding.filter((name) => !next.grippersOn.has(name) || next.grippersKept.has(name)));
  next.grippersOn = new Set([...on.filter((name) => next.grippersOn.has(name)), ...holding]);
}

function recordStop(turn: Turn, unit: UnitState): void {
  const record = stopRecord(turn, unit);
  if (record === undefined) return;
  turn.next.stops = record.id;
  turn.events.push({ kind: 'stop-record', record });
}

/** @param before what the unit was doing when the event came */
function effect(turn: Turn, done: UnitEffect, before: UnitState): void {
  const { next, events } = turn;
  switch (done.kind) {
    case 'state':
      events.push({ kind: 'unit', from: done.from, to: done.to });
      return;
    case 'mode':
    case 'mode-refused':
    case 'reset':
      events.push(done);
      return;
    case 'reset-refused':
      return;
    case 'stopped':
      next.conveyorsOn = new Set();
      if (done.isAsked) return;
      recordStop(turn, before);
      stopJob(turn);
      return;
    case 'enabled':
      placeDevices(turn);
      return;
    case 'disabled':
      // What was under way is dropped.
      next.motion = motionAt(next.motion.positionDeg);
      return;
    default:
      done satisfies never;
  }
}

/**
 * Sends an event to the unit.
 * @param also told each effect after it has been done, in order
 */
export function applyUnit(turn: Turn, event: UnitEvent, also: (done: UnitEffect) => void = () => undefined): void {
  const before = turn.next.unit;
  const { unit, effects } = stepUnit(turn.context.profile, turn.next, event);
  // The cycle's state has more than the unit's: only what is the unit's is taken over.
  Object.assign(turn.next, unit);
  for (const done of effects) {
    effect(turn, done, before);
    also(done);
  }
}

/** Sends a command of a job to the unit; an illegal one changes nothing. */
export function command(turn: Turn, name: JobCommand): void {
  applyUnit(turn, { kind: 'command', command: name, now: turn.inputs.now });
}
