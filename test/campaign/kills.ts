// `npm run campaign:kills [-- --count 10000 --seed 1 --rate 50 --virtual --json]`: kill -9 of the gateway, of control, of both of a working
// cell, at random instants under submissions with retries. `--virtual`: in virtual time and one process, many times as fast, and in the middle of
// commits too; `--virtual --broken NAME`: a cell that is broken on purpose, until that is found. Exit code 1 when an acknowledged order was lost,
// one was executed twice, or something has moved without a person.
import { parseArgs } from 'node:util';
import { BREAKAGES, type BreakageName, type Broken } from '../support/kill-breakage.ts';
import { killAgainAndAgain } from '../support/kill-run.ts';
import { killInVirtualTime } from '../support/virtual-kill-run.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
    virtual: { type: 'boolean', default: false },
    broken: { type: 'string' },
  },
});

async function main(): Promise<number> {
  const count = Number(values.count);
  const perSecond = Number(values.rate);
  if (!Number.isSafeInteger(count) || count < 1 || !(perSecond > 0)) {
    process.stderr.write('campaign:kills: --count is a whole number from 1, --rate a number above 0\n');
    return 2;
  }
  const { broken } = values;
  if (broken !== undefined && !(values.virtual && isBreakage(broken))) {
    const names = Object.keys(BREAKAGES).map((name) => `"${name}"`);
    process.stderr.write(`campaign:kills: --broken goes with --virtual, and is one of ${names.join(', ')}\n`);
    return 2;
  }
  const run = values.virtual ? killInVirtualTime : killAgainAndAgain;
  const planted: Broken | undefined = broken !== undefined && isBreakage(broken) ? BREAKAGES[broken]() : undefined;
  const report = await run({
    ...(planted === undefined ? {} : { broken: planted, until: /./ }),
    count,
    seed: values.seed,
    perSecond,
    progress: (done, wrong) => {
      if (done % (values.virtual ? 100 : 10) === 0)
        process.stderr.write(`campaign:kills: ${done} of ${count} kills, ${wrong} wrong\n`);
    },
  });
  if (values.json) process.stdout.write(`${JSON.stringify({ seed: values.seed, ...report })}\n`);
  else {
    const { kills, controlKills, gatewayKills, seconds, submissions, acknowledged, repeats, moved, resumes, wrong } =
      report;
    process.stdout.write(
      `${kills} kills (control ${controlKills}, gateway ${gatewayKills}) in ${seconds.toFixed(0)} s: ${submissions} submissions ` +
        `(${(submissions / seconds).toFixed(1)}/s), ${acknowledged} acknowledged, ${repeats} requests repeated, ${moved} parts moved, ` +
        `${resumes} resumed: ${wrong.length === 0 ? 'none lost, none twice, none without a person' : `WRONG ${wrong.length} times`}\n`,
    );
    for (const line of wrong.slice(0, 20)) process.stdout.write(`${line}\n`);
    for (const line of report.log) process.stderr.write(`${line}\n`);
  }
  return report.wrong.length === 0 ? 0 : 1;
}

function isBreakage(name: string): name is BreakageName {
  return Object.hasOwn(BREAKAGES, name);
}

process.exitCode = await main();
