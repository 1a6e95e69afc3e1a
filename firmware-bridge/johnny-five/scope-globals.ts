// The globals that modules of a scope see in place of Node's: a process that cannot be ended, a console that does not
// print, chance that repeats. Injected as parameters of each module; nothing of the real process is changed.
import { format } from 'node:util';
import { type Log, reasonOf } from './log.ts';
import type { ScopePromiseConstructor } from './scope-promise.ts';
import type { ScopeTime } from './scope-time.ts';

/** Names of the injected parameters, in the order in which `injectedValues` gives them. */
export const INJECTED_NAMES = [
  'process',
  'console',
  'global',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'Date',
  'performance',
  'Math',
  'Promise',
] as const;

type InjectedName = (typeof INJECTED_NAMES)[number];

function refuse(what: string): () => never {
  return () => {
    throw new Error(`${what} is refused: catalogue devices must not touch the process that runs the cell`);
  };
}

/** `on` and its like take listeners and forget them: no signal reaches a catalogue device, so none can end the process. */
function scopeProcess(time: ScopeTime, log: Log): object {
  const self: Record<string, unknown> = {
    argv: [],
    execArgv: [],
    env: Object.freeze({}),
    pid: 0,
    platform: process.platform,
    version: process.version,
    versions: { node: process.versions.node },
    stdout: { isTTY: false, write: (text: string) => log('info', text) },
    stderr: { isTTY: false, write: (text: string) => log('warn', text) },
    hrtime: Object.assign(time.hrtime, { bigint: () => hrtimeBigint(time) }),
    nextTick: time.nextTick,
    uptime: () => time.uptimeMs() / 1000,
    cwd: () => '/',
    emitWarning: (warning: unknown) => log('warn', reasonOf(warning)),
    listenerCount: () => 0,
    emit: () => false,
  };
  for (const name of ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners']) {
    self[name] = () => self;
  }
  for (const name of ['exit', 'reallyExit', 'abort', 'kill', 'chdir', 'binding', 'dlopen']) {
    self[name] = refuse(`process.${name}`);
  }
  return self;
}

function hrtimeBigint(time: ScopeTime): bigint {
  const [seconds, nanoseconds] = time.hrtime();
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
}

function scopeConsole(log: Log): object {
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (first: unknown, ...rest: unknown[]) => {
      log(level, format(first, ...rest));
    };
  return {
    log: at('info'),
    info: at('info'),
    debug: at('info'),
    trace: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

/**
 * Math with a `random` that starts alike in every scope (mulberry32). Johnny-Five and firmata-io use it for the ids of
 * boards and of one-wire requests only, which never leave the scope.
 */
function scopeMath(): object {
  let state = 0x9e3779b9;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const names = Object.getOwnPropertyDescriptors(Math);
  return Object.defineProperties({}, { ...names, random: { value: random } });
}

/** @returns the values of `INJECTED_NAMES`, in their order. */
export function injectedValues(time: ScopeTime, log: Log, promise: ScopePromiseConstructor): readonly unknown[] {
  const values: Record<Exclude<InjectedName, 'global' | 'globalThis'>, unknown> = {
    process: scopeProcess(time, log),
    console: scopeConsole(log),
    setTimeout: time.setTimeout,
    setInterval: time.setInterval,
    setImmediate: time.setImmediate,
    clearTimeout: time.clear,
    clearInterval: time.clear,
    clearImmediate: time.clear,
    queueMicrotask: time.nextTick,
    Date: time.Date,
    performance: { now: () => time.uptimeMs() },
    Math: scopeMath(),
    Promise: promise,
  };
  // lodash looks for a `global` whose `Object` is the real one, and takes Date from it: so it inherits the real one.
  const global = Object.create(globalThis, {
    ...Object.getOwnPropertyDescriptors(values),
  }) as object;
  Object.defineProperty(global, 'global', { value: global });
  Object.defineProperty(global, 'globalThis', { value: global });
  return INJECTED_NAMES.map((name) => (name === 'global' || name === 'globalThis' ? global : values[name]));
}
