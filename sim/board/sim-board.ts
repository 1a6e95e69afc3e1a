// One board in its world: keeps the firmware's time, the plant's time and the clock of the simulation together.
import type { BoardModel, CellModel } from '../../src/core/cell-model.ts';
import type { Random } from '../kernel/random.ts';
import type { TickingClock } from '../kernel/ticking-clock.ts';
import type { BoardEngine, BoardEngineOptions, LoadBoard } from './board-engine.ts';
import type { PinState } from './board-pins.ts';
import type { FaultSet } from './fault-set.ts';
import { LateLease } from './late-lease.ts';
import { type BoardLine, FaultyLine } from './line.ts';
import { resample } from './mismatched-line.ts';
import type { SimWorld } from './sim-world.ts';
import { WasmBoard } from './wasm-board.ts';
import { createWiring } from './wiring.ts';

const TICK_MS = 1;

/** UID of a simulated board whose cell asks for none: `SIM` and the index of the board. */
export function simulatedUid(cell: CellModel, board: string): string {
  const index = cell.boards.findIndex((candidate) => candidate.name === board);
  return cell.boards[index]?.uid ?? `53494d00000000${index.toString(16).padStart(2, '0')}`;
}

export interface SimBoardOptions {
  readonly cell: CellModel;
  /** Name of the board in the cell. */
  readonly board: string;
  readonly world: SimWorld;
  readonly clock: TickingClock;
  readonly line: BoardLine;
  readonly random: Random;
  /** @defaultValue the board of level 1 */
  readonly load?: LoadBoard;
  /** Hears every change of what a pin does, at the time of the simulation in which it happens. */
  readonly onPinChange?: (pin: number, state: PinState, boardTimeUs: number) => void;
  /** Hears what the board sends, before the faults of the line. */
  readonly onTransmit?: (bytes: Uint8Array) => void;
}

/** What plays a board of this model. */
function engineOf(model: BoardModel | undefined): Pick<BoardEngineOptions, 'kind' | 'firmware' | 'stockBaud'> {
  if (model === undefined) return {};
  const { kind, firmware, baud } = model;
  return { kind, firmware, ...(firmware === 'firmata' && baud !== 'auto' ? { stockBaud: baud } : {}) };
}

/**
 * A powered board: boots in the constructor and runs until `stop`.
 *
 * Each millisecond the plant takes its step first and the board then sees the result; bytes from the line are given
 * to the board at the time of their arrival.
 */
export class SimBoard {
  readonly #options: SimBoardOptions;
  readonly #board: BoardEngine;
  readonly #line: FaultyLine;
  /** Undefined for a board with stock Firmata: its line carries no frames, and it has no lease. */
  readonly #lateLease: LateLease | undefined;
  readonly #endings: readonly (() => void)[];
  #isPowered = true;
  /** Fault: the speed at which the board's UART runs whatever its program says. */
  #wrongBaud: number | undefined;
  #isHung = false;
  #hasSent = false;
  /** How the board's time goes by the simulation's since the last change of its rate or power. */
  #pace: { readonly fromMs: number; readonly boardMs: number; readonly rate: number };

  /** @throws Error when the cell has no such board (a defect: the cell model was not checked) */
  constructor(options: SimBoardOptions) {
    this.#options = options;
    const { cell, board, world, clock, line, random } = options;
    const wiring = createWiring(cell, board, world);
    this.#pace = { fromMs: clock.now(), boardMs: 0, rate: 1 };
    this.#line = new FaultyLine({ line, clock, board, random: random.stream(`line ${board}`) });
    const model = cell.boards.find(({ name }) => name === board);
    this.#lateLease = model?.firmware === 'firmata' ? undefined : new LateLease(simulatedUid(cell, board));
    this.#board = (options.load ?? WasmBoard.load)({
      ...engineOf(model),
      uid: simulatedUid(cell, board),
      world: wiring,
      onTransmit: (bytes, baud) => {
        this.#hasSent = true;
        options.onTransmit?.(bytes);
        this.#line.write(this.#between(this.#lateLease?.toHost(bytes) ?? bytes, 'toHost', baud));
      },
      onPinChange: (pin, state, boardTimeUs) => {
        wiring.pinChanged(pin, state);
        options.onPinChange?.(pin, state, boardTimeUs);
      },
    });
    this.#line.onData((bytes) => {
      this.#receive(bytes);
    });
    const firstTick = clock.every(clock.now(), TICK_MS, () => this.#tick());
    this.#endings = [firstTick, world.onFaults((faults) => this.#applyFaults(faults))];
  }

  /** Time of the board since power-up, microseconds; stands still without power. */
  get timeUs(): number {
    return this.#board.timeUs;
  }

  /** Speed of the board's UART, bits per second. */
  get baud(): number {
    return this.#wrongBaud ?? this.#board.baud;
  }

  /** Boots so far, 1 after power-up. */
  get bootCount(): number {
    return this.#board.bootCount;
  }

  /** What a pin does now. @throws RangeError when the board has no such pin */
  pin(pin: number): PinState {
    return this.#board.pin(pin);
  }

  /** Takes the board out of the simulation; its pins stay as they are. */
  stop(): void {
    for (const end of this.#endings) end();
  }

  /** @returns true when the board has sent something */
  #tick(): boolean {
    this.#hasSent = false;
    this.#catchUp();
    return this.#hasSent;
  }

  /** Plant and board go on together, millisecond by millisecond, also where real time has left several behind. */
  #catchUp(): void {
    const { clock, world } = this.#options;
    const now = clock.now();
    if (!this.#isPowered) {
      world.advanceTo(now);
      return;
    }
    const { fromMs, boardMs, rate } = this.#pace;
    const reachedMs = fromMs + (this.#board.timeUs / 1000 - boardMs) / rate;
    for (let at = reachedMs + TICK_MS; at < now; at += TICK_MS) {
      world.advanceTo(at);
      this.#advanceBoard(at);
    }
    world.advanceTo(now);
    this.#advanceBoard(now);
  }

  #advanceBoard(at: number): void {
    const { fromMs, boardMs, rate } = this.#pace;
    this.#board.advance(Math.floor((boardMs + (at - fromMs) * rate) * 1000));
  }

  #receive(bytes: Uint8Array): void {
    this.#catchUp();
    if (!this.#isPowered) return;
    const arrived = this.#between(bytes, 'toBoard', this.#board.baud);
    this.#board.receive(this.#lateLease?.toBoard(arrived) ?? arrived);
  }

  /** What arrives at the other end's speed. A line whose host has none, as a pseudo-terminal, carries any. */
  #between(bytes: Uint8Array, direction: 'toBoard' | 'toHost', programBaud: number): Uint8Array {
    const { hostBaud = Number.POSITIVE_INFINITY } = this.#options.line;
    const atBoard = this.#wrongBaud ?? programBaud;
    const atHost = Number.isFinite(hostBaud) ? hostBaud : programBaud;
    return direction === 'toBoard' ? resample(bytes, atHost, atBoard) : resample(bytes, atBoard, atHost);
  }

  #applyFaults(faults: FaultSet): void {
    const { board, clock } = this.#options;
    this.#line.faults = faults;
    this.#catchUp();
    this.#wrongBaud = faults.amount(board, 'wrong-speed');
    if (this.#lateLease !== undefined) this.#lateLease.lateMs = faults.amount(board, 'late-lease') ?? 0;
    const isHung = faults.has(board, 'hang');
    if (isHung !== this.#isHung) this.#board.hang(isHung);
    this.#isHung = isHung;
    const rate = 1 + (faults.amount(board, 'drift') ?? 0) / 100;
    const isPowered = !faults.has(board, 'power-loss');
    if (isPowered === this.#isPowered && rate === this.#pace.rate) return;
    // Without power the board's own time stands still, so it goes on from where it was.
    this.#pace = { fromMs: clock.now(), boardMs: this.#board.timeUs / 1000, rate };
    if (isPowered === this.#isPowered) return;
    this.#isPowered = isPowered;
    // Without power a board is as after a reset: no memory, no pin driven. It runs again only when power is back.
    if (!isPowered) this.#board.reset('power-on');
  }
}
