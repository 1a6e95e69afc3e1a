// `celda board`: simulated boards and their plant alone, on pseudo-terminals.
import type { Command } from 'commander';
import type { SimulationLevel } from '../../app/simulation-options.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { createLog } from '../console.ts';
import { FIRMATA_IMAGE, levelOption, localeOption, readPort, readSeed, SIMULATION_PORT } from '../options.ts';

interface BoardOptions {
  readonly board?: string;
  readonly link?: string;
  readonly simPort: number;
  readonly seed: number;
  readonly level: SimulationLevel;
  readonly firmataImage?: string;
  readonly locale: Locale;
  readonly json?: boolean;
}

export function addBoardCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('board')
    .description('simulate the boards and the plant of a cell alone, on pseudo-terminals')
    .argument('<cell.yaml>', 'the cell')
    .option('--board <name>', 'only this board (default: all)')
    .option('--link <path>', 'also make a symbolic link to the pseudo-terminal; needs a single board')
    .option('--sim-port <port>', 'port to serve the simulation interface on', readPort, SIMULATION_PORT)
    .option('--seed <number>', 'seed of every random choice', readSeed, 1)
    .addOption(levelOption())
    .option('--firmata-image <file>', FIRMATA_IMAGE)
    .option('--json', 'ports and address as JSON')
    .addOption(localeOption())
    .action((cellPath: string, options: BoardOptions) =>
      act(context, options.json === true, () => simulateBoard(cellPath, options, context)),
    );
  examples(command, [
    'celda board cells/pick-and-place/cell.yaml --link ./uno-1',
    'celda run cells/pick-and-place/cell.yaml --port uno-1=./uno-1   # in another terminal',
  ]);
}

const READY = {
  en: {
    board: (name: string, path: string) => `board ${name} on ${path}`,
    simulation: (address: string) => `simulation interface on ${address}`,
    run: (command: string) => `run the cell with: ${command}`,
  },
  es: {
    board: (name: string, path: string) => `tarjeta ${name} en ${path}`,
    simulation: (address: string) => `interfaz de simulación en ${address}`,
    run: (command: string) => `arranque la celda con: ${command}`,
  },
} as const satisfies Record<Locale, object>;

async function simulateBoard(cellPath: string, options: BoardOptions, { console }: CommandContext): Promise<number> {
  const { runBoard } = await import('../../../sim/main.ts');
  return runBoard({
    cellPath,
    board: options.board,
    link: options.link,
    simulation: { host: '127.0.0.1', port: options.simPort },
    seed: options.seed,
    level: options.level,
    firmataImage: options.firmataImage,
    log: createLog(console),
    locale: options.locale,
    signal: new AbortController().signal,
    onReady: ({ ports, simulation }) => {
      if (options.json === true) {
        console.json({ ports, simulation });
        return;
      }
      const words = READY[options.locale];
      for (const [board, path] of Object.entries(ports)) console.print(words.board(board, path));
      console.print(words.simulation(simulation));
      const given = Object.entries(ports).map(([board, path]) => `--port ${board}=${path}`);
      console.print(words.run(`celda run ${cellPath} ${given.join(' ')}`));
    },
  });
}
