// The same bytes and the same world give the same replies and edges from the core in process and from the image that is
// flashed. `npm run campaign:differential` tells thousands of stories more.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, tellBoth } from '../support/differential.ts';
import { axisStories, storiesOf } from '../support/differential-stories.ts';

const RUNS = { uno: 200, mega: 40 } as const;
/** The same stories in every run; new ones are the campaign's, which takes any seed. */
const SEED = 1;
const AXIS_RUNS = 40;

describe('levels 1 and 3', () => {
  it.each(['uno', 'mega'] as const)(
    'tell the same story of the %s, whatever happens to it',
    { timeout: 300_000 },
    (kind) => {
      fc.assert(
        fc.property(storiesOf(kind), (steps) => {
          const { core, chip } = tellBoth(steps, kind);
          expect(differenceOf(core, chip)).toBeUndefined();
        }),
        { numRuns: RUNS[kind], seed: SEED },
      );
    },
  );

  it('tell the same story of a step axis, to the step but for the time of a stop', { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(axisStories, (steps) => {
        const { core, chip } = tellBoth(steps);
        expect(differenceOf(core, chip)).toBeUndefined();
      }),
      { numRuns: AXIS_RUNS, seed: SEED },
    );
  });
});
