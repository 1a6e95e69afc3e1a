// What each safety function block is wired to. The configuration, the boards' permits and the safety program all read this table;
// what a block does with its inputs is in src/safety. Modelled on PLCopen Safety Software Part 1 V2.01.

/** A safe input: a digital input of the cell, or the output of another block. TRUE while closed. */
interface SignalInterface {
  readonly description: string;
  /** The block's output is never TRUE while this one is FALSE, so that a board may watch it by itself. */
  readonly isNeeded: boolean;
  /** What it counts as while it cannot be read: the value that demands the safety function. */
  readonly whenUnread: boolean;
}

/** A time, whole or broken milliseconds, both ends allowed. */
interface TimeInterface {
  readonly description: string;
  readonly minMs: number;
  readonly maxMs: number;
}

export interface BlockInterface {
  readonly description: string;
  readonly signals: Readonly<Record<string, SignalInterface>>;
  readonly times: Readonly<Record<string, TimeInterface>>;
  /** Keeps a restart interlock: once FALSE, its output needs a fresh edge of `reset`, a digital input, to be TRUE again. */
  readonly latches: boolean;
  /** Of a pair of signals that must come from two different inputs. */
  readonly isRedundant: boolean;
}

const needed = (description: string): SignalInterface => ({ description, isNeeded: true, whenUnread: false });

const discrepancyTimeMs = {
  description: 'How long the two inputs may differ before it is a fault.',
  minMs: 1,
  maxMs: 60_000,
} as const;

export const SAFETY_BLOCKS = {
  SF_Equivalent: {
    description: 'Two channels that must agree.',
    signals: { channelA: needed('First channel'), channelB: needed('Second channel') },
    times: { discrepancyTimeMs },
    latches: false,
    isRedundant: true,
  },
  SF_Antivalent: {
    description: 'Two channels that must differ: a normally closed and a normally open contact of one device.',
    signals: {
      channelNC: needed('The contact that opens on demand'),
      channelNO: { description: 'The contact that closes on demand', isNeeded: false, whenUnread: true },
    },
    times: { discrepancyTimeMs },
    latches: false,
    isRedundant: true,
  },
  SF_EmergencyStop: {
    description: 'Latches an emergency stop until a fresh reset.',
    signals: { input: needed('The emergency stop') },
    times: {},
    latches: true,
    isRedundant: false,
  },
  SF_ESPE: {
    description: 'Latches the demand of a light curtain or scanner until a fresh reset.',
    signals: { input: needed('The output of the protective equipment, TRUE while nobody is seen') },
    times: {},
    latches: true,
    isRedundant: false,
  },
  SF_PSE: {
    description: 'Latches the demand of a safety mat, edge or bumper until a fresh reset.',
    signals: { input: needed('The pressure-sensitive equipment, TRUE while nobody is on it') },
    times: {},
    latches: true,
    isRedundant: false,
  },
  SF_Guard: {
    description: 'Watches a guard door.',
    signals: {
      switch1: needed('First switch'),
      switch2: needed('Second switch; the same as switch1 for a guard with one'),
    },
    times: { discrepancyTimeMs },
    latches: true,
    isRedundant: false,
  },
  SF_TwoHandControlTypeII: {
    description: 'TRUE while both buttons are pressed, each of them anew.',
    signals: { button1: needed('Button of one hand'), button2: needed('Button of the other') },
    times: {},
    latches: false,
    isRedundant: true,
  },
  SF_TwoHandControlTypeIII: {
    description: 'TRUE while both buttons are pressed, each of them anew and within 500 ms (ISO 13851).',
    signals: { button1: needed('Button of one hand'), button2: needed('Button of the other') },
    times: {},
    latches: false,
    isRedundant: true,
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;

type Interfaces = typeof SAFETY_BLOCKS;
export type SafetyBlockType = keyof Interfaces;

type Wiring<Block extends BlockInterface> = { readonly [Key in keyof Block['signals']]: string } & {
  readonly [Key in keyof Block['times']]: number;
} & (Block['latches'] extends true ? { readonly reset: string } : unknown);

/** A block as a cell file has it: names of signals, times in ms, and the name of the reset button where it latches. */
export type BlockWiring = {
  readonly [Type in SafetyBlockType]: { readonly type: Type } & Wiring<Interfaces[Type]>;
}[SafetyBlockType];

export function blockInterface(type: SafetyBlockType): BlockInterface {
  return SAFETY_BLOCKS[type];
}

/** @returns key and name of each safe input of a block, in the order of its interface */
export function signalsOf(block: BlockWiring): readonly (readonly [key: string, name: string])[] {
  return Object.keys(blockInterface(block.type).signals).map((key) => [key, wired(block, key)]);
}

/** @returns names of the safe inputs that must be TRUE whenever the output is */
export function neededSignals(block: BlockWiring): readonly string[] {
  const { signals } = blockInterface(block.type);
  return signalsOf(block).flatMap(([key, name]) => (signals[key]?.isNeeded === true ? [name] : []));
}

/** @returns the times of a block by the keys of its interface, ms */
export function timesOf(block: BlockWiring): Readonly<Record<string, number>> {
  const { times } = blockInterface(block.type);
  return Object.fromEntries(
    Object.entries(block).filter((entry): entry is [string, number] => Object.hasOwn(times, entry[0])),
  );
}

/** @returns name of the reset button of a block that latches, else undefined */
export function resetOf(block: BlockWiring): string | undefined {
  return 'reset' in block ? block.reset : undefined;
}

function wired(block: BlockWiring, key: string): string {
  const name: unknown = Object.entries(block).find(([candidate]) => candidate === key)?.[1];
  if (typeof name !== 'string') throw new TypeError(`block of type ${block.type} without ${key}: it was not checked`);
  return name;
}
