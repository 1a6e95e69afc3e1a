// Goal: what a person or a script gets of `celda alarms` and `celda stops` from a cell whose guard was opened while it was enabled, and
// whose reset was then pressed in vain: one alarm that stopped it, and a warning. Method: the commands, over gRPC, against a simulation.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addAlarmsCommand, addStopsCommand } from '../../src/cli/commands/alarms.ts';
import { EXAMPLE, exampleCell } from '../support/cycle-rig.ts';
import { type Ran, runCommand, serveCell } from '../support/served-cell.ts';

/** A port that nothing listens on: 1 is tcpmux, which no machine here serves. */
const NOBODY = '127.0.0.1:1';
/** Protective stop; reset pressed in vain. */
const [STOP, WARNING] = [4002, 4013] as const;
const SHELF = ['--for', '15m', '--reason', 'seen', '--by', 'ana'] as const;

const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
let cell: Awaited<ReturnType<typeof serveCell>>;
/** What the commands said before anything had happened. */
let quiet: readonly Ran[] = [];

beforeAll(async () => {
  vi.stubEnv('XDG_RUNTIME_DIR', directory);
  cell = await serveCell(exampleCell(), EXAMPLE);
  await cell.advance(1000);
  await cell.reset();
  await cell.advance(1000);
  quiet = [await stops(), await stops('--json'), await stops('7')];
  cell.world.press('guard');
  await cell.advance(1000);
  await cell.reset();
  await cell.advance(1000);
}, 60_000);

afterAll(async () => {
  await cell.stop();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** Longer than the gateway's newest snapshot is old. */
const SHOWN_MS = 200;

async function alarms(...args: readonly string[]): Promise<Ran> {
  const ran = await cell.during(runCommand(addAlarmsCommand, ['alarms', '--address', cell.address, ...args]));
  await cell.advance(SHOWN_MS);
  return ran;
}

function stops(...args: readonly string[]): Promise<Ran> {
  return cell.during(runCommand(addStopsCommand, ['stops', '--address', cell.address, ...args]));
}

interface Alarm {
  readonly number: number;
  readonly state: string;
  readonly fault: { readonly code: number };
}

async function listed(): Promise<readonly Alarm[]> {
  const { status, stdout, stderr } = await alarms('--json');
  expect([status, stderr]).toEqual([0, '']);
  return (JSON.parse(stdout) as { readonly alarms: readonly Alarm[] }).alarms;
}

async function numberOf(code: number): Promise<string> {
  return String((await listed()).find(({ fault }) => fault.code === code)?.number);
}

const states = async (): Promise<readonly unknown[]> => (await listed()).map(({ fault, state }) => [fault.code, state]);

describe('celda alarms', () => {
  it('lists what stopped the cell first, and marks it, in both languages', async () => {
    expect(await states()).toEqual([
      [STOP, 'unacknowledged'],
      [WARNING, 'unacknowledged'],
    ]);
    const [english, spanish] = [await alarms(), await alarms('--locale', 'es')];
    expect(english.stdout).toMatch(/^unit Stopped, mode automatic$/m);
    expect(spanish.stdout).toMatch(/^unidad Stopped \(parada\), modo automático$/m);
    expect(JSON.parse((await alarms('--json')).stdout)).toMatchObject({ unit: 'Stopped', mode: 'Production' });
    expect(english.stdout).toMatch(/^1 {2}\S+ {2}high {2}unacknowledged {2}first: \[4002] protective stop/m);
    expect(english.stdout).toMatch(/^2 {2}\S+ {2}medium {2}unacknowledged {2}\[4013] reset was pressed/m);
    expect(spanish.stdout).toMatch(/^1 {2}\S+ {2}alta {2}sin reconocer {2}primera: \[4002] paro de protección/m);
    expect(spanish.stdout).toMatch(/^2 {2}\S+ {2}media {2}sin reconocer {2}\[4013] se presionó el rearme/m);
  });

  it('acknowledges by the name of who asks; the cell stays stopped', async () => {
    const { status, stdout } = await alarms('ack', await numberOf(STOP), '--by', 'ana', '--json');
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { state: 'acknowledged', acknowledgedBy: 'ana' }]);
    const again = await alarms('ack', await numberOf(STOP), '--locale', 'es');
    expect([again.status, again.stdout]).toEqual([0, expect.stringContaining('  reconocida  primera: [4002]')]);
    expect(cell.snapshot.unit).toBe('Stopped');
  });

  it('shelves a warning with owner, reason and end, and brings it back', async () => {
    const warning = await numberOf(WARNING);
    const { status, stdout } = await alarms('shelve', warning, ...SHELF, '--locale', 'es');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/archivada \(ana: seen, [-+\d:.TZ]+\) {2}\[4013]/)]);
    expect(await states()).toContainEqual([WARNING, 'shelved']);
    const back = await alarms('unshelve', warning, '--json');
    expect([back.status, JSON.parse(back.stdout)]).toMatchObject([0, { state: 'unacknowledged' }]);
  });

  it.each([
    ['an alarm that is not there', ['ack', '99'], 1, 'NOT_FOUND'],
    ['to shelve what stops the cell', ['shelve', '1', ...SHELF], 1, 'FAILED_PRECONDITION'],
    ['to bring back what is not shelved', ['unshelve', '2'], 1, 'FAILED_PRECONDITION'],
  ])('is refused %s, and says so', async (_what, args, status, code) => {
    const before = await states();
    const refused = await alarms(...args, '--json');
    expect([refused.status, JSON.parse(refused.stdout)]).toMatchObject([
      status,
      { error: { status: code, exitCode: status } },
    ]);
    expect((await alarms(...args)).stderr).toContain(code);
    expect(await states()).toEqual(before);
  });

  it.each([
    ['a number that is none', ['ack', 'x']],
    ['no reason', ['shelve', '2', '--for', '15m']],
    ['no end', ['shelve', '2', '--reason', 'r']],
    ['more than a shift', ['shelve', '2', '--for', '9h', '--reason', 'r']],
    ['a language that nobody wrote', ['--locale', 'de']],
  ])('is wrong usage with %s', async (_what, args) => {
    expect(await alarms(...args)).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: /) as string });
  });

  it('says that nothing answers, and how to start it', async () => {
    const { status, stderr } = await runCommand(addAlarmsCommand, ['alarms', '--address', NOBODY]);
    expect([status, stderr]).toEqual([3, expect.stringContaining('start ')]);
  });
});

describe('celda stops', () => {
  it('of a cell that has not stopped says so, and refuses the number of a stop that was not', () => {
    const none = 'the cell has not stopped since Celda was started';
    expect(quiet.map(({ stdout, status }) => [stdout.trim(), status])).toEqual([
      [none, 0],
      ['null', 0],
      ['', 1],
    ]);
  });

  it('says why the cell stopped, by which block, and which input changed before', async () => {
    const { status, stdout } = await stops('--json');
    expect([status, JSON.parse(stdout)]).toMatchObject([
      0,
      { number: 1, category: 1, cause: { code: STOP, detail: { block: 'door' } } },
    ]);
    const [english, spanish] = [await stops(), await stops('1', '--locale', 'es')];
    expect(english.stdout).toMatch(/^stop 1, .*: \[4002] protective stop/);
    expect(english.stdout).toContain('guard-door: closed -> open');
    expect(spanish.stdout).toMatch(/^paro 1, .*: \[4002] paro de protección/);
    expect(spanish.stdout).toContain('guard-door: cerrada -> abierta');
  });

  it('lists all, and refuses one that never was', async () => {
    const { stdout } = await stops('--list', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ number: 1 }]);
    expect((await stops('--list', '--locale', 'es')).stdout).toMatch(
      /^1 {2}\S+ {2}[A-Z][a-z]+ \([a-z ]+\) {2}\[4002] paro de protección/,
    );
    const never = await stops('99', '--json');
    expect([never.status, JSON.parse(never.stdout)]).toMatchObject([1, { error: { status: 'NOT_FOUND' } }]);
    expect((await stops('0')).status).toBe(2);
  });
});
