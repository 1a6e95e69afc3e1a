// Remembers requests by their id within this process, so that a repeated request gets the first answer and does nothing.
import { type Fault, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { err, ok, type Result } from '../core/result.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';

/** Requests remembered; the oldest go first. */
const LEDGER_REQUESTS_MAX = 10_000;

export interface LedgerAnswer<T = JobRecord> {
  readonly record: T;
  readonly replayed: boolean;
}

export interface LedgerRequest<T = JobRecord> {
  /** Empty: not remembered. */
  readonly requestId: string;
  /** Name of the method and everything that was asked, as text: equal texts are equal requests. */
  readonly content: string;
  run(): Promise<Result<T, ServiceRefusal>>;
  /**
   * Asked when an earlier attempt ended without an answer and this one is refused: whether the refusal shows that the
   * earlier attempt was in fact done. @returns the record that it left
   */
  doneBefore(refused: Fault): T | undefined;
}

interface Entry<T> {
  readonly content: string;
  /** Undefined once the attempt ended without an answer: it may or may not have been done. */
  answer: Promise<Result<T, ServiceRefusal>> | undefined;
}

export class RequestLedger<T = JobRecord> {
  readonly #entries = new Map<string, Entry<T>>();

  /** Rejects only when `run` does. */
  async answer(request: LedgerRequest<T>): Promise<Result<LedgerAnswer<T>, ServiceRefusal>> {
    if (request.requestId === '') return asAnswer(await request.run(), false);
    const standing = this.#entries.get(request.requestId);
    if (standing === undefined) return asAnswer(await this.#attempt(request, false), false);
    if (standing.content !== request.content) return err(reused(request.requestId));
    if (standing.answer !== undefined) return asAnswer(await standing.answer, true);
    return asAnswer(await this.#attempt(request, true), true);
  }

  #attempt(request: LedgerRequest<T>, isRepeated: boolean): Promise<Result<T, ServiceRefusal>> {
    const entry: Entry<T> = { content: request.content, answer: undefined };
    this.#remember(request.requestId, entry);
    entry.answer = this.#run(request, entry, isRepeated);
    return entry.answer;
  }

  async #run(request: LedgerRequest<T>, entry: Entry<T>, isRepeated: boolean): Promise<Result<T, ServiceRefusal>> {
    const result = await request.run();
    if (result.ok) return result;
    const done = isRepeated ? request.doneBefore(result.error.fault) : undefined;
    if (done !== undefined) return ok(done);
    if (result.error.fault.code === 6007) entry.answer = undefined;
    else this.#entries.delete(request.requestId);
    return result;
  }

  #remember(requestId: string, entry: Entry<T>): void {
    this.#entries.delete(requestId);
    this.#entries.set(requestId, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > LEDGER_REQUESTS_MAX && oldest !== undefined) this.#entries.delete(oldest);
  }
}

function asAnswer<T>(result: Result<T, ServiceRefusal>, replayed: boolean): Result<LedgerAnswer<T>, ServiceRefusal> {
  return result.ok ? ok({ record: result.value, replayed }) : result;
}

function reused(requestId: string): ServiceRefusal {
  const description = `given ${JSON.stringify(requestId)}; it was used with other content; use a new id`;
  return refuse(fault(6011, { requestId }), [{ field: 'request_id', description }]);
}
