// Cuts the byte stream of a line into frames. Bounded memory, any chunking, never throws; what it drops it counts.
import { type BoardUid, decodeFrame, ENCODED_BYTES_MAX, type Frame, type FrameError } from './frame.ts';

/** Frames dropped so far, by reason. */
export type FrameDrops = Readonly<Record<FrameError, number>>;

export class FrameDecoder {
  /** UID that salts the checksum, undefined while unknown. May change between two frames of one chunk. */
  uid: BoardUid | undefined = undefined;
  readonly #buffer = new Uint8Array(ENCODED_BYTES_MAX);
  readonly #drops: Record<FrameError, number> = { cobs: 0, 'too-long': 0, 'too-short': 0, checksum: 0 };
  readonly #onFrame: (frame: Frame) => void;
  /** Bytes of the frame under way; one more than the buffer holds means that it is too long already. */
  #length = 0;

  /** @param onFrame called inside `push`, in the order of the line, for each frame whose checksum is right */
  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  get drops(): FrameDrops {
    return this.#drops;
  }

  push(bytes: Uint8Array): void {
    let from = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
      this.#append(bytes.subarray(from, end));
      this.#endFrame();
      from = end + 1;
    }
    this.#append(bytes.subarray(from));
  }

  /** Forgets a frame under way; for a line that was just opened. */
  reset(): void {
    this.#length = 0;
  }

  #append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length <= ENCODED_BYTES_MAX) this.#buffer.set(bytes, this.#length);
    this.#length = Math.min(length, ENCODED_BYTES_MAX + 1);
  }

  #endFrame(): void {
    const length = this.#length;
    this.#length = 0;
    if (length === 0) return;
    const result = length > ENCODED_BYTES_MAX ? 'too-long' : decodeFrame(this.#buffer.subarray(0, length), this.uid);
    if (typeof result === 'string') this.#drops[result] += 1;
    else this.#onFrame(result);
  }
}
