// Alarms by ISA-18.2 as a pure reducer: what stands, who has seen it, what waits for a reset, what is out of sight, which
// came first, and when there are more than anybody can read. Acknowledging and shelving are for people's eyes only: neither
// resets anything, and a stop stands whatever is done here.
import { isAlwaysShown, isSuppressedBehind, latches, mayBeShelved, stopsUnit } from './alarm-class.ts';
import { FAULTS, type Fault, fault } from './faults.ts';
import { err, ok, type Result } from './result.ts';
import type { EpochMs, MonotonicMs } from './units.ts';

/** States of ISA-18.2 (clause 10, alarm state transitions); an alarm that is normal is not in the list. */
export type AlarmState =
  | 'unacknowledged'
  | 'acknowledged'
  | 'returned-unacknowledged'
  | 'latched-unacknowledged'
  | 'latched-acknowledged'
  | 'shelved'
  | 'suppressed-by-design';

/** When something happened: monotonic for timing, UTC for people. */
export interface Stamp {
  readonly now: MonotonicMs;
  readonly wall: EpochMs;
}

/** Out of sight for a while. */
export interface Shelf {
  readonly owner: string;
  readonly reason: string;
  /** When it ends by itself. */
  readonly until: MonotonicMs;
  readonly untilTime: EpochMs;
}

/** One alarm. */
export interface Alarm {
  /** Unique within one run of the control process, from 1, in the order of their coming. */
  readonly id: number;
  readonly fault: Fault;
  readonly state: AlarmState;
  /** It counts for the unit: its cause is there, or it waits for the reset at the cell. */
  readonly stands: boolean;
  /** Its cause is there. False while it stands: it is latched. */
  readonly isActive: boolean;
  readonly isAcknowledged: boolean;
  /** It stopped the unit, and came before every other that stops (first-up). */
  readonly isFirstUp: boolean;
  /** Number of the flood in which it came, from 1; 0: none. */
  readonly flood: number;
  readonly raisedTime: EpochMs;
  readonly returnedTime: EpochMs | undefined;
  readonly acknowledgedTime: EpochMs | undefined;
  readonly acknowledgedBy: string | undefined;
  readonly shelf: Shelf | undefined;
}

/** A shelf holds what it names, also when it comes again. */
interface NamedShelf extends Shelf {
  readonly name: string;
}

export interface Flood {
  /** From 1, within one run of the control process. */
  readonly number: number;
  readonly since: EpochMs;
  /** Alarms that came in it. */
  readonly count: number;
}

/** Plain data, bounded. */
export interface AlarmList {
  readonly alarms: readonly Alarm[];
  readonly shelves: readonly NamedShelf[];
  readonly nextId: number;
  /** When the newest alarms came, the oldest first. */
  readonly recent: readonly MonotonicMs[];
  readonly flood: Flood | undefined;
  readonly floods: number;
}

export const NO_ALARMS: AlarmList = {
  alarms: [],
  shelves: [],
  nextId: 1,
  recent: [],
  flood: undefined,
  floods: 0,
};

/** Warnings that stand at the same time: a program may raise ever new ones. Of too many the oldest gives way. */
export const WARNINGS_MAX = 50;
/** Alarms that are over and were not acknowledged; of too many the oldest gives way. */
export const RETURNED_MAX = 100;
export const SHELVES_MAX = 20;
/** No longer than a shift, ms. */
export const SHELVE_MS_MAX = 8 * 3_600_000;
/**
 * ISA-18.2 calls more than ten alarms in ten minutes a flood, for one operator of a plant. Of a single cell one person can
 * take in less: more than ten within ten seconds are one event to read, not ten. It is over when fewer than five came within
 * ten seconds.
 */
export const FLOOD_ALARMS = 10;
export const FLOOD_WINDOW_MS = 10_000;
export const FLOOD_ENDS_BELOW = 5;

/** Faults that stand, in the order of their coming: what the unit goes by. */
export function standing(list: AlarmList): readonly Fault[] {
  return list.alarms.filter(({ stands }) => stands).map((alarm) => alarm.fault);
}

/** Equal in code and detail. */
export function sameFault(a: Fault, b: Fault): boolean {
  return a.code === b.code && JSON.stringify(a.detail) === JSON.stringify(b.detail);
}

/** The same place and cause, whatever was measured there. */
function shelfName({ code, detail }: Fault): string {
  return JSON.stringify([code, ...Object.entries(detail).filter(([, value]) => typeof value !== 'number')]);
}

function stateOf(alarm: Omit<Alarm, 'state'>, isSuppressed: boolean): AlarmState {
  if (alarm.shelf !== undefined) return 'shelved';
  if (alarm.stands && isSuppressed) return 'suppressed-by-design';
  if (!alarm.stands) return 'returned-unacknowledged';
  if (alarm.isActive) return alarm.isAcknowledged ? 'acknowledged' : 'unacknowledged';
  return alarm.isAcknowledged ? 'latched-acknowledged' : 'latched-unacknowledged';
}

/** An alarm is over when it neither stands nor waits for an acknowledgement. One that nobody was shown needs none. */
function isOver(alarm: Alarm): boolean {
  return !alarm.stands && (alarm.isAcknowledged || alarm.state === 'suppressed-by-design' || alarm.shelf !== undefined);
}

function oldestOver(alarms: readonly Alarm[], isOf: (alarm: Alarm) => boolean, max: number): ReadonlySet<number> {
  const found = alarms.filter(isOf);
  return new Set(found.slice(0, Math.max(0, found.length - max)).map(({ id }) => id));
}

const isReturned = ({ stands }: Alarm): boolean => !stands;
/** A warning that may give way to newer ones. */
const isWarning = ({ stands, fault: { code } }: Alarm): boolean =>
  stands && FAULTS[code].reaction === 'warn' && !isAlwaysShown(code);

/** Brings states up to date, drops what is over, and keeps the bounds. What stops or holds the unit never gives way. */
function settle(list: AlarmList, alarms: readonly Alarm[]): AlarmList {
  const kept = alarms.filter((alarm) => !isOver(alarm));
  const dropped = oldestOver(kept, isReturned, RETURNED_MAX);
  const bounded = dropped.size === 0 ? kept : kept.filter(({ id }) => !dropped.has(id));
  const faults = bounded.filter(({ stands }) => stands).map((alarm) => alarm.fault);
  const settled = bounded.map((alarm) => {
    const state = stateOf(alarm, isSuppressedBehind(alarm.fault, faults));
    return state === alarm.state ? alarm : { ...alarm, state };
  });
  return { ...list, alarms: settled };
}

function update(list: AlarmList, which: (alarm: Alarm) => boolean, change: (alarm: Alarm) => Alarm): AlarmList {
  if (!list.alarms.some(which)) return list;
  return settle(
    list,
    list.alarms.map((alarm) => (which(alarm) ? change(alarm) : alarm)),
  );
}

/** @returns the flood with one more alarm in it, the one that begins with it, or undefined */
function floodWith(list: AlarmList, recent: readonly MonotonicMs[], { wall }: Stamp): Flood | undefined {
  if (list.flood !== undefined) return { ...list.flood, count: list.flood.count + 1 };
  if (recent.length <= FLOOD_ALARMS) return undefined;
  return { number: list.floods + 1, since: wall, count: recent.length };
}

/**
 * An alarm comes. One that stands already stays as it is; one that was over and not acknowledged comes anew.
 *
 * Of too many warnings the oldest gives way, as if it had been cleared: clear {@link warningInTheWay} first.
 */
export function raiseAlarm(list: AlarmList, raised: Fault, stamp: Stamp): AlarmList {
  if (list.alarms.some((known) => known.stands && sameFault(known.fault, raised))) return list;
  const others = list.alarms.filter((known) => known.stands || !sameFault(known.fault, raised));
  const isRecent = (at: MonotonicMs): boolean => stamp.now - at < FLOOD_WINDOW_MS;
  const recent = [...list.recent.filter(isRecent), stamp.now].slice(-FLOOD_ALARMS - 1);
  const flood = floodWith(list, recent, stamp);
  const isStop = stopsUnit(raised.code);
  const alarm: Alarm = {
    id: list.nextId,
    fault: raised,
    state: 'unacknowledged',
    stands: true,
    isActive: true,
    isAcknowledged: false,
    isFirstUp: isStop && !others.some((other) => other.stands && stopsUnit(other.fault.code)),
    flood: flood?.number ?? 0,
    raisedTime: stamp.wall,
    returnedTime: undefined,
    acknowledgedTime: undefined,
    acknowledgedBy: undefined,
    shelf: shelfFor(list, raised),
  };
  const floods = flood?.number ?? list.floods;
  return settle({ ...list, nextId: list.nextId + 1, recent, flood, floods }, [...others, alarm]);
}

function shelfFor(list: AlarmList, raised: Fault): Shelf | undefined {
  const named = list.shelves.find(({ name }) => name === shelfName(raised));
  if (named === undefined) return undefined;
  const { owner, reason, until, untilTime } = named;
  return { owner, reason, until, untilTime };
}

/** The warning that has to go before another comes; undefined: there is room. */
export function warningInTheWay(list: AlarmList): Fault | undefined {
  const warnings = list.alarms.filter(isWarning);
  return warnings.length >= WARNINGS_MAX ? warnings[0]?.fault : undefined;
}

/** Alarms end: by the reset at the cell, or with a cause that does not latch. */
export function endAlarms(list: AlarmList, which: (fault: Fault) => boolean, { wall }: Stamp): AlarmList {
  return update(
    list,
    (alarm) => alarm.stands && which(alarm.fault),
    (alarm) => ({
      ...alarm,
      stands: false,
      isActive: false,
      isFirstUp: false,
      returnedTime: alarm.returnedTime ?? wall,
    }),
  );
}

/** Says of every latched alarm whether its cause is there now: it waits for the reset either way. */
export function noteCauses(list: AlarmList, isThere: (fault: Fault) => boolean, { wall }: Stamp): AlarmList {
  const hasChanged = (alarm: Alarm): boolean =>
    alarm.stands && latches(alarm.fault.code) && alarm.isActive !== isThere(alarm.fault);
  return update(list, hasChanged, (alarm) => ({
    ...alarm,
    isActive: !alarm.isActive,
    // A cause that comes back has to be seen anew.
    isAcknowledged: alarm.isActive && alarm.isAcknowledged,
    returnedTime: alarm.isActive ? wall : undefined,
  }));
}

/** Shelves and floods end with time. Returns the same list when nothing does. */
export function passTime(list: AlarmList, { now }: Stamp): AlarmList {
  const expired = list.shelves.filter(({ until }) => now >= until).map(({ name }) => name);
  const unshelved = expired.length === 0 ? list : takeOff(list, (name) => expired.includes(name));
  if (unshelved.flood === undefined) return unshelved;
  const recent = unshelved.recent.filter((at) => now - at < FLOOD_WINDOW_MS);
  return recent.length >= FLOOD_ENDS_BELOW ? unshelved : { ...unshelved, recent, flood: undefined };
}

function takeOff(list: AlarmList, which: (name: string) => boolean): AlarmList {
  const rest = { ...list, shelves: list.shelves.filter(({ name }) => !which(name)) };
  return update(
    rest,
    (alarm) => alarm.shelf !== undefined && which(shelfName(alarm.fault)),
    (alarm) => ({ ...alarm, shelf: undefined, isAcknowledged: false }),
  );
}

type Answered = Result<{ readonly list: AlarmList; readonly alarm: Alarm }, Fault>;

/** Somebody has seen it. Repeating it changes nothing. */
export function acknowledge(list: AlarmList, id: number, by: string, { wall }: Stamp): Answered {
  const alarm = list.alarms.find((known) => known.id === id);
  if (alarm === undefined) return err(fault(6014, { name: `alarm ${id}` }));
  if (alarm.isAcknowledged) return ok({ list, alarm });
  const seen: Alarm = { ...alarm, isAcknowledged: true, acknowledgedBy: by, acknowledgedTime: wall };
  const next = update(
    list,
    (known) => known.id === id,
    () => seen,
  );
  return ok({ list: next, alarm: next.alarms.find((known) => known.id === id) ?? seen });
}

export interface ShelveRequest {
  readonly id: number;
  readonly owner: string;
  readonly reason: string;
  /** 1 ms to {@link SHELVE_MS_MAX}. */
  readonly forMs: number;
}

/** Puts an alarm out of sight, and its like while the shelf lasts. Refused for whatever stops or holds the unit. */
export function shelve(list: AlarmList, request: ShelveRequest, { now, wall }: Stamp): Answered {
  const alarm = list.alarms.find(({ id }) => id === request.id);
  if (alarm === undefined) return err(fault(6014, { name: `alarm ${request.id}` }));
  const { code } = alarm.fault;
  const refuse = (reason: string): Answered => err(fault(6015, { alarmId: request.id, code, reason }));
  if (!mayBeShelved(code))
    return refuse(isAlwaysShown(code) ? 'it stays in sight while it stands' : 'it stops or holds the unit');
  const name = shelfName(alarm.fault);
  const others = list.shelves.filter((known) => known.name !== name);
  if (others.length >= SHELVES_MAX) return refuse(`${SHELVES_MAX} alarms are shelved already`);
  if (!(request.forMs > 0 && request.forMs <= SHELVE_MS_MAX)) return refuse('not within 1 ms to 8 h');
  const { owner, reason, forMs } = request;
  const shelf: Shelf = {
    owner,
    reason,
    until: (now + forMs) as MonotonicMs,
    untilTime: (wall + forMs) as EpochMs,
  };
  const shelved = update(
    { ...list, shelves: [...others, { ...shelf, name }] },
    (known) => shelfName(known.fault) === name,
    (known) => ({ ...known, shelf }),
  );
  return ok({ list: shelved, alarm: { ...alarm, shelf, state: 'shelved' } });
}

/** Brings an alarm back before its shelf ends: it has to be acknowledged anew. */
export function unshelve(list: AlarmList, id: number): Answered {
  const alarm = list.alarms.find((known) => known.id === id);
  if (alarm === undefined) return err(fault(6014, { name: `alarm ${id}` }));
  if (alarm.shelf === undefined)
    return err(fault(6015, { alarmId: id, code: alarm.fault.code, reason: 'it is not shelved' }));
  const name = shelfName(alarm.fault);
  const next = takeOff(list, (known) => known === name);
  return ok({ list: next, alarm: next.alarms.find((known) => known.id === id) ?? { ...alarm, shelf: undefined } });
}
