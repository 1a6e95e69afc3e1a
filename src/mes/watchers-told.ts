// Tells control whether anybody watches the job orders: a cell may want its order held when nobody does.
import type { ControlClient } from '../ports/cell-channel.ts';

export interface WatchersTold {
  /** So many watch the job orders now. */
  readonly are: (count: number) => void;
  /** Another connection to control, which knows nothing of it. */
  readonly anew: () => void;
}

/** Nobody watches at first. */
export function tellWatchers(control: ControlClient): WatchersTold {
  let isWatched = false;
  return {
    are: (count) => {
      const wasWatched = isWatched;
      isWatched = count > 0;
      if (isWatched !== wasWatched) control.watched(isWatched);
    },
    anew: () => control.watched(isWatched),
  };
}
