// The board of the process-data figure: 16 digital inputs, 16 digital outputs, 6 analog inputs and 6 servos. An Uno has 18 free
// pins, so it is a Mega.
import type { BoardPlan, InputSlot, OutputSlot } from '../../src/core/board-plan.ts';
import { boardModel } from '../support/wire-samples.ts';

const DIGITAL = 16;
const ANALOG = 6;
const SERVOS = 6;
const FIRST_INPUT = 22;
const FIRST_OUTPUT = FIRST_INPUT + DIGITAL;
const FIRST_SERVO = 2;
/** A0 of a Mega. */
const FIRST_ANALOG = 54;

function inputSlot(kind: InputSlot['kind'], pin: number): InputSlot {
  const closedLevel = kind === 'digital' ? 0 : 1;
  return {
    device: `in-${pin}`,
    pin,
    kind,
    edge: false,
    closeFilterMs: 0,
    openFilterMs: 0,
    closedLevel,
    permitDelayMs: 0,
  };
}

function outputSlot(kind: OutputSlot['kind'], pin: number): OutputSlot {
  return { device: `out-${pin}`, pin, kind, hazardous: true, safeValue: 0, permits: [] };
}

function pins(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

export const PROCESS_DATA_PLAN: BoardPlan = {
  board: boardModel({ name: 'io', kind: 'mega', leaseMs: 500, validityMs: 250 }),
  inputs: [
    ...pins(FIRST_INPUT, DIGITAL).map((pin) => inputSlot('digital', pin)),
    ...pins(FIRST_ANALOG, ANALOG).map((pin) => inputSlot('analog', pin)),
  ],
  outputs: [
    ...pins(FIRST_OUTPUT, DIGITAL).map((pin) => outputSlot('digital', pin)),
    ...pins(FIRST_SERVO, SERVOS).map((pin) => outputSlot('servo', pin)),
  ],
};
