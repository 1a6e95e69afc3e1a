// How soon new connections are let in, by where they come from: each costs more than most calls. Pure: time comes in.
import { networkOf } from './network-of.ts';
import type { RateLimit } from './token-bucket.ts';

export interface ArrivalLimits {
  /** New connections of one address; with IPv6 of one /64. */
  readonly rate: RateLimit;
  /** Of one address, beyond its rate: each waits for its turn. */
  readonly waitingMax: number;
}

/** Addresses that are told apart; all others count as one. */
const ADDRESSES_MAX = 1_024;

export class Arrivals {
  readonly #limits: ArrivalLimits;
  readonly #eachMs: number;
  /** By `networkOf` its address: when one more would come at exactly its rate, monotonic ms. */
  readonly #due = new Map<string, number>();

  constructor(limits: ArrivalLimits) {
    this.#limits = limits;
    this.#eachMs = 1_000 / limits.rate.perSecond;
  }

  /**
   * One more has come.
   *
   * @param nowMs monotonic, ms
   * @returns how long it waits, ms; undefined: too many of its address wait already, and this one does not count
   */
  arrived(address: string, nowMs: number): number | undefined {
    const key = this.#keyOf(address, nowMs);
    const due = Math.max(this.#due.get(key) ?? nowMs, nowMs);
    const waitMs = this.#waitMs(due, nowMs);
    if (waitMs !== undefined) this.#due.set(key, due + this.#eachMs);
    return waitMs;
  }

  /** One more of that address would be refused. */
  isFull(address: string, nowMs: number): boolean {
    const network = networkOf(address);
    const due = this.#due.get(this.#due.has(network) ? network : '');
    return due !== undefined && this.#waitMs(Math.max(due, nowMs), nowMs) === undefined;
  }

  #waitMs(due: number, nowMs: number): number | undefined {
    const { rate, waitingMax } = this.#limits;
    const waitMs = Math.max(0, due - nowMs - (rate.burst - 1) * this.#eachMs);
    return waitMs > waitingMax * this.#eachMs ? undefined : waitMs;
  }

  /** Addresses that have not come for a while are forgotten when there is no room. */
  #keyOf(address: string, nowMs: number): string {
    const network = networkOf(address);
    if (this.#due.has(network) || this.#due.size < ADDRESSES_MAX) return network;
    for (const [key, due] of this.#due) if (due <= nowMs) this.#due.delete(key);
    return this.#due.size < ADDRESSES_MAX ? network : '';
  }
}
