// Property 2, of the unit: its reducer, with everything that the cell can tell it free to come at any moment and in any order.
import { DEFAULT_PROFILE, type PackmlProfile } from '../core/packml-profile.ts';
import { STOP_TIME_LIMIT_MS } from '../core/permits.ts';
import {
  INITIAL_UNIT,
  mayMove,
  type StopDemand,
  stepUnit,
  takesOrders,
  type UnitEffect,
  type UnitEvent,
  type UnitInputs,
  type UnitMachine,
} from '../core/unit-machine.ts';
import { monotonicMs } from '../core/units.ts';
import type { Context } from './context.ts';
import { NOW_MS, tickFor } from './model-time.ts';
import { type Finding, finding, type Reaction, type UnitEventName } from './result.ts';

/** What needs a reset at the cell, and then an order, before anything moves. */
const EVENTS = ['power-up', 'stop', 'board-lost', 'mode-change', 'reset'] as const satisfies readonly UnitEventName[];

interface Letter {
  readonly name: string;
  /** Time passes before it. */
  readonly isTick: boolean;
  /** A board that is lost raises an alarm in the same cycle: two events. */
  readonly events: (now: number) => readonly UnitEvent[];
}

const BOTH = [false, true] as const;
const DEMANDS: readonly (StopDemand | undefined)[] = [
  undefined,
  { category: 1, aborts: false },
  { category: 1, aborts: true },
  { category: 0, aborts: true },
];
const RESETS = [
  { resetRose: false, resetAllowed: false },
  { resetRose: true, resetAllowed: false },
  { resetRose: true, resetAllowed: true },
] as const;

function demandName(demand: StopDemand | undefined): string {
  return demand === undefined ? '' : ` stop ${demand.category}${demand.aborts ? ' aborts' : ''}`;
}

function cycles(): readonly Letter[] {
  const letters: Letter[] = [];
  for (const demand of DEMANDS)
    for (const reset of RESETS)
      for (const atRest of BOTH)
        for (const stopsEnded of BOTH)
          for (const holdsPower of BOTH)
            for (const isTick of BOTH) {
              const told: Omit<UnitInputs, 'now'> = { demand, atRest, stopsEnded, holdsPower, ...reset };
              const pressed = reset.resetRose ? (reset.resetAllowed ? ' reset' : ' reset refused') : '';
              letters.push({
                name: `cycle${demandName(demand)}${pressed}${atRest ? ' at rest' : ''}`,
                isTick,
                events: (now) => [{ kind: 'cycle', inputs: { now: monotonicMs(now), ...told } }],
              });
            }
  return letters;
}

function requests(): readonly Letter[] {
  const letter = (name: string, event: (now: ReturnType<typeof monotonicMs>) => UnitEvent): Letter => ({
    name,
    isTick: false,
    events: (now) => [event(monotonicMs(now))],
  });
  return [
    ...(['Start', 'Complete', 'Hold', 'Unhold', 'Suspend', 'Unsuspend'] as const).map((command) =>
      letter(command, (now) => ({ kind: 'command', command, now })),
    ),
    ...(['Production', 'Maintenance', 'Manual'] as const).map((mode) =>
      letter(mode, (now) => ({ kind: 'mode', mode, now })),
    ),
    letter('order', () => ({ kind: 'production' })),
    letter('abort', (now) => ({ kind: 'stop-by-request', now })),
    ...DEMANDS.flatMap((demand) => (demand === undefined ? [] : [lost(demand)])),
  ];
}

function lost(demand: StopDemand): Letter {
  const told = { demand, atRest: false, stopsEnded: false, holdsPower: false, resetRose: false, resetAllowed: false };
  return {
    name: `board lost${demandName(demand)}`,
    isTick: false,
    events: (now) => [{ kind: 'power-lost' }, { kind: 'cycle', inputs: { now: monotonicMs(now), ...told } }],
  };
}

/** What a run is watched by. */
interface Watched {
  /** After which event the reset at the cell is still due; undefined: it came. */
  readonly due: UnitEventName | undefined;
  /** The last of the events, after which an order is due. */
  readonly last: UnitEventName;
  /** An order, or a resume, came after it. */
  readonly isOrdered: boolean;
  /** What moves was started by a command. */
  readonly isCommanded: boolean;
}

interface Node {
  readonly machine: UnitMachine;
  readonly watched: Watched;
}

const WARNING: ReadonlySet<string> = new Set(['Starting', 'Unholding', 'Unsuspending']);

function runsAnOrder(machine: UnitMachine, profile: PackmlProfile): boolean {
  return mayMove(machine, profile) && machine.unit !== 'Idle';
}

/** @returns what is watched after an event, or the event that started something by itself */
function watch(
  profile: PackmlProfile,
  { machine: before, watched }: Node,
  event: UnitEvent,
  { unit: after, effects }: { readonly unit: UnitMachine; readonly effects: readonly UnitEffect[] },
): Watched | UnitEventName {
  let { due, last, isOrdered } = watched;
  const isReset = effects.some(({ kind }) => kind === 'reset');
  const happened: UnitEventName | undefined =
    event.kind === 'power-lost'
      ? 'board-lost'
      : effects.some(({ kind }) => kind === 'mode')
        ? 'mode-change'
        : event.kind === 'cycle' && event.inputs.demand !== undefined && !isReset
          ? 'stop'
          : undefined;
  if (isReset) [due, last, isOrdered] = [undefined, 'reset', false];
  // The alarm of a lost board is a stop, and not what it is about.
  else if (happened === 'stop' && due === 'board-lost') [last, isOrdered] = [due, false];
  else if (happened !== undefined) [due, last, isOrdered] = [happened, happened, false];
  if (event.kind === 'production' && takesOrders(before)) isOrdered = true;
  if (after.enabled && !before.enabled && due !== undefined) return due;
  // A board that comes back takes up whatever the unit still commands.
  if (event.kind === 'cycle' && due !== undefined && runsAnOrder(after, profile)) return due;
  const isWarned = WARNING.has(after.unit);
  const entersByCommand = isWarned && !WARNING.has(before.unit) && event.kind === 'command';
  const goesOn = isWarned || after.unit === 'Execute' || after.unit === 'Completing';
  const isCommanded = goesOn && (watched.isCommanded || event.kind === 'command');
  if (entersByCommand && !isOrdered) return last;
  if (runsAnOrder(after, profile) && !runsAnOrder(before, profile) && !isCommanded) return last;
  return { due, last, isOrdered, isCommanded };
}

/** Result of an exploration of the unit, the same for every cell. */
export interface UnitExplored {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** By the event that starts something: a shortest way there, as events with the state after each. */
  readonly violations: ReadonlyMap<UnitEventName, readonly (readonly [event: string, state: string])[]>;
  /** Times that something began to run: an exploration in which nothing does shows nothing. */
  readonly starts: number;
}

/** The unit steps by ticks of its own: what lies further back than its longest time is as long ago as that. */
function settle(machine: UnitMachine, now: number, tickMs: number, longestMs: number): UnitMachine {
  const moved = (since: number | undefined) =>
    since === undefined
      ? undefined
      : monotonicMs(NOW_MS - Math.min(longestMs, Math.round((now - since) / tickMs) * tickMs));
  return {
    ...machine,
    // Told once, and decides nothing.
    modeRequested: machine.mode,
    stopSince: moved(machine.stopSince),
    warningSince: moved(machine.warningSince),
  };
}

interface Found {
  readonly node: Node;
  readonly from: number;
  readonly letter: string;
  readonly depth: number;
}

/**
 * Explores the reducer of the unit in every reachable state with every event.
 * @param step the reducer; a test gives a faulty one
 */
export function exploreUnit(profile: PackmlProfile, step: typeof stepUnit = stepUnit): UnitExplored {
  const letters = [...cycles(), ...requests()];
  const limits = [STOP_TIME_LIMIT_MS, profile.startWarningMs];
  const { tickMs } = tickFor(limits);
  const first: Watched = { due: 'power-up', last: 'power-up', isOrdered: false, isCommanded: false };
  const root: Node = { machine: settle(INITIAL_UNIT, NOW_MS, tickMs, 0), watched: first };
  const found: Found[] = [{ node: root, from: -1, letter: 'power-up', depth: 0 }];
  const known = new Set([JSON.stringify(root)]);
  const violations = new Map<UnitEventName, readonly (readonly [string, string])[]>();
  let [transitions, starts, depth] = [0, 0, 0];
  for (let at = 0; at < found.length; at += 1) {
    const { node, depth: level } = found[at] as Found;
    depth = level;
    for (const letter of letters) {
      transitions += 1;
      const now = NOW_MS + (letter.isTick ? tickMs : 0);
      let next: Node | UnitEventName = node;
      for (const event of letter.events(now)) {
        if (typeof next === 'string') break;
        const stepped = step(profile, next.machine, event);
        const watched: Watched | UnitEventName = watch(profile, next, event, stepped);
        if (runsAnOrder(stepped.unit, profile) && !runsAnOrder(next.machine, profile)) starts += 1;
        next = typeof watched === 'string' ? watched : { machine: stepped.unit, watched };
      }
      if (typeof next === 'string') {
        if (!violations.has(next)) violations.set(next, [...wayTo(found, at), [letter.name, '!']]);
        continue;
      }
      const settled = { ...next, machine: settle(next.machine, now, tickMs, Math.max(...limits)) };
      const key = JSON.stringify(settled);
      if (known.has(key)) continue;
      known.add(key);
      found.push({ node: settled, from: at, letter: letter.name, depth: level + 1 });
    }
  }
  return { states: found.length, transitions, depth, violations, starts };
}

function wayTo(found: readonly Found[], last: number): readonly (readonly [string, string])[] {
  const way: (readonly [string, string])[] = [];
  for (let at = last; at >= 0; ) {
    const each = found[at] as Found;
    way.push([each.letter, each.node.machine.unit]);
    at = each.from;
  }
  return way.toReversed();
}

const explored = new WeakMap<PackmlProfile, UnitExplored>();

/** One finding for each event after which nothing may start by itself. */
export function checkUnit({ totals }: Context): readonly Finding[] {
  const result = explored.get(DEFAULT_PROFILE) ?? exploreUnit(DEFAULT_PROFILE);
  explored.set(DEFAULT_PROFILE, result);
  const { states, transitions, depth, violations } = result;
  totals.states += states;
  totals.transitions += transitions;
  totals.depth = Math.max(totals.depth, depth);
  return EVENTS.map((event) => {
    const way = violations.get(event);
    const rest = { explored: { states, transitions, depth } };
    if (way === undefined) return finding('unit-waits', { event }, { verdict: 'proved', ...rest });
    const reactions = way.map(([name, value], atMs): Reaction => ({ atMs, kind: 'unit', name, value }));
    const trace = { changes: [], reactions, endMs: way.length - 1, isConfirmed: true };
    return finding('unit-waits', { event }, { verdict: 'refuted', ...rest, trace });
  });
}
