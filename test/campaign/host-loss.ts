// `npm run campaign:host-loss [-- --times 100 --seed 1 --only killed --json]`: the controller of a moving cell is killed, frozen,
// unplugged and kept busy, for real. Exit code 1 when a board was not safe within its lease and 1 ms, once.
import { parseArgs } from 'node:util';
import { HOST_LOSSES, type HostLoss, LEASE_MS, loseHost } from '../support/host-loss.ts';

const LIMIT_MS = LEASE_MS + 1;

const HELP = `Kills, freezes, unplugs and keeps busy the controller of a moving cell, for real.

Usage: npm run campaign:host-loss -- [options]

  --times <n>    losses of each kind (100)
  --seed <text>  of all choices (1)
  --only <kind>  ${HOST_LOSSES.join(', ')} (all)
  --json         JSON instead of the table
  --help         this

Progress goes to standard error. Exit code 1 when a board was late once, 2 for a wrong option.
`;

function readOptions() {
  const options = {
    times: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    // What the parser finds is the person's to mend: no stack.
    process.stderr.write(`campaign:host-loss: ${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exit(2);
  }
}

const values = readOptions();

interface Row {
  readonly loss: HostLoss;
  readonly times: number;
  readonly limitMs: number;
  readonly minMs: number;
  readonly medianMs: number;
  readonly maxMs: number;
  readonly late: number;
}

function rowOf(loss: HostLoss, found: readonly number[]): Row {
  const sorted = found.toSorted((a, b) => a - b);
  return {
    loss,
    times: sorted.length,
    limitMs: LIMIT_MS,
    minMs: sorted[0] ?? Number.NaN,
    medianMs: sorted[sorted.length >> 1] ?? Number.NaN,
    maxMs: sorted.at(-1) ?? Number.NaN,
    late: sorted.filter((ms) => ms > LIMIT_MS).length,
  };
}

function print(rows: readonly Row[]): void {
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ seed: values.seed, rows })}\n`);
    return;
  }
  process.stdout.write('ms of board time, last executed command -> outputs safe\n');
  for (const { loss, times, minMs, medianMs, maxMs, limitMs, late } of rows) {
    const figures = [minMs, medianMs, maxMs, limitMs].map((ms) => ms.toFixed(2).padStart(8)).join('');
    process.stdout.write(`${loss.padEnd(10)}${String(times).padStart(5)} times: min, median, max, bar${figures}`);
    process.stdout.write(late === 0 ? '\n' : `  MISSED ${late} times\n`);
  }
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const times = Number(values.times);
  const chosen = HOST_LOSSES.filter((loss) => values.only === undefined || values.only === loss);
  if (!Number.isSafeInteger(times) || times < 1 || chosen.length === 0) {
    process.stderr.write(
      `campaign:host-loss: --times is a whole number from 1, --only one of ${HOST_LOSSES.join(', ')}\n`,
    );
    return 2;
  }
  const rows: Row[] = [];
  for (const loss of chosen) {
    const found = await loseHost(loss, times, values.seed, (done) => {
      if (done % 10 === 0 || done === times) process.stderr.write(`campaign:host-loss: ${loss}, ${done} of ${times}\n`);
    });
    rows.push(rowOf(loss, found));
  }
  print(rows);
  return rows.every(({ late }) => late === 0) ? 0 : 1;
}

process.exitCode = await main();
