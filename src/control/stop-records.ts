// Keeps the inputs of the last second, and makes the record of a stop from them.

import { stopsUnit } from '../core/alarm-class.ts';
import type { InputSlot } from '../core/board-plan.ts';
import { FAULTS, type Fault } from '../core/faults.ts';
import { type InputTrace, noteInputs, TRACE_MS, UNREAD } from '../core/input-trace.ts';
import { running } from '../core/job-list.ts';
import type { UnitState } from '../core/packml.ts';
import type { StopChange, StopInput, StopRecord, StopValue } from '../core/stop-record.ts';
import type { MonotonicMs } from '../core/units.ts';
import { scaleCounts } from '../devices/analog.ts';
import { isFresh } from '../devices/readings.ts';
import { blockStatuses } from '../safety/program.ts';
import type { BoardInput, CycleContext } from './cycle.ts';
import { isHoldingStop } from './stop-hold.ts';
import { stopCause, type Turn } from './turn.ts';

/** Levels and counts of all inputs of all boards, one board after the other. */
function rawInputs(context: CycleContext, boards: readonly BoardInput[], now: MonotonicMs): number[] {
  const values: number[] = [];
  context.table.plans.forEach((plan, board) => {
    const image = boards[board]?.image;
    const isRead = image !== undefined && isFresh(context.table, board, image, now);
    for (let slot = 0; slot < plan.inputs.length; slot += 1) {
      const value = isRead ? image.inputs[slot] : undefined;
      values.push(value !== undefined && Number.isFinite(value) ? value : UNREAD);
    }
  });
  return values;
}

/** Notes the inputs of this cycle, or of the fast path between two. */
export function traceInputs(
  context: CycleContext,
  trace: InputTrace,
  { boards, now }: { readonly boards: readonly BoardInput[]; readonly now: MonotonicMs },
): InputTrace {
  return noteInputs(trace, rawInputs(context, boards, now), now);
}

function decoded({ table }: CycleContext, { kind, device, closedLevel }: InputSlot, raw: number): StopValue {
  if (raw === UNREAD) return undefined;
  if (kind === 'digital') return Number(raw === closedLevel);
  const model = table.analogInputs.get(device)?.model;
  return model === undefined ? undefined : scaleCounts(model, raw);
}

function inputsOf(context: CycleContext, slots: readonly InputSlot[], raw: readonly number[]): StopInput[] {
  return slots.map((slot, index) => ({
    device: slot.device,
    kind: slot.kind === 'digital' ? 'digital-input' : 'analog-input',
    value: decoded(context, slot, raw[index] ?? UNREAD),
    unit: context.table.analogInputs.get(slot.device)?.model.unit ?? '',
    isSafety: context.safetyInputs.has(slot.device),
  }));
}

function changesOf(context: CycleContext, slots: readonly InputSlot[], trace: InputTrace, now: number): StopChange[] {
  const present = [...trace.base];
  return trace.changes.flatMap(({ at, index, value }) => {
    const slot = slots[index];
    const before = present[index] ?? UNREAD;
    present[index] = value;
    if (slot === undefined) return [];
    const [from, to] = [decoded(context, slot, before), decoded(context, slot, value)];
    return [{ beforeMs: now - at, device: slot.device, from, to }];
  });
}

/** The stop category of one alarm: that of its stop function where it has one. Undefined: it does not stop. */
function categoryOfOne({ context }: Turn, { code, detail }: Fault): StopRecord['category'] | undefined {
  if (!stopsUnit(code)) return undefined;
  const stop = context.cell.safety.stopFunctions.find(({ name }) => name === detail['stopFunction']);
  return stop?.category ?? (FAULTS[code].reaction === 'stop-category-0' ? 0 : 1);
}

/** Of several the strictest. */
function categoryOf(turn: Turn): StopRecord['category'] {
  const all = turn.next.alarms.flatMap((alarm) => categoryOfOne(turn, alarm) ?? []);
  return all.reduce((strictest, category) => (category < strictest ? category : strictest), 2);
}

/**
 * The record of the stop that begins in this cycle; undefined when no alarm is its cause.
 * @param unit what the unit was doing before
 */
export function stopRecord(turn: Turn, unit: UnitState): StopRecord | undefined {
  const { context, inputs, next } = turn;
  // A hold of category 2 that ends is not caused by what it began with.
  const ending = unit === 'Stopped' ? next.alarms.filter((alarm) => !isHoldingStop(turn, alarm)) : [];
  const cause = stopCause(ending) ?? stopCause(next.alarms);
  if (cause === undefined) return undefined;
  const slots = context.table.plans.flatMap((plan) => plan.inputs);
  const jobOrderId = running(next.jobs)?.order.jobOrderId;
  const { trace } = next;
  return {
    id: next.stops + 1,
    epoch: context.epoch,
    cycle: next.cycle,
    at: inputs.now,
    time: inputs.wall,
    cause,
    category: categoryOf(turn),
    others: next.alarms.filter((fault) => fault !== cause),
    unit,
    mode: next.mode,
    jobOrderId,
    step: jobOrderId === undefined ? undefined : next.sequences.get(jobOrderId)?.current?.path,
    blocks: blockStatuses(context.cell.safety, next.safety).map(({ name, type, diagCode, output, outputs }) => ({
      name,
      type,
      diagCode,
      output,
      outputs,
    })),
    inputs: inputsOf(context, slots, trace.last),
    traceMs: Math.min(TRACE_MS, inputs.now - (trace.from ?? inputs.now)),
    changes: changesOf(context, slots, trace, inputs.now),
  };
}
