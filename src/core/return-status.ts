// The return status of OPC 10031-4 (B.2, table 95): what every job order method answers, whatever protocol carries it.
import type { FaultCode } from './faults.ts';

/** Bits of the set; success is `noError`, not 0. Bit 2 is a leftover of version 1.00 and is never sent. */
export const RETURN_STATUS = {
  noError: 1n << 0n,
  unknownJobOrder: 1n << 1n,
  invalidJobOrderStatus: 1n << 3n,
  unableToAccept: 1n << 4n,
  invalidRequest: 1n << 32n,
} as const;

/** Faults that refuse for another reason than that the cell cannot accept the order as it is now. */
const STATUS_OF: Partial<Record<FaultCode, bigint>> = {
  6002: RETURN_STATUS.invalidRequest,
  6004: RETURN_STATUS.unknownJobOrder,
  6005: RETURN_STATUS.invalidJobOrderStatus,
  6010: RETURN_STATUS.invalidRequest,
  6011: RETURN_STATUS.invalidRequest,
  9001: RETURN_STATUS.invalidRequest,
};

/** @returns what a job order method that is refused with this fault answers */
export function returnStatusOf(code: FaultCode): bigint {
  return STATUS_OF[code] ?? RETURN_STATUS.unableToAccept;
}
