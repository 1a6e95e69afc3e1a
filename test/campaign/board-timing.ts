// `npm run campaign:board-timing [-- <phases> [seed [uno|mega]]]`: what the shipped image takes its time for, in emulated cycles.
// Exit code 1 when one of them is over its bar.
import type { BoardKind } from '../../src/core/cell-model.ts';
import { fullLeaseTimesUs, fullPermitTimesUs } from '../support/avr-full-timing.ts';
import { edgeTimesUs, hangTimesUs, leaseTimesUs, permitTimesUs, servoTimes } from '../support/avr-timing.ts';

const [count = '1000', seedText = '1', kindText = 'uno'] = process.argv.slice(2);
const kind: BoardKind = kindText === 'mega' ? 'mega' : 'uno';
const phases = Number(count);
const seed = Number(seedText);

interface Row {
  readonly what: string;
  readonly values: readonly number[];
  /** Largest value allowed, µs; undefined: to be read, not judged. */
  readonly barUs: number | undefined;
}

function* rows(): Generator<Row> {
  yield {
    what: 'end of last command -> safe output, over the lease',
    values: leaseTimesUs(phases, seed, kind),
    barUs: 1000,
  };
  yield { what: 'permit opens -> safe output, line full', values: permitTimesUs(phases, seed, kind), barUs: 1000 };
  for (const use of ['switches', 'servos', 'axes'] as const) {
    const permits = fullPermitTimesUs(phases, kind, use, seed);
    yield { what: `permit opens -> last output, every slot in use, ${use}`, values: permits, barUs: 1000 };
    const leases = fullLeaseTimesUs(phases, kind, use, seed);
    yield { what: `last command -> last output, over the lease, ${use}`, values: leases, barUs: 1000 };
  }
  yield {
    what: 'end of last command -> safe output, over the lease, buses busy',
    values: leaseTimesUs(phases / 4, seed, kind, 'buses'),
    barUs: 1000,
  };
  yield {
    what: 'permit opens -> safe output, buses busy',
    values: permitTimesUs(phases / 4, seed, kind, 'buses'),
    barUs: 1000,
  };
  yield {
    what: 'input opens -> start bit of EDGE, line free',
    values: edgeTimesUs(phases, 'free', seed, kind),
    barUs: 2000,
  };
  yield {
    what: 'input opens -> start bit of EDGE, line full',
    values: edgeTimesUs(phases, 'busy', seed, kind),
    barUs: undefined,
  };
  const hangs = Math.max(100, phases / 10);
  yield {
    what: 'main loop hangs -> no pin driven',
    values: hangTimesUs(hangs, 'main loop', seed, kind),
    barUs: 250_000,
  };
  yield {
    what: 'interrupts off -> no pin driven',
    values: hangTimesUs(hangs, 'interrupts off', seed, kind),
    barUs: 250_000,
  };
  const servos = servoTimes(Math.max(2, phases / 50), kind);
  yield { what: `servo pulse jitter, ${servos.pulses} pulses, line full`, values: [servos.jitterUs], barUs: 2 };
  const busy = servoTimes(Math.max(2, phases / 50), kind, 'buses');
  yield { what: `servo pulse jitter, ${busy.pulses} pulses, buses busy`, values: [busy.jitterUs], barUs: 2 };
  yield { what: 'characters lost, buses busy', values: [busy.overruns], barUs: 0 };
  yield { what: 'servo pulse error, line full', values: [servos.errorUs], barUs: undefined };
  yield { what: 'due interrupt kept out, line full', values: [servos.keptOutUs], barUs: undefined };
  yield { what: 'characters lost, line full', values: [servos.overruns], barUs: 0 };
}

const shown = (us: number): string => us.toFixed(1).padStart(10);

process.stdout.write(`${'µs of emulated time'.padEnd(64)}${'n'.padStart(6)}       min    median       max       bar\n`);
for (const { what, values, barUs } of rows()) {
  const sorted = values.toSorted((a, b) => a - b);
  const [min = 0, median = 0, max = 0] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  const isMet = barUs === undefined || max <= barUs;
  const bar = barUs === undefined ? '         -' : shown(barUs);
  process.stdout.write(
    `${what.padEnd(64)}${String(values.length).padStart(6)}${shown(min)}${shown(median)}${shown(max)}${bar}`,
  );
  process.stdout.write(isMet ? '\n' : '  MISSED\n');
  if (!isMet) process.exitCode = 1;
}
