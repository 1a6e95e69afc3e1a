// `npm run campaign:fuzz`: coverage-guided fuzzing of the board's program under sanitizers.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingForNative } from '../../firmware-bridge/firmware/native.ts';
import { fuzzNative } from '../support/fuzz-native.ts';

const { values } = parseArgs({
  options: {
    bytes: { type: 'string', default: '1000000000' },
    seed: { type: 'string', default: '1' },
    artifacts: { type: 'string', default: join('.celda', 'fuzz') },
  },
});

async function main(): Promise<number> {
  const bytes = Number(values.bytes);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(bytes) || bytes < 1 || !Number.isSafeInteger(seed) || seed < 1) {
    process.stderr.write('campaign:fuzz: --bytes and --seed are whole numbers from 1\n');
    return 2;
  }
  const missing = missingForNative();
  if (missing !== undefined) {
    process.stderr.write(`campaign:fuzz: skipped, ${missing}\n`);
    return 0;
  }
  process.stderr.write(`campaign:fuzz: seed ${seed}, ${bytes} bytes\n`);
  const startedMs = performance.now();
  const result = await fuzzNative(bytes, seed, values.artifacts, (done) => {
    process.stderr.write(`campaign:fuzz: ${done} of ${bytes}\n`);
  });
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  process.stdout.write(
    `${JSON.stringify({ seed, ...result, findings: Number(result.finding !== undefined), seconds })}\n`,
  );
  return result.finding === undefined ? 0 : 1;
}

process.exitCode = await main();
