// What a person at a terminal wants of a jog: which joint, how fast, and whether the key is held down. Pure: time comes with each call.
import type { JogSpeeds } from '../core/jog.ts';
import { HeldKey } from './held-key.ts';

/** `less` and `more` move the joint for as long as they are held; the others choose, and let go. */
export type JogKey = 'less' | 'more' | 'previous' | 'next' | 'slower' | 'faster';

/**
 * What lies farther apart than this is let go, ms. Short, so that with the time between two requests a joint is asked to rest within
 * 150 ms; longer than between two repetitions of the slowest usual keyboard (Linux console: 92).
 */
const REPEAT_MS = 110;

/** Percent of the top speed. */
const SPEEDS = [1, 2, 5, 10, 20, 50, 100] as const;

export class JogHand {
  readonly #joints: readonly string[];
  readonly #key = new HeldKey<'less' | 'more'>(REPEAT_MS);
  #selected: number;
  #speedPercent: number;

  /**
   * @param joints at least one
   * @param joint of them, selected first
   * @param speedPercent of its top speed, > 0, at most 100
   */
  constructor(joints: readonly string[], joint: string | undefined, speedPercent: number) {
    this.#joints = joints;
    this.#selected = joint === undefined ? 0 : Math.max(0, joints.indexOf(joint));
    this.#speedPercent = speedPercent;
  }

  get joint(): string {
    return this.#joints[this.#selected] ?? '';
  }

  get speedPercent(): number {
    return this.#speedPercent;
  }

  press(key: JogKey, nowMs: number): void {
    switch (key) {
      case 'less':
      case 'more':
        this.#key.press(key, nowMs);
        return;
      case 'previous':
      case 'next':
        this.letGo();
        this.#selected = (this.#selected + (key === 'next' ? 1 : -1) + this.#joints.length) % this.#joints.length;
        return;
      case 'slower':
        this.letGo();
        this.#speedPercent = SPEEDS.findLast((speed) => speed < this.#speedPercent) ?? this.#speedPercent;
        return;
      case 'faster':
        this.letGo();
        this.#speedPercent = SPEEDS.find((speed) => speed > this.#speedPercent) ?? this.#speedPercent;
        return;
      default:
        key satisfies never;
    }
  }

  /** To be held again the key has to be let go first. */
  letGo(): void {
    this.#key.release();
  }

  /** @returns what shall move at `nowMs`; empty: nothing */
  speeds(nowMs: number): JogSpeeds {
    const held = this.#key.held(nowMs);
    return held === undefined ? {} : { [this.joint]: held === 'more' ? this.#speedPercent : -this.#speedPercent };
  }
}
