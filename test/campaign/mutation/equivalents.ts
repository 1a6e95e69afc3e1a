// Faults that change nothing that anybody could see, each with the reason. They do not count in the score.

/** Reasons by the id of the mutant, as the campaign prints it. */
export const EQUIVALENTS: Readonly<Record<string, string>> = {
  'src/safety/blocks.ts removed: [from, to, when] -> [from, to] /* without 2 */':
    'only the pages of the blocks are made from the condition, and check:docs compares them',
  'src/safety/program.ts literal: 1 -> (1 + 1)': 'of the parts of the split reference only the first is read',
  'src/safety/wiring.ts operator: && -> || #2': 'an input has no block of its name to visit',
  'src/safety/muting-frame.ts literal: 0 -> (0 + 1)': 'a time that a block does not have is below its limit either way',
  'src/safety/muting-frame.ts literal: 0 -> (0 + 1) #2':
    'a time that a block does not have is below its limit either way',
  'src/core/input-trace.ts literal: 1 -> (1 + 1)':
    'the value of what could not be read: any negative number is neither a level nor counts',
  'src/core/input-trace.ts removed: if (count === 0) return trace; -> ;': 'a copy with the same content',
  'src/core/input-trace.ts operator: >= -> > #4': 'pruning at the very moment takes nothing away',
  'src/core/input-trace.ts operator: < -> <=': 'beyond the last input nothing was and nothing is read',
  'src/core/input-trace.ts operator: || -> && #5': 'pruning what is not old takes nothing away',
};
