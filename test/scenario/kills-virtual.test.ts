// A slice of `npm run campaign:kills -- --virtual`, and cells that are broken on purpose: the same campaign has to find each of them.
import { describe, expect, it } from 'vitest';
import { BREAKAGES } from '../support/kill-breakage.ts';
import { killInVirtualTime } from '../support/virtual-kill-run.ts';

/** With every run of the tests. */
const KILLS = 100;
/** A cell that is broken must be found out by then. */
const KILLS_MAX = 50;

it('[D1] [G1] [G2] [G3] [P1] loses no acknowledged order, does none twice and moves nothing by itself, whenever its processes are killed', async () => {
  const report = await killInVirtualTime({ count: KILLS, seed: 1 });
  expect([report.wrong, report.log]).toEqual([[], []]);
  const { acknowledged, repeats, moved, resumes, cutCommits, controlKills, gatewayKills } = report;
  expect(Math.min(acknowledged, repeats, moved, resumes, cutCommits, controlKills, gatewayKills)).toBeGreaterThan(0);
  expect(controlKills + gatewayKills).toBeGreaterThanOrEqual(KILLS);
}, 300_000);

describe('a cell that is killed is found out when', () => {
  it.each([
    [
      'it acknowledges before the commit',
      'acknowledged before the commit',
      /acknowledged and is lost|is there again|cannot be cancelled|was refused|answered well, and then/,
    ],
    [
      'it has forgotten what it has answered',
      'answers forgotten',
      /answered well, and then|cannot be cancelled|was refused|nobody had resumed/,
    ],
    [
      'a reset that nobody presses enables it',
      'enabled by a reset that nobody pressed',
      /nobody had pressed the reset|nobody has ordered/,
    ],
  ] as const)(
    '%s',
    async (_title, breakage, words) => {
      const { wrong } = await killInVirtualTime({
        count: KILLS_MAX,
        seed: 1,
        broken: BREAKAGES[breakage],
        untilWrong: true,
      });
      expect(wrong[0]).toMatch(words);
    },
    300_000,
  );
});
