// How many bytes the process data of a board takes: for the session that packs and paces it, and for the checks of a cell
// that is not built yet. What the bytes say is the wire's matter.

/** Of a slot only its kind counts here. */
export interface SignalSlot {
  readonly kind: 'digital' | 'analog' | 'servo' | 'axis' | 'direction';
}

/** Which way an image goes: a command to the board, or what the board reports of its inputs and outputs. */
export type ImageWay = 'command' | 'report';

/** Bytes of one signal that is no bit. */
export const SIGNAL_BYTES = {
  command: { digital: 0, analog: 2, servo: 2, axis: 4, direction: 0 },
  report: { digital: 0, analog: 2, servo: 2, axis: 4, direction: 2 },
} as const satisfies Record<ImageWay, Record<SignalSlot['kind'], number>>;

/** Bytes of the digital signals of these slots; they come first in an image. */
export function bitBytes(slots: readonly SignalSlot[]): number {
  let digital = 0;
  for (const { kind } of slots) if (kind === 'digital') digital += 1;
  return (digital + 7) >> 3;
}

/** Bytes that an image of these slots takes. */
export function imageBytes(slots: readonly SignalSlot[], way: ImageWay): number {
  let bytes = bitBytes(slots);
  for (const { kind } of slots) bytes += SIGNAL_BYTES[way][kind];
  return bytes;
}

/** Around the payload of a frame: type, sequence number, session, checksum, the code byte of COBS and the zero at the end. */
const FRAME_BYTES = 13;

/** Bytes on the line of a frame with this payload; a zero in front, as after a pause, is not in it. */
export function frameBytes(payloadBytes: number): number {
  return FRAME_BYTES + payloadBytes;
}

/** Payloads of PROCESS (cycle, notAfterUs, flags) and of IMAGE and EDGE (receipt, time, state, cause, counters) without images. */
const HEADER_BYTES = { process: 9, image: 12 } as const;

/** The frames of one board's process data on the line; a zero in front, as after a pause, is not in it. */
export interface ProcessDataBytes {
  /** PROCESS, with the command. */
  readonly process: number;
  /** IMAGE, which answers it, and EDGE. */
  readonly image: number;
}

/** @returns the lengths by the slots of a board, of which a plan has all */
export function processDataBytes(slots: {
  readonly inputs: readonly SignalSlot[];
  readonly outputs: readonly SignalSlot[];
}): ProcessDataBytes {
  const reported = imageBytes(slots.inputs, 'report') + imageBytes(slots.outputs, 'report');
  return {
    process: frameBytes(HEADER_BYTES.process + imageBytes(slots.outputs, 'command')),
    image: frameBytes(HEADER_BYTES.image + reported),
  };
}
