import { describe, expect, it } from 'vitest';
import { configHash, configRecords, encodeConfigRecord } from '../../firmware-bridge/wire/config-records.ts';
import { crc32c } from '../../firmware-bridge/wire/crc32c.ts';
import { encodeFrame, formatUid, parseUid } from '../../firmware-bridge/wire/frame.ts';
import { encodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import { isOutputCommand, packImage, unpackBoardImage } from '../../firmware-bridge/wire/images.ts';
import { isNewerSeq, nextSeq } from '../../firmware-bridge/wire/sequence.ts';
import { decodeCobs, encodeCobs } from '../support/cobs.ts';
import { samplePlan, UID, UID_TEXT } from '../support/wire-samples.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

describe('the checksum', () => {
  it('is CRC-32C by the check value of its catalogue', () => {
    expect(crc32c(ascii('123456789'))).toBe(0xe3069283);
  });

  it('is CRC-32C by the examples of RFC 3720 appendix B.4', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
  });
});

describe('byte stuffing', () => {
  it.each([
    ['00', '01 01'],
    ['00 00', '01 01 01'],
    ['11 22 00 33', '03 11 22 02 33'],
    ['11 22 33 44', '05 11 22 33 44'],
    ['11 00 00 00', '02 11 01 01 01'],
  ])('encodes %s as the examples of the paper do', (plain, stuffed) => {
    const bytes = Uint8Array.from(plain.split(' '), (text) => Number.parseInt(text, 16));
    expect(hex(encodeCobs(bytes))).toBe(stuffed);
  });

  it('starts a new run after 254 bytes without a zero', () => {
    const run = new Uint8Array(255).fill(7);
    expect(encodeCobs(run.subarray(0, 254))).toHaveLength(255);
    expect(encodeCobs(run)).toHaveLength(257);
    expect(decodeCobs(encodeCobs(run))).toEqual(run);
  });

  it.each(['', '05 11 22', '00', '03 11 00'])('refuses %s', (stuffed) => {
    const bytes = stuffed === '' ? [] : stuffed.split(' ').map((text) => Number.parseInt(text, 16));
    expect(decodeCobs(Uint8Array.from(bytes))).toBeUndefined();
  });
});

describe('golden frames, to compare another implementation with', () => {
  it('HELLO carries no UID in its checksum', () => {
    const message = encodeHostMessage({ kind: 'hello', wireVersion: 1, nonce: 0x01020304 });
    expect(hex(encodeFrame({ ...message, seq: 0, session: 0 }, UID))).toMatchInlineSnapshot(
      `"02 01 01 01 01 01 01 0e 43 4c 44 41 01 04 03 02 01 a9 46 ec 85 00"`,
    );
  });

  it('PROCESS of the sample plan', () => {
    const image = packImage(samplePlan().outputs, [1500, 1, 544]);
    const message = encodeHostMessage({ kind: 'process', cycle: 7, notAfterUs: 123_456, arm: true, image });
    expect(hex(message.payload)).toBe('07 00 00 00 40 e2 01 00 01 01 dc 05 20 02');
    expect(hex(encodeFrame({ ...message, seq: 258, session: 0xcafe0001 }, UID))).toMatchInlineSnapshot(
      `"05 10 02 01 01 04 fe ca 07 01 01 04 40 e2 01 0b 01 01 dc 05 20 02 3f 43 1b db 00"`,
    );
  });

  it('the configuration of the sample plan', () => {
    const records = configRecords(samplePlan());
    expect(records.map((record) => hex(encodeConfigRecord(record)))).toEqual([
      '00 06 00 00 02 05 14 00 00 00 00 00',
      '01 06 00 00 04 02 00 00 00 00 1e 00',
      '02 06 00 01 0e 00 32 00 e8 03 00 00',
      '03 06 01 01 09 01 00 00 00 00 00 00',
      '04 06 01 00 07 01 00 00 00 00 00 00',
      '05 06 01 01 0a 01 ff ff 00 00 00 00',
    ]);
    expect(configHash(100, records).toString(16)).toMatchInlineSnapshot(`"3de9d0ff"`);
    expect(configHash(101, records)).not.toBe(configHash(100, records));
    expect(configHash(100, records.toReversed())).toBe(configHash(100, records));
  });
});

describe('a UID', () => {
  it('is written first byte first', () => {
    expect(parseUid(UID_TEXT)).toEqual(UID);
    expect(formatUid(UID)).toBe(UID_TEXT);
  });

  it.each(['', '1e95', 'zz95a1b2c3d4e5f6', `${UID_TEXT}0`])('is not %j', (text) => {
    expect(parseUid(text)).toBeUndefined();
  });
});

describe('process images', () => {
  const plan = samplePlan();

  it('report the last pulse of a servo that gets none', () => {
    const bytes = Uint8Array.from([0b10, 0xff, 0x03, 0b1, 0xdc, 0x85, 0x00, 0x80]);
    expect(unpackBoardImage(plan, bytes)).toEqual({
      inputs: [0, 1, 1023],
      outputs: [1500, 1, 0],
      driven: [false, true, false],
    });
  });

  it('are refused when their length does not fit the plan', () => {
    expect(unpackBoardImage(plan, new Uint8Array(7))).toBeUndefined();
    expect(unpackBoardImage(plan, new Uint8Array(9))).toBeUndefined();
  });

  it.each([
    [[1500, 1, 544], true],
    [[0, 0, 0], true],
    [[1500, 1], false],
    [[Number.NaN, 1, 544], false],
    [[1500, 2, 544], false],
    [[499, 1, 544], false],
    [[2501, 1, 544], false],
    [[Number.POSITIVE_INFINITY, 1, 544], false],
  ])('take the outputs %j: %s', (outputs, expected) => {
    expect(isOutputCommand(plan.outputs, outputs)).toBe(expected);
  });
});

describe('sequence numbers', () => {
  it.each([
    [1, 0, true],
    [0, 0, false],
    [0, 1, false],
    [0, 65_535, true],
    [65_535, 0, false],
    [32_767, 0, true],
    [32_768, 0, false],
  ])('%i after %i is newer: %s', (seq, last, expected) => {
    expect(isNewerSeq(seq, last)).toBe(expected);
  });

  it('[S21] wrap from 65535 to 0', () => {
    expect(nextSeq(65_535)).toBe(0);
  });
});
