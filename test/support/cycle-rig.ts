// Drives stepCycle without boards or time: inputs are what the test says, read-back is what was commanded.

import { loadCell } from '../../src/config/load.ts';
import {
  type BoardInput,
  type CycleContext,
  type CycleInputs,
  type CycleOutputs,
  type CycleState,
  cycleContext,
  initialCycleState,
} from '../../src/control/cycle.ts';
import { stepCycle, stepEdge } from '../../src/control/step-cycle.ts';
import type { CellEventBody, CellReply, CellRequest } from '../../src/core/cell-event.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import type { JobOrder } from '../../src/core/job-order.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import type { BoardCommand } from '../../src/ports/board-port.ts';

export const EXAMPLE = 'cells/pick-and-place/cell.yaml';

/** @throws when the example cell has problems: then nothing that uses it can be tested */
export function exampleCell(path = EXAMPLE): CellModel {
  const loaded = loadCell(path);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error, undefined, 2));
  return loaded.value;
}

export function jobOrder(jobOrderId: string, changes: Partial<JobOrder> = {}): JobOrder {
  return { jobOrderId, descriptions: [], workMasterId: 'pick-and-place', priority: 0, parameters: {}, ...changes };
}

export class CycleRig {
  readonly context: CycleContext;
  state: CycleState;
  outputs: CycleOutputs | undefined;
  readonly events: CellEventBody[] = [];
  readonly replies: CellReply[] = [];
  /** Digital inputs that are closed, by device name. */
  readonly closed = new Set<string>();
  /** By analog input, counts. */
  readonly counts = new Map<string, number>();
  link: BoardInput['link'] = 'stopped';
  cause: BoardInput['cause'];
  stopTime: BoardInput['stopTime'];
  now = 1000;
  imageAgeMs = 0;
  #driven: number[][];

  constructor(cell = exampleCell()) {
    this.context = cycleContext(cell, 'test');
    this.state = initialCycleState(this.context);
    this.#driven = this.context.table.plans.map((plan) => plan.outputs.map(() => 0));
  }

  boards(): BoardInput[] {
    return this.context.table.plans.map((plan, index) => ({
      link: this.link,
      cause: this.cause,
      roundTripMs: 1,
      leaseProof: undefined,
      stopTime: this.stopTime,
      linkFigures: undefined,
      image: {
        receivedAt: monotonicMs(this.now - this.imageAgeMs),
        boardTimeUs: this.now * 1000,
        receiptCycle: this.state.cycle,
        armed: this.link === 'armed',
        outputs: this.#driven[index] ?? [],
        inputs: plan.inputs.map((slot) => {
          if (slot.kind === 'analog') return this.counts.get(slot.device) ?? 512;
          return this.closed.has(slot.device) ? slot.closedLevel : 1 - slot.closedLevel;
        }),
      },
    }));
  }

  /** Runs one cycle, `afterMs` after the last. */
  step(changes: Partial<CycleInputs> = {}, afterMs = this.context.cell.cyclePeriodMs): CycleOutputs {
    this.now += afterMs;
    const { state, outputs } = stepCycle(this.context, this.state, {
      now: monotonicMs(this.now),
      wall: epochMs(1_767_225_600_000 + this.now),
      boards: this.boards(),
      catalogue: new Map(),
      requests: [],
      intents: [],
      faults: [],
      notices: [],
      lateMs: 0,
      lateStage: 'timer',
      shutdown: false,
      storage: STORED_AT_ONCE,
      wantSnapshot: true,
      ...changes,
    });
    this.state = state;
    this.outputs = outputs;
    this.events.push(...outputs.events);
    this.replies.push(...outputs.replies);
    this.#follow(outputs);
    return outputs;
  }

  /** The fast path. @returns how many commands were sent */
  edge(): number {
    return this.edgeCommands().length;
  }

  /** The fast path. @returns the commands that were sent, one for each board or none */
  edgeCommands(): readonly BoardCommand[] {
    const { state, commands } = stepEdge(this.context, this.state, {
      now: monotonicMs(this.now),
      boards: this.boards(),
    });
    this.state = state;
    return commands;
  }

  run(cycles: number): void {
    for (let count = 0; count < cycles; count += 1) this.step();
  }

  request(request: CellRequest): CellReply | undefined {
    return this.step({ requests: [request] }).replies[0];
  }

  /** Safe, all guards closed, reset pressed and released: ends in Idle. */
  makeReady(): void {
    const { safety } = this.context.cell;
    for (const { device } of this.context.table.plans.flatMap((plan) => plan.inputs)) {
      if (device.startsWith('estop') || device.startsWith('guard')) this.closed.add(device);
    }
    this.run(3);
    this.closed.add(safety.reset);
    this.run(2);
    this.closed.delete(safety.reset);
    this.run(6);
  }

  #follow(outputs: CycleOutputs): void {
    outputs.commands.forEach((command, index) => {
      const plan = this.context.table.plans[index];
      if (plan === undefined) return;
      const before = this.#driven[index] ?? [];
      this.#driven[index] = plan.outputs.map((slot, at) => {
        const wanted = command.arm ? (command.outputs[at] ?? 0) : slot.safeValue;
        return slot.kind === 'servo' && (wanted === 0 || wanted === 0xffff) ? (before[at] ?? 0) : wanted;
      });
      if (this.link === 'armed' || this.link === 'stopped') this.link = command.arm ? 'armed' : 'stopped';
    });
  }
}
