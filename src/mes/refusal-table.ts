// How a catalogued fault looks on the wire when it refuses a call: canonical code, ISA-95 return status, extra detail.
import { FAULTS, type FaultCode } from '../core/faults.ts';
import { RETURN_STATUS } from '../core/return-status.ts';
import type { StatusCode } from './status-codes.ts';

/** The google.rpc message that goes with ErrorInfo. `subjectKey` names the key of the fault's detail that says of what. */
export type ExtraDetail =
  | { readonly kind: 'bad-request' }
  | { readonly kind: 'resource'; readonly resourceType: string; readonly subjectKey: string }
  | { readonly kind: 'precondition'; readonly type: string; readonly subjectKey: string }
  | { readonly kind: 'quota'; readonly subject: string }
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'none' };

export interface RefusalRow {
  readonly code: StatusCode;
  /** Bit set of OPC 10031-4, B.2; 0 for what is not an answer to a job order method. */
  readonly returnStatus: bigint;
  readonly extra: ExtraDetail;
}

const JOB_ORDER = 'celda.job.v1.JobOrder';

/** Faults that a job order method answers with. All others mean that the cell cannot do it as it is now. */
export const REFUSALS = {
  4005: { code: 'UNAVAILABLE', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'retry', delayMs: 1_000 } },
  4006: { code: 'UNAVAILABLE', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'retry', delayMs: 1_000 } },
  4303: {
    code: 'FAILED_PRECONDITION',
    returnStatus: 0n,
    extra: { kind: 'precondition', type: 'OPERATING_MODE', subjectKey: 'mode' },
  },
  4304: {
    code: 'FAILED_PRECONDITION',
    returnStatus: 0n,
    extra: { kind: 'precondition', type: 'JOG_HOLDER', subjectKey: 'holder' },
  },
  4308: {
    code: 'FAILED_PRECONDITION',
    returnStatus: 0n,
    extra: { kind: 'precondition', type: 'OPERATING_MODE', subjectKey: 'requested' },
  },
  4305: { code: 'INVALID_ARGUMENT', returnStatus: 0n, extra: { kind: 'bad-request' } },
  6001: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'WORK_MASTER', subjectKey: 'workMasterId' },
  },
  6002: { code: 'INVALID_ARGUMENT', returnStatus: RETURN_STATUS.invalidRequest, extra: { kind: 'bad-request' } },
  6003: {
    code: 'ALREADY_EXISTS',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'resource', resourceType: JOB_ORDER, subjectKey: 'jobOrderId' },
  },
  6004: {
    code: 'NOT_FOUND',
    returnStatus: RETURN_STATUS.unknownJobOrder,
    extra: { kind: 'resource', resourceType: JOB_ORDER, subjectKey: 'jobOrderId' },
  },
  6005: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.invalidJobOrderStatus,
    extra: { kind: 'precondition', type: 'JOB_STATE', subjectKey: 'jobOrderId' },
  },
  6006: {
    code: 'RESOURCE_EXHAUSTED',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'quota', subject: 'job orders' },
  },
  6007: { code: 'UNAVAILABLE', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'retry', delayMs: 1_000 } },
  6008: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'UNIT_STATE', subjectKey: 'jobOrderId' },
  },
  6010: { code: 'INVALID_ARGUMENT', returnStatus: RETURN_STATUS.invalidRequest, extra: { kind: 'bad-request' } },
  6011: { code: 'INVALID_ARGUMENT', returnStatus: RETURN_STATUS.invalidRequest, extra: { kind: 'bad-request' } },
  6012: { code: 'RESOURCE_EXHAUSTED', returnStatus: 0n, extra: { kind: 'quota', subject: 'events of one watcher' } },
  6013: { code: 'RESOURCE_EXHAUSTED', returnStatus: 0n, extra: { kind: 'quota', subject: 'watchers' } },
  6014: { code: 'NOT_FOUND', returnStatus: 0n, extra: { kind: 'resource', resourceType: '', subjectKey: 'name' } },
  6015: {
    code: 'FAILED_PRECONDITION',
    returnStatus: 0n,
    extra: { kind: 'precondition', type: 'ALARM', subjectKey: 'alarmId' },
  },
  6016: { code: 'ABORTED', returnStatus: 0n, extra: { kind: 'none' } },
  6021: {
    code: 'FAILED_PRECONDITION',
    returnStatus: 0n,
    extra: { kind: 'precondition', type: 'UNIT_STATE', subjectKey: 'unit' },
  },
  6022: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'WORK_MASTER', subjectKey: 'workMasterId' },
  },
  6024: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'WORK_MASTER', subjectKey: 'workMasterId' },
  },
  6025: { code: 'RESOURCE_EXHAUSTED', returnStatus: 0n, extra: { kind: 'quota', subject: 'drafts of work masters' } },
  6026: {
    code: 'FAILED_PRECONDITION',
    returnStatus: 0n,
    extra: { kind: 'precondition', type: 'APPROVER', subjectKey: 'author' },
  },
  6027: {
    code: 'FAILED_PRECONDITION',
    returnStatus: 0n,
    extra: { kind: 'precondition', type: 'WORK_MASTER', subjectKey: 'workMasterId' },
  },
  6028: {
    code: 'FAILED_PRECONDITION',
    returnStatus: 0n,
    extra: { kind: 'precondition', type: 'WORK_MASTER', subjectKey: 'workMasterId' },
  },
  6029: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'JOB_STATE', subjectKey: 'jobOrderId' },
  },
  6030: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'MES_LINK', subjectKey: 'jobOrderId' },
  },
  6032: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'OPERATING_MODE', subjectKey: 'mode' },
  },
  6033: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'UNIT_STATE', subjectKey: 'unit' },
  },
  6034: { code: 'UNAVAILABLE', returnStatus: 0n, extra: { kind: 'retry', delayMs: 1_000 } },
  6501: {
    code: 'RESOURCE_EXHAUSTED',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'quota', subject: 'disk of the journal' },
  },
  6502: { code: 'UNAVAILABLE', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'retry', delayMs: 5_000 } },
  6514: { code: 'UNAVAILABLE', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'retry', delayMs: 5_000 } },
  6503: { code: 'UNAVAILABLE', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'retry', delayMs: 5_000 } },
  6504: {
    code: 'RESOURCE_EXHAUSTED',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'quota', subject: 'entries that wait for the disk' },
  },
  6505: { code: 'DATA_LOSS', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'none' } },
  6506: { code: 'FAILED_PRECONDITION', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'none' } },
  6507: { code: 'UNAVAILABLE', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'retry', delayMs: 1_000 } },
  6508: { code: 'OUT_OF_RANGE', returnStatus: 0n, extra: { kind: 'none' } },
  6509: { code: 'DATA_LOSS', returnStatus: 0n, extra: { kind: 'none' } },
  6510: { code: 'UNAVAILABLE', returnStatus: RETURN_STATUS.unableToAccept, extra: { kind: 'retry', delayMs: 1_000 } },
  6511: {
    code: 'RESOURCE_EXHAUSTED',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'quota', subject: 'one entry of the journal' },
  },
  6512: {
    code: 'RESOURCE_EXHAUSTED',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'quota', subject: 'events that are not stored' },
  },
  6513: {
    code: 'FAILED_PRECONDITION',
    returnStatus: RETURN_STATUS.unableToAccept,
    extra: { kind: 'precondition', type: 'RESUME_DIFFERENCE', subjectKey: 'jobOrderId' },
  },
  6601: { code: 'UNAUTHENTICATED', returnStatus: 0n, extra: { kind: 'none' } },
  6602: { code: 'PERMISSION_DENIED', returnStatus: 0n, extra: { kind: 'none' } },
  6603: { code: 'RESOURCE_EXHAUSTED', returnStatus: 0n, extra: { kind: 'retry', delayMs: 1_000 } },
  9001: { code: 'INTERNAL', returnStatus: RETURN_STATUS.invalidRequest, extra: { kind: 'none' } },
} as const satisfies Partial<Record<FaultCode, RefusalRow>>;

const CELL_STATE: RefusalRow = {
  code: 'FAILED_PRECONDITION',
  returnStatus: RETURN_STATUS.unableToAccept,
  extra: { kind: 'precondition', type: 'CELL_STATE', subjectKey: 'jobOrderId' },
};

export function refusalRow(code: FaultCode): RefusalRow {
  const rows: Partial<Record<FaultCode, RefusalRow>> = REFUSALS;
  return rows[code] ?? CELL_STATE;
}

const CODES = new Map<string, FaultCode>(
  Object.entries(FAULTS).map(([code, entry]) => [entry.reason, Number(code) as FaultCode]),
);

/** The way back: the catalogue's number of an ErrorInfo.reason, undefined when it is not one of ours. */
export function faultCodeOf(reason: string): FaultCode | undefined {
  return CODES.get(reason);
}
