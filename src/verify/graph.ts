// The reachable states of a product with their edges, for questions about what is possible from everywhere.
import { explore, Growing, type Limits, NO_MONITOR, type Outcome, wayTo } from './explore.ts';
import type { Product } from './product.ts';

export interface Graph {
  readonly outcome: Outcome;
  readonly states: number;
  /** 1 for each state that some path leads from to a state of `targets`. */
  canReach(targets: Uint8Array): Uint8Array;
  /** Letters of a shortest way from power-up to a state. */
  wayTo(state: number): readonly number[];
}

/** Edges that one graph may have: 4 bytes each, twice while it is turned round. */
const EDGES_MAX = 60_000_000;

/**
 * Explores a product and keeps who follows whom.
 * @param visit told every state with its successors, one for each letter
 */
export function graphOf(
  product: Product,
  limits: Limits,
  visit: (state: number, tuple: Int32Array, successors: Int32Array) => void,
): Graph {
  const targets = new Growing();
  const firsts = new Growing();
  const cameFrom = new Growing();
  const cameBy = new Growing();
  const stamps: number[] = [];
  let seen = 1;
  const outcome = explore(product, NO_MONITOR, limits, (state, tuple, successors) => {
    firsts.push(targets.length);
    for (let letter = 0; letter < successors.length; letter += 1) {
      const next = successors[letter] as number;
      if (next >= seen) {
        seen = next + 1;
        cameFrom.push(state);
        cameBy.push(letter);
      }
      if (stamps[next] === state + 1 || targets.length >= EDGES_MAX) continue;
      stamps[next] = state + 1;
      targets.push(next);
    }
    visit(state, tuple, successors);
  });
  firsts.push(targets.length);
  const states = firsts.length - 1;
  // Edges are missing: nothing can be said of what is impossible.
  const isWhole = targets.length < EDGES_MAX;
  const { depth, transitions } = outcome;
  return {
    outcome: isWhole ? outcome : { kind: 'cut', states, transitions, depth, waiting: outcome.states - states },
    states,
    canReach: (wanted) => backwards(states, firsts, targets, wanted),
    wayTo: (state) => wayTo(state, cameFrom, cameBy),
  };
}

function backwards(states: number, firsts: Growing, targets: Growing, wanted: Uint8Array): Uint8Array {
  const counts = new Int32Array(states + 1);
  for (let edge = 0; edge < targets.length; edge += 1)
    counts[targets.at(edge) + 1] = (counts[targets.at(edge) + 1] ?? 0) + 1;
  for (let state = 0; state < states; state += 1) counts[state + 1] = (counts[state + 1] ?? 0) + (counts[state] ?? 0);
  const sources = new Int32Array(targets.length);
  const filled = counts.slice();
  for (let state = 0; state < states; state += 1) {
    for (let edge = firsts.at(state); edge < firsts.at(state + 1); edge += 1) {
      const target = targets.at(edge);
      sources[filled[target] as number] = state;
      filled[target] = (filled[target] as number) + 1;
    }
  }
  const reached = wanted.slice();
  const queue: number[] = [];
  for (let state = 0; state < states; state += 1) if (reached[state] === 1) queue.push(state);
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (let edge = counts[state] as number; edge < (counts[state + 1] as number); edge += 1) {
      const source = sources[edge] as number;
      if (reached[source] === 1) continue;
      reached[source] = 1;
      queue.push(source);
    }
  }
  return reached;
}
