// Job responses whose orders have given way to newer ones before the MES took them: the journal keeps so many ended orders and no more.
// Nothing can be pushed of them any more; that is told, in the log and in the audit trail.

import { canonicalJson } from '../core/canonical-json.ts';
import type { JournalPort, PendingResponse } from '../ports/journal.ts';
import type { LineLog } from '../ports/line-log.ts';
import type { AuditDesk } from './audit-desk.ts';
import type { JobMirror } from './job-mirror.ts';

export interface LostResponsesOptions {
  /** `host:port` of the MES. */
  readonly address: string;
  readonly journal: JournalPort;
  /** Knows what was cleared last. */
  readonly mirror: Pick<JobMirror, 'removed'>;
  readonly log: LineLog;
  /** @defaultValue nobody is told but the log */
  readonly audit?: Pick<AuditDesk, 'system'> | undefined;
}

export class LostResponses {
  readonly #options: LostResponsesOptions;
  #lost: string[] = [];
  #isManyTold = false;

  constructor(options: LostResponsesOptions) {
    this.#options = options;
  }

  /** @param isMany as many responses wait as are looked at, or more: told once, before there are so many that some are lost */
  waiting(isMany: boolean): void {
    const { address, log } = this.#options;
    if (isMany && !this.#isManyTold) {
      log(
        `1,000 job responses or more wait for ${address}; they are lost when their orders give way to newer ones in the journal`,
      );
    }
    this.#isManyTold = isMany;
  }

  /**
   * The journal has no order for a response. It was cleared by somebody, who then knows of it, or it has given way: all orders that
   * ended before the oldest one that is kept have.
   */
  async orderIsGone({ jobOrderId, time }: PendingResponse): Promise<void> {
    const { journal, mirror } = this.#options;
    if (mirror.removed(jobOrderId) !== undefined) return;
    const states = ['Ended', 'Aborted'] as const;
    const oldest = await journal.orders.list({ states, direction: 'oldest-first', limit: 1 });
    const endTime = oldest.ok ? oldest.value.orders[0]?.event.record.endTime : undefined;
    if (endTime !== undefined && time < endTime) this.#lost.push(jobOrderId);
  }

  /** Tells of those that were found lost since it was called last: one line and one record, however many they are. */
  tell(): void {
    const { address, log, audit } = this.#options;
    const [first] = this.#lost;
    const last = this.#lost.at(-1);
    if (first === undefined || last === undefined) return;
    const count = this.#lost.length;
    this.#lost = [];
    log(
      `${count} job responses are lost, of ${first} to ${last}: ${address} has not taken them, and the journal keeps no order so old`,
    );
    const after = canonicalJson({ count, first, last });
    const reason = 'not taken by the receiver for so long that the journal does not keep their orders any more';
    audit?.system('responses.lost', address, {
      source: 'outbox',
      category: 'CONTROL_EVENT',
      result: 'FAILED',
      after,
      reason,
    });
  }
}
