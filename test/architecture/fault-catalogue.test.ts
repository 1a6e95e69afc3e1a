// Goal: every row of the fault catalogue has a test that says so, and no test claims a row that does not exist.
import { describe, expect, it } from 'vitest';
import { rowTests } from '../../docs/fault-row-tests.ts';
import { FAULT_ROWS } from '../../docs/fault-rows.ts';

const ROWS = Object.keys(FAULT_ROWS);
const FOUND = rowTests();

describe('the fault catalogue', () => {
  it('has a test for every row', () => {
    const proven = new Set(FOUND.map(({ row }) => row));
    expect(ROWS.filter((row) => !proven.has(row))).toEqual([]);
  });

  it('has a row for every number in the title of a test', () => {
    expect(FOUND.filter(({ row }) => !ROWS.includes(row))).toEqual([]);
  });

  it('was compared with the titles that there are', () => {
    expect(FOUND.length).toBeGreaterThan(ROWS.length);
    expect(FOUND).toContainEqual(expect.objectContaining({ row: 'M10', file: 'test/scenario/two-boards.test.ts' }));
    expect(FOUND).toContainEqual(expect.objectContaining({ row: 'P1', file: 'test/realtime/host-loss.test.ts' }));
  });
});
