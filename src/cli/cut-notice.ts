// Tells whoever watches that the connection is gone, and that it is back: on standard error, once for each cut.
import type { RelistCause } from '../client/order-memory.ts';
import type { WatchInterrupted } from '../client/watch-cell.ts';
import type { Locale } from '../config/problem.ts';
import type { Console } from './console.ts';

const TEXTS = {
  en: {
    lost: (address: string, why: string) =>
      `the connection to ${address} is lost (${why}); it is tried again until Ctrl-C`,
    back: 'connected again',
    'token-expired':
      'the cell no longer has all that happened meanwhile: of each job order its last state was shown; celda job list shows all of them',
    'no-token': 'of what happened meanwhile the last state of each job order was shown',
  },
  es: {
    lost: (address: string, why: string) =>
      `se perdió la conexión con ${address} (${why}); se intenta de nuevo hasta Ctrl-C`,
    back: 'conectado de nuevo',
    'token-expired':
      'la celda ya no tiene todo lo que pasó entretanto: de cada orden se mostró su último estado; celda job list las muestra todas',
    'no-token': 'de lo que pasó entretanto se mostró el último estado de cada orden',
  },
} as const;

/** After a cut the present state was read anew. */
interface Relisted {
  readonly kind: 'relisted';
  readonly cause: RelistCause;
}

export class CutNotice {
  readonly #console: Console;
  readonly #texts: (typeof TEXTS)[Locale];
  readonly #address: string;
  #isLost = false;

  constructor(console: Console, locale: Locale, address: string) {
    this.#console = console;
    this.#texts = TEXTS[locale];
    this.#address = address;
  }

  /** To be told every event of the watch. @returns whether it is one that tells of the cell */
  isOfCell<Event extends { readonly kind: string }>(
    event: Event | WatchInterrupted | Relisted,
  ): event is Exclude<Event, WatchInterrupted | Relisted> {
    if (isInterrupted(event)) {
      const { reason, status } = event.error;
      this.#note(this.#texts.lost(this.#address, reason === '' ? status : reason));
      this.#isLost = true;
      return false;
    }
    if (this.#isLost) this.#note(this.#texts.back);
    this.#isLost = false;
    if (!isRelisted(event)) return true;
    this.#note(this.#texts[event.cause]);
    return false;
  }

  #note(text: string): void {
    this.#console.note(this.#console.style('yellow', text));
  }
}

function isInterrupted(event: { readonly kind: string }): event is WatchInterrupted {
  return event.kind === 'interrupted';
}

function isRelisted(event: { readonly kind: string }): event is Relisted {
  return event.kind === 'relisted';
}
