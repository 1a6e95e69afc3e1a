// Goal: what holds in every cycle, whatever comes in. Method: random inputs, requests, intents, link states and times, many
// times over, on the pure cycle of the example cell; the rules are checked after each cycle by what went in and came out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardInput, CycleInputs, CycleOutputs } from '../../src/control/cycle.ts';
import { HOLD } from '../../src/core/board-plan.ts';
import type { CellEventBody, CellRequest, LinkState } from '../../src/core/cell-event.ts';
import { FAULTS, fault } from '../../src/core/faults.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { Intent } from '../../src/ports/program.ts';
import { CycleRig, exampleCell, jobOrder } from '../support/cycle-rig.ts';

const CELL = exampleCell();
const RUNS = 2500;
const GUARDS = ['estop-a', 'estop-b', 'guard-door'] as const;
const RESET = CELL.safety.reset;
const RAMP_MS_MAX = 500;
/** Stops without a stop function of their own are bounded by this, ms. */
const STOP_MS_MAX = 2000;
const WORKING: ReadonlySet<string> = new Set(['Starting', 'Execute', 'Unholding']);
const SERVOS = CELL.devices.flatMap((device) => (device.kind === 'servo' ? [device] : []));

type Action =
  | { readonly kind: 'run'; readonly cycles: number; readonly everyMs: number }
  | { readonly kind: 'input'; readonly device: string; readonly closed: boolean }
  | { readonly kind: 'counts'; readonly counts: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'stop'; readonly by: (typeof GUARDS)[number]; readonly cycles: number }
  | { readonly kind: 'edge' }
  | { readonly kind: 'request'; readonly request: CellRequest }
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'link'; readonly link: LinkState; readonly isBlind: boolean }
  | { readonly kind: 'late'; readonly lateMs: number };

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const anyNumber = fc.oneof(
  fc.double({ min: -100, max: 100, noNaN: true }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 100, 1e308),
);

/** Usually acceptable, so that what follows has something to work on. */
function mostly(value: number): fc.Arbitrary<number> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: anyNumber });
}

const requests: fc.Arbitrary<CellRequest> = fc.oneof(
  fc.record({
    kind: fc.constant('store-and-start' as const),
    requestId: fc.constant('r'),
    order: fc
      .tuple(ids, fc.constantFrom('pick-and-place', 'park', 'park', 'none'), mostly(100))
      .map(([id, workMasterId, speed]) => jobOrder(id, { workMasterId, parameters: { speed } })),
  }),
  fc.record({
    kind: fc.constant('abort' as const),
    requestId: fc.constant('r'),
    jobOrderId: ids,
    comment: fc.constant(''),
  }),
  fc.record({ kind: fc.constant('resume' as const), requestId: fc.constant('r'), jobOrderId: ids }),
);

const intents: fc.Arbitrary<Intent> = fc.oneof(
  fc.record({
    kind: fc.constant('move' as const),
    targetDeg: fc.dictionary(fc.constantFrom('base', 'shoulder', 'elbow', 'none'), anyNumber, { maxKeys: 3 }),
    speedPercent: mostly(100),
  }),
  fc.record({
    kind: fc.constant('set-output' as const),
    device: fc.constantFrom('belt-motor', 'vacuum-valve', 'actuator-power', 'none'),
    on: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('start-work-master' as const),
    workMasterId: fc.constantFrom('park', 'none'),
    parameters: fc.record({ speed: mostly(50) }),
  }),
);

const inputNames = [...GUARDS, RESET, 'part-at-pick', 'part-present'];
const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: runAction() },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('request' as const), request: requests }) },
  { weight: 3, arbitrary: fc.constant<Action>({ kind: 'ready' }) },
  { weight: 2, arbitrary: stopAction() },
  { weight: 2, arbitrary: inputAction() },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('intent' as const), intent: intents }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('counts' as const), counts: fc.oneof(fc.nat(1023), anyNumber) }),
  },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: 'edge' }) },
  { weight: 1, arbitrary: linkAction() },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('late' as const), lateMs: fc.nat(100) }) },
);

function runAction(): fc.Arbitrary<Action> {
  return fc.record({
    kind: fc.constant('run' as const),
    cycles: fc.integer({ min: 1, max: 40 }),
    everyMs: fc.oneof({ weight: 4, arbitrary: fc.constant(10) }, { weight: 1, arbitrary: fc.nat(60) }),
  });
}

function stopAction(): fc.Arbitrary<Action> {
  const by = fc.constantFrom(...GUARDS);
  return fc.record({ kind: fc.constant('stop' as const), by, cycles: fc.integer({ min: 1, max: 60 }) });
}

function inputAction(): fc.Arbitrary<Action> {
  return fc.record({
    kind: fc.constant('input' as const),
    device: fc.constantFrom(...inputNames),
    closed: fc.boolean(),
  });
}

function linkAction(): fc.Arbitrary<Action> {
  const link = fc.constantFrom<LinkState>('down', 'connecting', 'stopped', 'stopped', 'tripped');
  return fc.record({ kind: fc.constant('link' as const), link, isBlind: fc.boolean() });
}

/** As `expect`, which is too slow for rules that are checked a million times. */
function rule(holds: boolean, text: string): void {
  if (!holds) throw new Error(text);
}

function assertFinite(value: unknown, where: string): void {
  if (typeof value === 'number') rule(Number.isFinite(value), `${where} is ${value}`);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) assertFinite(item, `${where}.${key}`);
}

/** The cycle under random treatment, with the rules as an onlooker would check them. */
class Ordeal {
  readonly rig = new CycleRig(CELL);
  isBlind = false;
  /** Since when something demands a stop, without a break. */
  #demandedAt: number | undefined;
  /** A reset was pressed at the cell since outputs were driven last. */
  #hasResetEdge = false;
  #resetBefore = true;
  /** An order or a resume was accepted since the last stop. */
  #isGranted = false;

  do(action: Action): void {
    const { rig } = this;
    switch (action.kind) {
      case 'run':
        for (let count = 0; count < action.cycles; count += 1) this.step({}, action.everyMs);
        return;
      case 'input':
        if (action.closed) rig.closed.add(action.device);
        else rig.closed.delete(action.device);
        return;
      case 'counts':
        rig.counts.set('vacuum-pressure', action.counts);
        return;
      case 'ready':
        this.makeReady();
        return;
      case 'stop':
        rig.closed.delete(action.by);
        this.do({ kind: 'run', cycles: action.cycles, everyMs: 10 });
        for (const guard of GUARDS) rig.closed.delete(guard);
        this.do({ kind: 'run', cycles: 3, everyMs: 10 });
        return;
      case 'edge':
        rig.edge();
        return;
      case 'request':
        this.step({ requests: [action.request] });
        return;
      case 'intent':
        this.step({ intents: [{ program: 'p', intent: action.intent }] });
        return;
      case 'link':
        rig.link = action.link;
        rig.cause = action.link === 'stopped' ? undefined : fault(1001, { board: 'uno-1' });
        this.isBlind = action.isBlind;
        return;
      case 'late':
        this.step({ lateMs: action.lateMs }, 10 + action.lateMs);
        return;
      default:
        action satisfies never;
    }
  }

  /** Mends everything and presses reset, as a person would; each contact opens once. */
  makeReady(): void {
    const { rig } = this;
    if (rig.link !== 'armed') rig.link = 'stopped';
    rig.cause = undefined;
    this.isBlind = false;
    rig.closed.delete(RESET);
    this.step();
    for (const guard of GUARDS) rig.closed.add(guard);
    for (let count = 0; count < 3; count += 1) this.step();
    rig.closed.add(RESET);
    for (let count = 0; count < 2; count += 1) this.step();
    rig.closed.delete(RESET);
    for (let count = 0; count < 7; count += 1) this.step();
  }

  #boards(): BoardInput[] {
    const boards = this.rig.boards();
    const isGone = this.isBlind || this.rig.link === 'down' || this.rig.link === 'connecting';
    return isGone ? boards.map((board) => ({ ...board, image: undefined })) : boards;
  }

  step(changes: Partial<CycleInputs> = {}, afterMs = 10): void {
    const { rig } = this;
    const before = rig.state;
    const image = { receivedAt: monotonicMs(rig.now + afterMs) };
    const boards = this.#boards().map((board) =>
      board.image === undefined ? board : { ...board, image: { ...board.image, ...image } },
    );
    const isReadable = boards.every((board) => board.image !== undefined);
    const isLinked = rig.link === 'stopped' || rig.link === 'armed';
    const outputs = rig.step({ boards, wantSnapshot: rig.state.cycle % 16 === 0, ...changes }, afterMs);

    const reset = isReadable && rig.closed.has(RESET);
    if (reset && !this.#resetBefore) this.#hasResetEdge = true;
    this.#resetBefore = reset;
    const isDemanded = !isReadable || !isLinked || GUARDS.some((guard) => !rig.closed.has(guard));
    this.#demandedAt = isDemanded ? (this.#demandedAt ?? rig.now) : undefined;

    this.#checkOutputs(outputs, isDemanded, isLinked);
    this.#checkFinite(outputs);
    this.#checkStart(outputs, changes.requests ?? [], before.motion.path !== undefined);
    this.#checkEnable(before.enabled);
    this.#checkRecords(outputs);
  }

  #commanded(device: string): { readonly value: number; readonly isSafe: boolean; readonly arm: boolean } {
    const slots = this.rig.context.table.plans[0]?.outputs ?? [];
    const slot = slots.findIndex((output) => output.device === device);
    const command = this.rig.outputs?.commands[0];
    const value = command?.outputs[slot] ?? Number.NaN;
    const safeValue = slots[slot]?.safeValue === HOLD ? 0 : slots[slot]?.safeValue;
    return { value, isSafe: value === safeValue, arm: command?.arm === true };
  }

  /** Nothing that a stop function covers is on beyond its permission. */
  #checkOutputs(_outputs: CycleOutputs, isDemanded: boolean, isLinked: boolean): void {
    if (!this.#commanded('belt-motor').arm) return;
    rule(isLinked, 'a board that is not linked is not armed');
    if (isDemanded) {
      rule(this.#commanded('belt-motor').isSafe, 'the belt stands while a stop is demanded');
      rule(this.#commanded('vacuum-valve').isSafe, 'the valve is safe while a stop is demanded');
    }
    if (this.rig.now - (this.#demandedAt ?? this.rig.now) < RAMP_MS_MAX) return;
    for (const device of ['actuator-power', ...SERVOS.map(({ name }) => name)]) {
      rule(this.#commanded(device).isSafe, `${device} is safe after the ramp`);
    }
  }

  #checkFinite(outputs: CycleOutputs): void {
    assertFinite(outputs.snapshot, 'snapshot');
    assertFinite(outputs.events, 'events');
    assertFinite(outputs.replies, 'replies');
    for (const { name, minDeg, maxDeg, pulseAtMinUs, pulseAtMaxUs } of SERVOS) {
      const { value } = this.#commanded(name);
      const joint = SERVOS.findIndex((servo) => servo.name === name);
      const positionDeg = this.rig.state.motion.positionDeg[joint] ?? Number.NaN;
      rule(positionDeg >= minDeg && positionDeg <= maxDeg, `${name} at ${positionDeg} degrees`);
      rule(value === 0 || (value >= pulseAtMinUs && value <= pulseAtMaxUs), `${name} gets pulses of ${value} us`);
    }
  }

  /** Motion starts only on an order or a resume that was accepted after the last stop. */
  #checkStart(outputs: CycleOutputs, requests: readonly CellRequest[], wasMoving: boolean): void {
    if (outputs.events.some(isStop)) this.#isGranted = false;
    const starts = requests.some(({ kind }) => kind === 'store-and-start' || kind === 'resume');
    if (starts && outputs.replies.some(({ ok }) => ok)) this.#isGranted = true;
    const isMoving = this.rig.state.motion.path !== undefined;
    const isBeltOn = this.#commanded('belt-motor').arm && !this.#commanded('belt-motor').isSafe;
    rule(this.#isGranted || !((isMoving && !wasMoving) || isBeltOn), 'motion starts on an order after the last stop');
    rule(!isMoving || this.rig.state.enabled, 'nothing moves that is not driven');
  }

  #checkEnable(wasEnabled: boolean): void {
    if (wasEnabled || !this.rig.state.enabled) return;
    rule(this.#hasResetEdge, 'outputs are enabled by a reset at the cell');
    this.#hasResetEdge = false;
  }

  #checkRecords(outputs: CycleOutputs): void {
    const { state } = this.rig;
    const records = state.jobs.records;
    const running = records.filter((record) => record.state === 'Running').length;
    rule(running === (WORKING.has(state.unit) ? 1 : 0), `${running} orders run while the unit is ${state.unit}`);
    for (const record of records) {
      const isBroken = record.state === 'Interrupted' || record.state === 'Aborted';
      rule(!isBroken || record.reason !== undefined, `${record.order.jobOrderId} has no reason`);
    }
    const isAborted = state.unit === 'Aborting' || state.unit === 'Aborted';
    const hasCause = state.alarms.some(({ code }) => FAULTS[code].reaction.startsWith('stop-category'));
    rule(!isAborted || hasCause, 'an aborted unit has a cause');
    rule(state.unit !== 'Held' || state.alarms.length > 0, 'a held unit has a cause');
    const stops = outputs.events.flatMap((event) => (event.kind === 'stop' ? [event.cause.code] : []));
    rule(
      stops.every((code) => code === 4001 || code === 4002),
      'a stop function tells its cause',
    );
  }
}

function isStop(event: CellEventBody): boolean {
  return event.kind === 'unit' && (event.to === 'Stopping' || event.to === 'Aborting');
}

describe('the cycle, whatever comes in', () => {
  it('drives nothing without permission, starts nothing without an order, tells nothing that is no number', () => {
    fc.assert(
      fc.property(fc.array(actions, { minLength: 5, maxLength: 40 }), (ordeal) => {
        const cell = new Ordeal();
        cell.makeReady();
        for (const action of ordeal) cell.do(action);
      }),
      { numRuns: RUNS, seed: 4711 },
    );
  });

  it('can always be brought back to Idle by mending what is broken and pressing reset', () => {
    fc.assert(
      fc.property(fc.array(actions, { minLength: 1, maxLength: 30 }), (ordeal) => {
        const cell = new Ordeal();
        for (const action of ordeal) cell.do(action);
        for (const guard of GUARDS) cell.rig.closed.delete(guard);
        for (let passedMs = 0; passedMs <= STOP_MS_MAX; passedMs += 20) cell.step({}, 20);
        cell.makeReady();
        expect([cell.rig.state.unit, cell.rig.state.enabled, cell.rig.state.alarms]).toEqual(['Idle', true, []]);
      }),
      { numRuns: RUNS, seed: 4712 },
    );
  });
});
