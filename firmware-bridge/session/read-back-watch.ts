// Whether the digital outputs of a board are at the levels that they were told: compares each read-back with its command.
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { BoardImageValues } from '../wire/images.ts';
import type { ImageMessage } from '../wire/messages.ts';

/**
 * MonitoringTime of PLCopen's SF_EDM: so long may an output differ, by the clock of the board, before it counts. A pin follows
 * within microseconds; the time is for a disturbance that passes, and half of the usual lease.
 */
export const MONITORING_MS = 50;
/** So many images must show it, in a row: a board that was heard only once in the time has not shown that it lasted. */
const IMAGES_MIN = 3;
/** Commands remembered; more are never open, since 100 ms without a receipt end the link. */
const COMMANDS_MAX = 1024;

/** An output that is not at its level. */
export interface StuckOutput {
  readonly output: string;
  readonly expected: number;
  readonly readBack: number;
}

interface Difference {
  readonly sinceUs: number;
  readonly images: number;
}

export class ReadBackWatch {
  readonly #outputs: BoardPlan['outputs'];
  #commands: { readonly cycle: number; readonly outputs: readonly number[] }[] = [];
  /** By output slot; undefined while it is as it should be. */
  readonly #differences: (Difference | undefined)[] = [];
  #goodSinceUs: number | undefined = undefined;

  constructor(plan: BoardPlan) {
    this.#outputs = plan.outputs;
  }

  /** A new session: nothing was commanded, nothing was seen. */
  reset(): void {
    this.#commands = [];
    this.#differences.length = 0;
    this.#goodSinceUs = undefined;
  }

  /** A command has gone out under this number on the wire. */
  commanded(cycle: number, outputs: readonly number[]): void {
    if (this.#commands.length < COMMANDS_MAX) this.#commands.push({ cycle, outputs });
  }

  /** True when every output has been at its level for the monitoring time. */
  isGood(boardTimeUs: number): boolean {
    return this.#goodSinceUs !== undefined && boardTimeUs - this.#goodSinceUs >= MONITORING_MS * 1000;
  }

  /**
   * Judges one image against the command that the board says it has executed, or against the safe values when it is not armed.
   * @returns an output that has differed for the monitoring time
   */
  image(message: ImageMessage, values: BoardImageValues, boardTimeUs: number): StuckOutput | undefined {
    const commanded = this.#executed(message.receiptCycle);
    // Armed under a number that was never sent from here: nothing to compare with.
    if (message.state === 'armed' && commanded === undefined) return undefined;
    let stuck: StuckOutput | undefined;
    let areGood = true;
    for (const [slot, { device, kind, safeValue }] of this.#outputs.entries()) {
      if (kind !== 'digital') continue;
      const expected = message.state === 'armed' ? Number((commanded?.[slot] ?? 0) !== 0) : safeValue;
      const readBack = values.outputs[slot] ?? 0;
      if (readBack === expected) {
        this.#differences[slot] = undefined;
        continue;
      }
      areGood = false;
      const { sinceUs, images } = this.#differences[slot] ?? { sinceUs: boardTimeUs, images: 0 };
      this.#differences[slot] = { sinceUs, images: images + 1 };
      const hasLasted = boardTimeUs - sinceUs >= MONITORING_MS * 1000 && images + 1 >= IMAGES_MIN;
      if (hasLasted) stuck ??= { output: device, expected, readBack };
    }
    this.#goodSinceUs = areGood ? (this.#goodSinceUs ?? boardTimeUs) : undefined;
    return stuck;
  }

  /** What was commanded under a number; what was commanded before is forgotten. */
  #executed(receiptCycle: number): readonly number[] | undefined {
    const at = this.#commands.findIndex(({ cycle }) => cycle === receiptCycle);
    if (at > 0) this.#commands.splice(0, at);
    return at < 0 ? undefined : this.#commands[0]?.outputs;
  }
}
