// What the demo shows of its order while it runs: one line, from two kinds of events.
import type { JobEvent } from '../app/job-client.ts';
import { linkStateText } from '../app/link-lines.ts';
import { stateText } from '../app/state-text.ts';
import type { Locale } from '../config/problem.ts';
import { DEMO_TEXTS } from './demo-texts.ts';
import { stateOf } from './job-text.ts';

/** What the progress line shows; the newest of each. */
export interface Shown {
  state: string;
  label: string;
  /** Parts. */
  produced: number;
  /** 0: not known yet. */
  lastPartMs: number;
  /** State of the link by name of the board. */
  readonly links: Map<string, string>;
}

/**
 * Takes what an event tells. Progress comes at once, changes of the order when they are on disk: what they count is older by then, and
 * a count never goes back.
 * @returns whether there is something to show
 */
export function takeEvent(shown: Shown, event: JobEvent): boolean {
  if (event.kind === 'job') {
    shown.state = stateOf(event.job);
    shown.produced = Math.max(shown.produced, event.job.producedQuantity);
    return true;
  }
  if (event.kind !== 'progress') return false;
  const { label, producedQuantity, lastPartMs } = event.progress;
  Object.assign(shown, { label, produced: Math.max(shown.produced, producedQuantity), lastPartMs });
  return true;
}

export function progressLine({ state, label, produced, lastPartMs, links }: Shown, locale: Locale): string {
  const texts = DEMO_TEXTS[locale];
  const link = [...links].map(([board, linkState]) => `${board} ${linkStateText(linkState, locale)}`).join(' ');
  const cycle = lastPartMs === 0 ? '' : ` | ${texts.perPart((lastPartMs / 1_000).toFixed(1))}`;
  return `  ${stateText(state, locale)} | ${produced} ${texts.parts}${cycle} | ${texts.link} ${link === '' ? '?' : link} | ${label}`;
}
