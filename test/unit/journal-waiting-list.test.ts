import { describe, expect, it } from 'vitest';
import { WaitingList } from '../../src/journal/waiting-list.ts';

describe('those who wait', () => {
  it('are found by their numbers, in any order, and each once', () => {
    const list = new WaitingList<string>();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => list.add(name));
    expect(list.take(b ?? 0)).toBe('b');
    expect(list.take(b ?? 0)).toBeUndefined();
    expect([list.take(c ?? 0), list.take(a ?? 0), list.size]).toEqual(['c', 'a', 0]);
    expect(list.take((c ?? 0) + 1)).toBeUndefined();
  });

  it('keep their numbers while thousands of others are answered, even when the oldest is answered last', () => {
    const list = new WaitingList<number>();
    const first = list.add(-1);
    const numbers = Array.from({ length: 3_000 }, (_, index) => list.add(index));
    expect(numbers.map((number) => list.take(number))).toEqual(numbers.map((_, index) => index));
    const late = list.add(-2);
    expect([list.take(first), list.take(late), list.take(first), list.size]).toEqual([-1, -2, undefined, 0]);
    expect(list.take(list.add(-3))).toBe(-3);
  });

  it('are all taken out at once, the oldest first, and nobody after them gets their numbers', () => {
    const list = new WaitingList<string>();
    const [a, b] = [list.add('a'), list.add('b'), list.add('c')];
    list.take(b);
    expect(list.takeAll()).toEqual(['a', 'c']);
    const next = list.add('d');
    expect([next > b, list.take(a), list.take(next), list.size]).toEqual([true, undefined, 'd', 0]);
  });
});
