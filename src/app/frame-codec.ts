// Frames of the cell channel: four bytes of length, big-endian, then that many bytes of JSON. Pure.

/** No frame is longer, bytes of JSON. So long is only the list of all orders that a restarted control process gets. */
export const FRAME_BYTES_MAX = 16 * 1024 * 1024;

const HEADER_BYTES = 4;

/** @returns the frame, or undefined when the message is longer than `FRAME_BYTES_MAX`. */
export function encodeFrame(message: unknown): Uint8Array | undefined {
  const json = Buffer.from(JSON.stringify(message), 'utf8');
  if (json.length > FRAME_BYTES_MAX) return undefined;
  const frame = Buffer.allocUnsafe(HEADER_BYTES + json.length);
  frame.writeUInt32BE(json.length, 0);
  json.copy(frame, HEADER_BYTES);
  return frame;
}

/** What a piece of the stream gave. `broken`: the far end does not speak this; nothing after it can be believed. */
type Decoded =
  | { readonly kind: 'message'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly reason: string };

export interface FrameDecoder {
  /** Takes bytes in any chunking. */
  push(bytes: Uint8Array): void;
  /** Next complete frame, undefined while there is none. After `broken` it stays broken. */
  next(): Decoded | undefined;
}

export function createFrameDecoder(): FrameDecoder {
  let pending: Buffer = Buffer.alloc(0);
  let broken: Decoded | undefined;

  const take = (): Decoded | undefined => {
    if (pending.length < HEADER_BYTES) return undefined;
    const length = pending.readUInt32BE(0);
    if (length > FRAME_BYTES_MAX)
      return { kind: 'broken', reason: `frame of ${length} bytes, at most ${FRAME_BYTES_MAX}` };
    if (pending.length < HEADER_BYTES + length) return undefined;
    const json = pending.toString('utf8', HEADER_BYTES, HEADER_BYTES + length);
    pending = pending.subarray(HEADER_BYTES + length);
    return parse(json);
  };

  return {
    push: (bytes) => {
      if (broken === undefined) pending = pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([pending, bytes]);
    },
    next: () => {
      if (broken !== undefined) return broken;
      const decoded = take();
      if (decoded?.kind === 'broken') broken = decoded;
      return decoded;
    },
  };
}

function parse(json: string): Decoded {
  try {
    return { kind: 'message', value: JSON.parse(json) };
  } catch {
    return { kind: 'broken', reason: 'frame is not JSON' };
  }
}
