// WatchSignals: the values of devices as they change by more than a deadband, no more often than asked for. Nothing is queued: a slow
// reader gets the newest values, however long it took for the ones before.
import Long from 'long';
import type { celda } from '../../proto/generated/celda.js';
import type { Outcome } from '../../proto/generated/services.js';
import type { DeviceStatus } from '../core/cell-event.ts';
import type { CellModel } from '../core/cell-model.ts';
import type { ServiceRefusal } from '../ports/service-refusal.ts';
import { Bell } from './bell.ts';
import type { CellWatchOptions } from './cell-watch.ts';
import { HEARTBEAT_MS } from './job-watch.ts';
import type { Violations } from './request-checks.ts';
import { toTimestamp } from './wire-values.ts';

/** Signals that one watcher may name. */
const SIGNALS_MAX = 1_000;

/** Kinds of devices that have no value of their own. */
const WITHOUT_VALUE: ReadonlySet<string> = new Set(['vacuum-gripper', 'conveyor', 'stack-light', 'buzzer']);

/** Names of what can be watched. */
export function signalNames({ devices }: CellModel): readonly string[] {
  return devices.filter(({ kind }) => !WITHOUT_VALUE.has(kind)).map(({ name }) => name);
}

/** By name. */
export type Deadbands = ReadonlyMap<string, number>;

/** @returns what is to be watched; adds what is wrong with it */
export function readSelections(
  selections: readonly { readonly name: string; readonly deadband: number }[],
  cell: CellModel,
  violations: Violations,
): Deadbands {
  const known = signalNames(cell);
  if (selections.length === 0) return new Map(known.map((name) => [name, 0]));
  violations.atMost('signals', selections.length, SIGNALS_MAX);
  const deadbands = new Map<string, number>();
  for (const [index, { name, deadband }] of selections.slice(0, SIGNALS_MAX).entries()) {
    const field = `signals[${index}]`;
    if (!known.includes(name)) {
      violations.add(`${field}.name`, { given: JSON.stringify(name), allowed: known.join(', ') });
    } else if (deadbands.has(name)) {
      violations.add(`${field}.name`, { given: JSON.stringify(name), allowed: 'each signal once' });
    }
    if (!(deadband >= 0 && Number.isFinite(deadband))) {
      violations.add(`${field}.deadband`, { given: String(deadband), allowed: 'a finite number from 0' });
    }
    deadbands.set(name, deadband);
  }
  return deadbands;
}

function hasChanged(before: DeviceStatus | undefined, now: DeviceStatus, deadband: number): boolean {
  if (before === undefined || before.valid !== now.valid) return true;
  return now.valid && Math.abs(now.value - before.value) > deadband;
}

export interface SignalWatchOptions extends CellWatchOptions {
  readonly intervalMs: number;
  readonly deadbands: Deadbands;
}

/** What was sent last, and when. */
class Sent {
  readonly #values = new Map<string, DeviceStatus>();
  isConnected: boolean | undefined;
  at = Number.NEGATIVE_INFINITY;
  valuesAt = Number.NEGATIVE_INFINITY;

  changes({ mirror, deadbands }: SignalWatchOptions): readonly DeviceStatus[] {
    const devices = mirror.snapshot?.devices ?? [];
    return devices.filter((device) => {
      const deadband = deadbands.get(device.name);
      return deadband !== undefined && hasChanged(this.#values.get(device.name), device, deadband);
    });
  }

  keep(values: readonly DeviceStatus[], now: number): void {
    for (const value of values) this.#values.set(value.name, value);
    this.at = now;
    if (values.length > 0) this.valuesAt = now;
  }
}

/** Ends when `signal` aborts. */
export async function* watchSignals(
  options: SignalWatchOptions,
): AsyncGenerator<Outcome<celda.cell.v1.WatchSignalsResponse.$Properties, ServiceRefusal>> {
  const { mirror, clock, signal, intervalMs } = options;
  const sent = new Sent();
  const bell = new Bell();
  const unlisten = mirror.listen(bell.ring);
  signal.addEventListener('abort', bell.ring);
  let sequence = 0;
  try {
    while (!signal.aborted) {
      const now = clock.now();
      const changes = sent.changes(options);
      const mayTellValues = now >= sent.valuesAt + intervalMs;
      const values = mayTellValues ? changes : [];
      if (values.length > 0 || sent.isConnected !== mirror.connected || now >= sent.at + HEARTBEAT_MS) {
        sent.keep(values, now);
        sent.isConnected = mirror.connected;
        sequence += 1;
        const stateTime = mirror.snapshot?.time;
        yield {
          ok: true,
          value: {
            sequence: Long.fromNumber(sequence, true),
            sendTime: toTimestamp(clock.wall()),
            controlConnected: mirror.connected,
            ...(stateTime === undefined ? {} : { stateTime: toTimestamp(stateTime) }),
            values: values.map((value) => ({ ...value })),
          },
        };
        continue;
      }
      const dueAt =
        changes.length > 0 ? Math.min(sent.valuesAt + intervalMs, sent.at + HEARTBEAT_MS) : sent.at + HEARTBEAT_MS;
      await bell.sleep(clock, dueAt);
    }
  } finally {
    unlisten();
    signal.removeEventListener('abort', bell.ring);
  }
}
