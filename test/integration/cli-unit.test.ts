// What the commands for the unit, its signals and its work masters do and show, over a real connection.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UnitClient } from '../../src/app/unit-client.ts';
import type { CommandContext } from '../../src/cli/command.ts';
import { addUnitCommand } from '../../src/cli/commands/unit.ts';
import { addWorkMasterCommand } from '../../src/cli/commands/work-master.ts';
import { signalLines } from '../../src/cli/unit-text.ts';
import { fault } from '../../src/core/faults.ts';
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

async function run(...args: readonly string[]): Promise<Ran> {
  const [printed, data, notes]: [string[], unknown[], string[]] = [[], [], []];
  let code: number | undefined;
  const console: CommandContext['console'] = {
    print: (line) => void printed.push(line),
    json: (value) => void data.push(value),
    note: (line) => void notes.push(line),
    progress: () => undefined,
    style: (_style, text) => text,
  };
  const context: CommandContext = { console, locale: 'en', exit: (given) => (code = given) };
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
    expect((await run('unit', '--locale', 'es')).printed[1]).toMatch(/^unidad +Held$/);
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

describe('celda work-master', () => {
  it('lists them, and shows one with its parameters', async () => {
    const { code, printed } = await run('work-master', 'list');
    expect([code, printed.length]).toEqual([0, 1]);
    expect(printed[0]).toMatch(/^pick 2\.1\.0 +active +0 steps {2}picks parts$/);
    expect((await run('work-master', 'get', 'pick', '--json')).data).toMatchObject([
      { id: 'pick', version: '2.1.0', state: 'active', parameters: ['count', 'speed', 'note', 'fast'] },
    ]);
    expect(await run('work-master', 'get', 'pikc')).toMatchObject({ code: 1 });
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
