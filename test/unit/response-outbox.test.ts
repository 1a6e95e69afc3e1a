// Goal: whatever moment something to push appears at, the outbox looks for it afterwards.
// Method: a journal whose answers take a known number of microtasks, and a wake after each of them in turn.
import { expect, it } from 'vitest';
import { err, ok } from '../../src/core/result.ts';
import { type OutboxOptions, ResponseOutbox } from '../../src/mes/response-outbox.ts';
import type { JournalPort, PendingResponse } from '../../src/ports/journal.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** More than one look takes from its beginning to its end. */
const MICROTASKS = 20;

it.each(Array.from({ length: MICROTASKS }, (_, at) => at))(
  'woken %i microtasks after it began to look, it looks again',
  async (microtasks) => {
    let looks = 0;
    const responses = {
      pending: () => {
        looks += 1;
        return Promise.resolve(ok<readonly PendingResponse[]>([]));
      },
    };
    const outbox = new ResponseOutbox({
      clock: new VirtualClock(),
      journal: { responses } as unknown as JournalPort,
      receiver: {
        address: 'mes:1',
        deliver: () => Promise.resolve(err({ cause: '', isOfReceiver: true })),
        close: () => {},
      },
      log: () => {},
    } as unknown as OutboxOptions);
    outbox.wake();
    for (let at = 0; at < microtasks; at += 1) await Promise.resolve();
    const before = looks;
    outbox.wake();
    await new Promise(setImmediate);
    expect(looks).toBe(before + 1);
    await outbox.close();
  },
);
