// `celda plant`: what really goes on in a simulated cell, whatever its sensors say.
import type { Command } from 'commander';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { PlantView } from '../../app/simulation-client.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { unwrap } from '../operator.ts';
import { simulationAddressOption } from '../options.ts';
import { withSimulation } from '../with-simulation.ts';

interface PlantOptions {
  readonly simAddress: string;
  readonly json?: boolean;
}

export function addPlantCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('plant')
    .description('show the plant of a simulated cell: joints, gripper, belt, lamps, parts')
    .addOption(simulationAddressOption())
    .option('--json', 'the plant as JSON')
    .action((options: PlantOptions) =>
      act(context, options.json === true, () =>
        withSimulation(options.simAddress, async (client) => {
          const plant = unwrap(await client.plant(), client);
          if (options.json === true) context.console.json(plant);
          else for (const line of plantLines(plant)) context.console.print(line);
          return EXIT_CODES.ok;
        }),
      ),
    );
  examples(command, ['celda plant', 'celda plant --json']);
}

function plantLines(plant: PlantView): readonly string[] {
  const power = plant.joints.length === 0 ? '' : `, servo power ${plant.servoPowerOn ? 'on' : 'off'}`;
  const parts = Object.entries(plant.parts).map(([state, count]) => `${count} ${state}`);
  return [
    `time      ${(plant.timeMs / 1_000).toFixed(3)} s, seed ${plant.seed}${power}`,
    ...plant.joints.map(({ device, positionDeg, commandDeg }) => {
      const command = commandDeg === null ? 'no pulses' : `pulses for ${commandDeg.toFixed(1)} deg`;
      return `joint     ${device} at ${positionDeg.toFixed(1)} deg, ${command}`;
    }),
    ...plant.axes.map(({ device, positionMm, atHome, lostSteps }) => {
      const lost = lostSteps === 0 ? '' : `, ${lostSteps} steps lost`;
      return `axis      ${device} at ${positionMm.toFixed(3)} mm${atHome ? ', on its home switch' : ''}${lost}`;
    }),
    ...plant.grippers.map(({ device, valveOn, pressureKpa, heldPartId }) => {
      const held = heldPartId === null ? 'nothing' : `part ${heldPartId}`;
      return `gripper   ${device} holds ${held}, valve ${valveOn ? 'on' : 'off'}, ${pressureKpa.toFixed(1)} kPa`;
    }),
    ...plant.conveyors.map(({ device, running, travelledMm }) => {
      return `conveyor  ${device} ${running ? 'runs' : 'stands'} at ${travelledMm.toFixed(0)} mm`;
    }),
    ...plant.lights.map(({ device, lit }) => `light     ${device} ${lit.length === 0 ? 'dark' : lit.join(', ')}`),
    ...plant.buzzers.map(({ device, sounding }) => `buzzer    ${device} ${sounding ? 'sounds' : 'silent'}`),
    ...plant.trays.map(({ name, partIds }) => `tray      ${name}: ${partIds.length} parts`),
    ...(parts.length === 0 ? [] : [`parts     ${parts.join(', ')}`]),
  ];
}
