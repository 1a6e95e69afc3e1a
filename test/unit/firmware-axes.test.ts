import { describe, expect, it } from 'vitest';
import { AXES, AXIS_BENCH, axesOf, axisOutputs, stepsOf, sumOf, topSpeed } from '../support/axis-bench.ts';
import { commitPayload, Rig, records, type Slot, STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf, readImage } from '../support/firmware-wire.ts';

const CYCLE_US = 10_000;
const STATUS = { index: 4, pinIncapable: 6, value: 12 } as const;

function bench(leaseMs = 100): Rig {
  const rig = new Rig();
  rig.levels.set(2, 0);
  return rig.configure(AXIS_BENCH, leaseMs);
}

function edges(rig: Rig) {
  return rig.changes.map(({ pin, state, atUs }) => ({ pin, level: state.level, atUs }));
}

function steps(rig: Rig, axis: 0 | 1 = 0) {
  return stepsOf(edges(rig), AXES[axis]);
}

/** Commands every 10 ms, the targets as a function of the time since the first, ms. */
function command(rig: Rig, forMs: number, targets: (ms: number) => readonly [number, number?]): void {
  for (let ms = 0; ms < forMs; ms += 10) {
    const [first, second = 0] = targets(ms);
    rig.process(axisOutputs(first, second));
    rig.run(CYCLE_US);
  }
}

function readBack(rig: Rig) {
  rig.take();
  rig.run(16_000);
  const newest = rig.takeOf(TYPE.image).at(-1);
  if (newest === undefined) throw new Error('no IMAGE');
  return axesOf(readImage(newest.payload).rest);
}

/** Armed, at standstill at 0. */
function armed(leaseMs = 100): Rig {
  const rig = bench(leaseMs);
  command(rig, 20, () => [0]);
  return rig;
}

describe('a step axis', () => {
  it('goes to its target and stands there, every pulse counted', () => {
    const rig = armed();
    command(rig, 1_500, () => [2_000, -300]);
    expect(sumOf(steps(rig))).toBe(2_000);
    expect(sumOf(steps(rig, 1))).toBe(-300);
    expect(steps(rig)).toHaveLength(2_000);
    expect(readBack(rig)).toMatchObject([
      { position: 2_000, isMoving: false },
      { position: -300, isMoving: false },
    ]);
  });

  it('keeps to its speed and to its acceleration', () => {
    const rig = armed();
    command(rig, 3_000, () => [6_000, 1_500]);
    for (const index of [0, 1] as const) {
      const { speed, acceleration } = AXES[index];
      const made = steps(rig, index);
      const fastest = topSpeed(made);
      expect(fastest).toBeGreaterThan(0.97 * speed);
      expect(fastest).toBeLessThanOrEqual(1.01 * speed);
      const startedUs = made[0]?.atUs ?? 0;
      const reached = made.findIndex(
        ({ atUs }, at) => at >= 10 && 10e6 / (atUs - (made[at - 10]?.atUs ?? 0)) > 0.9 * speed,
      );
      const rampMs = ((made[reached]?.atUs ?? 0) - startedUs) / 1000;
      expect(rampMs).toBeGreaterThan((0.8 * speed * 1000) / acceleration);
    }
  });

  it.each([7_000, 7_300, 7_600, 7_900])(
    'brakes in time for its target, also when commands are rare: %i steps',
    (target) => {
      const rig = armed(1_000);
      for (let second = 0; second < 9; second += 1) {
        rig.process(axisOutputs(target));
        rig.run(400_000);
      }
      const made = steps(rig);
      expect(sumOf(made)).toBe(target);
      for (let at = 5; at < made.length; at += 1) {
        const speed = 5e6 / ((made[at]?.atUs ?? 0) - (made[at - 5]?.atUs ?? 0));
        expect(speed).toBeLessThan(1.2 * Math.sqrt(2 * AXES[0].acceleration * (made.length - at + 5)));
      }
    },
  );

  it('turns round in one ramp when the target moves behind it', () => {
    const rig = armed();
    command(rig, 2_000, (ms) => [ms < 200 ? 3_000 : 0]);
    const made = steps(rig);
    const turns = made.filter(({ way }, at) => way !== made[at - 1]?.way);
    expect(turns.map(({ way }) => way)).toEqual([1, -1]);
    expect(sumOf(made)).toBe(0);
    expect(readBack(rig)[0]).toMatchObject({ position: 0, isMoving: false });
  });

  it('follows a stream of set points smoothly, a few cycles behind and never ahead', () => {
    const rig = armed();
    const SPEED = 2_000;
    command(rig, 600, (ms) => [Math.round((SPEED * ms) / 1000)]);
    const cruise = steps(rig).filter(({ atUs }) => atUs > 300_000);
    const gapsUs = cruise.slice(1).map(({ atUs }, at) => atUs - (cruise[at]?.atUs ?? 0));
    expect(Math.min(...gapsUs)).toBeGreaterThan(0.8 * (1e6 / SPEED));
    expect(Math.max(...gapsUs)).toBeLessThan(1.25 * (1e6 / SPEED));
    const behind = (SPEED * 590) / 1000 - sumOf(steps(rig));
    expect(behind).toBeGreaterThan(0);
    expect(behind).toBeLessThan((SPEED * 60) / 1000 + SPEED ** 2 / (2 * AXES[0].acceleration));
  });

  it('makes pulses of 62 µs, with the direction set before', () => {
    const rig = armed();
    command(rig, 500, () => [-100]);
    const own = edges(rig).filter(({ pin }) => pin === AXES[0].stepPin || pin === AXES[0].directionPin);
    const turnUs = own.find(({ pin, atUs }) => pin === AXES[0].directionPin && atUs > 40_000)?.atUs ?? 0;
    const pulses = own.filter(({ pin, atUs }) => pin === AXES[0].stepPin && atUs > 40_000);
    expect(turnUs).toBeGreaterThan(0);
    expect((pulses[0]?.atUs ?? 0) - turnUs).toBeGreaterThanOrEqual(62);
    const widths = pulses.flatMap(({ level, atUs }, at) => (level === 0 ? [atUs - (pulses[at - 1]?.atUs ?? 0)] : []));
    expect(new Set(widths)).toEqual(new Set([62.5]));
  });

  it('lets go of its step pin and stands still from the trip on, its position that of the pulses given', () => {
    const rig = armed();
    command(rig, 200, () => [3_000]);
    const before = readBack(rig)[0];
    rig.levels.set(2, 1);
    const openedUs = rig.board.timeUs;
    rig.run(500_000);
    const made = steps(rig);
    expect(made.at(-1)?.atUs).toBeLessThanOrEqual(openedUs + 1_000);
    expect(rig.board.pin(AXES[0].stepPin)).toMatchObject({ mode: 'output', level: 0 });
    const after = readBack(rig)[0];
    expect(after).toMatchObject({ position: sumOf(made), isMoving: false });
    expect(after?.reference).not.toBe(before?.reference);
    expect(rig.image()).toMatchObject({ state: STATE.tripped, tripCause: 4 });
  });

  it('stops by its lease when commands end', () => {
    const rig = armed();
    command(rig, 200, () => [4_000]);
    const lastUs = rig.board.timeUs - CYCLE_US;
    rig.run(500_000);
    expect(steps(rig).at(-1)?.atUs).toBeGreaterThan(lastUs + 90_000);
    expect(steps(rig).at(-1)?.atUs).toBeLessThanOrEqual(lastUs + 101_000);
    expect(readBack(rig)[0]).toMatchObject({ position: sumOf(steps(rig)), isMoving: false });
  });

  it.each([
    ['STOP', (rig: Rig) => rig.send(TYPE.stop, bytesOf([1, 4]))],
    ['a command without arm', (rig: Rig) => rig.process(axisOutputs(4_000), { arm: false })],
    ['CLOSE', (rig: Rig) => rig.send(TYPE.close)],
    ['a new session', (rig: Rig) => rig.open(77)],
  ] as const)('gives no pulse after %s', (_, stop) => {
    const rig = armed();
    command(rig, 200, () => [4_000]);
    stop(rig);
    const made = steps(rig).length;
    expect(made).toBeGreaterThan(100);
    rig.run(300_000);
    expect(steps(rig)).toHaveLength(made);
  });

  it('keeps its reference when it is stopped at standstill, and loses it when it is stopped at speed', () => {
    const rig = armed();
    const first = readBack(rig)[0]?.reference;
    rig.send(TYPE.stop, bytesOf([1, 4]));
    expect(readBack(rig)[0]?.reference).toBe(first);
    command(rig, 200, () => [0]);
    command(rig, 200, () => [4_000]);
    rig.send(TYPE.stop, bytesOf([1, 4]));
    const [cut, other] = readBack(rig);
    expect(cut?.reference).not.toBe(first);
    expect(other?.reference).toBe(first);
  });

  it('has another reference after each boot, and counts from 0', () => {
    const rig = armed();
    command(rig, 500, () => [100]);
    const before = readBack(rig)[0];
    rig.board.reset('external');
    rig.cycle = 0;
    rig.configure(AXIS_BENCH);
    const after = readBack(rig)[0];
    expect(before?.position).toBe(100);
    expect(after?.position).toBe(0);
    expect(after?.reference).not.toBe(before?.reference);
  });

  it('keeps position and reference in a new session', () => {
    const rig = armed();
    command(rig, 500, () => [100, -7]);
    const before = readBack(rig);
    rig.send(TYPE.close);
    rig.cycle = 0;
    rig.configure(AXIS_BENCH);
    expect(readBack(rig)).toEqual(before);
  });
});

describe('arming a board with axes', () => {
  it('is refused with 12 unless every target is the present position: re-arming moves nothing', () => {
    const rig = armed();
    command(rig, 200, () => [4_000]);
    rig.send(TYPE.stop, bytesOf([1, 4]));
    const stood = readBack(rig)[0]?.position ?? 0;
    const made = steps(rig).length;
    rig.process(axisOutputs(4_000));
    expect(rig.takeOf(TYPE.refused).map(({ payload }) => [...payload])).toEqual([[TYPE.process, STATUS.value]]);
    expect(rig.image().state).toBe(STATE.stopped);
    rig.process(axisOutputs(stood));
    expect(rig.image().state).toBe(STATE.armed);
    rig.run(50_000);
    expect(steps(rig)).toHaveLength(made);
  });

  it.each([0x40000000, -0x40000000, 0x7fffffff, -0x80000000])('a target of %i is refused with 12', (target) => {
    const rig = armed();
    rig.process(axisOutputs(target));
    expect(rig.takeOf(TYPE.refused).map(({ payload }) => [...payload])).toEqual([[TYPE.process, STATUS.value]]);
    expect(readBack(rig)[0]).toMatchObject({ position: 0, isMoving: false });
  });
});

describe('the configuration of an axis', () => {
  const STEP: Slot = { output: true, kind: 2, pin: 5, flags: 1, value: 1_000 };
  const DIRECTION: Slot = { output: true, kind: 3, pin: 6, value: 100 };

  function configStatus(slots: readonly Slot[]): readonly number[] {
    const rig = new Rig();
    rig.open();
    for (const record of records(slots)) rig.send(TYPE.config, record);
    return rig.takeOf(TYPE.configAck).map(({ payload }) => payload.readUInt8(1));
  }

  function commitStatus(slots: readonly Slot[]): number | undefined {
    const rig = new Rig();
    rig.open();
    for (const record of records(slots)) rig.send(TYPE.config, record);
    rig.send(TYPE.commit, commitPayload(slots, 100));
    return rig.takeOf(TYPE.committed)[0]?.payload.readUInt8(0);
  }

  it.each([
    ['no speed', { ...STEP, value: 0 }],
    ['more than 5,000 steps/s', { ...STEP, value: 5_001 }],
    ['an axis that is not hazardous', { ...STEP, flags: 0 }],
    ['less than 100 steps/s²', { ...DIRECTION, value: 9 }],
    ['a permit at the direction pin', { ...DIRECTION, flags: 1, permit: 1 }],
    ['a kind that there is not', { ...STEP, kind: 4 }],
    ['an input of that kind', { pin: 5, kind: 2 }],
  ] as const)('%s is refused with 12', (_, slot) => {
    expect(configStatus([slot])).toEqual([STATUS.value]);
  });

  it('is refused with 4 when the two records of an axis are not together', () => {
    expect(commitStatus([STEP])).toBe(STATUS.index);
    expect(commitStatus([DIRECTION])).toBe(STATUS.index);
    expect(commitStatus([DIRECTION, STEP])).toBe(STATUS.index);
    expect(commitStatus([STEP, { output: true, pin: 4 }, DIRECTION])).toBe(STATUS.index);
    expect(commitStatus([STEP, DIRECTION])).toBe(0);
  });

  it('is refused with 6 when there are more axes than the board has', () => {
    const axes = (count: number): readonly Slot[] =>
      Array.from({ length: count }, (_, index) => [
        { ...STEP, pin: 2 + 2 * index },
        { ...DIRECTION, pin: 3 + 2 * index },
      ]).flat();
    expect(commitStatus(axes(2))).toBe(0);
    expect(commitStatus(axes(3))).toBe(STATUS.pinIncapable);
  });
});
