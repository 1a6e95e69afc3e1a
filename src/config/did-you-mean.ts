// The nearest of some known names, for hints about misspelt keys and names.

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const substitute = at(previous, j - 1) + cost;
      const best = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, substitute);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(swapped ? Math.min(best, at(beforePrevious, j - 2) + 1) : best);
    }
    beforePrevious = previous;
    previous = row;
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** Words longer than this get no hint: the distance costs the product of both lengths. */
const LENGTH_MAX = 64;

/** @returns the known word nearest to `word`, or undefined when none is near enough to be a slip of the fingers. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  if (word.length > LENGTH_MAX) return undefined;
  const near = Math.max(1, Math.floor(word.length / 3));
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= near && (best === undefined || distance < best.distance)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** Only so many words are compared, which bounds the work for a file full of mistakes. */
const KNOWN_MAX = 200;

/** @returns the known word with the fewest differences, however many; `-` when there is none. */
export function nearest(word: string, known: readonly string[]): string {
  const start = word.slice(0, LENGTH_MAX);
  const ranked = known
    .slice(0, KNOWN_MAX)
    .map((candidate) => ({ candidate, distance: editDistance(start, candidate) }));
  return ranked.toSorted((a, b) => a.distance - b.distance)[0]?.candidate ?? '-';
}
