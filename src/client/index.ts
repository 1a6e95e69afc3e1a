// celda/client: what a program of an MES needs to work with a cell.
import { celda } from '../../proto/generated/celda.js';

export { CallError, isCallError } from './call-error.ts';
export { type CellConnection, type ConnectionOptions, connectCell, type WaitOptions } from './cell-connection.ts';
export type { CallFailure, CallLimits, ClientTls } from './grpc-client.ts';
export { isFinal, type Job, type JobWatchEvent, type Progress, type RelistCause } from './order-memory.ts';
export { type PlainValue, toParameters } from './parameters.ts';
export type { RetryOptions } from './retry.ts';
export type {
  Alarm,
  AlarmWatchEvent,
  CellState,
  CellStateWatchEvent,
  CellWatchOptions,
  WatchInterrupted,
} from './watch-cell.ts';
export type { WatchOptions } from './watch-jobs.ts';
export const { WorkMasterState } = celda.cell.v1;
export const { JobState, JobResult, InterruptedSubstate, EndedSubstate } = celda.job.v1;
