// A stack light, one five.Relay for each of its lamps, each off, on or flashing.

import type { StackLightModel } from '../../src/core/cell-model.ts';
import { LAMP_COLOURS, type LampColour, type LampMode } from '../../src/core/stack-light.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { fivePin, loadClass } from './five.ts';
import type { BoardSession } from './io.ts';

/** What is not named is off. */
type Lamps = Readonly<Partial<Record<LampColour, LampMode>>>;

/** Half of the period of a flashing lamp, ms: 1 Hz, half on. */
const HALF_PERIOD_MS = 500;

/** The lamps of one session; dead once the session is over. */
export interface StackLight {
  /** May be called every cycle; the same lamps again cost nothing. */
  show(lamps: Lamps): void;
  /** Ends the flashing; the lamps stay as they are. */
  end(): void;
}

/** The phase is taken from the clock itself, so all lamps of a cell flash together. */
function isLit(mode: LampMode | undefined, now: number): boolean {
  return mode === 'on' || (mode === 'flashing' && Math.floor(now / HALF_PERIOD_MS) % 2 === 0);
}

/** Makes the relays, all open: a lamp whose cell has not said anything yet is off. */
export function startStackLight(session: BoardSession, device: StackLightModel, clock: Clock): StackLight {
  const Relay = loadClass(session.scope, 'Relay');
  const relays = LAMP_COLOURS.flatMap((colour) => {
    const pin = device[colour];
    if (pin === undefined) return [];
    const relay = new Relay({ board: session.board, pin: fivePin(pin) });
    relay.open();
    return { colour, relay, lit: false };
  });
  let shown: Lamps = {};
  let cancel = (): void => undefined;

  function refresh(): void {
    const now = clock.now();
    for (const lamp of relays) {
      const lit = isLit(shown[lamp.colour], now);
      if (lit === lamp.lit) continue;
      lamp.lit = lit;
      if (lit) lamp.relay.close();
      else lamp.relay.open();
    }
    cancel();
    if (!LAMP_COLOURS.some((colour) => shown[colour] === 'flashing')) return;
    const nextMs = (Math.floor(now / HALF_PERIOD_MS) + 1) * HALF_PERIOD_MS;
    cancel = clock.schedule(monotonicMs(nextMs), () => session.scope.guard(refresh));
  }

  return {
    show: (lamps: Lamps) => {
      if (LAMP_COLOURS.every((colour) => (lamps[colour] ?? 'off') === (shown[colour] ?? 'off'))) return;
      shown = lamps;
      session.scope.guard(refresh);
    },
    end: () => cancel(),
  };
}
