// Remembers requests by their id, so that a repeated request gets the first answer and does nothing: within this process, and
// beyond it what the journal remembers.
import { createHash } from 'node:crypto';
import { type Fault, type FaultCode, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import type { RequestOrigin } from '../core/job-request.ts';
import { err, ok, type Result } from '../core/result.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { BoundedMap } from './bounded-memory.ts';

/** Requests remembered; the oldest go first. */
const LEDGER_REQUESTS_MAX = 10_000;
/** What the answers take in memory that are not looked up in what outlives this process. */
const ANSWER_BYTES_MAX = 8 * 1024 * 1024;

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
   * Asked when an earlier attempt ended without an answer, this one is refused, and nothing that outlives this process can tell: whether
   * the refusal shows that the earlier attempt was in fact done. @returns the record that it left
   */
  doneBefore(refused: Fault): T | undefined;
}

/** A request id and what it was used for. */
export interface Entry<T> {
  readonly digest: string;
  /** Undefined once the attempt has ended: it may have been done, and what was answered may be in `#answers`. */
  pending: Promise<Result<LedgerAnswer<T>, ServiceRefusal>> | undefined;
}

/** Ids of requests that are under way or were answered. One for ledgers within which an id is used once. */
export type RequestIds = Map<string, Entry<unknown>>;

export class RequestLedger<T = JobRecord> {
  readonly #method: string;
  readonly #memory: LedgerMemory<T> | undefined;
  readonly #entries: RequestIds;
  readonly #answers = new BoundedMap<T>({ countMax: LEDGER_REQUESTS_MAX, bytesMax: ANSWER_BYTES_MAX });

  /**
   * @param method within which a request id is used once by one identity: the service
   * @param ids those of another ledger of the same service
   */
  constructor(method: string, memory?: LedgerMemory<T>, ids: RequestIds = new Map()) {
    this.#method = method;
    this.#memory = memory;
    this.#entries = ids;
  }

  /** What the answers take in memory that are held here. */
  get answerBytes(): number {
    return this.#answers.bytes;
  }

  /** Rejects only when `run` does. */
  async answer(request: LedgerRequest<T>): Promise<Result<LedgerAnswer<T>, ServiceRefusal>> {
    if (request.requestId === '') return asAnswer(await request.run(undefined), false);
    const key = keyOf(request);
    const digest = createHash('sha256').update(request.content).digest('hex');
    const standing = this.#entries.get(key);
    if (standing === undefined) return this.#attempt(request, digest, false);
    if (standing.digest !== digest) return err(reused(request.requestId));
    if (standing.pending !== undefined) {
      // Equal contents are of one method, and so of one ledger.
      const answer = (await standing.pending) as Result<LedgerAnswer<T>, ServiceRefusal>;
      return answer.ok ? asAnswer(ok(answer.value.record), true) : answer;
    }
    const answered = this.#answers.get(key);
    return answered === undefined ? this.#attempt(request, digest, true) : asAnswer(ok(answered), true);
  }

  async #attempt(
    request: LedgerRequest<T>,
    digest: string,
    isRepeated: boolean,
  ): Promise<Result<LedgerAnswer<T>, ServiceRefusal>> {
    const key = keyOf(request);
    const entry: Entry<T> = { digest, pending: undefined };
    this.#remember(key, entry);
    entry.pending = this.#run(request, digest, isRepeated);
    try {
      const answer = await entry.pending;
      if (answer.ok) this.#answers.set(key, answer.value.record);
      else if (!MAY_BE_DONE.has(answer.error.fault.code)) this.#entries.delete(key);
      return answer;
    } finally {
      entry.pending = undefined;
    }
  }

  async #run(
    request: LedgerRequest<T>,
    digest: string,
    isRepeated: boolean,
  ): Promise<Result<LedgerAnswer<T>, ServiceRefusal>> {
    const { identity, requestId } = request;
    const origin = { identity, method: this.#method, requestId, digest };
    const known = await this.#known(request, origin);
    if (known !== undefined) return known;
    const result = await request.run(origin);
    if (result.ok) return asAnswer(result, isRepeated);
    // What an earlier process had asked for may have reached the memory only meanwhile, and be why this is refused.
    const late = await this.#memory?.find(origin);
    if (late?.ok === true && late.value?.digest === digest) return replayOf(late.value, origin);
    // A memory that can be read knows what was done for this request, and what it looks like was done for another.
    const done = isRepeated && late?.ok !== true ? request.doneBefore(result.error.fault) : undefined;
    return done === undefined ? result : asAnswer(ok(done), true);
  }

  /** The answer that outlives processes. A refusal: the id is another request's, or nobody can tell, and then nothing may be done. */
  async #known(
    { isHarmless }: LedgerRequest<T>,
    origin: RequestOrigin,
  ): Promise<Result<LedgerAnswer<T>, ServiceRefusal> | undefined> {
    const known = (await this.#memory?.find(origin)) ?? ok(undefined);
    if (!known.ok) return isHarmless === true ? undefined : err(refuse(known.error));
    if (known.value === undefined) return undefined;
    return replayOf(known.value, origin);
  }

  /** Of what is under way nothing is forgotten: it would be done twice. */
  #remember(key: string, entry: Entry<unknown>): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    for (const [oldest, { pending }] of this.#entries) {
      if (this.#entries.size <= LEDGER_REQUESTS_MAX || oldest === key) return;
      if (pending !== undefined) continue;
      this.#entries.delete(oldest);
      this.#answers.delete(oldest);
    }
  }
}

/** No identity has a space in it. */
function keyOf({ identity, requestId }: Pick<LedgerRequest, 'identity' | 'requestId'>): string {
  return `${identity} ${requestId}`;
}

/** The answer was lost, or what was done did not reach the disk. */
const MAY_BE_DONE: ReadonlySet<FaultCode> = new Set([6007, 6501, 6502, 6503, 6504, 6505, 6510, 6511, 6514]);

function asAnswer<T>(result: Result<T, ServiceRefusal>, replayed: boolean): Result<LedgerAnswer<T>, ServiceRefusal> {
  return result.ok ? ok({ record: result.value, replayed }) : result;
}

function replayOf<T>(
  { digest, answer }: { readonly digest: string; readonly answer: T },
  origin: RequestOrigin,
): Result<LedgerAnswer<T>, ServiceRefusal> {
  return digest === origin.digest ? asAnswer(ok(answer), true) : err(reused(origin.requestId));
}

function reused(requestId: string): ServiceRefusal {
  const description = `given ${JSON.stringify(requestId)}; it was used with other content; use a new id`;
  return refuse(fault(6011, { requestId }), [{ field: 'request_id', description }]);
}
