// Puts the control half of a cell together: sessions, catalogues, programs and the loop, on the clock it is given.
// The same for the real process, for one process, and for a simulation in virtual time.
import { Observable, ReplaySubject, type Subscription, tap } from 'rxjs';
import type { CatalogueDevice } from '../../firmware-bridge/johnny-five/catalogue.ts';
import type { PortSeek } from '../../firmware-bridge/session/session-options.ts';
import { runControl } from '../control/control-loop.ts';
import { type BoardPlan, planBoards } from '../core/board-plan.ts';
import type { CellRequest } from '../core/cell-event.ts';
import type { CellModel, DeviceModel } from '../core/cell-model.ts';
import type { BoardCommand, BoardEvent, BoardPort } from '../ports/board-port.ts';
import type { CataloguePort } from '../ports/catalogue-port.ts';
import type { ControlServer, FromControl } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { RandomSource } from '../ports/random-source.ts';
import type { TransportFactory } from '../ports/transport.ts';
import { linkBoard } from './board-link.ts';
import type { LoadedProgram } from './load-programs.ts';
import type { Log } from './process-message.ts';

export interface ControlParts {
  readonly cell: CellModel;
  /** Identifies this run; new for every start. */
  readonly epoch: string;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** How to reach each board, by name. */
  readonly transports: ReadonlyMap<string, TransportFactory>;
  /** Boards that are looked for on other ports too, by name. @defaultValue none */
  readonly seeks?: ReadonlyMap<string, PortSeek>;
  /** Told which board answered, by name and UID, at each handshake. @defaultValue nobody asks */
  readonly onBoardMet?: (board: string, uid: string) => void;
  readonly programs: readonly LoadedProgram[];
  /** Requests in, messages out. */
  readonly server: ControlServer;
  /** Hears every message too; called in the turn of the cycle, so it must be quick. */
  readonly onMessage?: (message: FromControl) => void;
  /** Hears what comes from each board, before the cycle does; called in its turn, so it must be quick. */
  readonly onBoardEvent?: (board: string, event: BoardEvent) => void;
  readonly log: Log;
}

export interface ControlRun {
  /** Resolves after a shutdown, with all outputs at their safe values; rejects on a defect. */
  readonly ended: Promise<void>;
  /** Asks for a category 1 stop and the end. Again: no effect. */
  shutdown(): void;
  /**
   * Sends a stop to every board in this turn and lets no further command through: for a process that is about to die
   * of a defect, when no more cycle can be trusted.
   */
  stopBoards(): void;
}

/** Connects the boards and runs the cell. Everything happens in turns of the clock, nothing before this returns. */
export function startControl(parts: ControlParts): ControlRun {
  const { cell, epoch, clock, programs, server } = parts;
  const shutdown$ = new ReplaySubject<void>(1);
  const boards = planBoards(cell).map((plan) => joinBoard(parts, plan));
  const requests$ = new Observable<CellRequest>((subscriber) => server.listen((request) => subscriber.next(request)));
  const messages$ = runControl({
    cell,
    epoch,
    clock,
    boards: new Map(boards.map(({ port }) => [port.name, port])),
    catalogues: boards.flatMap(({ catalogue }) => catalogue ?? []),
    programs,
    requests$,
    storage: () => server.storage(),
    shutdown$,
  });
  const publish = isolated('the channel to the gateway', parts.log, (message: Published) => server.publish(message));
  const observe = isolated('an observer of the cell', parts.log, (message: FromControl) => parts.onMessage?.(message));
  let subscription: Subscription | undefined;
  const ended = new Promise<void>((resolve, reject) => {
    subscription = messages$.subscribe({
      next: (message) => {
        if (message.kind !== 'hello') publish(message);
        observe(message);
      },
      complete: resolve,
      error: reject,
    });
  });
  return {
    ended,
    shutdown: () => shutdown$.next(),
    stopBoards: () => {
      for (const { stop } of boards) stop();
      subscription?.unsubscribe();
    },
  };
}

type Published = Parameters<ControlServer['publish']>[0];

/** Who only listens cannot stop the cell: what a listener throws is logged, the first time, and goes no further. */
function isolated<T>(who: string, log: Log, listener: (message: T) => void): (message: T) => void {
  let hasFailed = false;
  return (message) => {
    try {
      listener(message);
    } catch (error) {
      if (!hasFailed) log('error', `[9001] ${who} failed, the cell goes on: ${String(error)}`);
      hasFailed = true;
    }
  };
}

interface JoinedBoard {
  readonly port: BoardPort;
  readonly catalogue: CataloguePort | undefined;
  /** Writes one last command, not armed. */
  readonly stop: () => void;
}

function joinBoard(parts: ControlParts, plan: BoardPlan): JoinedBoard {
  const { cell, clock, random, log } = parts;
  const { name } = plan.board;
  const seek = parts.seeks?.get(name);
  const factory = parts.transports.get(name);
  if (factory === undefined) throw new Error(`no transport was given for board ${name}`);
  const devices = cell.devices.filter(isCatalogueDevice).filter(({ board }) => board === name);
  const { port, catalogue } = linkBoard({
    ...{ cell, plan, factory, seek, devices, clock, random, log },
    met: isolated('an observer of a board', log, (uid: string) => parts.onBoardMet?.(name, uid)),
  });
  const { onBoardEvent } = parts;
  const observe = isolated('an observer of a board', log, (event: BoardEvent) => onBoardEvent?.(name, event));
  const heard = onBoardEvent === undefined ? port.events$ : port.events$.pipe(tap(observe));
  return { ...stoppable(port, heard, plan), catalogue };
}

/** What Johnny-Five drives; the rest travels in the process data. */
function isCatalogueDevice(device: DeviceModel): device is CatalogueDevice {
  return device.kind === 'stack-light' || device.kind === 'thermometer' || device.kind === 'buzzer';
}

/** The port, and a last word to it: a command with the next number that arms nothing. */
function stoppable(
  port: BoardPort,
  events$: BoardPort['events$'],
  plan: BoardPlan,
): { readonly port: BoardPort; readonly stop: () => void } {
  let last: BoardCommand = { cycle: 0, arm: false, outputs: plan.outputs.map(() => 0) };
  let isStopped = false;
  return {
    port: {
      name: port.name,
      events$,
      get roundTripMs() {
        return port.roundTripMs;
      },
      figures: () => port.figures(),
      reopen: () => port.reopen(),
      configure: (next) => port.configure(next),
      write: (command) => {
        if (isStopped) return;
        last = command;
        port.write(command);
      },
    },
    stop: () => {
      isStopped = true;
      port.write({ ...last, cycle: last.cycle + 1, arm: false });
    },
  };
}
