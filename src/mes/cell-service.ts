// The methods of CellService over the mirror (reads) and the control process (what people do about alarms and the unit). There is none
// that resets, forces, enables or changes a parameter.
import type { celda } from '../../proto/generated/celda.js';
import type { CellServiceHandlers, Received } from '../../proto/generated/services.js';
import { SHELVE_MS_MAX } from '../core/alarm-list.ts';
import type { CellRequest } from '../core/cell-event.ts';
import type { CellModel } from '../core/cell-model.ts';
import { fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { UnitAnswer } from '../core/unit-command.ts';
import type { Caller } from '../ports/caller.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import type { CellStanding } from '../ports/cell-standing.ts';
import type { Clock } from '../ports/clock.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { AlarmLog } from './alarm-log.ts';
import { askedBy } from './asked-by.ts';
import { type CellMirror, type EpochAlarm, STOPS_MAX } from './cell-mirror.ts';
import { watchAlarms, watchState } from './cell-watch.ts';
import { ALARM_STATE_NUMBERS, toWireAlarm, toWireFlood, toWireState, toWireStop } from './cell-wire.ts';
import { Violations } from './request-checks.ts';
import { type LedgerMemory, RequestLedger } from './request-ledger.ts';
import { readSelections, watchSignals } from './signal-watch.ts';
import { UnitDesk } from './unit-desk.ts';
import { toWireCell } from './unit-wire.ts';
import { WatchSlots } from './watch-slots.ts';

const OWNER_CHARS_MAX = 64;
const EPOCH_CHARS_MAX = 64;
const ALARM_STATES: readonly number[] = Object.values(ALARM_STATE_NUMBERS);
const REASON_CHARS_MAX = 200;
const INTERVAL_MS_DEFAULT = 100;
const INTERVAL_MS_MAX = 60_000;

const ALARM_TYPES = {
  'acknowledge-alarm': 'alarm.acknowledge',
  'shelve-alarm': 'alarm.shelve',
  'unshelve-alarm': 'alarm.unshelve',
} as const;

type AlarmCommand = Extract<CellRequest, { readonly alarmId: number }>;

/** What all requests about one alarm have. */
interface AlarmCall {
  readonly requestId: string;
  readonly epoch: string;
  readonly alarmNumber: number;
  readonly owner: string;
}

/** Watchers of the cell served at once. */
const WATCHERS_MAX = 100;

export interface CellServiceOptions {
  readonly cell: CellModel;
  readonly control: ControlClient;
  readonly mirror: CellMirror;
  readonly clock: Clock;
  /** Asked whenever somebody asks. @defaultValue nobody knows */
  readonly standing?: (() => CellStanding) | undefined;
  /** Answers that outlive this process. @defaultValue none do */
  readonly answers?: { readonly alarms: LedgerMemory<EpochAlarm>; readonly unit: LedgerMemory<UnitAnswer> } | undefined;
  /** Makes request ids that nobody else on the same control client uses. */
  readonly nextRequestId: () => string;
}

export function createCellService(options: CellServiceOptions): CellServiceHandlers<ServiceRefusal, Caller> {
  return new CellService(options);
}

class CellService implements CellServiceHandlers<ServiceRefusal, Caller> {
  readonly #options: CellServiceOptions;
  readonly #ledger: RequestLedger<EpochAlarm>;
  readonly #unit: UnitDesk;
  readonly #alarms: AlarmLog;
  readonly #slots = new WatchSlots(WATCHERS_MAX);

  constructor(options: CellServiceOptions) {
    this.#options = options;
    this.#ledger = new RequestLedger('celda.cell.v1.CellService', options.answers?.alarms);
    this.#unit = new UnitDesk({ ...options, answers: options.answers?.unit });
    this.#alarms = new AlarmLog(options.mirror);
  }

  getCell() {
    return Promise.resolve(ok(toWireCell(this.#options.cell, this.#options.standing?.())));
  }

  getCellState() {
    const { mirror } = this.#options;
    return Promise.resolve(ok({ state: toWireState(mirror.snapshot, mirror.connected) }));
  }

  async *watchCellState(request: Received<celda.cell.v1.WatchCellStateRequest>, signal: AbortSignal, caller: Caller) {
    const violations = new Violations();
    const intervalMs = readInterval(request.intervalMsMin, violations);
    yield* this.#watch(caller, violations, () => watchState({ ...this.#options, signal, intervalMs }));
  }

  async *watchSignals(request: Received<celda.cell.v1.WatchSignalsRequest>, signal: AbortSignal, caller: Caller) {
    const violations = new Violations();
    const intervalMs = readInterval(request.intervalMsMin, violations);
    const deadbands = readSelections(request.signals, this.#options.cell, violations);
    yield* this.#watch(caller, violations, () => watchSignals({ ...this.#options, signal, intervalMs, deadbands }));
  }

  sendUnitCommand(request: Received<celda.cell.v1.SendUnitCommandRequest>, _signal: AbortSignal, caller: Caller) {
    return this.#unit.command(request, caller);
  }

  setUnitMode(request: Received<celda.cell.v1.SetUnitModeRequest>, _signal: AbortSignal, caller: Caller) {
    return this.#unit.mode(request, caller);
  }

  listAlarms(request: Received<celda.cell.v1.ListAlarmsRequest>) {
    const { mirror } = this.#options;
    const violations = new Violations();
    violations.enumerators('states', request.states, ALARM_STATES);
    if (violations.found.length > 0) return Promise.resolve(err(refuse(fault(6010), violations.found)));
    const wanted = new Set<number>(request.states);
    const alarms = mirror.alarms.filter(
      ({ alarm }) => wanted.size === 0 || wanted.has(ALARM_STATE_NUMBERS[alarm.state]),
    );
    const flood = mirror.snapshot?.flood;
    return Promise.resolve(
      ok({ alarms: alarms.map(toWireAlarm), ...(flood === undefined ? {} : { flood: toWireFlood(flood) }) }),
    );
  }

  async *watchAlarms(request: Received<celda.cell.v1.WatchAlarmsRequest>, signal: AbortSignal, caller: Caller) {
    const { includeInitialState } = request;
    yield* this.#watch(caller, new Violations(), () =>
      watchAlarms({ ...this.#options, log: this.#alarms, signal, includeInitialState }),
    );
  }

  acknowledgeAlarm(request: Received<celda.cell.v1.AcknowledgeAlarmRequest>, _signal: AbortSignal, caller: Caller) {
    return this.#handle(request, caller, new Violations(), { kind: 'acknowledge-alarm' });
  }

  shelveAlarm(request: Received<celda.cell.v1.ShelveAlarmRequest>, _signal: AbortSignal, caller: Caller) {
    const { reason, shelveSeconds } = request;
    const violations = new Violations();
    violations.text('reason', reason, REASON_CHARS_MAX);
    violations.within('shelve_seconds', shelveSeconds, { min: 1, max: SHELVE_MS_MAX / 1000 });
    return this.#handle(request, caller, violations, { kind: 'shelve-alarm', reason, forMs: shelveSeconds * 1000 });
  }

  unshelveAlarm(request: Received<celda.cell.v1.UnshelveAlarmRequest>, _signal: AbortSignal, caller: Caller) {
    return this.#handle(request, caller, new Violations(), { kind: 'unshelve-alarm' });
  }

  getStop(request: Received<celda.cell.v1.GetStopRequest>) {
    const { epoch, stopNumber } = request;
    const violations = new Violations();
    violations.textWithin('epoch', epoch, EPOCH_CHARS_MAX);
    if (violations.found.length > 0) return Promise.resolve(err(refuse(fault(6010), violations.found)));
    const stop = this.#options.mirror.stops.find(
      (each) => (epoch === '' || each.epoch === epoch) && (stopNumber === 0 || each.id === stopNumber),
    );
    const name = stopNumber === 0 ? 'the newest stop' : `stop ${stopNumber}`;
    return Promise.resolve(stop === undefined ? err(refuse(fault(6014, { name }))) : ok({ stop: toWireStop(stop) }));
  }

  listStops(request: Received<celda.cell.v1.ListStopsRequest>) {
    const violations = new Violations();
    violations.within('page_size', request.pageSize, { min: 0, max: 2 ** 31 - 1 });
    if (violations.found.length > 0) return Promise.resolve(err(refuse(fault(6010), violations.found)));
    const most = request.pageSize === 0 ? STOPS_MAX : request.pageSize;
    return Promise.resolve(ok({ stops: this.#options.mirror.stops.slice(0, most).map(toWireStop) }));
  }

  async *#watch<T>(caller: Caller, violations: Violations, start: () => AsyncIterable<Result<T, ServiceRefusal>>) {
    if (violations.found.length > 0) {
      yield err(refuse(fault(6010), violations.found));
      return;
    }
    const slot = this.#slots.take(caller);
    if (!slot.ok) {
      yield slot;
      return;
    }
    try {
      yield* start();
    } finally {
      slot.value();
    }
  }

  async #handle(
    call: AlarmCall,
    caller: Caller,
    violations: Violations,
    what:
      | { readonly kind: 'acknowledge-alarm' | 'unshelve-alarm' }
      | { readonly kind: 'shelve-alarm'; readonly reason: string; readonly forMs: number },
  ) {
    const { requestId, epoch, alarmNumber, owner } = call;
    violations.requestId(requestId);
    violations.textWithin('epoch', epoch, EPOCH_CHARS_MAX);
    violations.within('alarm_number', alarmNumber, { min: 1, max: 2 ** 32 - 1 });
    violations.text('owner', owner, OWNER_CHARS_MAX);
    if (violations.found.length > 0) return err(refuse(fault(6010), violations.found));
    const by = askedBy(caller, ALARM_TYPES[what.kind], {
      requestId,
      reason: what.kind === 'shelve-alarm' ? what.reason : '',
    });
    const answer = await this.#ledger.answer({
      identity: caller.identity,
      requestId,
      content: JSON.stringify([what, epoch, alarmNumber, owner]),
      run: (origin) =>
        this.#ask(epoch, { ...what, requestId: '', alarmId: alarmNumber, by: owner, askedBy: by, origin }),
      isHarmless: true,
      // All three can be repeated without harm.
      doneBefore: () => undefined,
    });
    if (!answer.ok) return answer;
    return ok({ alarm: toWireAlarm(answer.value.record), replayed: answer.value.replayed });
  }

  async #ask(epoch: string, command: AlarmCommand): Promise<Result<EpochAlarm, ServiceRefusal>> {
    const { control, mirror, nextRequestId } = this.#options;
    const present = mirror.snapshot?.epoch ?? '';
    const name = `alarm ${command.alarmId}`;
    if (epoch !== '' && epoch !== present) return err(refuse(fault(6014, { name, epoch: present })));
    const reply = await control.request({ ...command, requestId: nextRequestId() });
    if (!reply.ok) return err(refuse(fault(reply.fault.code, { name, ...reply.fault.detail })));
    const { alarm } = reply;
    return alarm === undefined ? err(refuse(fault(9001, { name, cause: 'no alarm' }))) : ok({ epoch: present, alarm });
  }
}

function readInterval(intervalMsMin: number, violations: Violations): number {
  violations.within('interval_ms_min', intervalMsMin, { min: 0, max: INTERVAL_MS_MAX });
  return intervalMsMin === 0 ? INTERVAL_MS_DEFAULT : intervalMsMin;
}
