// The points of boards and of what can be forced: the board safe without the controller, and each output seen to act.
import type { Point } from '../../commissioning/points.ts';
import { inputsText } from '../../commissioning/titles.ts';
import type { DigitalInputModel, DigitalOutputModel, ServoModel } from '../../core/cell-model.ts';
import { describeFault } from '../../core/faults.ts';
import type { HeldBoard } from '../held-board.ts';
import type { Bench } from './bench.ts';
import { type Procedure, rounded } from './procedure.ts';
import { digitalInput } from './see-inputs.ts';

/** An output has to be held so long that a person sees what it does, ms. */
const HELD_MS = 700;
const LET_GO_MS = 200;
/** A servo has to be seen to turn by so much, µs of its pulse: about 2 degrees. */
const TURNED_US = 20;

type Of<Kind extends Point['kind']> = Extract<Point, { readonly kind: Kind }>;

export const seeLease: Procedure<Of<'lease'>> = async ({ say, language, openBench }, { board: name }) => {
  const bench = await openBench();
  const board = bench.board(name);
  const live = (): string => {
    const open = bench.openInputs(name);
    return board.cause === undefined ? inputsText(open) : describeFault(board.cause, language);
  };
  await say.until(
    'lease',
    { board: name, inputs: inputsText(bench.watchedInputs(name)) },
    { isDone: () => board.proof !== undefined && board.link === 'stopped', live },
  );
  const { proof } = board;
  if (proof === undefined) return [];
  return [
    { name: 'lease-held', value: rounded(proof.armedUntilMs), unit: 'ms' },
    { name: 'lease-safe', value: rounded(proof.safeByMs), unit: 'ms' },
  ];
};

export const seeForced: Procedure<Of<'forced'>> = async ({ cell, say, openBench }, { device, feedback }) => {
  const bench = await openBench();
  const contacts = feedback.map((name) => digitalInput(cell, name));
  const areContacts = (isClosed: boolean): boolean => contacts.every((each) => bench.isClosed(each) === isClosed);
  const output = cell.devices.find((each) => each.name === device);
  if (output?.kind !== 'servo' && output?.kind !== 'digital-output') throw new Error(`${device} cannot be forced`);
  const board = bench.board(output.board);
  const { forcing } = board;
  if (forcing?.selectNamed(device) !== true) throw new Error(`${device} cannot be forced`);
  const readBack = (): number => bench.outputOf(output) ?? 0;
  const live = (): string => [`${device}: ${readBack()}`, ...contacts.map(contactText(bench))].join('; ');
  const { description } = output;
  try {
    if (board.link === 'tripped') board.reopen();
    await say.until(
      'force-ready',
      { device, inputs: inputsText(bench.watchedInputs(output.board)) },
      { isDone: () => isReady(board, bench.now), live: () => inputsText(bench.openInputs(output.board)) },
    );
    const isDriven = watchDriven(output, readBack);
    await say.until(
      output.kind === 'servo' ? 'force-turn' : 'force-switch',
      { device, description },
      {
        isDone: () => forcing.view(bench.now).isForced && board.link === 'armed' && isDriven() && areContacts(false),
        holdMs: HELD_MS,
        live,
        onForce: (key) => forcing.press(key, bench.now),
      },
    );
    const value = readBack();
    await say.until(
      'force-let-go',
      {},
      {
        isDone: () => board.link === 'stopped' && isSafe(output, readBack()) && areContacts(true),
        holdMs: LET_GO_MS,
        live,
        onForce: (key) => forcing.press(key, bench.now),
      },
    );
    await say.confirm('acted', { device, description });
    const seen = { name: 'read-back', value, unit: output.kind === 'servo' ? 'us' : '' };
    return feedback.length === 0 ? [seen] : [seen, { name: 'feedback', value: inputsText(feedback), unit: '' }];
  } finally {
    forcing.letGo();
  }
};

function contactText(bench: Bench): (contact: DigitalInputModel) => string {
  return (contact) => `${contact.name}: ${bench.isClosed(contact) === true ? 1 : 0}`;
}

function isReady({ link, forcing }: HeldBoard, now: number): boolean {
  return (link === 'stopped' || link === 'armed') && forcing?.view(now).refusal === undefined;
}

/** A digital output at the level that is not its safe one; a servo whose pulse has changed since it was first held. */
function watchDriven(output: DigitalOutputModel | ServoModel, readBack: () => number): () => boolean {
  if (output.kind === 'digital-output') return () => !isSafe(output, readBack());
  const pulses = new Set<number>();
  return () => {
    const pulse = readBack();
    if (pulse > 0) pulses.add(pulse);
    return Math.max(...pulses) - Math.min(...pulses) >= TURNED_US;
  };
}

/** What a servo reads back is its last pulse, also when it gets none. */
function isSafe(output: DigitalOutputModel | ServoModel, readBack: number): boolean {
  if (output.kind === 'servo') return true;
  return readBack === ((output.safe === 'on') === output.activeHigh ? 1 : 0);
}
