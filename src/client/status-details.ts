// What a refusal says beyond its code: google.rpc.Status from the trailer `grpc-status-details-bin`.
import { status } from '@grpc/grpc-js';
import { google } from '../../proto/generated/celda.js';
import type { FieldViolation } from '../ports/service-refusal.ts';

/** Trailer of gRPC for rich errors. */
export const STATUS_DETAILS_KEY = 'grpc-status-details-bin';
const TYPE_PREFIX = 'type.googleapis.com/google.rpc.';

/** What a client reads from a google.rpc.Status; parts that were not sent are empty. */
export interface DecodedStatus {
  /** Canonical name; a number that is none counts as UNKNOWN, as gRPC wants it. */
  readonly code: string;
  readonly message: string;
  readonly reason: string;
  readonly domain: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: readonly FieldViolation[];
  readonly preconditions: readonly { readonly type: string; readonly subject: string; readonly description: string }[];
  readonly quotas: readonly { readonly subject: string; readonly description: string }[];
  readonly resource: { readonly type: string; readonly name: string; readonly description: string } | undefined;
  readonly retryAfterMs: number | undefined;
}

/** @returns undefined when the bytes are not a google.rpc.Status */
export function decodeStatus(bytes: Uint8Array): DecodedStatus | undefined {
  try {
    const sent = google.rpc.Status.decode(bytes);
    const parts = sent.details.map((any) => decodeDetail(any.type_url, any.value));
    const empty: DecodedStatus = {
      code: status[sent.code] ?? 'UNKNOWN',
      message: sent.message,
      reason: '',
      domain: '',
      metadata: {},
      violations: [],
      preconditions: [],
      quotas: [],
      resource: undefined,
      retryAfterMs: undefined,
    };
    return Object.assign(empty, ...parts) as DecodedStatus;
  } catch {
    return undefined;
  }
}

function decodeDetail(typeUrl: string, value: Uint8Array): Partial<DecodedStatus> {
  const { rpc } = google;
  switch (typeUrl.slice(TYPE_PREFIX.length)) {
    case 'ErrorInfo': {
      const { reason, domain, metadata } = rpc.ErrorInfo.decode(value);
      return { reason, domain, metadata: { ...metadata } };
    }
    case 'BadRequest':
      return { violations: rpc.BadRequest.decode(value).fieldViolations.map(plain(['field', 'description'])) };
    case 'PreconditionFailure':
      return {
        preconditions: rpc.PreconditionFailure.decode(value).violations.map(plain(['type', 'subject', 'description'])),
      };
    case 'QuotaFailure':
      return { quotas: rpc.QuotaFailure.decode(value).violations.map(plain(['subject', 'description'])) };
    case 'ResourceInfo': {
      const { resourceType, resourceName, description } = rpc.ResourceInfo.decode(value);
      return { resource: { type: resourceType, name: resourceName, description } };
    }
    case 'RetryInfo':
      return { retryAfterMs: delayMs(rpc.RetryInfo.decode(value)) };
    default:
      return {};
  }
}

function delayMs(info: google.rpc.RetryInfo): number {
  return info.retryDelay.seconds.toNumber() * 1_000 + info.retryDelay.nanos / 1_000_000;
}

function plain<K extends string>(keys: readonly K[]): (from: Readonly<Record<K, string>>) => Record<K, string> {
  return (from) => Object.fromEntries(keys.map((key) => [key, from[key]])) as Record<K, string>;
}
