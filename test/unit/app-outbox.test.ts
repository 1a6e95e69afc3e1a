import { describe, expect, it } from 'vitest';
import { createKeptEvents } from '../../src/app/kept-events.ts';
import { createOrderBook } from '../../src/app/order-book.ts';
import { createOutbox } from '../../src/app/outbox.ts';
import { cellSnapshot, jobEvent, jobRecord, resetEvent } from '../support/channel-samples.ts';

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

describe('an outbox with something to say first', () => {
  it('says it first, and has its whole room left for the rest', () => {
    const first = [1, 2, 3].map((sequence) => ({ kind: 'event', event: resetEvent(sequence) }) as const);
    const outbox = createOutbox(1, first);
    expect(outbox.push({ kind: 'event', event: resetEvent(4) })).toBe(true);
    expect(outbox.push({ kind: 'event', event: resetEvent(5) })).toBe(false);
    for (const sequence of [1, 2, 3, 4]) expect(outbox.take()).toMatchObject({ event: { sequence } });
    expect(outbox.push({ kind: 'event', event: resetEvent(5) })).toBe(true);
    expect(outbox.push({ kind: 'event', event: resetEvent(6) })).toBe(false);
  });
});

describe('events that are kept until they are on disk', () => {
  it('are those that are durable, in their order, without those that are stored', () => {
    const kept = createKeptEvents();
    kept.put(resetEvent(1));
    kept.put({ ...resetEvent(2), body: { kind: 'overrun', cycle: 1, lateMs: 20, stage: 'timer' } });
    kept.put(jobEvent(3, jobRecord('a')));
    kept.put(resetEvent(4));
    kept.stored(3);
    kept.stored(1);
    expect(kept.list().map(({ sequence }) => sequence)).toEqual([4]);
    expect([kept.through, kept.size]).toEqual([3, 1]);
  });

  it('are bounded, and the one that gives way tells of no order', () => {
    const kept = createKeptEvents(2);
    kept.put(jobEvent(1, jobRecord('a')));
    kept.put(resetEvent(2));
    kept.put(jobEvent(3, jobRecord('b')));
    kept.put(jobEvent(4, jobRecord('c')));
    expect(kept.list().map(({ sequence }) => sequence)).toEqual([3, 4]);
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
