// The bytes that the description of the wire gives to whoever writes another firmware are those that this host sends and takes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decodeBoardMessage, encodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { type ConfigRecord, configHash } from '../../firmware-bridge/wire/config-records.ts';
import { decodeFrame, encodeFrame, parseUid } from '../../firmware-bridge/wire/frame.ts';
import { encodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import type { BoardMessage, HostMessage } from '../../firmware-bridge/wire/messages.ts';

const WIRE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'reference', 'wire.md'), 'utf8');
const UID = parseUid('0102030405060708') ?? new Uint8Array(8);

const INPUT: ConfigRecord = {
  index: 0,
  total: 2,
  direction: 'input',
  kind: 'digital',
  pin: 2,
  edge: true,
  closedLevel: 0,
  pullUp: true,
  closeFilterMs: 10,
  permitDelayMs: 0,
  openFilterMs: 0,
};
const OUTPUT: ConfigRecord = {
  index: 1,
  total: 2,
  direction: 'output',
  kind: 'digital',
  pin: 12,
  hazardous: true,
  safeValue: 0,
  permits: [0],
};
const HASH = configHash(100, [INPUT, OUTPUT]);

const FROM_HOST: Readonly<Record<string, readonly HostMessage[]>> = {
  HELLO: [{ kind: 'hello', wireVersion: 2, nonce: 0xa1b2c3d4 }],
  OPEN: [{ kind: 'open', challenge: 0x0badcafe }],
  CONFIG: [
    { kind: 'config', record: INPUT },
    { kind: 'config', record: OUTPUT },
  ],
  COMMIT: [{ kind: 'commit', leaseMs: 100, count: 2, configHash: HASH }],
  PROCESS: [{ kind: 'process', cycle: 1, notAfterUs: 1_050_000, arm: true, image: Uint8Array.of(1) }],
  STOP: [{ kind: 'stop', cycle: 2 }],
};

const FROM_BOARD: Readonly<Record<string, BoardMessage>> = {
  IDENT: {
    kind: 'ident',
    nonce: 0xa1b2c3d4,
    wireVersion: 2,
    uid: '0102030405060708',
    bootCount: 7,
    resetCause: 'power-on',
    firmware: [0, 1, 0],
    boardKind: 'uno',
    pinCount: 20,
    inputSlotsMax: 24,
    outputSlotsMax: 24,
    state: 'boot',
    tripCause: 'none',
    configHash: 0,
    boardTimeUs: 900_000,
    challenge: 0x0badcafe,
  },
  OPENED: { kind: 'opened', boardTimeUs: 950_000 },
  COMMITTED: { kind: 'committed', status: 'ok', configHash: HASH },
  IMAGE: {
    kind: 'image',
    receiptCycle: 1,
    boardTimeUs: 1_001_000,
    state: 'armed',
    tripCause: 'none',
    lateFrames: 0,
    badFrames: 0,
    image: Uint8Array.of(1, 1),
  },
};

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

interface Row {
  readonly name: string;
  readonly seq: number;
  readonly session: number;
  readonly payload: string;
  readonly line: string;
}

const ROWS: readonly Row[] = [
  ...WIRE.matchAll(/^\| ([A-Z]+) +\| (\d+) +\| `([0-9a-f]{8})` \| `([0-9a-f ]+)` \| `([0-9a-f ]+)` \|$/gm),
].map(([, name = '', seq = '', session = '', payload = '', line = '']) => ({
  name,
  seq: Number(seq),
  session: Number.parseInt(session, 16),
  payload,
  line,
}));

it('gives a whole session, frame by frame, as this host and the firmware say it', () => {
  expect(ROWS.map(({ name }) => name)).toEqual([
    'HELLO',
    'IDENT',
    'OPEN',
    'OPENED',
    'CONFIG',
    'CONFIG',
    'COMMIT',
    'COMMITTED',
    'PROCESS',
    'IMAGE',
    'STOP',
  ]);
  const taken = new Map<string, number>();
  for (const { name, seq, session, payload, line } of ROWS) {
    const nth = taken.get(name) ?? 0;
    taken.set(name, nth + 1);
    const host = FROM_HOST[name]?.[nth];
    const board = FROM_BOARD[name];
    const encoded =
      host === undefined ? (board === undefined ? undefined : encodeBoardMessage(board)) : encodeHostMessage(host);
    if (encoded === undefined) throw new Error(`no message for ${name}`);
    expect([name, hex(encoded.payload)]).toEqual([name, payload]);
    expect([name, hex(encodeFrame({ ...encoded, seq, session }, UID))]).toEqual([name, line]);
  }
});

it('gives frames of the board that this host takes, and that a changed bit makes it drop', () => {
  for (const { name, line } of ROWS.filter((row) => FROM_BOARD[row.name] !== undefined)) {
    const bytes = Uint8Array.from(line.split(' ').slice(0, -1), (text) => Number.parseInt(text, 16));
    const frame = decodeFrame(bytes, UID);
    expect(typeof frame === 'string' ? frame : decodeBoardMessage(frame)).toEqual(FROM_BOARD[name]);
    const damaged = Uint8Array.from(bytes, (byte, at) => (at === 8 ? byte ^ 4 : byte));
    expect(typeof decodeFrame(damaged, UID)).toBe('string');
  }
});
