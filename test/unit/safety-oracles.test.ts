// Goal: each function block does what the PLCopen state machine does, for every history of its inputs.
// Method: a second, independent statement of each machine (V1.0 codes, as published in model-checking encodings, translated
// to V2.01) walks in parallel; all input vectors are tried in every state that the pair can reach, to closure.
import { expect, test } from 'vitest';
import { monotonicMs } from '../../src/core/units.ts';
import type { BlockState, StateTable } from '../../src/safety/function-block.ts';
import { blockOutputs, idleBlock, stepBlock } from '../../src/safety/function-block.ts';
import { INTERLOCK_TABLE } from '../../src/safety/restart-interlock.ts';
import { ANTIVALENT_TABLE } from '../../src/safety/sf-antivalent.ts';
import { EQUIVALENT_TABLE } from '../../src/safety/sf-equivalent.ts';
import { GUARD_TABLE } from '../../src/safety/sf-guard.ts';

const DISCREPANCY_MS = 100;

/** One call of a block: two safe inputs (an emergency stop uses the first), reset, and the time since the last call. */
interface Vector {
  readonly activate: boolean;
  readonly a: boolean;
  readonly b: boolean;
  readonly reset: boolean;
  readonly dtMs: number;
}

/** State of an oracle: V1.0 code, time in it, last reset. */
interface Oracle {
  readonly code: string;
  readonly inStateMs: number;
  readonly lastReset: boolean;
}

interface Facts extends Vector {
  /** R rising. */
  readonly edge: boolean;
  /** The timer that started with the state has run out. */
  readonly timeout: boolean;
}

type Machine = (code: string, facts: Facts) => string;

/** D.2, SF_EmergencyStop, S_StartReset = S_AutoReset = FALSE; the two stricter deviations are marked. */
const emergencyStopV1: Machine = (code, { a: estopIn, reset, edge }) => {
  switch (code) {
    case '0000':
      return '8001';
    case '8001':
      return '8002';
    case '8002':
      return estopIn ? '8003' : code;
    case '8003':
      if (!estopIn) return '8002'; // deviation: before the held reset
      if (reset && !edge) return 'C001';
      return edge ? '8000' : code;
    case 'C001':
      if (!estopIn) return '8002'; // deviation: the model waits for the reset to fall
      return reset ? code : '8003';
    case '8000':
      return estopIn ? code : '8004';
    case '8004':
      return estopIn ? '8005' : code;
    case '8005':
      if (!estopIn) return '8004'; // deviation: before the held reset
      if (reset && !edge) return 'C002';
      return edge ? '8000' : code;
    case 'C002':
      if (!estopIn) return '8004'; // deviation: the model waits for the reset to fall
      return reset ? code : '8005';
    default:
      throw new Error(code);
  }
};

/** SF_Equivalent: SF_Antivalent of D.2 with the second channel inverted. */
const equivalentV1: Machine = (code, { a, b, timeout }) => {
  switch (code) {
    case '0000':
      return '8001';
    case '8001':
      if (a && !b) return '8004';
      if (!a && b) return '8014';
      return a && b ? '8000' : code;
    case '8004':
      if (timeout) return 'C001';
      if (!a) return '8001';
      return b ? '8000' : code;
    case '8014':
      if (timeout) return 'C002';
      if (!b) return '8001';
      return a ? '8000' : code;
    case '8000':
      return !a || !b ? '8005' : code;
    case '8005':
      if (timeout) return 'C003';
      return !a && !b ? '8001' : code;
    case 'C001':
    case 'C002':
    case 'C003':
      return !a && !b ? '8001' : code;
    default:
      throw new Error(code);
  }
};

/** D.2, SF_Antivalent: a is NC, b is NO. */
const antivalentV1: Machine = (code, { a: nc, b: no, timeout }) => {
  switch (code) {
    case '0000':
      return '8001';
    case '8001':
      if (nc && no) return '8004';
      if (!(nc || no)) return '8014';
      return nc ? '8000' : code;
    case '8004':
      if (timeout) return 'C001';
      if (!nc) return '8001';
      return no ? code : '8000';
    case '8014':
      if (timeout) return 'C002';
      if (no) return '8001';
      return nc ? '8000' : code;
    case '8000':
      return !nc || no ? '8005' : code;
    case '8005':
      if (timeout) return 'C003';
      return !nc && no ? '8001' : code;
    case 'C001':
    case 'C002':
    case 'C003':
      return !nc && no ? '8001' : code;
    default:
      throw new Error(code);
  }
};

/** SF_GuardMonitoring, S_StartReset = S_AutoReset = FALSE; the two stricter deviations are marked. */
const guardV1: Machine = (code, { a, b, reset, edge, timeout }) => {
  const bothClosed = a && b;
  const bothOpen = !(a || b);
  switch (code) {
    case '0000':
      return '8001';
    case '8001':
      return bothClosed ? '8003' : '8002';
    case '8002':
      return bothOpen ? '8012' : code;
    case '8012':
      if (bothClosed) return '8005';
      if (a) return '8013';
      return b ? '8014' : code;
    case '8013':
      if (timeout) return 'C011';
      if (!a) return '8002';
      return b ? '8005' : code;
    case '8014':
      if (timeout) return 'C012';
      if (!b) return '8002';
      return a ? '8005' : code;
    case '8005':
      return bothClosed ? '8003' : '8002';
    case '8003':
      if (!bothClosed) return '8002'; // deviation: before the held reset
      if (reset && !edge) return 'C001';
      return edge ? '8000' : code;
    case 'C001':
      if (!bothClosed) return '8002'; // deviation: the model waits for the reset to fall
      return reset ? code : '8003';
    case '8000':
      return bothClosed ? code : '8002';
    case 'C011':
    case 'C012':
      return bothOpen ? '8002' : code;
    default:
      throw new Error(code);
  }
};

interface Block {
  readonly step: (state: BlockState, vector: Vector, nowMs: number) => BlockState;
  readonly machine: Machine;
  readonly toV2: Readonly<Record<string, string>>;
  readonly table: Readonly<Record<string, readonly { readonly to: string }[]>>;
  readonly isSafeTrue: (vector: Vector) => boolean;
  /** Has its own restart interlock. */
  readonly hasReset: boolean;
}

function call<Inputs>(vector: Vector, nowMs: number, inputs: Inputs) {
  return { now: monotonicMs(nowMs), activate: vector.activate, reset: vector.reset, inputs };
}

/** One call of a table with inputs made of the vector. */
function stepOf<Code extends string, Inputs>(
  table: StateTable<Code | '0000', Inputs>,
  inputsOf: (vector: Vector) => Inputs,
) {
  return (state: BlockState, vector: Vector, nowMs: number): BlockState =>
    stepBlock<Code, Inputs>(table, state as BlockState<Code | '0000'>, call(vector, nowMs, inputsOf(vector)));
}

/** SF_Equivalent and SF_Antivalent have the same states. */
const TWO_CHANNELS_TO_V2: Readonly<Record<string, string>> = {
  '0000': '0000',
  '8001': '8801',
  '8004': '8802',
  '8014': '8804',
  '8000': '8000',
  '8005': '8806',
  C001: 'C010',
  C002: 'C020',
  C003: 'C030',
};

const BLOCKS: Readonly<Record<string, Block>> = {
  SF_EmergencyStop: {
    step: stepOf(INTERLOCK_TABLE, ({ a }) => ({ input: a })),
    machine: emergencyStopV1,
    toV2: {
      '0000': '0000',
      '8001': '8001',
      '8002': '8802',
      '8003': '8402',
      C001: 'C001',
      '8000': '8000',
      '8004': '8804',
      '8005': '8404',
      C002: 'C011',
    },
    table: INTERLOCK_TABLE,
    isSafeTrue: ({ a }) => a,
    hasReset: true,
  },
  SF_Equivalent: {
    step: stepOf(EQUIVALENT_TABLE, ({ a, b }) => ({ channelA: a, channelB: b, discrepancyTimeMs: DISCREPANCY_MS })),
    machine: equivalentV1,
    toV2: TWO_CHANNELS_TO_V2,
    table: EQUIVALENT_TABLE,
    isSafeTrue: ({ a, b }) => a && b,
    hasReset: false,
  },
  SF_Antivalent: {
    // The published machine as it stands: a is NC, b is NO.
    step: stepOf(ANTIVALENT_TABLE, ({ a, b }) => ({ channelNC: a, channelNO: b, discrepancyTimeMs: DISCREPANCY_MS })),
    machine: antivalentV1,
    toV2: TWO_CHANNELS_TO_V2,
    table: ANTIVALENT_TABLE,
    isSafeTrue: ({ a, b }) => a && !b,
    hasReset: false,
  },
  SF_Guard: {
    step: stepOf(GUARD_TABLE, ({ a, b }) => ({ switch1: a, switch2: b, discrepancyTimeMs: DISCREPANCY_MS })),
    machine: guardV1,
    toV2: {
      '0000': '0000',
      '8001': '8001',
      '8002': '8802',
      '8003': '8402',
      '8012': '8804',
      '8013': '8806',
      '8014': '8808',
      '8005': '8002',
      '8000': '8000',
      C001: 'C001',
      C011: 'C010',
      C012: 'C020',
    },
    table: GUARD_TABLE,
    isSafeTrue: ({ a, b }) => a && b,
    hasReset: true,
  },
};

const FLAGS = [false, true];
const VECTORS: readonly Vector[] = FLAGS.flatMap((activate) =>
  FLAGS.flatMap((a) =>
    FLAGS.flatMap((b) =>
      FLAGS.flatMap((reset) =>
        [0, DISCREPANCY_MS / 2, DISCREPANCY_MS].map((dtMs) => ({ activate, a, b, reset, dtMs })),
      ),
    ),
  ),
);

function stepOracle(machine: Machine, oracle: Oracle, vector: Vector): Oracle {
  const inStateMs = oracle.inStateMs + vector.dtMs;
  const edge = vector.reset && !oracle.lastReset;
  const code = vector.activate
    ? machine(oracle.code, { ...vector, edge, timeout: inStateMs >= DISCREPANCY_MS })
    : '0000';
  return { code, inStateMs: code === oracle.code ? inStateMs : 0, lastReset: vector.reset };
}

interface Pair {
  readonly state: BlockState;
  readonly oracle: Oracle;
  readonly nowMs: number;
  readonly depth: number;
}

/** Two histories with one key behave alike from here on: only the time in the state matters, and only up to the limit. */
function keyOf({ state, oracle, nowMs }: Pair): string {
  const elapsed = (ms: number) => Math.min(ms, DISCREPANCY_MS);
  return [
    state.code,
    state.resetBefore,
    elapsed(nowMs - state.enteredAt),
    oracle.code,
    oracle.lastReset,
    elapsed(oracle.inStateMs),
  ].join(' ');
}

interface Exploration {
  readonly steps: number;
  readonly depth: number;
  readonly codes: ReadonlySet<string>;
  readonly transitions: ReadonlySet<string>;
}

/** Tries all vectors in all reachable pairs and calls `check` for every step. */
function explore(block: Block, check: (before: Pair, vector: Vector, after: Pair) => void): Exploration {
  const start: Pair = {
    state: idleBlock(),
    oracle: { code: '0000', inStateMs: 0, lastReset: true },
    nowMs: 0,
    depth: 0,
  };
  const queue: Pair[] = [start];
  const seen = new Set([keyOf(start)]);
  const codes = new Set<string>([start.state.code]);
  const transitions = new Set<string>();
  let steps = 0;
  for (const before of queue) {
    for (const vector of VECTORS) {
      const nowMs = before.nowMs + vector.dtMs;
      const state = block.step(before.state, vector, nowMs);
      const after = { state, oracle: stepOracle(block.machine, before.oracle, vector), nowMs, depth: before.depth + 1 };
      check(before, vector, after);
      steps += 1;
      codes.add(state.code);
      if (vector.activate && state.code !== before.state.code) transitions.add(`${before.state.code} ${state.code}`);
      if (seen.has(keyOf(after))) continue;
      seen.add(keyOf(after));
      queue.push(after);
    }
  }
  return { steps, depth: queue.at(-1)?.depth ?? 0, codes, transitions };
}

test.each(Object.entries(BLOCKS))('%s agrees with the oracle for every history of its inputs', (_name, block) => {
  const { steps, depth } = explore(block, (before, vector, after) => {
    const expected = block.toV2[after.oracle.code];
    if (after.state.code !== expected) {
      expect({ from: before.state.code, vector, to: after.state.code }).toEqual({
        from: before.state.code,
        vector,
        to: expected,
      });
    }
  });
  // The exploration is closed: nothing new comes from going deeper than this.
  expect(depth).toBeGreaterThanOrEqual(5);
  expect(steps).toBeGreaterThan(500);
});

test.each(Object.entries(BLOCKS))('%s reaches every state and takes every transition of its table', (_name, block) => {
  const { codes, transitions } = explore(block, () => undefined);
  expect([...codes].sort()).toEqual(Object.keys(block.table).sort());
  const tabled = Object.entries(block.table).flatMap(([from, rows]) => rows.map(({ to }) => `${from} ${to}`));
  expect([...transitions].sort()).toEqual([...new Set(tabled)].sort());
});

test.each(Object.entries(BLOCKS))('%s keeps the rules that all function blocks have in common', (_name, block) => {
  explore(block, (before, vector, after) => {
    const was = blockOutputs(before.state.code);
    const now = blockOutputs(after.state.code);
    const edge = vector.reset && !before.state.resetBefore;
    const rules = {
      'an error switches the output off': !now.error || !now.output,
      'an inactive block is idle': vector.activate || (after.state.code === '0000' && !now.ready && !now.output),
      'only an inactive block is not ready': now.ready === (after.state.code !== '0000'),
      'the output is on in 8000 only': now.output === (after.state.code === '8000'),
      'an input that falls switches off in the same call': block.isSafeTrue(vector) || !now.output,
      'switching on needs a reset edge': !block.hasReset || was.output || !now.output || edge,
      'switching on passes a state that waits for it': was.output || !now.output || was.ready,
      'the safe input was on before the reset edge': !block.hasReset || was.output || !now.output || was.resetRequest,
      'a demand and an error are told apart': !now.error || !now.safetyDemand,
    };
    const broken = Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
    if (broken.length > 0) expect({ broken, from: before.state.code, vector, to: after.state.code }).toBeUndefined();
  });
});

test('every sequence of eight calls of an emergency stop gives the answers of the oracle, without any short cut', () => {
  const vectors = VECTORS.filter(({ activate, dtMs, b }) => activate && dtMs === 0 && !b);
  const block = BLOCKS['SF_EmergencyStop'];
  if (block === undefined) throw new Error('no block');
  let leaves = 0;
  const descend = (state: BlockState, oracle: Oracle, depth: number): void => {
    if (depth === 8) {
      leaves += 1;
      return;
    }
    for (const vector of vectors) {
      const next = block.step(state, vector, 0);
      const expected = stepOracle(block.machine, oracle, vector);
      if (next.code !== block.toV2[expected.code]) expect(next.code).toBe(block.toV2[expected.code]);
      descend(next, expected, depth + 1);
    }
  };
  descend(idleBlock(), { code: '0000', inStateMs: 0, lastReset: true }, 0);
  expect(leaves).toBe(4 ** 8);
});
