// Which device asks for which pin. Read from the raw entries, so that a mistake elsewhere in a device does not hide
// that its pin is taken.
import { z } from 'zod';

export type Ability = 'digital' | 'analog' | 'servo' | 'tone' | 'i2c' | 'one-wire';

export interface PinClaim {
  readonly device: string;
  readonly kind: string;
  readonly board: string;
  /** Undefined for a part on I2C: the kind of the board has the pins of that bus. */
  readonly pin: string | undefined;
  /** Key of the device that names the pin, or says that it needs it. */
  readonly key: string;
  readonly ability: Ability;
}

/** Keys that name pins, by kind of device. */
const PIN_KEYS: ReadonlyMap<string, Readonly<Record<string, Ability>>> = new Map<string, Record<string, Ability>>([
  ['servo', { pin: 'servo' }],
  ['stepper-axis', { stepPin: 'digital', directionPin: 'digital' }],
  ['digital-output', { pin: 'digital' }],
  ['digital-input', { pin: 'digital' }],
  ['analog-input', { pin: 'analog' }],
  ['buzzer', { pin: 'tone' }],
  ['stack-light', { red: 'digital', amber: 'digital', blue: 'digital', green: 'digital' }],
]);

/** Keys that name pins, of a thermometer with that controller; the controller of a part on I2C stands for its pins. */
function thermometerKeys(controller: unknown): Readonly<Record<string, Ability>> {
  if (controller === 'MCP9808') return { controller: 'i2c' };
  return { pin: controller === 'DS18B20' ? 'one-wire' : 'analog' };
}

const entrySchema = z.looseObject({ kind: z.string(), board: z.string() });

function claimsOf(device: string, entry: unknown): readonly PinClaim[] {
  const parsed = entrySchema.safeParse(entry);
  if (!parsed.success) return [];
  const { kind, board } = parsed.data;
  const keys = kind === 'thermometer' ? thermometerKeys(parsed.data['controller']) : PIN_KEYS.get(kind);
  return Object.entries(keys ?? {}).flatMap(([key, ability]): readonly PinClaim[] => {
    if (ability === 'i2c') return [{ device, kind, board, pin: undefined, key, ability }];
    const pin = parsed.data[key];
    return typeof pin === 'string' ? [{ device, kind, board, pin, key, ability }] : [];
  });
}

/** Claims of all devices, in the order of the file. */
export function pinClaimsOf(devices: object): readonly PinClaim[] {
  return Object.entries(devices).flatMap(([name, entry]) => claimsOf(name, entry));
}
