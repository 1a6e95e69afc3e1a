// Whether a sensor can be believed: what its samples show over time, and what another one says of the same thing. Pure.
import type { AnalogInputModel, DigitalInputModel } from '../core/cell-model.ts';

/** A sensor with a check that needs memory, or whose failure the cell reacts to. */
export type CheckedSensor = AnalogInputModel | DigitalInputModel;

/**
 * Why a sensor is not believed. `stale`: no fresh sample. `range`: outside its plausible range. `jumped`: faster than what it measures
 * can change. `frozen`: no change for longer than expected. `disagrees`: another sensor of the same thing says something else.
 */
export type SensorCheck = 'stale' | 'range' | 'jumped' | 'frozen' | 'disagrees';

/** One look at a sensor. */
export interface SensorSample {
  /** As the board gave it: level or counts; undefined while there is no fresh one. */
  readonly raw: number | undefined;
  /** In the unit of the device; undefined when it is not in range. Of a digital input 0 or 1. */
  readonly value: number | undefined;
  /** When the board took it, by its own clock, microseconds. */
  readonly takenAtUs: number;
  /** What the sensor to compare with says; undefined when it cannot be believed or there is none. */
  readonly other: number | undefined;
  /** An order executes: only then a change is expected. */
  readonly isExecuting: boolean;
}

/** What is remembered of one sensor. Plain data. */
export interface SensorMemory {
  readonly raw: number | undefined;
  readonly value: number | undefined;
  readonly takenAtUs: number;
  /** Since when it has not changed while an order executes, board time. */
  readonly unchangedSinceUs: number | undefined;
  /** Last jump, board time. */
  readonly jumpedAtUs: number | undefined;
  /** Since when it disagrees, board time. */
  readonly apartSinceUs: number | undefined;
  readonly problem: SensorCheck | undefined;
}

export const UNSEEN: SensorMemory = {
  raw: undefined,
  value: undefined,
  takenAtUs: 0,
  unchangedSinceUs: undefined,
  jumpedAtUs: undefined,
  apartSinceUs: undefined,
  problem: undefined,
};

/** After a jump a value is believed again once it has changed slowly for so long, ms. */
export const JUMP_QUIET_MS = 200;
/** Samples farther apart than this say nothing of a rate, ms. */
const RATE_GAP_MS = 200;

type Checks = Pick<AnalogInputModel, 'changesWithinMs' | 'rateMaxPerS' | 'agreesWith'>;

function checksOf(sensor: CheckedSensor): Checks {
  if (sensor.kind === 'analog-input') return sensor;
  return sensor.changesWithinMs === undefined ? {} : { changesWithinMs: sensor.changesWithinMs };
}

function hasJumped({ rateMaxPerS }: Checks, before: SensorMemory, { value, takenAtUs }: SensorSample): boolean {
  if (rateMaxPerS === undefined || value === undefined || before.value === undefined) return false;
  const elapsedMs = (takenAtUs - before.takenAtUs) / 1000;
  if (!(elapsedMs > 0 && elapsedMs <= RATE_GAP_MS)) return false;
  return !(Math.abs(value - before.value) <= (rateMaxPerS * elapsedMs) / 1000);
}

function isApart({ agreesWith }: Checks, { value, other }: SensorSample): boolean {
  if (agreesWith === undefined) return false;
  return value === undefined || other === undefined || !(Math.abs(value - other) <= agreesWith.within);
}

function problemOf(checks: Checks, now: SensorMemory): SensorCheck | undefined {
  const sinceMs = (us: number | undefined): number | undefined =>
    us === undefined ? undefined : (now.takenAtUs - us) / 1000;
  if (now.value === undefined) return 'range';
  const jumpedMs = sinceMs(now.jumpedAtUs);
  if (jumpedMs !== undefined && jumpedMs < JUMP_QUIET_MS) return 'jumped';
  const unchangedMs = sinceMs(now.unchangedSinceUs);
  if (checks.changesWithinMs !== undefined && unchangedMs !== undefined && unchangedMs >= checks.changesWithinMs) {
    return 'frozen';
  }
  const apartMs = sinceMs(now.apartSinceUs);
  if (checks.agreesWith !== undefined && apartMs !== undefined && apartMs >= checks.agreesWith.forMs)
    return 'disagrees';
  return undefined;
}

/** Takes one look. Called once per cycle for each checked sensor. */
export function checkSensor(sensor: CheckedSensor, before: SensorMemory, sample: SensorSample): SensorMemory {
  const { raw, value, takenAtUs, isExecuting } = sample;
  // Another board time means another boot: what was seen before says nothing.
  if (raw === undefined || takenAtUs < before.takenAtUs) {
    return { ...UNSEEN, problem: raw === undefined ? 'stale' : undefined };
  }
  const checks = checksOf(sensor);
  const keeps = isExecuting && before.raw === raw;
  const next: SensorMemory = {
    raw,
    value,
    takenAtUs,
    unchangedSinceUs: isExecuting ? (keeps ? (before.unchangedSinceUs ?? takenAtUs) : takenAtUs) : undefined,
    jumpedAtUs: hasJumped(checks, before, sample) ? takenAtUs : before.jumpedAtUs,
    apartSinceUs: isApart(checks, sample) ? (before.apartSinceUs ?? takenAtUs) : undefined,
    problem: undefined,
  };
  return { ...next, problem: problemOf(checks, next) };
}
