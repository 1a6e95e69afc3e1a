// Numbers over the runs of a measurement: medians, percentiles, ratios. Pure.

/** What several runs of one measurement gave. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  /** How many values there were. */
  readonly count: number;
}

/**
 * The smallest value that at least `percent` of all values do not exceed (nearest rank).
 * @param percent 0 < percent <= 100
 * @throws RangeError when there are no values: a measurement that measured nothing has no result
 */
export function percentile(values: readonly number[], percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError(`a percentile is above 0 and at most 100, got ${percent}`);
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil((percent / 100) * sorted.length) - 1];
  if (value === undefined) throw new RangeError('no values were measured');
  return value;
}

/** The middle value; between two middle values their mean. @throws RangeError when there are no values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values were measured');
  return (lower + upper) / 2;
}

/** @throws RangeError when there are no values */
export function spread(values: readonly number[]): Spread {
  const [min, ...others] = values.toSorted((a, b) => a - b);
  if (min === undefined) throw new RangeError('no values were measured');
  return { min, median: median(values), max: others.at(-1) ?? min, count: values.length };
}

/**
 * How many times the reference the measured value is: per run, so that what disturbs both in one run cancels; then the
 * median over the runs.
 * @param measured  by run
 * @param reference by run, as many as `measured`
 * @throws RangeError when the runs do not pair up or a reference is not above zero
 */
export function medianRatio(measured: readonly number[], reference: readonly number[]): number {
  if (measured.length !== reference.length) {
    throw new RangeError(`${measured.length} runs were measured against ${reference.length} of the reference`);
  }
  return median(
    measured.map((value, run) => {
      const against = reference[run] ?? 0;
      if (!(against > 0)) throw new RangeError(`a reference is above zero, got ${against}`);
      return value / against;
    }),
  );
}
