// The simulation interface for TypeScript programs: read the plant, turn inputs, break things, watch pins.
import type { celda } from '../../proto/generated/celda.js';
import { type Received, SimulationServiceDefinition } from '../../proto/generated/services.js';
import { type Plain, toPlain } from './plain-message.ts';
import { JobApiError, ServiceClient, type ServiceClientOptions } from './service-client.ts';

type View<Message> = Plain<Received<Message>>;
export type PlantView = View<celda.sim.v1.Plant>;
export type InputView = View<celda.sim.v1.Input>;
export type ComponentFaultView = View<celda.sim.v1.ComponentFault>;
export type PinEventView = View<celda.sim.v1.WatchPinsResponse>;

/** All methods reject with JobApiError and with nothing else. Enums are the numbers of the wire. */
export interface SimulationClient {
  plant(): Promise<PlantView>;
  inputs(): Promise<readonly InputView[]>;
  /** @param value undefined gives the input back to the plant */
  setInput(device: string, value: number | undefined): Promise<InputView>;
  faults(options?: { readonly activeOnly?: boolean }): Promise<readonly ComponentFaultView[]>;
  injectFault(
    component: string,
    kind: string,
    options?: { readonly magnitude?: number; readonly durationMs?: number },
  ): Promise<ComponentFaultView>;
  /** Empty names clear all components, all kinds. @returns what was cleared */
  clearFault(component: string, kind: string): Promise<readonly ComponentFaultView[]>;
  /** Ends quietly when the signal aborts or the loop is left. */
  watchPins(options?: {
    readonly devices?: readonly string[];
    readonly includeInitialState?: boolean;
    readonly signal?: AbortSignal;
  }): AsyncIterable<PinEventView>;
  close(): void;
}

const METHODS = SimulationServiceDefinition;

/** @param address `host:port` */
export function createSimulationClient(address: string, options?: ServiceClientOptions): SimulationClient {
  const client = new ServiceClient(address, options);
  return {
    plant: async () => toPlain(present((await client.call(METHODS.getPlant, {})).plant)),
    inputs: async () => (await client.call(METHODS.listInputs, {})).inputs.map((each) => toPlain(each)),
    setInput: async (device, value) => {
      const request = value === undefined ? { device } : { device, value };
      return toPlain(present((await client.call(METHODS.setInput, request)).input));
    },
    faults: async ({ activeOnly = false } = {}) =>
      (await client.call(METHODS.listFaults, { activeOnly })).faults.map((each) => toPlain(each)),
    injectFault: async (component, kind, given = {}) =>
      toPlain(present((await client.call(METHODS.injectFault, { component, kind, ...given })).fault)),
    clearFault: async (component, kind) =>
      (await client.call(METHODS.clearFault, { component, kind })).cleared.map((each) => toPlain(each)),
    watchPins: ({ devices = [], includeInitialState = false, signal } = {}) =>
      plainEvents(client.stream(METHODS.watchPins, { devices: [...devices], includeInitialState }, signal)),
    close: () => client.close(),
  };
}

async function* plainEvents(
  events: AsyncIterable<Received<celda.sim.v1.WatchPinsResponse>>,
): AsyncGenerator<PinEventView> {
  for await (const event of events) yield toPlain(event);
}

function present<T>(part: T | null): T {
  if (part === null) throw new JobApiError('INTERNAL', 'the answer is empty', undefined);
  return part;
}
