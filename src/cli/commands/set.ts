// `celda set`: turns switches and presses buttons of a simulated cell.
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT_CODES, OperatorError } from '../../app/operator-error.ts';
import type { SimulationClient } from '../../app/simulation-client.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { ACTIONS, type Action, turn, unwrap } from '../operator.ts';
import { localeOption, simulationAddressOption } from '../options.ts';
import { withSimulation } from '../with-simulation.ts';

interface SetOptions {
  readonly simAddress: string;
  readonly locale: Locale;
  readonly json?: boolean;
}

const WORDS = {
  en: {
    open: 'open',
    closed: 'closed',
    byHand: '(set by hand)',
  },
  es: {
    open: 'abierta',
    closed: 'cerrada',
    byHand: '(fijada a mano)',
  },
} as const;

export function addSetCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('set')
    .description('turn a switch or press a button of a simulated cell; without arguments, show them')
    .argument('[input]', 'device name, or its first words: estop sets estop-a and estop-b')
    .argument('[value]', 'open, closed, press, release, push (press and release), auto, or a number', readAction)
    .addOption(simulationAddressOption())
    .addOption(localeOption())
    .option('--json', 'inputs as JSON')
    .action((name: string | undefined, value: Action | number | undefined, options: SetOptions) =>
      act(context, options.json === true, () =>
        withSimulation(options.simAddress, (client) => set(client, name, value, options, context)),
      ),
    );
  examples(command, [
    'celda set estop press       # the contacts of an emergency stop open',
    'celda set estop release',
    'celda set reset push        # press and release',
    'celda set guard-door open',
    'celda set vacuum-pressure -20',
    'celda set vacuum-pressure auto   # give it back to the plant',
    'celda set                   # show all inputs',
  ]);
}

function readAction(text: string): Action | number {
  const action = ACTIONS.find((each) => each === text);
  const number = Number(text);
  if (action !== undefined) return action;
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw new InvalidArgumentError(`expected ${ACTIONS.join(', ')}, or a number`);
}

async function set(
  client: SimulationClient,
  name: string | undefined,
  value: Action | number | undefined,
  options: SetOptions,
  { console }: CommandContext,
): Promise<number> {
  const words = WORDS[options.locale];
  if (name !== undefined && value === undefined) {
    throw new OperatorError(
      { en: `what should ${name} be?`, es: `¿cómo debe quedar ${name}?` },
      { en: `give ${ACTIONS.join(', ')}, or a number`, es: `indique ${ACTIONS.join(', ')} o un número` },
    );
  }
  const inputs =
    name === undefined || value === undefined ? unwrap(await client.inputs(), client) : await turn(client, name, value);
  if (options.json === true) {
    console.json(inputs);
    return EXIT_CODES.ok;
  }
  for (const input of inputs) {
    const shown =
      input.kind === 'digital'
        ? input.value === 0
          ? words.open
          : words.closed
        : `${input.value.toFixed(2)} ${input.unit}`;
    const by = input.overridden ? `  ${words.byHand}` : '';
    console.print(`${input.device.padEnd(20)} ${shown.padEnd(14)} ${input.description}${by}`);
  }
  return EXIT_CODES.ok;
}
