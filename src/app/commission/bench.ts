// All boards of a cell that does not run, live: what their inputs read, and one output held by a person.
import { openPermits, planBoards } from '../../core/board-plan.ts';
import type { AnalogInputModel, CellModel, DigitalInputModel } from '../../core/cell-model.ts';
import { scaleCounts } from '../../devices/analog.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RandomSource } from '../../ports/random-source.ts';
import { HeldBoard } from '../held-board.ts';
import type { BoardReach } from '../reach-boards.ts';

export interface BenchOptions {
  readonly cell: CellModel;
  readonly reach: BoardReach;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly onError: (error: Error) => void;
}

export class Bench {
  readonly #cell: CellModel;
  readonly #clock: Clock;
  readonly #boards = new Map<string, HeldBoard>();
  readonly #plans: ReturnType<typeof planBoards>;

  constructor({ cell, reach, clock, random, onError }: BenchOptions) {
    this.#cell = cell;
    this.#clock = clock;
    this.#plans = planBoards(cell);
    for (const plan of this.#plans) {
      const { name, firmware } = plan.board;
      const factory = reach.transports.get(name);
      if (factory === undefined) throw new Error(`no transport was given for board ${name}`);
      const options = { cell, plan, factory, clock, random, onError, isForced: firmware === 'celda' };
      this.#boards.set(name, new HeldBoard({ ...options, seek: reach.seeks.get(name) }));
    }
  }

  start(): void {
    for (const board of this.#boards.values()) board.start();
  }

  /** Lets go of everything and closes every session. */
  stop(): void {
    for (const board of this.#boards.values()) board.stop();
  }

  board(name: string): HeldBoard {
    const board = this.#boards.get(name);
    if (board === undefined) throw new Error(`the cell has no board ${name}`);
    return board;
  }

  /** Inputs of a board whose opening keeps it from being armed, by name: all that it watches and that are open. */
  openInputs(name: string): readonly string[] {
    const plan = this.#plan(name);
    return openPermits(plan, this.board(name).image?.inputs ?? []);
  }

  /** Digital inputs that a board watches by itself. */
  watchedInputs(name: string): readonly string[] {
    return openPermits(this.#plan(name), []);
  }

  /** @returns undefined while its board says nothing */
  isClosed({ name, board, closedWhen }: DigitalInputModel): boolean | undefined {
    const raw = this.#input(board, name);
    return raw === undefined ? undefined : (raw === 1) === (closedWhen === 'high');
  }

  /** @returns undefined while its board says nothing, and outside the plausible range */
  valueOf(input: AnalogInputModel): number | undefined {
    const raw = this.#input(input.board, input.name);
    return raw === undefined ? undefined : scaleCounts(input, raw);
  }

  /** Read-back of an output. */
  outputOf({ name, board }: { readonly name: string; readonly board: string }): number | undefined {
    const slot = this.#plan(board).outputs.findIndex(({ device }) => device === name);
    return this.board(board).image?.outputs[slot];
  }

  /** Every digital input that reads something else than before. @param before as `inputStates` gave it */
  changedSince(before: ReadonlyMap<string, boolean | undefined>): readonly string[] {
    return [...this.inputStates()].flatMap(([name, isClosed]) => (before.get(name) === isClosed ? [] : [name]));
  }

  inputStates(): ReadonlyMap<string, boolean | undefined> {
    const inputs = this.#cell.devices.filter((device) => device.kind === 'digital-input');
    return new Map(inputs.map((input) => [input.name, this.isClosed(input)]));
  }

  get now(): number {
    return this.#clock.now();
  }

  #plan(name: string) {
    const plan = this.#plans.find(({ board }) => board.name === name);
    if (plan === undefined) throw new Error(`the cell has no board ${name}`);
    return plan;
  }

  #input(board: string, device: string): number | undefined {
    const slot = this.#plan(board).inputs.findIndex((each) => each.device === device);
    return this.board(board).image?.inputs[slot];
  }
}
