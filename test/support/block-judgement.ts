// What an exploration, or a random walk, finds about one safety function block.
import type { RandomStream } from '../../sim/kernel/random.ts';
import { type Effort, type Exploration, explore, type Step, timeSteps } from './block-exploration.ts';
import { brokenRules } from './block-rules.ts';
import { disagreement, firstPair, stepPair } from './block-under-test.ts';
import type { BlockOracle, Levels } from './oracles/oracle.ts';

/** So many of each kind are enough: one fault shows in thousands of steps. */
const KEPT = 3;

interface Verdict {
  /** Steps after which block and oracle say different things. */
  readonly disagreements: readonly unknown[];
  /** Steps that break a rule of all blocks. */
  readonly broken: readonly unknown[];
}

export type BlockFindings = Exploration & Verdict;

function keeper(oracle: BlockOracle): Verdict & { readonly see: (step: Step) => boolean } {
  const disagreements: unknown[] = [];
  const broken: unknown[] = [];
  return {
    disagreements,
    broken,
    see: (step) => {
      const difference = disagreement(oracle, step.after);
      if (difference !== undefined && disagreements.length < KEPT) disagreements.push({ difference, ...step });
      const rules = brokenRules(oracle, step);
      if (rules.length > 0 && broken.length < KEPT) broken.push({ rules, ...step });
      return disagreements.length < KEPT && broken.length < KEPT;
    },
  };
}

/** Everything that the block can do, until it is clear that it does something wrong. */
export function judge(oracle: BlockOracle, effort: Effort): BlockFindings {
  const { see, disagreements, broken } = keeper(oracle);
  return { ...explore(oracle, effort, see), disagreements, broken };
}

function pick<Value>(random: RandomStream, values: readonly Value[]): Value {
  const value = values[random.below(values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** @returns levels as before, but for an input or two that change: so a walk gets far */
function changed(oracle: BlockOracle, levels: Levels, random: RandomStream): Levels {
  const next: Record<string, boolean | undefined> = { ...levels };
  for (let changes = random.below(3); changes > 0; changes -= 1) {
    const input = pick(random, oracle.inputs);
    next[input] = random.chance(0.02) ? undefined : next[input] !== true;
  }
  return next;
}

/** Long histories of one block: `scans` calls in all, shared among the oracle's settings. */
export function judgeRandom(oracle: BlockOracle, scans: number, random: RandomStream): Verdict {
  const { see, disagreements, broken } = keeper(oracle);
  const walks = oracle.settings.length;
  for (const settings of oracle.settings) {
    const times = timeSteps(oracle.limitsMs(settings));
    let before = firstPair(oracle);
    let levels: Levels = {};
    for (let call = 0; call < scans / walks; call += 1) {
      levels = changed(oracle, levels, random);
      const scan = { activate: !random.chance(0.01), levels, dtMs: pick(random, times) };
      const after = stepPair(oracle, settings, before, scan);
      if (!see({ settings, before, scan, after })) return { disagreements, broken };
      before = after;
    }
  }
  return { disagreements, broken };
}
