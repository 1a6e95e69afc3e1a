// One cycle while it is being computed: the stages fill it in order. It never outlives its cycle.
import type { CellEventBody, CellReply } from '../core/cell-event.ts';
import { FAULTS, type Fault } from '../core/faults.ts';
import type { Readings } from '../devices/readings.ts';
import type { CycleContext, CycleInputs, CycleState } from './cycle.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface Turn {
  readonly context: CycleContext;
  readonly inputs: CycleInputs;
  readonly readings: Readings;
  /** The state that this cycle leaves behind; its members are replaced, never changed in place. */
  readonly next: Mutable<CycleState>;
  readonly events: CellEventBody[];
  readonly replies: CellReply[];
  readonly reopen: number[];
}

/** Equal in code and detail. */
export function sameFault(a: Fault, b: Fault): boolean {
  return a.code === b.code && JSON.stringify(a.detail) === JSON.stringify(b.detail);
}

/** Warnings that stand at the same time: a program may raise ever new ones, and every cycle looks through the list. */
const WARNINGS_MAX = 50;

function isWarning({ code }: Fault): boolean {
  return FAULTS[code].reaction === 'warn';
}

/** Of too many warnings the oldest gives way; what stops or holds the unit never does. */
function makeRoom(turn: Turn): void {
  const warnings = turn.next.alarms.filter(isWarning);
  if (warnings.length >= WARNINGS_MAX) clearAlarms(turn, (fault) => fault === warnings[0]);
}

/** Raises an alarm once; the first of a stop stays first (first-up, ISA-18.2). */
export function raise(turn: Turn, fault: Fault): void {
  if (turn.next.alarms.some((known) => sameFault(known, fault))) return;
  if (isWarning(fault)) makeRoom(turn);
  turn.next.alarms = [...turn.next.alarms, fault];
  turn.events.push({ kind: 'alarm', fault, active: true });
}

export function clearAlarms(turn: Turn, which: (fault: Fault) => boolean): void {
  for (const fault of turn.next.alarms.filter(which)) turn.events.push({ kind: 'alarm', fault, active: false });
  turn.next.alarms = turn.next.alarms.filter((fault) => !which(fault));
}

/** The alarm that stands for the present stop: the first that stops, or undefined. */
export function stopCause(alarms: readonly Fault[]): Fault | undefined {
  return alarms.find((fault) => FAULTS[fault.code].reaction.startsWith('stop-category'));
}
