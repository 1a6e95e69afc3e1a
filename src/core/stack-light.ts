// What the stack light and the horn of a unit show, by state (ISA-TR88.00.02; the horn also by OMAC).
import type { UnitState } from './packml.ts';

/** How a lamp shows. Flashing is 1 Hz by the clock. */
export type LampMode = 'off' | 'on' | 'flashing';

/** The lamps of a unit, and its horn, which sounds before anything moves. Also of a cell that has neither. */
export interface LightStatus {
  readonly red: LampMode;
  readonly amber: LampMode;
  /** On: the unit waits for a person. */
  readonly blue: LampMode;
  readonly green: LampMode;
  readonly horn: boolean;
}

const DARK: LightStatus = { red: 'off', amber: 'off', blue: 'off', green: 'off', horn: false };
const STOPPED: LightStatus = { ...DARK, red: 'on' };
const ABORTED: LightStatus = { ...DARK, red: 'flashing' };
const WAITS_OUTSIDE: LightStatus = { ...DARK, amber: 'on' };
const WAITS_FOR_PERSON: LightStatus = { ...DARK, blue: 'on' };
const RUNS: LightStatus = { ...DARK, green: 'on' };
const ABOUT_TO_RUN: LightStatus = { ...RUNS, horn: true };

const LIGHTS: Readonly<Record<UnitState, LightStatus>> = {
  Aborting: ABORTED,
  Aborted: ABORTED,
  Clearing: ABORTED,
  Stopping: STOPPED,
  Stopped: STOPPED,
  Resetting: STOPPED,
  Complete: STOPPED,
  Suspending: WAITS_OUTSIDE,
  Suspended: WAITS_OUTSIDE,
  Holding: WAITS_FOR_PERSON,
  Held: WAITS_FOR_PERSON,
  Idle: { ...DARK, green: 'flashing' },
  Starting: ABOUT_TO_RUN,
  Execute: RUNS,
  Completing: RUNS,
  Unholding: ABOUT_TO_RUN,
  Unsuspending: ABOUT_TO_RUN,
};

export function lightOf(unit: UnitState): LightStatus {
  return LIGHTS[unit];
}

/** The lamps that a stack light may have, from the top. */
export const LAMP_COLOURS = ['red', 'amber', 'blue', 'green'] as const;
export type LampColour = (typeof LAMP_COLOURS)[number];

/** For a light without a blue lamp: amber flashes in its place. */
export function withoutBlue({ red, amber, blue, green }: LightStatus): Pick<LightStatus, 'red' | 'amber' | 'green'> {
  return { red, amber: blue === 'off' ? amber : 'flashing', green };
}

/** Bits of `Status.Stacklight` (PackTags 2022): red, amber, blue, green, each solid then flashing; then the horn. */
export function stackLightBits({ red, amber, blue, green, horn }: LightStatus): number {
  const lamps = [red, amber, blue, green].map((lamp, place) => {
    const solid = 1 << (2 * place);
    if (lamp === 'off') return 0;
    return lamp === 'on' ? solid : solid << 1;
  });
  return lamps.reduce((bits, bit) => bits | bit, horn ? 1 << (2 * lamps.length) : 0);
}
