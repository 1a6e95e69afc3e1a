// A board with stock Firmata as the cycle sees it: images without supervision, with their age, and outputs that follow the
// commands for as long as somebody sends them. One Johnny-Five board per session carries these and the catalogue devices.
import { Observable, type Subscriber } from 'rxjs';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import type { LinkState } from '../../src/core/cell-event.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardCommand, BoardEvent, BoardPort } from '../../src/ports/board-port.ts';
import type { CataloguePort } from '../../src/ports/catalogue-port.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { TransportFactory } from '../../src/ports/transport.ts';
import { type CatalogueDevice, createCatalogue } from './catalogue.ts';
import type { FirmataLoss } from './firmata-connection.ts';
import { FirmataPins } from './firmata-pins.ts';
import { createFirmataStream, type FirmataStream } from './firmata-stream.ts';
import { type BoardSession, type ConnectIo, connectIo, type IoListener, warmUpIo } from './io.ts';
import type { Log } from './log.ts';
import { samplingIntervalFor } from './thermometer.ts';

export interface FirmataBoardOptions {
  /** Digital and analog slots only, none of them hazardous. */
  readonly plan: BoardPlan;
  /** A pin that no device uses: it shows whether the board was reset. Undefined where all are used. */
  readonly witness: number | undefined;
  readonly factory: TransportFactory;
  /** Catalogue devices of this board. */
  readonly devices: readonly CatalogueDevice[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface FirmataBoard {
  /** Its `events$` carries the connection for both: without a subscriber nothing is opened. */
  readonly port: BoardPort;
  /** Undefined where the board has no catalogue device. */
  readonly catalogue: CataloguePort | undefined;
}

/** Analog values rest on the newest report; a report of six channels is 18 bytes. */
const ANALOG_SAMPLING_MS = 20;
/** Round trips that the median is of: those of a second. */
const ROUND_TRIPS = 20;

/** Compiles the classes at once; nothing is opened before `events$` is subscribed to. */
export function createFirmataBoard(options: FirmataBoardOptions): FirmataBoard {
  const port = new FirmataPort(options);
  const { devices, clock, log } = options;
  if (devices.length === 0) {
    warmUpIo(clock, log);
    return { port, catalogue: undefined };
  }
  return { port, catalogue: createCatalogue({ devices, clock, log, stream: port.stream, connect: port.share }) };
}

class FirmataPort implements BoardPort {
  readonly name: string;
  readonly events$: Observable<BoardEvent>;
  readonly stream: FirmataStream;
  readonly #options: FirmataBoardOptions;
  readonly #sharers = new Set<IoListener>();
  #session: BoardSession | undefined = undefined;
  #pins: FirmataPins | undefined = undefined;
  #subscriber: Subscriber<BoardEvent> | undefined = undefined;
  #newest: BoardCommand | undefined = undefined;
  #told: LinkState = 'down';
  #heardAt = monotonicMs(0);
  #roundTrips: number[] = [];

  constructor(options: FirmataBoardOptions) {
    this.#options = options;
    this.name = options.plan.board.name;
    this.stream = createFirmataStream({
      transport: options.factory,
      clock: options.clock,
      onLink: {
        opened: () => this.#tell('connecting', undefined),
        echoed: (roundTripMs) => this.#onEcho(roundTripMs),
        lost: (loss) => this.#tell('down', lossFault(this.name, loss)),
      },
    });
    this.events$ = new Observable((subscriber) => this.#run(subscriber));
  }

  /** Lets others use the session that the port has. */
  readonly share: ConnectIo = (_options, listener) => {
    this.#sharers.add(listener);
    if (this.#session !== undefined) listener.ready(this.#session);
    return () => this.#sharers.delete(listener);
  };

  get roundTripMs(): number {
    const sorted = this.#roundTrips.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }

  figures(): undefined {
    return undefined;
  }

  write(command: BoardCommand): void {
    this.#newest = command;
    if (this.#session === undefined) return;
    this.#drive();
    // Not in this turn: the writer is in the middle of a cycle.
    if (this.#told !== this.#link()) this.#soon(() => this.#tellLink());
  }

  /** Nothing latches on such a board. */
  reopen(): void {}

  configure(): void {}

  #run(subscriber: Subscriber<BoardEvent>): () => void {
    this.#subscriber = subscriber;
    const { stream } = this;
    const { clock, log } = this.#options;
    const samplingIntervalMs = samplingOf(this.#options);
    const close = connectIo(
      { stream, clock, log, samplingIntervalMs },
      { ready: (session) => this.#begin(session), lost: () => this.#end() },
    );
    return () => {
      close();
      this.#subscriber = undefined;
    };
  }

  #begin(session: BoardSession): void {
    const { plan, clock, witness } = this.#options;
    this.#session = session;
    this.#heardAt = clock.now();
    this.#roundTrips = [];
    const changed = (): void => this.#onReport();
    this.#pins = new FirmataPins({ plan, session, clock, changed, pullUp: (pin) => this.stream.pullUp(pin) });
    this.#drive();
    // After the pins: whatever the board echoes from now on was set in this session.
    this.stream.watch(witness);
    for (const listener of this.#sharers) session.scope.guard(() => listener.ready(session));
    this.#tellLink();
  }

  /** What was commanded before does not count in the next session: whoever still wants it says so again. */
  #end(): void {
    this.#pins?.end();
    this.#pins = undefined;
    this.#newest = undefined;
    const session = this.#session;
    this.#session = undefined;
    for (const listener of this.#sharers) session?.scope.guard(() => listener.lost());
  }

  #drive(): void {
    const { plan } = this.#options;
    const { arm, outputs } = this.#newest ?? { arm: false, outputs: [] };
    this.#pins?.drive(plan.outputs.map(({ safeValue }, slot) => (arm ? (outputs[slot] ?? safeValue) : safeValue)));
  }

  #onEcho(roundTripMs: number): void {
    this.#roundTrips = [...this.#roundTrips.slice(1 - ROUND_TRIPS), roundTripMs];
    this.#onReport();
  }

  #onReport(): void {
    this.#heardAt = this.#options.clock.now();
    this.#tellLink();
    this.#tellImage();
  }

  /** The board is of use as soon as every input of it is known. */
  #link(): LinkState {
    if (this.#pins?.inputs === undefined) return 'connecting';
    return this.#newest?.arm === true ? 'armed' : 'stopped';
  }

  #tellLink(): void {
    if (this.#session === undefined) return;
    const isNew = this.#told !== this.#link();
    this.#tell(this.#link(), undefined);
    if (isNew) this.#tellImage();
  }

  #tell(state: LinkState, cause: Fault | undefined): void {
    if (state === this.#told && cause === undefined) return;
    this.#told = state;
    this.#subscriber?.next({ kind: 'link', state, cause });
  }

  #tellImage(): void {
    const inputs = this.#pins?.inputs;
    if (inputs === undefined) return;
    this.#subscriber?.next({
      kind: 'image',
      image: {
        receivedAt: this.#heardAt,
        // Firmata has no clock and no receipt: the numbers are of what was sent.
        boardTimeUs: 0,
        receiptCycle: this.#newest?.cycle ?? 0,
        inputs,
        outputs: this.#pins?.outputs ?? [],
        armed: this.#newest?.arm === true,
      },
    });
  }

  #soon(task: () => void): void {
    const { clock } = this.#options;
    clock.schedule(clock.now(), task);
  }
}

function samplingOf({ plan, devices }: FirmataBoardOptions): number | undefined {
  if (plan.inputs.some(({ kind }) => kind === 'analog')) return ANALOG_SAMPLING_MS;
  return samplingIntervalFor(devices.filter((device) => device.kind === 'thermometer'));
}

function lossFault(board: string, loss: FirmataLoss): Fault {
  switch (loss.reason) {
    case 'port':
      return fault(1008, {
        board,
        reason: 'port',
        ...(loss.cause === undefined ? {} : { code: loss.cause.code }),
        ...loss.cause?.detail,
      });
    case 'altered':
      return fault(1008, { board, reason: 'altered', pin: loss.pin });
    case 'silent':
    case 'restarted':
      return fault(1008, { board, reason: loss.reason });
    default:
      return loss satisfies never;
  }
}
