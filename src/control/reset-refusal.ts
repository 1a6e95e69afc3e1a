// Says what a reset at the cell was refused for: a person who pressed the button in vain has to know where to go.
import { nameBlock } from '../core/block-texts.ts';
import { type Fault, fault } from '../core/faults.ts';
import { blocksBehind } from '../core/permits.ts';
import { blockInterface, signalsOf } from '../core/safety-blocks.ts';
import { blockStatuses } from '../safety/program.ts';
import { isModeInForce } from './mode-stage.ts';
import { failingSafetySensors } from './plausibility-stage.ts';
import { isUsable, tellUntimed } from './safety-stage.ts';
import { clearAlarms, raise, type Turn } from './turn.ts';

/**
 * Blocks that have a part in a stop which a reset needs out of the way: not those of other modes, and no enabling device. While no mode is
 * selected, that is what is missing: whether a stop counts that is of some modes only, nobody knows.
 */
function blocksInTheWay({ context, next }: Turn): ReadonlySet<string> {
  const { safety } = context.cell;
  const stops = next.safety.stops.filter(({ role, phase }) => role !== 'enabling' && phase !== 'permitted');
  const names = new Set(stops.map(({ name }) => name));
  const permissions = safety.stopFunctions
    .filter(({ name, modes }) => names.has(name) && (modes === undefined || next.safety.mode !== undefined))
    .map(({ permission }) => permission);
  return new Set(permissions.flatMap((permission) => [...blocksBehind(safety, permission)]));
}

/** Safety inputs that demand a stop now, of the blocks that permit nothing. Inputs that cannot be read are their board's matter. */
function demandingInputs(turn: Turn): readonly string[] {
  const { context, next, readings } = turn;
  const { safety } = context.cell;
  const inTheWay = blocksInTheWay(turn);
  const off = new Set(blockStatuses(safety, next.safety).flatMap(({ name, output }) => (output ? [] : [name])));
  const names = safety.blocks
    .filter(({ name }) => off.has(name) && inTheWay.has(name))
    .flatMap((block) => {
      const { signals } = blockInterface(block.type);
      return signalsOf(block).filter(
        ([key, name]) => signals[key]?.isDemand === true && readings.input(name) === signals[key].whenUnread,
      );
    });
  return [...new Set(names.map(([, name]) => name))];
}

function boardsNotUsable({ context, inputs }: Turn): readonly string[] {
  return context.cell.boards.flatMap(({ name, firmware }, index) => {
    const link = inputs.boards[index]?.link ?? 'down';
    return firmware === 'firmata' || isUsable(link) ? [] : [`${name} ${link}`];
  });
}

/** Blocks with their diagnostic codes: those in error, whose inputs alone do not show what is missing. */
function blocksInError(turn: Turn): readonly string[] {
  const { context, next } = turn;
  const inTheWay = blocksInTheWay(turn);
  const statuses = blockStatuses(context.cell.safety, next.safety);
  return statuses.flatMap(({ name, type, diagCode, error }) =>
    error && inTheWay.has(name) ? [nameBlock(name, type, diagCode)] : [],
  );
}

/** What a reset would be refused for now, besides the stop time; undefined when it is nothing of that. */
function refusal(turn: Turn): Fault | undefined {
  const found = {
    inputs: demandingInputs(turn),
    boards: boardsNotUsable(turn),
    sensors: failingSafetySensors(turn),
    blocks: blocksInError(turn),
    mode: isModeInForce(turn) ? [] : [turn.next.safety.mode ?? 'none selected'],
  };
  const told = Object.entries(found).filter(([, names]) => names.length > 0);
  if (told.length === 0) return undefined;
  return fault(4013, Object.fromEntries(told.map(([key, names]) => [key, names.join(', ')] as const)));
}

const isRefusal = ({ code }: Fault): boolean => code === 4013;

/** One line for each press in vain. */
export function tellRefusal(turn: Turn): void {
  if (turn.inputs.shutdown) return;
  tellUntimed(turn);
  const found = refusal(turn);
  if (found === undefined) return;
  clearAlarms(turn, isRefusal);
  raise(turn, found);
}

/** Nobody is sent to a button that has been released since. While a safety input cannot be read, nobody knows that it has. */
export function dropRefusal(turn: Turn): void {
  if (!turn.next.alarms.some(isRefusal)) return;
  const areRead = [...turn.context.safetyInputs].every((input) => turn.readings.input(input) !== undefined);
  if (areRead && refusal(turn) === undefined) clearAlarms(turn, isRefusal);
}
