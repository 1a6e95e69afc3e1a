// `npm run campaign:power-cut [-- --orders 40 --clients 8 --seed 1 --rounds 3 --json]`: records a real run of the journal at the border to
// the kernel, and opens what a power cut after each single call leaves. Exit code 1 when an acknowledged order was lost or doubled.
import { parseArgs } from 'node:util';
import { seededRandom } from '../support/disk-record.ts';
import { diskShim, SHIM_NOTICE } from '../support/disk-shim.ts';
import { cutEverywhere, recordRun } from '../support/power-cut.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '40' },
    clients: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

function main(): number {
  const shim = diskShim();
  if (shim === undefined) {
    process.stdout.write(`${SHIM_NOTICE}\n`);
    return 0;
  }
  const random = seededRandom(Number(values.seed));
  const run = recordRun(shim, Number(values.orders), Number(values.clients));
  const torn = Array<'torn'>(Number(values.rounds)).fill('torn');
  const progress = (done: number, all: number): void => {
    if (done % 100 === 0) process.stderr.write(`power-cut: ${done} of ${all} calls\n`);
  };
  const report = cutEverywhere(run, { styles: ['lost', 'kept', ...torn], every: 1, random, progress });
  const { cuts, wrong } = report;
  if (values.json)
    process.stdout.write(`${JSON.stringify({ seed: values.seed, calls: run.operations.length, ...report })}\n`);
  else {
    process.stdout.write(
      `${run.operations.length} calls, ${run.acknowledged} acknowledged orders, ${cuts} power cuts: `,
    );
    process.stdout.write(
      wrong.length === 0
        ? 'none lost, none doubled\n'
        : `WRONG ${wrong.length} times\n${wrong.slice(0, 20).join('\n')}\n`,
    );
  }
  return wrong.length === 0 ? 0 : 1;
}

process.exitCode = main();
