// Has a board prove, on request, that it makes its outputs safe without us: a session of its own does it, as every start does.
import type { Subscription } from 'rxjs';
import { PROOF_DISTURBED, PROOF_INTERRUPTED } from '../../../firmware-bridge/session/lease-prover.ts';
import { createSession } from '../../../firmware-bridge/session/session.ts';
import { type BoardPlan, openPermits } from '../../core/board-plan.ts';
import type { LeaseProof } from '../../core/cell-event.ts';
import { describeFault, type Fault } from '../../core/faults.ts';
import { monotonicMs } from '../../core/units.ts';
import type { BoardEvent } from '../../ports/board-port.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RandomSource } from '../../ports/random-source.ts';
import type { TransportFactory } from '../../ports/transport.ts';
import { portTrouble } from '../port-trouble.ts';
import { type Finding, roundMs } from './finding.ts';

/** What a session takes at most, with a board that restarts when its port is opened, ms; its proofs come on top. */
const OPEN_MS = 10_000;
/** A proof takes a lease and this much more, ms; it may be tried six times in each of its two rounds. */
const PROOF = { marginMs: 700, rounds: 12 } as const;

export interface LeaseProofOptions {
  readonly plan: BoardPlan;
  readonly path: string;
  readonly factory: TransportFactory;
  readonly clock: Clock;
  readonly random: RandomSource;
}

type Outcome =
  | { readonly kind: 'proven'; readonly proof: LeaseProof }
  | { readonly kind: 'refused'; readonly fault: Fault }
  /** An input is open that the board watches: it cannot be armed. */
  | { readonly kind: 'permit'; readonly inputs: readonly string[] }
  | { readonly kind: 'no-session'; readonly fault: Fault | undefined };

/**
 * Opens a session with the cell's configuration and lets it prove the lease. The board ends tripped, with its outputs at their
 * safe values.
 */
export async function proveLease(options: LeaseProofOptions): Promise<Finding> {
  return judge(await prove(options), options);
}

function prove({ plan, factory, clock, random }: LeaseProofOptions): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let linkFault: Fault | undefined;
    let isBlocked = false;
    const finish = (outcome: Outcome): void => {
      cancel();
      resolve(outcome);
      // In a turn of its own: the session is in the middle of telling us.
      queueMicrotask(() => subscription.unsubscribe());
    };
    const limitMs = OPEN_MS + PROOF.rounds * (plan.board.leaseMs + PROOF.marginMs);
    const cancel = clock.schedule(monotonicMs(clock.now() + limitMs), () =>
      finish({ kind: 'no-session', fault: linkFault }),
    );
    const subscription: Subscription = createSession({ plan, factory, clock, random }).port.events$.subscribe({
      next: (event) => {
        if (event.kind === 'link') {
          linkFault = event.cause;
          isBlocked = event.state === 'unproven';
        }
        const outcome = isBlocked ? permitOf(plan, event) : outcomeOf(event);
        if (outcome !== undefined) finish(outcome);
      },
      error: reject,
    });
  });
}

/** The image that follows the link in the same turn says which inputs it is about. */
function permitOf(plan: BoardPlan, event: BoardEvent): Outcome | undefined {
  if (event.kind !== 'image' && event.kind !== 'edge') return undefined;
  return { kind: 'permit', inputs: openPermits(plan, event.image.inputs) };
}

function outcomeOf(event: BoardEvent): Outcome | undefined {
  if (event.kind === 'proof') return { kind: 'proven', proof: event.proof };
  if (event.kind !== 'link') return undefined;
  const { cause } = event;
  const reason = cause?.detail['reason'];
  const isRefused = cause?.code === 1011 || reason === PROOF_DISTURBED || reason === PROOF_INTERRUPTED;
  return cause !== undefined && isRefused ? { kind: 'refused', fault: cause } : undefined;
}

function judge(outcome: Outcome, { plan, path }: LeaseProofOptions): Finding {
  const { leaseMs, name } = plan.board;
  const base = { check: 'lease-proof', subject: name } as const;
  const values = { leaseMs, proven: false };
  switch (outcome.kind) {
    case 'proven':
      return { ...base, level: 'ok', ...proven(outcome.proof) };
    case 'refused':
      return {
        ...base,
        level: 'fail',
        ...refused(outcome.fault, path),
        values: { ...values, ...outcome.fault.detail },
      };
    case 'permit':
      return {
        ...base,
        level: 'fail',
        ...permitOpen(outcome.inputs),
        values: { ...values, cause: 'permit', openInputs: outcome.inputs.join(', ') },
      };
    case 'no-session':
      return { ...base, level: 'fail', ...sessionTrouble(outcome.fault, path), values };
    default:
      return outcome satisfies never;
  }
}

function proven({ leaseMs, armedUntilMs, safeByMs }: LeaseProof): Pick<Finding, 'text' | 'values'> {
  const between = `${armedUntilMs.toFixed(1)}..${safeByMs.toFixed(1)} ms`;
  return {
    text: {
      en: `withheld, the board tripped after ${between} by its own clock (lease ${leaseMs} ms)`,
      es: `sin renovar, la tarjeta se disparó a los ${between} de su propio reloj (plazo ${leaseMs} ms)`,
    },
    values: {
      leaseMs,
      proven: true,
      cause: 'lease',
      armedUntilMs: roundMs(armedUntilMs),
      safeByMs: roundMs(safeByMs),
    },
  };
}

function refused(fault: Fault, path: string): Pick<Finding, 'text' | 'remedy'> {
  const text = { en: describeFault(fault, 'en'), es: describeFault(fault, 'es') };
  const { input } = fault.detail;
  if (input !== undefined) return { text, remedy: inputOpens(String(input), fault.code === 1011) };
  if (fault.code === 1011) return { text, remedy: doNotRun(path) };
  return {
    text,
    remedy: {
      en: 'this machine or the line stalled: mend what is said of loop and link above, then prove it again',
      es: 'este equipo o la línea se atascó: corrija lo que se dice arriba del ciclo y del enlace y pruebe de nuevo',
    },
  };
}

function permitOpen(inputs: readonly string[]): Pick<Finding, 'text' | 'remedy'> {
  const names = inputs.join(', ');
  return {
    text: {
      en: `not proven: open is ${names}, which the board watches, so it cannot be armed`,
      es: `sin probar: está abierto ${names}, que la tarjeta vigila, así que no se puede armar`,
    },
    remedy: {
      en: 'release that emergency stop or close that guard, or check its wire, then prove it again',
      es: 'libere ese paro de emergencia o cierre ese resguardo, o revise su cable, y pruebe de nuevo',
    },
  };
}

function sessionTrouble(cause: Fault | undefined, path: string): Pick<Finding, 'text' | 'remedy'> {
  if (cause !== undefined) return portTrouble(cause, path);
  return {
    text: { en: 'no session could be opened', es: 'no se pudo abrir ninguna sesión' },
    remedy: { en: 'mend what is said of the board above', es: 'corrija lo que se dice arriba de la tarjeta' },
  };
}

function inputOpens(input: string, isEnergised: boolean): NonNullable<Finding['remedy']> {
  return isEnergised
    ? {
        en: `${input} opens when the outputs of proveWith go on: take out of proveWith the one that it is the feedback of, or check its wire`,
        es: `${input} se abre cuando se encienden las salidas de proveWith: quite de proveWith aquella de la que es realimentación, o revise su cable`,
      }
    : {
        en: `${input} opens again and again: check its wire and its contact, then prove it again`,
        es: `${input} se abre una y otra vez: revise su cable y su contacto y pruebe de nuevo`,
      };
}

function doNotRun(path: string): NonNullable<Finding['remedy']> {
  return {
    en: `do not run a cell on this board; celda flash ${path}, then prove it again`,
    es: `no use esta tarjeta en una celda; celda flash ${path} y pruébela de nuevo`,
  };
}
