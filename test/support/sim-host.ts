// The least host that can lead a board: opens a session and sends process data when the test says so.

import { decodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { encodeFrame, parseUid } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import {
  type Handshake,
  type HandshakeEvent,
  handshakePlan,
  stepHandshake,
} from '../../firmware-bridge/wire/handshake.ts';
import { encodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import { packImage, unpackBoardImage } from '../../firmware-bridge/wire/images.ts';
import type { BoardMessage, HostMessage, ImageMessage } from '../../firmware-bridge/wire/messages.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Transport, TransportFactory } from '../../src/ports/transport.ts';

const SESSION = 77;

export interface SeenImage {
  readonly atMs: number;
  readonly message: ImageMessage;
  /** Pin levels and counts by device. */
  readonly inputs: Readonly<Record<string, number>>;
}

export class SimHost {
  readonly images: SeenImage[] = [];
  readonly #plan: BoardPlan;
  readonly #handshakePlan;
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #decoder = new FrameDecoder((frame) => {
    const message = decodeBoardMessage(frame);
    if (message !== undefined) this.#onMessage(message);
  });
  #state: Handshake | undefined;
  #uid: Uint8Array = new Uint8Array(8);
  #seq = 0;
  #cycle = 0;

  constructor(plan: BoardPlan, clock: Clock, factory: TransportFactory) {
    this.#plan = plan;
    this.#handshakePlan = handshakePlan(plan);
    this.#clock = clock;
    this.#transport = factory();
    this.#transport.open({
      opened: () => this.#step({ kind: 'start', nonce: 1, session: SESSION, baud: BOOT_BAUD }),
      data: (bytes) => this.#decoder.push(bytes),
      closed: () => undefined,
    });
  }

  get isOpen(): boolean {
    return this.#state?.kind === 'open';
  }

  get last(): SeenImage | undefined {
    return this.images.at(-1);
  }

  /** One process frame; `values` by device, the rest 0. @param validMs how long the board may execute it */
  command(arm: boolean, values: Readonly<Record<string, number>>, validMs = 50): void {
    const boardTimeUs = this.last?.message.boardTimeUs ?? 0;
    const sinceMs = this.#clock.now() - (this.last?.atMs ?? 0);
    this.#cycle += 1;
    this.#send({
      kind: 'process',
      cycle: this.#cycle,
      notAfterUs: Math.round(boardTimeUs + (sinceMs + validMs) * 1000) >>> 0,
      arm,
      image: packImage(
        this.#plan.outputs,
        this.#plan.outputs.map((slot) => values[slot.device] ?? 0),
      ),
    });
  }

  #step(event: HandshakeEvent): void {
    const before = this.#state ?? { kind: 'failed' as const, retryAt: 0 };
    const { state, send } = stepHandshake(this.#handshakePlan, before, event, this.#clock.now());
    this.#state = state;
    for (const message of send) this.#send(message);
  }

  #onMessage(message: BoardMessage): void {
    if (message.kind === 'ident') this.#decoder.uid = this.#uid = parseUid(message.uid) ?? this.#uid;
    if (message.kind !== 'image' && message.kind !== 'edge') {
      this.#step({ kind: 'message', message });
      return;
    }
    const values = unpackBoardImage(this.#plan, message.image);
    if (values === undefined) return;
    const inputs = Object.fromEntries(
      this.#plan.inputs.map((slot, index) => [slot.device, values.inputs[index] ?? -1]),
    );
    this.images.push({ atMs: this.#clock.now(), message, inputs });
  }

  #send(message: HostMessage): void {
    const isSalted = message.kind !== 'hello' && message.kind !== 'get-pins';
    if (message.kind === 'open') this.#seq = 0;
    if (isSalted) this.#seq += 1;
    const session = isSalted ? SESSION : 0;
    const frame = encodeFrame({ ...encodeHostMessage(message), seq: isSalted ? this.#seq : 0, session }, this.#uid);
    this.#transport.write(Uint8Array.of(0, ...frame));
  }
}
