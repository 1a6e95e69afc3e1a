// Messages of the cell channel with meaningful defaults, and ways to wait for one without sleeping.

import type { CellEvent, CellRequest, CellSnapshot } from '../../src/core/cell-event.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { lightOf } from '../../src/core/stack-light.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import type { ConnectionLost, ControlClient, FromControl } from '../../src/ports/cell-channel.ts';

export function jobRecord(jobOrderId: string, overrides: Partial<JobRecord> = {}): JobRecord {
  return {
    order: { jobOrderId, descriptions: [], workMasterId: 'pick', priority: 0, parameters: { count: 3 } },
    workMasterVersion: '1',
    state: 'AllowedToStart',
    substate: 'Ready',
    storedAt: epochMs(1_000),
    startTime: undefined,
    endTime: undefined,
    producedQuantity: 0,
    goodQuantity: 0,
    measurements: [],
    result: 'Unknown',
    reason: undefined,
    comment: '',
    runs: { started: 0, completed: 0 },
    times: { since: epochMs(1_000), runningMs: 0, interruptedMs: 0 },
    revision: 1,
    ...overrides,
  };
}

export function jobEvent(sequence: number, record: JobRecord): CellEvent {
  return { sequence, at: monotonicMs(sequence), time: epochMs(sequence), body: { kind: 'job', record } };
}

export function resetEvent(sequence: number): CellEvent {
  return { sequence, at: monotonicMs(sequence), time: epochMs(sequence), body: { kind: 'reset' } };
}

export function cellSnapshot(cycle: number): CellSnapshot {
  return {
    epoch: 'e1',
    cycle,
    at: monotonicMs(cycle),
    time: epochMs(cycle),
    unit: 'Stopped',
    mode: 'Production',
    bypasses: [],
    modeRequested: 'Production',
    boards: [],
    safety: [],
    devices: [],
    job: undefined,
    alarms: [],
    alarmList: [],
    flood: undefined,
    lights: lightOf('Stopped'),
    resetPossible: false,
    overruns: 0,
  };
}

export function abortRequest(requestId: string, jobOrderId = 'J-1'): CellRequest {
  return { kind: 'abort', requestId, jobOrderId };
}

type Message = FromControl | ConnectionLost;

/** Keeps what a client hears, and resolves when it has heard something. */
export function record(client: ControlClient): {
  readonly heard: readonly Message[];
  /** Resolves with the first message, heard already or to come, that `wanted` accepts. */
  until(wanted: (message: Message) => boolean): Promise<Message>;
} {
  const heard: Message[] = [];
  const waiting = new Set<() => void>();
  client.listen((message) => {
    heard.push(message);
    for (const look of [...waiting]) look();
  });
  return {
    heard,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = heard.find(wanted);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
