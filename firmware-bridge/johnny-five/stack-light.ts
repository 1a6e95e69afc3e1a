// A stack light of three five.Relay: red, amber and green, each off, on or flashing.

import type { StackLightModel } from '../../src/core/cell-model.ts';
import type { LampMode } from '../../src/core/stack-light.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { fivePin, loadClass } from './five.ts';
import type { BoardSession } from './io.ts';

const COLOURS = ['red', 'amber', 'green'] as const;
type Colour = (typeof COLOURS)[number];
type Lamps = Readonly<Record<Colour, LampMode>>;

/** Half of the period of a flashing lamp, ms: 1 Hz, half on. */
const HALF_PERIOD_MS = 500;

/** Three lamps of one session; dead once the session is over. */
export interface StackLight {
  /** May be called every cycle; the same lamps again cost nothing. */
  show(lamps: Lamps): void;
  /** Ends the flashing; the lamps stay as they are. */
  end(): void;
}

/** The phase is taken from the clock itself, so all lamps of a cell flash together. */
function isLit(mode: LampMode, now: number): boolean {
  return mode === 'on' || (mode === 'flashing' && Math.floor(now / HALF_PERIOD_MS) % 2 === 0);
}

/** Makes the relays, all open: a lamp whose cell has not said anything yet is off. */
export function startStackLight(session: BoardSession, device: StackLightModel, clock: Clock): StackLight {
  const Relay = loadClass(session.scope, 'Relay');
  const relays = COLOURS.map((colour) => {
    const relay = new Relay({ board: session.board, pin: fivePin(device[colour]) });
    relay.open();
    return { colour, relay, lit: false };
  });
  let shown: Lamps = { red: 'off', amber: 'off', green: 'off' };
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
    if (!COLOURS.some((colour) => shown[colour] === 'flashing')) return;
    const nextMs = (Math.floor(now / HALF_PERIOD_MS) + 1) * HALF_PERIOD_MS;
    cancel = clock.schedule(monotonicMs(nextMs), () => session.scope.guard(refresh));
  }

  return {
    show: (lamps: Lamps) => {
      if (COLOURS.every((colour) => lamps[colour] === shown[colour])) return;
      shown = lamps;
      session.scope.guard(refresh);
    },
    end: () => cancel(),
  };
}
