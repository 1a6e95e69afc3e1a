// What the catalogue says of every fault.

/** What a fault does to the unit (IEC 60204-1 stop category, or none). */
export type FaultReaction = 'stop-category-0' | 'stop-category-1' | 'hold' | 'reject' | 'warn';

export interface FaultEntry {
  /** Stable machine-readable reason, UPPER_SNAKE (gRPC `ErrorInfo.reason`). */
  readonly reason: string;
  readonly title: string;
  readonly titleEs: string;
  /** What the operator or caller should do next. */
  readonly response: string;
  readonly responseEs: string;
  readonly reaction: FaultReaction;
  /** Latched faults stay until a reset at the cell. */
  readonly latched: boolean;
}
