// `celda sim`: runs a cell with simulated boards and a simulated plant, in real time.
import type { Command } from 'commander';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { SimulationLevel, SimulationReady } from '../../app/simulation-options.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { createLog } from '../console.ts';
import { LIMITS_OF_USE } from '../limits-of-use.ts';
import {
  FIRMATA_IMAGE,
  GRPC_PORT,
  levelOption,
  localeOption,
  readPort,
  readSeed,
  SIMULATION_PORT,
} from '../options.ts';
import { type PushOptions, pushTo, withPush } from '../push-options.ts';
import { interruptedLines } from '../ready-text.ts';

interface SimOptions extends PushOptions {
  readonly demo?: boolean;
  readonly once?: boolean;
  readonly replay?: string;
  readonly grpcPort: number;
  readonly simPort: number;
  readonly seed: number;
  readonly level: SimulationLevel;
  readonly firmataImage?: string;
  readonly inProcess?: boolean;
  readonly locale: Locale;
  readonly journal?: string;
}

const HOST = '127.0.0.1';

export function addSimCommand(program: Command, context: CommandContext): void {
  const sim = program
    .command('sim')
    .description('simulate a cell in real time: the same code, with simulated boards and plant')
    .argument('<cell.yaml>', 'the cell')
    .option('--demo', 'submit a job order through the gRPC port and show how it goes')
    .option('--once', 'end after the demo: 0 when the job is Ended/Completed; implies --demo')
    .option(
      '--replay <file>',
      'play a counter-example of `celda verify --out`: 1 when the cell ends as it says, else 0',
    )
    .option('--grpc-port <port>', 'port to serve gRPC on', readPort, GRPC_PORT)
    .option('--sim-port <port>', 'port to serve the simulation interface on', readPort, SIMULATION_PORT)
    .option('--seed <number>', 'seed of every random choice', readSeed, 1)
    .addOption(levelOption())
    .option('--firmata-image <file>', FIRMATA_IMAGE)
    .option('--journal <file>', 'file that remembers job orders across restarts (default: one for this run only)')
    .option('--in-process', 'all in one process, without pseudo-terminal and socket');
  const command = withPush(sim)
    .addOption(localeOption())
    .action((cellPath: string, options: SimOptions) => act(context, false, () => simulate(cellPath, options, context)));
  examples(command, [
    'celda sim cells/pick-and-place/cell.yaml --demo',
    'celda sim cell.yaml --demo --once',
    'celda sim cell.yaml --seed 42 --grpc-port 50061 --sim-port 50062',
    'celda sim cell.yaml --level 3   # the image that is flashed, cycle by cycle',
  ]);
}

async function simulate(cellPath: string, options: SimOptions, context: CommandContext): Promise<number> {
  const { console } = context;
  console.note(console.style('yellow', LIMITS_OF_USE[options.locale]));
  if (options.replay !== undefined) {
    const { replayCounterExample } = await import('../replay.ts');
    return replayCounterExample(cellPath, options.replay, options, context);
  }
  // The simulator is loaded only when it is asked for: a controller does not carry it.
  const [{ runSimulation }, { runDemo }, { commissioned }, { verifiedLine }] = await Promise.all([
    import('../../../sim/main.ts'),
    import('../demo.ts'),
    import('../../app/commission/commissioned.ts'),
    import('../../app/verified.ts'),
  ]);
  const push = await pushTo(options);
  const end = new AbortController();
  const isOnce = options.once === true;
  const demo = { exitCode: undefined as number | undefined };
  // Heard from the first moment, also while the boards are still being started; and nobody should reset a cell after it.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => end.abort());
  const exitCode = await runSimulation({
    cellPath,
    grpc: { host: HOST, port: options.grpcPort },
    simulation: { host: HOST, port: options.simPort },
    seed: options.seed,
    level: options.level,
    firmataImage: options.firmataImage,
    inProcess: options.inProcess === true,
    journal: options.journal,
    push,
    log: createLog(console),
    locale: options.locale,
    signal: end.signal,
    onReady: (ready) => {
      sayReady(ready, options, context);
      console.print(`  ${verifiedLine(ready.cell, cellPath, options.locale)}`);
      console.print(`  ${commissioned(ready.cell, cellPath, options.locale).line}`);
      const connection = options.grpcPort === GRPC_PORT ? '' : ` --address ${ready.grpc}`;
      for (const line of interruptedLines(ready.interrupted, connection, options.locale)) console.print(`  ${line}`);
      if (!isOnce && options.demo !== true) return;
      void runDemo({ ...ready, console, isOnce, locale: options.locale, signal: end.signal })
        .catch((error: unknown) => {
          console.note(console.style('red', `celda: ${READY[options.locale].demoFailed}: ${String(error)}`));
          return EXIT_CODES.failed;
        })
        .then((code) => {
          demo.exitCode = code;
          if (isOnce) end.abort();
        });
    },
  });
  if (!isOnce || exitCode !== EXIT_CODES.ok) return exitCode;
  return demo.exitCode ?? EXIT_CODES.failed;
}

const READY = {
  en: {
    ready: (cell: string, seed: number) => `cell ${cell} is ready (simulated, seed ${seed})`,
    simulation: 'simulation',
    board: 'board',
    on: 'on',
    processes: 'processes',
    demoFailed: 'the demo failed',
    stopped: 'the unit is stopped, as after every power-up: nothing moves before a reset at the cell',
  },
  es: {
    ready: (cell: string, seed: number) => `la celda ${cell} está lista (simulada, semilla ${seed})`,
    simulation: 'simulación',
    board: 'tarjeta',
    on: 'en',
    processes: 'procesos',
    demoFailed: 'la demo falló',
    stopped: 'la unidad está parada, como tras cada encendido: nada se mueve antes de un rearme en la celda',
  },
} as const satisfies Record<Locale, object>;

function sayReady(ready: SimulationReady, options: SimOptions, { console }: CommandContext): void {
  const words = READY[options.locale];
  const line = (name: string, text: string): void => console.print(`  ${name.padEnd(11)} ${text}`);
  console.print(console.style('bold', words.ready(ready.cell.name, options.seed)));
  line('gRPC', ready.grpc);
  line(words.simulation, ready.simulation);
  for (const [board, path] of Object.entries(ready.ports)) line(words.board, `${board} ${words.on} ${path}`);
  if (options.inProcess !== true) {
    line(words.processes, `control ${ready.controlPid ?? '?'}, gateway ${ready.gatewayPid ?? '?'}`);
  }
  console.print(`  ${words.stopped}`);
}
