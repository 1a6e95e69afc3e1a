// Payloads of the messages from board to host.
import { ByteReader, ByteWriter } from './byte-cursor.ts';
import {
  BOARD_KIND_CODES,
  BOARD_STATES,
  codeOfName,
  nameOfCode,
  RESET_CAUSES,
  tripByte,
  tripCauseOf,
  tripInputOf,
  WIRE_STATUSES,
} from './codes.ts';
import { formatUid, parseUid } from './frame.ts';
import { type EncodedMessage, readStream } from './host-codec.ts';
import { BOARD_TYPES, type BoardMessage, type IdentMessage, type ImageMessage, type PinAbilities } from './messages.ts';

/** @throws RangeError when `uid` of an IDENT is not 16 hex digits (a defect of the caller). */
export function encodeBoardMessage(message: BoardMessage): EncodedMessage {
  const writer = new ByteWriter();
  writeBoardPayload(writer, message);
  return { type: BOARD_TYPES[message.kind], payload: writer.finish() };
}

function writeBoardPayload(writer: ByteWriter, message: BoardMessage): ByteWriter {
  switch (message.kind) {
    case 'ident':
      return writeIdent(writer, message);
    case 'pins':
      return writer.u8(message.first).u8(message.total).bytes(message.pins.map(abilitiesByte));
    case 'opened':
      return writer.u32(message.boardTimeUs);
    case 'config-ack':
      return writer.u8(message.index).u8(codeOfName(WIRE_STATUSES, message.status));
    case 'committed':
      return writer.u8(codeOfName(WIRE_STATUSES, message.status)).u32(message.configHash);
    case 'speed-ack':
      return writer.u32(message.baud).u8(codeOfName(WIRE_STATUSES, message.status));
    case 'refused':
      return writer.u8(message.type).u8(codeOfName(WIRE_STATUSES, message.reason));
    case 'image':
    case 'edge':
      return writer
        .u32(message.receiptCycle)
        .u32(message.boardTimeUs)
        .u8(codeOfName(BOARD_STATES, message.state))
        .u8(tripByte(message.tripCause, message.tripInput))
        .u8(message.lateFrames)
        .u8(message.badFrames)
        .bytes(message.image);
    case 'stream':
      return writer.u8(message.streamSeq).bytes(message.data);
    case 'stream-ack':
      return writer.u8(message.next);
    default:
      return message satisfies never;
  }
}

function writeIdent(writer: ByteWriter, message: IdentMessage): ByteWriter {
  const uid = parseUid(message.uid);
  if (uid === undefined) throw new RangeError(`a UID is 16 hex digits, got ${message.uid}`);
  const kind = BOARD_KIND_CODES.indexOf(message.boardKind);
  return writer
    .u32(message.nonce)
    .u8(message.wireVersion)
    .bytes(uid)
    .u16(message.bootCount)
    .u8(codeOfName(RESET_CAUSES, message.resetCause))
    .bytes(message.firmware)
    .u8(kind >= 0 ? kind : Number(message.boardKind.slice(1)))
    .u8(message.pinCount)
    .u8(message.inputSlotsMax)
    .u8(message.outputSlotsMax)
    .u8(codeOfName(BOARD_STATES, message.state))
    .u8(tripByte(message.tripCause, message.tripInput))
    .u32(message.configHash)
    .u32(message.boardTimeUs)
    .u32(message.challenge);
}

/** @returns the message, or undefined when the type is unknown or the payload is not one of it. */
export function decodeBoardMessage(encoded: EncodedMessage): BoardMessage | undefined {
  const reader = new ByteReader(encoded.payload);
  const message = readBoardPayload(reader, encoded);
  return message !== undefined && reader.isExhausted ? message : undefined;
}

function readBoardPayload(reader: ByteReader, encoded: EncodedMessage): BoardMessage | undefined {
  switch (encoded.type) {
    case BOARD_TYPES.ident:
      return readIdent(reader);
    case BOARD_TYPES.pins: {
      const first = reader.u8();
      const total = reader.u8();
      return { kind: 'pins', first, total, pins: Array.from(reader.rest(), abilitiesOf) };
    }
    case BOARD_TYPES.opened:
      return { kind: 'opened', boardTimeUs: reader.u32() };
    case BOARD_TYPES['config-ack']:
      return { kind: 'config-ack', index: reader.u8(), status: nameOfCode(WIRE_STATUSES, reader.u8()) };
    case BOARD_TYPES.committed:
      return { kind: 'committed', status: nameOfCode(WIRE_STATUSES, reader.u8()), configHash: reader.u32() };
    case BOARD_TYPES['speed-ack']:
      return { kind: 'speed-ack', baud: reader.u32(), status: nameOfCode(WIRE_STATUSES, reader.u8()) };
    case BOARD_TYPES.refused:
      return { kind: 'refused', type: reader.u8(), reason: nameOfCode(WIRE_STATUSES, reader.u8()) };
    case BOARD_TYPES.image:
      return readImage(reader, 'image');
    case BOARD_TYPES.edge:
      return readImage(reader, 'edge');
    case BOARD_TYPES.stream:
      return readStream(reader);
    case BOARD_TYPES['stream-ack']:
      return { kind: 'stream-ack', next: reader.u8() };
    default:
      return undefined;
  }
}

function readIdent(reader: ByteReader): IdentMessage {
  return {
    kind: 'ident',
    nonce: reader.u32(),
    wireVersion: reader.u8(),
    uid: formatUid(reader.bytes(8)),
    bootCount: reader.u16(),
    resetCause: nameOfCode(RESET_CAUSES, reader.u8()),
    firmware: [reader.u8(), reader.u8(), reader.u8()],
    boardKind: boardKindName(reader.u8()),
    pinCount: reader.u8(),
    inputSlotsMax: reader.u8(),
    outputSlotsMax: reader.u8(),
    state: nameOfCode(BOARD_STATES, reader.u8()),
    ...tripOf(reader.u8()),
    configHash: reader.u32(),
    boardTimeUs: reader.u32(),
    challenge: reader.u32(),
  };
}

function tripOf(byte: number): Pick<ImageMessage, 'tripCause' | 'tripInput'> {
  return { tripCause: tripCauseOf(byte), tripInput: tripInputOf(byte) };
}

function boardKindName(code: number): string {
  const name = BOARD_KIND_CODES[code];
  return name === undefined || name === '' ? `#${code}` : name;
}

function readImage(reader: ByteReader, kind: 'image' | 'edge'): ImageMessage {
  const receiptCycle = reader.u32();
  const boardTimeUs = reader.u32();
  const state = nameOfCode(BOARD_STATES, reader.u8());
  const trip = reader.u8();
  return {
    kind,
    receiptCycle,
    boardTimeUs,
    state,
    tripCause: tripCauseOf(trip),
    tripInput: tripInputOf(trip),
    lateFrames: reader.u8(),
    badFrames: reader.u8(),
    image: reader.rest(),
  };
}

const ABILITY_BITS = { digitalIn: 1, digitalOut: 2, analog: 4, pwm: 8, servo: 16, tone: 32, i2c: 64 } as const;

function abilitiesOf(byte: number): PinAbilities {
  return {
    digitalIn: (byte & ABILITY_BITS.digitalIn) !== 0,
    digitalOut: (byte & ABILITY_BITS.digitalOut) !== 0,
    analog: (byte & ABILITY_BITS.analog) !== 0,
    pwm: (byte & ABILITY_BITS.pwm) !== 0,
    servo: (byte & ABILITY_BITS.servo) !== 0,
    tone: (byte & ABILITY_BITS.tone) !== 0,
    i2c: (byte & ABILITY_BITS.i2c) !== 0,
  };
}

function abilitiesByte(pin: PinAbilities): number {
  const { digitalIn, digitalOut, analog, pwm, servo, tone, i2c } = ABILITY_BITS;
  return (
    (pin.digitalIn ? digitalIn : 0) |
    (pin.digitalOut ? digitalOut : 0) |
    (pin.analog ? analog : 0) |
    (pin.pwm ? pwm : 0) |
    (pin.servo ? servo : 0) |
    (pin.tone ? tone : 0) |
    (pin.i2c ? i2c : 0)
  );
}
