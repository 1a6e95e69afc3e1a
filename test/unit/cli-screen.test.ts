// A block of lines drawn over itself.
import { expect, it } from 'vitest';
import { createScreen } from '../../src/cli/screen.ts';

function draw(isTTY: boolean, blocks: readonly (readonly string[])[]): readonly string[] {
  const written: string[] = [];
  const screen = createScreen({
    isTTY,
    columns: 24,
    write: (text: string | Uint8Array) => written.push(String(text)) > 0,
  });
  for (const block of blocks) screen.show(block);
  return written;
}

it('goes up over what it drew before, on a terminal only', () => {
  const blocks = [['a', 'b', 'c'], ['d']];
  expect(draw(true, blocks)).toEqual(['a\nb\nc\n', '\u001b[3A\u001b[0Jd\n']);
  expect(draw(false, blocks)).toEqual(['a\nb\nc\n', 'd\n']);
});

it('wraps lines at spaces, on a terminal only, and goes up over all of them', () => {
  const words = 'keep clear, with the emergency stop in reach';
  const wrapped = 'keep clear, with the\nemergency stop in reach\n';
  expect(draw(true, [[words], ['d']])).toEqual([wrapped, '\u001b[2A\u001b[0Jd\n']);
  expect(draw(false, [[words]])).toEqual([`${words}\n`]);
});

it('breaks a word that is longer than a line', () => {
  expect(draw(true, [['x'.repeat(40)]])).toEqual([`${'x'.repeat(23)}\n${'x'.repeat(17)}\n`]);
});
