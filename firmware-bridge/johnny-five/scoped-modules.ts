// Evaluates Johnny-Five, firmata-io and what they need in a module scope of their own, with injected globals.
// Each scope has fresh module state and its own time; only compiled source is shared between scopes.
import events from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname } from 'node:path';
import util from 'node:util';
import { compileFunction } from 'node:vm';
import type { Clock } from '../../src/ports/clock.ts';
import { type Log, reasonOf } from './log.ts';
import { INJECTED_NAMES, injectedValues } from './scope-globals.ts';
import { createScopePromise } from './scope-promise.ts';
import { createScopeTime, type ScopeTime } from './scope-time.ts';

/** One private copy of Johnny-Five and all it needs; a new session of a board makes a new one. */
export interface ModuleScope {
  readonly time: ScopeTime;
  /**
   * Evaluates a module and what it requires, once per scope.
   * @param request as in CommonJS, seen from this folder: `johnny-five`, `johnny-five/lib/relay`, `firmata-io`
   * @throws when the module is not on the list of what may be evaluated, is missing, or throws itself
   */
  require(request: string): unknown;
  /** Runs code that calls into the modules of the scope; what it throws is logged, and ends nothing. */
  guard(task: () => void): void;
  /** Ends all timers of the scope. */
  dispose(): void;
}

interface LoadedModule {
  exports: unknown;
}

type ModuleFunction = (...values: unknown[]) => void;

/** Everything that may be evaluated in a scope: the two libraries and their pure JavaScript dependencies. */
const PACKAGES: ReadonlySet<string> = new Set([
  'johnny-five',
  'firmata-io',
  'ansi-styles',
  'chalk',
  'color-convert',
  'color-name',
  'escape-string-regexp',
  'has-flag',
  'lodash.clonedeep',
  'lodash.debounce',
  'nanotimer',
  'supports-color',
  'temporal',
]);

/** Node's own modules that a scope may have: none of them reaches a device, a file or the process. */
const BUILTINS: Readonly<Record<string, unknown>> = {
  events,
  util,
  os: { release: () => os.release(), EOL: os.EOL },
  repl: {
    start: () => {
      throw new Error('the Johnny-Five prompt is refused: open the board with `repl: false`');
    },
  },
};

const rootRequire = createRequire(import.meta.url);
const compiled = new Map<string, ModuleFunction>();
const resolved = new Map<string, string>();

/** Compiled code is free of state, so all scopes share it; V8 keeps it, and a further scope costs only its evaluation. */
function compile(file: string): ModuleFunction {
  const known = compiled.get(file);
  if (known !== undefined) return known;
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname', ...INJECTED_NAMES];
  const fresh = compileFunction(readFileSync(file, 'utf8'), parameters, { filename: file }) as ModuleFunction;
  compiled.set(file, fresh);
  return fresh;
}

function packageOf(request: string): string {
  const [first = '', second = ''] = request.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function isRelative(request: string): boolean {
  return request.startsWith('./') || request.startsWith('../') || request === '.' || request === '..';
}

function resolve(request: string, parent: string | undefined): string {
  if (!isRelative(request) && !PACKAGES.has(packageOf(request))) {
    throw new Error(`require('${request}') is refused: it is not among the modules that catalogue devices may use`);
  }
  const key = `${parent ?? ''}\0${request}`;
  const known = resolved.get(key);
  if (known !== undefined) return known;
  const file = (parent === undefined ? rootRequire : createRequire(parent)).resolve(request);
  resolved.set(key, file);
  return file;
}

/**
 * @param clock drives every timer and every reading of the time in the scope
 * @param log   takes what the modules would print, and the errors of their callbacks
 */
export function createModuleScope(clock: Clock, log: Log): ModuleScope {
  const onError = (thrown: unknown): void => log('error', `a catalogue device failed: ${reasonOf(thrown)}`);
  const time = createScopeTime(clock, onError);
  const promise = createScopePromise({ defer: (task) => time.nextTick(task), onUnhandled: onError });
  const injected = injectedValues(time, log, promise);
  const loaded = new Map<string, LoadedModule>();

  function load(file: string): unknown {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    const module: LoadedModule = { exports: {} };
    loaded.set(file, module);
    try {
      const requireFrom = (request: string): unknown => BUILTINS[request] ?? load(resolve(request, file));
      const folder = dirname(file);
      compile(file).call(module.exports, module.exports, requireFrom, module, file, folder, ...injected);
    } catch (thrown) {
      loaded.delete(file);
      throw thrown;
    }
    return module.exports;
  }

  return {
    time,
    require: (request) => load(resolve(request, undefined)),
    guard: (task) => {
      try {
        task();
      } catch (thrown) {
        onError(thrown);
      }
    },
    dispose: () => time.dispose(),
  };
}
