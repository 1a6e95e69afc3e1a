// Pins: each exists, can do what is asked of it, and belongs to one device only.
import { BOARD_PINS, type PinCapability, SERIAL_PINS } from '../../core/board-pins.ts';
import type { Ability, PinClaim } from '../pin-claims.ts';
import type { Path } from '../source.ts';
import { type Context, devicesOf, list } from './context.ts';

function canDo(pin: PinCapability, ability: Ability): boolean {
  if (ability === 'analog') return pin.analogChannel !== undefined;
  // The firmware has one-wire on any pin; Johnny-Five takes an analog one for the number of its channel.
  if (ability === 'one-wire') return pin.digital && pin.analogChannel === undefined;
  return pin[ability];
}

function pathOf(claim: PinClaim): Path {
  return ['devices', claim.device, claim.key];
}

/** The pins of a board kind; undefined when the board is unknown or malformed. */
function pinsOf({ draft, report }: Context, claim: PinClaim): readonly PinCapability[] | undefined {
  if (!draft.boards.has(claim.board)) {
    // One lamp is enough to say that the board of a stack light is unknown.
    if (claim.key !== 'amber' && claim.key !== 'green' && claim.key !== 'directionPin') {
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
    const code = claim.pin !== undefined && SERIAL_PINS.includes(claim.pin) ? 'serial-pin' : 'unknown-pin';
    report.add(code, pathOf(claim), { pins: list(pins.map(({ name }) => name)), kind });
    return false;
  }
  if (!canDo(pin, claim.ability)) {
    const able = pins.filter((candidate) => canDo(candidate, claim.ability)).map(({ name }) => name);
    report.add('pin-cannot', pathOf(claim), { pins: list(able), kind: claim.kind, ability: claim.ability });
  }
  return true;
}

/** Pins of a board that devices take, with those of its I2C bus where a part is on it. */
function takenOn({ draft }: Context, board: string): ReadonlySet<string> {
  const claims = draft.pinClaims.filter((claim) => claim.board === board);
  const kind = draft.boards.get(board)?.kind ?? 'uno';
  const bus = claims.some(({ ability }) => ability === 'i2c') ? BOARD_PINS[kind].filter(({ i2c }) => i2c) : [];
  return new Set([...claims.flatMap(({ pin }) => pin ?? []), ...bus.map(({ name }) => name)]);
}

function checkOwner(context: Context, claim: PinClaim, owners: Map<string, string>): void {
  const place = `${claim.board} ${claim.pin}`;
  const owner = owners.get(place);
  if (owner === undefined) {
    owners.set(place, claim.key === 'pin' ? claim.device : `${claim.device}.${claim.key}`);
    return;
  }
  const taken = takenOn(context, claim.board);
  const kind = context.draft.boards.get(claim.board)?.kind ?? 'uno';
  const free = BOARD_PINS[kind]
    .filter((pin) => canDo(pin, claim.ability) && !taken.has(pin.name))
    .map(({ name }) => name);
  context.report.add('pin-taken', pathOf(claim), { owner, free: list(free) });
}

/** Parts on I2C share its pins, and no other part can have them: the first of them is said to own them. */
function claimBuses(context: Context, owners: Map<string, string>): void {
  for (const claim of context.draft.pinClaims.filter(({ ability }) => ability === 'i2c')) {
    for (const pin of pinsOf(context, claim) ?? []) {
      const place = `${claim.board} ${pin.name}`;
      if (pin.i2c && !owners.has(place)) owners.set(place, `${claim.device} (I2C)`);
    }
  }
}

/** Two buzzers would need the one timer that makes tones. */
function checkTones(context: Context): void {
  const owners = new Map<string, string>();
  for (const claim of context.draft.pinClaims.filter(({ ability }) => ability === 'tone')) {
    const owner = owners.get(claim.board);
    if (owner === undefined) owners.set(claim.board, claim.device);
    else context.report.add('tone-taken', ['devices', claim.device, 'board'], { owner });
  }
}

/** Parts on one bus differ by their addresses. */
function checkAddresses(context: Context): void {
  const owners = new Map<string, string>();
  for (const [name, device] of devicesOf(context, ['thermometer'])) {
    if (device.controller !== 'MCP9808') continue;
    const place = `${device.board} ${device.address}`;
    const owner = owners.get(place);
    if (owner === undefined) owners.set(place, name);
    else context.report.add('address-taken', ['devices', name, 'address'], { owner }, device.address);
  }
}

export function checkPins(context: Context): void {
  const owners = new Map<string, string>();
  claimBuses(context, owners);
  for (const claim of context.draft.pinClaims) {
    if (claim.ability === 'i2c') continue;
    const pins = pinsOf(context, claim);
    if (pins !== undefined && checkAbility(context, claim, pins)) checkOwner(context, claim, owners);
  }
  checkTones(context);
  checkAddresses(context);
}
