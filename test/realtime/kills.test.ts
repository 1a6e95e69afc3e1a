// A slice of `npm run campaign:kills`: the real processes of a working cell are killed at random instants under submissions.
import { expect, it } from 'vitest';
import { killAgainAndAgain } from '../support/kill-run.ts';

/** Each takes 2 to 5 s, most of it for the start of a process: more of them are the campaign's. */
const KILLS = 8;

it('[D1] [G1] [P1] loses no acknowledged order, does none twice and moves nothing by itself when its processes are killed', async () => {
  const { kills, wrong, acknowledged, moved } = await killAgainAndAgain({ count: KILLS, seed: 1 });
  expect(wrong).toEqual([]);
  expect(kills).toBe(KILLS);
  expect(acknowledged).toBeGreaterThan(KILLS);
  expect(moved).toBeGreaterThan(0);
}, 300_000);
