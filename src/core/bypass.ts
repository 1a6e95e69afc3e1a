// Bypasses of stop functions as a pure reducer (ISO 10218-1:2011, 5.7: what a mode suspends, somebody answers for). A person at the
// machine asks for one in maintenance; it counts only from the next reset at the cell on, and never for long.
import type { SafetyModel, StopFunctionModel } from './cell-model.ts';
import { type Fault, fault } from './faults.ts';
import type { OperatingMode } from './operating-mode.ts';
import { blocksBehind } from './permits.ts';
import { err, ok, type Result } from './result.ts';
import type { EpochMs, MonotonicMs } from './units.ts';

/** No bypass lasts longer, ms. */
export const BYPASS_MS_MAX = 8 * 60 * 60 * 1000;

/** A request that no reset follows within this is forgotten, ms: the next reset may be somebody else's. */
export const BYPASS_PENDING_MS_MAX = 60_000;

/** Longest owner and reason, characters. */
export const BYPASS_TEXT_MAX = 200;

export interface Bypass {
  readonly stopFunction: string;
  /** Who answers for it. */
  readonly by: string;
  readonly reason: string;
  /** When it ends at the latest; `untilTime` is for people. */
  readonly until: MonotonicMs;
  readonly untilTime: EpochMs;
  /** A reset at the cell has followed the request: the stop function permits whatever its block says. */
  readonly isActive: boolean;
  /** A request ends here if no reset follows it. */
  readonly pendingUntil: MonotonicMs;
}

export type BypassRequest = Pick<Bypass, 'stopFunction' | 'by' | 'reason'> & { readonly forMs: number };

/** What decides whether there may be a bypass. */
export interface BypassSituation {
  readonly now: MonotonicMs;
  readonly mode: OperatingMode | undefined;
  /** Actuators may be driven. */
  readonly enabled: boolean;
}

/** Why a bypass is no more. `not-confirmed`: no reset at the cell followed the request. */
export type BypassEnd = 'expired' | 'mode' | 'cleared' | 'not-confirmed';

export interface EndedBypass {
  readonly bypass: Bypass;
  readonly how: BypassEnd;
}

/** An emergency stop is never bypassed (ISO 13850:2015, 4.1.1.2), neither by its role nor behind another stop function. */
function roleOf(safety: SafetyModel, { role, permission }: StopFunctionModel): StopFunctionModel['role'] {
  const behind = blocksBehind(safety, permission);
  const isEmergencyStop = safety.blocks.some(({ name, type }) => type === 'SF_EmergencyStop' && behind.has(name));
  return isEmergencyStop ? 'emergency-stop' : role;
}

function problemOf(
  safety: SafetyModel,
  list: readonly Bypass[],
  { stopFunction, by, reason, forMs }: BypassRequest,
  { mode, enabled }: BypassSituation,
): Readonly<Record<string, string | number>> | undefined {
  const { stopFunctions } = safety;
  const stop = stopFunctions.find(({ name }) => name === stopFunction);
  if (stop === undefined) return { cause: 'unknown', known: stopFunctions.map(({ name }) => name).join(', ') };
  const role = roleOf(safety, stop);
  if (role !== 'protective-stop') return { cause: 'role', role };
  if (mode !== 'maintenance') return { cause: 'mode', mode: mode ?? 'none' };
  if (enabled) return { cause: 'enabled' };
  if (list.some((known) => known.stopFunction === stopFunction)) return { cause: 'already-asked-for' };
  if (!isText(by)) return { cause: 'by', charactersMax: BYPASS_TEXT_MAX };
  if (!isText(reason)) return { cause: 'reason', charactersMax: BYPASS_TEXT_MAX };
  if (!(forMs > 0 && forMs <= BYPASS_MS_MAX)) return { cause: 'time', hoursMax: BYPASS_MS_MAX / 3_600_000 };
  return undefined;
}

function isText(text: string): boolean {
  return text.trim() !== '' && text.length <= BYPASS_TEXT_MAX;
}

/**
 * Takes a request down; nothing is bypassed by it yet.
 * @returns fault 4403 for a stop function that nobody may bypass, outside maintenance, with power on, for longer than
 *   {@link BYPASS_MS_MAX}, or without an owner and a reason
 */
export function requestBypass(
  safety: SafetyModel,
  list: readonly Bypass[],
  request: BypassRequest,
  situation: BypassSituation & { readonly wall: EpochMs },
): Result<Bypass, Fault> {
  const { stopFunction, by, reason, forMs } = request;
  const problem = problemOf(safety, list, request, situation);
  if (problem !== undefined) return err(fault(4403, { stopFunction, ...problem }));
  const { now, wall } = situation;
  return ok({
    stopFunction,
    by,
    reason,
    until: (now + forMs) as MonotonicMs,
    untilTime: (wall + forMs) as EpochMs,
    isActive: false,
    pendingUntil: (now + Math.min(forMs, BYPASS_PENDING_MS_MAX)) as MonotonicMs,
  });
}

function endOf({ isActive, until, pendingUntil }: Bypass, { now, mode }: BypassSituation): BypassEnd | undefined {
  if (mode !== 'maintenance') return 'mode';
  if (now >= until) return 'expired';
  return !isActive && now >= pendingUntil ? 'not-confirmed' : undefined;
}

/**
 * One step: ends what is over, and makes what was asked for before count when the reset at the cell has risen and nothing is driven.
 */
export function stepBypasses(
  list: readonly Bypass[],
  situation: BypassSituation & { readonly resetRose: boolean },
): { readonly list: readonly Bypass[]; readonly began: readonly Bypass[]; readonly ended: readonly EndedBypass[] } {
  const ended = list.flatMap((bypass): EndedBypass[] => {
    const how = endOf(bypass, situation);
    return how === undefined ? [] : [{ bypass, how }];
  });
  const over = new Set(ended.map(({ bypass }) => bypass));
  const left = over.size === 0 ? list : list.filter((bypass) => !over.has(bypass));
  const confirms = situation.resetRose && !situation.enabled;
  if (!confirms || left.every(({ isActive }) => isActive)) return { list: left, began: [], ended };
  const next = left.map((bypass) => (bypass.isActive ? bypass : { ...bypass, isActive: true }));
  return { list: next, began: next.filter((_, index) => left[index]?.isActive === false), ended };
}

/** Names of the stop functions that permit now whatever their blocks say. */
export function activeBypasses(list: readonly Bypass[]): readonly string[] {
  return list.filter(({ isActive }) => isActive).map(({ stopFunction }) => stopFunction);
}
