// A client of a cell's unit, signals and work masters: as plain data for people and scripts.
import { celda } from '../../proto/generated/celda.js';
import {
  CellServiceDefinition as CELL,
  JobOrderReceiverServiceDefinition as JOBS,
  type Received,
  WorkMasterServiceDefinition as WORK_MASTERS,
} from '../../proto/generated/services.js';
import type { CallFailure } from '../client/grpc-client.ts';
import { ServiceClient } from '../client/service-client.ts';
import { type WatchInterrupted, watchAgain } from '../client/watch-cell.ts';
import { ok, type Result } from '../core/result.ts';
import { lasting, WATCH_POLICY } from './lasting-watch.ts';

const { JobState } = celda.job.v1;
const { CommissioningState, ProofState, UnitCommand, UnitMode, WorkMasterState } = celda.cell.v1;

type Outcome<T> = Promise<Result<T, CallFailure>>;
type WireEntry = Received<celda.cell.v1.WorkMasterEntry>;

const OPEN_STATES = [
  JobState.JOB_STATE_NOT_ALLOWED_TO_START,
  JobState.JOB_STATE_ALLOWED_TO_START,
  JobState.JOB_STATE_RUNNING,
  JobState.JOB_STATE_INTERRUPTED,
];

/** Commands of PackML that may come from afar; whatever sets something going is given at the cell. */
export const UNIT_COMMANDS = {
  stop: UnitCommand.UNIT_COMMAND_STOP,
  hold: UnitCommand.UNIT_COMMAND_HOLD,
  unhold: UnitCommand.UNIT_COMMAND_UNHOLD,
  suspend: UnitCommand.UNIT_COMMAND_SUSPEND,
  unsuspend: UnitCommand.UNIT_COMMAND_UNSUSPEND,
  complete: UnitCommand.UNIT_COMMAND_COMPLETE,
  abort: UnitCommand.UNIT_COMMAND_ABORT,
} as const;
export type UnitCommandName = keyof typeof UNIT_COMMANDS;

export const UNIT_MODES = {
  production: UnitMode.UNIT_MODE_PRODUCTION,
  maintenance: UnitMode.UNIT_MODE_MAINTENANCE,
  manual: UnitMode.UNIT_MODE_MANUAL,
} as const;
export type UnitModeName = keyof typeof UNIT_MODES;

/** JSON of `celda unit --json`. */
export interface UnitView {
  readonly name: string;
  readonly description: string;
  readonly softwareVersion: string;
  readonly configHash: string;
  readonly packmlVersion: string;
  /** `proved`, `refuted`, `incomplete`, `outdated` or `none`. */
  readonly verification: string;
  /** `complete`, `incomplete`, `none` or `damaged`. */
  readonly commissioning: string;
  readonly isConnected: boolean;
  readonly state: string;
  readonly mode: string;
  readonly resetPossible: boolean;
  readonly standingAlarms: number;
}

/** One change of signals. JSON of `celda signals --json`, one a line. */
export interface SignalsView {
  readonly isConnected: boolean;
  readonly time: string | undefined;
  readonly signals: readonly {
    readonly name: string;
    /** Null: not known. */
    readonly value: number | null;
    readonly unit: string;
  }[];
}

export type SignalsEvent = { readonly kind: 'signals'; readonly view: SignalsView } | WatchInterrupted;

/** JSON of `celda work-master list --json`. */
export interface WorkMasterView {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  /** `active`, `retired`, `draft`, `approved` or `changed`. */
  readonly state: string;
  readonly steps: number;
  readonly parameters: readonly string[];
  readonly hash: string;
  readonly changedBy: string;
  readonly comment: string;
  /** Of a draft. */
  readonly etag: string;
  /** Empty: it came with the cell's file alone. */
  readonly author: string;
  /** Empty: nobody has. */
  readonly approvedBy: string;
  /** What `hash` of this version was when it was approved or took its first order. */
  readonly keptHash: string;
}

/** JSON of `celda work-master show --json`. */
export interface WholeWorkMasterView extends WorkMasterView {
  /** What was submitted or approved, as it was given; empty: it came with the cell's file alone. */
  readonly definition: string;
}

/** What is kept of a draft. JSON of `celda work-master draft --json`. */
export interface DraftView extends WorkMasterView {
  /** Of the cell with it. */
  readonly configHash: string;
}

/** Names one version, and how it was when somebody looked at it. */
export interface SeenVersion {
  readonly id: string;
  readonly version: string;
  readonly etag: string;
}

/** A draft that the cell could run. */
export interface CheckedView {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
}

export class UnitClient extends ServiceClient {
  async unit(): Outcome<UnitView> {
    const [cell, answer] = await Promise.all([this.grpc.call(CELL.getCell, {}), this.grpc.call(CELL.getCellState, {})]);
    if (!cell.ok) return cell;
    if (!answer.ok) return answer;
    const { cellName, description, softwareVersion, configHash, packmlVersion } = cell.value;
    const { state } = answer.value;
    return ok({
      name: cellName,
      description,
      softwareVersion,
      configHash,
      packmlVersion,
      verification: nameOf(ProofState, cell.value.verification, 'PROOF_STATE_'),
      commissioning: nameOf(CommissioningState, cell.value.commissioning, 'COMMISSIONING_STATE_'),
      isConnected: state?.controlConnected === true,
      state: state?.unitState ?? '',
      mode: state?.unitMode ?? '',
      resetPossible: state?.resetPossible === true,
      standingAlarms: state?.standingAlarmCount ?? 0,
    });
  }

  /** @returns the state that the command leads to first */
  async command(name: UnitCommandName, comment: string): Outcome<{ readonly targetState: string }> {
    const request = { command: UNIT_COMMANDS[name], comments: texts(comment) };
    const answer = await this.grpc.call(CELL.sendUnitCommand, request);
    return answer.ok ? ok({ targetState: answer.value.targetState }) : answer;
  }

  /** The cell serves the mode that stands, and refuses another: it is selected at the cell. */
  async setMode(name: UnitModeName): Outcome<{ readonly mode: string }> {
    const answer = await this.grpc.call(CELL.setUnitMode, { mode: UNIT_MODES[name] });
    return answer.ok ? ok({ mode: nameOf(UnitMode, answer.value.mode, 'UNIT_MODE_') }) : answer;
  }

  /**
   * All values first, then those that changed, over as many connections as it takes, all again after each cut, until `signal` aborts.
   * The last item is an error unless it does.
   */
  async *watchSignals(
    names: readonly string[],
    { deadband, everyMs }: { readonly deadband: number; readonly everyMs: number },
    signal?: AbortSignal,
  ): AsyncGenerator<Result<SignalsEvent, CallFailure>> {
    const request = { signals: names.map((name) => ({ name, deadband })), intervalMsMin: everyMs };
    const open = (until: AbortSignal) => this.grpc.stream(CELL.watchSignals, request, until);
    for await (const event of lasting(watchAgain(open, WATCH_POLICY, signal && { signal }), this.grpc.hasAnswered)) {
      if (!event.ok) yield event;
      else yield ok(event.value.kind === 'message' ? viewSignals(event.value.message) : event.value);
    }
  }

  /** Those of the cell's file, then those that are kept beside it. */
  async workMasters(): Outcome<readonly WorkMasterView[]> {
    const answer = await this.grpc.call(WORK_MASTERS.listWorkMasters, {});
    return answer.ok ? ok(answer.value.workMasters.map(viewEntry)) : answer;
  }

  /** Versions that the open orders for a work master name, one for each order. */
  async orderedVersions(workMasterId: string): Outcome<readonly string[]> {
    const versions: string[] = [];
    let pageToken = '';
    do {
      const request = { states: OPEN_STATES, workMasterIds: [workMasterId], pageSize: 200, pageToken };
      const answer = await this.grpc.call(JOBS.listJobOrders, request);
      if (!answer.ok) return answer;
      versions.push(...answer.value.jobOrders.map(({ executedWorkMasterVersion }) => executedWorkMasterVersion));
      pageToken = answer.value.nextPageToken;
    } while (pageToken !== '');
    return ok(versions);
  }

  /** @param version empty: the one that the cell's file has */
  async workMaster(id: string, version: string): Outcome<WholeWorkMasterView> {
    const answer = await this.grpc.call(WORK_MASTERS.getWorkMaster, { id, version });
    if (!answer.ok) return answer;
    const { definition, workMaster } = answer.value;
    return ok({ ...viewEntry(workMaster), definition });
  }

  /** @param etag of the draft that is to be replaced; empty: there is none */
  async submitDraft(id: string, definition: string, etag: string, comment: string): Outcome<DraftView> {
    const request = { id, definition, etag, comments: texts(comment) };
    const answer = await this.grpc.call(WORK_MASTERS.submitWorkMasterDraft, request);
    if (!answer.ok) return answer;
    const { configHash, workMaster } = answer.value;
    return ok({ ...viewEntry(workMaster), configHash });
  }

  async approve(seen: SeenVersion, comment: string): Outcome<WorkMasterView> {
    return entryOf(await this.grpc.call(WORK_MASTERS.approveWorkMaster, { ...seen, comments: texts(comment) }));
  }

  /** @returns the draft as it was */
  async discard(seen: SeenVersion, comment: string): Outcome<WorkMasterView> {
    return entryOf(await this.grpc.call(WORK_MASTERS.discardWorkMasterDraft, { ...seen, comments: texts(comment) }));
  }

  async retire(id: string, version: string, comment: string): Outcome<WorkMasterView> {
    return entryOf(await this.grpc.call(WORK_MASTERS.retireWorkMaster, { id, version, comments: texts(comment) }));
  }

  async reinstate(id: string, version: string, comment: string): Outcome<WorkMasterView> {
    return entryOf(await this.grpc.call(WORK_MASTERS.reinstateWorkMaster, { id, version, comments: texts(comment) }));
  }

  /** @param definition YAML of one work master, as in `cell.yaml` */
  async check(id: string, definition: string): Outcome<CheckedView> {
    const answer = await this.grpc.call(WORK_MASTERS.checkWorkMaster, { id, definition });
    if (!answer.ok) return answer;
    return ok({ id, version: answer.value.workMaster?.version ?? '', hash: answer.value.definitionHash });
  }
}

/** `PROOF_STATE_PROVED` is `proved`. */
function nameOf(table: Readonly<Record<number, string>>, value: number, prefix: string): string {
  return (table[value] ?? '').replace(prefix, '').toLowerCase();
}

function texts(comment: string) {
  return comment === '' ? [] : [{ locale: '', text: comment }];
}

function viewSignals(message: Received<celda.cell.v1.WatchSignalsResponse>): SignalsEvent {
  const { controlConnected, stateTime, values } = message;
  const signals = values.map(({ name, value, unit, valid }) => ({ name, value: valid ? value : null, unit }));
  return { kind: 'signals', view: { isConnected: controlConnected, time: timeOf(stateTime), signals } };
}

function timeOf(time: Received<celda.cell.v1.WatchSignalsResponse>['stateTime']): string | undefined {
  return time === null ? undefined : new Date(time.seconds.toNumber() * 1_000 + time.nanos / 1e6).toISOString();
}

function entryOf(
  answer: Result<{ readonly workMaster: WireEntry | null }, CallFailure>,
): Result<WorkMasterView, CallFailure> {
  return answer.ok ? ok(viewEntry(answer.value.workMaster)) : answer;
}

function viewEntry(entry: WireEntry | null): WorkMasterView {
  const master = entry?.workMaster;
  return {
    id: master?.id ?? '',
    version: master?.version ?? '',
    description: master?.descriptions[0]?.text ?? '',
    state: nameOf(WorkMasterState, entry?.state ?? 0, 'WORK_MASTER_STATE_'),
    steps: entry?.stepCount ?? 0,
    parameters: (master?.parameters ?? []).map(({ id }) => id),
    hash: entry?.definitionHash ?? '',
    changedBy: entry?.changedBy ?? '',
    comment: entry?.comment ?? '',
    etag: entry?.etag ?? '',
    author: entry?.author ?? '',
    approvedBy: entry?.approvedBy ?? '',
    keptHash: entry?.keptDefinitionHash ?? '',
  };
}
