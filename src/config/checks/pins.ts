// Pins: each exists, can do what is asked of it, and belongs to one device only.
import { BOARD_PINS, type PinCapability } from '../../core/board-pins.ts';
import type { Ability, PinClaim } from '../pin-claims.ts';
import type { Path } from '../source.ts';
import { type Context, list } from './context.ts';

function canDo(pin: PinCapability, ability: Ability): boolean {
  return ability === 'analog' ? pin.analogChannel !== undefined : pin[ability];
}

function pathOf(claim: PinClaim): Path {
  return ['devices', claim.device, claim.key];
}

/** The pins of a board kind; undefined when the board is unknown or malformed. */
function pinsOf({ draft, report }: Context, claim: PinClaim): readonly PinCapability[] | undefined {
  if (!draft.boards.has(claim.board)) {
    // One lamp is enough to say that the board of a stack light is unknown.
    if (claim.key === 'pin' || claim.key === 'red') {
      report.add('unknown-board', ['devices', claim.device, 'board'], { known: list([...draft.boards.keys()]) });
    }
    return undefined;
  }
  const kind = draft.boards.get(claim.board)?.kind;
  return kind && BOARD_PINS[kind];
}

function checkAbility({ draft, report }: Context, claim: PinClaim, pins: readonly PinCapability[]): boolean {
  const pin = pins.find((candidate) => candidate.name === claim.pin);
  if (pin === undefined) {
    const kind = draft.boards.get(claim.board)?.kind ?? '';
    report.add('unknown-pin', pathOf(claim), { pins: list(pins.map(({ name }) => name)), kind });
    return false;
  }
  if (!canDo(pin, claim.ability)) {
    const able = pins.filter((candidate) => canDo(candidate, claim.ability)).map(({ name }) => name);
    report.add('pin-cannot', pathOf(claim), { pins: list(able), kind: claim.kind, ability: claim.ability });
  }
  return true;
}

function checkOwner(context: Context, claim: PinClaim, owners: Map<string, string>, claims: readonly PinClaim[]): void {
  const place = `${claim.board} ${claim.pin}`;
  const owner = owners.get(place);
  if (owner === undefined) {
    owners.set(place, claim.key === 'pin' ? claim.device : `${claim.device}.${claim.key}`);
    return;
  }
  const taken = new Set(claims.filter(({ board }) => board === claim.board).map(({ pin }) => pin));
  const kind = context.draft.boards.get(claim.board)?.kind ?? 'uno';
  const free = BOARD_PINS[kind]
    .filter((pin) => canDo(pin, claim.ability) && !taken.has(pin.name))
    .map(({ name }) => name);
  context.report.add('pin-taken', pathOf(claim), { owner, free: list(free) });
}

export function checkPins(context: Context): void {
  const owners = new Map<string, string>();
  const claims = context.draft.pinClaims;
  for (const claim of claims) {
    const pins = pinsOf(context, claim);
    if (pins !== undefined && checkAbility(context, claim, pins)) checkOwner(context, claim, owners, claims);
  }
}
