// Promises whose callbacks run on the scope's time. Native ones run between two events of the simulation kernel or after
// many of them, as the host pleases; these run at the instant at which they are settled, so a run repeats exactly.

type Settle<T> = (value: T) => void;
type State = { kind: 'pending' } | { kind: 'fulfilled'; value: unknown } | { kind: 'rejected'; reason: unknown };

interface ScopePromise {
  then(onFulfilled?: unknown, onRejected?: unknown): ScopePromise;
  catch(onRejected?: unknown): ScopePromise;
  finally(onSettled?: () => void): ScopePromise;
}

/** The part of `Promise` that the modules of a scope use; `all` takes promises and plain values. */
export interface ScopePromiseConstructor {
  new (executor: (resolve: Settle<unknown>, reject: Settle<unknown>) => void): ScopePromise;
  resolve(value?: unknown): ScopePromise;
  reject(reason?: unknown): ScopePromise;
  all(values: Iterable<unknown>): ScopePromise;
}

interface Deferral {
  /** Runs the task at the same instant, after the code that is running now. */
  readonly defer: (task: () => void) => void;
  /** Takes the reason of a rejection that nobody handles. */
  readonly onUnhandled: (reason: unknown) => void;
}

function thenOf(value: unknown): ((resolve: Settle<unknown>, reject: Settle<unknown>) => void) | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || !('then' in value))
    return undefined;
  const then: unknown = value.then;
  return typeof then === 'function' ? (resolve, reject) => void then.call(value, resolve, reject) : undefined;
}

/** Promises/A+ (sections 2.1 to 2.3) over `defer`; of the statics the three that device libraries use. */
export function createScopePromise({ defer, onUnhandled }: Deferral): ScopePromiseConstructor {
  class Promised implements ScopePromise {
    #state: State = { kind: 'pending' };
    #handled = false;
    readonly #waiting: (() => void)[] = [];

    constructor(executor: (resolve: Settle<unknown>, reject: Settle<unknown>) => void) {
      this.#follow(executor);
    }

    /** Calls `executor` with a pair of functions of which only the first call counts. */
    #follow(executor: (resolve: Settle<unknown>, reject: Settle<unknown>) => void): void {
      let called = false;
      const first = (settle: Settle<unknown>) => (value: unknown) => {
        if (called) return;
        called = true;
        settle(value);
      };
      const reject = first((reason) => this.#settle({ kind: 'rejected', reason }));
      try {
        executor(
          first((value) => this.#resolve(value)),
          reject,
        );
      } catch (thrown) {
        reject(thrown);
      }
    }

    #resolve(value: unknown): void {
      if (value === this) {
        this.#settle({ kind: 'rejected', reason: new TypeError('a promise cannot resolve to itself') });
        return;
      }
      try {
        const then = thenOf(value);
        if (then === undefined) this.#settle({ kind: 'fulfilled', value });
        else defer(() => this.#follow(then));
      } catch (thrown) {
        this.#settle({ kind: 'rejected', reason: thrown });
      }
    }

    #settle(state: Exclude<State, { kind: 'pending' }>): void {
      this.#state = state;
      for (const task of this.#waiting.splice(0)) defer(task);
      if (state.kind === 'rejected') {
        defer(() => {
          if (!this.#handled) onUnhandled(state.reason);
        });
      }
    }

    #react(onFulfilled: unknown, onRejected: unknown, resolve: Settle<unknown>, reject: Settle<unknown>): void {
      const state = this.#state;
      if (state.kind === 'pending') return;
      const value = state.kind === 'fulfilled' ? state.value : state.reason;
      const handler = state.kind === 'fulfilled' ? onFulfilled : onRejected;
      if (typeof handler !== 'function') {
        (state.kind === 'fulfilled' ? resolve : reject)(value);
        return;
      }
      try {
        resolve((handler as (value: unknown) => unknown)(value));
      } catch (thrown) {
        reject(thrown);
      }
    }

    // biome-ignore lint/suspicious/noThenProperty: this is a promise
    then(onFulfilled?: unknown, onRejected?: unknown): ScopePromise {
      this.#handled = true;
      return new Promised((resolve, reject) => {
        const task = (): void => this.#react(onFulfilled, onRejected, resolve, reject);
        if (this.#state.kind === 'pending') this.#waiting.push(task);
        else defer(task);
      });
    }

    catch(onRejected?: unknown): ScopePromise {
      return this.then(undefined, onRejected);
    }

    finally(onSettled?: () => void): ScopePromise {
      return this.then(
        (value: unknown) => Promised.resolve(onSettled?.()).then(() => value),
        (reason: unknown) => Promised.resolve(onSettled?.()).then(() => Promised.reject(reason)),
      );
    }

    static resolve(value?: unknown): ScopePromise {
      return value instanceof Promised ? value : new Promised((resolve) => resolve(value));
    }

    static reject(reason?: unknown): ScopePromise {
      return new Promised((_resolve, reject) => reject(reason));
    }

    static all(values: Iterable<unknown>): ScopePromise {
      return new Promised((resolve, reject) => {
        const results: unknown[] = [];
        const items = [...values];
        let open = items.length;
        if (open === 0) resolve(results);
        items.forEach((item, index) => {
          Promised.resolve(item).then((value: unknown) => {
            results[index] = value;
            open -= 1;
            if (open === 0) resolve(results);
          }, reject);
        });
      });
    }
  }
  return Promised;
}
