// Step axes through the session: the motion of the core as set points, the real firmware at the other end, in virtual time.
import { describe, expect, it } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { axisState, type BoardPlan } from '../../src/core/board-plan.ts';
import { type MotionState, motionAt, planMove, stepMotion } from '../../src/core/motion.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardImage } from '../../src/ports/board-port.ts';
import { type Step, stepsOf, sumOf, topSpeed } from '../support/axis-bench.ts';
import { testRandom } from '../support/session-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { boardModel, digitalInput, UID_TEXT } from '../support/wire-samples.ts';

const ESTOP_PIN = 2;
const X = { stepPin: 5, directionPin: 6 };
const CYCLE_MS = 10;
/** Steps per second and steps per second squared of the host's profile; the board has some more in hand. */
const LIMITS = { minDeg: -10_000, maxDeg: 10_000, velocityMaxDegPerS: 3_000, accelerationMaxDegPerS2: 10_000 };

function axisPlan(): BoardPlan {
  const output = { device: 'x', permits: [], hazardous: true, safeValue: 0 };
  return {
    board: boardModel(),
    inputs: [digitalInput('estop', ESTOP_PIN, { edge: true })],
    outputs: [
      { ...output, pin: X.stepPin, kind: 'axis', limit: 3_300, permits: [0] },
      { ...output, pin: X.directionPin, kind: 'direction', hazardous: false, limit: 2_000 },
    ],
  };
}

class AxisCell {
  readonly clock = new VirtualClock();
  readonly edges: { readonly pin: number; readonly level: 0 | 1; readonly atUs: number }[] = [];
  readonly board: WasmBoard;
  readonly session;
  #estop: 0 | 1 = 0;
  image: BoardImage | undefined;
  isAlive = true;
  arm = true;
  motion: MotionState = motionAt([0]);
  #cycle = 0;

  constructor() {
    const { clock } = this;
    const plan = axisPlan();
    const line = createLoopback({ clock, baud: 115_200 });
    this.board = WasmBoard.load({
      uid: UID_TEXT,
      world: { digitalLevel: (pin) => (pin === ESTOP_PIN ? this.#estop : 0), analogCounts: () => 0 },
      onTransmit: (bytes) => line.board.write(bytes),
      onPinChange: (pin, { level }, atUs) => this.edges.push({ pin, level, atUs }),
    });
    line.board.onData((bytes) => this.board.receive(bytes));
    this.#every(1, () => this.board.advance(clock.now() * 1000));
    this.session = createSession({ plan, clock, factory: line.host, random: testRandom(5) });
    this.session.port.events$.subscribe((event) => {
      if (event.kind === 'image' || event.kind === 'edge') this.image = event.image;
    });
    this.#every(CYCLE_MS, () => this.#write());
    clock.advance(1_000);
  }

  get position(): number {
    return this.image?.outputs[0] ?? Number.NaN;
  }

  get state() {
    return axisState(this.image?.outputs[1] ?? 0);
  }

  /** In the order of the wire, where the pin is low for positions that grow. */
  get steps(): readonly Step[] {
    return stepsOf(this.edges, X).map(({ atUs, way }) => ({ atUs, way: way === 1 ? -1 : 1 }));
  }

  moveTo(target: number): this {
    const planned = planMove([LIMITS], this.motion, [target], 100);
    if (!planned.ok) throw new Error(JSON.stringify(planned.error));
    this.motion = planned.value;
    return this;
  }

  openEstop(): void {
    this.#estop = 1;
  }

  #write(): void {
    if (!this.isAlive) return;
    this.#cycle += 1;
    this.motion = stepMotion(this.motion, CYCLE_MS, 'run');
    const [target = 0] = this.motion.positionDeg;
    this.session.port.write({ cycle: this.#cycle, arm: this.arm, outputs: [Math.round(target), 0] });
  }

  #every(periodMs: number, task: () => void): void {
    const run = (): void => {
      task();
      this.clock.schedule(monotonicMs(this.clock.now() + periodMs), run);
    };
    this.clock.schedule(monotonicMs(this.clock.now() + periodMs), run);
  }
}

describe('a step axis at the end of a session', () => {
  it('follows the motion of the host to its target, and says by read-back when it stands', () => {
    const cell = new AxisCell();
    cell.moveTo(6_000);
    cell.clock.advance(1_000);
    expect(cell.state.isMoving).toBe(true);
    expect(topSpeed(cell.steps)).toBeGreaterThan(2_800);
    expect(topSpeed(cell.steps)).toBeLessThan(3_300);
    cell.clock.advance(1_700);
    expect(cell.position).toBe(6_000);
    expect(cell.state.isMoving).toBe(false);
    expect(sumOf(cell.steps)).toBe(6_000);
    cell.moveTo(-500);
    cell.clock.advance(3_000);
    expect(cell.position).toBe(-500);
    expect(sumOf(cell.steps)).toBe(-500);
  });

  it('stands within lease and 1 ms after its controller was killed', () => {
    const cell = new AxisCell();
    cell.moveTo(6_000);
    cell.clock.advance(700);
    cell.isAlive = false;
    const killedUs = cell.board.timeUs;
    cell.clock.advance(1_000);
    const lastUs = cell.steps.at(-1)?.atUs ?? 0;
    expect(lastUs).toBeGreaterThan(killedUs + 80_000);
    // The last command was still on the line.
    expect(lastUs).toBeLessThanOrEqual(killedUs + 3_000 + 101_000);
    expect(cell.board.pin(X.stepPin).level).toBe(0);
  });

  it('stands within 1 ms after its emergency stop has opened, with its pulses counted and its reference gone', () => {
    const cell = new AxisCell();
    cell.moveTo(6_000);
    cell.clock.advance(700);
    const { reference } = cell.state;
    cell.openEstop();
    const openedUs = cell.board.timeUs;
    cell.clock.advance(300);
    expect(cell.steps.at(-1)?.atUs).toBeLessThanOrEqual(openedUs + 1_000);
    expect(cell.position).toBe(sumOf(cell.steps));
    expect(cell.state.isMoving).toBe(false);
    expect(cell.state.reference).not.toBe(reference);
  });

  it('is not moved by a controller that comes back and believes it elsewhere: only by one that begins where it stands', () => {
    const cell = new AxisCell();
    cell.moveTo(6_000);
    cell.clock.advance(700);
    cell.arm = false;
    cell.clock.advance(100);
    const stood = cell.position;
    const made = cell.steps.length;
    expect(stood).toBeGreaterThan(500);
    cell.arm = true;
    cell.clock.advance(60);
    expect(cell.image?.armed).toBe(false);
    cell.motion = motionAt([stood]);
    cell.clock.advance(1_500);
    expect(cell.image?.armed).toBe(true);
    expect(cell.steps).toHaveLength(made);
    expect(cell.position).toBe(stood);
  });
});
