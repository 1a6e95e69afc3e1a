// `npm run campaign:soak [-- --cycles 2000000 --orders 25000 --json]`: a whole cell works in virtual time, and its orders come through the real
// gateway and journal. Exit code 1 when memory, handles or open files grow in the second half of the run. Takes some minutes.
import { parseArgs } from 'node:util';
import { soak } from '../support/soak.ts';

const MIB = 1024 * 1024;
const HEAP_GROWTH_MAX = MIB;
const RESIDENT_GROWTH_MAX = 16 * MIB;
/** The gateway remembers 10,000 requests, and fewer of all else: in the middle all that it keeps is full. */
const ORDERS_MIN = 25_000;
const SAMPLES = 40;

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '2000000' },
    orders: { type: 'string', default: String(ORDERS_MIN) },
    json: { type: 'boolean', default: false },
  },
});

async function main(): Promise<number> {
  const [cycles, orders] = [Number(values.cycles), Number(values.orders)];
  if (!Number.isSafeInteger(cycles) || !Number.isSafeInteger(orders) || cycles < 1 || orders < SAMPLES) {
    process.stderr.write(`campaign:soak: --cycles and --orders are whole numbers, --orders from ${SAMPLES}\n`);
    return 2;
  }
  if (orders < ORDERS_MIN) {
    process.stderr.write(
      `campaign:soak: with fewer than ${ORDERS_MIN} orders what is kept is still being filled, and growth is no leak\n`,
    );
  }
  const from = performance.now();
  const onSample = (sample: { readonly cycles: number; readonly orders: number; readonly heapBytes: number }): void => {
    const heap = (sample.heapBytes / MIB).toFixed(1);
    process.stderr.write(`campaign:soak: ${sample.cycles} cycles, ${sample.orders} orders, ${heap} MiB of objects\n`);
  };
  const report = await soak({ cycles, orders, samples: SAMPLES, onSample });
  const { heapGrowthBytes, residentGrowthBytes, handleGrowth, fileGrowth, samples } = report;
  const isMemoryMet = heapGrowthBytes <= HEAP_GROWTH_MAX && residentGrowthBytes <= RESIDENT_GROWTH_MAX;
  const isMet = isMemoryMet && handleGrowth < 1 && fileGrowth < 1;
  const seconds = (performance.now() - from) / 1000;
  if (values.json) process.stdout.write(`${JSON.stringify({ isMet, seconds, ...report })}\n`);
  else {
    process.stdout.write(
      `${isMet ? 'met   ' : 'MISSED'} ${samples.at(-1)?.cycles ?? 0} cycles and ${orders} orders in ${seconds.toFixed(0)} s, in the second half: ` +
        `objects ${inKib(heapGrowthBytes)}, resident ${inKib(residentGrowthBytes)}, handles ${handleGrowth.toFixed(1)}, files ${fileGrowth.toFixed(1)}\n`,
    );
  }
  return isMet ? 0 : 1;
}

function inKib(bytes: number): string {
  return `${bytes < 0 ? '' : '+'}${(bytes / 1024).toFixed(0)} KiB`;
}

process.exitCode = await main();
