// Who is led through a commissioning: a person at a terminal, or a test that plays one.
import type { PointRecord, PointStanding } from '../../commissioning/report.ts';
import type { AskStep, Detail } from '../../commissioning/words.ts';
import type { ForceKey } from '../pin-forcing.ts';

/** What a person answers: `no` fails a point, `skip` leaves it out, `end` leaves the commissioning. */
export type Answer = 'yes' | 'no' | 'skip' | 'again' | 'end';

/** Something that the person is to do or to answer. */
export interface Ask {
  /** Id of the point; empty outside of points. */
  readonly point: string;
  readonly step: AskStep;
  readonly detail: Detail;
  /** What is understood now, besides `end`; with neither `yes` nor `again` the cell itself sees when it is done. */
  readonly answers: readonly Exclude<Answer, 'end'>[];
}

export interface Dialogue {
  /** A point begins. @param number from 1, of `count` that are gone through */
  begin(standing: PointStanding, number: number, count: number): void;
  ask(ask: Ask): void;
  /** What the cell reads meanwhile; replaces what it read before. */
  live(text: string): void;
  /** Lets the person type a line, never empty. Rejects when the person ends instead. */
  type(ask: Ask): Promise<string>;
  /** What became of a point. */
  tell(record: PointRecord): void;
  /** @returns a function that ends the listening */
  listen(listener: (key: Answer | ForceKey) => void): () => void;
}
