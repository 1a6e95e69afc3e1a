import { describe, expect, it } from 'vitest';
import { createOrderBook } from '../../src/app/order-book.ts';
import { createOutbox } from '../../src/app/outbox.ts';
import { cellSnapshot, jobRecord, resetEvent } from '../support/channel-samples.ts';

describe('outbox', () => {
  it('keeps only the newest snapshot and gives it after the events', () => {
    const outbox = createOutbox();
    outbox.push({ kind: 'snapshot', snapshot: cellSnapshot(1) });
    outbox.push({ kind: 'event', event: resetEvent(1) });
    outbox.push({ kind: 'snapshot', snapshot: cellSnapshot(2) });
    expect(outbox.take()).toMatchObject({ kind: 'event' });
    expect(outbox.take()).toMatchObject({ kind: 'snapshot', snapshot: { cycle: 2 } });
    expect(outbox.take()).toBeUndefined();
    expect(outbox.isEmpty).toBe(true);
  });

  it('refuses one message more than it holds, and takes again when there is room', () => {
    const outbox = createOutbox(2);
    expect(outbox.push({ kind: 'event', event: resetEvent(1) })).toBe(true);
    expect(outbox.push({ kind: 'event', event: resetEvent(2) })).toBe(true);
    expect(outbox.push({ kind: 'event', event: resetEvent(3) })).toBe(false);
    outbox.take();
    expect(outbox.push({ kind: 'event', event: resetEvent(4) })).toBe(true);
  });
});

describe('order book', () => {
  it('drops the oldest ended order, never one that has not ended', () => {
    const book = createOrderBook(2);
    book.put(jobRecord('running', { state: 'Running' }));
    book.put(jobRecord('ended-1', { state: 'Ended' }));
    book.put(jobRecord('ended-2', { state: 'Ended' }));
    book.put(jobRecord('aborted', { state: 'Aborted' }));
    expect(book.list().map(({ order }) => order.jobOrderId)).toEqual(['running', 'aborted']);
  });
});
