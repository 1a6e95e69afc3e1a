// What the shipped image takes its time for, measured in cycles of the emulated chip at random phases. All times in µs.
import { createRandom, type RandomStream } from '../../sim/kernel/random.ts';
import { firstAnalogPinOf } from '../../src/core/board-pins.ts';
import type { BoardKind } from '../../src/core/cell-model.ts';
import { AvrBench } from './avr-bench.ts';
import { BusLoad, busWorld } from './bus-load.ts';
import { benchOf, benchOutputs, type Slot, TYPE } from './firmware-rig.ts';
import { bytesOf } from './firmware-wire.ts';

const CYCLES_PER_US = 16;
const LEASE_MS = 100;
const SAFETY_INPUT = 2;
const VALVE = 4;
const TICK_US = 1000;
/** From a reset to the main loop, with room. */
const BOOT_US = 50_000;
/** Until both buses are at work. */
const SET_UP_US = 150_000;
const SERVO_PINS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 17] as const;
/** Equal widths, widths 1 µs apart, the shortest and the longest: pairs share a slot, and their ends collide. */
const WIDTHS_US = [500, 501, 1500, 1500, 1499, 2500, 1003, 1010, 2200, 777, 1501, 1499] as const;
function servoBench(kind: BoardKind): readonly Slot[] {
  return [
    { pin: SAFETY_INPUT, flags: 5, value: 5 },
    { pin: firstAnalogPinOf(kind), second: true },
    { pin: firstAnalogPinOf(kind) + 1, second: true },
    ...SERVO_PINS.map((pin) => ({ output: true, second: true, pin, flags: 1, value: 0 })),
  ];
}

/** As `benchOf`, with the safety input as the permit of the valve. */
function permitBench(kind: BoardKind): readonly Slot[] {
  return benchOf(kind).map((slot) => (slot.pin === VALVE ? { ...slot, permit: 1 } : slot));
}

/** A stream message that the board answers, to keep its side of the line busy too. */
const FIRMWARE_QUERY = Buffer.from([0, 0xf0, 0x79, 0xf7]);

function phases(seed: number, name: string): RandomStream {
  return createRandom(String(seed)).stream(name);
}

/** What the stream is filled with: questions after the firmware, or all that the buses can do as well. */
export type StreamLoad = 'queries' | 'buses';

/** A bench and what fills its stream lane, one for each session. */
interface LoadedBench {
  readonly bench: AvrBench;
  /** Replies of buses come only where images leave room for them. */
  readonly commandEveryUs: number;
  /** To be called where a session has begun. */
  readonly begin: () => void;
  /** The stream frames that are due now. */
  readonly stream: () => Buffer;
  /** Replies of both buses since `begin`. */
  readonly replies: () => BusLoad['replies'];
}

function loadedBench(kind: BoardKind, load: StreamLoad): LoadedBench {
  const bench = new AvrBench(kind, load === 'buses' ? busWorld() : {});
  let buses = new BusLoad(bench);
  bench.boardTimeUs();
  return {
    bench,
    commandEveryUs: load === 'buses' ? 10 * TICK_US : 0,
    begin: () => {
      buses = new BusLoad(bench);
    },
    stream: () => (load === 'buses' ? buses.next() : bench.frame(TYPE.stream, FIRMWARE_QUERY)),
    replies: () => buses.replies,
  };
}

/** Fills the line in both directions for some time, commanding `outputs` all the while. */
function saturate({ bench, stream, commandEveryUs }: LoadedBench, outputs: Buffer, us: number): void {
  const endUs = bench.timeUs + us;
  let dueUs = bench.timeUs;
  while (bench.timeUs < endUs) {
    if (bench.timeUs >= dueUs) {
      dueUs = bench.timeUs + commandEveryUs;
      bench.raw(bench.processFrame(outputs), 0);
    }
    bench.raw(stream(), 0);
  }
}

/** Time from the end of the last valid frame to the safe output, over lease. */
export function leaseTimesUs(
  count: number,
  seed = 1,
  kind: BoardKind = 'uno',
  load: StreamLoad | 'none' = 'none',
): readonly number[] {
  const phase = phases(seed, 'lease');
  const loaded = loadedBench(kind, load === 'none' ? 'queries' : load);
  const { bench } = loaded;
  return Array.from({ length: count }, () => {
    bench.cycle = 0;
    bench.configure(undefined, LEASE_MS);
    loaded.begin();
    if (load !== 'none') saturate(loaded, benchOutputs(1, 1200, 1700), SET_UP_US);
    bench.run(phase.below(20 * TICK_US) + phase.below(CYCLES_PER_US) / CYCLES_PER_US);
    bench.process(benchOutputs(1, 1200, 1700), 0);
    const endUs = bench.timeUs;
    bench.edges.length = 0;
    while (load !== 'none' && bench.timeUs < endUs + (LEASE_MS + 10) * TICK_US) bench.raw(loaded.stream(), 0);
    bench.run(endUs + (LEASE_MS + 20) * TICK_US - bench.timeUs);
    return safeAtUs(bench) - endUs - LEASE_MS * 1000;
  });
}

function safeAtUs(bench: AvrBench): number {
  const fall = bench.edges.findLast(({ pin, level }) => pin === VALVE && level === 0);
  if (fall === undefined) throw new Error('the output was not let go');
  return fall.atUs;
}

/** Time from the opening of an input to the safe output that names it as its permit, with the line full. */
export function permitTimesUs(
  count: number,
  seed = 1,
  kind: BoardKind = 'uno',
  load: StreamLoad = 'queries',
): readonly number[] {
  const phase = phases(seed, 'permit');
  const loaded = loadedBench(kind, load);
  const { bench } = loaded;
  return Array.from({ length: count }, () => {
    bench.levels.set(SAFETY_INPUT, 0);
    bench.cycle = 0;
    bench.configure(permitBench(kind), 2000);
    loaded.begin();
    const outputs = benchOutputs(1, 1200, 1700);
    saturate(loaded, outputs, (load === 'buses' ? SET_UP_US : 20 * TICK_US) + phase.below(3 * TICK_US));
    bench.run(phase.below(TICK_US) + phase.below(CYCLES_PER_US) / CYCLES_PER_US);
    bench.edges.length = 0;
    // It opens while a frame is under way.
    bench.board.receive(bench.processFrame(outputs));
    bench.run(phase.below(3 * TICK_US));
    bench.levels.set(SAFETY_INPUT, 1);
    const openedUs = bench.timeUs;
    saturate(loaded, outputs, 10 * TICK_US);
    return safeAtUs(bench) - openedUs;
  });
}

/** Time from the opening of a safety input to the start bit of the frame that tells it, with little or all on the line. */
export function edgeTimesUs(
  count: number,
  line: 'free' | 'busy',
  seed = 1,
  kind: BoardKind = 'uno',
): readonly number[] {
  const phase = phases(seed, `edge ${line}`);
  const loaded = loadedBench(kind, 'queries');
  const { bench } = loaded;
  bench.levels.set(SAFETY_INPUT, 0);
  bench.configure(undefined, 2000);
  const outputs = benchOutputs(1, 1200, 1700);
  return Array.from({ length: count }, () => {
    if (line === 'busy') saturate(loaded, outputs, 20 * TICK_US + phase.below(3 * TICK_US));
    else untilJustBehindAnImage(bench, phase.below(3 * TICK_US));
    bench.take();
    bench.levels.set(SAFETY_INPUT, 1);
    const openedUs = bench.timeUs;
    if (line === 'busy') saturate(loaded, outputs, 20 * TICK_US);
    else bench.run(20 * TICK_US);
    const edge = bench.takeOf(TYPE.edge)[0];
    if (edge === undefined) throw new Error('the opening was not told');
    bench.levels.set(SAFETY_INPUT, 0);
    bench.run(30 * TICK_US);
    return edge.startUs - openedUs;
  });
}

/** There nothing else is due for some milliseconds. */
function untilJustBehindAnImage(bench: AvrBench, extraUs: number): void {
  bench.run(20 * TICK_US);
  bench.take();
  while (bench.takeOf(TYPE.image).length === 0) bench.run(200);
  bench.run(extraUs);
}

export interface ServoTimes {
  /** Largest spread of the widths of one servo's pulses. */
  readonly jitterUs: number;
  /** Largest difference of a pulse to the width commanded. */
  readonly errorUs: number;
  readonly pulses: number;
  /** Longest time for which a due interrupt was kept out. */
  readonly keptOutUs: number;
  readonly overruns: number;
  /** What the buses have answered meanwhile. */
  readonly replies: BusLoad['replies'];
}

/** Twelve servos while both directions of the line are full, two channels are converted and an input changes. */
export function servoTimes(seconds: number, kind: BoardKind = 'uno', load: StreamLoad = 'queries'): ServoTimes {
  const loaded = loadedBench(kind, load);
  const { bench } = loaded;
  bench.configure(servoBench(kind), 2000);
  const outputs = bytesOf(...WIDTHS_US.map((us) => [us, 2] as const));
  saturate(loaded, outputs, 100 * TICK_US);
  bench.board.chip.takeKeptOutCycles();
  bench.edges.length = 0;
  for (let tenths = 0; tenths < seconds * 10; tenths += 1) {
    saturate(loaded, outputs, 100 * TICK_US);
    bench.levels.set(SAFETY_INPUT, tenths % 2 === 0 ? 0 : 1);
  }
  const keptOutUs = bench.board.chip.takeKeptOutCycles() / CYCLES_PER_US;
  const widths = SERVO_PINS.map((pin) => pulseWidths(bench, pin));
  const errors = widths.flatMap((us, at) => us.map((width) => Math.abs(width - (WIDTHS_US[at] ?? 0))));
  return {
    jitterUs: Math.max(...widths.map((us) => Math.max(...us) - Math.min(...us))),
    errorUs: Math.max(...errors),
    pulses: errors.length,
    keptOutUs,
    overruns: bench.board.overruns,
    replies: loaded.replies(),
  };
}

function pulseWidths(bench: AvrBench, pin: number): readonly number[] {
  const edges = bench.edges.filter((edge) => edge.pin === pin);
  return edges.flatMap(({ level, atUs }, at) => {
    const end = edges[at + 1];
    return level === 1 && end !== undefined ? [end.atUs - atUs] : [];
  });
}

/** Time from the hang of an armed board to the moment when it drives no pin. */
export function hangTimesUs(
  count: number,
  what: 'main loop' | 'interrupts off',
  seed = 1,
  kind: BoardKind = 'uno',
): readonly number[] {
  const phase = phases(seed, `hang ${what}`);
  const bench = new AvrBench(kind);
  return Array.from({ length: count }, () => {
    bench.cycle = 0;
    bench.configure(undefined, 2000);
    bench.process(benchOutputs(1, 1200, 1700), 2 * TICK_US);
    bench.run(phase.below(40 * TICK_US) + phase.below(CYCLES_PER_US) / CYCLES_PER_US);
    const boots = bench.board.bootCount;
    const hungUs = bench.timeUs;
    bench.changes.length = 0;
    bench.expectReset();
    bench.board.chip.hang(true, what === 'interrupts off');
    const endUs = hungUs + 400 * TICK_US;
    while (bench.board.bootCount === boots && bench.timeUs < endUs) bench.run(TICK_US);
    bench.run(BOOT_US);
    const released = bench.changes.find(({ pin, state }) => pin === VALVE && state.mode === 'high-impedance');
    if (released === undefined || bench.board.bootCount !== boots + 1) throw new Error('the watchdog did not bite');
    return released.atUs - hungUs;
  });
}
