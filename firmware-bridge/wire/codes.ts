// Published numbers of the wire and their names. A number that is not in a table is a value, not an error.

/** Version of docs/reference/wire.md that this code speaks. */
export const WIRE_VERSION = 2;

/** By number on the wire. See docs/reference/wire.md. */
export const BOARD_STATES = ['boot', 'configuring', 'stopped', 'armed', 'tripped'] as const;
/** `boot`: not configured, outputs high-impedance. `stopped` and `tripped`: outputs at safe values. */
export type BoardState = (typeof BOARD_STATES)[number];

/** By number on the wire: why a board went to its safe values by itself. See docs/reference/wire.md. */
export const TRIP_CAUSES = ['none', 'lease', 'watchdog', 'configuration', 'permit', 'superseded', 'closed'] as const;
/** Why a board tripped; `none` while it has not. */
export type TripCause = (typeof TRIP_CAUSES)[number];

/** By number on the wire: what last started the board. */
export const RESET_CAUSES = ['unknown', 'power-on', 'external', 'brown-out', 'watchdog'] as const;
/** What last started the board; a brown-out or a watchdog hints at its supply or its firmware. */
export type ResetCause = (typeof RESET_CAUSES)[number];

/** By number on the wire; only `ok` is good. */
export const WIRE_STATUSES = [
  'ok',
  'wire-version',
  'challenge',
  'state',
  'index',
  'pin-unknown',
  'pin-cannot',
  'pin-used-twice',
  'hash',
  'lease',
  'unknown-type',
  'length',
  'value',
] as const;
/** Answer of the board to CONFIG and COMMIT, and reason of a REFUSED. */
export type WireStatus = (typeof WIRE_STATUSES)[number];

/** Board kinds by number; 0 is none. */
export const BOARD_KIND_CODES: readonly string[] = ['', 'uno', 'mega'];

/** Name of a published number, or `#<number>` for one that this version does not know. */
export type CodeName<T extends string> = T | `#${number}`;

/** @returns the name of `code` in `table`, or `#<code>`. */
export function nameOfCode<T extends string>(table: readonly T[], code: number): CodeName<T> {
  return table[code] ?? `#${code}`;
}

/** @returns the number of a name: the inverse of `nameOfCode`, modulo 256. */
export function codeOfName<T extends string>(table: readonly T[], name: CodeName<T>): number {
  const index = (table as readonly string[]).indexOf(name);
  return index >= 0 ? index : Number(name.slice(1)) & 0xff;
}

/** Code of `permit`: the bits above these three then hold the input slot. */
const PERMIT_CODE = TRIP_CAUSES.indexOf('permit');
const TRIP_BITS = { mask: 7, inputShift: 3 } as const;

/** @returns the cause in a `tripCause` byte. */
export function tripCauseOf(byte: number): CodeName<TripCause> {
  return nameOfCode(TRIP_CAUSES, (byte & TRIP_BITS.mask) === PERMIT_CODE ? PERMIT_CODE : byte);
}

/** @returns the input slot in a `tripCause` byte, or undefined when its cause is another than `permit`. */
export function tripInputOf(byte: number): number | undefined {
  return (byte & TRIP_BITS.mask) === PERMIT_CODE ? byte >> TRIP_BITS.inputShift : undefined;
}

/** @returns the `tripCause` byte: the inverse of the two above. @param input 0..31, for `permit` only */
export function tripByte(cause: CodeName<TripCause>, input = 0): number {
  const code = codeOfName(TRIP_CAUSES, cause);
  return code === PERMIT_CODE ? code | (input << TRIP_BITS.inputShift) : code;
}
