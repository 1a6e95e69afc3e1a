// Watches that outlive their connections, as commands need them: values instead of errors, and no waiting for who was never there.
import { CallError } from '../client/call-error.ts';
import type { CallFailure } from '../client/grpc-client.ts';
import { retryPolicy } from '../client/retry.ts';
import type { WatchInterrupted } from '../client/watch-cell.ts';
import { err, ok, type Result } from '../core/result.ts';

/** How a watch is taken up again: somebody is looking on. */
export const WATCH_POLICY = retryPolicy({ delayMsMax: 1_000 });

/**
 * The last item is an error when the cell refuses the watch, or when nobody has ever answered it: then its address or its certificate
 * is wrong. Later cuts are told (`interrupted`), and the watch goes on.
 *
 * @param hasAnswered somebody has answered at this address before the watch began
 */
export async function* lasting<Event extends object>(
  events: AsyncIterable<Event | WatchInterrupted>,
  hasAnswered: boolean,
): AsyncGenerator<Result<Event | WatchInterrupted, CallFailure>, void> {
  let isAnswered = hasAnswered;
  try {
    for await (const event of events) {
      if (!isAnswered && isCut(event)) {
        yield err(event.error.failure);
        return;
      }
      isAnswered = true;
      yield ok(event);
    }
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    yield err(error.failure);
  }
}

function isCut(event: object): event is WatchInterrupted {
  return 'kind' in event && event.kind === 'interrupted';
}
