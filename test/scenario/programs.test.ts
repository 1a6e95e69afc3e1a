// Goal: programs of a cell pass the same limits as everybody else, and whatever they do the cell goes on and names them.
import { concatMap, EMPTY, filter, from, map, merge, type Observable, of, take, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import type { CellProgram, CellView, Intent } from '../../src/ports/program.ts';
import { EXAMPLE, eventsOf, jobOf, jointsOf, PART_MS_MAX, partsIn, unsafeOutputs } from '../support/scenario.ts';

async function readyWith(program: CellProgram): Promise<SimulatedCell> {
  const cell = await simulateCell(EXAMPLE, { programs: { odd: program } });
  await cell.reset();
  return cell;
}

/** The order `park` has ended: production is enabled and the unit is Idle. */
async function afterPark(cell: SimulatedCell): Promise<void> {
  const { order } = await cell.order('park');
  await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
  await cell.until(() => cell.unit === 'Idle', 1000);
}

/** Asks once, as soon as the unit is in a state for at least 100 ms. */
function asking(intent: Intent, unit = 'Idle'): CellProgram {
  return ({ snapshot$ }) =>
    snapshot$.pipe(
      filter((snapshot) => snapshot.unit === unit),
      filter((_, index) => index === 10),
      take(1),
      map(() => intent),
    );
}

/** Asks whenever an order has ended and the unit is Idle again. */
function askingAfterJob(intent: Intent): CellProgram {
  return ({ event$ }: CellView): Observable<Intent> =>
    event$.pipe(
      filter(({ body }) => body.kind === 'unit' && body.from === 'Resetting' && body.to === 'Idle'),
      filter((_, index) => index === 1),
      map(() => intent),
    );
}

function programAlarms(cell: SimulatedCell): readonly (readonly [number, unknown])[] {
  return eventsOf(cell, 'alarm').flatMap(({ active, fault: { code, detail } }) =>
    active && code >= 7000 ? [[code, detail['intent'] ?? detail['text'] ?? detail['message']] as const] : [],
  );
}

const BAD_MOVES: readonly Intent[] = [
  { kind: 'move', targetDeg: { base: 91 }, speedPercent: 50 },
  { kind: 'move', targetDeg: { base: Number.NaN }, speedPercent: 50 },
  { kind: 'move', targetDeg: { base: 10 }, speedPercent: 101 },
  { kind: 'move', targetDeg: { base: 10, arm: 5 }, speedPercent: 50 },
];

describe('an intent of a program', () => {
  it.each(['belt-motor', 'vacuum-valve', 'actuator-power', 'none-such'])(
    'to switch %s is refused with alarm 7003 and changes nothing',
    async (device) => {
      const cell = await readyWith(asking({ kind: 'set-output', device, on: true }));
      const outputs = unsafeOutputs(cell);
      await cell.advance(1000);
      expect(programAlarms(cell)).toEqual([[7003, 'set-output']]);
      expect([cell.unit, unsafeOutputs(cell), cell.plant.beltTravelMm]).toEqual(['Idle', outputs, 0]);
    },
  );

  it.each(BAD_MOVES)('to move beyond a limit is refused and moves nothing (%j)', async (intent) => {
    const cell = await readyWith(askingAfterJob(intent));
    await afterPark(cell);
    await cell.advance(100);
    const where = jointsOf(cell);
    await cell.advance(2000);
    expect(programAlarms(cell)).toEqual([[7003, 'move']]);
    expect([jointsOf(cell), cell.unit]).toEqual([where, 'Idle']);
  });

  it('to move or to start a work master is refused after a reset until somebody orders a job', async () => {
    const move = asking({ kind: 'move', targetDeg: { base: 20 }, speedPercent: 50 });
    const start = asking({ kind: 'start-work-master', workMasterId: 'park', parameters: {} });
    const cell = await readyWith((view) => merge(move(view), start(view)));
    const where = jointsOf(cell);
    await cell.advance(3000);
    expect(programAlarms(cell)).toEqual([
      [7003, 'move'],
      [7003, 'start-work-master'],
    ]);
    expect([jointsOf(cell), cell.jobs.size]).toEqual([where, 0]);
  });

  it('to move within the limits is carried out when no job runs', async () => {
    const cell = await readyWith(askingAfterJob({ kind: 'move', targetDeg: { base: 20 }, speedPercent: 50 }));
    await afterPark(cell);
    await cell.advance(2000);
    expect(programAlarms(cell)).toEqual([]);
    expect(jointsOf(cell)[0]).toBeCloseTo(20, 1);
  });

  it('to start a work master that does not exist, or with bad parameters, is refused', async () => {
    const intents: Intent[] = [
      { kind: 'start-work-master', workMasterId: 'none', parameters: {} },
      { kind: 'start-work-master', workMasterId: 'park', parameters: { speed: Number.NaN } },
    ];
    const cell = await readyWith((view) =>
      askingAfterJob({ kind: 'raise-alarm', text: '' })(view).pipe(concatMap(() => from(intents))),
    );
    await afterPark(cell);
    await cell.advance(500);
    expect(programAlarms(cell).map(([code]) => code)).toEqual([7003, 7003]);
    expect(cell.jobs.size).toBe(1);
  });
});

describe('a program that fails', () => {
  it('is alarm 7001 that names it, and the cell goes on: the job moves its part', async () => {
    const failing: CellProgram = ({ event$ }) =>
      event$.pipe(
        filter(({ body }) => body.kind === 'measured'),
        concatMap(() => throwError(() => new Error('no such tray'))),
      );
    const cell = await readyWith(failing);
    const { order } = await cell.order('pick-and-place', { count: 1 });
    await cell.until(() => jobOf(cell, order.jobOrderId).state === 'Ended', PART_MS_MAX);
    expect(programAlarms(cell)).toEqual([[7001, 'no such tray']]);
    expect(eventsOf(cell, 'alarm')[0]?.fault.detail).toMatchObject({ program: 'odd' });
    expect([partsIn(cell, 'in-tray'), eventsOf(cell, 'overrun')]).toEqual([1, []]);
  });

  it('while it is set up is alarm 7001 too, and the cell takes orders', async () => {
    const cell = await readyWith(() => {
      throw new Error('no sensor');
    });
    expect(programAlarms(cell)).toEqual([[7001, 'no sensor']]);
    await expect(cell.order('park')).resolves.toMatchObject({ state: 'AllowedToStart' });
  });

  it.each([
    [{ kind: 'open-the-door' }, 'open-the-door'],
    [{ kind: 'move', targetDeg: { base: '10' }, speedPercent: 50 }, 'move'],
    [{ kind: 'start-work-master', workMasterId: 'park', parameters: { speed: {} } }, 'start-work-master'],
    [undefined, 'none'],
    [null, 'none'],
    [42, 'none'],
  ])('with something that is no intent is refused, and the cell goes on (%j)', async (nonsense, kind) => {
    const cell = await readyWith(() => of(nonsense as unknown as Intent));
    await cell.advance(200);
    expect(cell.unit).toBe('Idle');
    expect(programAlarms(cell)).toEqual([[7003, kind]]);
    await expect(cell.order('park')).resolves.toMatchObject({ state: 'AllowedToStart' });
  });
});

describe('an alarm of a program', () => {
  it('stands until the program clears it', async () => {
    const cell = await readyWith(({ snapshot$ }) =>
      snapshot$.pipe(
        concatMap((_, index): Observable<Intent> => {
          if (index === 30) return of({ kind: 'raise-alarm', text: 'tray is full' });
          return index === 50 ? of({ kind: 'clear-alarm', text: 'tray is full' }) : EMPTY;
        }),
      ),
    );
    await cell.advance(1500);
    expect(eventsOf(cell, 'alarm').map(({ active, fault: { code } }) => [code, active])).toEqual([
      [7004, true],
      [7004, false],
    ]);
  });

  it('that changes with every cycle fills no list without end', async () => {
    const cell = await readyWith(({ snapshot$ }) =>
      snapshot$.pipe(map(({ cycle }): Intent => ({ kind: 'raise-alarm', text: `cycle ${cycle}` }))),
    );
    await cell.advance(3000);
    expect(cell.snapshot?.alarms.length).toBeLessThanOrEqual(50);
    cell.press('estop');
    await cell.advance(1000);
    expect(cell.snapshot?.alarms.map(({ code }) => code)).toContain(4001);
    expect(cell.unit).toBe('Aborted');
  });
});
