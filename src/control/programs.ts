// Hosts the cell's programs: hands them snapshots and events, collects their intents, names the one that fails or stalls.
import { catchError, defer, distinctUntilChanged, EMPTY, filter, map, merge, type Observable, Subject } from 'rxjs';
import type { CellEvent, CellSnapshot } from '../core/cell-event.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { Clock } from '../ports/clock.ts';
import type { CellProgram, CellView, Intent } from '../ports/program.ts';
import { checkIntent } from './check-intent.ts';
import { clockScheduler } from './clock-scheduler.ts';

export interface NamedProgram {
  readonly name: string;
  readonly program: CellProgram;
}

export type ProgramOutput =
  | { readonly kind: 'intent'; readonly program: string; readonly intent: Intent }
  | { readonly kind: 'fault'; readonly fault: Fault };

export interface ProgramHost {
  /** All programs' intents and failures. A program that fails is over; the others go on. Never errors. */
  readonly outputs$: Observable<ProgramOutput>;
  /** Gives a cycle's results to the programs, in this turn. @returns alarms for programs that took too long */
  publish(snapshot: CellSnapshot, events: readonly CellEvent[]): readonly Fault[];
  /** Ends the programs' streams. */
  end(): void;
}

function viewOf(snapshot$: Observable<CellSnapshot>, event$: Observable<CellEvent>, clock: Clock): CellView {
  return {
    snapshot$,
    event$,
    device$: (name) =>
      snapshot$.pipe(
        map((snapshot) => snapshot.devices.find((device) => device.name === name)),
        filter((device) => device?.valid === true),
        map((device) => device?.value ?? 0),
        distinctUntilChanged(),
      ),
    scheduler: clockScheduler(clock),
  };
}

function failure(program: string, thrown: unknown): ProgramOutput {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { kind: 'fault', fault: fault(7001, { program, message }) };
}

function outputOf(program: string, emitted: unknown): ProgramOutput {
  const checked = checkIntent(emitted);
  if (checked.ok) return { kind: 'intent', program, intent: checked.value };
  const reason = 'it is no intent, or a field of it is missing or of another type';
  return { kind: 'fault', fault: fault(7003, { program, intent: checked.error, reason }) };
}

/** @param stallMs a program that holds the cycle up for longer than this in one turn is reported */
export function hostPrograms(programs: readonly NamedProgram[], clock: Clock, stallMs: number): ProgramHost {
  const hosted = programs.map(({ name, program }) => {
    const snapshots = new Subject<CellSnapshot>();
    const events = new Subject<CellEvent>();
    const view = viewOf(snapshots.asObservable(), events.asObservable(), clock);
    const outputs$ = defer(() => program(view)).pipe(
      map((emitted) => outputOf(name, emitted)),
      catchError((thrown: unknown) => [failure(name, thrown)]),
    );
    return { name, snapshots, events, outputs$ };
  });
  return {
    outputs$: hosted.length === 0 ? EMPTY : merge(...hosted.map(({ outputs$ }) => outputs$)),
    publish(snapshot, events) {
      const stalled: Fault[] = [];
      for (const program of hosted) {
        const startedAt = clock.now();
        for (const event of events) program.events.next(event);
        program.snapshots.next(snapshot);
        const tookMs = clock.now() - startedAt;
        if (tookMs > stallMs) stalled.push(fault(7002, { program: program.name, tookMs: Math.round(tookMs) }));
      }
      return stalled;
    },
    end() {
      for (const { snapshots, events } of hosted) {
        events.complete();
        snapshots.complete();
      }
    },
  };
}
