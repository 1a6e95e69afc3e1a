// Goal: a session that sets up its link comes to it, at the cell's speed, whatever stalls on the way there, once it stalls no
// more; and what is said of it on the way is silence, nothing else. Method: the real serial port on a pseudo-terminal, the board
// in a process of its own, one of the two kept from running again and again for some seconds.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import type { Fault } from '../../src/core/faults.ts';
import type { BoardEvent } from '../../src/ports/board-port.ts';
import { testRandom } from '../support/session-bench.ts';
import { samplePlan } from '../support/wire-samples.ts';

const PROGRAM = new URL('../support/programs/pty-board.ts', import.meta.url).pathname;
const BAUD = 500_000;
const STALLING_MS = 2500;
/** Between two stalls. */
const RUNNING_MS = 20;
/** Some seconds by the design; the rest is for a machine that is busy with other things. */
const RECOVERS_MS = 30_000;
/** What a stall looks like: a link is lost (1001), nobody answers (1005), or not at this speed (1003), twice in a row. */
function isSilence({ code, detail }: Fault): boolean {
  return (
    code === 1001 || code === 1005 || (code === 1003 && detail['what'] === 'baud' && detail['found'] === 'no answer')
  );
}

const undo: (() => void)[] = [];
afterEach(() => {
  for (const task of undo.splice(0).toReversed()) task();
});

async function startBoard(): Promise<{ child: ChildProcessByStdio<Writable, Readable, null>; path: string }> {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
  undo.push(() => child.kill('SIGKILL'));
  const [path] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, path: path.toString().trim() };
}

async function connecting() {
  const { child, path } = await startBoard();
  const clock = createRealClock();
  const plan = samplePlan({ baud: BAUD, leaseMs: 500, validityMs: 200 });
  const factory = openTransport(path, { clock, baud: BOOT_BAUD });
  const session = createSession({ plan, clock, factory, random: testRandom(Math.trunc(performance.now())) });
  const links: Extract<BoardEvent, { kind: 'link' }>[] = [];
  const subscription = session.port.events$.subscribe({
    next: (event) => {
      if (event.kind === 'link') links.push(event);
    },
    error: (error: unknown) => {
      throw error;
    },
  });
  undo.push(() => subscription.unsubscribe());
  return { child, session, links };
}

async function stallBoard(child: { kill(signal: NodeJS.Signals): boolean }, stallMs: number): Promise<void> {
  child.kill('SIGSTOP');
  await pause(stallMs);
  child.kill('SIGCONT');
}

/** Nothing of this process runs, its timers and its port included. */
function stallHost(stallMs: number): Promise<void> {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stallMs);
  return Promise.resolve();
}

describe.each([
  ['board', 90],
  ['board', 250],
  ['host', 90],
  ['host', 250],
] as const)('a %s that stands still for %i ms at a time while the link is set up', (who, stallMs) => {
  it('is told as silence, and the link comes to its speed once it runs again', async () => {
    const { child, session, links } = await connecting();
    const end = performance.now() + STALLING_MS;
    while (performance.now() < end) {
      await (who === 'board' ? stallBoard(child, stallMs) : stallHost(stallMs));
      await pause(RUNNING_MS);
    }
    await vi.waitFor(() => expect(links.at(-1)?.state).toBe('stopped'), { timeout: RECOVERS_MS, interval: 20 });
    expect(session.stats().baud).toBe(BAUD);
    expect(links.flatMap(({ cause }) => cause ?? []).filter((cause) => !isSilence(cause))).toEqual([]);
  });
});
