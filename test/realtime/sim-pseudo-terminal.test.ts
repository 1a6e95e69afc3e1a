// A real pseudo-terminal, opened by the real serialport: only on Linux.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPseudoTerminal, type PseudoTerminal } from '../../sim/board/pseudo-terminal.ts';

let folder = '';
const open: PseudoTerminal[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-pty-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const terminal of open.splice(0)) terminal.close();
  rmSync(folder, { recursive: true });
});

function terminal(link?: string): PseudoTerminal {
  const opened = openPseudoTerminal({ link });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  open.push(opened.value);
  return opened.value;
}

function host(path: string): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const port: SerialPort = new SerialPort({ path, baudRate: 115_200 }, (error) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function closed(port: SerialPort): Promise<void> {
  return new Promise((resolve) => {
    port.once('close', () => resolve());
  });
}

/** Resolves with the first `count` bytes that arrive. */
function bytesFrom(subscribe: (receive: (bytes: Uint8Array) => void) => void, count: number): Promise<number[]> {
  return new Promise((resolve) => {
    const all: number[] = [];
    subscribe((bytes) => {
      all.push(...bytes);
      if (all.length >= count) resolve(all);
    });
  });
}

/** Every byte value: a terminal that is not raw would change some of them. */
const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);

describe.runIf(process.platform === 'linux')('pseudo-terminal', () => {
  it('carries every byte unchanged in both directions', async () => {
    const board = terminal();
    expect(board.path).toMatch(/^\/dev\/pts\/\d+$/);
    const port = await host(board.path);
    const atBoard = bytesFrom((receive) => board.onData(receive), 256);
    const atHost = bytesFrom((receive) => port.on('data', receive), 256);
    port.write(Buffer.from(ALL_BYTES));
    board.write(ALL_BYTES);
    expect(await atBoard).toEqual([...ALL_BYTES]);
    expect(await atHost).toEqual([...ALL_BYTES]);
    port.close();
    await closed(port);
  });

  it('does not echo what the board sends before a host has opened the port', async () => {
    const board = terminal();
    const atBoard: number[] = [];
    const heard = bytesFrom((receive) => {
      board.onData((bytes) => {
        atBoard.push(...bytes);
        if (bytes.includes(255)) receive(bytes);
      });
    }, 1);
    board.write(Uint8Array.of(1, 2, 13, 10));
    const port = await host(board.path);
    port.write(Buffer.from([254, 255]));
    await heard;
    expect(atBoard).toEqual([254, 255]);
    port.close();
    await closed(port);
  });

  it('survives a host that closes the port and opens it again', async () => {
    const board = terminal();
    for (let round = 1; round <= 3; round += 1) {
      const port = await host(board.path);
      const echoed = bytesFrom((receive) => port.on('data', receive), 2);
      board.onData((bytes) => board.write(bytes));
      port.write(Buffer.from([round, 0]));
      expect(await echoed).toEqual([round, 0]);
      port.close();
      await closed(port);
    }
  });

  it('hangs up on close: the host, in another process, sees its port close, and the port is gone', async () => {
    const script = fileURLToPath(new URL('../support/sim-pty-child.ts', import.meta.url));
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const path = line.toString().trim();
    const port = await host(path);
    // A port that nobody reads does not notice.
    port.resume();
    const gone = closed(port);
    // Not by a byte on the port: a loss right behind a write is one that the library, read as a stream, does not always tell.
    child.stdin.end();
    await gone;
    await expect(host(path)).rejects.toThrow();
    expect(await ended).toBe(0);
  });

  it('takes nothing more after close', () => {
    const board = terminal();
    board.close();
    board.close();
    board.write(ALL_BYTES);
    expect(board.droppedBytes).toBe(0);
  });

  it('drops, and counts, what nobody reads instead of keeping it for ever', () => {
    const board = terminal();
    const chunk = new Uint8Array(1024);
    for (let count = 0; count < 1024; count += 1) board.write(chunk);
    // The kernel itself keeps about 64 KiB.
    expect(board.droppedBytes).toBeGreaterThan(512 * 1024);
    expect(board.droppedBytes % 1024).toBe(0);
  });

  it('has a stable name by a symbolic link, which replaces a stale one and goes away on close', async () => {
    const link = join(folder, 'board');
    symlinkSync('/dev/pts/no-more', link);
    const board = terminal(link);
    expect(board.path).toBe(link);
    expect(readlinkSync(link)).toMatch(/^\/dev\/pts\/\d+$/);
    const port = await host(link);
    port.close();
    await closed(port);
    board.close();
    expect(lstatSync(link, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('leaves a link alone that somebody else has taken over', () => {
    const link = join(folder, 'board');
    const first = terminal(link);
    terminal(link);
    first.close();
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it('refuses to put its link in the place of a file', () => {
    const link = join(folder, 'notes.txt');
    writeFileSync(link, 'keep me');
    expect(openPseudoTerminal({ link })).toMatchObject({
      ok: false,
      error: { code: 1006, detail: { path: link, reason: 'exists and is no symbolic link' } },
    });
    expect(lstatSync(link).isFile()).toBe(true);
  });

  it('says that perl is missing where it is', () => {
    vi.stubEnv('PATH', folder);
    const opened = openPseudoTerminal();
    expect(opened).toMatchObject({ ok: false, error: { code: 1006 } });
    expect(!opened.ok && opened.error.detail['reason']).toContain('perl is needed');
  });
});

describe('where there are no pseudo-terminals', () => {
  it('says that this is not Linux', () => {
    const platform = vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
    const opened = openPseudoTerminal();
    platform.mockRestore();
    expect(opened).toMatchObject({ ok: false, error: { code: 1006 } });
    expect(!opened.ok && opened.error.detail['reason']).toContain('Linux only, this is darwin');
  });
});
