// What a measurement says: one figure per budget, with what it was measured against.
import { medianRatio, type Spread, spread } from './statistics.ts';

export interface Figure {
  readonly name: string;
  /** The budget, as the design states it. */
  readonly requirement: string;
  readonly unit: string;
  /** Over the runs; the median is what the figure says. */
  readonly measured: Spread;
  readonly reference: Reference | undefined;
  /** Measured over reference, median of the runs; undefined when there is nothing to compare with. */
  readonly ratio: number | undefined;
  /** `n/a`: the design sets no budget, the figure is there to be read beside others. */
  readonly met: boolean | 'n/a';
  /** What a reader must know to judge the figure, such as how many events it rests on. */
  readonly note: string;
}

export interface Reference {
  readonly what: string;
  readonly values: Spread;
}

export interface BenchOptions {
  /** Fewer events and runs: shows that it works, says little about the budget. */
  readonly quick: boolean;
  /** One line on what is being done. */
  readonly progress: (text: string) => void;
}

/** Measures one thing; each figure is one line of the table. Rejects when the measurement itself failed. */
export type Measurement = (options: BenchOptions) => Promise<readonly Figure[]>;

interface Comparison {
  readonly name: string;
  readonly requirement: string;
  readonly unit: string;
  /** By run. */
  readonly measured: readonly number[];
  readonly reference: { readonly what: string; readonly runs: readonly number[] };
  /** The ratio must not exceed this; undefined: no budget. */
  readonly ratioMax: number | undefined;
  readonly note: string;
}

/** A figure that is judged by its ratio to a reference measured in the same runs. */
export function comparedFigure(comparison: Comparison): Figure {
  const { name, requirement, unit, measured, reference, ratioMax, note } = comparison;
  const ratio = medianRatio(measured, reference.runs);
  return {
    name,
    requirement,
    unit,
    measured: spread(measured),
    reference: { what: reference.what, values: spread(reference.runs) },
    ratio,
    met: ratioMax === undefined ? 'n/a' : ratio <= ratioMax,
    note,
  };
}

interface Bounded {
  readonly name: string;
  readonly requirement: string;
  readonly unit: string;
  readonly values: readonly number[];
  /** Which value of the spread is judged. */
  readonly judged: 'median' | 'max';
  /** The reference is a number that the design gives; the ratio is to it. */
  readonly limit: { readonly what: string; readonly value: number; readonly kind: 'at most' | 'at least' };
  readonly note: string;
}

/** A figure that is judged against a fixed limit. */
export function boundedFigure({ name, requirement, unit, values, judged, limit, note }: Bounded): Figure {
  const measured = spread(values);
  const value = measured[judged];
  return {
    name,
    requirement,
    unit,
    measured,
    reference: { what: limit.what, values: spread([limit.value]) },
    ratio: limit.value === 0 ? undefined : value / limit.value,
    met: limit.kind === 'at most' ? value <= limit.value : value >= limit.value,
    note,
  };
}
