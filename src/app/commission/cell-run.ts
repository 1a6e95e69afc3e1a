// The cell itself, run for a commissioning in this process: as in production, without a gateway and without user programs.
import type { Language } from '../../commissioning/words.ts';
import type { CellEventBody, CellReply, CellRequest, CellSnapshot } from '../../core/cell-event.ts';
import type { CellModel } from '../../core/cell-model.ts';
import { STORED_AT_ONCE } from '../../core/event-storage.ts';
import { describeFault, type Fault } from '../../core/faults.ts';
import type { UnitState } from '../../core/packml.ts';
import type { BoardImage } from '../../ports/board-port.ts';
import type { FromControl } from '../../ports/cell-channel.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RandomSource } from '../../ports/random-source.ts';
import { type ControlRun, startControl } from '../compose-control.ts';
import type { BoardReach } from '../reach-boards.ts';

export interface CellRunOptions {
  readonly cell: CellModel;
  readonly reach: BoardReach;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly onError: (error: Error) => void;
}

type Hears = (body: CellEventBody) => void;

export class CellRun {
  readonly #clock: Clock;
  readonly #control: ControlRun;
  readonly #images = new Set<(board: string, image: BoardImage) => void>();
  readonly #events = new Set<Hears>();
  readonly #replies = new Map<string, CellReply>();
  #send: (request: CellRequest) => void = () => undefined;
  #snapshot: CellSnapshot | undefined = undefined;
  #unit: UnitState = 'Stopped';
  #requests = 0;
  #order: string | undefined = undefined;
  #moving: readonly string[] = [];

  constructor({ cell, reach, clock, random, onError }: CellRunOptions) {
    this.#clock = clock;
    this.#control = startControl({
      cell,
      epoch: `commission-${random.nextUint32().toString(36)}`,
      clock,
      random,
      ...reach,
      // What a program does by itself has no place while a person stands at the cell and tries its stops.
      programs: [],
      server: {
        listen: (listener) => {
          this.#send = listener;
          return () => undefined;
        },
        storage: () => STORED_AT_ONCE,
        publish: (message) => this.#onMessage(message),
        close: () => undefined,
      },
      onBoardEvent: (board, event) => {
        if (event.kind === 'link' || event.kind === 'proof') return;
        for (const listener of this.#images) listener(board, event.image);
      },
      log: () => undefined,
    });
    this.#control.ended.catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))));
  }

  get unit(): UnitState {
    return this.#unit;
  }

  /** At most 100 ms old; undefined before the first. */
  get snapshot(): CellSnapshot | undefined {
    return this.#snapshot;
  }

  /** Joints that changed their position within the last 100 ms, by name. */
  get moving(): readonly string[] {
    return this.#moving;
  }

  get now(): number {
    return this.#clock.now();
  }

  /** @returns a function that ends it */
  onImage(listener: (board: string, image: BoardImage) => void): () => void {
    this.#images.add(listener);
    return () => this.#images.delete(listener);
  }

  /** @returns a function that ends it */
  onEvent(listener: Hears): () => void {
    this.#events.add(listener);
    return () => this.#events.delete(listener);
  }

  /** Orders a work master with its default parameters; `answer` tells what became of it. */
  order(workMasterId: string): void {
    const requestId = this.#nextRequest();
    const jobOrderId = `commission-${requestId}`;
    this.#order = jobOrderId;
    const order = { jobOrderId, descriptions: [], workMasterId, priority: 0, parameters: {} };
    this.#send({ kind: 'store-and-start', requestId, order });
  }

  /** Ends the last order, if there is one: nothing of it goes on after the next reset. */
  abort(): void {
    if (this.#order === undefined) return;
    this.#send({ kind: 'abort', requestId: this.#nextRequest(), jobOrderId: this.#order });
    this.#order = undefined;
  }

  /** Why the newest request was refused; undefined when it was not, or is not answered yet. */
  get refusal(): Fault | undefined {
    const reply = this.#replies.get(`r${this.#requests}`);
    return reply?.ok === false ? reply.fault : undefined;
  }

  /** What keeps the cell from being ready, for a person. */
  describe(language: Language): string {
    const alarms = this.#snapshot?.alarms.map((alarm) => describeFault(alarm, language)) ?? [];
    const links = this.#snapshot?.boards.flatMap(({ name, link }) =>
      link === 'stopped' || link === 'armed' ? [] : [`${name}: ${link}`],
    );
    return [this.#unit, ...(links ?? []), ...alarms].join('; ');
  }

  /** A controlled stop; resolves when all outputs are at their safe values. */
  async stop(): Promise<void> {
    this.#control.shutdown();
    await this.#control.ended;
  }

  #nextRequest(): string {
    this.#requests += 1;
    return `r${this.#requests}`;
  }

  #onMessage(message: FromControl): void {
    if (message.kind === 'snapshot') this.#onSnapshot(message.snapshot);
    if (message.kind === 'reply') this.#replies.set(message.reply.requestId, message.reply);
    if (message.kind !== 'event') return;
    const { body } = message.event;
    if (body.kind === 'unit') this.#unit = body.to;
    for (const listener of this.#events) listener(body);
  }

  #onSnapshot(snapshot: CellSnapshot): void {
    const before = new Map(this.#snapshot?.devices.map(({ name, value }) => [name, value]));
    this.#moving = snapshot.devices.flatMap(({ name, kind, value }) =>
      (kind === 'servo' || kind === 'stepper-axis') && before.get(name) !== value ? [name] : [],
    );
    this.#snapshot = snapshot;
  }
}
