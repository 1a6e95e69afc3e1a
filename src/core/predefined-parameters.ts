// Predefined parameters of OPC 40001-3 (Machinery Job Management, 10.1): their ids, types and directions, spelt as there.
import type { JobParameter, JobValue } from './job-data.ts';

/** Types of predefined parameters. A duration is in milliseconds, an execution mode or a result a number of its enumeration. */
export type PredefinedType =
  | 'texts'
  | 'text'
  | 'strings'
  | 'mode'
  | 'uint32'
  | 'duration'
  | 'double'
  | 'boolean'
  | 'result';

interface PredefinedParameter {
  readonly type: PredefinedType;
  /** In job orders. */
  readonly isIn: boolean;
  /** In job responses. */
  readonly isOut: boolean;
}

const both = (type: PredefinedType): PredefinedParameter => ({ type, isIn: true, isOut: true });
const input = (type: PredefinedType): PredefinedParameter => ({ type, isIn: true, isOut: false });
const output = (type: PredefinedType): PredefinedParameter => ({ type, isIn: false, isOut: true });

/** By id. AsBuiltBOM and OutputPerformanceInfo, structures that only responses have, are not among them. */
export const PREDEFINED_PARAMETERS: Readonly<Record<string, PredefinedParameter>> = {
  JobName: both('texts'),
  OrderNumbers: both('strings'),
  Customers: both('strings'),
  CustomerOrderNumbers: both('strings'),
  JobExecutionMode: both('mode'),
  ReasonForStateChange: both('text'),
  RunsPlanned: input('uint32'),
  PlannedProductionTime: input('duration'),
  PlannedSetupTime: input('duration'),
  PlannedTimePerRun: input('duration'),
  PlannedDuration: input('duration'),
  PlannedQuantityPerRun: input('double'),
  PlannedOrderQuantity: input('double'),
  Overproduction: input('boolean'),
  JobAnnotation: input('texts'),
  RunsCompleted: output('uint32'),
  RunsStarted: output('uint32'),
  ActualQuantityCurrentRun: output('double'),
  ProducedQuantity: output('double'),
  GoodQuantity: output('double'),
  ActualUnitBusyTime: output('duration'),
  ActualUnitSetupTime: output('duration'),
  ActualUnitDelayTime: output('duration'),
  ActualProductionTime: output('duration'),
  EstimatedRemainingTime: output('duration'),
  JobResult: output('result'),
};

/** JobExecutionMode; a cell has no run that is a test: what it executes is production, also in a simulation of it. */
export const JOB_EXECUTION_MODES = { SimulationMode: 0, TestMode: 1, ProductionMode: 2 } as const;

/** JobResult with its numbers. */
export const JOB_RESULTS = { Unknown: 0, Successful: 1, Unsuccessful: 2 } as const;

/** Runs of the work master that one order may plan. */
export const RUNS_MAX = 10_000;

const UINT32_MAX = 0xffff_ffff;

/** What is accepted as a value in a job order, for people. */
export const PREDEFINED_ALLOWED: Readonly<Record<PredefinedType, string>> = {
  texts: 'a list of localized texts',
  text: 'a localized text or a string',
  strings: 'a list of strings',
  mode: `${JOB_EXECUTION_MODES.ProductionMode} (ProductionMode)`,
  uint32: 'a whole number 0..4294967295',
  duration: 'a duration >= 0, or its milliseconds as a number',
  double: 'a finite number >= 0',
  boolean: 'boolean: true, false',
  result: 'a number of JobResult',
};

/** @returns the plain number of a whole or real number or a duration, or undefined */
export function numericValue(value: JobValue | undefined): number | undefined {
  switch (value?.kind) {
    case 'integer':
      return Number(value.value);
    case 'number':
    case 'duration':
      return value.value;
    default:
      return undefined;
  }
}

function isListOf(value: JobValue, kind: JobValue['kind']): boolean {
  return value.kind === 'list' && value.items.every((item) => item.kind === kind);
}

function isWhole(value: JobValue, max: number): boolean {
  const number = value.kind === 'duration' ? undefined : numericValue(value);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= max;
}

function isQuantity(value: JobValue, isDuration: boolean): boolean {
  if (value.kind === 'duration' && !isDuration) return false;
  const number = numericValue(value);
  return number !== undefined && Number.isFinite(number) && number >= 0;
}

/** True when a job order may give this value for a predefined parameter of this type. */
export function isPredefinedValue(type: PredefinedType, value: JobValue): boolean {
  switch (type) {
    case 'texts':
      return isListOf(value, 'text');
    case 'text':
      return value.kind === 'text' || value.kind === 'string';
    case 'strings':
      return isListOf(value, 'string');
    case 'mode':
      return isWhole(value, UINT32_MAX) && numericValue(value) === JOB_EXECUTION_MODES.ProductionMode;
    case 'uint32':
      return isWhole(value, UINT32_MAX);
    case 'duration':
      return isQuantity(value, true);
    case 'double':
      return isQuantity(value, false);
    case 'boolean':
      return value.kind === 'boolean';
    case 'result':
      return isWhole(value, JOB_RESULTS.Unsuccessful);
    default:
      return type satisfies never;
  }
}

function numberGiven(given: readonly JobParameter[], id: string): number | undefined {
  return numericValue(given.find((each) => each.id === id)?.value);
}

/** How often the work master is to be run, 1..`RUNS_MAX`. */
export function runsPlanned(given: readonly JobParameter[]): number {
  return numberGiven(given, 'RunsPlanned') ?? 1;
}

/** How many good parts are wanted in all, or undefined when nobody has said. */
export function plannedQuantity(given: readonly JobParameter[]): number | undefined {
  const perRun = numberGiven(given, 'PlannedQuantityPerRun');
  return numberGiven(given, 'PlannedOrderQuantity') ?? (perRun === undefined ? undefined : perRun * runsPlanned(given));
}
