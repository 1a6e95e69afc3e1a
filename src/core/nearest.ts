// Finds the word that was probably meant: for "did you mean" hints in configuration and job orders.

/** Edits beyond which two words have nothing to do with each other, as a share of the longer word. */
const EDITS_SHARE_MAX = 0.4;

/** Longer words are not compared: the effort grows with the square of the length. */
const WORD_LENGTH_MAX = 64;

/** Levenshtein distance: insertions, deletions and substitutions, without regard to case. */
function editDistance(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substitute = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitute, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** @returns the candidate nearest to `word`, or undefined when none is near; the first of equally near ones. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > WORD_LENGTH_MAX) return undefined;
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  for (const candidate of candidates) {
    if (candidate.length > WORD_LENGTH_MAX) continue;
    const edits = editDistance(word, candidate);
    const near = edits <= Math.max(1, Math.floor(Math.max(word.length, candidate.length) * EDITS_SHARE_MAX));
    if (near && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { candidate, edits };
  }
  return best?.candidate;
}
