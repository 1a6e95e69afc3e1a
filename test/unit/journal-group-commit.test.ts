// Goal: what waits is committed in groups that are short enough, and what was packed together is never parted. Method: groups of a thread
// whose clock stands still.
import { expect, it } from 'vitest';
import { GroupCommit } from '../../src/journal/group-commit.ts';
import type { Pack } from '../../src/journal/pack.ts';

const GROUP_BATCHES_MAX = 1_000;

function groupsOf(packs: readonly (Pack | undefined)[]): readonly number[] {
  const sizes: number[] = [];
  const commit = (group: readonly unknown[]): number => {
    sizes.push(group.length);
    return 0;
  };
  const groups = new GroupCommit(commit, { now: () => 0, after: () => () => undefined }, 10_000);
  for (const [id, pack] of packs.entries()) groups.add({ id, batch: { text: 'x', pack } }, true);
  groups.flush();
  return sizes;
}

function packOf(batches: number): Pack {
  return { batches, bodies: new Uint8Array(), answers: new Uint8Array() };
}

it('a group has a thousand batches at most', () => {
  const many = Array.from({ length: 2_500 }, () => undefined);
  expect(groupsOf(many)).toEqual([GROUP_BATCHES_MAX, GROUP_BATCHES_MAX, 500]);
});

it('a pack is in one group, though the group gets longer by it', () => {
  const [first, second] = [packOf(32), packOf(32)];
  const single = Array.from({ length: GROUP_BATCHES_MAX - 10 }, () => undefined);
  const packed = [first, second].flatMap((pack) => Array.from({ length: pack.batches }, () => pack));
  expect(groupsOf([...single, ...packed])).toEqual([GROUP_BATCHES_MAX - 10 + 32, 32]);
});
