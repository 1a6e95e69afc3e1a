// What happens at the pins of the simulated boards, for whoever watches: changes with the board's own time.
import { decodeBoardMessage } from '../firmware-bridge/wire/board-codec.ts';
import { BOARD_STATES, codeOfName, TRIP_CAUSES } from '../firmware-bridge/wire/codes.ts';
import { parseUid } from '../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../firmware-bridge/wire/frame-decoder.ts';
import type { BoardMessage } from '../firmware-bridge/wire/messages.ts';
import { BOARD_PINS } from '../src/core/board-pins.ts';
import { type BoardPlan, type OutputSlot, planBoards } from '../src/core/board-plan.ts';
import type { CellModel, DeviceModel } from '../src/core/cell-model.ts';
import { pinsOfDevice } from '../src/core/device-pins.ts';
import type { PinState } from './board/board-pins.ts';
import { simulatedUid } from './board/sim-board.ts';

export interface BoardStateSeen {
  readonly state: number;
  readonly tripCause: number;
}

export type PinWatchEvent = { readonly board: string; readonly boardTimeUs: number } & (
  | { readonly kind: 'pin'; readonly pin: PinSeen }
  | { readonly kind: 'board'; readonly board: string; readonly state: BoardStateSeen }
);

export interface PinSeen {
  readonly device: string;
  readonly pin: string;
  /** 0 or 1, pulse width in µs, duty in percent, or frequency of a tone in Hz. */
  readonly value: number;
  readonly hazardous: boolean;
  readonly safe: boolean;
}

class WatchedBoard {
  readonly name: string;
  seen: BoardStateSeen = { state: 0, tripCause: 0 };
  readonly #plan: BoardPlan;
  readonly #cell: CellModel;
  readonly #decoder: FrameDecoder;

  constructor(cell: CellModel, plan: BoardPlan, onState: (boardTimeUs: number) => void) {
    this.name = plan.board.name;
    this.#cell = cell;
    this.#plan = plan;
    this.#decoder = new FrameDecoder((frame) => {
      const message = decodeBoardMessage(frame);
      const seen = message === undefined ? undefined : stateIn(message);
      if (seen === undefined || (seen.state === this.seen.state && seen.tripCause === this.seen.tripCause)) return;
      this.seen = { state: seen.state, tripCause: seen.tripCause };
      onState(seen.boardTimeUs);
    });
    this.#decoder.uid = parseUid(simulatedUid(cell, plan.board.name));
  }

  transmitted(bytes: Uint8Array): void {
    this.#decoder.push(bytes);
  }

  describe(pin: number, state: PinState): PinSeen {
    const name = BOARD_PINS[this.#plan.board.kind].find(({ number }) => number === pin)?.name ?? `${pin}`;
    const device = this.#cell.devices.find((candidate) => isOn(candidate, this.name, name));
    const slot = this.#plan.outputs.find((output) => output.pin === pin);
    const value = valueOfPin(state);
    return {
      device: device?.name ?? '',
      pin: name,
      value,
      hazardous: slot?.hazardous === true,
      safe: slot !== undefined && BOARD_STATES[this.seen.state] !== 'armed' && isSafe(slot, value),
    };
  }
}

function stateIn(message: BoardMessage): (BoardStateSeen & { readonly boardTimeUs: number }) | undefined {
  if (message.kind !== 'image' && message.kind !== 'edge') return undefined;
  return {
    state: codeOfName(BOARD_STATES, message.state),
    tripCause: codeOfName(TRIP_CAUSES, message.tripCause),
    boardTimeUs: message.boardTimeUs,
  };
}

function isOn(device: DeviceModel, board: string, pin: string): boolean {
  return 'board' in device && device.board === board && pinsOfDevice(device).includes(pin);
}

function valueOfPin(state: PinState): number {
  if (state.mode === 'servo') return state.pulseUs;
  if (state.mode === 'tone') return state.toneHz;
  return state.mode === 'pwm' ? state.dutyPercent : state.level;
}

function isSafe(slot: OutputSlot, value: number): boolean {
  return slot.kind === 'servo' ? value === 0 : value === slot.safeValue;
}

/** Spreads changes to watchers; costs next to nothing while there are none. */
export class PinWatch {
  readonly #boards: ReadonlyMap<string, WatchedBoard>;
  readonly #listeners = new Set<(event: PinWatchEvent) => void>();

  constructor(cell: CellModel) {
    this.#boards = new Map(
      planBoards(cell).map((plan) => {
        const { name } = plan.board;
        const board = new WatchedBoard(cell, plan, (boardTimeUs) => {
          this.#tell({ kind: 'board', board: name, boardTimeUs, state: board.seen });
        });
        return [name, board];
      }),
    );
  }

  transmitted(board: string, bytes: Uint8Array): void {
    this.#boards.get(board)?.transmitted(bytes);
  }

  changed(board: string, pin: number, state: PinState, boardTimeUs: number): void {
    const watched = this.#boards.get(board);
    if (watched === undefined || this.#listeners.size === 0) return;
    this.#tell({ kind: 'pin', board, boardTimeUs, pin: watched.describe(pin, state) });
  }

  /** What a pin does now. */
  describe(board: string, pin: number, state: PinState): PinSeen | undefined {
    return this.#boards.get(board)?.describe(pin, state);
  }

  stateOf(board: string): BoardStateSeen {
    return this.#boards.get(board)?.seen ?? { state: 0, tripCause: 0 };
  }

  listen(listener: (event: PinWatchEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(event: PinWatchEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
