// Goal: what watches goes on when its connection is cut, says so once, and misses nothing that the cell still has. Method: the commands
// over a line that is cut, against gateways that come and go; only the control process is played.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addAlarmsCommand } from '../../src/cli/commands/alarms.ts';
import { addJobCommand } from '../../src/cli/commands/job.ts';
import { addSignalsCommand } from '../../src/cli/commands/unit.ts';
import { NO_ALARMS, raiseAlarm } from '../../src/core/alarm-list.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { CutLine } from '../support/cut-line.ts';
import { type MesBench, pickCell, startMesBench } from '../support/mes-bench.ts';
import { beginCommand, runCommand } from '../support/served-cell.ts';

/** A port that nothing listens on: 1 is tcpmux, which no machine here serves. */
const NOBODY = '127.0.0.1:1';
const RUNNING = { state: 'Running', substate: undefined, revision: 2 } as const;
const DONE = { state: 'Ended', substate: 'Completed', result: 'Successful', revision: 3 } as const;

let directory: string;
let journal: JournalPort;
let bench: MesBench;
let line: CutLine;
let end: AbortController;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  await open('j.db');
  line = await CutLine.open(bench.server.port);
  end = new AbortController();
});

afterEach(async () => {
  end.abort();
  await line.close();
  await close();
  rmSync(directory, { recursive: true });
});

async function open(file: string): Promise<void> {
  const opened = await openJournal({ path: join(directory, file) });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  journal = opened.value;
  bench = await startMesBench(pickCell(), undefined, journal);
}

async function close(): Promise<void> {
  await bench.stop();
  await journal.close();
}

/** The gateway dies, and another comes on a journal; the line leads to it once control is heard there. */
async function another(file: string, happened: () => Promise<void>): Promise<void> {
  line.refuse();
  await close();
  await open(file);
  await happened();
  line.lead(bench.server.port);
  line.mend();
}

/** Control is connected, and has said what orders are there. */
async function greet(...records: ReturnType<typeof jobRecord>[]): Promise<void> {
  bench.control.hello(records);
  await until(() => expect(bench.server.mirror.connected).toBe(true));
}

/** Control says what has become of an order, and it is on disk. */
async function become(...args: Parameters<typeof jobRecord>): Promise<void> {
  const sequence = bench.control.changed(jobRecord(...args));
  await until(() => expect(bench.control.storedThrough).toContainEqual(['e1', sequence]));
}

function watch(add: Parameters<typeof beginCommand>[0], ...args: readonly string[]) {
  return beginCommand(add, [...args, '--address', line.address], end.signal);
}

/** Clients wait before they come again. */
const until = (seen: () => void): Promise<void> => vi.waitFor(seen, { timeout: 10_000, interval: 10 });

const lines = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each) as unknown);
const lost = `the connection to 127\\.0\\.0\\.1:\\d+ is lost \\([A-Z_]+\\); it is tried again until Ctrl-C\\n`;

describe('celda job watch', () => {
  it('goes on where it was over a cut and another gateway, and says so once, in both languages', async () => {
    await greet();
    await become('J-1');
    const json = watch(addJobCommand, 'job', 'watch', '--json');
    const people = watch(addJobCommand, 'job', 'watch', '--locale', 'es');
    await until(() => expect([json.said.stdout, people.said.stdout].join()).toMatch(/J-1[\s\S]*J-1/));
    // What is told after the orders that were there already: from here on both can go on where they are.
    await become('J-2');
    await until(() => expect([json.said.stdout, people.said.stdout].join()).toMatch(/J-2[\s\S]*J-2/));
    await another('j.db', async () => {
      await greet(jobRecord('J-1'), jobRecord('J-2'));
      bench.control.changed(jobRecord('J-1'));
      bench.control.changed(jobRecord('J-2'));
      await become('J-1', RUNNING);
      await become('J-1', DONE);
    });
    await until(() => expect([json.said.stdout, people.said.stdout].map(endings)).toEqual([1, 1]));
    end.abort();
    expect((await json.ended).stderr).toMatch(new RegExp(`^${lost}connected again\\n$`));
    expect((await people.ended).stderr).toMatch(/^se perdió la conexión .*\nconectado de nuevo\n$/);
    const states = lines(json.said.stdout).flatMap((event) => {
      const { job } = event as { readonly job?: { readonly jobOrderId: string; readonly state: string } };
      return job?.jobOrderId === 'J-1' ? [job.state] : [];
    });
    expect(states).toEqual(['AllowedToStart', 'Running', 'Ended']);
    expect(json.said.status).toBe(0);
  });

  it('that cannot go on where it was shows how it stands, and says what to do', async () => {
    await greet();
    await become('J-1');
    const { said, ended } = watch(addJobCommand, 'job', 'watch', '--json');
    await until(() => expect(said.stdout).toContain('synced'));
    await another('other.db', async () => {
      await greet(jobRecord('J-1', RUNNING));
      await become('J-1', DONE);
    });
    await until(() => expect(said.stdout).toContain('relisted'));
    end.abort();
    const { stderr, stdout } = await ended;
    expect(stderr).toMatch(new RegExp(`^${lost}connected again\\nthe cell no longer has all .*celda job list`));
    expect(lines(stdout)).toContainEqual({ kind: 'relisted', cause: 'token-expired' });
    expect(endings(stdout)).toBe(1);
  });

  it('of one order ends with it, and not with a gateway that does not know yet what has become of it', async () => {
    await greet();
    await become('J-1', RUNNING);
    const { said, ended } = watch(addJobCommand, 'job', 'watch', 'J-1');
    await until(() => expect(said.stdout).toContain('Running'));
    await another('j.db', () => Promise.resolve());
    await until(() => expect(said.stdout).toContain('Interrupted/Held'));
    await greet(jobRecord('J-1', RUNNING));
    bench.control.changed(jobRecord('J-1', RUNNING));
    await become('J-1', DONE);
    expect(await ended).toMatchObject({ status: 0, stderr: expect.stringContaining('connected again') as string });
  });

  it('tells the step of an order, and nothing of one that is in no step', async () => {
    await greet();
    await become('J-1', { state: 'Interrupted', substate: 'Held', revision: 2 });
    const { said, ended } = watch(addJobCommand, 'job', 'watch', '--locale', 'es');
    await until(() => expect(said.stdout).toContain('Interrupted/Held'));
    const job = {
      jobOrderId: 'J-1',
      workMasterId: 'pick-and-place',
      producedQuantity: 0,
      goodQuantity: 0,
      lastPartMs: 0,
    };
    bench.control.showSnapshot({ job: { ...job, step: '', label: '' } });
    bench.control.showSnapshot({ job: { ...job, step: 'steps[0]', label: 'go to the belt' } });
    await until(() => expect(said.stdout).toContain('go to the belt'));
    end.abort();
    expect((await ended).stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^J-1 +Interrupted\/Held /),
      expect.stringMatching(/^J-1 +go to the belt$/),
    ]);
  });

  it('of one order that is removed says so, and fails', async () => {
    await greet();
    await become('J-1');
    const { said, ended } = watch(addJobCommand, 'job', 'watch', 'J-1');
    // Shown only to those who watch when it happens.
    await until(() => expect(said.stdout).toContain('AllowedToStart'));
    bench.control.removed(jobRecord('J-1'));
    expect(await ended).toMatchObject({ status: 1 });
    expect(said.stderr).toContain('J-1 was removed');
  });

  it.each([
    ['job', addJobCommand, ['job', 'watch']],
    ['alarms', addAlarmsCommand, ['alarms', '--watch']],
    ['signals', addSignalsCommand, ['signals']],
  ] as const)('of %s does not wait for who was never there', async (_what, add, args) => {
    const { status, stderr } = await runCommand(add, [...args, '--address', NOBODY]);
    expect([status, stderr]).toEqual([3, expect.stringContaining('nothing answers')]);
  });
});

/** How often an order was told to have ended. */
function endings(stdout: string): number {
  return stdout.match(/Ended/g)?.length ?? 0;
}

describe('celda alarms --watch and celda signals', () => {
  const { alarms: alarmList } = raiseAlarm(NO_ALARMS, fault(3001, {}), { now: monotonicMs(1), wall: epochMs(1) });
  const vacuum = { name: 'vacuum', kind: 'analog-input', value: -50, unit: 'kPa', valid: true };

  it('go on after a cut with how it is then: what has ended meanwhile is told, and what has not changed is not', async () => {
    await greet();
    bench.control.showSnapshot({ alarmList, devices: [vacuum] });
    const alarms = watch(addAlarmsCommand, 'alarms', '--watch', '--json');
    const signals = watch(addSignalsCommand, 'signals', '--json');
    await until(() => expect([alarms.said.stdout, signals.said.stdout].join()).toMatch(/3001[\s\S]*-50/));
    line.cut();
    await until(() => expect(alarms.said.stderr + signals.said.stderr).toMatch(/again[\s\S]*again\n$/));
    bench.control.showSnapshot({ alarmList: [], devices: [{ ...vacuum, value: -40 }] });
    bench.clock.advance(1_000);
    await until(() => expect([alarms.said.stdout, signals.said.stdout].join()).toMatch(/normal[\s\S]*-40/));
    end.abort();
    await Promise.all([alarms.ended, signals.ended]);
    const told = lines(alarms.said.stdout) as { readonly state: string }[];
    expect(told.map(({ state }) => state)).toEqual(['unacknowledged', 'normal']);
    expect([alarms.said, signals.said]).toMatchObject([{ status: 0 }, { status: 0 }]);
    expect(alarms.said.stderr).toMatch(new RegExp(`^${lost}connected again\\n$`));
  });
});
