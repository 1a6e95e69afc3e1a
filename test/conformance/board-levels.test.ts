// The same bytes and the same world give the same replies and edges from the core in process and from the image that is
// flashed. `npm run campaign:differential` tells thousands of stories more.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, tellBoth } from '../support/differential.ts';
import { axisStories, stories } from '../support/differential-stories.ts';

const RUNS = 200;
/** The same stories in every run; new ones are the campaign's, which takes any seed. */
const SEED = 1;
const AXIS_RUNS = 40;

describe('levels 1 and 3', () => {
  it('tell the same story, whatever happens to the board', { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(stories, (steps) => {
        const { core, chip } = tellBoth(steps);
        expect(differenceOf(core, chip)).toBeUndefined();
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

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
