// One cycle while it is being computed: the stages fill it in order. It never outlives its cycle.
import {
  type AlarmList,
  endAlarms,
  raiseAlarm,
  sameFault,
  standing as standingIn,
  warningInTheWay,
} from '../core/alarm-list.ts';
import type { CellEventBody, CellReply } from '../core/cell-event.ts';
import { FAULTS, type Fault } from '../core/faults.ts';
import type { BoardWatch } from '../core/permits.ts';
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
  /** What was raised in this cycle, also what stood already: a reset of this cycle came too early to answer it. */
  readonly raised: Set<Fault>;
  /** The boards are to watch this from now on. */
  watch: BoardWatch | undefined;
  /** The reset at the cell has made a bypass count: it is no reset of the unit. */
  resetSpent: boolean;
}

/** Takes over a list of alarms; what stands is kept beside it, because every stage goes by it. */
export function keepAlarms(turn: Turn, list: AlarmList): void {
  if (list === turn.next.alarmList) return;
  turn.next.alarmList = list;
  turn.next.alarms = standingIn(list);
}

/** Raises an alarm once; the first of a stop stays first (first-up, ISA-18.2). */
export function raise(turn: Turn, fault: Fault): void {
  const { next, inputs } = turn;
  const standing = next.alarms.find((known) => sameFault(known, fault));
  turn.raised.add(standing ?? fault);
  if (standing !== undefined) return;
  // A program may raise ever new warnings: the oldest gives way. What stops or holds the unit never does.
  const oldest = FAULTS[fault.code].reaction === 'warn' ? warningInTheWay(next.alarmList) : undefined;
  if (oldest !== undefined) clearAlarms(turn, (known) => known === oldest);
  keepAlarms(turn, raiseAlarm(next.alarmList, fault, { now: inputs.now, wall: inputs.wall }));
  turn.events.push({ kind: 'alarm', fault, active: true });
}

export function clearAlarms(turn: Turn, which: (fault: Fault) => boolean): void {
  const { next, inputs } = turn;
  const ended = new Set(next.alarms.filter(which));
  if (ended.size === 0) return;
  for (const fault of ended) turn.events.push({ kind: 'alarm', fault, active: false });
  keepAlarms(
    turn,
    endAlarms(next.alarmList, (fault) => ended.has(fault), { now: inputs.now, wall: inputs.wall }),
  );
}

/** The alarm that stands for the present stop: the first that stops, or undefined. */
export function stopCause(alarms: readonly Fault[]): Fault | undefined {
  return alarms.find((fault) => FAULTS[fault.code].reaction.startsWith('stop-category'));
}
