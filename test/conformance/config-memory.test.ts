// Goal: no bit of a board's configuration can change unnoticed. Method: every bit of every record, of the number of records, of
// the lease and of the hash is turned over in the memory of a board that drives its outputs, one bit in a trial, while
// commands go on.
import { describe, expect, it } from 'vitest';
import { BENCH, benchOutputs, commitPayload, Rig, records, STATE } from '../support/firmware-rig.ts';

/** No other number in the memory of the board. */
const LEASE_MS = 1_973;
const CORRUPTED = 3;
/** Checked each second; the check itself goes on for some milliseconds. */
const NOTICED_US = 1_050_000;
/** A record in memory, bytes; the two after its value mean nothing. */
const RECORD = 12;
const MEANT = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11];
/** Pins of an Uno. */
const PINS = 20;

function armed(): Rig {
  const rig = new Rig().configure(BENCH, LEASE_MS);
  rig.process(benchOutputs(1, 1200, 1700));
  return rig;
}

function placesOf(pattern: Buffer, memory: Uint8Array): readonly number[] {
  const bytes = Buffer.from(memory.buffer);
  const places = [];
  for (let at = bytes.indexOf(pattern); at >= 0; at = bytes.indexOf(pattern, at + 1)) places.push(at);
  return places;
}

/** Where the board keeps its records: the copy in use, and the one that was committed. */
function copies(): readonly (readonly number[])[] {
  const { memory } = armed().board;
  const heads = records(BENCH).map((record) => record.subarray(2, 8));
  const bases = placesOf(heads[0] ?? Buffer.alloc(0), memory).filter((base) =>
    heads.every((head, index) =>
      head.equals(memory.subarray(base + index * RECORD, base + index * RECORD + head.length)),
    ),
  );
  return bases.map((base) => heads.flatMap((_, index) => MEANT.map((at) => base + index * RECORD + at)));
}

/** Copies of a number: the one that counts, and what may be left of it where it came by. */
function placesOfNumber(bytes: Buffer): readonly number[] {
  const places = placesOf(bytes, armed().board.memory).filter((at) => flip(at, 0).state === STATE.tripped);
  expect(places).toHaveLength(1);
  return [...bytes.keys()].map((at) => (places[0] ?? 0) + at);
}

/** Turns one bit over and lets commands go on until it must have been noticed. */
function flip(at: number, bit: number) {
  const rig = armed();
  rig.board.memory[at] = (rig.board.memory[at] ?? 0) ^ (1 << bit);
  const endUs = rig.board.timeUs + NOTICED_US;
  while (rig.board.timeUs < endUs) {
    rig.process(benchOutputs(1, 1200, 1700));
    rig.run(50_000);
  }
  const { state, tripCause } = rig.image();
  const driven = [...Array(PINS).keys()].filter((pin) => {
    const { mode, level, pulseUs } = rig.board.pin(pin);
    return (mode === 'output' && level === 1) || pulseUs > 0;
  });
  return { place: `${at}.${bit}`, state, tripCause, driven };
}

function flipAll(at: number) {
  return [...Array(8).keys()].map((bit) => flip(at, bit));
}

const LEASE_US = Buffer.alloc(4);
LEASE_US.writeUInt32LE(LEASE_MS * 1000);
const HASH = commitPayload(BENCH, LEASE_MS).subarray(3);
function isUnnoticed({ state, tripCause }: ReturnType<typeof flip>): boolean {
  return state !== STATE.tripped || tripCause !== CORRUPTED;
}

describe('a changed bit', () => {
  it('[M9] of the configuration in use trips the board, whichever it is, to safe values and with no other pin driven', () => {
    const [first = [], second = []] = copies();
    const inUse = flip(first[0] ?? 0, 0).state === STATE.tripped ? first : second;
    expect(inUse).toHaveLength(BENCH.length * 10);
    const seen = inUse.flatMap(flipAll);
    expect(seen.filter(isUnnoticed)).toEqual([]);
    // The first servo holds its last pulse: that is its safe value.
    expect(seen.filter(({ driven }) => driven.some((pin) => pin !== 9))).toEqual([]);
  });

  it('[M9] of the lease or of the hash does as well', () => {
    const seen = [LEASE_US, HASH].flatMap(placesOfNumber).flatMap(flipAll);
    expect(seen.filter(isUnnoticed)).toEqual([]);
  });
});
