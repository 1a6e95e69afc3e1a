// Faults that change nothing that anybody could see, each with the reason. They do not count in the score.

/** Reasons by the id of the mutant, as the campaign prints it. */
export const EQUIVALENTS: Readonly<Record<string, string>> = {
  'src/safety/blocks.ts removed: [from, to, when] -> [from, to] /* without 2 */':
    'only the pages of the blocks are made from the condition, and check:docs compares them',
  'src/core/input-trace.ts literal: 1 -> (1 + 1)':
    'the value of what could not be read: any negative number is neither a level nor counts',
  'src/core/input-trace.ts removed: if (count === 0) return trace; -> ;': 'a copy with the same content',
  'src/core/input-trace.ts operator: >= -> > #4': 'pruning at the very moment takes nothing away',
  'src/core/input-trace.ts operator: < -> <=': 'beyond the last input nothing was and nothing is read',
  'src/core/input-trace.ts operator: || -> && #5': 'pruning what is not old takes nothing away',
};
