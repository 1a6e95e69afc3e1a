// Tries all values of all inputs, with and without time passing, in every state that a block and its oracle can reach together.
import type { BlockState } from '../../src/safety/function-block.ts';
import { firstPair, keyOf, type Pair, stepPair } from './block-under-test.ts';
import type { BlockOracle, Levels, Scan, Settings } from './oracles/oracle.ts';

export interface Step {
  readonly settings: Settings;
  readonly before: Pair;
  readonly scan: Scan;
  readonly after: Pair;
}

export interface Exploration {
  readonly steps: number;
  /** Pairs of block and oracle that differ in what they will do. */
  readonly pairs: number;
  /** Calls from activation to the pair that was reached last. */
  readonly depth: number;
  readonly codes: ReadonlySet<BlockState['code']>;
  /** Changes of state of the activated block, as `from to`. */
  readonly transitions: ReadonlySet<string>;
}

function combinations(inputs: readonly string[]): readonly Levels[] {
  return inputs.reduce<readonly Levels[]>(
    (all, input) => all.flatMap((levels) => [false, true].map((level) => ({ ...levels, [input]: level }))),
    [{}],
  );
}

/** Below, at and above each limit, as far as they are whole milliseconds. */
export function timeSteps(limitsMs: readonly number[]): readonly number[] {
  return [...new Set([0, ...limitsMs.flatMap((limitMs) => [limitMs - 1, limitMs, limitMs + 1])])];
}

/** `slice`: of blocks with many inputs, time passes only as long as the shortest limit, and inputs are unread one at a time. */
export type Effort = 'all' | 'slice';

/** From so many inputs on a slice is less than everything. */
const MANY_INPUTS = 6;

/** @returns all calls to try: any levels after any time, each input unread, and without Activate */
function scansOf(oracle: BlockOracle, settings: Settings, effort: Effort): readonly Scan[] {
  const isSlice = effort === 'slice' && oracle.inputs.length >= MANY_INPUTS;
  const fixed = oracle.fixed?.(settings) ?? {};
  const inputs = oracle.inputs.filter((input) => fixed[input] === undefined);
  const levels = combinations(inputs).map((each) => ({ ...each, ...fixed }));
  const limitsMs = oracle.limitsMs(settings);
  const times = isSlice ? [0, ...limitsMs.toSorted((a, b) => a - b).slice(0, 1)] : timeSteps(limitsMs);
  const allOff = levels.slice(0, 1);
  const allOn = levels.slice(-1);
  const unread = inputs.flatMap((input) => (isSlice ? allOn : levels).map((each) => ({ ...each, [input]: undefined })));
  return [
    ...times.flatMap((dtMs) => levels.map((each): Scan => ({ activate: true, levels: each, dtMs }))),
    ...unread.map((each): Scan => ({ activate: true, levels: each, dtMs: 0 })),
    ...(isSlice ? allOff : levels).map((each): Scan => ({ activate: false, levels: each, dtMs: 0 })),
  ];
}

/** More pairs than any block has: the block and its oracle count something that has no end. */
const PAIRS_MAX = 50_000;

/**
 * Explores until nothing new is reached, for each of the oracle's settings.
 * @param see called for every step; FALSE ends the exploration
 * @throws Error when there is no end to it
 */
export function explore(oracle: BlockOracle, effort: Effort, see: (step: Step) => boolean): Exploration {
  const codes = new Set<string>();
  const transitions = new Set<string>();
  let [steps, pairs, depth] = [0, 0, 0];
  for (const settings of oracle.settings) {
    const capMs = Math.max(0, ...oracle.limitsMs(settings)) + 1;
    const scans = scansOf(oracle, settings, effort);
    const queue = [firstPair(oracle)];
    const seen = new Set(queue.map((pair) => keyOf(pair, capMs)));
    for (const before of queue) {
      codes.add(before.state.code);
      for (const scan of scans) {
        const after = stepPair(oracle, settings, before, scan);
        if (!see({ settings, before, scan, after })) return { steps, pairs, depth, codes, transitions };
        steps += 1;
        if (scan.activate) transitions.add(`${before.state.code} ${after.state.code}`);
        const key = keyOf(after, capMs);
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push(after);
        if (queue.length > PAIRS_MAX) throw new Error(`${oracle.type}: more than ${PAIRS_MAX} pairs`);
      }
    }
    pairs += queue.length;
    depth = Math.max(depth, queue.at(-1)?.depth ?? 0);
  }
  return { steps, pairs, depth, codes, transitions };
}
