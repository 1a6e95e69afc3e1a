// The firmware core behind a pseudo-terminal in real time, with levels to set, and eyes on the line and the pins.
import { decodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { type Frame, parseUid } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { BOARD_TYPES } from '../../firmware-bridge/wire/messages.ts';
import type { PinState } from '../../sim/board/board-pins.ts';
import type { BoardLine } from '../../sim/board/line.ts';
import { openPseudoTerminal, type PseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { PacedLine } from './paced-line.ts';

const UID = '53494d0000000000';
const TICK_MS = 1;
/** A stall of this process longer than this makes the board's time slip, as if the board had stood still. */
const CATCH_UP_MS_MAX = 20;

/** What happened at the port and on the board; times are `performance.now()`, ms. */
export interface PtyBoardWatch {
  /** The board is about to send an EDGE frame. */
  onEdgeSent?(at: number): void;
  /** Bytes of the host arrived at `at`, and the board has taken them. */
  onTaken?(at: number): void;
  /** A command was executed: the number in the board's receipt has changed. */
  onExecuted?(boardTimeUs: number): void;
  /** `byHost`: while the board took bytes of the host, so it is what the host told; else the board did it by itself. */
  onPinChange?(pin: number, state: PinState, byHost: boolean, boardTimeUs: number): void;
}

export interface PtyBoardOptions {
  /** @defaultValue 'uno' */
  readonly kind?: BoardKind;
  /** 16 hex digits. @defaultValue the same for all */
  readonly uid?: string;
  /** Bytes arrive no faster than at this rate, bits per second. @defaultValue as fast as they come */
  readonly baud?: number;
  /** @defaultValue a new one, as the system names it */
  readonly terminal?: PseudoTerminal;
}

/** @throws Error when there is no pseudo-terminal to be had */
export function openTerminal(): PseudoTerminal {
  const opened = openPseudoTerminal();
  if (!opened.ok) throw new Error(`no pseudo-terminal: ${JSON.stringify(opened.error)}`);
  return opened.value;
}

export class PtyBoard {
  watch: PtyBoardWatch = {};
  /** Level by pin; what is not named has the pull-up's level. */
  readonly levels = new Map<number, 0 | 1>();
  /** Counts by analog channel. */
  readonly counts = new Map<number, number>();
  readonly #terminal: PseudoTerminal;
  readonly #line: BoardLine;
  readonly #board: WasmBoard;
  readonly #sent: FrameDecoder;
  readonly #timer: NodeJS.Timeout;
  #startedAt = performance.now();
  #isTaking = false;
  /** When the board last took bytes, by its own clock: an image with a new receipt follows in the same turn. */
  #takenUs = 0;
  #receipt = 0;
  #edges = 0;

  constructor({ kind = 'uno', uid = UID, baud, terminal = openTerminal() }: PtyBoardOptions = {}) {
    this.#terminal = terminal;
    this.#line = baud === undefined ? terminal : new PacedLine(terminal, baud);
    this.#sent = new FrameDecoder((frame) => this.#see(frame));
    this.#sent.uid = parseUid(uid);
    this.#board = WasmBoard.load({
      kind,
      uid,
      world: {
        digitalLevel: (pin, pullUp) => this.levels.get(pin) ?? (pullUp ? 1 : 0),
        analogCounts: (channel) => this.counts.get(channel) ?? 0,
      },
      onTransmit: (bytes) => this.#transmit(bytes),
      onPinChange: (pin, state, timeUs) => this.watch.onPinChange?.(pin, state, this.#isTaking, timeUs),
    });
    this.#line.onData((bytes) => this.#take(bytes));
    this.#timer = setInterval(() => this.#advance(), TICK_MS);
  }

  /** Of the port, for a host to open. */
  get path(): string {
    return this.#terminal.path;
  }

  /** Board time, µs; goes with real time. */
  get timeUs(): number {
    return this.#board.timeUs;
  }

  pin(pin: number): PinState {
    return this.#board.pin(pin);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#terminal.close();
  }

  #advance(): void {
    const behindMs = performance.now() - this.#startedAt - this.#board.timeUs / 1000;
    if (behindMs > CATCH_UP_MS_MAX) this.#startedAt += behindMs - CATCH_UP_MS_MAX;
    this.#board.advance(Math.floor((performance.now() - this.#startedAt) * 1000));
  }

  #take(bytes: Uint8Array): void {
    const at = performance.now();
    this.#advance();
    this.#takenUs = this.#board.timeUs;
    this.#isTaking = true;
    this.#board.receive(bytes);
    this.#isTaking = false;
    this.watch.onTaken?.(at);
  }

  #see(frame: Frame): void {
    if (frame.type === BOARD_TYPES.edge) this.#edges += 1;
    const message = decodeBoardMessage(frame);
    if (message?.kind !== 'image' && message?.kind !== 'edge') return;
    if (message.receiptCycle === this.#receipt) return;
    this.#receipt = message.receiptCycle;
    this.watch.onExecuted?.(this.#takenUs);
  }

  #transmit(bytes: Uint8Array): void {
    const edgesBefore = this.#edges;
    this.#sent.push(bytes);
    if (this.#edges > edgesBefore) this.watch.onEdgeSent?.(performance.now());
    this.#line.write(bytes);
  }
}
