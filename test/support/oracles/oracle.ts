// How an oracle of a safety function block is stated, and what is common to all of them: Activate, edges, time in a state.
// An oracle is written from the published descriptions of the blocks alone and shares nothing with src/safety.

/** Level of each input of a block; undefined while it cannot be read. */
export type Levels = Readonly<Record<string, boolean | undefined>>;
/** Parameters of a block, by the keys of its interface. */
export type Settings = Readonly<Record<string, boolean | number>>;

/** One call of a block. */
export interface Scan {
  readonly activate: boolean;
  readonly levels: Levels;
  /** Time since the call before, ms. */
  readonly dtMs: number;
}

/** What an oracle keeps between two calls. */
export interface Memory {
  /** Code of the oracle's own state, as its source writes it. */
  readonly code: string;
  /** Time in this state, ms, counted up to one more than the longest limit. */
  readonly ms: number;
  /** Time on the clock that runs across states, ms, counted likewise. */
  readonly runMs: number;
  /** Levels in the call before of the inputs whose edges count: `t`, `f`, or `u` for unread. */
  readonly before: string;
  /** Whatever else the block remembers, such as the selected mode. */
  readonly note: string;
}

/** What a transition may look at. */
export interface Facts {
  readonly is: (input: string) => boolean;
  /** It could not be read in this call. */
  readonly isUnread: (input: string) => boolean;
  /** FALSE in the call before and TRUE in this one. */
  readonly rose: (input: string) => boolean;
  /** TRUE in the call before and not in this one. */
  readonly fell: (input: string) => boolean;
  readonly ms: number;
  readonly runMs: number;
  readonly note: string;
  readonly settings: Settings;
}

export interface BlockOracle {
  readonly type: string;
  /** Inputs to try all values of. */
  readonly inputs: readonly string[];
  /** Those of them whose edges count. */
  readonly edges: readonly string[];
  /** Inputs whose rising edge is the deliberate act that an output which latches asks for; `reset` where nothing is said. */
  readonly rearms?: readonly string[];
  /** Parameters to try. Times are short, so that few steps reach them. */
  readonly settings: readonly Settings[];
  /** Inputs that keep their level under these settings, where trying all would tell nothing more. */
  fixed?(settings: Settings): Levels;
  /** Times that matter under these settings, ms. */
  limitsMs(settings: Settings): readonly number[];
  /** One transition of an activated block. @returns the next state, with the new note where it changes */
  next(code: string, facts: Facts): string | readonly [code: string, note: string];
  /** States in which the clock across states runs; it starts at the entry from any other state. */
  readonly running?: (code: string) => boolean;
  /** Code of V2.01 for each state whose own code differs from it. */
  readonly toV2: Readonly<Record<string, string>>;
  /** By the names of the interface: the states, in the oracle's own codes, in which each output is TRUE. */
  readonly outputs: Readonly<Record<string, readonly string[] | ((code: string, note: string) => boolean)>>;
}

export const IDLE = '0000';

export function firstMemory(oracle: BlockOracle): Memory {
  return { code: IDLE, ms: 0, runMs: 0, before: 'u'.repeat(oracle.edges.length), note: '' };
}

function letter(level: boolean | undefined): string {
  if (level === undefined) return 'u';
  return level ? 't' : 'f';
}

/** One call of an oracle. */
export function stepOracle(oracle: BlockOracle, settings: Settings, memory: Memory, scan: Scan): Memory {
  const capMs = Math.max(0, ...oracle.limitsMs(settings)) + 1;
  const { levels } = scan;
  const before = (input: string): string | undefined => memory.before[oracle.edges.indexOf(input)];
  const is = (input: string): boolean => levels[input] === true;
  const facts: Facts = {
    is,
    isUnread: (input) => levels[input] === undefined,
    rose: (input) => is(input) && before(input) === 'f',
    fell: (input) => !is(input) && before(input) === 't',
    ms: Math.min(memory.ms + scan.dtMs, capMs),
    runMs: Math.min(memory.runMs + scan.dtMs, capMs),
    note: memory.note,
    settings,
  };
  const answer = scan.activate ? oracle.next(memory.code, facts) : ([IDLE, ''] as const);
  const [code, note] = typeof answer === 'string' ? [answer, memory.note] : answer;
  const runs = oracle.running ?? (() => false);
  return {
    code,
    ms: code === memory.code ? facts.ms : 0,
    runMs: runs(code) && runs(memory.code) ? facts.runMs : 0,
    before: oracle.edges.map((input) => letter(levels[input])).join(''),
    note,
  };
}

/** @returns the diagnostic code of V2.01 that the block must show */
export function codeOf(oracle: BlockOracle, memory: Memory): string {
  return oracle.toV2[memory.code] ?? memory.code;
}

/** @returns the output of this name */
export function isOn(oracle: BlockOracle, output: string, { code, note }: Memory): boolean {
  const trueIn = oracle.outputs[output] ?? [];
  return typeof trueIn === 'function' ? trueIn(code, note) : trueIn.includes(code);
}

export const noLimits = (): readonly number[] => [];

/** TRUE and not just risen: a reset that is stuck, or held since before it counts. */
export function isHeld({ is, rose }: Facts, input = 'reset'): boolean {
  return is(input) && !rose(input);
}
