// Why a remote call was refused, in the cell's own words. The gRPC layer derives status, reason and details from it.
import type { Fault } from '../core/faults.ts';

/** One wrong field of a request. */
export interface FieldViolation {
  /** Path as the caller wrote it, in the names of the wire, e.g. `job_order.parameters[2].value`. */
  readonly field: string;
  /** What was given, what is allowed, and a hint. */
  readonly description: string;
}

/** The fault, and the fields to blame for it. */
export interface ServiceRefusal {
  readonly fault: Fault;
  /** All wrong fields at once; empty when the request itself was well-formed. */
  readonly violations: readonly FieldViolation[];
}

/** @returns a refusal of `fault`; nothing has been changed when it is given */
export function refuse(fault: Fault, violations: readonly FieldViolation[] = []): ServiceRefusal {
  return { fault, violations };
}
