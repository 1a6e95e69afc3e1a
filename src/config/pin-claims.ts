// Which device asks for which pin. Read from the raw entries, so that a mistake elsewhere in a device does not hide
// that its pin is taken.
import { z } from 'zod';

export type Ability = 'digital' | 'analog' | 'servo';

export interface PinClaim {
  readonly device: string;
  readonly kind: string;
  readonly board: string;
  readonly pin: string;
  /** Key of the device that names the pin. */
  readonly key: string;
  readonly ability: Ability;
}

/** Keys that name pins, by kind of device. */
const PIN_KEYS: ReadonlyMap<string, Readonly<Record<string, Ability>>> = new Map<string, Record<string, Ability>>([
  ['servo', { pin: 'servo' }],
  ['digital-output', { pin: 'digital' }],
  ['digital-input', { pin: 'digital' }],
  ['analog-input', { pin: 'analog' }],
  ['thermometer', { pin: 'analog' }],
  ['stack-light', { red: 'digital', amber: 'digital', green: 'digital' }],
]);

const entrySchema = z.looseObject({ kind: z.string(), board: z.string() });

function claimsOf(device: string, entry: unknown): readonly PinClaim[] {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) return [];
  const { kind, board } = parsed.data;
  return Object.entries(PIN_KEYS.get(kind) ?? {}).flatMap(([key, ability]) => {
    const pin = parsed.data[key];
    return typeof pin === 'string' ? [{ device, kind, board, pin, key, ability }] : [];
  });
}

/** Claims of all devices, in the order of the file. */
export function pinClaimsOf(devices: object): readonly PinClaim[] {
  return Object.entries(devices).flatMap(([name, entry]) => claimsOf(name, entry));
}
