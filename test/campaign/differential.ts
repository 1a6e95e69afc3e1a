// `npm run campaign:differential [-- <stories> [seed [uno|mega]]]`: tells thousands of stories to both levels of a board.
// Exit code 1 at the first difference, which is printed with the shortest story that shows it.
import fc from 'fast-check';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { differenceOf, edgeSkewMs, tellBoth } from '../support/differential.ts';
import { storiesOf } from '../support/differential-stories.ts';

const [count = '5000', seed = String(Date.now() % 0x7fff_ffff), kindText = 'uno'] = process.argv.slice(2);
const kind: BoardKind = kindText === 'mega' ? 'mega' : 'uno';
const told = { stories: 0, answers: 0, edges: 0, skewMs: 0 };

const result = fc.check(
  fc.property(storiesOf(kind), (steps) => {
    const { core, chip } = tellBoth(steps, kind);
    const difference = differenceOf(core, chip);
    if (difference !== undefined) throw new Error(difference);
    told.stories += 1;
    told.answers += core.answers.length;
    told.edges += core.edges.length;
    told.skewMs = Math.max(told.skewMs, edgeSkewMs(core, chip).driven);
    if (told.stories % 500 === 0) process.stderr.write(`${told.stories} stories, no difference\n`);
  }),
  { numRuns: Number(count), seed: Number(seed) },
);

process.stdout.write(
  `${kind}, seed ${seed}: ${told.stories} stories, ${told.answers} answers, ${told.edges} edges, ` +
    `edges at most ${told.skewMs.toFixed(2)} ms apart\n`,
);
if (result.failed) {
  process.stdout.write(`difference after ${result.numShrinks} shrinks: ${JSON.stringify(result.counterexample)}\n`);
  process.stdout.write(`${String(result.errorInstance)}\n`);
  process.exitCode = 1;
}
