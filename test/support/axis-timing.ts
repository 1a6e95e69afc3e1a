// What two axes at full speed do to the shipped image, and it to them, in cycles of the emulated chip. All times in µs.
import { createRandom } from '../../sim/kernel/random.ts';
import { AvrBench } from './avr-bench.ts';
import { type AxisReadBack, type Step, stepsOf } from './axis-bench.ts';
import { BusLoad, busWorld } from './bus-load.ts';
import { type Slot, TYPE } from './firmware-rig.ts';
import { bytesOf, readImage } from './firmware-wire.ts';

const SAFETY_INPUT = 2;
const PULL_UP_AND_EDGE = 5;
const SPEED = 4_000;
/** Of a cell, and how often its stream has something to say. */
const CYCLE_US = 20_000;
const STREAM_US = 2_500;
const FIRMWARE_QUERY = Buffer.from([0, 0xf0, 0x79, 0xf7]);
const SERVO_PINS = [3, 4, 9, 10, 11, 12, 13, 17] as const;
const WIDTHS_US = [500, 501, 1500, 1500, 1499, 2500, 1003, 1010] as const;
const FAST_AXES = [
  { stepPin: 5, directionPin: 6 },
  { stepPin: 7, directionPin: 8 },
] as const;

/** A permit, eight servos and two axes that run up to 4,000 steps/s within 0.1 s. */
const SLOTS: readonly Slot[] = [
  { pin: SAFETY_INPUT, flags: PULL_UP_AND_EDGE, value: 5 },
  ...SERVO_PINS.map((pin) => ({ output: true, second: true, pin, flags: 1, value: 0 })),
  ...FAST_AXES.flatMap(({ stepPin, directionPin }): readonly Slot[] => [
    { output: true, kind: 2, pin: stepPin, flags: 1, value: SPEED, permit: 1 },
    { output: true, kind: 3, pin: directionPin, flags: 1, value: 4_000 },
  ]),
];

function outputs(targets: readonly number[]): Buffer {
  const positions = targets.map((target) => [target, 4] as const);
  return bytesOf(...WIDTHS_US.map((us) => [us, 2] as const), ...positions);
}

/** Armed, and both axes on their way to `target`, while both directions of the line are full. */
class AxisRun {
  readonly bench: AvrBench;
  readonly #busy: boolean;
  buses: BusLoad | undefined;

  /** @param isBusy the stream keeps one-wire and I2C busy, instead of asking for the name of the firmware */
  constructor(isBusy = false) {
    this.#busy = isBusy;
    this.bench = new AvrBench('uno', isBusy ? busWorld() : {});
    this.bench.boardTimeUs();
  }

  begin(): void {
    const { bench } = this;
    bench.levels.set(SAFETY_INPUT, 0);
    bench.cycle = 0;
    bench.configure(SLOTS, 500);
    bench.process(outputs(this.readBack().map(({ position }) => position)));
    bench.edges.length = 0;
    if (this.#busy) this.buses = new BusLoad(bench);
  }

  saturate(target: number, us: number): void {
    const { bench } = this;
    const endUs = bench.timeUs + us;
    while (bench.timeUs < endUs) {
      bench.raw(bench.processFrame(outputs([target, target])), 0);
      if (this.buses === undefined) bench.raw(bench.frame(TYPE.stream, FIRMWARE_QUERY), 0);
      else this.#stream(this.buses, bench.timeUs + CYCLE_US);
    }
  }

  /** A command per cycle leaves the stream its part of the line. */
  #stream(buses: BusLoad, endUs: number): void {
    const { bench } = this;
    while (bench.timeUs < endUs) {
      bench.raw(buses.next(), 0);
      bench.run(STREAM_US);
    }
  }

  readBack(): readonly AxisReadBack[] {
    this.bench.run(30_000);
    const newest = this.bench.takeOf(TYPE.image).at(-1);
    if (newest === undefined) throw new Error('no IMAGE');
    const { rest } = readImage(newest.payload);
    return FAST_AXES.map((_, axis) => {
      const at = 1 + 2 * SERVO_PINS.length + 6 * axis;
      const status = rest.readUInt16LE(at + 4);
      return { position: rest.readInt32LE(at), isMoving: (status & 1) === 1, reference: status >> 1 };
    });
  }

  steps(axis: 0 | 1): readonly Step[] {
    return stepsOf(this.bench.edges, FAST_AXES[axis]);
  }
}

export interface AxisTimes {
  /** Pulses of each axis, and what the board says it has counted. */
  readonly steps: readonly number[];
  readonly positions: readonly number[];
  /** Shortest and longest time between two pulses at 4,000 steps/s. */
  readonly gapsUs: readonly [number, number];
  readonly servoJitterUs: number;
  readonly pulses: number;
  readonly overruns: number;
  /** Replies of one-wire meanwhile. */
  readonly oneWireReplies: number;
}

/**
 * Both axes to 4,000 steps/s and to their target, with eight servos and a full line.
 * @param areBusesBusy one-wire and I2C are at work without a pause meanwhile
 */
export function axisTimes(target: number, areBusesBusy = false): AxisTimes {
  const run = new AxisRun(areBusesBusy);
  run.begin();
  run.saturate(target, (target / SPEED) * 1e6 + 500_000);
  const made = [run.steps(0), run.steps(1)];
  const cruise = made.flatMap((steps) =>
    steps.slice(500, -500).map(({ atUs }, at) => atUs - (steps[499 + at]?.atUs ?? 0)),
  );
  const widths = SERVO_PINS.map((pin) => {
    const edges = run.bench.edges.filter((edge) => edge.pin === pin);
    return edges.flatMap(({ level, atUs }, at) => (level === 0 && at > 0 ? [atUs - (edges[at - 1]?.atUs ?? 0)] : []));
  });
  return {
    steps: made.map((steps) => steps.length),
    positions: run.readBack().map(({ position }) => position),
    gapsUs: [Math.min(...cruise), Math.max(...cruise)],
    servoJitterUs: Math.max(...widths.map((us) => Math.max(...us) - Math.min(...us))),
    pulses: widths.flat().length,
    overruns: run.bench.board.overruns,
    oneWireReplies: run.buses?.replies.oneWire ?? 0,
  };
}

/**
 * How long both axes go on after the opening of their permit, by their last pulse, and whether the position that the
 * board then tells is that of the pulses since it stood last.
 */
export function axisStopTimes(
  count: number,
  seed = 1,
): readonly { readonly us: number; readonly isCounted: boolean; readonly speed: number }[] {
  const phase = createRandom(String(seed)).stream('axis stop');
  const run = new AxisRun();
  return Array.from({ length: count }, () => {
    run.begin();
    const [first, second] = run.readBack();
    const target = (first?.position ?? 0) + 100_000;
    run.saturate(target, 150_000 + phase.below(3_000));
    run.bench.levels.set(SAFETY_INPUT, 1);
    const openedUs = run.bench.timeUs;
    run.saturate(target, 20_000);
    const made = [run.steps(0), run.steps(1)];
    const last = Math.max(...made.map((steps) => steps.at(-1)?.atUs ?? 0));
    const before = made[0]?.filter(({ atUs }) => atUs > openedUs - 20_000 && atUs <= openedUs) ?? [];
    const now = run.readBack();
    const isCounted = [first, second].every(
      (stood, axis) => (now[axis]?.position ?? 0) - (stood?.position ?? 0) === made[axis]?.length,
    );
    return { us: last - openedUs, isCounted, speed: before.length * 50 };
  });
}
