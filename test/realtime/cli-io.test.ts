// `celda io` as a script sees it, with the firmware behind a pseudo-terminal.
import { spawn } from 'node:child_process';
import { closeSync, cpSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, expect, it } from 'vitest';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { leaveJournal, recordsBeside } from '../support/left-records.ts';
import { EXAMPLE_CELL, type RealTimeBoard, startBoard } from '../support/real-time-board.ts';
import { runCelda } from '../support/run-celda.ts';

const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const undo: (() => void)[] = [];
afterEach(() => {
  for (const task of undo.splice(0).toReversed()) task();
});

const ENV = { XDG_RUNTIME_DIR: directory };

function start(): RealTimeBoard {
  const board = startBoard();
  undo.push(() => board.stop());
  return board;
}

const io = (board: string, ...args: readonly string[]) =>
  runCelda(['io', EXAMPLE_CELL, '--port', `uno-1=${board}`, ...args], ENV);

interface ForcedView extends View {
  readonly force: { readonly selected?: string };
}

interface View {
  readonly link: string;
  readonly pins: readonly Readonly<Record<string, unknown>>[];
}

it('shows every pin by the words of the cell, and commands nothing', async () => {
  const board = start();
  const { status, stdout } = await io(board.path, '--once', '--json');
  expect(status).toBe(0);
  const { link, pins } = JSON.parse(stdout) as View;
  expect([link, pins.length]).toEqual(['stopped', 18]);
  const of = (device: string) => pins.find((pin) => pin['device'] === device);
  expect(of('estop-a')).toMatchObject({ pin: 'D2', role: 'digital-input', level: 0, isClosed: true });
  expect(of('reset-button')).toMatchObject({ level: 1, isClosed: false });
  expect(of('vacuum-pressure')).toMatchObject({ unit: 'kPa', counts: expect.any(Number) as number });
  expect(of('belt-motor')).toMatchObject({ isOn: false, hazardous: true });
  expect(of('base')).toMatchObject({ role: 'servo', lastPulseUs: 0 });
  expect(board.executed()).toBe(0);
});

it('goes on until it is ended, and then gives the cell free', async () => {
  const board = start();
  const args = ['src/cli/main.ts', 'io', EXAMPLE_CELL, '--port', `uno-1=${board.path}`, '--json'];
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'], ...ENV },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  undo.push(() => child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let live = 0;
  let wasRefused = -1;
  for await (const line of createInterface(child.stdout)) {
    const { link } = JSON.parse(line) as View;
    expect(link).not.toBe('armed');
    if (link === 'stopped') live += 1;
    if (live === 3 && wasRefused < 0) wasRefused = (await io(board.path, '--once')).status;
    if (live === 5) child.kill('SIGINT');
  }
  expect(await ended).toBe(0);
  expect(wasRefused).toBe(4);
  expect(board.executed()).toBe(0);
  expect((await io(board.path, '--once')).status).toBe(0);
});

/** A terminal that a child has for its keyboard. */
function keyboard() {
  const opened = openPseudoTerminal();
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const descriptor = openSync(opened.value.path, 'r+');
  undo.push(() => {
    closeSync(descriptor);
    opened.value.close();
  });
  return { descriptor, type: (text: string) => opened.value.write(Buffer.from(text)) };
}

it('forces the selected output while a key is held, and no longer', async () => {
  const board = start();
  const keys = keyboard();
  const cell = join(directory, 'cell.yaml');
  cpSync(dirname(EXAMPLE_CELL), directory, { recursive: true });
  leaveJournal(cell);
  const args = ['src/cli/main.ts', 'io', cell, '--port', `uno-1=${board.path}`, '--json', '--force'];
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'], ...ENV },
    stdio: [keys.descriptor, 'pipe', 'inherit'],
  });
  undo.push(() => child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const seen: (readonly [string | undefined, string, unknown])[] = [];
  let phase: 'select' | 'hold' | 'let go' = 'select';
  if (child.stdout === null) throw new Error('its output is a pipe');
  for await (const line of createInterface(child.stdout)) {
    const { link, pins, force } = JSON.parse(line) as ForcedView;
    const isOn = pins.find(({ device }) => device === 'belt-motor')?.['isOn'];
    seen.push([force.selected, link, isOn]);
    if (link !== 'stopped' && link !== 'armed') continue;
    if (phase === 'select' && force.selected === 'belt-motor') phase = 'hold';
    // A view comes every 100 ms, as a slow terminal repeats a key.
    if (phase === 'select') keys.type('j');
    if (phase === 'hold' && isOn === true) phase = 'let go';
    if (phase === 'hold') keys.type(' ');
    if (phase === 'let go' && link === 'stopped' && isOn === false) keys.type('q');
  }
  expect(await ended).toBe(0);
  expect(phase).toBe('let go');
  expect(seen).toContainEqual(['belt-motor', 'armed', true]);
  expect(seen.filter(([selected, , isOn]) => isOn === true && selected !== 'belt-motor')).toEqual([]);
  expect(recordsBeside(cell)).toMatchObject([
    { type: 'outputs.force-begin', object: { kind: 'board', id: 'uno-1' }, after: '' },
    { type: 'outputs.force-end', object: { kind: 'board', id: 'uno-1' }, after: '{"outputs":["belt-motor"]}' },
  ]);
});

it('does not force without a person at a terminal, and exits 2', async () => {
  const board = start();
  const { status, stderr } = await io(board.path, '--force');
  expect(status).toBe(2);
  expect(stderr).toContain('terminal');
  expect(board.executed()).toBe(0);
});

it('leaves a port alone that another program uses, and exits 4', async () => {
  const board = start();
  const transport = openTransport(board.path, { clock: createRealClock(), baud: 115_200 })();
  undo.push(() => transport.close());
  await new Promise<void>((resolve, reject) => {
    transport.open({ opened: resolve, data: () => undefined, closed: () => reject(new Error('not opened')) });
  });
  expect((await io(board.path, '--once')).status).toBe(4);
});

it('refuses a port that is not there and a board that the cell does not have, and exits 2', async () => {
  const missing = await io('/dev/nowhere', '--locale', 'es');
  expect(missing.status).toBe(2);
  expect(missing.stderr).toContain('no existe ese puerto');
  expect((await io('/dev/nowhere', '--board', 'other')).status).toBe(2);
  const dead = await io('tcp://127.0.0.1:1', '--locale', 'es');
  expect([dead.status, dead.stderr]).toEqual([3, expect.stringContaining('nada responde en tcp://127.0.0.1:1')]);
  expect((await runCelda(['io', EXAMPLE_CELL], ENV)).status).toBe(2);
});

it('speaks Spanish to people', async () => {
  const { stdout } = await io(start().path, '--locale', 'es');
  expect(stdout).toMatch(/^D2 +estop-a +cerrado \(nivel 0\)$/m);
});
