// The reachable states of a product with their edges, for questions about what is possible from everywhere.
import {
  type Exploration,
  exploreAll,
  Growing,
  type Limits,
  NO_MONITOR,
  type Outcome,
  type Visitor,
} from './explore.ts';
import type { Product } from './product.ts';

export interface Graph extends Exploration {
  readonly states: number;
  /** 1 for each state that some path leads from to a state of `targets`. */
  canReach(targets: Uint8Array): Uint8Array;
}

/** Edges that one graph may have: 4 bytes each, twice while it is turned round. */
const EDGES_MAX = 60_000_000;

/** Explores a product and keeps who follows whom. */
export function graphOf(product: Product, limits: Limits, visitor: Visitor): Graph {
  const targets = new Growing();
  const firsts = new Growing();
  // By state: the last state that it was seen to follow, + 1.
  const stamps = new Growing();
  let from = 0;
  const explored = exploreAll(product, NO_MONITOR, limits, {
    state: (state, tuple) => {
      from = state;
      firsts.push(targets.length);
      visitor.state(state, tuple);
    },
    edge: (next, letter, before, after) => {
      while (stamps.length <= next) stamps.push(0);
      if (stamps.at(next) !== from + 1 && targets.length < EDGES_MAX) {
        stamps.set(next, from + 1);
        targets.push(next);
      }
      visitor.edge(next, letter, before, after);
    },
  });
  firsts.push(targets.length);
  const states = firsts.length - 1;
  // Edges are missing: nothing can be said of what is impossible.
  const isWhole = targets.length < EDGES_MAX;
  const { outcome } = explored;
  const { depth, transitions } = outcome;
  const cut: Outcome = { kind: 'cut', states, transitions, depth, waiting: outcome.states - states };
  return {
    ...explored,
    outcome: isWhole ? outcome : cut,
    states,
    canReach: (wanted) => backwards(states, firsts, targets, wanted),
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
