import { expect, it } from 'vitest';
import { ResetWatch } from '../../firmware-bridge/session/reset-watch.ts';
import { ident } from '../support/wire-samples.ts';

const MINUTE_MS = 60_000;

function boots(): (bootCount: number, atMinute: number, resetCause?: 'watchdog' | 'power-on', uid?: string) => boolean {
  const watch = new ResetWatch();
  return (bootCount, atMinute, resetCause = 'watchdog', uid = '01') =>
    watch.isLooping(ident(1, { bootCount, resetCause, uid }), atMinute * MINUTE_MS);
}

it('[M3] three watchdog resets within ten minutes are a loop, and stay one however long the board keeps quiet', () => {
  const boot = boots();
  expect([boot(1, 0, 'power-on'), boot(2, 1), boot(3, 5), boot(4, 10.9), boot(4, 600)]).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});

it('[M3] resets that are farther apart, or heard of twice, are none', () => {
  const boot = boots();
  expect([boot(1, 0), boot(2, 1), boot(3, 5), boot(4, 11.1), boot(4, 11.2), boot(4, 11.3)].some(Boolean)).toBe(false);
});

it('[M3] a board that is switched off and on, or another one, gets a new try', () => {
  for (const [cause, uid] of [
    ['power-on', '01'],
    ['watchdog', '02'],
  ] as const) {
    const boot = boots();
    for (let count = 1; count <= 4; count += 1) boot(count, count);
    expect(boot(4, 5)).toBe(true);
    expect(boot(5, 6, cause, uid)).toBe(false);
    expect(boot(6, 7, 'watchdog', uid)).toBe(false);
  }
});
