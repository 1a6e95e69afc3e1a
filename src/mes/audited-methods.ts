// What the audit trail calls the methods that change something, and what a request of theirs is about.
import type { AuditObject } from '../core/audit.ts';
import { METHOD_PERMISSIONS } from './method-permissions.ts';

const TYPES: Readonly<Record<string, string>> = {
  StoreJobOrder: 'job.store',
  StoreAndStartJobOrder: 'job.store-and-start',
  StartJobOrder: 'job.start',
  RevokeStartJobOrder: 'job.revoke-start',
  UpdateJobOrder: 'job.update',
  PauseJobOrder: 'job.pause',
  ResumeJobOrder: 'job.resume',
  StopJobOrder: 'job.stop',
  AbortJobOrder: 'job.abort',
  CancelJobOrder: 'job.cancel',
  ClearJobOrder: 'job.clear',
  AcknowledgeJobResponse: 'job.close',
  AcknowledgeAlarm: 'alarm.acknowledge',
  ShelveAlarm: 'alarm.shelve',
  UnshelveAlarm: 'alarm.unshelve',
  SendUnitCommand: 'unit.command',
  SetUnitMode: 'unit.mode',
  CheckWorkMaster: 'work-master.check',
  SubmitWorkMasterDraft: 'work-master.draft',
  ApproveWorkMaster: 'work-master.approve',
  DiscardWorkMasterDraft: 'work-master.discard',
  RetireWorkMaster: 'work-master.retire',
  ReinstateWorkMaster: 'work-master.reinstate',
  Jog: 'jog',
};

/** Texts of a request that was refused are whatever its caller sent. */
const ID_CHARS_MAX = 128;

/** @returns undefined for a method that only reads, or that there is none of; `call` for another that changes something */
export function auditType(path: string): string | undefined {
  const permission = METHOD_PERMISSIONS[path];
  if (permission === undefined || permission === 'read') return undefined;
  return TYPES[path.slice(path.lastIndexOf('/') + 1)] ?? 'call';
}

/** What a request names; texts are cut and plain. */
interface NamedInRequest {
  readonly object: AuditObject;
  readonly requestId: string;
  readonly jobOrderId: string;
}

export function namedIn(type: string, request: unknown): NamedInRequest {
  const { requestId, jobOrderId, jobOrder, alarmNumber } = membersOf(request);
  const order = idIn(jobOrderId) || idIn(membersOf(jobOrder)['jobOrderId']);
  if (type.startsWith('work-master.')) {
    const named = { kind: 'work-master', id: idIn(membersOf(request)['id']), revision: 0 };
    return { object: named, requestId: idIn(requestId), jobOrderId: '' };
  }
  const isAlarm = type.startsWith('alarm.');
  const id = isAlarm && typeof alarmNumber === 'number' ? String(alarmNumber) : order;
  const kind = type.startsWith('job.') ? 'job-order' : isAlarm ? 'alarm' : 'unit';
  return { object: { kind, id, revision: 0 }, requestId: idIn(requestId), jobOrderId: order };
}

function membersOf(value: unknown): Readonly<Partial<Record<string, unknown>>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function idIn(value: unknown): string {
  return typeof value === 'string' ? plain(value) : '';
}

/** Printable ASCII, and not long. */
export function plain(text: string): string {
  return text.slice(0, ID_CHARS_MAX).replaceAll(/[^\x20-\x7e]/g, '?');
}
