// Takes what a program emitted as data from outside: a well-formed intent of its own, or what is wrong with it.
// Whether the cell may do it is decided in the cycle.
import { err, ok, type Result } from '../core/result.ts';
import type { ParameterValue } from '../core/work-master.ts';
import type { Intent } from '../ports/program.ts';

/** Longer texts of alarms are cut, characters. */
const TEXT_LENGTH_MAX = 200;

type Raw = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isParameter(value: unknown): value is ParameterValue {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

/** A copy with all values of one kind, undefined when it is none: what the program keeps in its hands must not change later. */
function recordOf<T>(value: unknown, is: (item: unknown) => item is T): Readonly<Record<string, T>> | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, item]): [string, T][] => (is(item) ? [[key, item]] : []));
  return entries.length === Object.keys(value).length ? Object.fromEntries(entries) : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function moveOf({ targetDeg, speedPercent }: Raw): Intent | undefined {
  const copied = recordOf(targetDeg, isNumber);
  if (copied === undefined || typeof speedPercent !== 'number') return undefined;
  return { kind: 'move', targetDeg: copied, speedPercent };
}

function startOf({ workMasterId, parameters }: Raw): Intent | undefined {
  const copied = recordOf(parameters, isParameter);
  if (copied === undefined || typeof workMasterId !== 'string') return undefined;
  return { kind: 'start-work-master', workMasterId, parameters: copied };
}

function intentOf(raw: Raw): Intent | undefined {
  const { kind, device, on, text } = raw;
  switch (kind) {
    case 'set-output':
      return typeof device === 'string' && typeof on === 'boolean' ? { kind, device, on } : undefined;
    case 'move':
      return moveOf(raw);
    case 'start-work-master':
      return startOf(raw);
    case 'raise-alarm':
    case 'clear-alarm':
      return typeof text === 'string' ? { kind, text: text.slice(0, TEXT_LENGTH_MAX) } : undefined;
    default:
      return undefined;
  }
}

/**
 * Programs are type-checked by whoever writes them, or not at all.
 * @returns the intent as data that nobody else holds, or its kind as far as it has one
 */
export function checkIntent(value: unknown): Result<Intent, string> {
  const raw = isRecord(value) ? value : {};
  const intent = intentOf(raw);
  if (intent !== undefined) return ok(intent);
  return err(typeof raw['kind'] === 'string' ? raw['kind'].slice(0, TEXT_LENGTH_MAX) : 'none');
}
