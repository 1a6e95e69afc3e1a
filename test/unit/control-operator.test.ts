// Goal: no start and no power by what an operator, or somebody far away, asks for at the wrong moment. Method: whole cycles of the
// example cell, and many starts with inputs that are held and change as they like, but for the reset button, which is not pressed.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../sim/kernel/random.ts';
import type { CellRequest } from '../../src/core/cell-event.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

const CELL = exampleCell();
const { reset: RESET } = CELL.safety;

/** How long a start is watched, cycles of 20 ms. */
const CYCLES = 15;

const start = (id: string): CellRequest => ({ kind: 'store-and-start', requestId: id, order: jobOrder(id) });
const resume = (id: string): CellRequest => ({ kind: 'resume', requestId: `resume ${id}`, jobOrderId: id });

function stoppedRig(): CycleRig {
  const rig = new CycleRig(CELL);
  for (const input of ['estop-a', 'estop-b', 'guard-door']) rig.closed.add(input);
  rig.run(3);
  return rig;
}

/** An order runs, and the emergency stop was pressed and let go since. */
function interruptedRig(): CycleRig {
  const rig = stoppedRig();
  rig.makeReady();
  rig.request(start('a'));
  rig.run(20);
  rig.closed.delete('estop-a');
  rig.closed.delete('estop-b');
  rig.run(50);
  rig.closed.add('estop-a').add('estop-b');
  rig.run(10);
  expect(rig.state.jobs.records.map(({ state }) => state)).toEqual(['Interrupted']);
  return rig;
}

/** Hazardous outputs that are commanded to something else than their safe values. */
function driven({ context, outputs }: CycleRig): readonly string[] {
  return context.table.plans.flatMap((plan, index) => {
    const command = outputs?.commands[index];
    if (command?.arm !== true) return [];
    return plan.outputs.flatMap((slot, at) =>
      slot.hazardous && command.outputs[at] !== slot.safeValue ? [slot.device] : [],
    );
  });
}

/** Digital inputs of the cell besides the reset button. */
function cycleInputsOf({ context }: CycleRig): readonly string[] {
  const slots = context.table.plans.flatMap((plan) => plan.inputs);
  return slots.filter(({ kind, device }) => kind === 'digital' && device !== RESET).map(({ device }) => device);
}

function toggle(closed: Set<string>, input: string): void {
  if (!closed.delete(input)) closed.add(input);
}

describe('a start in the same cycle as the reset', () => {
  it('[O4] is refused, and moves nothing', () => {
    const rig = stoppedRig();
    rig.closed.add(RESET);
    const refused = rig.request(start('a'));
    expect([refused, rig.state.jobs.records]).toMatchObject([{ ok: false, fault: { code: 6008 } }, []]);
    rig.closed.delete(RESET);
    rig.run(100);
    expect([rig.state.unit, rig.state.jobs.records]).toEqual(['Idle', []]);
    expect(rig.request(start('a'))?.ok).toBe(true);
  });

  it('[O4] does not let an interrupted order go on either', () => {
    const rig = interruptedRig();
    rig.closed.add(RESET);
    expect(rig.request(resume('a'))).toMatchObject({ ok: false, fault: { code: 6008 } });
    rig.closed.delete(RESET);
    rig.run(100);
    expect([rig.state.unit, rig.state.jobs.records[0]?.state]).toEqual(['Idle', 'Interrupted']);
  });
});

describe('an interrupted order that is to go on', () => {
  it('while another one runs is told which', () => {
    const rig = interruptedRig();
    rig.makeReady();
    rig.request(start('b'));
    rig.run(20);
    const detail = { unit: rig.state.unit, running: 'b' };
    expect(rig.request(resume('a'))).toMatchObject({ ok: false, fault: { code: 6033, detail } });
  });

  it('while the unit holds on its way to its rest can go on a little later', () => {
    const rig = stoppedRig();
    rig.makeReady();
    rig.request(start('a'));
    rig.run(20);
    rig.request({ kind: 'unit-command', requestId: 'hold', command: 'Hold', by: 'far', comment: '' });
    expect([rig.state.unit, rig.state.jobs.records[0]?.state]).toEqual(['Holding', 'Interrupted']);
    const early = rig.request(resume('a'));
    expect(early).toMatchObject({ ok: false, fault: { code: 6033, detail: { unit: 'Holding' } } });
    rig.run(50);
    expect(rig.request(resume('a'))?.ok).toBe(true);
  });
});

it('[O5] a wish to go on from before the reset counts for nothing after it', () => {
  const rig = interruptedRig();
  for (let count = 0; count < 10; count += 1) {
    expect(rig.request(resume('a'))).toMatchObject({ ok: false, fault: { code: 6008 } });
  }
  const at = rig.state.motion.positionDeg;
  rig.makeReady();
  rig.run(100);
  expect([rig.state.unit, rig.state.jobs.records[0]?.state, rig.state.motion.positionDeg]).toEqual([
    'Idle',
    'Interrupted',
    at,
  ]);
  expect(rig.request(resume('a'))?.ok).toBe(true);
});

describe('somebody far away, while another is at the cell,', () => {
  it('[O10] starts nothing in a cell that waits for its reset, and cannot give it that', () => {
    const rig = interruptedRig();
    const asked: CellRequest[] = [
      start('b'),
      resume('a'),
      { kind: 'abort', requestId: 'abort', jobOrderId: 'a', comment: '' },
      { kind: 'acknowledge-alarm', requestId: 'acknowledge', alarmId: 1, by: 'far' },
      { kind: 'shelve-alarm', requestId: 'shelve', alarmId: 1, by: 'far', reason: 'r', forMs: 1000 },
      { kind: 'jog', requestId: 'jog', holder: 'far', token: '', speeds: { base: 10 } },
      { kind: 'restore', requestId: 'restore', records: rig.state.jobs.records },
    ];
    for (const request of asked) {
      rig.request(request);
      rig.run(20);
      expect([rig.state.unit, rig.state.enabled, driven(rig), request.kind]).toEqual([
        'Aborted',
        false,
        [],
        request.kind,
      ]);
    }
    expect(rig.events.filter(({ kind }) => kind === 'reset')).toHaveLength(1);
  });
});

describe('a start of the controller', () => {
  it('[O11] stays stopped without a fresh press of the reset, 1,000 of 1,000, whatever is held or changes', () => {
    const random = createRandom('cold starts').stream('inputs');
    const inputs = cycleInputsOf(new CycleRig(CELL));
    const isHeld = (): boolean => random.nextUint32() % 2 === 0;
    const interrupted = interruptedRig().state.jobs.records;
    let held = 0;
    for (let boot = 0; boot < 1000; boot += 1) {
      const rig = new CycleRig(CELL);
      for (const input of [...inputs, RESET]) if (isHeld()) rig.closed.add(input);
      held += rig.closed.has(RESET) ? 1 : 0;
      rig.request({ kind: 'restore', requestId: 'restore', records: interrupted });
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        for (const input of inputs) if (random.nextUint32() % 8 === 0) toggle(rig.closed, input);
        // Held through the start and let go at some time: no press.
        if (cycle === boot % CYCLES) rig.closed.delete(RESET);
        rig.step();
        if (cycle === 3) rig.request(resume('a'));
        const seen = [rig.state.unit, rig.state.enabled, driven(rig).length];
        if (seen.join() !== 'Stopped,false,0') expect([boot, cycle, ...seen]).toEqual('stopped');
      }
    }
    expect(held).toBeGreaterThan(400);
  });
});
