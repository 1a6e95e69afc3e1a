// What images that no cycle has read still have to say when a newer one takes their place.
import { analogState, analogWord } from '../core/analog-scale.ts';
import type { BoardPlan } from '../core/board-plan.ts';
import type { BoardImage } from '../ports/board-port.ts';

/**
 * A board shows in one image only that an analog input was out of range for a moment. When no cycle has read that image, the next
 * one says it too: counts are the newest, and a sensor that was not to be believed since the last cycle is not believed in this.
 * @param unread the image before, undefined when a cycle has read it
 */
export function withUnreadStrays(plan: BoardPlan, unread: BoardImage | undefined, image: BoardImage): BoardImage {
  // Board time that goes back is that of another boot.
  if (unread === undefined || unread.boardTimeUs > image.boardTimeUs) return image;
  const hasStrayed = (slot: number): boolean =>
    plan.inputs[slot]?.kind === 'analog' && analogState(unread.inputs[slot] ?? 0).isOutOfRange;
  if (!unread.inputs.some((_, slot) => hasStrayed(slot))) return image;
  const inputs = image.inputs.map((word, slot) =>
    hasStrayed(slot) ? analogWord({ ...analogState(word), isOutOfRange: true }) : word,
  );
  return { ...image, inputs };
}
