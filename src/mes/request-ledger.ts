// Remembers requests by their id, so that a repeated request gets the first answer and does nothing: within this process, and
// beyond it what the journal remembers.
import { createHash } from 'node:crypto';
import { type Fault, type FaultCode, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { RequestOrigin } from '../core/job-request.ts';
import { err, ok, type Result } from '../core/result.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';

/** Requests remembered; the oldest go first. */
const LEDGER_REQUESTS_MAX = 10_000;

export interface LedgerAnswer<T = JobRecord> {
  readonly record: T;
  readonly replayed: boolean;
}

/** What outlives this process. */
export interface LedgerMemory<T = JobRecord> {
  /** The first answer to a request; undefined: none is known. */
  find(
    request: Pick<RequestOrigin, 'identity' | 'method' | 'requestId'>,
  ): Promise<Result<{ readonly digest: string; readonly answer: T } | undefined, Fault>>;
}

export interface LedgerRequest<T = JobRecord> {
  /** Whoever asks, as the door knows them: what others have asked under the same id is none of their business. */
  readonly identity: string;
  /** Empty: not remembered. */
  readonly requestId: string;
  /** Name of the method and everything that was asked, as text: equal texts are equal requests. */
  readonly content: string;
  /** @param origin goes with the command, so that the answer is kept together with what was done; undefined: not remembered */
  run(origin: RequestOrigin | undefined): Promise<Result<T, ServiceRefusal>>;
  /** Twice does no harm: it is done although nobody can tell whether it was done before. @defaultValue false */
  readonly isHarmless?: boolean;
  /**
   * Asked when an earlier attempt ended without an answer and this one is refused: whether the refusal shows that the
   * earlier attempt was in fact done. @returns the record that it left
   */
  doneBefore(refused: Fault): T | undefined;
}

interface Entry<T> {
  readonly content: string;
  /** Undefined once the attempt ended without an answer: it may or may not have been done. */
  answer: Promise<Result<LedgerAnswer<T>, ServiceRefusal>> | undefined;
}

export class RequestLedger<T = JobRecord> {
  readonly #method: string;
  readonly #memory: LedgerMemory<T> | undefined;
  readonly #entries = new Map<string, Entry<T>>();

  /** @param method within which a request id is used once by one identity: the service */
  constructor(method: string, memory?: LedgerMemory<T>) {
    this.#method = method;
    this.#memory = memory;
  }

  /** Rejects only when `run` does. */
  async answer(request: LedgerRequest<T>): Promise<Result<LedgerAnswer<T>, ServiceRefusal>> {
    if (request.requestId === '') return asAnswer(await request.run(undefined), false);
    const standing = this.#entries.get(keyOf(request));
    if (standing === undefined) return this.#attempt(request, false);
    if (standing.content !== request.content) return err(reused(request.requestId));
    if (standing.answer === undefined) return this.#attempt(request, true);
    const answer = await standing.answer;
    return answer.ok ? asAnswer(ok(answer.value.record), true) : answer;
  }

  #attempt(request: LedgerRequest<T>, isRepeated: boolean): Promise<Result<LedgerAnswer<T>, ServiceRefusal>> {
    const entry: Entry<T> = { content: request.content, answer: undefined };
    this.#remember(keyOf(request), entry);
    entry.answer = this.#run(request, entry, isRepeated);
    return entry.answer;
  }

  async #run(
    request: LedgerRequest<T>,
    entry: Entry<T>,
    isRepeated: boolean,
  ): Promise<Result<LedgerAnswer<T>, ServiceRefusal>> {
    const { identity, requestId, content } = request;
    const digest = createHash('sha256').update(content).digest('hex');
    const origin = { identity, method: this.#method, requestId, digest };
    const known = await this.#known(request, origin);
    if (known !== undefined) return known.ok ? known : this.#refused(request, entry, known.error);
    const result = await request.run(origin);
    if (result.ok) return asAnswer(result, isRepeated);
    // What an earlier process had asked for may have reached the memory only meanwhile, and be why this is refused.
    const late = await this.#known(request, origin);
    if (late?.ok === true) return late;
    const done = isRepeated ? request.doneBefore(result.error.fault) : undefined;
    if (done !== undefined) return asAnswer(ok(done), true);
    return this.#refused(request, entry, result.error);
  }

  /** The answer that outlives processes. A refusal: the id is another request's, or nobody can tell, and then nothing may be done. */
  async #known(
    { isHarmless, requestId }: LedgerRequest<T>,
    origin: RequestOrigin,
  ): Promise<Result<LedgerAnswer<T>, ServiceRefusal> | undefined> {
    const known = (await this.#memory?.find(origin)) ?? ok(undefined);
    if (!known.ok) return isHarmless === true ? undefined : err(refuse(known.error));
    if (known.value === undefined) return undefined;
    return known.value.digest === origin.digest ? asAnswer(ok(known.value.answer), true) : err(reused(requestId));
  }

  #refused(request: LedgerRequest<T>, entry: Entry<T>, refusal: ServiceRefusal): Result<never, ServiceRefusal> {
    if (MAY_BE_DONE.has(refusal.fault.code)) entry.answer = undefined;
    else this.#entries.delete(keyOf(request));
    return err(refusal);
  }

  #remember(key: string, entry: Entry<T>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > LEDGER_REQUESTS_MAX && oldest !== undefined) this.#entries.delete(oldest);
  }
}

/** No identity has a space in it. */
function keyOf({ identity, requestId }: Pick<LedgerRequest, 'identity' | 'requestId'>): string {
  return `${identity} ${requestId}`;
}

/** The answer was lost, or what was done did not reach the disk. */
const MAY_BE_DONE: ReadonlySet<FaultCode> = new Set([6007, 6501, 6502, 6503, 6504, 6505, 6510, 6511]);

function asAnswer<T>(result: Result<T, ServiceRefusal>, replayed: boolean): Result<LedgerAnswer<T>, ServiceRefusal> {
  return result.ok ? ok({ record: result.value, replayed }) : result;
}

function reused(requestId: string): ServiceRefusal {
  const description = `given ${JSON.stringify(requestId)}; it was used with other content; use a new id`;
  return refuse(fault(6011, { requestId }), [{ field: 'request_id', description }]);
}
