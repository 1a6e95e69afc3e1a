// Faults that change nothing that a block or the safety program does, each with the reason. They do not count in the score.

/** Reasons by the id of the mutant, as the campaign prints it. */
export const EQUIVALENTS: Readonly<Record<string, string>> = {};
