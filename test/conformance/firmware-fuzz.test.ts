// Goal: no input makes the board's program leave its memory, misbehave or break its promises. Method: coverage-guided
// fuzzing of the portable core with sanitizers; the promises are in firmware-bridge/firmware/targets/native/invariants.cpp.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { missingForNative } from '../../firmware-bridge/firmware/native.ts';
import { fuzzNative } from '../support/fuzz-native.ts';

const BYTES = 10_000_000;
const missing = missingForNative();
if (missing !== undefined) process.stderr.write(`fuzzing of the board's program is skipped: ${missing}\n`);

it.skipIf(missing !== undefined)(
  'ten million bytes of stories find nothing in the program of the board',
  { timeout: 300_000 },
  async () => {
    const result = await fuzzNative(BYTES, 1, join(tmpdir(), 'celda-fuzz-findings'));
    expect(result.finding).toBeUndefined();
    expect(result.bytes).toBeGreaterThanOrEqual(BYTES);
  },
);
