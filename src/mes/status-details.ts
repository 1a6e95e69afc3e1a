// Refusals as google.rpc.Status: what travels in the trailer `grpc-status-details-bin`.
import Long from 'long';
import { google } from '../../proto/generated/celda.js';
import { describeFault, FAULTS, type Fault } from '../core/faults.ts';
import type { FieldViolation, ServiceRefusal } from '../ports/service-refusal.ts';
import { type ExtraDetail, type RefusalRow, refusalRow } from './refusal-table.ts';
import { STATUS_CODES, type StatusCode } from './status-codes.ts';

/** Trailer of gRPC for rich errors. */
export const STATUS_DETAILS_KEY = 'grpc-status-details-bin';
export const ERROR_DOMAIN = 'celda.dev';

const TYPE_PREFIX = 'type.googleapis.com/google.rpc.';
/** Trailers share HTTP/2's limit for headers, 8 KiB in some clients: what is longer is cut, whatever a caller sent. */
const VIOLATION_BYTES_MAX = 3_000;
const TEXT_BYTES_MAX = 300;

interface Detail {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The refusal as it goes on the wire. */
export interface WireStatus {
  readonly code: StatusCode;
  readonly message: string;
  /** Serialised google.rpc.Status. */
  readonly details: Uint8Array;
}

export function encodeRefusal(refusal: ServiceRefusal): WireStatus {
  const row = refusalRow(refusal.fault.code);
  const message = messageOf(refusal);
  const details = [errorInfo(refusal, row), ...extraDetails(refusal, row.extra)];
  const status = google.rpc.Status.encode({
    code: STATUS_CODES[row.code],
    message,
    details: details.map((each) => ({ type_url: `${TYPE_PREFIX}${each.name}`, value: each.bytes })),
  });
  return { code: row.code, message, details: status.finish() };
}

/** One line for people: what was wrong, where, and what to do. */
function messageOf(refusal: ServiceRefusal): string {
  const where = fitting(refusal.violations.slice(0, 3)).map((each) => `${each.field}: ${each.description}`);
  const more = refusal.violations.length - where.length;
  if (more > 0) where.push(`and ${more} more`);
  const cause = where.length === 0 ? '' : `: ${where.join('; ')}`;
  return `${describeFault(shortened(refusal.fault))}${cause}; ${FAULTS[refusal.fault.code].response}`;
}

function shortened(fault: Fault): Fault {
  const detail = Object.entries(fault.detail).map(([key, value]) => [
    key,
    typeof value === 'string' ? shorten(value) : value,
  ]);
  return { code: fault.code, detail: Object.fromEntries(detail) as Fault['detail'] };
}

/**
 * Cuts a text that a caller may have made long, between two characters: gRPC sends no status with half of one.
 *
 * @param bytesMax of what is kept, in UTF-8
 */
export function shorten(text: string, bytesMax = TEXT_BYTES_MAX): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesMax) return bytes.toString();
  // As of a stream that goes on: what is not a whole character yet is left for later.
  const kept = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, bytesMax), { stream: true });
  return `${kept}... (${text.length} characters)`;
}

/** As many violations as a trailer holds, at least one; the message says how many there are in all. */
function fitting(violations: readonly FieldViolation[]): readonly FieldViolation[] {
  const kept: FieldViolation[] = [];
  let bytes = 0;
  for (const { field, description } of violations) {
    const short = { field: shorten(field), description: shorten(description) };
    bytes += Buffer.byteLength(short.field) + Buffer.byteLength(short.description);
    if (bytes > VIOLATION_BYTES_MAX) break;
    kept.push(short);
  }
  return kept;
}

function errorInfo({ fault, violations }: ServiceRefusal, { returnStatus, extra }: RefusalRow): Detail {
  const metadata: Record<string, string> = { fault_code: String(fault.code) };
  if (returnStatus !== 0n) metadata['isa95_return_status'] = returnStatus.toString();
  const leftOut = extra.kind === 'bad-request' ? violations.length - fitting(violations).length : 0;
  if (leftOut > 0) metadata['violations_left_out'] = String(leftOut);
  for (const [key, value] of Object.entries(fault.detail)) metadata[key] = shorten(String(value));
  const reason = FAULTS[fault.code].reason;
  return { name: 'ErrorInfo', bytes: google.rpc.ErrorInfo.encode({ reason, domain: ERROR_DOMAIN, metadata }).finish() };
}

function extraDetails(refusal: ServiceRefusal, extra: ExtraDetail): readonly Detail[] {
  const description = describeFault(shortened(refusal.fault));
  switch (extra.kind) {
    case 'bad-request':
      return refusal.violations.length === 0 ? [] : [badRequest(refusal.violations)];
    case 'resource':
      return [resourceInfo(extra.resourceType, subjectOf(refusal.fault, extra.subjectKey), description)];
    case 'precondition':
      return [preconditionFailure(extra.type, subjectOf(refusal.fault, extra.subjectKey), description)];
    case 'quota':
      return [quotaFailure(extra.subject, description)];
    case 'retry':
      return [retryInfo(extra.delayMs)];
    case 'none':
      return [];
    default:
      return extra satisfies never;
  }
}

function subjectOf(fault: Fault, key: string): string {
  return shorten(String(fault.detail[key] ?? ''));
}

function badRequest(violations: readonly FieldViolation[]): Detail {
  const fieldViolations = fitting(violations).map((each) => ({ ...each }));
  return { name: 'BadRequest', bytes: google.rpc.BadRequest.encode({ fieldViolations }).finish() };
}

function resourceInfo(resourceType: string, resourceName: string, description: string): Detail {
  const bytes = google.rpc.ResourceInfo.encode({ resourceType, resourceName, description }).finish();
  return { name: 'ResourceInfo', bytes };
}

function preconditionFailure(type: string, subject: string, description: string): Detail {
  const bytes = google.rpc.PreconditionFailure.encode({ violations: [{ type, subject, description }] }).finish();
  return { name: 'PreconditionFailure', bytes };
}

function quotaFailure(subject: string, description: string): Detail {
  return {
    name: 'QuotaFailure',
    bytes: google.rpc.QuotaFailure.encode({ violations: [{ subject, description }] }).finish(),
  };
}

function retryInfo(delayMs: number): Detail {
  const retryDelay = { seconds: Long.fromNumber(Math.floor(delayMs / 1_000)), nanos: (delayMs % 1_000) * 1_000_000 };
  return { name: 'RetryInfo', bytes: google.rpc.RetryInfo.encode({ retryDelay }).finish() };
}
