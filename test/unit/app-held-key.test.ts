// Hold to run at a terminal, which sends no release of a key.
import { expect, it } from 'vitest';
import { HeldKey } from '../../src/app/held-key.ts';

/** Pressed at 0 ms, repeated from 500 ms on every 33 ms until `lastMs`. */
function heldUntil(lastMs: number): HeldKey<'a' | 'b'> {
  const key = new HeldKey<'a' | 'b'>();
  key.press('a', 0);
  for (let now = 500; now <= lastMs; now += 33) key.press('a', now);
  return key;
}

it('takes a single stroke for nothing', () => {
  const key = new HeldKey();
  key.press('a', 0);
  expect([key.held(0), key.held(100), key.held(600)]).toEqual([undefined, undefined, undefined]);
});

it('counts a key as held from its first repetition until 200 ms after the last', () => {
  const key = heldUntil(500);
  expect([key.held(500), key.held(700), key.held(701)]).toEqual(['a', 'a', undefined]);
});

it('begins anew when the pause was longer than between repetitions', () => {
  const key = heldUntil(500);
  key.press('a', 750);
  expect(key.held(750)).toBeUndefined();
});

it('does not take a stroke long after another for a repetition', () => {
  const key = new HeldKey();
  key.press('a', 0);
  key.press('a', 701);
  expect(key.held(701)).toBeUndefined();
});

it('lets go of one key when another is struck', () => {
  const key = heldUntil(1000);
  key.press('b', 1000);
  expect(key.held(1000)).toBeUndefined();
});

it('stays let go while the key is still down, and takes it again after a pause', () => {
  const key = heldUntil(995);
  key.release();
  key.press('a', 1000);
  key.press('a', 1033);
  expect(key.held(1033)).toBeUndefined();
  key.press('a', 1300);
  key.press('a', 1800);
  expect(key.held(1800)).toBe('a');
});

it('lets go by itself after 30 s', () => {
  expect(heldUntil(29_999).held(29_999)).toBe('a');
  expect(heldUntil(31_000).held(31_000)).toBeUndefined();
});
