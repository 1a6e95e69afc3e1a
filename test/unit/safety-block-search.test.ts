// Goal: every block of the catalogue keeps what holds for all of them, and no state or transition of its table is dead.
// Method: a search through whatever each block can do, by its interface alone: in every call one or two inputs change, time passes,
// or other parameters are given, until all transitions are seen and some thousand more steps are taken.
import { describe, expect, test } from 'vitest';
import { blockInterface, SAFETY_BLOCKS, type SafetyBlockType } from '../../src/core/safety-blocks.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { BLOCK_MACHINES, type BlockInputs } from '../../src/safety/blocks.ts';
import { type BlockState, blockFlags, idleBlock } from '../../src/safety/function-block.ts';

const TYPES = Object.keys(SAFETY_BLOCKS) as SafetyBlockType[];

/** Searching goes on for so many steps once everything has been seen, and ends with a failure after so many. */
const STEPS = { more: 10_000, max: 1_000_000 } as const;

const RESET = 'RESET';

/** Blocks with a time out of range or in the wrong order show it; the others are never given one. */
const ODD_TIMES: Partial<Record<SafetyBlockType, Readonly<Record<string, number>>>> = {
  SF_ResetButton: { trailingMinimumMs: 300, trailingMaximumMs: 200 },
  SF_TestableSafetySensor: { testTimeMs: 151 },
  SF_MutingSeq: { maxMutingTimeMs: 600_001 },
  SF_MutingPar: { discTimeEntryMs: 3, discTimeExitMs: 3, maxMutingTimeMs: 600_001 },
  SF_MutingPar_2Sensor: { discTimeEntryMs: 3, maxMutingTimeMs: 600_001 },
};

/** Times in rising and in falling order, with each value of every flag. */
function parametersOf(type: SafetyBlockType): readonly BlockInputs[] {
  const { times, flags } = blockInterface(type);
  const unit = type === 'SF_ResetButton' ? 100 : 3;
  const names = Object.keys(times);
  const rising = Object.fromEntries(names.map((name, index) => [name, unit * (index + 1)]));
  const falling = Object.fromEntries(names.toReversed().map((name, index) => [name, unit * (index + 1)]));
  const odd = ODD_TIMES[type];
  const all = [rising, ...(names.length > 1 && type !== 'SF_ResetButton' ? [falling] : []), ...(odd ? [odd] : [])];
  const used = Object.keys(flags).filter((flag) => flag !== 'fullBodyAccess');
  return used.reduce<readonly BlockInputs[]>(
    (sets, flag) =>
      sets.flatMap((set) => [
        { ...set, [flag]: false },
        { ...set, [flag]: true },
      ]),
    all,
  );
}

/** Inputs that may change. A selector of two modes shows what one of eight does. */
function inputsOf(type: SafetyBlockType): readonly string[] {
  const { signals, drives, reset } = blockInterface(type);
  const gates = Object.entries(drives).flatMap(([key, { isGate }]) => (isGate ? [key] : []));
  const names = Object.keys(signals).filter((key) => !/^mode[2-7]$/.test(key));
  return [...names, ...gates, ...(reset === undefined ? [] : [RESET])];
}

interface Node {
  readonly state: BlockState;
  readonly values: Readonly<Record<string, boolean>>;
  readonly set: number;
  /** Reset rose in the call that led here. */
  readonly edge: boolean;
}

interface Visit {
  readonly node: Node;
  readonly nowMs: number;
}

/** Nodes that are still to be looked at: first those in states with transitions that nobody has seen, in turn. */
class Frontier {
  readonly #wanted: ReadonlySet<string>;
  readonly #byCode = new Map<string, Visit[]>();
  readonly #taken = new Map<string, number>();

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  add(visit: Visit): void {
    const { code } = visit.node.state;
    const visits = this.#byCode.get(code) ?? [];
    this.#byCode.set(code, visits);
    visits.push(visit);
  }

  take(): Visit | undefined {
    const open = [...this.#byCode].filter(([, visits]) => visits.length > 0).map(([code]) => code);
    const rank = (code: string): number =>
      (this.#taken.get(code) ?? 0) + ([...this.#wanted].some((pair) => pair.startsWith(code)) ? 0 : 1_000_000);
    const [code] = open.toSorted((a, b) => rank(a) - rank(b));
    if (code === undefined) return undefined;
    this.#taken.set(code, (this.#taken.get(code) ?? 0) + 1);
    const visits = this.#byCode.get(code);
    return (this.#taken.get(code) ?? 0) % 2 === 0 ? visits?.pop() : visits?.shift();
  }
}

interface Found {
  readonly codes: ReadonlySet<string>;
  readonly transitions: ReadonlySet<string>;
  readonly broken: readonly unknown[];
}

function brokenRules(type: SafetyBlockType, before: Node, after: Node, inputs: BlockInputs): readonly string[] {
  const machine = BLOCK_MACHINES[type];
  const { outputs, states } = blockInterface(type);
  const now = machine.outputs(after.state);
  const { error } = blockFlags(after.state.code);
  const main = Object.entries(outputs)[0];
  const hasRisen = main !== undefined && now[main[0]] === true && !machine.isOn(before.state);
  const isFree = inputs['autoReset'] === true || now['overrideActive'] === true;
  const rules = {
    'the code is one of its own': Object.hasOwn(states, after.state.code),
    'an error switches all outputs off': !error || Object.values(now).every((isOn) => !isOn),
    'what an output needs is TRUE': Object.entries(outputs).every(
      ([name, { needs }]) => now[name] !== true || needs.every((key) => inputs[key] === true),
    ),
    'a latching output comes on by a rising edge of reset alone':
      !(hasRisen && main[1].latches) || isFree || after.edge || before.edge,
    'it comes on after a call that waited': !hasRisen || before.state.code !== '0000',
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

function call(type: SafetyBlockType, node: Node, next: Omit<Node, 'state' | 'edge'>, dtMs: number, nowMs: number) {
  const { [RESET]: reset = false, ...signals } = next.values;
  const inputs = { ...signals, ...parametersOf(type)[next.set] };
  const now = monotonicMs(nowMs + dtMs);
  const state = BLOCK_MACHINES[type].step(node.state, { now, activate: true, reset, inputs });
  return { inputs, node: { ...next, state, edge: reset && !node.state.resetBefore } satisfies Node };
}

const ageMs = (since: number | undefined, nowMs: number) => (since === undefined ? -1 : Math.min(nowMs - since, 500));

function keyOf({ state, values, set, edge }: Node, nowMs: number): string {
  const ages = [ageMs(state.enteredAt, nowMs), ageMs(state.timerStartedAt, nowMs)];
  return JSON.stringify([state.code, state.resetBefore, state.before, state.choice, ages, values, set, edge]);
}

function search(type: SafetyBlockType): Found {
  const machine = BLOCK_MACHINES[type];
  const names = inputsOf(type);
  const sets = parametersOf(type).map((_, index) => index);
  const times = type === 'SF_ResetButton' ? [1, 100, 201] : [0, 1, 3, 7];
  const wanted = new Set(machine.transitions.map(([from, to]) => `${from} ${to}`));
  const codes = new Set(['0000']);
  const transitions = new Set<string>();
  const broken: unknown[] = [];
  const start = { values: Object.fromEntries(names.map((name) => [name, false])), set: 0, edge: false };
  const frontier = new Frontier(wanted);
  frontier.add({ node: { ...start, state: idleBlock() }, nowMs: 0 });
  const seen = new Set<string>();
  const changes = names.flatMap((one, index) => [[one], ...names.slice(index + 1).map((other) => [one, other])]);
  let steps = 0;
  let left: number = STEPS.more;
  const visit = (node: Node, next: Omit<Node, 'state' | 'edge'>, dtMs: number, nowMs: number): void => {
    const after = call(type, node, next, dtMs, nowMs);
    steps += 1;
    if (wanted.size === 0) left -= 1;
    codes.add(after.node.state.code);
    const taken = `${node.state.code} ${after.node.state.code}`;
    transitions.add(taken);
    wanted.delete(taken);
    const rules = brokenRules(type, node, after.node, after.inputs);
    if (rules.length > 0 && broken.length < 3) broken.push({ rules, from: node, to: after.node });
    const key = keyOf(after.node, nowMs + dtMs);
    if (seen.has(key)) return;
    seen.add(key);
    frontier.add({ node: after.node, nowMs: nowMs + dtMs });
  };
  for (let next = frontier.take(); next !== undefined && left > 0 && steps < STEPS.max; next = frontier.take()) {
    const { node, nowMs } = next;
    for (const dtMs of times) visit(node, node, dtMs, nowMs);
    for (const set of sets) if (set !== node.set) visit(node, { ...node, set }, 1, nowMs);
    for (const change of changes) {
      const values = {
        ...node.values,
        ...Object.fromEntries(change.map((name) => [name, node.values[name] !== true])),
      };
      visit(node, { values, set: node.set }, 1, nowMs);
    }
  }
  return { codes, transitions, broken };
}

const searched = new Map<SafetyBlockType, Found>();
function found(type: SafetyBlockType): Found {
  const known = searched.get(type) ?? search(type);
  searched.set(type, known);
  return known;
}

describe.each(TYPES)('%s', (type) => {
  const machine = BLOCK_MACHINES[type];

  test('reaches every state and takes every transition of its table', () => {
    const { codes, transitions } = found(type);
    expect([...codes].sort()).toEqual([...machine.codes].sort());
    // A state that is passed within one call shows as the way over it.
    const isTaken = (from: string, to: string): boolean =>
      transitions.has(`${from} ${to}`) ||
      machine.transitions.some(([over, end]) => over === to && transitions.has(`${from} ${end}`));
    expect(machine.transitions.filter(([from, to]) => !isTaken(from, to))).toEqual([]);
  });

  test('keeps the rules of all blocks in every step', () => {
    expect(found(type).broken).toEqual([]);
  });

  test('is idle, with all outputs FALSE, in the call in which it is not activated, from every state', () => {
    for (const code of machine.codes) {
      const state = { ...idleBlock(), code, choice: 0 };
      const next = machine.step(state, { now: monotonicMs(1), activate: false, reset: true, inputs: {} });
      expect(next.code).toBe('0000');
      expect(Object.values(machine.outputs(next)).every((isOn) => !isOn)).toBe(true);
    }
  });

  test('has a way from every state to its main output', () => {
    const ends = new Set(Object.values(blockInterface(type).outputs)[0]?.trueIn);
    for (let size = 0; size !== ends.size; ) {
      size = ends.size;
      for (const [from, to] of machine.transitions) if (ends.has(to)) ends.add(from);
    }
    const dead = machine.codes.filter((code) => !ends.has(code));
    // Parameters that make no sense are constants too.
    expect(dead.filter((code) => code !== 'C000' && code !== 'C005')).toEqual([]);
  });

  test('never turns an output on while reset is held and nothing else changes', () => {
    if (Object.values(blockInterface(type).outputs)[0]?.latches !== true) return;
    for (const code of machine.codes.filter((candidate) => candidate !== '0000' && candidate !== '8804')) {
      const inputs: Record<string, boolean | number> = { ...parametersOf(type)[0] };
      for (const name of inputsOf(type)) inputs[name] = name !== 'hold';
      let state: BlockState = { ...idleBlock(), code };
      if (machine.isOn(state)) continue;
      for (let step = 0; step < 4; step += 1) {
        state = machine.step(state, { now: monotonicMs(step), activate: true, reset: true, inputs });
        expect([code, machine.isOn(state)]).toEqual([code, false]);
      }
    }
  });
});
