// A process whose disk fails, or is slow, under its journal: appends before, during and after, and prints what it was answered.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openJournal } from '../../src/journal/journal.ts';
import { DISK_WORKS, type DiskRule, setRule } from './disk-shim.ts';
import { EventSource, submission } from './journal-samples.ts';

export interface UnderRule {
  readonly path: string;
  /** File of the rule. */
  readonly ruleFile: string;
  readonly rule: DiskRule;
}

/** Codes: 0 acknowledged, else the fault. */
export interface UnderRuleReport {
  readonly before: number;
  readonly during: number;
  /** Asked while the journal refuses. */
  readonly refused: number;
  /** The same order again, once the journal is ready. */
  readonly again: number;
  readonly duringMs: number;
  /** Longest time for which the event loop of whoever asks stood still, ms. */
  readonly heldUpMs: number;
}

const { path, ruleFile, rule } = JSON.parse(process.argv[2] ?? '') as UnderRule;
setRule(ruleFile, DISK_WORKS);
const opened = await openJournal({ path, reopenMs: 20 });
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const journal = opened.value;
const source = new EventSource();
const code = async (id: string): Promise<number> => {
  const answer = await journal.append(submission(source, id), 'now');
  return answer.ok ? 0 : answer.error.code;
};
const before = await code('before');
const delay = monitorEventLoopDelay({ resolution: 5 });
setRule(ruleFile, rule);
delay.enable();
const begun = performance.now();
const during = await code('during');
const duringMs = performance.now() - begun;
delay.disable();
const refused = rule.errno === 0 ? 0 : await code('refused');
const ready = new Promise<void>((resolve) => {
  if (rule.errno === 0) resolve();
  else journal.listen((state) => state.kind === 'ready' && resolve());
});
setRule(ruleFile, DISK_WORKS);
await ready;
const again = await code('again');
await journal.close();
const report: UnderRuleReport = { before, during, refused, again, duringMs, heldUpMs: delay.max / 1e6 };
process.stdout.write(JSON.stringify(report));
