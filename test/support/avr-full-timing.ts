// How fast the shipped image reacts with every slot that its chip has in use and the line full, in cycles of the emulated chip.
import { createRandom, type RandomStream } from '../../sim/kernel/random.ts';
import { BOARD_PINS, firstAnalogPinOf } from '../../src/core/board-pins.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { AvrBench } from './avr-bench.ts';
import { type Slot, TYPE } from './firmware-rig.ts';
import { bytesOf } from './firmware-wire.ts';

const TICK_US = 1000;
const CYCLES_PER_US = 16;
const CLOSED = 0;
const OPEN = 1;
const PULSE_US = 1500;
const FIRMWARE_QUERY = Buffer.from([0, 0xf0, 0x79, 0xf7]);

/** Steps that an axis is sent on with each command: farther than it comes by the next. */
const FAR_STEPS = 400;
const AXIS_LIMITS = { stepsPerS: 5_000, tensOfStepsPerS2: 65_000 } as const;
/** Until both the axes and the line are at full speed. */
const RUN_UP_US = 60_000;

const FLOOD_BAUD = 500_000;
const FLOOD_CHARACTER_US = 20;

/** What the slots are used for: as many switched outputs as can be, or twelve servos among them, or all step axes or one as well. */
export type FullUse = 'switches' | 'servos' | 'axes' | 'flood';

interface FullPlan {
  readonly slots: readonly Slot[];
  /** Pins of the inputs that all outputs name, and of the switched outputs. */
  readonly permits: readonly number[];
  readonly switches: readonly number[];
  readonly stepPins: readonly number[];
  /** Where the positions of the axes are in an image. */
  readonly positionsAt: number;
  /** All outputs on, and the axes sent to these positions. */
  readonly on: (positions: readonly number[]) => Buffer;
}

interface Counts {
  readonly analog: number;
  readonly permits: number;
  readonly servos: number;
  readonly axes: number;
  readonly switches: number;
}

/** 18 records on an Uno, one per pin; 48 on a Mega. With servos also the analog inputs that a frame has room for. */
const COUNTS: Readonly<Record<BoardKind, Readonly<Record<FullUse, Counts>>>> = {
  uno: {
    switches: { analog: 0, permits: 6, servos: 0, axes: 0, switches: 12 },
    servos: { analog: 2, permits: 2, servos: 12, axes: 0, switches: 2 },
    axes: { analog: 2, permits: 2, servos: 8, axes: 2, switches: 2 },
    flood: { analog: 2, permits: 2, servos: 8, axes: 1, switches: 2 },
  },
  mega: {
    switches: { analog: 0, permits: 24, servos: 0, axes: 0, switches: 24 },
    servos: { analog: 16, permits: 8, servos: 12, axes: 0, switches: 12 },
    axes: { analog: 16, permits: 8, servos: 12, axes: 4, switches: 4 },
    flood: { analog: 16, permits: 8, servos: 12, axes: 1, switches: 4 },
  },
};

function planOf(kind: BoardKind, use: FullUse): FullPlan {
  const { analog, permits, servos, axes, switches } = COUNTS[kind][use];
  const first = firstAnalogPinOf(kind);
  const analogPins = Array.from({ length: analog }, (_, channel) => first + channel);
  const others = BOARD_PINS[kind].map(({ number }) => number).filter((pin) => !analogPins.includes(pin));
  const permitPins = others.splice(0, permits);
  const servoPins = others.splice(0, servos);
  const axisPins = Array.from({ length: axes }, () => others.splice(0, 2) as [number, number]);
  const switchPins = others.splice(0, switches);
  const permit = (2 ** permits - 1) * 2 ** analog;
  const slots = [
    ...analogPins.map((pin) => ({ pin, second: true })),
    ...permitPins.map((pin) => ({ pin, flags: 5, value: 5 })),
    ...servoPins.map((pin) => ({ output: true, second: true, pin, flags: 1, value: 0, permit })),
    ...axisPins.flatMap(([stepPin, directionPin]): readonly Slot[] => [
      { output: true, kind: 2, pin: stepPin, flags: 1, value: AXIS_LIMITS.stepsPerS, permit },
      { output: true, kind: 3, pin: directionPin, flags: 1, value: AXIS_LIMITS.tensOfStepsPerS2 },
    ]),
    ...switchPins.map((pin) => ({ output: true, pin, flags: 1, value: 0, permit })),
  ];
  const bits = bytesOf([2 ** switches - 1, 4]).subarray(0, Math.ceil(switches / 8));
  const pulses = bytesOf(...servoPins.map(() => [PULSE_US, 2] as const));
  return {
    slots,
    permits: permitPins,
    switches: switchPins,
    stepPins: axisPins.map(([stepPin]) => stepPin),
    positionsAt: Math.ceil(permits / 8) + 2 * analog + bits.length + pulses.length,
    on: (positions) => Buffer.concat([bits, pulses, bytesOf(...positions.map((steps) => [steps >>> 0, 4] as const))]),
  };
}

/** The bench in a session, armed where its axes stand. */
export class FullBench {
  readonly bench: AvrBench;
  readonly plan: FullPlan;
  #positions: number[] = [];

  constructor(kind: BoardKind, use: FullUse) {
    this.plan = planOf(kind, use);
    this.bench = new AvrBench(kind);
    this.bench.boardTimeUs();
  }

  start(leaseMs: number, baud?: number): void {
    const { bench, plan } = this;
    for (const pin of plan.permits) bench.levels.set(pin, CLOSED);
    bench.cycle = 0;
    // What was sent in the turn before is answered first.
    bench.run(100 * TICK_US);
    bench.openOnly();
    if (baud !== undefined) bench.send(TYPE.speed, bytesOf([baud, 4]));
    bench.commit(plan.slots, leaseMs);
    bench.run(40 * TICK_US);
    const rest = bench.images().at(-1)?.rest;
    // Position and state of each axis.
    this.#positions = plan.stepPins.map((_, axis) => rest?.readInt32LE(plan.positionsAt + 6 * axis) ?? 0);
  }

  /** The next command, which sends the axes on. */
  command(): Buffer {
    const frame = this.bench.processFrame(this.plan.on(this.#positions));
    this.#positions = this.#positions.map((steps) => steps + FAR_STEPS);
    return frame;
  }

  saturate(us: number): void {
    const { bench } = this;
    const endUs = bench.timeUs + us;
    while (bench.timeUs < endUs) {
      bench.raw(this.command(), 0);
      bench.raw(bench.frame(TYPE.stream, FIRMWARE_QUERY), 0);
    }
  }

  /** When the last of the switched outputs was let go, and the last pulse of an axis began. */
  allSafeAtUs(): number {
    const { bench, plan } = this;
    const falls = plan.switches.map((pin) => bench.edges.find((edge) => edge.pin === pin && edge.level === 0)?.atUs);
    if (falls.some((atUs) => atUs === undefined)) throw new Error('an output was not let go');
    const pulses = bench.edges.filter(({ pin, level }) => level === 1 && plan.stepPins.includes(pin));
    return Math.max(...falls.map((atUs) => atUs ?? 0), ...pulses.map(({ atUs }) => atUs));
  }
}

/**
 * Time from the opening of one input, by turns each that is a permit, or in every other turn of all of them at once, to the last
 * switched output at its safe value and the last pulse of an axis.
 */
export function fullPermitTimesUs(count: number, kind: BoardKind, use: FullUse, seed = 1): readonly number[] {
  const phase = phaseOf(seed, `full permit ${kind} ${use}`);
  const full = new FullBench(kind, use);
  const { bench, plan } = full;
  return Array.from({ length: count }, (_, turn) => {
    full.start(2000);
    bench.raw(full.command(), 0);
    full.saturate((use === 'axes' ? RUN_UP_US : 20 * TICK_US) + phase.below(3 * TICK_US));
    bench.run(phase.below(TICK_US) + phase.below(CYCLES_PER_US) / CYCLES_PER_US);
    bench.edges.length = 0;
    bench.board.receive(full.command());
    bench.run(phase.below(3 * TICK_US));
    const opened = turn % 2 === 0 ? plan.permits : [plan.permits[turn % plan.permits.length] ?? 0];
    for (const pin of opened) bench.levels.set(pin, OPEN);
    const openedUs = bench.timeUs;
    full.saturate(10 * TICK_US);
    return full.allSafeAtUs() - openedUs;
  });
}

/** Time from the end of the last valid frame to the last switched output at its safe value, over the lease. */
export function fullLeaseTimesUs(count: number, kind: BoardKind, use: FullUse, seed = 1): readonly number[] {
  const leaseMs = 100;
  const phase = phaseOf(seed, `full lease ${kind} ${use}`);
  const full = new FullBench(kind, use);
  const { bench } = full;
  return Array.from({ length: count }, () => {
    full.start(leaseMs);
    bench.run(phase.below(20 * TICK_US) + phase.below(CYCLES_PER_US) / CYCLES_PER_US);
    bench.raw(full.command(), 0);
    const endUs = bench.timeUs;
    bench.edges.length = 0;
    bench.run((leaseMs + 20) * TICK_US);
    return full.allSafeAtUs() - endUs - leaseMs * TICK_US;
  });
}

function phaseOf(seed: number, name: string): RandomStream {
  return createRandom(String(seed)).stream(name);
}

/**
 * Fills the line at 500,000 baud while an axis goes at full speed beside servos: more than the main loop can take.
 * @returns how often the board was reset by that
 */
export function resetsWhenFlooded(kind: BoardKind, us: number): number {
  const full = new FullBench(kind, 'flood');
  const { bench } = full;
  full.start(2000, FLOOD_BAUD);
  const boots = bench.board.bootCount;
  const endUs = bench.timeUs + us;
  while (bench.timeUs < endUs && bench.board.bootCount === boots) {
    const bytes = Buffer.concat([full.command(), bench.frame(TYPE.stream, FIRMWARE_QUERY)]);
    bench.board.receive(bytes);
    bench.run(bytes.length * FLOOD_CHARACTER_US);
  }
  return bench.board.bootCount - boots;
}
