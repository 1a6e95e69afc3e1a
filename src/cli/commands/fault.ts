// `celda fault`: makes parts of a simulated cell fail, and mends them.
import type { Command } from 'commander';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { FaultView, SimulationClient } from '../../app/simulation-client.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { unwrap } from '../operator.ts';
import { localeOption, readNumber, simulationAddressOption } from '../options.ts';
import { simFaultMeaning, simFaultUnit } from '../sim-fault-text.ts';
import { withSimulation } from '../with-simulation.ts';

interface FaultOptions {
  readonly simAddress: string;
  readonly locale: Locale;
  readonly json?: boolean;
}

const WORDS = {
  en: { active: 'ACTIVE', now: 'now', usually: 'usually' },
  es: { active: 'ACTIVA', now: 'ahora', usually: 'por defecto' },
} as const;

interface InjectOptions extends FaultOptions {
  readonly magnitude?: number;
  readonly for?: number;
}

export function addFaultCommand(program: Command, context: CommandContext): void {
  const fault = program.command('fault').description('make parts of a simulated cell fail, and mend them');
  addList(fault, context);
  addInject(fault, context);
  addClear(fault, context);
}

function faultCommand(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .addOption(simulationAddressOption())
    .addOption(localeOption())
    .option('--json', 'faults as JSON');
}

function addList(fault: Command, context: CommandContext): void {
  const command = faultCommand(fault, 'list', 'show what can fail, and what has failed')
    .option('--active', 'only what has failed')
    .action((options: FaultOptions & { readonly active?: boolean }) =>
      withClient(options, context, async (client) => unwrap(await client.faults(options.active === true), client)),
    );
  examples(command, ['celda fault list', 'celda fault list --active --json']);
}

function addInject(fault: Command, context: CommandContext): void {
  const command = faultCommand(fault, 'inject', 'make a part fail')
    .argument('<component>', 'as `celda fault list` shows it')
    .argument('<kind>', 'as `celda fault list` shows it')
    .option('--magnitude <number>', 'how much (default: as the list shows)', readNumber)
    .option('--for <ms>', 'mend it after this time, milliseconds (default: it stays)', readNumber)
    .action((component: string, kind: string, options: InjectOptions) =>
      withClient(options, context, async (client) => {
        const { magnitude, for: durationMs } = options;
        return [unwrap(await client.injectFault({ component, kind, magnitude, durationMs }), client)];
      }),
    );
  examples(command, [
    'celda fault inject part-at-pick stuck',
    'celda fault inject uno-1 delay --magnitude 100 --for 2000',
  ]);
}

function addClear(fault: Command, context: CommandContext): void {
  const command = faultCommand(fault, 'clear', 'mend a part; without arguments, all')
    .argument('[component]', 'as `celda fault list` shows it', '')
    .argument('[kind]', 'as `celda fault list` shows it', '')
    .action((component: string, kind: string, options: FaultOptions) =>
      withClient(options, context, async (client) => unwrap(await client.clearFault(component, kind), client)),
    );
  examples(command, ['celda fault clear part-at-pick', 'celda fault clear']);
}

function withClient(
  options: FaultOptions,
  context: CommandContext,
  action: (client: SimulationClient) => Promise<readonly FaultView[]>,
): Promise<void> {
  const { console } = context;
  const show = async (client: SimulationClient): Promise<number> => {
    const faults = await action(client);
    if (options.json === true) console.json(faults);
    else for (const fault of faults) console.print(faultLine(fault, options.locale));
    return EXIT_CODES.ok;
  };
  return act(context, options.json === true, () => withSimulation(options.simAddress, show));
}

function faultLine(fault: FaultView, locale: Locale): string {
  const words = WORDS[locale];
  const state = fault.active ? words.active : '';
  const now = `, ${fault.active ? words.now : words.usually} ${fault.magnitude}`;
  const range = fault.unit === '' ? '' : ` [${fault.min}..${fault.max} ${simFaultUnit(fault.unit, locale)}${now}]`;
  const meaning = simFaultMeaning(fault.description, locale);
  return `${fault.component.padEnd(20)} ${fault.kind.padEnd(16)} ${state.padEnd(7)} ${meaning}${range}`;
}
