// One child process that is kept running: started, watched, started again by the restart policy, and stopped.
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { InterruptedOrder } from './interrupted-orders.ts';
import type { FromChild, Log } from './process-message.ts';
import { NO_CRASHES, onCrash, type RestartLimits, type RestartState } from './restart-policy.ts';
import type { SupervisorTexts } from './supervisor-texts.ts';

/** How a process ended: an exit code, or the signal that ended it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A started process. Real ones are forked; tests give their own. */
export interface ChildHandle {
  readonly pid: number | undefined;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export interface ChildListener {
  message(message: FromChild): void;
  /** Once; nothing follows. Never synchronously. */
  ended(exit: Exit): void;
}

export interface KeptProcessOptions {
  /** For messages, e.g. `control`. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly texts: SupervisorTexts;
  readonly limits: RestartLimits;
  readonly spawn: (listener: ChildListener) => ChildHandle;
  /** A process that was ready and has told nothing for this long is killed, ms; undefined: it is not watched. */
  readonly silenceMsMax: number | undefined;
  /** A process that was not ready after this long is killed, ms; undefined: it may take as long as it likes. */
  readonly startMsMax: number | undefined;
  readonly listener: KeptProcessListener;
}

export interface KeptProcessListener {
  /** It does its work: after the first start and after every restart. */
  ready(address: string | undefined, interrupted: readonly InterruptedOrder[]): void;
  alive(): void;
  /** It ended on its own and is down, for now or for good. */
  crashed(next: 'restart' | 'stay-down'): void;
  /** It said that it cannot work, before it was ever ready: it stays down. */
  failed(failure: Extract<FromChild, { kind: 'failed' }>): void;
}

export class KeptProcess {
  readonly #options: KeptProcessOptions;
  #child: ChildHandle | undefined;
  #restarts: RestartState = NO_CRASHES;
  #failure: Extract<FromChild, { kind: 'failed' }> | undefined;
  #wasEverReady = false;
  #isReady = false;
  #heardAt = 0;
  #cancelTimer: () => void = () => undefined;
  #onStopped: ((exit: Exit | undefined) => void) | undefined;

  constructor(options: KeptProcessOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  start(): void {
    this.#failure = undefined;
    const child = this.#options.spawn({
      message: (message) => this.#onMessage(message),
      ended: (exit) => this.#onEnded(exit),
    });
    this.#child = child;
    const { clock, log, name, startMsMax, texts } = this.#options;
    if (startMsMax === undefined) return;
    this.#cancelTimer = clock.schedule(monotonicMs(clock.now() + startMsMax), () => {
      log('error', texts.notReady(name, startMsMax));
      this.kill();
    });
  }

  /**
   * Asks it to end, and makes it end after `graceMs`. Resolves when it has: undefined when it was not running, or had not yet
   * begun: a process that is still being loaded ends by the signal, and has touched nothing.
   */
  stop(graceMs: number): Promise<Exit | undefined> {
    this.#cancelTimer();
    const child = this.#child;
    if (child === undefined) return Promise.resolve(undefined);
    const { clock, log, name, texts } = this.#options;
    return new Promise((resolve) => {
      this.#onStopped = resolve;
      this.#cancelTimer = clock.schedule(monotonicMs(clock.now() + graceMs), () => {
        log('error', texts.notEnded(name, graceMs));
        child.kill('SIGKILL');
      });
      child.kill('SIGTERM');
    });
  }

  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  #onMessage(message: FromChild): void {
    const { clock, log, listener, name } = this.#options;
    this.#heardAt = clock.now();
    switch (message.kind) {
      case 'log':
        log(message.level, `${name}: ${message.text}`);
        return;
      case 'alive':
        listener.alive();
        return;
      case 'begun':
        return;
      case 'failed':
        this.#failure = message;
        return;
      case 'ready':
        this.#isReady = true;
        this.#wasEverReady = true;
        if (this.#onStopped === undefined) {
          this.#cancelTimer();
          this.#watch();
        }
        listener.ready(message.address, message.interrupted ?? []);
        return;
      default:
        message satisfies never;
    }
  }

  /** A process that is alive but does not work any more is no better than a dead one. */
  #watch(): void {
    const { clock, log, name, silenceMsMax, texts } = this.#options;
    if (silenceMsMax === undefined) return;
    this.#cancelTimer = clock.schedule(monotonicMs(this.#heardAt + silenceMsMax), () => {
      if (clock.now() - this.#heardAt < silenceMsMax) {
        this.#watch();
        return;
      }
      log('error', texts.silent(name, silenceMsMax));
      this.kill();
    });
  }

  #onEnded(exit: Exit): void {
    const hadBegun = this.#isReady || exit.signal !== 'SIGTERM';
    this.#cancelTimer();
    this.#child = undefined;
    this.#isReady = false;
    if (this.#onStopped !== undefined) {
      this.#onStopped(hadBegun ? exit : undefined);
      return;
    }
    if (this.#failure !== undefined && !this.#wasEverReady) {
      this.#options.listener.failed(this.#failure);
      return;
    }
    this.#restart(exit);
  }

  #restart(exit: Exit): void {
    const { clock, limits, listener, log, name, texts } = this.#options;
    const { state, decision } = onCrash(this.#restarts, clock.now(), limits);
    this.#restarts = state;
    const cause = this.#failure?.text ?? texts.exit(exit);
    if (decision.kind === 'stay-down') {
      const minutes = decision.windowMs / 60_000;
      log('error', texts.staysDown(name, cause, { count: decision.crashes, minutes }));
      listener.crashed('stay-down');
      return;
    }
    log('error', texts.restarts(name, cause, decision.afterMs));
    this.#cancelTimer = clock.schedule(monotonicMs(clock.now() + decision.afterMs), () => this.start());
    listener.crashed('restart');
  }
}
