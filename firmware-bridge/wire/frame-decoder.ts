// Cuts the byte stream of a line into frames. Bounded memory, any chunking, never throws; what it drops it counts.
import { type BoardUid, decodeFrame, ENCODED_BYTES_MAX, type Frame, type FrameError } from './frame.ts';

/** Frames dropped so far, by reason. */
export type FrameDrops = Readonly<Record<FrameError, number>>;

/** Bytes that make no frame cost that frame only: the next zero begins anew. */
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
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === 0) this.#endFrame();
      else this.#append(byte);
    }
  }

  /** Forgets a frame under way; for a line that was just opened. */
  reset(): void {
    this.#length = 0;
  }

  #append(byte: number): void {
    if (this.#length < ENCODED_BYTES_MAX) this.#buffer[this.#length] = byte;
    if (this.#length <= ENCODED_BYTES_MAX) this.#length += 1;
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
