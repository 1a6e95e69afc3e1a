// The simulation interface (celda.sim.v1) over a running world: the hands of the operator, and of fate.
import Long from 'long';
import { celda } from '../proto/generated/celda.js';
import type { Outcome, Received, SimulationServiceHandlers } from '../proto/generated/services.js';
import { WatchQueue } from '../src/app/serve-simulation.ts';
import { BOARD_PINS } from '../src/core/board-pins.ts';
import type { CellModel } from '../src/core/cell-model.ts';
import { type Fault, fault } from '../src/core/faults.ts';
import { monotonicMs } from '../src/core/units.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { ServiceRefusal } from '../src/ports/service-refusal.ts';
import { describeKind, listFaults } from './board/fault-kinds.ts';
import type { SimBoard } from './board/sim-board.ts';
import type { SimInput, SimWorld } from './board/sim-world.ts';
import type { PinSeen, PinWatch, PinWatchEvent } from './pin-watch.ts';
import { wirePlant } from './plant-view.ts';

const { BoardState, InputKind } = celda.sim.v1;

/** In the order of the wire's numbers. */
const WIRE_STATES = [
  BoardState.BOARD_STATE_BOOT,
  BoardState.BOARD_STATE_CONFIGURING,
  BoardState.BOARD_STATE_STOPPED,
  BoardState.BOARD_STATE_ARMED,
  BoardState.BOARD_STATE_TRIPPED,
];

type Wire = typeof celda.sim.v1;
type Request<K extends keyof Wire> = Received<
  InstanceType<Extract<Wire[K], abstract new (...args: never[]) => unknown>>
>;
type Reply<T> = Promise<Outcome<T, ServiceRefusal>>;

/** Longest time after which a fault may clear itself, ms: an hour. */
const DURATION_MS_MAX = 3_600_000;

export interface SimulationParts {
  readonly cell: CellModel;
  readonly seed: number;
  readonly clock: Clock;
  readonly world: SimWorld;
  readonly boards: ReadonlyMap<string, SimBoard>;
  readonly pins: PinWatch;
}

export class SimulationService implements SimulationServiceHandlers<ServiceRefusal> {
  readonly #parts: SimulationParts;
  readonly #startedAt: number;
  readonly #endings = new Map<string, () => void>();

  constructor(parts: SimulationParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
  }

  getPlant(): Reply<celda.sim.v1.GetPlantResponse.$Properties> {
    const { cell, world, clock, seed } = this.#parts;
    return done({ plant: wirePlant(cell, world, clock.now() - this.#startedAt, seed) });
  }

  listInputs(): Reply<celda.sim.v1.ListInputsResponse.$Properties> {
    return done({ inputs: this.#parts.world.inputs().map(wireInput) });
  }

  setInput(request: Request<'SetInputRequest'>): Reply<celda.sim.v1.SetInputResponse.$Properties> {
    const set = this.#parts.world.override(request.device, request.value ?? undefined);
    return set.ok ? done({ input: wireInput(set.value) }) : refused(set.error);
  }

  listFaults(request: Request<'ListFaultsRequest'>): Reply<celda.sim.v1.ListFaultsResponse.$Properties> {
    const faults = this.#faults().filter(({ active }) => active || !request.activeOnly);
    return done({ faults });
  }

  injectFault(request: Request<'InjectFaultRequest'>): Reply<celda.sim.v1.InjectFaultResponse.$Properties> {
    const { component, kind, magnitude, durationMs } = request;
    if (typeof durationMs === 'number' && !(durationMs > 0 && durationMs <= DURATION_MS_MAX)) {
      return refused(
        fault(6010, { field: 'duration_ms', given: durationMs, allowed: `above 0, up to ${DURATION_MS_MAX}` }),
      );
    }
    const injected = this.#parts.world.inject({ component, kind, amount: magnitude ?? undefined });
    if (!injected.ok) return refused(injected.error);
    this.#endAfter(component, kind, durationMs ?? undefined);
    const active = this.#faults().find((known) => known.component === component && known.kind === kind);
    return done(active === undefined ? {} : { fault: active });
  }

  clearFault(request: Request<'ClearFaultRequest'>): Reply<celda.sim.v1.ClearFaultResponse.$Properties> {
    const { component, kind } = request;
    if (component === '' && kind !== '') {
      return refused(fault(6010, { field: 'component', given: '', allowed: 'a component, when a kind is given' }));
    }
    const before = this.#faults().filter(({ active }) => active);
    const cleared = this.#parts.world.clear(component === '' ? undefined : component, kind === '' ? undefined : kind);
    if (!cleared.ok) return refused(cleared.error);
    const still = this.#faults().filter(({ active }) => active);
    const isGone = (known: (typeof before)[number]): boolean =>
      !still.some((other) => other.component === known.component && other.kind === known.kind);
    return done({ cleared: before.filter(isGone).map((known) => ({ ...known, active: false })) });
  }

  async *watchPins(request: Request<'WatchPinsRequest'>, signal: AbortSignal) {
    const { pins, boards, cell } = this.#parts;
    const unknown = request.devices.filter((name) => !cell.devices.some((device) => device.name === name));
    if (unknown.length > 0) {
      const allowed = cell.devices.map(({ name }) => name).join(', ');
      yield refusal(fault(6010, { field: 'devices', given: unknown.join(', '), allowed }));
      return;
    }
    const wanted = (device: string): boolean => request.devices.length === 0 || request.devices.includes(device);
    const queue = new WatchQueue<PinWatchEvent>();
    const unlisten = pins.listen((event) => {
      if (event.kind === 'board' || wanted(event.pin.device)) queue.push(event);
    });
    const end = (): void => queue.end();
    signal.addEventListener('abort', end);
    try {
      if (request.includeInitialState) {
        for (const [name, board] of boards) yield* this.#initial(name, board, wanted);
      }
      for (let next = await queue.next(); typeof next === 'object'; next = await queue.next()) {
        yield { ok: true as const, value: wireEvent(next.item) };
      }
    } finally {
      signal.removeEventListener('abort', end);
      unlisten();
    }
  }

  *#initial(name: string, board: SimBoard, wanted: (device: string) => boolean) {
    const { pins, cell } = this.#parts;
    const boardTimeUs = board.timeUs;
    const state = pins.stateOf(name);
    yield { ok: true as const, value: wireEvent({ kind: 'board', board: name, boardTimeUs, state }) };
    const kind = cell.boards.find((candidate) => candidate.name === name)?.kind;
    for (const { number } of kind === undefined ? [] : BOARD_PINS[kind]) {
      const pin = pins.describe(name, number, board.pin(number));
      if (pin === undefined || !wanted(pin.device)) continue;
      const seen = wireEvent({ kind: 'pin', board: name, boardTimeUs, pin });
      yield { ok: true as const, value: { ...seen, pin: { ...pin, initial: true } } };
    }
  }

  #faults() {
    const { cell, world } = this.#parts;
    return listFaults(cell).flatMap(({ component, kinds }) =>
      kinds.map((kind) => {
        const active = world.faults.find((known) => known.component === component && known.kind === kind);
        const entry = describeKind(cell, component, kind);
        return {
          component,
          kind,
          description: entry?.meaning ?? '',
          unit: entry?.amount?.unit ?? '',
          min: entry?.amount?.min ?? 0,
          max: entry?.amount?.max ?? 0,
          magnitude: active?.amount ?? entry?.amount?.usual ?? 0,
          active: active !== undefined,
        };
      }),
    );
  }

  #endAfter(component: string, kind: string, durationMs: number | undefined): void {
    const { clock, world } = this.#parts;
    const key = `${component} ${kind}`;
    this.#endings.get(key)?.();
    this.#endings.delete(key);
    if (durationMs === undefined) return;
    const cancel = clock.schedule(monotonicMs(clock.now() + durationMs), () => {
      this.#endings.delete(key);
      world.clear(component, kind);
    });
    this.#endings.set(key, cancel);
  }
}

function wireInput(input: SimInput): celda.sim.v1.Input.$Properties {
  const { device, kind, value, unit, min, max, overridden } = input;
  return {
    device: device.name,
    description: device.description,
    kind: kind === 'digital' ? InputKind.INPUT_KIND_DIGITAL : InputKind.INPUT_KIND_ANALOG,
    value,
    unit,
    min,
    max,
    overridden,
  };
}

function wireEvent(event: PinWatchEvent): celda.sim.v1.WatchPinsResponse.$Properties {
  const { board } = event;
  const boardTimeUs = Long.fromNumber(event.boardTimeUs, true);
  if (event.kind === 'board') {
    const { state, tripCause } = event.state;
    return {
      board,
      boardTimeUs,
      boardChange: { state: WIRE_STATES[state] ?? BoardState.BOARD_STATE_UNSPECIFIED, tripCause },
    };
  }
  const pin: PinSeen = event.pin;
  return { board, boardTimeUs, pin: { ...pin, initial: false } };
}

function done<T>(value: T): Promise<Outcome<T, never>> {
  return Promise.resolve({ ok: true, value });
}

/** The field that is wrong, as the wire names it, with what was given and what is allowed. */
function refusal(cause: Fault): Outcome<never, ServiceRefusal> {
  const { field, given, allowed } = cause.detail;
  if (field === undefined) return { ok: false, error: { fault: cause, violations: [] } };
  const shown = typeof given === 'string' ? JSON.stringify(given) : String(given);
  const description = `given ${shown}; allowed: ${String(allowed)}`;
  return { ok: false, error: { fault: fault(cause.code), violations: [{ field: String(field), description }] } };
}

function refused(cause: Fault): Promise<Outcome<never, ServiceRefusal>> {
  return Promise.resolve(refusal(cause));
}
