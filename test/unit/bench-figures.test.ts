// The arithmetic of the benchmark's table; what it times is not tested, only what it makes of the times.
import { describe, expect, it } from 'vitest';
import { boundedFigure, comparedFigure, type Figure } from '../bench/figure.ts';
import { busyWarning } from '../bench/machine.ts';
import { formatNumber, formatReport } from '../bench/report.ts';
import { median, medianRatio, percentile, spread } from '../bench/statistics.ts';

describe('the numbers over runs', () => {
  it('take the middle value, and between two middle values their mean', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it('take the percentile by nearest rank, so that it is a value that was measured', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(percentile(values, 99)).toBe(198);
    expect(percentile(values, 50)).toBe(100);
    expect(percentile(values, 100)).toBe(200);
    expect(percentile([3], 99)).toBe(3);
  });

  it('compare numbers as numbers and leave the measured order alone', () => {
    const values = [100, 9, 20];
    expect(spread(values)).toEqual({ min: 9, median: 20, max: 100, count: 3 });
    expect(values).toEqual([100, 9, 20]);
  });

  it('give no result for no measurement', () => {
    expect(() => median([])).toThrow(RangeError);
    expect(() => percentile([], 50)).toThrow(RangeError);
    expect(() => spread([])).toThrow(RangeError);
    expect(() => percentile([1], 0)).toThrow(RangeError);
    expect(() => percentile([1], 101)).toThrow(RangeError);
  });

  it('compare run by run: a run that was slow for both says nothing', () => {
    expect(medianRatio([1.2, 12, 1.2], [1, 10, 1])).toBeCloseTo(1.2);
  });

  it('refuse a reference that does not pair up or is not above zero', () => {
    expect(() => medianRatio([1, 2], [1])).toThrow(RangeError);
    expect(() => medianRatio([1], [0])).toThrow(RangeError);
    expect(() => medianRatio([1], [Number.NaN])).toThrow(RangeError);
  });
});

const compared = (measured: readonly number[], ratioMax: number | undefined): Figure =>
  comparedFigure({
    name: 'edge',
    requirement: 'p50 <= 1.3 x bare echo',
    unit: 'ms',
    measured,
    reference: { what: 'bare echo', runs: measured.map(() => 1) },
    ratioMax,
    note: '',
  });

const bounded = (values: readonly number[], judged: 'median' | 'max', kind: 'at most' | 'at least'): Figure =>
  boundedFigure({
    name: 'lease',
    requirement: '101 ms',
    unit: 'ms',
    values,
    judged,
    limit: { what: 'required', value: 101, kind },
    note: 'three phases',
  });

describe('a figure', () => {
  it('meets its budget up to and with the limit', () => {
    expect(compared([1.3], 1.3)).toMatchObject({ ratio: 1.3, met: true });
    expect(compared([1.31], 1.3)).toMatchObject({ ratio: 1.31, met: false });
    expect(bounded([100, 101], 'max', 'at most')).toMatchObject({ ratio: 1, met: true });
  });

  it('has no verdict without a budget', () => {
    expect(compared([5], undefined).met).toBe('n/a');
  });

  it('is judged by its worst value where that is the requirement', () => {
    expect(bounded([1, 1, 102], 'max', 'at most').met).toBe(false);
    expect(bounded([1, 1, 102], 'median', 'at most').met).toBe(true);
  });

  it('can be judged by a lower limit', () => {
    expect(bounded([100], 'median', 'at least').met).toBe(false);
    expect(bounded([101], 'median', 'at least').met).toBe(true);
  });
});

const MACHINE = {
  cpu: 'bench cpu',
  cores: 2,
  memoryGiB: 4,
  node: 'v24',
  platform: 'linux x64',
  loadAverage: [0.1, 0.2, 0.3],
  at: '2026-01-01T00:00:00.000Z',
};

describe('the report', () => {
  const report = { machine: MACHINE, quick: false, figures: [bounded([99, 100, 102], 'max', 'at most')], failures: [] };

  it('shows least, middle and greatest value, the reference, the ratio and the verdict', () => {
    const row = formatReport(report)
      .split('\n')
      .find((line) => line.startsWith('| lease'));
    expect(row?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      'lease',
      '101 ms',
      '99 / 100 / 102 ms',
      '101 ms (required)',
      '1.01',
      'NO',
      '',
    ]);
  });

  it('names the budgets that were missed, and measurements that failed', () => {
    const text = formatReport({ ...report, failures: [{ name: 'kill', reason: 'no pseudo-terminal' }] });
    expect(text).toContain('budgets missed: lease');
    expect(text).toContain('FAILED kill: no pseudo-terminal');
    expect(formatReport({ ...report, figures: [] })).toContain('no budget was missed');
  });

  it('warns when the machine was busy, or the run was a quick one', () => {
    expect(formatReport(report)).not.toContain('WARNING');
    expect(formatReport({ ...report, machine: { ...MACHINE, loadAverage: [3, 1, 1] } })).toContain('WARNING');
    expect(formatReport({ ...report, quick: true })).toContain('WARNING');
    expect(busyWarning({ loadAverage: [1], cores: 2 })).toBeUndefined();
    expect(busyWarning({ loadAverage: [1.01], cores: 2 })).toMatch(/busy/);
  });

  it('writes three digits that count, and more from 100 on', () => {
    expect([0.012345, 1.2345, 12.345, 100.9449, 123456.7, 0].map(formatNumber)).toEqual([
      '0.0123',
      '1.23',
      '12.3',
      '100.94',
      '123457',
      '0',
    ]);
  });
});
