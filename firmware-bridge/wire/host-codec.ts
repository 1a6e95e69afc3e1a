// Payloads of the messages from host to board.
import { ByteReader, ByteWriter } from './byte-cursor.ts';
import { encodeConfigRecord, readConfigRecord } from './config-records.ts';
import { HOST_TYPES, type HostMessage, STREAM_DATA_MAX } from './messages.ts';

const MAGIC = Uint8Array.from('CLDA', (letter) => letter.charCodeAt(0));
const FLAG_ARM = 1;

/** Type byte and payload of a message; `encodeFrame` makes a frame of them. */
export interface EncodedMessage {
  readonly type: number;
  readonly payload: Uint8Array;
}

/** @returns type and payload; the inverse of `decodeHostMessage` for every message whose numbers fit their fields */
export function encodeHostMessage(message: HostMessage): EncodedMessage {
  const writer = new ByteWriter();
  writeHostPayload(writer, message);
  return { type: HOST_TYPES[message.kind], payload: writer.finish() };
}

function writeHostPayload(writer: ByteWriter, message: HostMessage): ByteWriter {
  switch (message.kind) {
    case 'hello':
      return writer.bytes(MAGIC).u8(message.wireVersion).u32(message.nonce);
    case 'get-pins':
      return writer.u8(message.first);
    case 'open':
      return writer.u32(message.challenge);
    case 'config':
      return writer.bytes(encodeConfigRecord(message.record));
    case 'commit':
      return writer.u16(message.leaseMs).u8(message.count).u32(message.configHash);
    case 'close':
      return writer;
    case 'speed':
      return writer.u32(message.baud);
    case 'process':
      return writer
        .u32(message.cycle)
        .u32(message.notAfterUs)
        .u8(message.arm ? FLAG_ARM : 0)
        .bytes(message.image);
    case 'stop':
      return writer.u32(message.cycle);
    case 'stream':
      return writer.u8(message.streamSeq).bytes(message.data);
    case 'stream-ack':
      return writer.u8(message.next);
    default:
      return message satisfies never;
  }
}

/** @returns the message, or undefined when the type is unknown or the payload is not one of it. */
export function decodeHostMessage(encoded: EncodedMessage): HostMessage | undefined {
  const reader = new ByteReader(encoded.payload);
  const message = readHostPayload(reader, encoded);
  return message !== undefined && reader.isExhausted ? message : undefined;
}

function readHostPayload(reader: ByteReader, encoded: EncodedMessage): HostMessage | undefined {
  switch (encoded.type) {
    case HOST_TYPES.hello:
      return readHello(reader);
    case HOST_TYPES['get-pins']:
      return { kind: 'get-pins', first: reader.u8() };
    case HOST_TYPES.open:
      return { kind: 'open', challenge: reader.u32() };
    case HOST_TYPES.config: {
      const record = readConfigRecord(reader);
      return record && { kind: 'config', record };
    }
    case HOST_TYPES.commit:
      return { kind: 'commit', leaseMs: reader.u16(), count: reader.u8(), configHash: reader.u32() };
    case HOST_TYPES.close:
      return { kind: 'close' };
    case HOST_TYPES.speed:
      return { kind: 'speed', baud: reader.u32() };
    case HOST_TYPES.process:
      return {
        kind: 'process',
        cycle: reader.u32(),
        notAfterUs: reader.u32(),
        arm: (reader.u8() & FLAG_ARM) !== 0,
        image: reader.rest(),
      };
    case HOST_TYPES.stop:
      return { kind: 'stop', cycle: reader.u32() };
    case HOST_TYPES.stream:
      return readStream(reader);
    case HOST_TYPES['stream-ack']:
      return { kind: 'stream-ack', next: reader.u8() };
    default:
      return undefined;
  }
}

function readHello(reader: ByteReader): HostMessage | undefined {
  const magic = reader.bytes(MAGIC.length);
  if (!magic.every((byte, index) => byte === MAGIC[index])) return undefined;
  return { kind: 'hello', wireVersion: reader.u8(), nonce: reader.u32() };
}

/** Reads STREAM, which is the same in both directions; undefined unless it carries 1..32 bytes. */
export function readStream(reader: ByteReader): Extract<HostMessage, { kind: 'stream' }> | undefined {
  const streamSeq = reader.u8();
  const data = reader.rest();
  if (data.length < 1 || data.length > STREAM_DATA_MAX) return undefined;
  return { kind: 'stream', streamSeq, data };
}
