// Tells a key that is held down from one that was struck: a terminal sends no release, only repetitions while it is held.

/** The longest usual pause before a terminal repeats a held key, ms (X11: 660). */
const FIRST_REPEAT_MS = 700;
/** Between repetitions, ms: 25 to 30 a second are usual, and a network may bunch them. What lies farther apart is let go. */
const REPEAT_MS = 200;
/** A key is let go by itself after this, ms: something may lie on the keyboard. */
const HELD_MAX_MS = 30_000;

/**
 * Hold to run: a key counts as held from its first repetition until none has come for some time, 30 s at most. A single
 * stroke never counts, so nothing moves by a touch of the keyboard.
 */
export class HeldKey<Key extends string> {
  #key: Key | undefined = undefined;
  #since = 0;
  #last = 0;
  #isHeld = false;
  readonly #repeatMs: number;

  /**
   * @param repeatMs longest time between two repetitions, milliseconds, > 0
   * @defaultValue 200
   */
  constructor(repeatMs = REPEAT_MS) {
    this.#repeatMs = repeatMs;
  }

  /** @param nowMs of a monotonic clock */
  press(key: Key, nowMs: number): void {
    const isSame = key === this.#key && nowMs - this.#last <= (this.#isHeld ? this.#repeatMs : FIRST_REPEAT_MS);
    if (!isSame) this.#since = nowMs;
    this.#isHeld = isSame;
    this.#key = key;
    this.#last = nowMs;
  }

  /** To be held again the key has to be let go first. */
  release(): void {
    this.#since = Number.NEGATIVE_INFINITY;
  }

  /** @returns the key that is held down at `nowMs`, undefined for none */
  held(nowMs: number): Key | undefined {
    const isDown = this.#isHeld && nowMs - this.#last <= this.#repeatMs && nowMs - this.#since <= HELD_MAX_MS;
    return isDown ? this.#key : undefined;
  }
}
