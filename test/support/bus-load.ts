// All that the stream can ask of a board's buses, on a bench at level 3: searches and reads on one-wire without a pause, and
// two reads on I2C at the shortest interval, with a host that acknowledges what comes.
import type { BoardWorld } from '../../sim/board/board-pins.ts';
import { Ds18b20, ds18b20Address } from '../../sim/board/ds18b20.ts';
import { I2cBus } from '../../sim/board/i2c-bus.ts';
import { createMcp9808, MCP9808_ADDRESS } from '../../sim/board/mcp9808.ts';
import { OneWireBus } from '../../sim/board/one-wire-bus.ts';
import type { AvrBench } from './avr-bench.ts';
import { packed } from './bus-bench.ts';
import { TYPE } from './firmware-rig.ts';

/** Free on the benches of `avr-timing.ts`. */
const ONE_WIRE_PIN = 16;
const SERIAL = 0x2a;
const STREAM_SEQUENCES = 256;
const I2C_REPLY = 0x77;
const ONEWIRE_DATA = 0x73;
const READ_ALWAYS = 0x10;
const SCRATCHPAD_BYTES = 9;
const READ_SCRATCHPAD = 0xbe;
const CELSIUS = 21.5;

/** A thermometer on each bus. */
export function busWorld(): Required<Pick<BoardWorld, 'i2c' | 'oneWire'>> {
  const oneWire = new OneWireBus([new Ds18b20({ serial: SERIAL, celsius: () => CELSIUS, nowMs: () => 0 })]);
  return {
    i2c: new I2cBus([createMcp9808({ celsius: () => CELSIUS })]),
    oneWire: (pin) => (pin === ONE_WIRE_PIN ? oneWire : undefined),
  };
}

function i2cRead(register: number): readonly number[] {
  return [0xf0, 0x76, MCP9808_ADDRESS, READ_ALWAYS, register, 0, 2, 0, 0xf7];
}

const SET_UP: readonly (readonly number[])[] = [
  [0xf0, 0x78, 0, 0, 0xf7],
  [0xf0, 0x7a, 10, 0, 0xf7],
  [0xf0, ONEWIRE_DATA, 0x41, ONE_WIRE_PIN, 1, 0xf7],
  ...[5, 6].map(i2cRead),
];
const SCRATCHPAD = packed([...ds18b20Address(SERIAL), SCRATCHPAD_BYTES, 0, 7, 1, 0, 0, 0, 0, READ_SCRATCHPAD]);
/** One after the other without end: a search, and a reset, select, write and read. */
const ROUND: readonly (readonly number[])[] = [
  [0xf0, ONEWIRE_DATA, 0x40, ONE_WIRE_PIN, 0xf7],
  [0xf0, ONEWIRE_DATA, 0x3d, ONE_WIRE_PIN, ...SCRATCHPAD, 0xf7],
];

/** One session's worth of it. */
export class BusLoad {
  readonly #bench: AvrBench;
  #sent = 0;
  #acknowledged = 0;
  /** Replies heard, by bus. */
  readonly replies = { i2c: 0, oneWire: 0 };

  constructor(bench: AvrBench) {
    this.#bench = bench;
  }

  /** Acknowledges what has come, and says what is next, or the same again while it is not acknowledged. */
  next(): Buffer {
    const bench = this.#bench;
    const acks: Buffer[] = [];
    for (const { type, payload } of bench.take()) {
      if (type === TYPE.streamAckOut) this.#acknowledged = payload.readUInt8(0);
      if (type !== TYPE.streamOut) continue;
      this.#count(payload);
      acks.push(bench.frame(TYPE.streamAck, Buffer.of((payload.readUInt8(0) + 1) % STREAM_SEQUENCES)));
    }
    if (this.#acknowledged === (this.#sent + 1) % STREAM_SEQUENCES) this.#sent += 1;
    return Buffer.concat([...acks, bench.frame(TYPE.stream, this.#chunk())]);
  }

  #chunk(): Buffer {
    const at = this.#sent;
    const message = SET_UP[at] ?? ROUND[at % ROUND.length] ?? [];
    return Buffer.from([at % STREAM_SEQUENCES, ...message]);
  }

  #count(payload: Buffer): void {
    for (const [at, byte] of payload.entries()) {
      if (byte !== 0xf0) continue;
      if (payload[at + 1] === I2C_REPLY) this.replies.i2c += 1;
      if (payload[at + 1] === ONEWIRE_DATA) this.replies.oneWire += 1;
    }
  }
}
