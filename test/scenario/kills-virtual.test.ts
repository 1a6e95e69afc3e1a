// A slice of `npm run campaign:kills -- --virtual`, and cells that are broken on purpose: the same campaign has to find each of them.
import { describe, expect, it } from 'vitest';
import { BREAKAGES, type BreakageName } from '../support/kill-breakage.ts';
import { killInVirtualTime } from '../support/virtual-kill-run.ts';

/** With every run of the tests. */
const KILLS = 100;
/** A cell that is broken must be found out by then. */
const KILLS_MAX = 150;

it('[D1] [G1] [G2] [G3] [P1] loses no acknowledged order, does none twice and moves nothing by itself, whenever its processes are killed', async () => {
  const report = await killInVirtualTime({ count: KILLS, seed: 1 });
  expect([report.wrong, report.log]).toEqual([[], []]);
  const { acknowledged, repeats, moved, resumes, cutCommits, controlKills, gatewayKills, aimed } = report;
  const seen = [acknowledged, repeats, moved, resumes, cutCommits, controlKills, gatewayKills, aimed];
  expect(Math.min(...seen)).toBeGreaterThan(0);
  expect(controlKills + gatewayKills).toBeGreaterThanOrEqual(KILLS);
}, 300_000);

const FINDINGS: readonly (readonly [title: string, breakage: BreakageName, finding: RegExp])[] = [
  [
    'it acknowledges before the commit',
    'acknowledged before the commit',
    /acknowledged and is lost|is there again|cannot be cancelled|was refused|answered well, and then/,
  ],
  [
    'it has forgotten what it has answered',
    'answers forgotten',
    /answered well, and then|cannot be cancelled|was refused/,
  ],
  [
    'it lets an order move before it is on disk that it has begun',
    'begun before that is on disk',
    /went on and nobody had resumed it|has moved and is AllowedToStart/,
  ],
  [
    'it has forgotten where an order stood that was stopped or paused',
    'where it stood forgotten with a stop',
    /nobody knows where it stood/,
  ],
  ['it resumes by itself what was interrupted', 'resumed by nobody', /went on and nobody had resumed it/],
  [
    'it executes an order twice',
    'a retry taken for another order',
    /has moved [3-9] parts of 2|had ended and has moved another part|went on and nobody had resumed it/,
  ],
  [
    'a reset that nobody presses enables it',
    'enabled by a reset that nobody pressed',
    /nobody had pressed the reset|nobody has ordered/,
  ],
];

describe('a cell that is killed is found out when', () => {
  it.each(FINDINGS)(
    '%s',
    async (_title, breakage, finding) => {
      const plan = { count: KILLS_MAX, seed: 1, broken: BREAKAGES[breakage](), until: finding };
      const { wrong } = await killInVirtualTime(plan);
      expect(wrong.join('\n')).toMatch(finding);
    },
    300_000,
  );
});
