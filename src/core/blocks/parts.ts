// Parts that the interfaces of several safety function blocks have in common.
import type {
  CellStatusName,
  FlagInterface,
  OutputInterface,
  SignalInterface,
  StateText,
  TimeInterface,
} from '../block-interface.ts';

/** A safe input that demands the safety function while it is FALSE. */
export function safe<const Cell extends CellStatusName = never>(description: string, cell: readonly Cell[] = []) {
  return { description, lane: 'safe', isOptional: false, whenUnread: false, isDemand: true, cell } as const;
}

/** A safe input that says something without demanding anything: a mode, a feedback, a sensor of muting. */
export function statement<const Cell extends CellStatusName = never>(description: string, cell: readonly Cell[] = []) {
  return { ...safe(description, cell), isDemand: false } as const;
}

/** A wish or a command of the process. */
export function wish<const Cell extends CellStatusName = never>(description: string, cell: readonly Cell[] = []) {
  return { ...statement(description, cell), lane: 'process' } as const;
}

export function optional<Signal extends SignalInterface>(signal: Signal) {
  return { ...signal, isOptional: true } as const;
}

/** A safe output that latches: once FALSE, it comes back by a fresh edge of reset alone. */
export function latching(description: string, trueIn: readonly string[], needs: readonly string[]): OutputInterface {
  return { description, lane: 'safe', trueIn, needs, latches: true };
}

/** A safe output that comes back with its inputs. */
export function following(description: string, trueIn: readonly string[], needs: readonly string[]): OutputInterface {
  return { ...latching(description, trueIn, needs), latches: false };
}

/** An output that tells something and permits nothing. */
export function telling(description: string, trueIn: readonly string[]): OutputInterface {
  return { ...following(description, trueIn, []), lane: 'process' };
}

export const DISCREPANCY_TIME = {
  description: 'How long the two inputs may differ before it is a fault.',
  minMs: 1,
  maxMs: 60_000,
} as const satisfies TimeInterface;

export const AUTO_RESET = {
  description: 'TRUE: no reset is needed after a demand. Only where that cannot start anything hazardous.',
  whenMissing: false,
} as const satisfies FlagInterface;

/** With `autoReset`, for what a person can pass. */
export const FULL_BODY_ACCESS = {
  description: 'A person can stand behind it, unseen by it. `autoReset` needs FALSE.',
  whenMissing: true,
} as const satisfies FlagInterface;

export const IDLE_TEXT: StateText = { en: 'not active', es: 'inactivo' };
export const ENABLED_TEXT: StateText = { en: 'allows operation', es: 'permite el funcionamiento' };
export const INIT_TEXT: StateText = { en: 'starting', es: 'arrancando' };
export const WAIT_RESET_TEXT: StateText = { en: 'waits for the reset', es: 'espera el rearme' };
/** What to do with any reset that came too early. */
export const HELD_RESET_TEXT: StateText = {
  en: 'reset was pressed too early or is stuck: release it',
  es: 'el rearme se pulsó demasiado pronto o está atascado: suéltelo',
};
