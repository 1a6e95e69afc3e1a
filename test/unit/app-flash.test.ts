// What may be flashed, and onto what: only an image that is whole, only a device that may be a board.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { checkedImagePath, imageOf } from '../../src/app/firmware-images.ts';
import { type FlashOptions, flashBoard } from '../../src/app/flash.ts';
import { acquireLock } from '../../src/app/lock-file.ts';
import { portHolder } from '../../src/app/port-holder.ts';
import { isOfRun, portUser } from '../../src/app/port-user.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { prepareRuntime } from '../../src/app/runtime-dir.ts';

const PATH = process.env['PATH'];
const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
beforeAll(() => vi.stubEnv('XDG_RUNTIME_DIR', directory));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

it('an image that is not that of the manifest is refused', () => {
  const images = join(directory, 'images');
  mkdirSync(images);
  const installed = imageOf('uno');
  writeFileSync(join(images, 'manifest.json'), JSON.stringify({ images: [installed] }));
  writeFileSync(join(images, installed.file), ':00000001FF\n');
  const folder = pathToFileURL(`${images}/`);
  expect(imageOf('uno', folder)).toEqual(installed);
  expect(() => checkedImagePath(installed, folder)).toThrow(/SHA-256/);
  expect(checkedImagePath(installed)).toContain(installed.file);
});

it('a manifest without an image for the board is refused', () => {
  const images = join(directory, 'none');
  mkdirSync(images);
  writeFileSync(join(images, 'manifest.json'), '{"images":[{"target":"uno"}]}');
  expect(() => imageOf('uno', pathToFileURL(`${images}/`))).toThrow(/no firmware image/);
});

it('a modem is refused unless a person insists', async () => {
  const [sys, dev] = [join(directory, 'sys'), join(directory, 'dev')];
  const device = join(sys, 'devices/modem');
  mkdirSync(device, { recursive: true });
  writeFileSync(join(device, 'idVendor'), '12d1\n');
  writeFileSync(join(device, 'idProduct'), '1506\n');
  mkdirSync(join(sys, 'class/tty/ttyACM0'), { recursive: true });
  symlinkSync(device, join(sys, 'class/tty/ttyACM0/device'));
  mkdirSync(dev);
  const path = join(dev, 'ttyACM0');
  const terminal = openPseudoTerminal();
  if (!terminal.ok) throw new Error(JSON.stringify(terminal.error));
  symlinkSync(terminal.value.path, path);
  const options: FlashOptions = {
    path,
    target: 'uno',
    isDryRun: true,
    isAnyDevice: false,
    locale: 'en',
    onLine: () => undefined,
    roots: { sys, dev },
  };
  await expect(flashBoard(options)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('12d1:1506') as string,
    hint: expect.stringContaining('--any-device') as string,
  });
  const { command } = await flashBoard({ ...options, isAnyDevice: true });
  expect(command[0]).toBe('avrdude');
  terminal.value.close();
});

it('a port that nobody holds has no holder, nor has one that is not there', () => {
  expect(portHolder(directory)).toBeUndefined();
  expect(portHolder('/dev/nowhere')).toBeUndefined();
});

it.each([
  ['a directory', directory],
  ['the null device', '/dev/null'],
  ['a file', fileURLToPath(import.meta.url)],
])('%s is refused as no serial port, in a dry run too', async (_, path) => {
  const options: FlashOptions = {
    path,
    target: 'uno',
    isDryRun: true,
    isAnyDevice: true,
    locale: 'en',
    onLine: () => undefined,
  };
  await expect(flashBoard(options)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('not a serial port') as string,
  });
});

it('an address over tcp is refused as no port of this machine, not as one that does not answer', async () => {
  const far = { path: 'tcp://127.0.0.1:4000', target: 'uno', isDryRun: true, isAnyDevice: true } as const;
  await expect(flashBoard({ ...far, locale: 'en', onLine: () => undefined })).rejects.toMatchObject({
    exitCode: 2,
    hint: expect.stringContaining('name its port') as string,
  });
});

it('a port that somebody has open is refused without opening it, with the process that has it', async () => {
  const terminal = openPseudoTerminal();
  if (!terminal.ok) throw new Error(JSON.stringify(terminal.error));
  const { path } = terminal.value;
  const holder = openTransport(path, { clock: createRealClock(), baud: 115_200 })();
  await new Promise<void>((resolve) => {
    holder.open({ opened: resolve, data: () => undefined, closed: () => undefined });
  });
  const options = { path, target: 'uno', isDryRun: true, isAnyDevice: true, locale: 'en' } as const;
  await expect(flashBoard({ ...options, onLine: () => undefined })).rejects.toMatchObject({
    exitCode: 4,
    message: `in use by process ${process.pid}: left alone`,
  });
  holder.close();
  terminal.value.close();
});

it('a port of a running cell is refused with the process of the cell, while the cell has it closed too', async () => {
  const terminal = openPseudoTerminal();
  if (!terminal.ok) throw new Error(JSON.stringify(terminal.error));
  const [cellPath, path] = [join(directory, 'cell.yaml'), join(directory, 'by-id')];
  writeFileSync(cellPath, '');
  symlinkSync(terminal.value.path, path);
  const runtime = prepareRuntime(cellPath, '');
  const lock = acquireLock(runtime.lock, ['tcp://127.0.0.1:4000', path]);
  expect(portHolder(terminal.value.path)).toBeUndefined();
  const options = { path: terminal.value.path, target: 'uno', isDryRun: true, isAnyDevice: true } as const;
  const refused = {
    exitCode: 4,
    message: `a cell runs on it (process ${process.pid}): left alone`,
    hint: `stop the cell first (kill ${process.pid})`,
  };
  await expect(flashBoard({ ...options, locale: 'en', onLine: () => undefined })).rejects.toMatchObject(refused);
  lock.release();
  expect(portUser(path)).toBeUndefined();
  const looker = acquireLock(runtime.lock);
  expect(portUser(path)).toBeUndefined();
  looker.release();
  terminal.value.close();
});

it('a process is of the run of its supervisor, and of no other', () => {
  expect(isOfRun(process.pid, process.pid)).toBe(true);
  expect(isOfRun(process.pid, process.ppid)).toBe(true);
  expect(isOfRun(process.ppid, process.pid)).toBe(false);
});

it.each([
  ['when it is asked to', ''],
  ['when it does not hear', "trap '' TERM\n"],
])('an avrdude that takes too long is ended, %s', async (_, deaf) => {
  const terminal = openPseudoTerminal();
  if (!terminal.ok) throw new Error(JSON.stringify(terminal.error));
  const { path } = terminal.value;
  const bin = mkdtempSync(join(directory, 'bin-'));
  const program = join(bin, 'avrdude');
  writeFileSync(program, `#!/bin/sh\n${deaf}read line < ${bin}/never\n`);
  execFileSync('mkfifo', [join(bin, 'never')]);
  chmodSync(program, 0o755);
  vi.stubEnv('PATH', bin);
  const options = { path, target: 'uno', isDryRun: false, isAnyDevice: true, locale: 'en' } as const;
  const avrdudeMs = { limit: 400, grace: 100 };
  await expect(flashBoard({ ...options, avrdudeMs, onLine: () => undefined })).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('not done after 0.4 s') as string,
    hint: expect.stringContaining('plug it in again') as string,
  });
  vi.stubEnv('PATH', PATH);
  terminal.value.close();
});
