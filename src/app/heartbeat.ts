// Sends a heartbeat on an idle-or-not connection and tells when the far end has gone silent.
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import { HEARTBEAT_EVERY_MS, SILENCE_MS_MAX } from './channel-message.ts';

export interface Heartbeats {
  /** Something came from the far end. */
  heard(): void;
  stop(): void;
}

export function startHeartbeats(clock: Clock, actions: { send(): void; silent(): void }): Heartbeats {
  let heardAt = clock.now();
  let cancel: () => void;
  const beat = (): void => {
    if (clock.now() - heardAt >= SILENCE_MS_MAX) {
      actions.silent();
      return;
    }
    actions.send();
    cancel = next();
  };
  const next = (): (() => void) => clock.schedule(monotonicMs(clock.now() + HEARTBEAT_EVERY_MS), beat);
  cancel = next();
  return {
    heard: () => {
      heardAt = clock.now();
    },
    stop: () => cancel(),
  };
}
