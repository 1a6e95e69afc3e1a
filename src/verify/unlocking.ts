// Property 1, of guard locking: a guard can be opened only while nothing behind it moves (ISO 14119, 5.7).
import { outputInterface } from '../core/safety-blocks.ts';
import { type Context, exploredOf, playgroundOf, productFor, run, verdictOf } from './context.ts';
import type { Monitor } from './explore.ts';
import { OPEN } from './part.ts';
import { type Product, STANDSTILL } from './product.ts';
import { type Finding, finding } from './result.ts';
import { traceOf } from './trace.ts';

const UNLOCK = 'unlockGuard';

function unlockMonitor(product: Product, block: string): Monitor {
  const isUnlocking = product.readerOf(`${block}.${UNLOCK}`) ?? (() => false);
  return {
    states: 1,
    step: (_state, letter, _before, after) =>
      product.valueOf(letter, STANDSTILL) === OPEN && isUnlocking(after) ? -1 : 0,
  };
}

export function checkUnlocking(context: Context): readonly Finding[] {
  const locks = context.cell.safety.blocks.filter(({ type }) => outputInterface(type, UNLOCK) !== undefined);
  return locks.map(({ name: block, type }) => {
    const product = productFor(context, [], { blocks: [block], inputs: [STANDSTILL] });
    const outcome = run(context, product, (made) => unlockMonitor(made, block));
    const subject = { block };
    if (outcome.kind !== 'found' || product === undefined) return verdictOf('unlocks-at-rest', subject, outcome);
    const codes = outputInterface(type, UNLOCK)?.trueIn ?? [];
    const trace = traceOf(product, outcome.moves, playgroundOf(context), (_phases, _last, codeOf) =>
      codes.includes(codeOf(block)),
    );
    return finding('unlocks-at-rest', subject, { verdict: 'refuted', explored: exploredOf(outcome), trace });
  });
}
