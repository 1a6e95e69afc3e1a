// A buzzer: one five.Piezo whose tone the timer of the board makes.
import type { BuzzerModel } from '../../src/core/cell-model.ts';
import { fivePin, loadClass } from './five.ts';
import type { BoardSession } from './io.ts';
import { withToneController } from './piezo.ts';

/** A buzzer of one session. */
export interface Buzzer {
  /** One tone; the board ends it by itself. Again before its end: it lasts anew. */
  sound(): void;
}

/** Makes the piezo, silent. */
export function startBuzzer(session: BoardSession, device: BuzzerModel): Buzzer {
  const Piezo = loadClass(session.scope, 'Piezo');
  // Pins with a tone are digital ones, which have numbers.
  const pin = Number(fivePin(device.pin));
  const piezo = new Piezo(withToneController({ board: session.board, pin }));
  return {
    sound: () => session.scope.guard(() => piezo.frequency(device.toneHz, device.soundMs)),
  };
}
