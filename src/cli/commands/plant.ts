// `celda plant`: what really goes on in a simulated cell, whatever its sensors say.
import type { Command } from 'commander';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { unwrap } from '../operator.ts';
import { localeOption, simulationAddressOption } from '../options.ts';
import { plantLines } from '../plant-text.ts';
import { withSimulation } from '../with-simulation.ts';

interface PlantOptions {
  readonly simAddress: string;
  readonly json?: boolean;
  readonly locale: Locale;
}

export function addPlantCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('plant')
    .description('show the plant of a simulated cell: joints, gripper, belt, lamps, parts')
    .addOption(simulationAddressOption())
    .addOption(localeOption())
    .option('--json', 'the plant as JSON')
    .action((options: PlantOptions) =>
      act(context, options.json === true, () =>
        withSimulation(options.simAddress, async (client) => {
          const plant = unwrap(await client.plant(), client);
          if (options.json === true) context.console.json(plant);
          else for (const line of plantLines(plant, options.locale)) context.console.print(line);
          return EXIT_CODES.ok;
        }),
      ),
    );
  examples(command, ['celda plant', 'celda plant --json']);
}
