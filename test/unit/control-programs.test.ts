import { concatMap, delay, ignoreElements, map, of, tap, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { hostPrograms, type ProgramOutput } from '../../src/control/programs.ts';
import type { CellSnapshot } from '../../src/core/cell-event.ts';
import { epochMs, type MonotonicMs, monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { CellProgram } from '../../src/ports/program.ts';
import { cellSnapshot } from '../support/channel-samples.ts';

function snapshot(pressureKpa: number, valid = true): CellSnapshot {
  return {
    ...cellSnapshot(1),
    devices: [{ name: 'pressure', kind: 'analog-input', unit: 'kPa', value: pressureKpa, valid }],
    job: undefined,
    alarms: [],
    resetPossible: false,
    overruns: 0,
  };
}

function hosted(programs: Record<string, CellProgram>, clock: Clock = new VirtualClock()) {
  const host = hostPrograms(
    Object.entries(programs).map(([name, program]) => ({ name, program })),
    clock,
    5,
  );
  const outputs: ProgramOutput[] = [];
  host.outputs$.subscribe((output) => outputs.push(output));
  return { host, outputs };
}

const alarming: CellProgram = (cell) =>
  cell.device$('pressure').pipe(map((value) => ({ kind: 'raise-alarm', text: `${value}` })));

describe('a cell program', () => {
  it('sees a device when it changes and is valid, and its intents come out under its name', () => {
    const { host, outputs } = hosted({ watch: alarming });
    for (const value of [snapshot(1), snapshot(1), snapshot(7, false), snapshot(2)]) host.publish(value, []);
    expect(outputs).toEqual([
      { kind: 'intent', program: 'watch', intent: { kind: 'raise-alarm', text: '1' } },
      { kind: 'intent', program: 'watch', intent: { kind: 'raise-alarm', text: '2' } },
    ]);
  });

  it('that fails is an alarm that names it, and the others go on', () => {
    const failing: CellProgram = (cell) => cell.snapshot$.pipe(concatMap(() => throwError(() => new Error('boom'))));
    const { host, outputs } = hosted({ bad: failing, good: alarming });
    host.publish(snapshot(1), []);
    host.publish(snapshot(2), []);
    expect(outputs.filter(({ kind }) => kind === 'fault')).toEqual([
      { kind: 'fault', fault: { code: 7001, detail: { program: 'bad', message: 'boom' } } },
    ]);
    expect(outputs.filter(({ kind }) => kind === 'intent')).toHaveLength(2);
  });

  it('that throws while it is being set up is an alarm too', () => {
    const { outputs } = hosted({
      bad: () => {
        throw new Error('no sensor');
      },
    });
    expect(outputs).toEqual([
      { kind: 'fault', fault: { code: 7001, detail: { program: 'bad', message: 'no sensor' } } },
    ]);
  });

  it('that holds the cycle up is named, the others are not', () => {
    let nowMs = 0;
    const clock: Clock = {
      now: (): MonotonicMs => monotonicMs(nowMs),
      wall: () => epochMs(0),
      schedule: () => () => undefined,
    };
    const slow: CellProgram = (cell) =>
      cell.snapshot$.pipe(
        tap(() => {
          nowMs += 20;
        }),
        ignoreElements(),
      );
    const { host } = hosted({ slow, quick: alarming }, clock);
    expect(host.publish(snapshot(1), [])).toEqual([{ code: 7002, detail: { program: 'slow', tookMs: 20 } }]);
  });

  it('waits in the time of the cell', async () => {
    const clock = new VirtualClock();
    const waiting: CellProgram = (cell) =>
      of({ kind: 'raise-alarm', text: 'late' } as const).pipe(delay(500, cell.scheduler));
    const { outputs } = hosted({ waiting }, clock);
    await clock.advance(499);
    expect(outputs).toEqual([]);
    await clock.advance(1);
    expect(outputs).toHaveLength(1);
  });

  it('is over when the cell ends', () => {
    const { host, outputs } = hosted({ watch: alarming });
    host.end();
    host.publish(snapshot(1), []);
    expect(outputs).toEqual([]);
  });
});
