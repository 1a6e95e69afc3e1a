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

/** What the slots are used for: as many switched outputs as can be, or twelve servos among them. */
export type FullUse = 'switches' | 'servos';

interface FullPlan {
  readonly slots: readonly Slot[];
  /** Pins of the inputs that all outputs name, and of the switched outputs. */
  readonly permits: readonly number[];
  readonly switches: readonly number[];
  readonly on: Buffer;
}

interface Counts {
  readonly analog: number;
  readonly permits: number;
  readonly servos: number;
  readonly switches: number;
}

/** 18 records on an Uno, one per pin; 48 on a Mega. With servos also the analog inputs that a frame has room for. */
const COUNTS: Readonly<Record<BoardKind, Readonly<Record<FullUse, Counts>>>> = {
  uno: {
    switches: { analog: 0, permits: 6, servos: 0, switches: 12 },
    servos: { analog: 2, permits: 2, servos: 12, switches: 2 },
  },
  mega: {
    switches: { analog: 0, permits: 24, servos: 0, switches: 24 },
    servos: { analog: 16, permits: 8, servos: 12, switches: 12 },
  },
};

function planOf(kind: BoardKind, use: FullUse): FullPlan {
  const { analog, permits, servos, switches } = COUNTS[kind][use];
  const first = firstAnalogPinOf(kind);
  const analogPins = Array.from({ length: analog }, (_, channel) => first + channel);
  const others = BOARD_PINS[kind].map(({ number }) => number).filter((pin) => !analogPins.includes(pin));
  const permitPins = others.splice(0, permits);
  const servoPins = others.splice(0, servos);
  const switchPins = others.splice(0, switches);
  const permit = (2 ** permits - 1) * 2 ** analog;
  const slots = [
    ...analogPins.map((pin) => ({ pin, second: true })),
    ...permitPins.map((pin) => ({ pin, flags: 5, value: 5 })),
    ...servoPins.map((pin) => ({ output: true, second: true, pin, flags: 1, value: 0, permit })),
    ...switchPins.map((pin) => ({ output: true, pin, flags: 1, value: 0, permit })),
  ];
  const bits = bytesOf([2 ** switches - 1, 4]).subarray(0, Math.ceil(switches / 8));
  const pulses = bytesOf(...servoPins.map(() => [PULSE_US, 2] as const));
  return { slots, permits: permitPins, switches: switchPins, on: Buffer.concat([bits, pulses]) };
}

function saturate(bench: AvrBench, on: Buffer, us: number): void {
  const endUs = bench.timeUs + us;
  while (bench.timeUs < endUs) {
    bench.raw(bench.processFrame(on), 0);
    bench.raw(bench.frame(TYPE.stream, FIRMWARE_QUERY), 0);
  }
}

/** When the last of the switched outputs was let go. */
function allSafeAtUs(bench: AvrBench, { switches }: FullPlan): number {
  const falls = switches.map((pin) => bench.edges.find((edge) => edge.pin === pin && edge.level === 0)?.atUs);
  if (falls.some((atUs) => atUs === undefined)) throw new Error('an output was not let go');
  return Math.max(...falls.map((atUs) => atUs ?? 0));
}

function start(bench: AvrBench, { slots, permits }: FullPlan, leaseMs: number): void {
  for (const pin of permits) bench.levels.set(pin, CLOSED);
  bench.cycle = 0;
  // What was sent in the turn before is answered first.
  bench.run(100 * TICK_US);
  bench.configure(slots, leaseMs);
}

/** Time from the opening of one input, by turns each that is a permit, to the last switched output at its safe value. */
export function fullPermitTimesUs(count: number, kind: BoardKind, use: FullUse, seed = 1): readonly number[] {
  const phase = phaseOf(seed, `full permit ${kind} ${use}`);
  const plan = planOf(kind, use);
  const bench = new AvrBench(kind);
  bench.boardTimeUs();
  return Array.from({ length: count }, (_, turn) => {
    start(bench, plan, 2000);
    saturate(bench, plan.on, 20 * TICK_US + phase.below(3 * TICK_US));
    bench.run(phase.below(TICK_US) + phase.below(CYCLES_PER_US) / CYCLES_PER_US);
    bench.edges.length = 0;
    bench.board.receive(bench.processFrame(plan.on));
    bench.run(phase.below(3 * TICK_US));
    bench.levels.set(plan.permits[turn % plan.permits.length] ?? 0, OPEN);
    const openedUs = bench.timeUs;
    saturate(bench, plan.on, 10 * TICK_US);
    return allSafeAtUs(bench, plan) - openedUs;
  });
}

/** Time from the end of the last valid frame to the last switched output at its safe value, over the lease. */
export function fullLeaseTimesUs(count: number, kind: BoardKind, use: FullUse, seed = 1): readonly number[] {
  const leaseMs = 100;
  const phase = phaseOf(seed, `full lease ${kind} ${use}`);
  const plan = planOf(kind, use);
  const bench = new AvrBench(kind);
  bench.boardTimeUs();
  return Array.from({ length: count }, () => {
    start(bench, plan, leaseMs);
    bench.run(phase.below(20 * TICK_US) + phase.below(CYCLES_PER_US) / CYCLES_PER_US);
    bench.process(plan.on, 0);
    const endUs = bench.timeUs;
    bench.edges.length = 0;
    bench.run((leaseMs + 20) * TICK_US);
    return allSafeAtUs(bench, plan) - endUs - leaseMs * TICK_US;
  });
}

function phaseOf(seed: number, name: string): RandomStream {
  return createRandom(String(seed)).stream(name);
}
