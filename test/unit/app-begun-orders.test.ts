// What is kept of the orders that a control process has begun, and what of that counts when they are given back.
import { describe, expect, it } from 'vitest';
import { type BegunOrder, BegunOrders, begunIn, recalling } from '../../src/app/begun-orders.ts';
import type { CellEventBody, CellRequest } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import type { JobCheckpoint } from '../../src/core/job-checkpoint.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { epochMs } from '../../src/core/units.ts';
import type { ControlServer } from '../../src/ports/cell-channel.ts';
import { jobRecord } from '../support/channel-samples.ts';

const BEGAN = epochMs(1_700_000_000_000);

function begunRecord(overrides: Partial<JobRecord> = {}, jobOrderId = 'J-1'): JobRecord {
  return jobRecord(jobOrderId, { state: 'Running', substate: undefined, startTime: BEGAN, ...overrides });
}

function at(index: number, jobOrderId = 'J-1'): JobCheckpoint {
  return { jobOrderId, frames: [{ index, rounds: 1 }], holding: [], homed: [], positions: { base: 10 } };
}

function told(...bodies: readonly CellEventBody[]): readonly BegunOrder[] {
  const orders = new BegunOrders();
  for (const body of bodies) {
    const begun = begunIn(body);
    if (begun !== undefined) orders.note(begun);
  }
  return orders.list();
}

/** What control is asked to take when the gateway gives back an order. */
function givenBack(begun: readonly BegunOrder[], record: JobRecord, checkpoint?: JobCheckpoint): unknown {
  const asked: CellRequest[] = [];
  let ask: (request: CellRequest) => void = () => undefined;
  const server: ControlServer = {
    listen: (listener) => {
      ask = listener;
      return () => undefined;
    },
    storage: () => ({ through: 0, waiting: 0, reachable: true }),
    publish: () => undefined,
    close: () => undefined,
  };
  recalling(server, begun).listen((request) => void asked.push(request));
  ask({
    kind: 'restore',
    requestId: 'r',
    records: [record],
    checkpoints: checkpoint === undefined ? [] : [checkpoint],
  });
  return asked;
}

describe('an order that has begun', () => {
  it('goes on from what was told last, when the journal has not heard of it', () => {
    const begun = told(
      { kind: 'job', record: begunRecord({ revision: 2 }), checkpoint: at(0) },
      { kind: 'job', record: begunRecord({ revision: 3, producedQuantity: 1 }), checkpoint: at(2) },
      { kind: 'checkpoint', checkpoint: at(3) },
    );
    expect(givenBack(begun, begunRecord({ revision: 2 }), at(0))).toEqual([
      {
        kind: 'restore',
        requestId: 'r',
        records: [begunRecord({ revision: 3, producedQuantity: 1 })],
        checkpoints: [at(3)],
      },
    ]);
  });

  it('has ended when it has told so', () => {
    const ended = begunRecord({
      revision: 4,
      state: 'Ended',
      substate: 'Completed',
      endTime: BEGAN,
      producedQuantity: 2,
    });
    const begun = told(
      { kind: 'job', record: begunRecord({ revision: 2 }), checkpoint: at(0) },
      { kind: 'job', record: ended },
    );
    expect(givenBack(begun, begunRecord({ revision: 2 }), at(0))).toMatchObject([
      { records: [ended], checkpoints: [] },
    ]);
  });

  it('has no reason any more when it has gone on and ended since, though two processes handed that on', () => {
    const held = begunRecord({ revision: 5, state: 'Interrupted', substate: 'Held', reason: fault(4002) });
    const ended = begunRecord({ revision: 8, state: 'Ended', substate: 'Completed', endTime: BEGAN });
    const begun = JSON.parse(JSON.stringify(told({ kind: 'job', record: ended }))) as readonly BegunOrder[];
    expect(givenBack(begun, held, at(2))).toEqual([
      { kind: 'restore', requestId: 'r', records: [ended], checkpoints: [] },
    ]);
  });

  it('is as the journal has it, when that knows more', () => {
    const begun = told({ kind: 'job', record: begunRecord({ revision: 2 }), checkpoint: at(0) });
    const newer = begunRecord({ revision: 5, producedQuantity: 3 });
    expect(givenBack(begun, newer, at(7))).toMatchObject([{ records: [newer], checkpoints: [at(7)] }]);
  });

  it('is as the journal has it, when its id was used before for one that began at another time', () => {
    const before = begunRecord({ revision: 9, state: 'Ended', endTime: BEGAN, producedQuantity: 2 });
    const begun = told({ kind: 'job', record: before });
    const again = begunRecord({ revision: 2, startTime: epochMs(BEGAN + 60_000) });
    expect(givenBack(begun, again, at(1))).toMatchObject([{ records: [again], checkpoints: [at(1)] }]);
  });

  it('is kept without what its client has sent', () => {
    const begun = told({ kind: 'job', record: begunRecord({ revision: 3 }), checkpoint: at(1) });
    expect(JSON.stringify(begun)).not.toContain('parameters');
  });
});

describe('what is kept', () => {
  it('is nothing of an order that has not begun, nor of what answers a request', () => {
    const origin = { identity: 'local', method: 'job', requestId: 'r-1', digest: '00' };
    expect(begunIn({ kind: 'job', record: jobRecord('J-1') })).toBeUndefined();
    expect(begunIn({ kind: 'job', record: begunRecord({ state: 'Aborted' }), origin })).toBeUndefined();
  });

  it('is of the two orders that were told of last', () => {
    const kept = told(
      ...['J-1', 'J-2', 'J-3'].map((id): CellEventBody => ({ kind: 'job', record: begunRecord({}, id) })),
      { kind: 'checkpoint', checkpoint: at(1, 'J-2') },
    );
    expect(kept.map(({ jobOrderId }) => jobOrderId)).toEqual(['J-3', 'J-2']);
  });

  it('is never more than can be handed to a process', () => {
    const measurements = Array.from({ length: 1_000 }, (_, value) => ({
      id: 'grip-pressure',
      value,
      unit: 'kPa',
      timeMs: BEGAN,
    }));
    expect(told({ kind: 'job', record: begunRecord({ measurements }) })).toEqual([]);
  });

  it('is counted in bytes: a character may have three', () => {
    const measurements = Array.from({ length: 200 }, (_, value) => ({
      id: 'grip-pressure',
      value,
      unit: '圧'.repeat(32),
      timeMs: BEGAN,
    }));
    expect(told({ kind: 'job', record: begunRecord({ measurements }) })).toEqual([]);
  });
});
