// Times that commands show: of the clock on the wall, and never without their offset.
import { afterEach, expect, it, vi } from 'vitest';
import { localTime } from '../../src/cli/local-time.ts';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['America/Monterrey', '2026-11-23T14:03:22.120Z', '2026-11-23T08:03:22.120-06:00'],
  ['America/Monterrey', '2026-11-24T02:00:00.000Z', '2026-11-23T20:00:00.000-06:00'],
  ['Asia/Kathmandu', '2026-11-23T14:03:22.120Z', '2026-11-23T19:48:22.120+05:45'],
  ['America/St_Johns', '2026-01-01T00:00:00.000Z', '2025-12-31T20:30:00.000-03:30'],
  ['UTC', '2026-11-23T14:03:22.120Z', '2026-11-23T14:03:22.120Z'],
])('in %s %s is %s', (zone, time, shown) => {
  vi.stubEnv('TZ', zone);
  expect(localTime(time)).toBe(shown);
  expect(new Date(localTime(time)).toISOString()).toBe(time);
});
