// Goal: no history of commands, legal or not, brings an order through a transition that the standard does not have.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fault } from '../../src/core/faults.ts';
import type { JobChange, JobListState } from '../../src/core/job-list.ts';
import {
  abort,
  EMPTY_JOB_LIST,
  end,
  interrupt,
  JOB_LIST_LIMITS,
  measured,
  nextCandidate,
  produced,
  restore,
  resume,
  start,
  storeAndStart,
} from '../../src/core/job-list.ts';
import type { JobRecord } from '../../src/core/job-order.ts';
import { isOpen, JOB_TRANSITIONS } from '../../src/core/job-transitions.ts';
import { epochMs } from '../../src/core/units.ts';

const LEGAL = new Set<string>(JOB_TRANSITIONS.map(({ from, to }) => `${from} ${to}`));
const NOW = epochMs(1_700_000_000_000);

type Command = (state: JobListState, id: string, priority: number) => JobChange;

const COMMANDS: readonly Command[] = [
  (state, jobOrderId, priority) =>
    storeAndStart(state, { jobOrderId, description: '', workMasterId: 'w', priority, parameters: {} }, '1', NOW),
  (state, id) => start(state, id, NOW),
  (state, id) => start(state, nextCandidate(state)?.order.jobOrderId ?? id, NOW),
  (state, id) => interrupt(state, id, fault(4001)),
  (state, id) => resume(state, id),
  (state, id) => end(state, id, 'Successful', NOW),
  (state, id) => abort(state, id, fault(6009), NOW),
  (state, id) => produced(state, id, 1, true),
  (state, id) => measured(state, id, { id: 'm', value: 1, unit: 'kPa', timeMs: NOW }),
];

const step = fc.record({
  command: fc.integer({ min: 0, max: COMMANDS.length - 1 }),
  id: fc.constantFrom('A', 'B', 'C'),
  priority: fc.integer({ min: -2, max: 2 }),
});

function byId(state: JobListState): Map<string, JobRecord> {
  return new Map(state.records.map((record) => [record.order.jobOrderId, record]));
}

function expectLegalChange(before: JobListState, after: JobListState, changed: JobRecord) {
  const earlier = byId(before);
  for (const record of after.records) {
    const was = earlier.get(record.order.jobOrderId);
    if (record !== changed) {
      expect(record).toBe(was);
      continue;
    }
    expect(record.revision).toBe((was?.revision ?? 0) + 1);
    if (was === undefined) expect(record.state).toBe('AllowedToStart');
    else if (was.state !== record.state) expect(LEGAL).toContain(`${was.state} ${record.state}`);
    else expect(record.state).toBe('Running');
  }
}

test('only the transitions of the standard occur, one order runs at a time, and each change raises its revision by one', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 60, maxLength: 120 }), (steps) => {
      let state = EMPTY_JOB_LIST;
      for (const { command, id, priority } of steps) {
        const before = state;
        const frozen = JSON.stringify(before);
        const change = COMMANDS[command]?.(before, id, priority);
        if (change?.ok === true) {
          state = change.value.state;
          expectLegalChange(before, state, change.value.record);
          const was = byId(before).get(change.value.record.order.jobOrderId);
          seen.add(`${was?.state ?? 'absent'} ${change.value.record.state}`);
        }
        expect(JSON.stringify(before)).toBe(frozen);
        expect(state.records.filter((record) => record.state === 'Running').length).toBeLessThanOrEqual(1);
        expect(restore(state.records).records.every((record) => record.state !== 'Running')).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
  // The walk must have been somewhere: all transitions that these commands can cause.
  for (const transition of ['AllowedToStart Running', 'Running Interrupted', 'Interrupted Running', 'Running Ended']) {
    expect(seen).toContain(transition);
  }
});

test('the list keeps within its limits whatever is stored and ended', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 150, maxLength: 450 }), (ends) => {
      let state = EMPTY_JOB_LIST;
      for (const [index, ended] of ends.entries()) {
        const jobOrderId = `J${index}`;
        const order = { jobOrderId, description: '', workMasterId: 'w', priority: 0, parameters: {} };
        const change = storeAndStart(state, order, '1', NOW);
        if (!change.ok) continue;
        state = change.value.state;
        if (ended) {
          const aborted = abort(state, jobOrderId, fault(6009), NOW);
          if (aborted.ok) state = aborted.value.state;
        }
        expect(state.records.length).toBeLessThanOrEqual(JOB_LIST_LIMITS.retained);
      }
      const open = state.records.filter((record) => isOpen(record.state)).length;
      expect(open).toBe(Math.min(JOB_LIST_LIMITS.open, ends.filter((ended) => !ended).length));
    }),
    { numRuns: 20 },
  );
});
