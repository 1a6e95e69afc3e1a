// The catalogue of texts: both languages say the same with the same values.
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../src/config/did-you-mean.ts';
import { MESSAGES } from '../../src/config/messages.ts';

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();
}

describe('the catalogue of problems', () => {
  it.each(Object.entries(MESSAGES))(
    '%s has texts in English and Spanish with the same placeholders',
    (code, message) => {
      expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const text of [message.allowed, message.hint]) {
        expect(text.en).not.toBe('');
        expect(text.es).not.toBe('');
        expect(placeholders(text.es)).toEqual(placeholders(text.en));
      }
    },
  );
});

describe('a misspelt word', () => {
  it.each([
    ['timeoutMs', 'timeoutMs', 0],
    ['timeotuMs', 'timeoutMs', 1],
    ['timeout', 'timeoutMs', 2],
    ['', 'abc', 3],
  ])('%s is as far from %s as it takes strokes to mend it', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });

  it('gets the word that was meant, and none when nothing is near', () => {
    expect(didYouMean('cyclePeriodMS', ['name', 'cyclePeriodMs'])).toBe('cyclePeriodMs');
    expect(didYouMean('colour', ['name', 'description'])).toBeUndefined();
  });

  it('gets the nearest name however far, or a dash when there is none', () => {
    expect(nearest('gripperr', ['belt', 'gripper'])).toBe('gripper');
    expect(nearest('gripper', [])).toBe('-');
  });
});
