// Proves on the board itself that it makes its outputs safe without us: arms it, stops talking, and reads back when it tripped.
import type { Subscription } from 'rxjs';
import { createSession } from '../../../firmware-bridge/session/session.ts';
import { type BoardPlan, HOLD } from '../../core/board-plan.ts';
import type { Fault } from '../../core/faults.ts';
import { monotonicMs } from '../../core/units.ts';
import type { BoardEvent, BoardImage } from '../../ports/board-port.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RandomSource } from '../../ports/random-source.ts';
import type { TransportFactory } from '../../ports/transport.ts';
import { portTrouble } from '../port-trouble.ts';
import { type Finding, roundMs } from './finding.ts';

/** Between commands while armed, ms. */
const COMMAND_EVERY_MS = 10;
/** Commands executed before the lease is withheld. */
const COMMANDS = 20;
/** What a session takes at most, with a board that restarts when its port is opened, ms. */
const OPEN_MS = 10_000;
/** A board sends an image every 10 ms, and one may be lost: what the read-back may be later than the trip, ms. */
const READ_BACK_MS = 21;
/** The lease is decided in the board's tick, ms. */
const TICK_MS = 1;
/** The receipt of the last command may come this much after the command, ms: the board's time is that of the receipt. */
const RECEIPT_MS = 5;
/** This machine may stall, or the line lose a frame, in the middle of it: then it says nothing about the board. */
const ATTEMPTS = 3;

export interface LeaseProofOptions {
  readonly plan: BoardPlan;
  readonly path: string;
  readonly factory: TransportFactory;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** By the board's own clock, since it executed the last command, ms. */
type Proof =
  | { readonly kind: 'tripped'; readonly armedUntilMs: number; readonly safeByMs: number; readonly cause: string }
  | { readonly kind: 'still-armed'; readonly armedUntilMs: number }
  /** The board tripped, but not because we wanted it to, or its receipt was lost. */
  | { readonly kind: 'disturbed' }
  | { readonly kind: 'no-session'; readonly fault: Fault | undefined };

/**
 * Opens a session with the cell's configuration, arms it with every output at its safe value, and withholds the lease.
 * Nothing moves: armed and tripped, the outputs are the same. The board ends tripped.
 */
export async function proveLease(options: LeaseProofOptions): Promise<Finding> {
  let proof: Proof = { kind: 'disturbed' };
  for (let attempt = 0; attempt < ATTEMPTS && proof.kind === 'disturbed'; attempt += 1) {
    proof = await new LeaseProof(options).run();
  }
  return judge(proof, options);
}

class LeaseProof {
  readonly #options: LeaseProofOptions;
  readonly #outputs: readonly number[];
  #subscription: Subscription | undefined = undefined;
  #cancelTimer: () => void = () => undefined;
  #cycle = 0;
  #isWithheld = false;
  #renewedUs: number | undefined = undefined;
  #armedUntilUs = 0;
  #tripCause = '';
  #linkFault: Fault | undefined = undefined;
  #finish: (proof: Proof) => void = () => undefined;

  constructor(options: LeaseProofOptions) {
    this.#options = options;
    // A servo that would keep its last pulse gets none instead: it has had none in this session.
    this.#outputs = options.plan.outputs.map(({ safeValue }) => (safeValue === HOLD ? 0 : safeValue));
  }

  run(): Promise<Proof> {
    return new Promise((resolve, reject) => {
      const session = createSession(this.#options);
      this.#finish = (proof) => {
        this.#cancelTimer();
        this.#finish = () => undefined;
        resolve(proof);
        // In a turn of its own: the session is in the middle of telling us.
        queueMicrotask(() => this.#subscription?.unsubscribe());
      };
      const command = (): void => {
        this.#cycle += 1;
        session.port.write({ cycle: this.#cycle, arm: true, outputs: this.#outputs });
      };
      this.#after(OPEN_MS, () => this.#finish({ kind: 'no-session', fault: this.#linkFault }));
      this.#subscription = session.port.events$.subscribe({
        next: (event) => this.#onEvent(event, command),
        error: reject,
      });
    });
  }

  #after(delayMs: number, task: () => void): void {
    const { clock } = this.#options;
    this.#cancelTimer();
    this.#cancelTimer = clock.schedule(monotonicMs(clock.now() + delayMs), task);
  }

  #onEvent(event: BoardEvent, command: () => void): void {
    if (event.kind !== 'link') {
      this.#onImage(event.image);
      return;
    }
    this.#linkFault = event.cause;
    if (event.state === 'stopped' && this.#cycle === 0) this.#drive(command);
    if (event.state === 'tripped') this.#tripCause = String(event.cause?.detail['cause'] ?? '');
    if (event.state === 'down' && this.#cycle > 0) this.#finish({ kind: 'no-session', fault: event.cause });
  }

  #drive(command: () => void): void {
    command();
    if (this.#cycle < COMMANDS) this.#after(COMMAND_EVERY_MS, () => this.#drive(command));
    else {
      this.#isWithheld = true;
      const { leaseMs } = this.#options.plan.board;
      this.#after(2 * leaseMs + 500, () => this.#finish({ kind: 'still-armed', armedUntilMs: this.#sinceRenewal() }));
    }
  }

  #onImage(image: BoardImage): void {
    if (!this.#isWithheld && this.#tripCause === '') return;
    if (image.armed) {
      if (image.receiptCycle === this.#cycle) this.#renewedUs ??= image.boardTimeUs;
      this.#armedUntilUs = image.boardTimeUs;
      return;
    }
    const safeByMs = (image.boardTimeUs - (this.#renewedUs ?? image.boardTimeUs)) / 1_000;
    const isDisturbed = this.#tripCause === 'lease' && safeByMs < this.#options.plan.board.leaseMs - RECEIPT_MS;
    const times = { armedUntilMs: this.#sinceRenewal(), safeByMs, cause: this.#tripCause };
    this.#finish(isDisturbed ? { kind: 'disturbed' } : { kind: 'tripped', ...times });
  }

  #sinceRenewal(): number {
    return this.#renewedUs === undefined ? 0 : (this.#armedUntilUs - this.#renewedUs) / 1_000;
  }
}

function judge(proof: Proof, options: LeaseProofOptions): Finding {
  const { leaseMs, name } = options.plan.board;
  const base = { check: 'lease-proof', subject: name };
  switch (proof.kind) {
    case 'no-session':
      return {
        ...base,
        level: 'fail',
        ...sessionTrouble(proof.fault, options.path),
        values: { leaseMs, proven: false },
      };
    case 'disturbed':
      return { ...base, level: 'fail', ...DISTURBED, values: { leaseMs, proven: false } };
    case 'still-armed':
      return {
        ...base,
        level: 'fail',
        ...stillArmed(proof.armedUntilMs.toFixed(1), leaseMs),
        remedy: doNotRun(options.path),
        values: { leaseMs, proven: false, armedUntilMs: roundMs(proof.armedUntilMs) },
      };
    case 'tripped':
      return { ...base, ...judgeTrip(proof, leaseMs, options.path) };
    default:
      return proof satisfies never;
  }
}

function judgeTrip(
  proof: Extract<Proof, { readonly kind: 'tripped' }>,
  leaseMs: number,
  path: string,
): Pick<Finding, 'level' | 'text' | 'remedy' | 'values'> {
  const { armedUntilMs, safeByMs, cause } = proof;
  const proven = cause === 'lease' && isWithinLease(proof, leaseMs);
  const between = `${armedUntilMs.toFixed(1)}..${safeByMs.toFixed(1)} ms`;
  return {
    level: proven ? 'ok' : 'fail',
    text: {
      en: `withheld, the board tripped after ${between} by its own clock (lease ${leaseMs} ms, cause ${cause})`,
      es: `sin renovar, la tarjeta se disparó a los ${between} de su propio reloj (plazo ${leaseMs} ms, causa ${cause})`,
    },
    ...(proven ? {} : { remedy: cause === 'permit' ? CLOSE_PERMITS : doNotRun(path) }),
    values: { leaseMs, proven, cause, armedUntilMs: roundMs(armedUntilMs), safeByMs: roundMs(safeByMs) },
  };
}

const CLOSE_PERMITS = {
  en: 'release the emergency stop and close the guards that the board watches, then prove it again',
  es: 'libere el paro de emergencia y cierre las guardas que la tarjeta vigila y pruebe de nuevo',
} as const;

const DISTURBED = {
  text: {
    en: `in ${ATTEMPTS} attempts this machine or the line stalled: nothing is proven`,
    es: `en ${ATTEMPTS} intentos este equipo o la línea se atascó: no se probó nada`,
  },
  remedy: {
    en: 'mend what is said of loop and link above, then prove it again',
    es: 'corrija lo que se dice arriba del ciclo y del enlace y pruebe de nuevo',
  },
} as const;

function sessionTrouble(cause: Fault | undefined, path: string): Pick<Finding, 'text' | 'remedy'> {
  if (cause !== undefined) return portTrouble(cause, path);
  return {
    text: { en: 'no session could be opened', es: 'no se pudo abrir ninguna sesión' },
    remedy: { en: 'mend what is said of the board above', es: 'corrija lo que se dice arriba de la tarjeta' },
  };
}

function stillArmed(armedMs: string, leaseMs: number): Pick<Finding, 'text'> {
  return {
    text: {
      en: `the board did not trip: armed ${armedMs} ms after its last command (lease ${leaseMs} ms)`,
      es: `la tarjeta no se disparó: armada ${armedMs} ms después de la última orden (plazo ${leaseMs} ms)`,
    },
  };
}

/** Seen armed after the lease is late for certain; seen safe much later is no proof either. */
function isWithinLease(
  { armedUntilMs, safeByMs }: { readonly armedUntilMs: number; readonly safeByMs: number },
  leaseMs: number,
): boolean {
  return armedUntilMs <= leaseMs + TICK_MS && safeByMs <= leaseMs + TICK_MS + READ_BACK_MS;
}

function doNotRun(path: string): NonNullable<Finding['remedy']> {
  return {
    en: `do not run a cell on this board; celda flash ${path}, then prove it again`,
    es: `no use esta tarjeta en una celda; celda flash ${path} y pruébela de nuevo`,
  };
}
