// `celda flash` with an avrdude that only notes what it was asked, and the firmware behind a pseudo-terminal afterwards.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { WIRE_VERSION } from '../../firmware-bridge/wire/codes.ts';
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { startBoard } from '../support/real-time-board.ts';
import { runCelda } from '../support/run-celda.ts';

const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
afterAll(() => rmSync(directory, { recursive: true }));
const undo: (() => void)[] = [];
afterEach(() => {
  for (const task of undo.splice(0).toReversed()) task();
});

const NOTES = join(directory, 'notes');
let programs = 0;

/** A folder for PATH with nothing in it but an avrdude that notes its arguments and ends as told. */
function fakeAvrdude(script = 'exit 0'): string {
  programs += 1;
  const bin = join(directory, `bin-${programs}`);
  mkdirSync(bin);
  const program = join(bin, 'avrdude');
  writeFileSync(program, `#!/bin/sh\necho "$@" > ${NOTES}\n${script}\n`);
  chmodSync(program, 0o755);
  rmSync(NOTES, { force: true });
  return bin;
}

function wasRun(): string | undefined {
  try {
    return readFileSync(NOTES, 'utf8');
  } catch {
    return undefined;
  }
}

function boardPath(): string {
  const board = startBoard();
  undo.push(() => board.stop());
  return board.path;
}

const flash = (bin: string, ...args: readonly string[]) =>
  runCelda(['flash', ...args], { PATH: bin, XDG_RUNTIME_DIR: directory });

it('writes the image for the board and hears from the board that it is there', async () => {
  const [path, bin] = [boardPath(), fakeAvrdude('echo "avrdude done.  Thank you." >&2')];
  const { status, stdout, stderr } = await flash(bin, path, '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    board: { firmware: '0.1.0', wireVersion: WIRE_VERSION },
    image: { file: 'celda-uno.hex' },
  });
  expect(wasRun()).toMatch(/^-p atmega328p -c arduino -P \S+ -b 115200 -D -U flash:w:\/\S+celda-uno.hex:i\n$/);
  expect(wasRun()).toContain(`-P ${path} `);
  expect(stderr).toContain('Thank you');
});

it('speaks to an old bootloader at its own rate', async () => {
  const bin = fakeAvrdude();
  expect((await flash(bin, boardPath(), '--board', 'nano-old')).status).toBe(0);
  expect(wasRun()).toContain('-b 57600 ');
});

it('only shows the command in a dry run', async () => {
  const bin = fakeAvrdude();
  const { status, stdout } = await flash(bin, boardPath(), '--dry-run');
  expect([status, wasRun()]).toEqual([0, undefined]);
  expect(stdout).toMatch(/^avrdude -p atmega328p /);
});

it('says how to install avrdude, and exits 3', async () => {
  const empty = join(directory, 'empty');
  mkdirSync(empty, { recursive: true });
  const { status, stderr } = await flash(empty, boardPath());
  expect(status).toBe(3);
  expect(stderr).toContain('sudo apt-get install avrdude');
});

it('says so when avrdude may not be run, and exits 1', async () => {
  const bin = fakeAvrdude();
  chmodSync(join(bin, 'avrdude'), 0o644);
  const { status, stderr } = await flash(bin, boardPath());
  expect(status).toBe(1);
  expect(stderr).toContain('EACCES');
});

it('does not touch a port that is in use, and exits 4', async () => {
  const [path, bin] = [boardPath(), fakeAvrdude()];
  const transport = openTransport(path, { clock: createRealClock(), baud: 115_200 })();
  undo.push(() => transport.close());
  await new Promise<void>((resolve, reject) => {
    transport.open({ opened: resolve, data: () => undefined, closed: () => reject(new Error('not opened')) });
  });
  const { status, stderr } = await flash(bin, path);
  expect([status, wasRun()]).toEqual([4, undefined]);
  expect(stderr).toContain('stop the cell');
});

it('refuses a port that is missing or is no serial port, and exits 2', async () => {
  const bin = fakeAvrdude();
  expect((await flash(bin, join(directory, 'nowhere'))).status).toBe(2);
  expect((await flash(bin, NOTES.replace('notes', 'bin-1/avrdude'))).status).toBe(2);
  expect(wasRun()).toBeUndefined();
});

it('shows what avrdude said when it fails, with what it means', async () => {
  const bin = fakeAvrdude('echo "avrdude: stk500_getsync(): not in sync: resp=0x00" >&2; exit 1');
  const { status, stdout } = await flash(bin, boardPath(), '--json', '--locale', 'es');
  expect(status).toBe(1);
  const { error } = JSON.parse(stdout) as { error: { message: string; details: readonly string[] } };
  expect(error.message).toContain('not in sync');
  expect(error.details[0]).toContain('nano-old');
});

it('does not believe avrdude when the board does not answer afterwards', async () => {
  const opened = openPseudoTerminal({ link: join(directory, 'dead') });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  undo.push(() => opened.value.close());
  const { status, stderr } = await flash(fakeAvrdude(), opened.value.path);
  expect(status).toBe(1);
  expect(stderr).toContain('[1005]');
});
