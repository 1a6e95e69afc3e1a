// Goal: a cycle of 64 signals and 12 axes at 1 kHz takes at most 10 % of one core, and costs grow linearly with signals.
// Method: the whole cycle of a moving cell, from the bytes of the boards to the bytes for them, as fast as it goes;
// processor time per cycle, garbage collection included. Waiting for the next cycle is not in it.
import { decodeBoardMessage, encodeBoardMessage } from '../../firmware-bridge/wire/board-codec.ts';
import { encodeFrame, type Frame, parseUid } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { encodeHostMessage } from '../../firmware-bridge/wire/host-codec.ts';
import { packBoardImage, packImage, unpackBoardImage } from '../../firmware-bridge/wire/images.ts';
import type { BoardInput } from '../../src/control/cycle.ts';
import { stepCycle } from '../../src/control/step-cycle.ts';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { STORED_AT_ONCE } from '../../src/core/event-storage.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import type { BoardCommand } from '../../src/ports/board-port.ts';
import { CycleRig, jobOrder } from '../support/cycle-rig.ts';
import { boundedFigure, comparedFigure, type Figure, type Measurement } from './figure.ts';
import { CLOSED_IN_MOTION, largeCell } from './large-cell.ts';
import { median } from './statistics.ts';

const AXES = 12;
const PERIOD_MS = 1;
const SIGNALS = 64;
const SIZES = [16, 32, SIGNALS, 128] as const;
const FULL = { runs: 9, cycles: 4000 } as const;
const QUICK = { runs: 3, cycles: 2000 } as const;
const WARM_UP_CYCLES = 4000;
const SHARE_MAX_PERCENT = 10;
/** Twice the signals, with a tenth for what the measurement itself scatters. */
const DOUBLING_MAX = 2.2;
/** As often as the control loop makes one, ms. */
const SNAPSHOT_EVERY_MS = 100;
const UID = parseUid('53494d0000000000') ?? new Uint8Array(8);
const SESSION = 0x1d2c3b4a;

export const measureCycleCost: Measurement = ({ quick, progress }) => {
  const { runs, cycles } = quick ? QUICK : FULL;
  progress(`cycle: ${SIZES.join(', ')} signals and ${AXES} axes, ${runs} runs of ${cycles} cycles`);
  const cells = SIZES.map((signals) => new BusyCell(signals));
  const costs: number[][] = SIZES.map(() => []);
  // Not counted: for the compilers.
  for (const cell of cells) cell.costPerCycle(WARM_UP_CYCLES);
  for (let run = 0; run < runs; run += 1) {
    for (const [size, cell] of cells.entries()) costs[size]?.push(cell.costPerCycle(cycles));
  }
  return Promise.resolve(figuresOf(costs, cycles));
};

function figuresOf(costs: readonly (readonly number[])[], cycles: number): readonly Figure[] {
  const of = (signals: (typeof SIZES)[number]): readonly number[] => costs[SIZES.indexOf(signals)] ?? [];
  const bySize = SIZES.map((signals) => `${signals}: ${(median(of(signals)) * 1000).toFixed(0)} us`).join(', ');
  return [
    boundedFigure({
      name: `cycle of ${SIGNALS} signals and ${AXES} axes at 1 kHz`,
      requirement: `<= ${SHARE_MAX_PERCENT} % of one core`,
      unit: '%',
      values: of(SIGNALS).map((ms) => (ms / PERIOD_MS) * 100),
      judged: 'median',
      limit: { what: 'required', value: SHARE_MAX_PERCENT, kind: 'at most' },
      note: `runs of ${cycles} cycles, frames decoded and encoded, ${new BusyCell(SIGNALS).boardCount} boards; per cycle with ${bySize}`,
    }),
    comparedFigure({
      name: 'cost of a cycle with twice the signals',
      requirement: `linear: 128 signals <= ${DOUBLING_MAX} x 64`,
      unit: 'ms',
      measured: of(128),
      reference: { what: `${SIGNALS} signals`, runs: of(SIGNALS) },
      ratioMax: DOUBLING_MAX,
      note: 'a part of the cost is the same for any number of signals, so the ratio may be well below 2',
    }),
  ];
}

/** A moving cell and its boards' frames, nothing else. */
class BusyCell {
  readonly #rig: CycleRig;
  readonly #decoder: FrameDecoder;
  #frame: Frame | undefined;
  #seq = 0;
  #snapshotDueAt = 0;

  constructor(signals: number) {
    this.#decoder = new FrameDecoder((frame) => {
      this.#frame = frame;
    });
    this.#decoder.uid = UID;
    this.#rig = new CycleRig(largeCell({ signals, axes: AXES, cyclePeriodMs: PERIOD_MS }));
    for (const device of CLOSED_IN_MOTION) this.#rig.closed.add(device);
    this.#rig.makeReady();
    const reply = this.#rig.request({
      kind: 'store-and-start',
      requestId: 'r1',
      order: jobOrder('bench', { workMasterId: 'dance' }),
    });
    if (reply?.ok !== true) throw new Error(`the cell took no order: ${JSON.stringify(reply)}`);
    this.#rig.run(20);
    if (this.#rig.state.unit !== 'Execute') throw new Error(`the cell does not move: ${this.#rig.state.unit}`);
  }

  get boardCount(): number {
    return this.#rig.context.table.plans.length;
  }

  /** @returns processor time of one cycle, ms, over `cycles` of them */
  costPerCycle(cycles: number): number {
    // What the boards would send is prepared and not timed.
    const lines = this.#boardLines();
    const before = process.cpuUsage();
    const positions = this.#rig.state.motion.positionDeg;
    for (let count = 0; count < cycles; count += 1) this.#cycle(lines);
    const { user, system } = process.cpuUsage(before);
    // A cell that stopped would be cheap and prove nothing.
    const moved = this.#rig.state.motion.positionDeg.every((position, axis) => position !== positions[axis]);
    if (this.#rig.state.unit !== 'Execute' || !moved) throw new Error(`the cell rests: ${this.#rig.state.unit}`);
    return (user + system) / 1000 / cycles;
  }

  #cycle(lines: readonly Uint8Array[]): void {
    const rig = this.#rig;
    const { plans } = rig.context.table;
    rig.now += PERIOD_MS;
    const wantSnapshot = rig.now >= this.#snapshotDueAt;
    if (wantSnapshot) this.#snapshotDueAt = rig.now + SNAPSHOT_EVERY_MS;
    const { state, outputs } = stepCycle(rig.context, rig.state, {
      now: monotonicMs(rig.now),
      wall: epochMs(rig.now),
      boards: plans.map((plan, index) => this.#hear(plan, lines[index] ?? new Uint8Array())),
      catalogue: new Map(),
      requests: [],
      intents: [],
      faults: [],
      notices: [],
      lateMs: 0,
      lateStage: 'timer',
      shutdown: false,
      storage: STORED_AT_ONCE,
      wantSnapshot,
    });
    rig.state = state;
    for (const [index, command] of outputs.commands.entries()) this.#tell(plans[index]?.outputs ?? [], command);
  }

  #tell(slots: BoardPlan['outputs'], { cycle, arm, outputs }: BoardCommand): void {
    const image = packImage(slots, outputs);
    const message = encodeHostMessage({ kind: 'process', cycle, notAfterUs: cycle * 1000, arm, image });
    this.#seq = (this.#seq + 1) & 0xffff;
    encodeFrame({ ...message, seq: this.#seq, session: SESSION }, UID);
  }

  #hear(plan: BoardPlan, bytes: Uint8Array): BoardInput {
    this.#decoder.push(bytes);
    const message = this.#frame === undefined ? undefined : decodeBoardMessage(this.#frame);
    const values = message?.kind === 'image' ? unpackBoardImage(plan, message.image) : undefined;
    if (message?.kind !== 'image' || values === undefined) throw new Error('no image in the frame');
    const { boardTimeUs, receiptCycle } = message;
    const receivedAt = monotonicMs(this.#rig.now);
    const image = { ...values, receivedAt, boardTimeUs, receiptCycle, armed: true };
    return {
      link: 'armed',
      cause: undefined,
      roundTripMs: 1,
      leaseProof: undefined,
      stopTime: undefined,
      linkFigures: undefined,
      image,
    };
  }

  /** An IMAGE frame of each board, as it is now. */
  #boardLines(): readonly Uint8Array[] {
    const { plans } = this.#rig.context.table;
    return this.#rig.boards().map(({ image }, index) => {
      const plan = plans[index];
      if (plan === undefined || image === undefined) throw new Error('a board has no image');
      const driven = plan.outputs.map(() => true);
      const message = encodeBoardMessage({
        kind: 'image',
        receiptCycle: this.#rig.state.cycle,
        boardTimeUs: this.#rig.now * 1000,
        state: 'armed',
        tripCause: 'none',
        lateFrames: 0,
        badFrames: 0,
        image: packBoardImage(plan, { inputs: image.inputs, outputs: image.outputs, driven }),
      });
      this.#seq = (this.#seq + 1) & 0xffff;
      return encodeFrame({ ...message, seq: this.#seq, session: SESSION }, UID);
    });
  }
}
