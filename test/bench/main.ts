// `npm run bench`: measures the budgets of the design, each beside its reference, and prints a table or JSON.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { MEASUREMENTS } from './figures.ts';
import { busyWarning, describeMachine } from './machine.ts';
import { type Failure, formatReport, type Report } from './report.ts';

const HELP = `Measures the budgets of Celda, each beside its reference in the same run.

Usage: npm run bench -- [options]

  --only <name>   measure only this; repeat for more: ${[...MEASUREMENTS.keys()].join(', ')}
  --json [file]   JSON instead of the table, or into a file beside it
  --quick         few events: shows that it works, in about a minute
  --help          this

Progress goes to standard error. Exit code 0 also when a budget is missed, 1 when a measurement failed, 2 for a wrong option.
The machine should do nothing else meanwhile; what each figure means is in docs/reference/benchmarks.md.
`;

interface Settings {
  readonly only: readonly string[];
  readonly json: boolean;
  readonly jsonFile: string | undefined;
  readonly quick: boolean;
  readonly help: boolean;
}

/** @throws Error on what it does not understand */
function readSettings(args: readonly string[]): Settings {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [jsonFile, ...rest] = positionals;
  if (rest.length > 0 || (jsonFile !== undefined && !values.json)) {
    throw new Error(`unexpected argument ${rest[0] ?? jsonFile ?? ''}`);
  }
  const unknown = values.only.find((name) => !MEASUREMENTS.has(name));
  if (unknown !== undefined) {
    throw new Error(`there is no measurement ${unknown}; there are: ${[...MEASUREMENTS.keys()].join(', ')}`);
  }
  return { only: values.only, json: values.json, jsonFile, quick: values.quick, help: values.help };
}

function progress(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

async function measureAll({ only, quick }: Settings): Promise<Report> {
  const machine = describeMachine();
  const warning = busyWarning(machine);
  if (warning !== undefined) progress(`WARNING: ${warning}`);
  const figures: Figure[] = [];
  const failures: Failure[] = [];
  for (const [name, load] of MEASUREMENTS) {
    if (only.length > 0 && !only.includes(name)) continue;
    try {
      const measure = await load();
      figures.push(...(await measure({ quick, progress })));
    } catch (error) {
      failures.push({ name, reason: error instanceof Error ? error.message : String(error) });
      progress(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return { machine, quick, figures, failures };
}

function publish(report: Report, { json, jsonFile }: Settings): void {
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (json && jsonFile === undefined) {
    process.stdout.write(text);
    return;
  }
  process.stdout.write(formatReport(report));
  if (jsonFile !== undefined) writeFileSync(jsonFile, text);
}

async function main(args: readonly string[]): Promise<number> {
  let settings: Settings;
  try {
    settings = readSettings(args);
  } catch (error) {
    process.stderr.write(
      `bench: ${error instanceof Error ? error.message : String(error)} (--help shows the options)\n`,
    );
    return 2;
  }
  if (settings.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const report = await measureAll(settings);
  publish(report, settings);
  return report.failures.length === 0 ? 0 : 1;
}

// So that what was started ends too, through the handlers of `exit`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main(process.argv.slice(2));
