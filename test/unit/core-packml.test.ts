// The transitions of ISA-TR88.00.02, written down a second time, row by row, against the machine's table.
import { expect, test } from 'vitest';
import type { UnitCommand, UnitState, UnitTrigger } from '../../src/core/packml.ts';
import { isActing, nextUnitState, UNIT_COMMANDS, UNIT_STATES } from '../../src/core/packml.ts';

const STATES = Object.keys(UNIT_STATES) as UnitState[];
const TRIGGERS: readonly UnitTrigger[] = [...(Object.keys(UNIT_COMMANDS) as UnitCommand[]), 'StateComplete'];

const ROWS: readonly (readonly [UnitState, UnitTrigger, UnitState])[] = [
  ['Aborted', 'Clear', 'Clearing'],
  ['Clearing', 'StateComplete', 'Stopped'],
  ['Stopped', 'Reset', 'Resetting'],
  ['Resetting', 'StateComplete', 'Idle'],
  ['Idle', 'Start', 'Starting'],
  ['Starting', 'StateComplete', 'Execute'],
  ['Execute', 'StateComplete', 'Completing'],
  ['Execute', 'Complete', 'Completing'],
  ['Completing', 'StateComplete', 'Complete'],
  ['Complete', 'Reset', 'Resetting'],
  ['Execute', 'Hold', 'Holding'],
  ['Holding', 'StateComplete', 'Held'],
  ['Held', 'Unhold', 'Unholding'],
  ['Unholding', 'StateComplete', 'Execute'],
  ['Execute', 'Suspend', 'Suspending'],
  ['Suspending', 'StateComplete', 'Suspended'],
  ['Suspended', 'Unsuspend', 'Unsuspending'],
  ['Unsuspending', 'StateComplete', 'Execute'],
  ['Stopping', 'StateComplete', 'Stopped'],
  ['Aborting', 'StateComplete', 'Aborted'],
  // OPC 30050: Hold from the states around Execute.
  ['Starting', 'Hold', 'Holding'],
  ['Suspending', 'Hold', 'Holding'],
  ['Suspended', 'Hold', 'Holding'],
  ['Unsuspending', 'Hold', 'Holding'],
  ['Unholding', 'Hold', 'Holding'],
];

const NOT_STOPPED_BY_STOP: readonly UnitState[] = ['Stopped', 'Stopping', 'Clearing', 'Aborting', 'Aborted'];
const NOT_ABORTED_BY_ABORT: readonly UnitState[] = ['Aborting', 'Aborted'];

function expected(state: UnitState, trigger: UnitTrigger): UnitState | undefined {
  if (trigger === 'Stop') return NOT_STOPPED_BY_STOP.includes(state) ? undefined : 'Stopping';
  if (trigger === 'Abort') return NOT_ABORTED_BY_ABORT.includes(state) ? undefined : 'Aborting';
  return ROWS.find(([from, by]) => from === state && by === trigger)?.[2];
}

test.each(STATES.flatMap((state) => TRIGGERS.map((trigger) => ({ state, trigger, to: expected(state, trigger) }))))(
  '$trigger in $state leads to $to',
  ({ state, trigger, to }) => {
    expect(nextUnitState(state, trigger)).toBe(to);
  },
);

test('the waiting states are those of the standard', () => {
  expect(STATES.filter((state) => !isActing(state)).sort()).toEqual([
    'Aborted',
    'Complete',
    'Held',
    'Idle',
    'Stopped',
    'Suspended',
  ]);
});

function reachable(from: UnitState, allowed: readonly UnitTrigger[]): Set<UnitState> {
  const seen = new Set<UnitState>([from]);
  for (const state of seen) {
    for (const trigger of allowed) {
      const next = nextUnitState(state, trigger);
      if (next !== undefined) seen.add(next);
    }
  }
  return seen;
}

test('every state can be reached from Aborted', () => {
  expect(reachable('Aborted', TRIGGERS).size).toBe(STATES.length);
});

test('without Reset a stopped or aborted unit never executes again', () => {
  const triggers = TRIGGERS.filter((trigger) => trigger !== 'Reset');
  for (const state of ['Stopped', 'Stopping', 'Aborting', 'Aborted', 'Clearing'] as const) {
    expect(reachable(state, triggers)).not.toContain('Execute');
    expect(reachable(state, triggers)).not.toContain('Idle');
  }
});

test('without Start a reset unit never executes', () => {
  const triggers = TRIGGERS.filter((trigger) => trigger !== 'Start');
  expect(reachable('Resetting', triggers)).not.toContain('Execute');
});
