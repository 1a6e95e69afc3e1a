// Goal: a gateway that starts shows the ended orders of the journal, page after page, and no more than it has room for. Method: the pages
// of the journal are played.
import { expect, it } from 'vitest';
import { ok } from '../../src/core/result.ts';
import { JobMirror, MIRROR_ORDERS_MAX } from '../../src/mes/job-mirror.ts';
import { loadMirror } from '../../src/mes/journal-memory.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { RecordingJournal } from '../support/recording-journal.ts';

/** Orders by their place, the newest first. */
async function loadedFrom(count: number): Promise<{ readonly mirror: JobMirror; readonly pages: number }> {
  const [journal, mirror] = [new RecordingJournal(), new JobMirror()];
  let pages = 0;
  journal.orders.list = ({ after, limit }) => {
    pages += 1;
    const newest = (after ?? count + 1) - 1;
    const places = Array.from({ length: Math.min(limit, newest) }, (_, index) => newest - index);
    const orders = places.map((place) => ({
      ...{ event: { kind: 'job', record: jobRecord(`J-${place}`, { state: 'Ended' }) }, position: place, place },
    }));
    const last = places.at(-1);
    return Promise.resolve(ok({ orders, next: last === 1 ? undefined : last, total: count } as never));
  };
  await loadMirror(mirror, journal, () => undefined);
  return { mirror, pages };
}

it('all ended orders are shown when there is room, over as many pages as it takes', async () => {
  const { mirror, pages } = await loadedFrom(450);
  expect([mirror.records().length, pages]).toEqual([450, 3]);
  expect(['J-1', 'J-200', 'J-450'].map((id) => mirror.get(id)?.state)).toEqual(['Ended', 'Ended', 'Ended']);
});

it('of more orders than there is room for the newest are shown, and the others are not read', async () => {
  const { mirror, pages } = await loadedFrom(3 * MIRROR_ORDERS_MAX);
  expect(mirror.records().length).toBeLessThanOrEqual(MIRROR_ORDERS_MAX);
  expect([mirror.get(`J-${3 * MIRROR_ORDERS_MAX}`)?.state, mirror.get('J-1')]).toEqual(['Ended', undefined]);
  expect(pages).toBeLessThanOrEqual(MIRROR_ORDERS_MAX / 200);
});
