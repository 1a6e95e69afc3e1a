// What the commands for the unit, its signals and its work masters do and show, over a real connection.
import { chmod, copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDraftCheck } from '../../src/app/draft-check.ts';
import { UnitClient } from '../../src/app/unit-client.ts';
import type { CommandContext } from '../../src/cli/command.ts';
import { addUnitCommand } from '../../src/cli/commands/unit.ts';
import { addWorkMasterCommand } from '../../src/cli/commands/work-master.ts';
import { signalLines } from '../../src/cli/unit-text.ts';
import { adoptWorkMaster } from '../../src/config/adopt-work-master.ts';
import { checkWorkMasterDraft } from '../../src/config/draft-check.ts';
import { loadCell } from '../../src/config/load.ts';
import { formatProblem } from '../../src/config/problem.ts';
import { fault } from '../../src/core/faults.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { EXAMPLE, exampleCell } from '../support/cycle-rig.ts';
import { leaveJournal, recordsBeside } from '../support/left-records.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

let bench: MesBench;
let address: string;

beforeEach(async () => {
  bench = await startMesBench();
  address = `127.0.0.1:${bench.server.port}`;
  bench.control.hello();
});
afterEach(() => bench.stop());

interface Ran {
  readonly code: number | undefined;
  readonly printed: readonly string[];
  readonly data: readonly unknown[];
  readonly notes: readonly string[];
}

function run(...args: readonly string[]): Promise<Ran> {
  return runIn('en', ...args);
}

/** Failures are told in the language of the context, results in that of `--locale`. */
async function runIn(locale: CommandContext['locale'], ...args: readonly string[]): Promise<Ran> {
  const [printed, data, notes]: [string[], unknown[], string[]] = [[], [], []];
  let code: number | undefined;
  const console: CommandContext['console'] = {
    print: (line) => void printed.push(line),
    json: (value) => void data.push(value),
    note: (line) => void notes.push(line),
    progress: () => undefined,
    style: (_style, text) => text,
  };
  const context: CommandContext = { console, locale, exit: (given) => (code = given) };
  const program = new Command('celda').exitOverride();
  addUnitCommand(program, context);
  addWorkMasterCommand(program, context);
  await program.parseAsync(['node', 'celda', ...args, '--address', address]);
  return { code, printed, data, notes };
}

describe('celda unit', () => {
  it('shows who the cell is and what it does, in both languages', async () => {
    bench.control.showSnapshot({ unit: 'Held' });
    const english = await run('unit', '--locale', 'en');
    expect(english.code).toBe(0);
    expect(english.printed.slice(0, 3).map((line) => line.split(/ {2,}/))).toEqual([
      ['cell', 'small'],
      ['unit', 'Held'],
      ['mode', 'Production'],
    ]);
    expect((await run('unit', '--locale', 'es')).printed[1]).toMatch(/^unidad +Held \(retenida\)$/);
    expect((await run('unit', '--locale', 'es')).printed[2]).toMatch(/^modo +Production \(automático\)$/);
    expect((await run('unit', '--json')).data).toMatchObject([{ name: 'small', state: 'Held', isConnected: true }]);
  });

  it('sends a command with why, and says where it leads', async () => {
    expect(await run('unit', 'hold', '--comment', 'change of shift')).toMatchObject({ code: 0 });
    expect(bench.control.requests).toMatchObject([{ kind: 'unit-command', command: 'Hold' }]);
  });

  it('says why a command is refused, with the exit code of a failure', async () => {
    bench.control.refuseWith = fault(6021, { unit: 'Stopped', command: 'Hold' });
    const { code, notes } = await run('unit', 'hold');
    expect([code, notes.join(' ')]).toEqual([1, expect.stringContaining('6021')]);
    bench.control.refuseWith = fault(4308, { mode: 'Production', requested: 'Manual', unit: 'Idle' });
    expect((await run('unit', 'mode', 'manual', '--json')).data).toMatchObject([
      { error: { reason: 'MODE_SELECTED_AT_CELL', exitCode: 1 } },
    ]);
  });
});

describe('the way of a work master into the file of a cell', () => {
  const definition = 'version: 2.0.0\ndescription: waits\nsteps:\n  - wait: { durationMs: 5 } # a moment\n';
  const etagIn = ({ data }: Ran): string => (data[0] as { readonly etag: string }).etag;
  let folder: string;
  let cell: string;
  let draft: string;

  /** Control tells of an order for the work master of the file. */
  function order(jobOrderId: string, changes: Partial<JobRecord> = {}): void {
    const record = jobRecord(jobOrderId, { workMasterVersion: '1.0.0', ...changes });
    bench.control.changed({ ...record, order: { ...record.order, workMasterId: 'pick-and-place' } });
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'celda-draft-'));
    [cell, draft] = [join(folder, 'cell.yaml'), join(folder, 'draft.yaml')];
    await copyFile(EXAMPLE, cell);
    await chmod(cell, 0o640);
    await writeFile(draft, definition);
    await bench.stop();
    bench = await startMesBench(exampleCell(), undefined, undefined, undefined, createDraftCheck(cell));
    address = `127.0.0.1:${bench.server.port}`;
    bench.control.hello();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('goes from a draft over its approval into the file, and each step says what comes next', async () => {
    const kept = await run('work-master', 'draft', 'pause', draft, '--comment', 'new tray', '--locale', 'es');
    const etag = etagIn(await run('work-master', 'show', 'pause', '2.0.0', '--json'));
    expect([kept.code, kept.printed.join('\n')]).toEqual([
      0,
      expect.stringMatching(`borrador[\\s\\S]*approve pause 2.0.0 --etag ${etag}, por otra persona`),
    ]);
    const whole = (await run('work-master', 'show', 'pause', '2.0.0')).printed.join('\n');
    expect(whole).toMatch(new RegExp(`etag +${etag}\n`));
    expect(whole).toContain(`celda work-master approve pause 2.0.0 --etag ${etag}, by another person`);
    expect(await run('work-master', 'adopt', cell, 'pause')).toMatchObject({ code: 1 });
    expect(await run('work-master', 'adopt', cell, 'pause', '2.0.0')).toMatchObject({ code: 1 });
    expect(await run('work-master', 'draft', 'pause', draft)).toMatchObject({ code: 1 });
    await writeFile(draft, `${definition}# shorter\n`);
    const again = await run('work-master', 'draft', 'pause', draft, '--etag', etag, '--json');
    expect([again.code, etagIn(again) === etag]).toEqual([0, false]);
    expect(await run('work-master', 'approve', 'pause', '2.0.0', '--etag', etag)).toMatchObject({ code: 1 });
    const approved = await run('work-master', 'approve', 'pause', '2.0.0', '--etag', etagIn(again));
    expect([approved.code, approved.printed.join('\n')]).toEqual([
      0,
      expect.stringMatching(/approved[\s\S]*celda work-master adopt <cell.yaml> pause 2\.0\.0$/),
    ]);
    // What is approved is not decided on any more.
    expect(await run('work-master', 'approve', 'pause', '2.0.0')).toMatchObject({ code: 0 });
    expect(await run('work-master', 'discard', 'pause', '2.0.0')).toMatchObject({ code: 1 });
    const before = await readFile(cell, 'utf8');
    const dry = await run('work-master', 'adopt', cell, 'pause', '--dry-run');
    expect(dry.printed).toContain('+       - wait: { durationMs: 5 } # a moment');
    expect(await readFile(cell, 'utf8')).toBe(before);
    leaveJournal(cell);
    const adopted = await run('work-master', 'adopt', cell, 'pause', '--json');
    const shown = (await run('work-master', 'show', 'pause', '2.0.0', '--json')).data[0];
    expect(adopted.data).toMatchObject([
      {
        id: 'pause',
        version: '2.0.0',
        openOrders: 0,
        isWritten: true,
        hash: (shown as { readonly keptHash: string }).keptHash,
      },
    ]);
    expect(loadCell(cell)).toMatchObject({
      value: { configHash: (adopted.data[0] as { configHash: string }).configHash },
    });
    expect((await stat(cell)).mode & 0o777).toBe(0o640);
    expect((await run('work-master', 'adopt', cell, 'pause', '2.0.0', '--json')).data).toMatchObject([
      { isWritten: false, versionBefore: '2.0.0', openOrders: 0 },
    ]);
    const [told, ...more] = recordsBeside(cell);
    expect([told, more]).toMatchObject([{ type: 'work-master.adopt', object: { id: 'pause' }, before: '' }, []]);
    const { configHash, hash } = adopted.data[0] as { readonly configHash: string; readonly hash: string };
    expect(JSON.parse(told?.after ?? '')).toEqual({ configHash, definitionHash: hash, file: cell, version: '2.0.0' });
  });

  it('tells of the open orders that nothing runs any more, and what becomes of them', async () => {
    await writeFile(draft, definition.replace('2.0.0', '1.1.0'));
    const example = 'pick-and-place';
    const etag = etagIn(await run('work-master', 'draft', example, draft, '--json'));
    await run('work-master', 'approve', example, '1.1.0', '--etag', etag);
    const adopt = (...options: readonly string[]) => run('work-master', 'adopt', cell, example, '1.1.0', ...options);
    expect((await adopt('--dry-run')).printed.join('\n')).not.toContain('6001');
    order('o-1', { state: 'Running' });
    order('o-2', { workMasterVersion: '0.9.0' });
    order('o-3', { state: 'Ended' });
    order('o-4');
    const told = (await adopt('--dry-run')).printed.join('\n');
    expect(told).toMatch(/open job orders for 1\.0\.0: 2;.*\[6001\][\s\S]*celda job update/);
    expect((await adopt('--dry-run', '--locale', 'es')).printed.join('\n')).toMatch(
      /órdenes abiertas para 1\.0\.0: 2;/,
    );
    expect((await adopt('--json')).data).toMatchObject([{ versionBefore: '1.0.0', openOrders: 2, isWritten: true }]);
  });

  it('begins with all problems of a draft, in Spanish as celda check tells them', async () => {
    const steps = ['{ move: { to: parc, timeoutMs: 0 } }', '{ wiat: {} }', '{ move: { to: park, speedPercent: $s } }'];
    const parameters = 's: { type: number, unit: "%", min: 1, max: 5, default: 9, description: s }';
    const wrong = `version: 1.0.0\ndescription: 5\nparameters:\n  ${parameters}\nsteps: [${steps.join(', ')}]\n`;
    await writeFile(draft, wrong);
    const checked = checkWorkMasterDraft(await readFile(cell, 'utf8'), cell, 'park', wrong);
    const problems = checked.ok ? [] : checked.error;
    expect(new Set(problems.map(({ code }) => code)).size).toBeGreaterThan(4);
    const { code, notes } = await runIn('es', 'work-master', 'check', 'park', draft);
    expect(code).toBe(2);
    const told = notes.join('\n');
    for (const problem of problems) {
      const [, allowed = '', hint = ''] = /permitido (.*), sugerencia (.*) \[/.exec(formatProblem(problem, 'es')) ?? [];
      expect(told).toContain(`definition.${problem.path}: `);
      expect(told).toContain(`permitido: ${allowed}; ${hint}`);
    }
    expect(told).toMatch(new RegExp(`; y ${problems.length - 3} más; `));
    expect(told).not.toMatch(/ (the|and|a|of|it|is|them|given) /);
  });

  it('ends with a draft that is discarded', async () => {
    await run('work-master', 'draft', 'pause', draft);
    expect((await run('work-master', 'list')).printed).toContainEqual(expect.stringMatching(/^pause 2\.0\.0 +draft /));
    const gone = await run('work-master', 'discard', 'pause', '2.0.0');
    expect([gone.code, gone.printed]).toEqual([0, [expect.stringMatching(/^pause 2\.0\.0 +draft /)]]);
    expect(await run('work-master', 'approve', 'pause', '2.0.0')).toMatchObject({ code: 1 });
    expect((await run('work-master', 'list')).printed.join()).not.toContain('pause');
  });

  it.each([
    ['en', 'which draft of pause 2.0.0 was read', 'prints it; then'],
    ['es', 'qué borrador de pause 2.0.0 se leyó', 'lo muestra; después'],
  ] as const)(
    'is not approved by who does not say what was read, who is told in %s where that is seen',
    async (...told) => {
      const [locale, message, then] = told;
      await run('work-master', 'draft', 'pause', draft);
      const { code, notes } = await runIn(locale, 'work-master', 'approve', 'pause', '2.0.0');
      expect([code, notes]).toEqual([
        2,
        [
          expect.stringContaining(message),
          `  celda work-master show pause 2.0.0 ${then}: celda work-master approve pause 2.0.0 --etag <etag>`,
        ],
      ]);
      expect((await run('work-master', 'list')).printed).toContainEqual(
        expect.stringMatching(/^pause 2\.0\.0 +draft /),
      );
    },
  );

  it.each([[], ['--etag', '1c8f0e3b5a7d9f21']])(
    'is not to be gone by what the file has, with the same words for an approval (%s) as for a discarding',
    async (...options) => {
      const approval = await run('work-master', 'approve', 'park', '1.0.0', ...options);
      const discarding = await run('work-master', 'discard', 'park', '1.0.0');
      expect(approval.notes.join()).toMatch(/6027.*state=ACTIVE/);
      expect(approval).toEqual(discarding);
    },
  );

  it.each([
    ['en', /^park 1\.0\.0 is in this file already: /],
    ['es', /^park 1\.0\.0 ya está en este archivo: /],
  ] as const)('is at its end for what the file has, and says so in %s', async (locale, told) => {
    const before = await readFile(cell, 'utf8');
    expect(await run('work-master', 'adopt', cell, 'park', '1.0.0', '--locale', locale)).toMatchObject({
      code: 0,
      printed: [expect.stringMatching(told)],
    });
    expect((await run('work-master', 'adopt', cell, 'park', '1.0.0', '--json')).data).toMatchObject([
      { versionBefore: '1.0.0', isWritten: false, openOrders: 0, configHash: expect.stringMatching(/^\S+$/) as string },
    ]);
    expect(await readFile(cell, 'utf8')).toBe(before);
  });

  it.each([
    ['en', 'park 1.0.0 is not approved (active)', 'park 2.0.0 is not approved (draft)'],
    ['es', 'park 1.0.0 no está aprobado (activo)', 'park 2.0.0 no está aprobado (borrador)'],
  ] as const)('leads into no file with what nobody has approved, in %s', async (locale, active, submitted) => {
    const etag = etagIn(await run('work-master', 'draft', 'park', draft, '--json'));
    const bare = join(folder, 'bare.yaml');
    await writeFile(bare, (await readFile(cell, 'utf8')).replace(/( {2}park:\n {4}version: )1\.0\.0/, '$10.9.0'));
    const adopt = (version: string) => runIn(locale, 'work-master', 'adopt', bare, 'park', version);
    expect(await adopt('1.0.0')).toMatchObject({
      code: 1,
      notes: [`celda: ${active}`, expect.stringMatching(/celda work-master draft park <file>$/)],
    });
    expect(await adopt('2.0.0')).toMatchObject({
      code: 1,
      notes: [`celda: ${submitted}`, expect.stringContaining(`celda work-master approve park 2.0.0 --etag ${etag}`)],
    });
    // Nor is it told to be in its place where somebody has written it into the file by hand.
    const byHand = adoptWorkMaster(await readFile(cell, 'utf8'), bare, { id: 'park', definition });
    await writeFile(bare, byHand.ok ? byHand.value.text : '');
    expect(await adopt('2.0.0')).toMatchObject({ code: 1, notes: [`celda: ${submitted}`, expect.anything()] });
  });

  it.each([
    ['en', /nix\.yaml is not there$/],
    ['es', /nix\.yaml no existe$/],
  ] as const)('does not begin without the file, and says so in %s', async (locale, told) => {
    const nix = join(folder, 'nix.yaml');
    expect(await runIn(locale, 'work-master', 'adopt', nix, 'park')).toMatchObject({
      code: 2,
      notes: [expect.stringMatching(told), expect.anything()],
    });
  });
});

describe('the signals of a cell', () => {
  it('are told at once with their values, or as not known', async () => {
    bench.control.showSnapshot({
      devices: [
        { name: 'vacuum', kind: 'analog-input', value: -50, unit: 'kPa', valid: true },
        { name: 'air', kind: 'thermometer', value: 3, unit: 'degC', valid: false },
      ],
    });
    const client = new UnitClient(address);
    try {
      for await (const change of client.watchSignals(['vacuum', 'air'], { deadband: 1, everyMs: 100 })) {
        if (!change.ok) throw new Error(change.error.message);
        if (change.value.kind !== 'signals') throw new Error('the connection is lost');
        const { view } = change.value;
        expect(view.signals.map(({ value }) => value)).toEqual([-50, null]);
        expect(signalLines(view, 'es')).toEqual([
          expect.stringMatching(/^vacuum +-50 kPa$/),
          expect.stringMatching(/^air +no se sabe$/),
        ]);
        break;
      }
      for await (const change of client.watchSignals(['vacuom'], { deadband: 0, everyMs: 100 })) {
        expect(change).toMatchObject({ ok: false, error: { reason: 'REQUEST_INVALID' } });
      }
    } finally {
      client.close();
    }
  });
});

it('shows a signal with four digits, and of a whole number all of them', () => {
  const signals = [-66.422_466_422_466_43, 0.000_123_456, 12_345.6, 123_456, 0].map((value) => ({
    name: 's',
    value,
    unit: '',
  }));
  const lines = signalLines({ isConnected: true, time: undefined, signals }, 'en');
  expect(lines.map((line) => line.split(/ +/)[1])).toEqual(['-66.42', '0.0001235', '12346', '123456', '0']);
});

describe('celda work-master', () => {
  it('lists them, and shows one with its parameters', async () => {
    const { code, printed } = await run('work-master', 'list');
    expect([code, printed.length]).toEqual([0, 1]);
    expect(printed[0]).toMatch(/^pick 2\.1\.0 +active +0 steps {2}picks parts$/);
    expect((await run('work-master', 'show', 'pick', '--json')).data).toMatchObject([
      { id: 'pick', version: '2.1.0', state: 'active', parameters: ['count', 'speed', 'note', 'fast'], definition: '' },
    ]);
    expect(await run('work-master', 'show', 'pikc')).toMatchObject({ code: 1 });
  });

  it('says every problem of a draft, and that its file cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'celda-draft-'));
    const file = join(folder, 'draft.yaml');
    await writeFile(file, 'version: 1\nsteps: []\n');
    const refused = await run('work-master', 'check', 'pick', file);
    await rm(folder, { recursive: true });
    expect(refused.code).not.toBe(0);
    expect(await run('work-master', 'check', 'pick', file)).toMatchObject({ code: 2 });
  });
});
