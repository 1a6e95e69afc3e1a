// What the audit trail says of a jog: when joints began to be moved, by whom, which ones, how fast at the most, and for how long.
import { canonicalJson } from '../core/canonical-json.ts';
import type { Caller } from '../ports/caller.ts';
import type { Clock } from '../ports/clock.ts';
import { askedBy } from './asked-by.ts';
import type { AuditDesk } from './audit-desk.ts';

interface JogSessionOptions {
  readonly clock: Clock;
  readonly audit?: Pick<AuditDesk, 'note'> | undefined;
}

type AskedSpeeds = readonly { readonly joint: string; readonly speedPercent: number }[];

/** One stream of requests; told nothing when it moved nothing. */
export class JogSession {
  readonly #options: JogSessionOptions;
  readonly #caller: Caller;
  /** Largest speed that was asked for, by joint, percent. */
  readonly #percentMax = new Map<string, number>();
  #begun: { readonly atMs: number; readonly holder: string } | undefined;

  constructor(options: JogSessionOptions, caller: Caller) {
    this.#options = options;
    this.#caller = caller;
  }

  /** The cell does what was asked. */
  moves(holder: string, speeds: AskedSpeeds): void {
    const moving = speeds.filter(({ speedPercent }) => speedPercent !== 0);
    if (moving.length === 0) return;
    for (const { joint, speedPercent } of moving) {
      this.#percentMax.set(joint, Math.max(this.#percentMax.get(joint) ?? 0, Math.abs(speedPercent)));
    }
    if (this.#begun !== undefined) return;
    this.#begun = { atMs: this.#options.clock.now(), holder };
    this.#note('jog.begin', {});
  }

  end(): void {
    if (this.#begun === undefined) return;
    this.#note('jog.end', { forMs: Math.round(this.#options.clock.now() - this.#begun.atMs) });
  }

  #note(type: string, rest: object): void {
    const { requestId, traceId, ...by } = askedBy(this.#caller, type, { reason: '', requestId: '' });
    const percentMax = Object.fromEntries(
      [...this.#percentMax].map(([joint, percent]) => [joint, Math.round(percent)]),
    );
    const told = {
      ...by,
      object: { kind: 'unit', id: '', revision: 0 },
      after: canonicalJson({ owner: this.#begun?.holder ?? '', percentMax, ...rest }),
      correlation: { requestId, jobOrderId: '', traceId },
    };
    // Somebody moves the machine by hand: that is told, whatever becomes of the gateway then.
    this.#options.audit?.note(told, 'now');
  }
}
