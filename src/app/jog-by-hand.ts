// Jogs a cell over its gRPC interface: for as long as a person holds a key, or for a short time that was asked for.

import type { CallFailure, CallOutcome, ClientTls } from '../client/grpc-client.ts';
import { FAULTS } from '../core/faults.ts';
import type { JogSpeeds } from '../core/jog.ts';
import { err, ok } from '../core/result.ts';
import { CellClient, type CellStateView, type CellView } from './cell-client.ts';
import { JogClient, type JogWaiting } from './jog-client.ts';
import { JogHand, type JogKey } from './jog-hand.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';

/** Between two requests, ms: a third of what a token counts, so that one that is late ends nothing. */
const ASK_EVERY_MS = 25;
/** Between two requests that were refused, ms. */
const RETRY_EVERY_MS = 250;
/** Between two looks at the cell, ms. */
const LOOK_EVERY_MS = 100;
/** Without an answer for this long the jog is given up, and begins anew, ms. */
const ANSWER_MS_MAX = 1_000;
/** A jog for some time waits so long for the enabling device, ms. */
const ENABLING_MS_MAX = 2_000;
/** A ramp has ended by then, ms. */
const RAMP_MS_MAX = 2_000;
/** What has moved by less since the last look stands, degrees or mm. */
const STANDS = 0.01;

type Language = 'en' | 'es';

/** Why the cell does not jog at all, with what to do. */
export interface JogRefusal {
  /** Of `google.rpc.ErrorInfo`; empty when nobody answers. */
  readonly reason: string;
  readonly text: Readonly<Record<Language, string>>;
  readonly response: Readonly<Record<Language, string>>;
}

export interface JogView {
  readonly cell: CellView;
  /** Undefined until it has been heard. */
  readonly state: CellStateView | undefined;
  readonly joint: string;
  readonly speedPercent: number;
  /** What is asked for now, percent of the top speed; 0: to rest. */
  readonly askedPercent: number;
  /** What keeps joints from moving; undefined while the cell does not jog at all. */
  readonly waitsFor: JogWaiting | undefined;
  readonly refusal: JogRefusal | undefined;
}

export interface JogOptions {
  /** `host:port` of the cell's gateway. */
  readonly address: string;
  /** Undefined: plain text, for a cell on this machine. */
  readonly tls: ClientTls | undefined;
  /** Who jogs, 1 to 64 characters. */
  readonly owner: string;
  /** Undefined: the first that can be jogged. */
  readonly joint: string | undefined;
  readonly onView: (view: JogView) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export interface JogByHandOptions extends JogOptions {
  /** Percent of the top speed, > 0, at most 100. */
  readonly speedPercent: number;
  /** Where the keys come from, as often as they are repeated. */
  readonly keys: (listener: (key: JogKey) => void) => void;
}

export interface JogForOptions extends JogOptions {
  readonly joint: string;
  /** Percent of the top speed, -100 to 100, not 0. */
  readonly speedPercent: number;
  /** Milliseconds, > 0. */
  readonly forMs: number;
}

/**
 * Moves joints while a person holds a key, until `signal`.
 * @returns a failure when nobody answers at the beginning
 * @throws OperatorError when the cell has no such joint, or none that can be jogged (2)
 */
export function jogByHand(options: JogByHandOptions): Promise<CallOutcome<void>> {
  return withJogger(options, async (jogger) => {
    const hand = new JogHand(jogger.cell.jogJoints, options.joint, options.speedPercent);
    options.keys((key) => hand.press(key, performance.now()));
    while (!options.signal.aborted) {
      const askedAt = performance.now();
      const speeds = hand.speeds(askedAt);
      const waitsFor = await jogger.ask(speeds, { joint: hand.joint, speedPercent: hand.speedPercent });
      if (waitsFor === undefined) hand.letGo();
      await jogger.pauseUntil(askedAt + (waitsFor === undefined ? RETRY_EVERY_MS : ASK_EVERY_MS));
    }
    return ok(undefined);
  });
}

/**
 * Moves one joint for some time, less its ramps, and ends when it stands: the process that asks is the hand that holds, and with it
 * the motion ends.
 * @returns a failure when nobody answers, or the cell refuses to jog
 * @throws OperatorError when the cell has no such joint (2), or stopped it before the time was over, or nobody held the enabling device (1)
 */
export function jogFor(options: JogForOptions): Promise<CallOutcome<void>> {
  const { joint, speedPercent, forMs, signal } = options;
  return withJogger(options, async (jogger) => {
    const said = { joint, speedPercent: Math.abs(speedPercent) };
    const give = (up: JogWaiting | undefined): CallOutcome<void> => {
      if (jogger.failure !== undefined) return err(jogger.failure);
      throw new OperatorError(
        up === 'rest'
          ? { en: 'the jog was interrupted', es: 'el movimiento a mano se interrumpió' }
          : {
              en: 'the enabling device is not held, or a stop is active',
              es: 'nadie sostiene el dispositivo de habilitación, o hay un paro activo',
            },
        {
          en: 'hold the enabling device at the cell in its middle position; celda alarms shows what stops it',
          es: 'sostenga el dispositivo de habilitación de la celda en su posición media; celda alarms muestra qué la detiene',
        },
        EXIT_CODES.failed,
      );
    };
    // Nothing is asked for before the device is held: what was asked for earlier would not move by it.
    for (const since = performance.now(); !signal.aborted; ) {
      const askedAt = performance.now();
      const waitsFor = await jogger.ask({}, said);
      if (waitsFor === 'none') break;
      if (waitsFor === undefined || askedAt - since > ENABLING_MS_MAX) return give(waitsFor);
      await jogger.pauseUntil(askedAt + ASK_EVERY_MS);
    }
    for (const since = performance.now(); performance.now() - since < forMs && !signal.aborted; ) {
      const askedAt = performance.now();
      const waitsFor = await jogger.ask({ [joint]: speedPercent }, said);
      if (waitsFor !== 'none') return give(waitsFor);
      await jogger.pauseUntil(Math.min(askedAt + ASK_EVERY_MS, since + forMs));
    }
    await jogger.ask({}, said);
    await jogger.waitForRest(said);
    return ok(undefined);
  });
}

async function withJogger(
  options: JogOptions,
  jog: (jogger: Jogger) => Promise<CallOutcome<void>>,
): Promise<CallOutcome<void>> {
  const client = new CellClient(options.address, options.tls);
  const jogClient = new JogClient(options.address, options.owner, options.tls);
  try {
    const cell = await client.cell();
    if (!cell.ok) return cell;
    checkJoint(cell.value, options.joint);
    // What is shown first says where the cell stands, also when the first request is refused.
    const state = await client.state();
    if (!state.ok) return state;
    return await jog(new Jogger(cell.value, state.value, client, jogClient, options));
  } finally {
    jogClient.close();
    client.close();
  }
}

function checkJoint({ jogJoints, name }: CellView, joint: string | undefined): void {
  if (jogJoints.length === 0) {
    throw new OperatorError(
      { en: `no joint of ${name} can be jogged`, es: `ninguna articulación de ${name} se puede mover a mano` },
      {
        en: 'it needs a manual mode in safety.modes, and reachMm for each servo',
        es: 'necesita un modo manual en safety.modes, y reachMm en cada servo',
      },
    );
  }
  if (joint !== undefined && !jogJoints.includes(joint)) {
    throw new OperatorError(
      {
        en: `${name} has no joint ${joint} that can be jogged`,
        es: `${name} no tiene la articulación ${joint} para mover a mano`,
      },
      { en: `they are: ${jogJoints.join(', ')}`, es: `son: ${jogJoints.join(', ')}` },
    );
  }
}

type Said = Pick<JogView, 'joint' | 'speedPercent'>;

/** Asks, looks, and tells. */
class Jogger {
  readonly cell: CellView;
  /** Why the last request was refused. */
  failure: CallFailure | undefined = undefined;
  readonly #client: CellClient;
  readonly #jog: JogClient;
  readonly #options: JogOptions;
  #state: CellStateView | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(cell: CellView, state: CellStateView, client: CellClient, jog: JogClient, options: JogOptions) {
    this.cell = cell;
    this.#state = state;
    this.#client = client;
    this.#jog = jog;
    this.#options = options;
  }

  /** @returns what keeps joints from moving; undefined: the cell does not jog, not even to rest */
  async ask(speeds: JogSpeeds, said: Said): Promise<JogWaiting | undefined> {
    const late = setTimeout(() => this.#jog.rest(), ANSWER_MS_MAX);
    const answer = await this.#jog.ask(speeds);
    clearTimeout(late);
    const waitsFor = answer.ok ? answer.value : undefined;
    this.failure = answer.ok ? undefined : answer.error;
    this.#tell({ ...said, waitsFor, askedPercent: Object.values(speeds)[0] ?? 0 });
    return waitsFor;
  }

  /** Looks at the cell meanwhile, when it is time to; a joint is never asked for later because of it. */
  async pauseUntil(atMs: number): Promise<void> {
    if (performance.now() - this.#lookedAt >= LOOK_EVERY_MS) {
      this.#lookedAt = performance.now();
      void this.#look();
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, atMs - performance.now())));
  }

  async waitForRest(said: Said): Promise<void> {
    const position = (): number | undefined => this.#state?.devices.find(({ name }) => name === said.joint)?.value;
    for (const since = performance.now(); performance.now() - since < RAMP_MS_MAX; ) {
      const before = position();
      await this.ask({}, said);
      await this.pauseUntil(performance.now() + LOOK_EVERY_MS);
      await this.#look();
      if (Math.abs((position() ?? Number.NaN) - (before ?? Number.NaN)) < STANDS) break;
    }
    this.#tell({ ...said, askedPercent: 0, waitsFor: 'none' });
  }

  async #look(): Promise<void> {
    const state = await this.#client.state();
    this.#state = state.ok ? state.value : undefined;
  }

  #tell(said: Said & Pick<JogView, 'askedPercent' | 'waitsFor'>): void {
    const { cell, failure } = this;
    const refusal = failure === undefined ? undefined : refusalOf(failure);
    this.#options.onView({ ...said, cell, state: this.#state, refusal });
  }
}

function refusalOf({ reason, message }: CallFailure): JogRefusal {
  const entry = Object.values(FAULTS).find((each) => each.reason === reason);
  if (entry === undefined) return { reason, text: { en: message, es: message }, response: { en: '', es: '' } };
  return {
    reason,
    text: { en: entry.title, es: entry.titleEs },
    response: { en: entry.response, es: entry.responseEs },
  };
}
