// Goal: whatever a selector, an enabling device, doors, buttons, boards and clients do together, no stop is lost and nothing moves that
// should not. Method: random events on whole cycles and between them, in a cell with three modes; the rules read what went in and
// what the board was told, not what the cycle remembers of its stops.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CycleInputs } from '../../src/control/cycle.ts';
import type { CellRequest } from '../../src/core/cell-event.ts';
import { FAULTS, type Fault, fault } from '../../src/core/faults.ts';
import { REDUCED_SPEED_MAX_MM_PER_S } from '../../src/core/operating-mode.ts';
import { STOP_TIME_LIMIT_MS } from '../../src/core/permits.ts';
import { jobOrder } from '../support/cycle-rig.ts';
import { SELECTOR } from '../support/manual-cell.ts';
import { ModeRig } from '../support/mode-rig.ts';
import type { Changes } from '../support/small-cell.ts';

const RUNS = 60;
const CONTACTS = Object.values(SELECTOR);
const INPUTS = [...CONTACTS, 'mode-key', 'enable-1', 'enable-2', 'door', 'estop-a', 'estop-b', 'reset', 'held'];
const MODES = ['automatic', 'manualReducedSpeed', 'maintenance', 'none'] as const;
const STOP_FUNCTION_MS = 500;
/** From an input to the last command that follows from it, ms: a selector passes through two steps of its block, and one cycle is seen late. */
const SLACK_MS = 80;
const JOG_MS = 150;
/** The joints of the cell ramp down within this, ms: 100 degrees/s by 400 degrees/s². */
const RAMP_MS = 250;

const CURTAIN = { type: 'SF_ESPE', input: 'door', reset: 'reset', autoReset: true, fullBodyAccess: false };
const GUARD_STOP = {
  permission: 'guard',
  role: 'protective-stop',
  modes: ['automatic'],
  outputs: ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'],
};

const CELLS: readonly (readonly [string, Changes])[] = [
  ['whose guard is reset at the cell', {}],
  [
    'whose light curtain stops by category 0 and needs no reset of its own',
    { 'safety.blocks.guard': CURTAIN, 'safety.stopFunctions.guard-stop': { ...GUARD_STOP, category: 0 } },
  ],
  [
    'whose light curtain holds the joints by category 2',
    {
      'safety.blocks.guard': CURTAIN,
      'safety.stopFunctions.guard-stop': { ...GUARD_STOP, category: 2, timeLimitMs: STOP_FUNCTION_MS },
    },
  ],
];

type Action =
  | { readonly kind: 'run'; readonly cycles: number; readonly everyMs: number }
  | { readonly kind: 'input'; readonly device: string; readonly closed: boolean; readonly isEdge: boolean }
  | { readonly kind: 'flicker'; readonly device: string }
  | { readonly kind: 'select'; readonly mode: (typeof MODES)[number] }
  | { readonly kind: 'ready'; readonly mode: (typeof MODES)[number] }
  | {
      readonly kind: 'jog';
      readonly holder: string;
      readonly percent: number;
      readonly cycles: number;
      readonly age: number;
    }
  | { readonly kind: 'press'; readonly changes: Partial<CycleInputs> }
  | { readonly kind: 'link'; readonly link: ModeRig['link']; readonly cycles: number }
  | { readonly kind: 'request'; readonly request: CellRequest };

const modes = fc.constantFrom(...MODES);
const changes: fc.Arbitrary<Partial<CycleInputs>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constantFrom({ lateMs: 500 }, { faults: [fault(9001, { problem: 'x' })] }) },
);
function orderOf(id: string): CellRequest {
  return { kind: 'store-and-start', requestId: 'r', order: jobOrder(id, { workMasterId: 'work' }) };
}

const ids = fc.constantFrom('a', 'b', 'c');
const requests: fc.Arbitrary<CellRequest> = fc.oneof(
  ids.map(orderOf),
  ids.map((jobOrderId) => ({ kind: 'abort' as const, requestId: 'r', jobOrderId, comment: '' })),
  ids.map((jobOrderId) => ({ kind: 'resume' as const, requestId: 'r', jobOrderId })),
);

const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant('run' as const),
    cycles: fc.integer({ min: 1, max: 60 }),
    everyMs: fc.constantFrom(10, 10, 10, 1, 25),
  }),
  fc.record({
    kind: fc.constant('input' as const),
    device: fc.constantFrom(...INPUTS),
    closed: fc.boolean(),
    isEdge: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('flicker' as const), device: fc.constantFrom('door', 'door', 'door', ...INPUTS) }),
  fc.record({ kind: fc.constant('select' as const), mode: modes }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('ready' as const), mode: modes }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('jog' as const),
      holder: fc.constantFrom('a', 'a', 'a', 'b'),
      percent: fc.constantFrom(0, 0, 100, -100, 30, Number.NaN),
      cycles: fc.integer({ min: 1, max: 40 }),
      age: fc.constantFrom(0, 0, 0, 3, 20),
    }),
  },
  fc.record({ kind: fc.constant('press' as const), changes }),
  fc.record({
    kind: fc.constant('link' as const),
    link: fc.constantFrom('connecting' as const, 'tripped' as const, 'down' as const, 'stopped' as const),
    cycles: fc.integer({ min: 0, max: 5 }),
  }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('request' as const), request: requests }) },
);

function isStop({ code }: Fault): boolean {
  return FAULTS[code].reaction.startsWith('stop-category');
}

function rule(holds: boolean, text: string, rig: ModeRig): void {
  if (!holds) throw new Error(`${text} (at ${rig.now} ms, unit ${rig.state.unit}, mode ${rig.state.mode})`);
}

class Adversary {
  readonly rig: ModeRig;
  readonly #tokens: string[] = [''];
  /** A stop arose, or nothing was reset yet: a fresh edge at the cell is due. */
  #isOwed = true;
  #owedSince = Number.NEGATIVE_INFINITY;
  #resetBefore = true;
  #pulses: readonly number[] = [];
  /** By rule: when its condition was met last. */
  readonly #metAt = new Map<string, number>();
  /** Joints have moved at all: a story in which nothing ever does proves nothing. */
  hasMoved = false;

  constructor(cell: Changes) {
    this.rig = new ModeRig(cell);
  }

  act(action: Action): void {
    switch (action.kind) {
      case 'run':
        for (let count = 0; count < action.cycles; count += 1) this.#step({}, action.everyMs);
        return;
      case 'input':
        this.#set(action.device, action.closed);
        if (action.isEdge) this.#edge();
        return;
      case 'flicker': {
        const closed = this.rig.closed.has(action.device);
        this.#set(action.device, !closed);
        this.#edge();
        this.#set(action.device, closed);
        return;
      }
      case 'select':
        this.rig.select(action.mode);
        return;
      case 'ready':
        this.#ready(action.mode);
        return;
      case 'jog':
        this.#jog(action);
        return;
      case 'press':
        this.rig.closed.delete('reset');
        this.#step();
        this.rig.closed.add('reset');
        this.#step(action.changes);
        return;
      case 'link': {
        this.rig.link = action.link;
        for (let count = 0; count < action.cycles; count += 1) this.#step();
        if (action.link !== 'stopped' && action.cycles > 2) this.rig.link = 'stopped';
        return;
      }
      case 'request':
        this.#step({ requests: [action.request] });
        return;
      default:
        action satisfies never;
    }
  }

  #set(device: string, closed: boolean): void {
    if (closed) this.rig.closed.add(device);
    else this.rig.closed.delete(device);
  }

  #ready(mode: (typeof MODES)[number]): void {
    const { rig } = this;
    rig.link = 'stopped';
    for (const input of ['mode-key', 'enable-2', 'estop-a', 'estop-b', 'door']) rig.closed.delete(input);
    rig.closed.delete('enable-1');
    rig.select(mode);
    for (let count = 0; count < 5; count += 1) this.#step();
    for (const input of ['mode-key', 'enable-2', 'estop-a', 'estop-b', 'door']) rig.closed.add(input);
    for (let count = 0; count < 5; count += 1) this.#step();
    rig.closed.add('reset');
    for (let count = 0; count < 2; count += 1) this.#step();
    rig.closed.delete('reset');
    for (let count = 0; count < 5; count += 1) this.#step();
    if (mode === 'none') return;
    if (mode === 'automatic') {
      this.#step({ requests: [orderOf(`at-${rig.now}`)] });
      for (let count = 0; count < 10; count += 1) this.#step();
      return;
    }
    rig.closed.add('enable-1');
    for (const percent of [0, 100]) this.#jog({ holder: 'a', percent, cycles: 5, age: 0 });
  }

  #jog({
    holder,
    percent,
    cycles,
    age,
  }: Pick<Extract<Action, { kind: 'jog' }>, 'holder' | 'percent' | 'cycles' | 'age'>) {
    for (let count = 0; count < cycles; count += 1) {
      const token = this.#tokens.at(-1 - age) ?? '';
      const speeds = { base: percent, elbow: percent };
      const request = { kind: 'jog' as const, requestId: 'r', holder, token, speeds };
      if (percent !== 0 && age * 10 < JOG_MS) this.#metAt.set('jog', this.rig.now + 10);
      const reply = this.#step({ requests: [request] });
      if (reply?.ok === true && reply.jog !== undefined) this.#tokens.push(reply.jog.token);
    }
  }

  #edge(): void {
    this.rig.edge();
    const { safety, begunStops, enabled } = this.rig.state;
    const begun = safety.stops.filter(({ name, role }) => begunStops.has(name) && role !== 'enabling');
    if (begun.length > 0 && enabled) this.#owe();
  }

  #owe(): void {
    if (!this.#isOwed) this.#owedSince = this.rig.now;
    this.#isOwed = true;
  }

  #step(changes: Partial<CycleInputs> = {}, everyMs = 10) {
    const { rig } = this;
    const before = { enabled: rig.state.enabled, unit: rig.state.unit, positionDeg: rig.state.motion.positionDeg };
    const outputs = rig.step(changes, everyMs);
    this.#watchResets(before.enabled);
    this.#watchPulses(before.positionDeg, everyMs);
    this.#watchInputs(before);
    return outputs.replies[0];
  }

  #watchResets(wasEnabled: boolean): void {
    const { rig } = this;
    const events = rig.outputs?.events ?? [];
    const isReset = events.some(({ kind }) => kind === 'reset');
    const isPressed = rig.closed.has('reset');
    if (isReset) rule(isPressed && !this.#resetBefore, 'a reset needs a fresh edge at the cell', rig);
    this.#resetBefore = isPressed;
    const arose = events.some(
      (event) => event.kind === 'mode' || (event.kind === 'alarm' && event.active && isStop(event.fault)),
    );
    if (isReset) this.#isOwed = false;
    if (arose) this.#owe();
    if (this.#isOwed && wasEnabled) rule(rig.state.alarms.some(isStop), 'a stop that has begun is told', rig);
    const { enabled, unit } = rig.state;
    const owedMs = this.#isOwed ? rig.now - this.#owedSince : 0;
    if (owedMs > STOP_TIME_LIMIT_MS + SLACK_MS) rule(!enabled || unit === 'Stopped', 'no stop is lost', rig);
    if (enabled && unit === 'Stopped') {
      const holds = rig.state.alarms.filter(isStop).every(({ code }) => code === 4002);
      rule(holds, 'power is held in a stop of category 2 alone', rig);
    }
    if (!wasEnabled && enabled) rule(!this.#isOwed, 'power comes after a reset alone', rig);
    if (!enabled) rule(rig.outputs?.commands.every(({ arm }) => !arm) === true, 'no board is armed without power', rig);
    if (enabled && !wasEnabled) rule(['stopped', 'armed'].includes(rig.link), 'power comes with all boards', rig);
  }

  /** What the board is told of a joint while it drives it. */
  #watchPulses(before: readonly number[], everyMs: number): void {
    const { rig } = this;
    const { motion, enabled } = rig.state;
    rule(
      motion.positionDeg.every((deg) => deg >= -90 && deg <= 90),
      'joints stay within their limits',
      rig,
    );
    const image = rig.boards()[0]?.image?.outputs.slice(0, 4) ?? [];
    const stepUs = (100 * 2 * Math.max(everyMs, 10)) / 100 + 2;
    const isSmooth = image.every((pulse, joint) => {
      const last = this.#pulses[joint] ?? 0;
      return last === 0 || pulse === 0 || Math.abs(pulse - last) <= stepUs;
    });
    rule(isSmooth, `no joint jumps: ${this.#pulses.join()} to ${image.join()}`, rig);
    const isMoving = enabled && motion.positionDeg.some((deg, joint) => Math.abs(deg - (before[joint] ?? deg)) > 0.2);
    this.hasMoved ||= isMoving;
    this.#pulses = image;
  }

  /** Conditions of the plant, read from the contacts alone. */
  #watchInputs({
    unit,
    enabled,
    positionDeg,
  }: {
    unit: string;
    enabled: boolean;
    positionDeg: readonly number[];
  }): void {
    const { rig } = this;
    const { now, closed, state } = rig;
    const moved = state.motion.positionDeg.some((deg, joint) => Math.abs(deg - (positionDeg[joint] ?? deg)) > 0.2);
    const isDriven = enabled && state.enabled;
    const meet = (name: string, holds: boolean): number => {
      if (holds || !this.#metAt.has(name)) this.#metAt.set(name, now);
      return now - (this.#metAt.get(name) ?? now);
    };
    const estopMs = meet('estop', closed.has('estop-a') && closed.has('estop-b'));
    const selected = CONTACTS.filter((contact) => closed.has(contact)).length;
    const selectorMs = meet('selector', selected === 1 || !closed.has('mode-key'));
    const enablingMs = meet('enabling', closed.has('enable-1') && closed.has('enable-2'));
    const jogMs = now - (this.#metAt.get('jog') ?? Number.NEGATIVE_INFINITY);
    if (estopMs > STOP_FUNCTION_MS + SLACK_MS) {
      rule(rig.power === 0 && !state.enabled, 'the emergency stop takes the power away', rig);
    }
    if (selectorMs > STOP_TIME_LIMIT_MS + SLACK_MS) rule(!state.enabled, 'no mode means no power', rig);
    if (!isDriven || !moved) return;
    const isStopped = (name: string): boolean => name === 'Stopped' || name === 'Aborted' || name === 'Held';
    rule(!(isStopped(unit) && isStopped(state.unit)), 'nothing moves in a stop that is over', rig);
    if (state.mode === 'Production' || state.unit !== 'Idle') return;
    rule(enablingMs <= STOP_FUNCTION_MS + SLACK_MS, 'nothing is jogged without the enabling device', rig);
    rule(jogMs <= JOG_MS + RAMP_MS + SLACK_MS, 'nothing is jogged without a live client', rig);
    rule(rig.speedMmPerS <= REDUCED_SPEED_MAX_MM_PER_S + 1e-6, 'nothing is jogged fast', rig);
  }
}

it.each(CELLS)('[O7] a cell %s loses no stop and moves nothing wrongly', (_what, cell) => {
  let moved = 0;
  fc.assert(
    fc.property(fc.array(actions, { minLength: 5, maxLength: 40 }), (story) => {
      const adversary = new Adversary(cell);
      for (const action of story) adversary.act(action);
      if (adversary.hasMoved) moved += 1;
    }),
    { numRuns: RUNS },
  );
  expect(moved).toBeGreaterThan(RUNS / 4);
});
