// Who may watch at a time: so many in all, and of one identity of the network half of them, so that a program that opens watches and forgets
// them keeps nobody else from watching.
import { fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { Caller } from '../ports/caller.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';

export class WatchSlots {
  readonly #countMax: number;
  readonly #ofIdentity = new Map<string, number>();
  #count = 0;

  /** @param countMax of all, >= 1 */
  constructor(countMax: number) {
    this.#countMax = countMax;
  }

  /** Taken slots. */
  get count(): number {
    return this.#count;
  }

  /** @returns a function that gives the slot back, to be called once; refused with 6013 */
  take({ identity, isLocal }: Pick<Caller, 'identity' | 'isLocal'>): Result<() => void, ServiceRefusal> {
    const own = this.#ofIdentity.get(identity) ?? 0;
    // All programs of this machine are one identity where there are no certificates.
    const ownMax = isLocal ? this.#countMax : Math.ceil(this.#countMax / 2);
    if (this.#count >= this.#countMax) return err(refuse(fault(6013, { watchersMax: this.#countMax })));
    if (own >= ownMax) return err(refuse(fault(6013, { watchersMax: ownMax, identity })));
    this.#count += 1;
    this.#ofIdentity.set(identity, own + 1);
    return ok(() => this.#giveBack(identity));
  }

  #giveBack(identity: string): void {
    const left = (this.#ofIdentity.get(identity) ?? 0) - 1;
    this.#count -= 1;
    if (left > 0) this.#ofIdentity.set(identity, left);
    else this.#ofIdentity.delete(identity);
  }
}
