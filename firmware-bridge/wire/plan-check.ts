// Whether the board that answered is the one that the plan was made for. What does not fit is fault 1003.
import type { BoardPlan, InputSlot, OutputSlot } from '../../src/core/board-plan.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import { WIRE_VERSION } from './codes.ts';
import type { IdentMessage, PinAbilities } from './messages.ts';

function mismatch(plan: BoardPlan, what: string, expected: string | number, found: string | number): Fault {
  return fault(1003, { board: plan.board.name, what, expected, found });
}

/** Checks version, kind, UID and number of slots. @returns the first mismatch with what was expected and found. */
export function checkIdent(plan: BoardPlan, ident: IdentMessage): Fault | undefined {
  const { kind, uid } = plan.board;
  if (ident.wireVersion !== WIRE_VERSION) {
    const { code, detail } = mismatch(plan, 'wireVersion', WIRE_VERSION, ident.wireVersion);
    return fault(code, { ...detail, remedy: `celda flash ${plan.board.port ?? '<port>'}` });
  }
  if (ident.boardKind !== kind) return mismatch(plan, 'kind', kind, ident.boardKind);
  if (uid !== undefined && uid.toLowerCase() !== ident.uid) return mismatch(plan, 'uid', uid.toLowerCase(), ident.uid);
  if (plan.inputs.length > ident.inputSlotsMax) {
    return mismatch(plan, 'inputs', plan.inputs.length, ident.inputSlotsMax);
  }
  if (plan.outputs.length > ident.outputSlotsMax) {
    return mismatch(plan, 'outputs', plan.outputs.length, ident.outputSlotsMax);
  }
  return undefined;
}

function inputAbility(slot: InputSlot): keyof PinAbilities {
  return slot.kind === 'digital' ? 'digitalIn' : 'analog';
}

function outputAbility(slot: OutputSlot): keyof PinAbilities {
  return slot.kind === 'servo' ? 'servo' : 'digitalOut';
}

/** Checks that each pin of the plan can do what its slot asks. @param pins of the board, by pin number */
export function checkPins(plan: BoardPlan, pins: readonly PinAbilities[]): Fault | undefined {
  const needs = [
    ...plan.inputs.map((slot) => ({ slot, ability: inputAbility(slot) })),
    ...plan.outputs.map((slot) => ({ slot, ability: outputAbility(slot) })),
  ];
  const missing = needs.find(({ slot, ability }) => pins[slot.pin]?.[ability] !== true);
  if (missing === undefined) return undefined;
  const { slot, ability } = missing;
  return fault(1003, {
    board: plan.board.name,
    what: 'pin',
    pin: slot.pin,
    device: slot.device,
    expected: ability,
    found: abilitiesText(pins[slot.pin]),
  });
}

function abilitiesText(pin: PinAbilities | undefined): string {
  if (pin === undefined) return 'no such pin';
  const names = Object.entries(pin).flatMap(([name, able]) => (able === true ? [name] : []));
  return names.length > 0 ? names.join(',') : 'nothing';
}
