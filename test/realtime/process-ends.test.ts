// How the processes of a running cell end, for real, while its arm moves: by a defect, by a loop without end, by a signal, and
// next to a second one that was started by mistake. The board behind the pseudo-terminal says who switched the power of the servos off: the
// controller by a frame, or the board by itself when the lease had run out.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { journalPath } from '../../src/app/journal-place.ts';
import { runnerOf } from '../../src/app/journal-run.ts';
import { lockOwner } from '../../src/app/lock-file.ts';
import { CeldaProcess } from '../bench/celda-process.ts';
import { MovingCell, type MovingCellOptions, PINS, pause } from '../bench/moving-cell.ts';

const LIMIT_MS = 120_000;
/** Longer than any stop here takes, so that a stop by the controller is told from one by the lease. */
const LONG_LEASE_MS = 2000;
const LEASE_MS = 100;
/** What a process takes at most to start and say what it finds, on a busy machine. */
const SECOND_MS = 60_000;

let cell: MovingCell | undefined;
afterEach(async () => {
  await cell?.stop();
  cell = undefined;
});

async function moving(options: MovingCellOptions): Promise<MovingCell> {
  cell = await MovingCell.start(options);
  await cell.setMoving();
  return cell;
}

/** Waits until the base travels at speed: 4 µs in a cycle at least; an arm that a busy machine has stopped is set off again. */
async function travelling(running: MovingCell): Promise<void> {
  const { board } = running;
  let lastUs = 0;
  const seen = { isFast: false };
  board.watch = {
    onPinChange: (pin, { pulseUs }) => {
      if (pin !== PINS.servo) return;
      seen.isFast = pulseUs > 0 && lastUs > 0 && Math.abs(pulseUs - lastUs) >= 4;
      lastUs = pulseUs;
    },
  };
  while (!seen.isFast) {
    await pause(2);
    if (board.pin(PINS.power).level === 0) await running.setMoving();
  }
}

interface PowerOff {
  readonly byHost: boolean;
  /** From the signal on, by the clock of the board, ms. */
  readonly afterMs: number;
  /** Pulse widths of the base from the signal on, µs. */
  readonly pulses: readonly number[];
}

/** Does something to the cell and waits until its servos are without power. */
function powerOff({ board }: MovingCell, act: () => void): Promise<PowerOff> {
  return new Promise((resolve) => {
    const fromUs = board.timeUs;
    const pulses: number[] = [];
    board.watch = {
      onPinChange: (pin, state, byHost, atUs) => {
        if (pin === PINS.servo) pulses.push(state.pulseUs);
        if (pin !== PINS.power || state.level === 1) return;
        board.watch = {};
        resolve({ byHost, afterMs: (atUs - fromUs) / 1000, pulses });
      },
    };
    act();
  });
}

describe('a defect in the control process', () => {
  it.each([
    ['throwing.ts', 'thrown on purpose'],
    ['rejecting.ts', 'rejected on purpose'],
  ])(
    '[P4] (%s) stops the boards by a frame before it ends the process, which comes back stopped',
    async (program, words) => {
      const running = await moving({ leaseMs: LONG_LEASE_MS, program });
      const { controlPid } = running.process;
      const off = await powerOff(running, () => process.kill(controlPid, 'SIGUSR2'));
      expect(off.byHost).toBe(true);
      expect(off.afterMs).toBeLessThan(LONG_LEASE_MS / 2);
      await running.process.says(new RegExp(`\\[9001\\].*${words}`));
      await running.process.says(/control: ended with exit code 70; it is started again/);
      await running.process.says(/started again[\s\S]*link stopped/);
      expect(running.board.pin(PINS.power).level).toBe(0);
    },
    LIMIT_MS,
  );
});

describe('a control process that lives and controls no more', () => {
  it(
    '[P3] loses the leases of its board, is killed after 5 s without a finished cycle, and comes back stopped',
    async () => {
      const running = await moving({ leaseMs: LEASE_MS, program: 'hanging.ts' });
      const { controlPid } = running.process;
      const ms = await running.timeToSafe(() => process.kill(controlPid, 'SIGUSR2'));
      expect(ms).toBeLessThanOrEqual(LEASE_MS + 1);
      await running.process.says(/control: no sign of life for 5000 ms; it is killed/);
      await running.process.says(/ended by SIGKILL; it is started again[\s\S]*link stopped/);
      expect(running.process.controlPid).not.toBe(controlPid);
      expect(running.board.pin(PINS.power).level).toBe(0);
    },
    LIMIT_MS,
  );
});

describe('a signal to the supervisor', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '[P5] %s stops motion by its ramp, then switches off, then ends with exit code 0',
    async (signal) => {
      const running = await moving({ leaseMs: LONG_LEASE_MS, category: 1 });
      await travelling(running);
      const off = await powerOff(running, () => running.process.signal(signal));
      expect(off.byHost).toBe(true);
      expect(off.afterMs).toBeLessThan(1_000 + 500);
      // The ramp: the pulses go on in one direction by smaller and smaller steps; nothing is cut off in full motion.
      const steps = off.pulses.filter((us) => us > 0).map((us, index, all) => Math.abs(us - (all[index - 1] ?? us)));
      expect(steps.length).toBeGreaterThan(3);
      expect(steps.at(-1)).toBeLessThan(Math.max(...steps));
      expect(await running.process.exitCode()).toBe(0);
      expect(running.board.pin(PINS.power).level).toBe(0);
    },
    LIMIT_MS,
  );

  it(
    '[P5] a second one kills a control process that does not stop; its board is safe by the lease; the exit code is 1',
    async () => {
      const running = await moving({ leaseMs: LEASE_MS });
      const { controlPid } = running.process;
      const off = await powerOff(running, () => {
        process.kill(controlPid, 'SIGSTOP');
        running.process.signal('SIGINT');
      });
      expect(off.byHost).toBe(false);
      // The supervisor takes two requests within a second for one.
      await pause(1_100);
      running.process.signal('SIGINT');
      await running.process.says(/asked again to stop/);
      expect(await running.process.exitCode()).toBe(1);
      expect(() => process.kill(controlPid, 0)).toThrow(/ESRCH/);
    },
    LIMIT_MS,
  );
});

/** Starts the same cell once more. @returns its exit code and what it said */
function startAgain(running: MovingCell, runtime: string): Promise<{ code: number; text: string }> {
  const env = { ...process.env, XDG_RUNTIME_DIR: runtime, LANG: 'C' };
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/cli/main.ts', ...running.process.args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: `${stdout}${stderr}` });
    });
  });
}

/**
 * The same control process runs after `act` as before, and its link has not fallen. A busy machine may stall a cell for longer
 * than its link stands, second process or not: only what happens three times in a row is the second one's doing.
 */
async function leavesAlone(running: MovingCell, act: () => Promise<void>): Promise<void> {
  const { controlPid } = running.process;
  const fallen: string[] = [];
  for (let tries = 0; tries < 3; tries += 1) {
    const before = running.process.saidLength;
    await act();
    expect(running.process.controlPid).toBe(controlPid);
    const found = /.*link (down|tripped).*/.exec(running.process.saidSince(before));
    await running.setMoving();
    if (found === null) return;
    fallen.push(found[0]);
  }
  expect(fallen).toEqual([]);
}

describe('a cell that is started twice', () => {
  it(
    '[P8] goes on undisturbed: the second refuses with the process that has the cell, or its journal, and exits 4',
    async () => {
      const running = await moving({ leaseMs: LONG_LEASE_MS });
      await leavesAlone(running, async () => {
        const { code, text } = await startAgain(running, running.process.runtime);
        expect([code, /already being run by process \d+/.test(text)]).toEqual([4, true]);
      });
      // Whoever wants the port of the board is told of the cell by its lock.
      const { runtime } = running.process;
      const own = readdirSync(runtime).filter((name) => name.startsWith('celda-'));
      const owners = own.map((name) => lockOwner(join(runtime, name, 'lock')));
      expect(owners).toMatchObject([{ ports: [running.board.path] }]);
      // So is whoever wants to replace its journal, while the gateway is between two lives too.
      const cellPath = running.process.args.find((argument) => argument.endsWith('.yaml')) ?? '';
      expect(runnerOf(journalPath(cellPath))).toMatchObject({ pid: owners[0]?.pid });
      // Another user, or another session, has another private directory; the journal is where the cell is.
      const elsewhere = mkdtempSync(join(tmpdir(), 'celda-elsewhere-'));
      await leavesAlone(running, async () => {
        const { gatewayPid } = running.process;
        const { code, text } = await startAgain(running, elsewhere);
        expect([code, text]).toEqual([4, expect.stringMatching(new RegExp(`\\[6507\\].* pid=${gatewayPid}\\)`))]);
        expect(text).not.toContain('control:');
      });
      rmSync(elsewhere, { recursive: true });
    },
    LIMIT_MS,
  );

  it(
    '[P8] goes on undisturbed when the second cannot know of the first: the port of the board is taken',
    async () => {
      const running = await moving({ leaseMs: LONG_LEASE_MS });
      await leavesAlone(running, async () => {
        // A copy of the cell, with a journal of its own.
        const second = new CeldaProcess(...running.process.args, '--journal', join(running.process.runtime, 'copy.db'));
        try {
          await second.says(/\[1006\] the serial port cannot be opened \(board=uno-1.*reason=in use/, SECOND_MS);
        } finally {
          await second.stop();
        }
      });
    },
    LIMIT_MS,
  );
});
