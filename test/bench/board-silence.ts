// Goal: a board that falls silent stops the host within 150 ms, even if the operating system reports nothing.
// Method: the control half of the example cell, firmware and plant in virtual time, arm moving; at a random phase the
// board is muted, cut off or without power; from the last byte that the host heard to the unit's stop.

import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { SimBoard } from '../../sim/board/sim-board.ts';
import { SimWorld } from '../../sim/board/sim-world.ts';
import { createRandom } from '../../sim/kernel/random.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { type ControlRun, startControl } from '../../src/app/compose-control.ts';
import type { CellRequest, LinkState } from '../../src/core/cell-event.ts';
import { STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import type { UnitState } from '../../src/core/packml.ts';
import type { FromControl } from '../../src/ports/cell-channel.ts';
import type { TransportFactory } from '../../src/ports/transport.ts';
import { exampleCell, jobOrder } from '../support/cycle-rig.ts';
import { boundedFigure, type Measurement } from './figure.ts';

const PHASES = 1000;
const QUICK_PHASES = 30;
const LIMIT_MS = 150;
/** Virtual time to come back to motion, or to stop at all, ms. */
const PATIENCE_MS = 20_000;
const MOTION_MS = 200;
const FAULTS = ['mute', 'cut', 'power-loss'] as const;
const STOPS: ReadonlySet<UnitState> = new Set(['Stopping', 'Aborting']);

export const measureBoardSilence: Measurement = async ({ quick, progress }) => {
  const phases = quick ? QUICK_PHASES : PHASES;
  progress(`board silent: ${phases} random phases in virtual time`);
  const random = createRandom('silence').stream('phases');
  const cell = new SilenceRig();
  const times: number[] = [];
  for (let phase = 0; phase < phases; phase += 1) {
    await cell.setMoving();
    await cell.advance(MOTION_MS + random.below(20_000) / 1000);
    times.push(await cell.timeToStop(FAULTS[phase % FAULTS.length] ?? 'mute'));
  }
  cell.stop();
  return [
    boundedFigure({
      name: 'board silent -> host stopped',
      requirement: `<= ${LIMIT_MS} ms`,
      unit: 'ms',
      values: times,
      judged: 'max',
      limit: { what: 'required', value: LIMIT_MS, kind: 'at most' },
      note: `${phases} random phases in virtual time (muted, cut, without power), from the last byte heard to the unit's stop`,
    }),
  ];
};

/** A cell as in `celda/testing`, with an ear at the host's end of the line. */
class SilenceRig {
  readonly #cell = { ...exampleCell(), onSafetyStop: 'abort' as const };
  readonly #clock = new VirtualClock();
  readonly #random = createRandom('silence');
  readonly #world = new SimWorld(this.#cell, this.#random, this.#clock.now());
  readonly #boards: SimBoard[] = [];
  readonly #control: ControlRun;
  #send: (request: CellRequest) => void = () => undefined;
  #unit: UnitState = 'Stopped';
  #link: LinkState = 'down';
  #heardAt = 0;
  #stoppedAt = 0;
  #orders = 0;

  constructor() {
    this.#control = startControl({
      cell: this.#cell,
      epoch: 'silence',
      clock: this.#clock,
      random: this.#random.stream('control'),
      transports: new Map(this.#cell.boards.map(({ name }) => [name, this.#connect(name)])),
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
      log: () => undefined,
    });
  }

  advance(ms: number): Promise<void> {
    return this.#clock.advance(ms);
  }

  /** Whatever was wrong is repaired, the reset button pressed, and an order runs. */
  async setMoving(): Promise<void> {
    this.#world.clear(undefined, undefined);
    await this.#until('linked', () => this.#link === 'stopped' && !STOPS.has(this.#unit));
    await this.advance(100);
    this.#world.press('reset');
    await this.#until('Idle', () => this.#unit === 'Idle');
    this.#world.release('reset');
    this.#orders += 1;
    this.#send({ kind: 'store-and-start', requestId: `r${this.#orders}`, order: jobOrder(`bench-${this.#orders}`) });
    await this.#until('Execute', () => this.#unit === 'Execute');
  }

  /** @returns virtual time from the last byte heard to the stop, ms */
  async timeToStop(kind: (typeof FAULTS)[number]): Promise<number> {
    if (this.#unit !== 'Execute') throw new Error(`the cell does not move: ${this.#unit}`);
    const [board] = this.#cell.boards;
    const injected = this.#world.inject({ component: board?.name ?? '', kind });
    if (!injected.ok) throw new Error(JSON.stringify(injected.error));
    await this.#until('a stop', () => this.#unit !== 'Execute');
    return this.#stoppedAt - this.#heardAt;
  }

  stop(): void {
    this.#control.stopBoards();
    for (const board of this.#boards) board.stop();
  }

  #connect(name: string): TransportFactory {
    const line = createLoopback({ clock: this.#clock, baud: BOOT_BAUD });
    const options = { cell: this.#cell, board: name, world: this.#world, clock: this.#clock, random: this.#random };
    this.#boards.push(new SimBoard({ ...options, line: line.board }));
    return () => {
      const transport = line.host();
      return {
        open: (listener) =>
          transport.open({
            opened: () => listener.opened(),
            data: (bytes) => {
              this.#heardAt = this.#clock.now();
              listener.data(bytes);
            },
            closed: (cause) => listener.closed(cause),
          }),
        write: (bytes) => transport.write(bytes),
        get pendingBytes() {
          return transport.pendingBytes;
        },
        close: () => transport.close(),
      };
    };
  }

  #onMessage(message: FromControl): void {
    if (message.kind !== 'event') return;
    const { at, body } = message.event;
    if (body.kind === 'link') this.#link = body.state;
    if (body.kind !== 'unit') return;
    this.#unit = body.to;
    if (STOPS.has(body.to)) this.#stoppedAt = at;
  }

  async #until(what: string, isDone: () => boolean): Promise<void> {
    const deadline = this.#clock.now() + PATIENCE_MS;
    while (!isDone()) {
      if (this.#clock.now() >= deadline) throw new Error(`no ${what}: unit ${this.#unit}, link ${this.#link}`);
      await this.advance(1);
    }
  }
}
