// Goal: an order runs what it was stored for. Method: a control process is thrown away; the next one has a file in which something else
// stands under the same version, and is given the orders back.
import { describe, expect, it } from 'vitest';
import type { CellModel } from '../../src/core/cell-model.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

const OTHER = 'f'.repeat(64);

function cellWith(definitionHash: string): CellModel {
  const cell = exampleCell();
  return { ...cell, workMasters: cell.workMasters.map((each) => ({ ...each, definitionHash })) };
}

/** An order as it is after a loss of control. */
function stored(): JobRecord {
  const rig = new CycleRig();
  rig.makeReady();
  const reply = rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('a') });
  const [record] = rig.state.jobs.records;
  if (reply?.ok !== true || record === undefined) throw new Error(JSON.stringify(reply));
  return record;
}

function restarted(record: JobRecord, cell?: CellModel): CycleRig {
  const rig = new CycleRig(cell);
  rig.request({ kind: 'restore', requestId: 'r', records: [record] });
  rig.makeReady();
  return rig;
}

/** Production is released by a client's order that has its turn later. */
function release(rig: CycleRig): void {
  rig.request({ kind: 'store-and-start', requestId: 'r', order: jobOrder('later', { priority: -1 }) });
  rig.run(5);
}

const stateOf = (rig: CycleRig, id = 'a') => rig.state.jobs.records.find(({ order }) => order.jobOrderId === id);

describe('an order that was stored before the file had something else under the version of its work master', () => {
  it('waits and says why, while another one runs', () => {
    const rig = restarted({ ...stored(), state: 'AllowedToStart', substate: 'Ready' }, cellWith(OTHER));
    release(rig);
    expect(stateOf(rig)).toMatchObject({ state: 'AllowedToStart', substate: 'Waiting', reason: { code: 6024 } });
    expect(stateOf(rig, 'later')?.state).toBe('Running');
  });

  it.each(['NotAllowedToStart', 'AllowedToStart'] as const)(
    'says so while it is %s and nobody has reset the cell, and another version of it likewise',
    (state) => {
      const record = { ...stored(), state, substate: 'Ready' } as const;
      const reasonOf = (given: JobRecord, cell?: CellModel) => {
        const rig = new CycleRig(cell);
        rig.request({ kind: 'restore', requestId: 'r', records: [given] });
        rig.run(1);
        return stateOf(rig);
      };
      expect(reasonOf(record, cellWith(OTHER))).toMatchObject({ state, substate: 'Waiting', reason: { code: 6024 } });
      const adopted = reasonOf({ ...record, workMasterVersion: '0.9.0' });
      expect(adopted).toMatchObject({
        state,
        substate: 'Waiting',
        reason: { code: 6001, detail: { version: '0.9.0' } },
      });
    },
  );

  it('runs when it is what it was, or nobody knows what that was', () => {
    const record = { ...stored(), state: 'AllowedToStart', substate: 'Ready' } as const;
    const { workMasterHash, ...unknown } = record;
    expect(workMasterHash).toMatch(/^[0-9a-f]{16}$/);
    for (const [each, cell] of [
      [record, undefined],
      [unknown, cellWith(OTHER)],
    ] as const) {
      const rig = restarted(each, cell);
      release(rig);
      expect(stateOf(rig)?.state).toBe('Running');
    }
  });
});
