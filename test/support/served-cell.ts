// A simulated cell in virtual time with its gateway on a real port and its machine socket, for commands that talk to both: time passes
// only while a command is waited for, so that a busy machine changes nothing in the cell.
import { Command, CommanderError } from 'commander';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import type { PinState } from '../../sim/board/board-pins.ts';
import { SimBoard } from '../../sim/board/sim-board.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { serveSocket } from '../../src/app/cell-socket.ts';
import { startControl } from '../../src/app/compose-control.ts';
import { createEventLog } from '../../src/app/event-log.ts';
import { withMachine } from '../../src/app/local-requests.ts';
import { createMemoryChannel } from '../../src/app/memory-channel.ts';
import { EXIT_CODES } from '../../src/app/operator-error.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { prepareRuntime } from '../../src/app/runtime-dir.ts';
import type { CommandContext } from '../../src/cli/command.ts';
import type { CellSnapshot } from '../../src/core/cell-event.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { startGatewayServer } from '../../src/mes/gateway-server.ts';
import type { JournalPort } from '../../src/ports/journal.ts';

/** What a command printed, and how it ended. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

type AddCommand = (program: Command, context: CommandContext) => void;

/** Runs one command of the command line in this process. */
export function runCommand(add: AddCommand, args: readonly string[]): Promise<Ran> {
  return beginCommand(add, args).ended;
}

/** The same; what it has said so far can be seen, and what goes on until Ctrl-C ends with `until`. */
export function beginCommand(add: AddCommand, args: readonly string[], until?: AbortSignal) {
  const said = { status: 0, stdout: '', stderr: '' };
  return { said: said as Ran, ended: perform(add, args, said, until) };
}

async function perform(
  add: AddCommand,
  args: readonly string[],
  said: { status: number; stdout: string; stderr: string },
  until: AbortSignal | undefined,
): Promise<Ran> {
  const context: CommandContext = {
    console: {
      print: (line) => (said.stdout += `${line}\n`),
      note: (line) => (said.stderr += `${line}\n`),
      json: (value) => (said.stdout += `${JSON.stringify(value)}\n`),
      progress: (line) => (said.stdout += `${line}\n`),
      style: (_, text) => text,
    },
    locale: 'en',
    ...(until && { until }),
    exit: (code) => {
      said.status = code;
    },
  };
  const program = new Command('celda').exitOverride().configureOutput({
    writeOut: (text) => (said.stdout += text),
    writeErr: (text) => (said.stderr += text),
  });
  add(program, context);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    said.status = error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
  }
  return said;
}

/**
 * @param path    file of the cell, as a person would name it: its machine socket is found by it. XDG_RUNTIME_DIR is the caller's matter.
 * @param journal what the gateway remembers orders in; the caller closes it. @defaultValue nothing is remembered
 */
export async function serveCell(cell: CellModel, path: string, journal?: JournalPort) {
  const clock = new VirtualClock();
  const random = createRandom('1');
  const world = new SimWorld(cell, random, clock.now());
  const lines = new Map(cell.boards.map(({ name }) => [name, createLoopback({ clock: clock.quiet, baud: 115_200 })]));
  const boards = [...lines].map(
    ([board, line]) => new SimBoard({ cell, board, world, clock: clock.quiet, line: line.board, random }),
  );
  const channel = createMemoryChannel({ epoch: 'e1', clock });
  const socket = prepareRuntime(path, '').machine;
  const machine = await serveSocket({ path: socket, epoch: 'e1', clock: createRealClock() });
  let snapshot: CellSnapshot | undefined;
  const events: string[] = [];
  const lineOf = createEventLog();
  const run = startControl({
    cell,
    epoch: 'e1',
    clock: clock.quiet,
    random: random.stream('control'),
    transports: new Map([...lines].map(([name, line]) => [name, line.host])),
    programs: [],
    server: withMachine(channel.server, machine),
    onMessage: (message) => {
      if (message.kind === 'snapshot') snapshot = message.snapshot;
      const line = message.kind === 'event' ? lineOf(message.event) : undefined;
      if (line !== undefined) events.push(line.text);
    },
    log: () => undefined,
  });
  const gateway = await startGatewayServer({
    cell,
    control: channel.client,
    clock,
    port: 0,
    log: () => undefined,
    ...(journal !== undefined && { journal }),
  });
  if (!gateway.ok) throw new Error(gateway.error.message.en);
  return {
    world,
    address: `127.0.0.1:${gateway.value.port}`,
    /** Lines that the cell has logged of what happened. */
    events,
    /** What a pin of the first board does. */
    pin(number: number): PinState {
      const [board] = boards;
      if (board === undefined) throw new Error('the cell has no board');
      return board.pin(number);
    },
    get snapshot() {
      if (snapshot === undefined) throw new Error('no snapshot yet');
      return snapshot;
    },
    advance: (ms: number) => clock.advance(ms),
    /** Lets time pass in the cell until something outside of it has been answered. */
    async during<T>(answer: Promise<T>): Promise<T> {
      const answered = new AbortController();
      const done = answer.finally(() => answered.abort());
      while (!answered.signal.aborted) {
        await clock.advance(cell.cyclePeriodMs);
        // The sockets have their turn too.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return done;
    },
    /** Pushes the reset button for as long as it takes to be seen. */
    async reset(): Promise<void> {
      world.press('reset');
      await clock.advance(150);
      world.release('reset');
      await clock.advance(150);
    },
    async stop(): Promise<void> {
      run.stopBoards();
      for (const board of boards) board.stop();
      channel.client.close();
      machine.close();
      await machine.ended();
      await gateway.value.stop();
    },
  };
}
