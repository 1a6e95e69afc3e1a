// Goal: nothing moves for an order whose beginning is not on disk. Method: the pure cycle, a journal that says `stored` after
// random delays or never, a gateway that comes and goes, and orders, aborts and guard stops at random; every cycle is looked at.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellEventBody } from '../../src/core/cell-event.ts';
import { isDurable } from '../../src/core/event-storage.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

type Act = 'order' | 'abort' | 'resume' | 'door' | 'reset' | 'wait' | 'commit' | 'lose' | 'find';
const ACTS: readonly Act[] = ['order', 'abort', 'resume', 'door', 'reset', 'wait', 'commit', 'lose', 'find'];
const CELL = exampleCell();

/** A cell, and what of its events is on disk. */
class StoredRig {
  readonly rig = new CycleRig(CELL);
  readonly #durable: { readonly sequence: number; readonly body: CellEventBody }[] = [];
  #through = 0;
  #reachable = true;
  #orders = 0;
  /** Cycles in which something moved for an order. */
  moves = 0;

  /** Runs cycles. @param commitsAfter events that come are on disk so many cycles later; undefined: never */
  run(cycles: number, commitsAfter: number | undefined): void {
    for (let count = 0; count < cycles; count += 1) {
      this.#cycle();
      if (commitsAfter !== undefined && count >= commitsAfter) this.commit();
    }
  }

  commit(): void {
    if (this.#reachable) this.#through = this.rig.state.lastDurable;
  }

  act(act: Act): void {
    const { rig } = this;
    switch (act) {
      case 'order': {
        this.#orders += 1;
        const order = jobOrder(`o${this.#orders}`, { workMasterId: 'pick-and-place' });
        this.#ask({ kind: 'store-and-start', requestId: 'r', order });
        return;
      }
      case 'abort':
      case 'resume': {
        const id = rig.state.jobs.records.find(({ state }) => state === 'Running' || state === 'Interrupted');
        if (id === undefined) return;
        this.#ask({ kind: act, requestId: 'r', jobOrderId: id.order.jobOrderId, comment: '' });
        return;
      }
      case 'door':
        rig.closed.delete('guard-door');
        this.run(3, undefined);
        rig.closed.add('guard-door');
        return;
      case 'reset':
        rig.closed.add(CELL.safety.reset);
        this.run(3, undefined);
        rig.closed.delete(CELL.safety.reset);
        this.run(6, undefined);
        return;
      case 'commit':
        this.commit();
        return;
      case 'lose':
        this.#reachable = false;
        return;
      case 'find':
        this.#reachable = true;
        return;
      case 'wait':
        return;
      default:
        act satisfies never;
    }
  }

  makeReady(): void {
    for (const { device } of this.rig.context.table.plans.flatMap((plan) => plan.inputs)) {
      if (device.startsWith('estop') || device.startsWith('guard')) this.rig.closed.add(device);
    }
    this.run(3, 0);
    this.act('reset');
    this.commit();
  }

  #ask(request: Parameters<CycleRig['request']>[0]): void {
    this.#cycle({ requests: [request] });
  }

  #cycle(changes: { requests?: Parameters<CycleRig['request']>[0][] } = {}): void {
    const before = this.rig.state.motion.positionDeg;
    const from = this.rig.state.eventsSoFar;
    const waiting = this.#durable.filter(({ sequence }) => sequence > this.#through).length;
    const { events } = this.rig.step({
      ...changes,
      storage: { through: this.#through, waiting, reachable: this.#reachable },
    });
    events.forEach((body, index) => {
      if (isDurable(body)) this.#durable.push({ sequence: from + index + 1, body });
    });
    this.#judge(before);
  }

  /** What moves in Execute, moves for an order that is Running on disk. */
  #judge(before: readonly number[]): void {
    const { motion, unit, jobs } = this.rig.state;
    const hasMoved = motion.positionDeg.some((position, joint) => position !== before[joint]);
    if (!hasMoved || unit !== 'Execute') return;
    const running = jobs.records.find(({ state }) => state === 'Running')?.order.jobOrderId;
    const onDisk = this.#durable.findLast(
      ({ sequence, body }) =>
        sequence <= this.#through && body.kind === 'job' && body.record.order.jobOrderId === running,
    );
    expect(onDisk?.body).toMatchObject({ record: { state: 'Running' } });
    this.moves += 1;
  }
}

describe('an order', () => {
  it('moves nothing before the event of its beginning, or of its resume, is on disk', () => {
    const acts = fc.array(
      fc.record({
        act: fc.constantFrom(...ACTS),
        cycles: fc.integer({ min: 1, max: 40 }),
        delay: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
      }),
      { minLength: 4, maxLength: 25 },
    );
    let moves = 0;
    fc.assert(
      fc.property(acts, (story) => {
        const cell = new StoredRig();
        cell.makeReady();
        for (const { act, cycles, delay } of story) {
          cell.act(act);
          cell.run(cycles, delay);
        }
        moves += cell.moves;
      }),
      { numRuns: 100 },
    );
    expect(moves).toBeGreaterThan(100);
  });

  it('does not begin while nobody is there who stores, and begins when somebody is', () => {
    const cell = new StoredRig();
    cell.makeReady();
    cell.act('order');
    cell.commit();
    cell.act('lose');
    cell.run(200, 0);
    expect([cell.rig.state.unit, cell.rig.state.jobs.records[0]?.state]).toEqual(['Idle', 'AllowedToStart']);
    cell.act('find');
    cell.run(200, 1);
    expect([cell.rig.state.unit, cell.rig.state.jobs.records[0]?.state]).toEqual(['Execute', 'Running']);
    expect(cell.moves).toBeGreaterThan(0);
  });

  it('that runs goes on without a gateway', () => {
    const cell = new StoredRig();
    cell.makeReady();
    cell.act('order');
    cell.run(60, 1);
    cell.act('lose');
    cell.run(300, undefined);
    expect(cell.rig.state.sequences.get('o1')?.current?.path).toBe('steps[1].repeat.steps[0]');
  });
});
