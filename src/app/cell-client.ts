// A client of the cell interface: alarms and stops as plain data.
import { celda } from '../../proto/generated/celda.js';
import { CellServiceDefinition as METHODS, type Received } from '../../proto/generated/services.js';
import type { CallFailure } from '../client/grpc-client.ts';
import { ServiceClient } from '../client/service-client.ts';
import { type AlarmWatchEvent, watchAlarms } from '../client/watch-cell.ts';
import { ok, type Result } from '../core/result.ts';
import { lasting, WATCH_POLICY } from './lasting-watch.ts';

type WireAlarm = Received<celda.cell.v1.Alarm>;
type WireStop = Received<celda.cell.v1.Stop>;
type WireFault = WireStop['cause'];
type Outcome<T> = Promise<Result<T, CallFailure>>;

export interface FaultView {
  readonly code: number;
  readonly reason: string;
  readonly title: { readonly en: string; readonly es: string };
  readonly response: { readonly en: string; readonly es: string };
  readonly detail: Readonly<Record<string, string>>;
}

export interface AlarmView {
  readonly epoch: string;
  readonly number: number;
  readonly fault: FaultView;
  /** Of ISA-18.2, e.g. `latched-unacknowledged`. */
  readonly state: string;
  /** `urgent`, `high`, `medium` or `low`. */
  readonly priority: string;
  readonly stands: boolean;
  readonly firstUp: boolean;
  readonly flood: number;
  readonly raiseTime: string | undefined;
  readonly acknowledgedBy: string;
  readonly shelf: { readonly owner: string; readonly reason: string; readonly until: string | undefined } | undefined;
}

export interface StopView {
  readonly epoch: string;
  readonly number: number;
  readonly time: string | undefined;
  readonly category: number;
  readonly cause: FaultView;
  readonly others: readonly FaultView[];
  readonly unit: string;
  readonly mode: string;
  readonly jobOrderId: string;
  readonly step: string;
  readonly blocks: readonly {
    readonly name: string;
    readonly type: string;
    readonly diagCode: string;
    readonly meaning: { readonly en: string; readonly es: string };
    readonly output: boolean;
    readonly outputs: Readonly<Record<string, boolean>>;
  }[];
  readonly inputs: readonly {
    readonly device: string;
    readonly kind: string;
    readonly value: number | null;
    readonly unit: string;
    readonly safety: boolean;
  }[];
  readonly traceMs: number;
  readonly changes: readonly {
    readonly beforeMs: number;
    readonly device: string;
    readonly from: number | null;
    readonly to: number | null;
  }[];
}

/** What a cell says of itself, as far as a jog needs it. */
export interface CellView {
  readonly name: string;
  /** Joints that can be jogged; none in a cell without a manual mode. */
  readonly jogJoints: readonly string[];
  /** mm/s; 0 in a cell without operating modes. */
  readonly toolSpeedMaxMmPerS: number;
}

/** What a cell is doing, as far as a jog needs it. */
export interface CellStateView {
  readonly isConnected: boolean;
  readonly unit: string;
  /** Of PackML: `Production`, `Manual` or `Maintenance`. */
  readonly mode: string;
  readonly blocks: readonly {
    readonly name: string;
    readonly type: string;
    readonly isOn: boolean;
    readonly meaning: FaultView['title'];
  }[];
  readonly devices: readonly { readonly name: string; readonly value: number | undefined; readonly unit: string }[];
}

/** One thing that a watch over alarms tells; an alarm that is over is `normal`. */
export type AlarmEvent =
  | { readonly kind: 'alarm'; readonly alarm: AlarmView }
  | Exclude<AlarmWatchEvent, { readonly alarm: unknown }>;

export class CellClient extends ServiceClient {
  async cell(): Outcome<CellView> {
    const answer = await this.grpc.call(METHODS.getCell, {});
    if (!answer.ok) return answer;
    const { cellName, jogJoints, toolSpeedMaxMmPerS } = answer.value;
    return ok({ name: cellName, jogJoints, toolSpeedMaxMmPerS });
  }

  async state(): Outcome<CellStateView> {
    const answer = await this.grpc.call(METHODS.getCellState, {});
    return answer.ok ? ok(viewState(answer.value.state)) : answer;
  }

  async alarms(): Outcome<readonly AlarmView[]> {
    const answer = await this.grpc.call(METHODS.listAlarms, {});
    return answer.ok ? ok(answer.value.alarms.map(viewAlarm)) : answer;
  }

  async acknowledge(alarmNumber: number, owner: string): Outcome<AlarmView> {
    return alarmOf(await this.grpc.call(METHODS.acknowledgeAlarm, { alarmNumber, owner }));
  }

  async shelve(alarmNumber: number, owner: string, reason: string, shelveSeconds: number): Outcome<AlarmView> {
    return alarmOf(await this.grpc.call(METHODS.shelveAlarm, { alarmNumber, owner, reason, shelveSeconds }));
  }

  async unshelve(alarmNumber: number, owner: string): Outcome<AlarmView> {
    return alarmOf(await this.grpc.call(METHODS.unshelveAlarm, { alarmNumber, owner }));
  }

  /** The newest first. */
  async stops(): Outcome<readonly StopView[]> {
    const answer = await this.grpc.call(METHODS.listStops, {});
    return answer.ok ? ok(answer.value.stops.map(viewStop)) : answer;
  }

  /** @param stopNumber 0: the newest */
  async stop(stopNumber: number): Outcome<StopView | undefined> {
    const answer = await this.grpc.call(METHODS.getStop, { stopNumber });
    if (!answer.ok) return answer;
    return ok(answer.value.stop === null ? undefined : viewStop(answer.value.stop));
  }

  /**
   * The present alarms first, then every change, each once, over as many connections as it takes, until `signal` aborts. The last item
   * is an error unless it does.
   */
  async *watchAlarms(signal?: AbortSignal): AsyncGenerator<Result<AlarmEvent, CallFailure>> {
    const open = (until: AbortSignal) => this.grpc.stream(METHODS.watchAlarms, { includeInitialState: true }, until);
    for await (const event of lasting(watchAlarms(open, WATCH_POLICY, signal && { signal }), this.grpc.hasAnswered)) {
      yield event.ok ? ok(viewEvent(event.value)) : event;
    }
  }
}

function viewEvent(event: AlarmWatchEvent): AlarmEvent {
  if (event.kind === 'alarm') return { kind: 'alarm', alarm: viewAlarm(event.alarm) };
  if (event.kind !== 'ended') return event;
  return { kind: 'alarm', alarm: { ...viewAlarm(event.alarm), state: 'normal', stands: false } };
}

function viewState(state: Received<celda.cell.v1.CellState> | null): CellStateView {
  return {
    isConnected: state?.controlConnected === true,
    unit: state?.unitState ?? '',
    mode: state?.unitMode ?? '',
    blocks: (state?.safetyBlocks ?? []).map(({ name, type, output, diagTexts }) => {
      return { name, type, isOn: output, meaning: inBoth(diagTexts) };
    }),
    devices: (state?.devices ?? []).map(({ name, value, unit, valid }) => {
      return { name, value: valid ? value : undefined, unit };
    }),
  };
}

function alarmOf(answer: Result<{ readonly alarm: WireAlarm | null }, CallFailure>): Result<AlarmView, CallFailure> {
  return answer.ok ? ok(viewAlarm(answer.value.alarm)) : answer;
}

/** `ALARM_STATE_SHELVED` of the enum `ALARM_STATE` is `shelved`. */
function nameOf(table: Readonly<Record<number, string>>, value: number | undefined, prefix: string): string {
  return (table[value ?? 0] ?? '').replace(prefix, '').toLowerCase().replaceAll('_', '-');
}

function timeOf(time: WireAlarm['raiseTime'] | undefined): string | undefined {
  if (!time) return undefined;
  return new Date(time.seconds.toNumber() * 1000 + time.nanos / 1e6).toISOString();
}

function inBoth(texts: readonly { readonly locale: string; readonly text: string }[] = []): FaultView['title'] {
  return {
    en: texts.find(({ locale }) => locale === 'en')?.text ?? '',
    es: texts.find(({ locale }) => locale === 'es')?.text ?? '',
  };
}

function viewFault(wire: WireFault | undefined): FaultView {
  return {
    code: wire?.code ?? 0,
    reason: wire?.reason ?? '',
    title: inBoth(wire?.titles),
    response: inBoth(wire?.responses),
    detail: { ...wire?.detail },
  };
}

function viewAlarm(wire: WireAlarm | null): AlarmView {
  const shelf = wire?.shelf;
  return {
    epoch: wire?.epoch ?? '',
    number: wire?.alarmNumber ?? 0,
    fault: viewFault(wire?.fault),
    state: nameOf(celda.cell.v1.AlarmState, wire?.state, 'ALARM_STATE_'),
    priority: nameOf(celda.cell.v1.AlarmPriority, wire?.priority, 'ALARM_PRIORITY_'),
    stands: wire?.stands ?? false,
    firstUp: wire?.firstUp ?? false,
    flood: wire?.floodNumber ?? 0,
    raiseTime: timeOf(wire?.raiseTime),
    acknowledgedBy: wire?.acknowledgedBy ?? '',
    shelf: shelf ? { owner: shelf.owner, reason: shelf.reason, until: timeOf(shelf.expireTime) } : undefined,
  };
}

function viewStop(wire: WireStop): StopView {
  return {
    epoch: wire.epoch,
    number: wire.stopNumber,
    time: timeOf(wire.stopTime),
    category: wire.stopCategory,
    cause: viewFault(wire.cause),
    others: wire.otherCauses.map(viewFault),
    unit: wire.unitState,
    mode: wire.unitMode,
    jobOrderId: wire.jobOrderId,
    step: wire.step,
    blocks: wire.blocks.map(({ name, type, diagCode, output, outputs, diagTexts }) => ({
      name,
      type,
      diagCode,
      meaning: inBoth(diagTexts),
      output,
      outputs,
    })),
    inputs: wire.inputs.map(({ device, kind, value, unit, safety }) => ({ device, kind, value, unit, safety })),
    traceMs: wire.traceMs,
    changes: wire.changes.map(({ beforeMs, device, fromValue, toValue }) => ({
      beforeMs,
      device,
      from: fromValue,
      to: toValue,
    })),
  };
}
