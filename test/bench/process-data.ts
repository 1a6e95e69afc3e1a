// Goal: the process data of one full board at 115,200 baud: at least 100 cycles a second, on at most 60 % of the line, for at
// most 3 % of a core. Method: a session in a process of its own, over a pseudo-terminal whose bytes arrive no faster than at
// that rate; behind it the firmware core of a Mega in this process.
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { Helper } from './child.ts';
import { boundedFigure, type Figure, type Measurement } from './figure.ts';
import type { ProcessDataSettings, ProcessDataWindow } from './process-data-host.ts';
import { PtyBoard } from './pty-board.ts';

/**
 * A host runs for days; the compilers of V8 take some fifteen thousand cycles to do what they do for it, and until then the
 * process takes up to half as much again, their own threads included.
 */
const FULL = { windows: 10, windowMs: 3_000, warmUpMs: 150_000 } as const;
const QUICK = { windows: 3, windowMs: 1_000, warmUpMs: 2_000 } as const;
/** A little faster than required, so that a late timer does not decide. */
const PERIOD_MS = 9;
const BITS_PER_BYTE = 10;
const REQUIRED = { cyclesPerS: 100, linePercent: 60, processorPercent: 3 } as const;

export const measureProcessData: Measurement = async ({ quick, progress }) => {
  const { windows, windowMs, warmUpMs } = quick ? QUICK : FULL;
  progress(`process data: ${windows} windows of ${windowMs / 1000} s at ${BOOT_BAUD} baud, after ${warmUpMs / 1000} s`);
  const board = new PtyBoard({ kind: 'mega', baud: BOOT_BAUD });
  const measured: ProcessDataWindow[] = [];
  try {
    const settings: ProcessDataSettings = { path: board.path, periodMs: PERIOD_MS };
    const host = await Helper.start('./process-data-host.ts', settings);
    try {
      await measureWindow(host, warmUpMs);
      while (measured.length < windows) measured.push(await measureWindow(host, windowMs));
    } finally {
      await host.stop();
    }
  } finally {
    board.close();
  }
  return figuresOf(measured, BOOT_BAUD, warmUpMs / 1000);
};

async function measureWindow(host: Helper, windowMs: number): Promise<ProcessDataWindow> {
  const answer = host.next('measured', windowMs + 10_000);
  host.send({ windowMs });
  return (await answer) as unknown as ProcessDataWindow;
}

/** Share of the busier direction, %. */
function linePercent({ bytesToBoard, bytesToHost, seconds }: ProcessDataWindow, baud: number): number {
  return (Math.max(bytesToBoard, bytesToHost) * BITS_PER_BYTE * 100) / (seconds * baud);
}

function figuresOf(measured: readonly ProcessDataWindow[], baud: number, warmUpS: number): readonly Figure[] {
  const name = `process data of 44 signals at ${BOOT_BAUD} baud`;
  const all = measured.reduce((sum, { cycles }) => sum + cycles, 0);
  const bytes = (key: 'bytesToBoard' | 'bytesToHost'): string =>
    (measured.reduce((sum, window) => sum + window[key], 0) / Math.max(all, 1)).toFixed(1);
  const figure = (
    title: string,
    requirement: string,
    unit: string,
    values: readonly number[],
    limit: { readonly value: number; readonly kind: 'at most' | 'at least' },
    note: string,
  ): Figure =>
    boundedFigure({
      name: `${name}, ${title}`,
      requirement,
      unit,
      values,
      judged: 'median',
      limit: { what: 'required', ...limit },
      note,
    });
  return [
    figure(
      'cycles',
      `>= ${REQUIRED.cyclesPerS} a second`,
      '/s',
      measured.map(({ cycles, seconds }) => cycles / seconds),
      { value: REQUIRED.cyclesPerS, kind: 'at least' },
      `${all} cycles, each executed by the board and reported; 16 digital in, 16 out, 6 analog, 6 servos of a Mega, a command every ${PERIOD_MS} ms`,
    ),
    figure(
      'line',
      `<= ${REQUIRED.linePercent} % of the busier direction`,
      '%',
      measured.map((window) => linePercent(window, baud)),
      { value: REQUIRED.linePercent, kind: 'at most' },
      `bytes counted by the session, ten bits each; per cycle ${bytes('bytesToBoard')} to the board and ${bytes('bytesToHost')} to the host`,
    ),
    figure(
      'processor',
      `<= ${REQUIRED.processorPercent} % of a core`,
      '%',
      measured.map(({ processorSeconds, seconds }) => (processorSeconds / seconds) * 100),
      { value: REQUIRED.processorPercent, kind: 'at most' },
      `all that the process with the session took in ${measured.length} windows after ${warmUpS} s, kernel, compilers and garbage collection included; the board is in another process`,
    ),
  ];
}
