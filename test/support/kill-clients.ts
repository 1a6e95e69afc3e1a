// Clients that order work of a cell whose processes are killed under them: they ask again, with the same request id, until they have an
// answer, and remember what was acknowledged.
import type { celda as Wire } from '../../proto/generated/celda.js';
import { JobOrderReceiverServiceDefinition as METHODS, type MethodDefinition } from '../../proto/generated/services.js';
import type { RandomStream } from '../../sim/kernel/random.ts';
import { type JobView, viewJob } from '../../src/app/job-view.ts';
import type { CallFailure, CallOutcome } from '../../src/client/grpc-client.ts';
import { NEVER, PARTS, PLACES, workMasterAt } from './kill-watch.ts';

const ENDING_MS = 60;
/** While the cell waits for its reset. */
const NOT_READY_AGAIN_MS = 200;
const IN_FLIGHT_MAX = 64;
/**
 * Orders that are started and not yet ended; fewer than there are places, so that a place tells the order, and so few that the cell has nothing else to do
 * when some are interrupted: an order goes on only when no other one runs.
 */
const STARTED_MAX = 4;
const STARTED_SHARE = 0.15;
/** With so many, only now and then: orders that a control process has been given back wait until somebody orders something. */
const STARTED_SHARE_OVER = 0.03;
/** Of the decisions about what was interrupted; many cannot be carried out. */
const RESUMED_SHARE = 0.9;
/** Of the looks at an order that runs: somebody interrupts it. */
const PAUSED_SHARE = 0.05;
/** The unit cannot do it before a reset, or not just now. */
const NOT_READY = new Set(['UNIT_NOT_READY', 'UNIT_BUSY']);
/** Answers that tell nothing of what was done. */
const UNKNOWN = new Set(['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CANCELLED', 'INTERNAL', 'ABORTED', 'RESOURCE_EXHAUSTED']);

/** Who is told of what happens. */
export interface KillTeller {
  readonly wrong: (what: string) => void;
  /** What explains something wrong afterwards. */
  readonly note: (what: string) => void;
}

/** Answers that came are asked for once more so often, some time later: a network may send a request twice. */
const AGAIN_SHARE = 0.1;
const AGAIN_LATER_MS = 3_000;

/** How clients reach the cell, and their time. */
export interface KillCaller {
  /** @param count of the calls so far: spreads them over connections */
  call<In, Out>(
    method: MethodDefinition<In, unknown, never, Out, false, false>,
    request: In,
    count: number,
  ): Promise<CallOutcome<Out>>;
  pause(ms: number): Promise<void>;
}

export interface KillTimes {
  /** What control has sent has reached the board by then, after its death, ms. */
  readonly lineMsMax: number;
  /** From an answer that tells nothing to the next attempt, ms, or up to twice as long. */
  readonly againMs: number;
}

/** What is known of an order outside the cell. */
export interface Known {
  readonly jobOrderId: string;
  /** Where its parts are moved; undefined: it is stored and never started. */
  readonly place: number | undefined;
  isStored: boolean;
  /** Somebody has asked to take it out of the list. */
  isLeaving: boolean;
  isCancelled: boolean;
  isEnded: boolean;
  /** How often a person let it go on after an interruption. */
  resumes: number;
  /** It has not begun, or a person lets it go on. */
  mayMove: boolean;
  /** Control has just died, and its last command may be on the line to the board. */
  isOnLine: boolean;
  /** Something has moved for it, a part or less. */
  hasBegun: boolean;
  moved: number;
}

export class KillClients {
  readonly known = new Map<string, Known>();
  submissions = 0;
  #controlDeaths = 0;
  acknowledged = 0;
  repeats = 0;
  resumed = 0;
  readonly #caller: KillCaller;
  readonly #random: RandomStream;
  readonly #times: KillTimes;
  readonly #tell: KillTeller;
  readonly #standing: (Known | undefined)[] = Array.from({ length: PLACES }, () => undefined);
  #inFlight = 0;
  #calls = 0;
  #started = 0;
  #lastPlace = 0;
  #isEnding = false;

  constructor(caller: KillCaller, random: RandomStream, tell: KillTeller, times: KillTimes) {
    this.#times = times;
    this.#caller = caller;
    this.#random = random;
    this.#tell = tell;
  }

  /** One more order, if not too many wait for their answers already. */
  submit(): void {
    if (this.#inFlight >= IN_FLIGHT_MAX || this.#isEnding) return;
    this.submissions += 1;
    const order = this.#newOrder();
    this.known.set(order.jobOrderId, order);
    this.#inFlight += 1;
    void this.#live(order).finally(() => {
      this.#inFlight -= 1;
    });
  }

  /** The arm moves for an order, however little. */
  begun(jobOrderId: string): void {
    const order = this.known.get(jobOrderId);
    if (order === undefined) return;
    order.hasBegun = true;
    this.#mustBeAllowed(order);
  }

  /** The board has moved a part at a place. */
  moved(place: number | undefined): void {
    const order = place === undefined ? undefined : this.#standing[place];
    if (order === undefined) {
      this.#tell.wrong('a part was moved that nobody has ordered');
      return;
    }
    order.hasBegun = true;
    order.moved += 1;
    this.#tell.note(`order ${order.jobOrderId} has moved part ${order.moved} at place ${place}`);
    this.#mustBeAllowed(order);
    if (order.isEnded) this.#tell.wrong(`order ${order.jobOrderId} had ended and has moved another part`);
    if (order.moved > PARTS + order.resumes)
      this.#tell.wrong(
        `order ${order.jobOrderId} has moved ${order.moved} parts of ${PARTS}, resumed ${order.resumes} times`,
      );
  }

  #mustBeAllowed({ jobOrderId, mayMove, isOnLine }: Known): void {
    if (!mayMove && !isOnLine) this.#tell.wrong(`order ${jobOrderId} went on and nobody had resumed it`);
  }

  /** Control has died: what has begun goes on only when a person resumes it. */
  controlDied(): void {
    this.#controlDeaths += 1;
    for (const order of this.#standing) {
      if (order?.hasBegun !== true) continue;
      order.isOnLine = order.mayMove;
      order.mayMove = false;
      void this.#caller.pause(this.#times.lineMsMax).then(() => {
        order.isOnLine = false;
      });
    }
  }

  /** Waits until nobody waits for an answer. */
  async end(): Promise<void> {
    this.#isEnding = true;
    while (this.#inFlight > 0) await this.#caller.pause(ENDING_MS);
  }

  /** Compares what the cell shows of an order with what is known of it. */
  async check(order: Known): Promise<void> {
    if (!order.isStored) return;
    const { isLeaving, isCancelled, hasBegun, isEnded } = order;
    const found = await this.#get(order.jobOrderId);
    if (!found.ok) {
      if (found.error.status !== 'NOT_FOUND') {
        this.#tell.wrong(`order ${order.jobOrderId} cannot be read: ${found.error.status} ${found.error.message}`);
        return;
      }
      if (!order.isLeaving && !isLeaving) this.#tell.wrong(`order ${order.jobOrderId} was acknowledged and is lost`);
      return;
    }
    const { state } = found.value;
    if (isCancelled) this.#tell.wrong(`order ${order.jobOrderId} was cancelled and is there again, ${state}`);
    if (hasBegun && state.includes('AllowedToStart'))
      this.#tell.wrong(`order ${order.jobOrderId} has moved and is ${state}`);
    const hasEnded = state === 'Ended' || state === 'Aborted';
    if (isEnded && !hasEnded) this.#tell.wrong(`order ${order.jobOrderId} had ended and is ${state}`);
    const { producedQuantity } = found.value;
    // One that goes on may find the elbow up, where another order has left it, and does not lift it once more.
    if (producedQuantity > order.moved + order.resumes) {
      this.#tell.wrong(`order ${order.jobOrderId} tells of ${producedQuantity} parts and has moved ${order.moved}`);
    }
    if (state === 'Ended' && order.place !== undefined && producedQuantity !== PARTS && order.moved > 0) {
      this.#tell.wrong(`order ${order.jobOrderId} has ended with ${producedQuantity} of ${PARTS} parts`);
    }
    if (hasEnded) this.#ended(order);
  }

  /** A person goes on with what was interrupted, or gives it up. */
  async settle(): Promise<void> {
    for (const order of this.#standing) {
      if (order === undefined || !order.isStored || order.isEnded) continue;
      const found = await this.#get(order.jobOrderId);
      if (!found.ok) continue;
      if (found.value.state === 'Interrupted') await this.#decide(order);
      else if (found.value.state === 'Running') await this.#pause(order);
      else if (found.value.state === 'Ended' || found.value.state === 'Aborted') this.#ended(order);
    }
  }

  async #pause({ jobOrderId }: Known): Promise<void> {
    if (this.#random.uniform() >= PAUSED_SHARE) return;
    await this.#ask(METHODS.pauseJobOrder, (requestId) => ({ jobOrderId, requestId }), 1);
  }

  async #decide(order: Known): Promise<void> {
    const { jobOrderId } = order;
    if (this.#random.uniform() < RESUMED_SHARE) {
      const { mayMove } = order;
      const deaths = this.#controlDeaths;
      order.resumes += 1;
      order.mayMove = true;
      this.#tell.note(`order ${jobOrderId} is to go on, resumed ${order.resumes} times`);
      const resumed = await this.#resume(jobOrderId);
      this.#tell.note(`order ${jobOrderId} goes on: ${resumed.ok ? 'yes' : resumed.error.reason}`);
      if (resumed.ok) this.resumed += 1;
      if (!resumed.ok && resumed.error.reason === 'JOB_PROGRESS_UNKNOWN')
        this.#tell.wrong(`order ${jobOrderId} was interrupted and nobody knows where it stood`);
      const isNotReady = !resumed.ok && NOT_READY.has(resumed.error.reason);
      if (resumed.ok || (isUnknown(resumed.error) && !isNotReady)) return;
      order.resumes -= 1;
      // What is refused takes nothing back: an earlier request may have let it go on, though its answer was lost.
      order.mayMove = mayMove && deaths === this.#controlDeaths;
      if (isNotReady) return;
    }
    if (this.#random.uniform() < 0.5) {
      await this.#ask(METHODS.abortJobOrder, (requestId) => ({ jobOrderId, requestId }), 1);
    }
  }

  /** Somebody who has looked at the cell, and knows how it differs from what the order has left. */
  async #resume(jobOrderId: string): Promise<CallOutcome<unknown>> {
    const asked = await this.#ask(METHODS.resumeJobOrder, (requestId) => ({ jobOrderId, requestId }), 1);
    const acknowledgedDifference = asked.ok ? undefined : asked.error.metadata['acknowledge'];
    if (acknowledgedDifference === undefined) return asked;
    const knowing = (requestId: string) => ({ jobOrderId, requestId, acknowledgedDifference });
    return this.#ask(METHODS.resumeJobOrder, knowing, 1);
  }

  /** It keeps its place until another order gets it: whatever moves there until then is its own. */
  #ended(order: Known): void {
    if (order.isEnded) return;
    order.isEnded = true;
    if (order.place !== undefined) this.#started -= 1;
  }

  #newOrder(): Known {
    const { submissions } = this;
    const share = this.#started < STARTED_MAX ? STARTED_SHARE : STARTED_SHARE_OVER;
    const place = this.#random.uniform() < share ? this.#freePlace() : undefined;
    const order: Known = {
      jobOrderId: `J-${submissions}`,
      place,
      isStored: false,
      isLeaving: false,
      isCancelled: false,
      isEnded: false,
      resumes: 0,
      mayMove: true,
      isOnLine: false,
      hasBegun: false,
      moved: 0,
    };
    if (place !== undefined) {
      this.#standing[place] = order;
      this.#started += 1;
    }
    return order;
  }

  /** A place is taken by the next order only when the one before has ended. */
  #freePlace(): number | undefined {
    for (let step = 1; step <= PLACES; step += 1) {
      const place = (this.#lastPlace + step) % PLACES;
      if (this.#standing[place]?.isEnded === false) continue;
      this.#lastPlace = place;
      return place;
    }
    return undefined;
  }

  async #live(order: Known): Promise<void> {
    const { jobOrderId, place } = order;
    const jobOrder: Wire.job.v1.JobOrder.$Properties = {
      jobOrderId,
      workMasterId: place === undefined ? NEVER : workMasterAt(place),
    };
    const method = place === undefined ? METHODS.storeJobOrder : METHODS.storeAndStartJobOrder;
    const stored = await this.#ask(method, (requestId) => ({ jobOrder, requestId }));
    if (!stored.ok) {
      this.#tell.wrong(`order ${jobOrderId} was refused: ${stored.error.status} ${stored.error.message}`);
      return;
    }
    order.isStored = true;
    this.acknowledged += 1;
    if (place !== undefined) return;
    await this.#caller.pause(this.#random.uniform() * 1_000);
    order.isLeaving = true;
    const cancelled = await this.#ask(METHODS.cancelJobOrder, (requestId) => ({ jobOrderId, requestId }));
    if (cancelled.ok) order.isCancelled = true;
    else
      this.#tell.wrong(`order ${jobOrderId} cannot be cancelled: ${cancelled.error.status} ${cancelled.error.message}`);
  }

  async #get(jobOrderId: string): Promise<CallOutcome<JobView>> {
    const answer = await this.#ask(METHODS.getJobOrder, () => ({ jobOrderId }));
    return answer.ok ? { ok: true, value: viewJob(answer.value.jobOrder) } : answer;
  }

  /** Asks the same until an answer says what has been done. @param times at most. */
  async #ask<In, Out>(
    method: MethodDefinition<In, unknown, never, Out, false, false>,
    request: (requestId: string) => In,
    times = Number.POSITIVE_INFINITY,
  ): Promise<CallOutcome<Out>> {
    this.#calls += 1;
    const count = this.#calls;
    const asked = request(`R-${count}`);
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#caller.call(method, asked, count);
      if (answer.ok && this.#random.uniform() < AGAIN_SHARE) void this.#askAgain(method, asked, count);
      if (answer.ok || tries >= times || !isUnknown(answer.error)) return answer;
      this.repeats += 1;
      const againMs = NOT_READY.has(answer.error.reason) ? NOT_READY_AGAIN_MS : this.#times.againMs;
      await this.#caller.pause(againMs * (1 + this.#random.uniform()));
    }
  }

  /** The same request arrives once more: it is answered as before, whatever has happened to the order, and nothing is done again. */
  async #askAgain<In, Out>(
    method: MethodDefinition<In, unknown, never, Out, false, false>,
    asked: In,
    count: number,
  ): Promise<void> {
    await this.#caller.pause(this.#random.uniform() * AGAIN_LATER_MS);
    const answer = await this.#caller.call(method, asked, count);
    if (method.path === METHODS.getJobOrder.path) return;
    if (!answer.ok && !isUnknown(answer.error)) {
      this.#tell.wrong(`request ${count} was answered well, and then ${answer.error.status} ${answer.error.message}`);
    }
  }
}

/** The cell is away, or it cannot take the request just now; what an earlier attempt has done is not known. */
function isUnknown({ status, reason }: CallFailure): boolean {
  return UNKNOWN.has(status) || NOT_READY.has(reason) || reason === 'CELL_NOT_READY';
}
