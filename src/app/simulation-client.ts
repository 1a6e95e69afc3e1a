// A client of the simulation interface: the hands of the operator, and of fate.
import { celda } from '../../proto/generated/celda.js';
import { type Received, SimulationServiceDefinition } from '../../proto/generated/services.js';
import type { CallFailure } from '../client/grpc-client.ts';
import { ServiceClient } from '../client/service-client.ts';
import { ok, type Result } from '../core/result.ts';
import { LAMP_COLOURS, type LampColour } from '../core/stack-light.ts';

const METHODS = SimulationServiceDefinition;

export interface InputView {
  readonly device: string;
  readonly description: string;
  readonly kind: 'digital' | 'analog';
  readonly value: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly overridden: boolean;
}

export interface FaultView {
  readonly component: string;
  readonly kind: string;
  readonly description: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly magnitude: number;
  readonly active: boolean;
}

/** JSON of `celda plant --json`. Lengths in millimetres, angles in degrees, pressures in kPa gauge. */
export interface PlantView {
  readonly timeMs: number;
  readonly seed: number;
  readonly servoPowerOn: boolean;
  readonly joints: readonly {
    readonly device: string;
    readonly positionDeg: number;
    readonly commandDeg: number | null;
  }[];
  readonly axes: readonly {
    readonly device: string;
    readonly positionMm: number;
    readonly atHome: boolean;
    readonly lostSteps: number;
  }[];
  readonly grippers: readonly {
    readonly device: string;
    readonly valveOn: boolean;
    readonly pressureKpa: number;
    readonly heldPartId: number | null;
  }[];
  readonly conveyors: readonly { readonly device: string; readonly running: boolean; readonly travelledMm: number }[];
  /** Lamps that are lit at this moment: one that flashes is lit half of the time. */
  readonly lights: readonly { readonly device: string; readonly lit: readonly LampColour[] }[];
  readonly buzzers: readonly { readonly device: string; readonly sounding: boolean }[];
  readonly trays: readonly { readonly name: string; readonly partIds: readonly number[] }[];
  /** Number of parts by state, e.g. `in tray`. */
  readonly parts: Readonly<Record<string, number>>;
}

/** State of a board's outputs as the board itself sees it, e.g. `armed`. */
export interface BoardStateView {
  readonly board: string;
  readonly state: string;
}

type Outcome<T> = Promise<Result<T, CallFailure>>;

export class SimulationClient extends ServiceClient {
  async plant(): Outcome<PlantView> {
    const answer = await this.grpc.call(METHODS.getPlant, {});
    return answer.ok ? ok(viewPlant(answer.value.plant)) : answer;
  }

  async inputs(): Outcome<readonly InputView[]> {
    const answer = await this.grpc.call(METHODS.listInputs, {});
    return answer.ok ? ok(answer.value.inputs.map(viewInput)) : answer;
  }

  /** @param value undefined gives the input back to the plant */
  async setInput(device: string, value: number | undefined): Outcome<InputView> {
    const request = value === undefined ? { device } : { device, value };
    const answer = await this.grpc.call(METHODS.setInput, request);
    return answer.ok ? ok(viewInput(answer.value.input)) : answer;
  }

  async faults(activeOnly: boolean): Outcome<readonly FaultView[]> {
    const answer = await this.grpc.call(METHODS.listFaults, { activeOnly });
    return answer.ok ? ok(answer.value.faults.map(viewFault)) : answer;
  }

  async injectFault(fault: {
    readonly component: string;
    readonly kind: string;
    readonly magnitude: number | undefined;
    readonly durationMs: number | undefined;
  }): Outcome<FaultView> {
    const { component, kind, magnitude, durationMs } = fault;
    const answer = await this.grpc.call(METHODS.injectFault, {
      component,
      kind,
      ...(magnitude === undefined ? {} : { magnitude }),
      ...(durationMs === undefined ? {} : { durationMs }),
    });
    return answer.ok ? ok(viewFault(answer.value.fault)) : answer;
  }

  /** Empty strings stand for all. */
  async clearFault(component: string, kind: string): Outcome<readonly FaultView[]> {
    const answer = await this.grpc.call(METHODS.clearFault, { component, kind });
    return answer.ok ? ok(answer.value.cleared.map(viewFault)) : answer;
  }

  /** The present state of every board, then every change, until `signal` aborts or the simulation ends. */
  async *watchBoards(signal: AbortSignal): AsyncGenerator<BoardStateView> {
    const request = { devices: [], includeInitialState: true };
    for await (const message of this.grpc.stream(METHODS.watchPins, request, signal)) {
      if (!message.ok) return;
      const { board, boardChange } = message.value;
      if (boardChange) yield { board, state: lowerName(celda.sim.v1.BoardState[boardChange.state], 'BOARD_STATE_') };
    }
  }
}

function viewInput(wire: Received<celda.sim.v1.Input> | null): InputView {
  return {
    device: wire?.device ?? '',
    description: wire?.description ?? '',
    kind: wire?.kind === celda.sim.v1.InputKind.INPUT_KIND_ANALOG ? 'analog' : 'digital',
    value: wire?.value ?? 0,
    unit: wire?.unit ?? '',
    min: wire?.min ?? 0,
    max: wire?.max ?? 0,
    overridden: wire?.overridden ?? false,
  };
}

function viewFault(wire: Received<celda.sim.v1.ComponentFault> | null): FaultView {
  return {
    component: wire?.component ?? '',
    kind: wire?.kind ?? '',
    description: wire?.description ?? '',
    unit: wire?.unit ?? '',
    min: wire?.min ?? 0,
    max: wire?.max ?? 0,
    magnitude: wire?.magnitude ?? 0,
    active: wire?.active ?? false,
  };
}

function viewPlant(wire: Received<celda.sim.v1.Plant> | null): PlantView {
  const parts: Record<string, number> = {};
  for (const { state } of wire?.parts ?? []) {
    const name = lowerName(celda.sim.v1.PartState[state], 'PART_STATE_');
    parts[name] = (parts[name] ?? 0) + 1;
  }
  return {
    timeMs: wire?.timeMs ?? 0,
    seed: wire?.seed.toNumber() ?? 0,
    servoPowerOn: wire?.servoPowerOn ?? false,
    joints: (wire?.joints ?? []).map(({ device, positionDeg, commandDeg }) => ({
      device,
      positionDeg,
      commandDeg: commandDeg ?? null,
    })),
    axes: (wire?.axes ?? []).map(({ device, positionMm, atHome, lostSteps }) => ({
      device,
      positionMm,
      atHome,
      lostSteps,
    })),
    grippers: (wire?.grippers ?? []).map(({ device, valveOn, pressureKpa, heldPartId }) => ({
      device,
      valveOn,
      pressureKpa,
      heldPartId: heldPartId ?? null,
    })),
    conveyors: (wire?.conveyors ?? []).map(({ device, running, travelledMm }) => ({ device, running, travelledMm })),
    lights: (wire?.stackLights ?? []).map((light) => ({
      device: light.device,
      lit: LAMP_COLOURS.filter((colour) => light[colour] === true),
    })),
    buzzers: (wire?.buzzers ?? []).map(({ device, sounding }) => ({ device, sounding })),
    trays: (wire?.trays ?? []).map(({ name, partIds }) => ({ name, partIds: [...partIds] })),
    parts,
  };
}

/** `PART_STATE_IN_TRAY` to `in tray`. */
function lowerName(name: string | undefined, prefix: string): string {
  return (name ?? '').slice(prefix.length).toLowerCase().replaceAll('_', ' ');
}
