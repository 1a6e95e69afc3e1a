// The bounded queue in front of one connection of the control process. Pure policy, no bytes.
import type { DownMessage } from './channel-message.ts';

/** Events and replies that wait for a slow gateway; one more and its connection is dropped. */
const OUTBOX_MESSAGES_MAX = 10_000;

/** Messages in their order; of snapshots only the newest, after all else, so that it is never older than an event sent. */
export interface Outbox {
  /** @returns false when the queue is full: the connection has to end, a gap would be worse */
  push(message: DownMessage): boolean;
  take(): DownMessage | undefined;
  readonly isEmpty: boolean;
}

/** @param first goes out before all else, and does not count */
export function createOutbox(messagesMax: number = OUTBOX_MESSAGES_MAX, first: readonly DownMessage[] = []): Outbox {
  let queue: DownMessage[] = [...first];
  let spare = first.length;
  let head = 0;
  let newest: DownMessage | undefined;

  const takeQueued = (): DownMessage | undefined => {
    const message = queue[head];
    head += 1;
    if (spare > 0) spare -= 1;
    if (head === queue.length) {
      queue = [];
      head = 0;
    }
    return message;
  };
  const takeNewest = (): DownMessage | undefined => {
    const message = newest;
    newest = undefined;
    return message;
  };

  return {
    push: (message) => {
      if (message.kind === 'snapshot') {
        newest = message;
        return true;
      }
      if (queue.length - head >= messagesMax + spare) return false;
      queue.push(message);
      return true;
    },
    take: () => (head < queue.length ? takeQueued() : takeNewest()),
    get isEmpty() {
      return head >= queue.length && newest === undefined;
    },
  };
}
