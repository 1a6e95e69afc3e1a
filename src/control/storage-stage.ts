// The storage stage: a journal that takes nothing is an alarm until it takes what happens again. It neither holds nor stops anything.
import { isJournalTrouble } from '../core/event-storage.ts';
import { clearAlarms, raise, type Turn } from './turn.ts';

/** One alarm for each code: what its detail says may change with every attempt. */
export function storageStage(turn: Turn): void {
  const { refused } = turn.inputs.storage;
  const trouble = refused !== undefined && isJournalTrouble(refused.code) ? refused : undefined;
  clearAlarms(turn, ({ code }) => isJournalTrouble(code) && code !== trouble?.code);
  if (trouble === undefined) return;
  raise(turn, turn.next.alarms.find(({ code }) => code === trouble.code) ?? trouble);
}
