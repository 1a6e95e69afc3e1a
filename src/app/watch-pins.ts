// Shows the pins of one board of a cell that does not run. It commands nothing and cannot arm, but while a person forces an output.

import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import type { Locale } from '../config/problem.ts';
import { type BoardPlan, planBoards } from '../core/board-plan.ts';
import type { LinkState } from '../core/cell-event.ts';
import type { CellModel } from '../core/cell-model.ts';
import type { Fault } from '../core/faults.ts';
import { monotonicMs } from '../core/units.ts';
import { unopenedPort } from './board-link.ts';
import { missingPorts, openingBaud, portOf } from './board-ports.ts';
import { recordCommand } from './command-record.ts';
import { forceBegun, forceEnded } from './force-record.ts';
import { HeldBoard } from './held-board.ts';
import { journalPath } from './journal-place.ts';
import { loadCheckedCell } from './load-checked-cell.ts';
import { acquireLock } from './lock-file.ts';
import { type SelectorView, viewSelector } from './mode-selector-view.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import type { ForceKey, ForceView } from './pin-forcing.ts';
import { type PinView, viewPins } from './pin-view.ts';
import { heldPort, isUnreachable, portTrouble } from './port-trouble.ts';
import { portUser } from './port-user.ts';
import { createRealClock } from './real-clock.ts';
import { prepareRuntime } from './runtime-dir.ts';
import { createSystemRandom } from './system-random.ts';

/** Between views, ms. */
const VIEW_EVERY_MS = 100;
/** Without a session for this long a single view is given up, ms: an Arduino restarts when its port is opened. */
const OPEN_MS = 10_000;

export interface IoView {
  readonly board: string;
  /** `stopped`, `armed` while an output is forced, and `unproven` before that is possible: the pins are live. */
  readonly link: LinkState;
  /** Why the link is down, undefined while it is not. */
  readonly cause: Fault | undefined;
  readonly path: string;
  /** Age of what is shown, ms; undefined before the first image. */
  readonly ageMs: number | undefined;
  readonly pins: readonly PinView[];
  readonly selector: SelectorView | undefined;
  /** Undefined where nothing can be forced. */
  readonly force: ForceView | undefined;
}

/** What a person asks for: to hold an output, to select another, or a new session after a trip. */
export type IoKey = ForceKey | 'previous' | 'next' | 'reopen';

export interface WatchPinsOptions {
  readonly cellPath: string;
  /** Undefined: the only board of the cell. */
  readonly board: string | undefined;
  readonly ports: Readonly<Record<string, string>>;
  /** Ends with the first view of a live board. */
  readonly isOnce: boolean;
  readonly locale: Locale;
  readonly onView: (view: IoView) => void;
  /** Where the keys of the person who forces come from, as often as they are repeated; undefined: nothing is forced. */
  readonly keys: ((listener: (key: IoKey) => void) => void) | undefined;
  /** Told one line of what could not be recorded. */
  readonly note: (line: string) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Opens a session with the cell's configuration, which drives outputs to their safe values, as in a stopped cell.
 * @throws OperatorError when the cell runs or its port is held (4), the board or its port is not named or cannot be opened
 *   (2), or, for a single view, the board does not answer (1)
 */
export async function watchPins(options: WatchPinsOptions): Promise<void> {
  const cell = loadCheckedCell(options.cellPath, options.locale);
  const plan = chooseBoard(cell, options.board, options.locale);
  const only = { ...cell, boards: [plan.board] };
  const missing = missingPorts(only, options.ports, { locale: options.locale, mayLook: false });
  if (missing !== undefined) throw missing;
  const lock = acquireLock(prepareRuntime(options.cellPath, '').lock);
  try {
    const watcher = new PinWatcher(cell, plan, portOf(plan.board, options.ports) ?? '', options);
    await (options.keys === undefined ? watcher.run() : recorded(watcher, plan.board.name, options));
  } finally {
    lock.release();
  }
}

/** Who forces outputs is on disk before the board is opened. */
async function recorded(watcher: PinWatcher, board: string, options: WatchPinsOptions): Promise<void> {
  const journal = journalPath(options.cellPath);
  recordCommand(journal, forceBegun(board), options);
  try {
    await watcher.run();
  } finally {
    recordCommand(journal, forceEnded(board, watcher.forced), options);
  }
}

function chooseBoard(cell: CellModel, name: string | undefined, locale: Locale): BoardPlan {
  const plans = planBoards(cell);
  const named = name === undefined && plans.length === 1 ? plans[0] : plans.find(({ board }) => board.name === name);
  if (named !== undefined) return named;
  const names = plans.map(({ board }) => board.name).join(', ');
  if (locale === 'es') {
    const what = name === undefined ? 'la celda tiene varias tarjetas' : `la celda no tiene la tarjeta ${name}`;
    throw new OperatorError(what, `indique una con --board: ${names}`);
  }
  const what = name === undefined ? 'the cell has several boards' : `the cell has no board ${name}`;
  throw new OperatorError(what, `name one with --board: ${names}`);
}

class PinWatcher {
  readonly #cell: CellModel;
  readonly #plan: BoardPlan;
  readonly #path: string;
  readonly #options: WatchPinsOptions;
  readonly #clock = createRealClock();
  #board: HeldBoard | undefined = undefined;
  readonly #forced = new Set<string>();
  #hasBeenOpen = false;
  #cancelView: () => void = () => undefined;
  #end: (error?: Error) => void = () => undefined;

  constructor(cell: CellModel, plan: BoardPlan, path: string, options: WatchPinsOptions) {
    this.#cell = cell;
    this.#plan = plan;
    this.#path = path;
    this.#options = options;
  }

  /** Outputs that were forced until now. */
  get forced(): ReadonlySet<string> {
    return this.#forced;
  }

  async run(): Promise<void> {
    const { signal, locale } = this.#options;
    const user = portUser(this.#path);
    if (user !== undefined) throw held(heldPort(this.#path, user), locale);
    const abort = (): void => this.#end();
    signal.addEventListener('abort', abort);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#end = (error) => (error === undefined ? resolve() : reject(error));
        this.#start();
      });
    } finally {
      signal.removeEventListener('abort', abort);
      this.#cancelView();
      this.#board?.stop();
    }
  }

  #start(): void {
    const { keys } = this.#options;
    const clock = this.#clock;
    const board = new HeldBoard({
      cell: this.#cell,
      plan: this.#plan,
      factory: openTransport(this.#path, { clock, baud: openingBaud(this.#plan.board) }),
      clock,
      random: createSystemRandom(),
      isForced: keys !== undefined,
      onLink: (state, cause) => this.#onLink(state, cause),
      onError: (error) => this.#end(error),
    });
    this.#board = board;
    board.start();
    this.#viewAt(clock.now() + VIEW_EVERY_MS, clock.now() + OPEN_MS);
    keys?.((key) => this.#onKey(board, key));
  }

  #onKey(board: HeldBoard, key: IoKey): void {
    if (key === 'reopen') board.reopen();
    else if (key === 'previous' || key === 'next') board.forcing?.select(key === 'next' ? 1 : -1);
    else board.forcing?.press(key, this.#clock.now());
    this.#forceView();
  }

  /** Looked at with every key and every view: a key counts as held for longer than a view takes. */
  #forceView(): ForceView | undefined {
    const force = this.#board?.forcing?.view(this.#clock.now());
    if (force?.isForced === true && force.selected !== undefined) this.#forced.add(force.selected);
    return force;
  }

  #onLink(state: LinkState, cause: Fault | undefined): void {
    if (state === 'stopped') this.#hasBeenOpen = true;
    // A port that cannot be opened at the start is a mistake; later it is a cable that was pulled, and may come back.
    const unopened = unopenedPort(cause);
    if (unopened !== undefined && !this.#hasBeenOpen) this.#end(this.#unopened(unopened));
  }

  #unopened(cause: Fault): OperatorError {
    const trouble = portTrouble(cause, this.#path);
    const { locale } = this.#options;
    if (cause.detail['reason'] === 'in use') return held(trouble, locale);
    const exitCode = isUnreachable(cause, this.#path) ? EXIT_CODES.unreachable : EXIT_CODES.usage;
    return new OperatorError(trouble.text[locale], trouble.remedy[locale], exitCode);
  }

  #viewAt(atMs: number, giveUpAt: number): void {
    this.#cancelView = this.#clock.schedule(monotonicMs(atMs), () => {
      const { isOnce, onView, locale } = this.#options;
      const isLive = this.#board?.image !== undefined;
      if (!isOnce || isLive) onView(this.#view());
      if (isOnce && isLive) this.#end();
      else if (isOnce && this.#clock.now() >= giveUpAt) this.#end(silent(this.#board?.cause, this.#path, locale));
      else this.#viewAt(Math.max(atMs + VIEW_EVERY_MS, this.#clock.now()), giveUpAt);
    });
  }

  #view(): IoView {
    const { image, link, cause } = this.#board ?? {};
    const pins = viewPins(this.#cell, this.#plan, image);
    return {
      board: this.#plan.board.name,
      link: link ?? 'connecting',
      cause,
      path: this.#path,
      ageMs: image === undefined ? undefined : this.#clock.now() - image.receivedAt,
      pins,
      selector: viewSelector(this.#cell, pins),
      force: this.#forceView(),
    };
  }
}

type Trouble = ReturnType<typeof portTrouble>;

function held({ text, remedy }: Trouble, locale: Locale): OperatorError {
  return new OperatorError(text[locale], remedy[locale], EXIT_CODES.occupied);
}

function silent(cause: Fault | undefined, path: string, locale: Locale): OperatorError {
  const { text, remedy } = portTrouble(cause ?? { code: 1005, detail: {} }, path);
  return new OperatorError(text[locale], remedy[locale], EXIT_CODES.failed);
}
