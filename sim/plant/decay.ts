// First-order decay over equal steps: the same share is asked for at nearly every step.

/** @returns what computes exp(-x), and remembers the last answer */
export function rememberedDecay(): (x: number) => number {
  let lastX = Number.NaN;
  let share = Number.NaN;
  return (x) => {
    if (x !== lastX) {
      lastX = x;
      share = Math.exp(-x);
    }
    return share;
  };
}
