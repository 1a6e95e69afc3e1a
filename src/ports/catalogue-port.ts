// Catalogue devices (Johnny-Five) as the cycle sees them: readings pushed, commands given, never waited for.
import type { Observable } from 'rxjs';
import type { LampMode } from '../core/stack-light.ts';
import type { MonotonicMs } from '../core/units.ts';

/** One reading of a catalogue device; it may be old: `at` says when it was taken. */
export interface CatalogueReading {
  readonly device: string;
  /** Finite; degree Celsius for a thermometer. */
  readonly value: number;
  readonly at: MonotonicMs;
}

/** Lamps to show; never hazardous. */
export interface StackLightCommand {
  readonly device: string;
  readonly red: LampMode;
  readonly amber: LampMode;
  /** Only of a light that has this lamp. @defaultValue off */
  readonly blue?: LampMode;
  readonly green: LampMode;
}

/** The catalogue devices of one board. Nothing here may carry a safety function. */
export interface CataloguePort {
  /** Starts the devices on subscription; survives reconnects; never errors and never completes. Share it. */
  readonly readings$: Observable<CatalogueReading>;
  /** Takes effect when the board is reachable; the newest command wins. Of no effect for a device of another board. */
  write(command: StackLightCommand): void;
  /** Lets a buzzer sound once, now; not at all where its board cannot be reached or has no such buzzer. */
  sound(buzzer: string): void;
}
