// A story of a board that works, cut short by a reset at any of its events, and what the board does from then on: at level 1
// after any byte or tick, at level 3 at any microsecond.
import { AvrBench } from './avr-bench.ts';
import { BENCH, benchOutputs, Rig, STATE, TYPE } from './firmware-rig.ts';

/** Thrown through the story, which nobody tells any further. */
class Cut extends Error {}

/** Pins of an Uno. */
const PINS = [...Array(20).keys()];
const DRIVING = ['output', 'pwm', 'servo', 'tone'];
const TICK_US = 1000;
const LEASE_MS = 100;

/** Cut when so many bytes and ticks have gone by. */
export class CutRig extends Rig {
  events = 0;
  cutAt?: number;

  override run(us: number): void {
    for (let left = us; left > 0; left -= TICK_US) {
      this.#event();
      super.run(Math.min(left, TICK_US));
    }
  }

  override raw(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#event();
      super.raw(Uint8Array.of(byte));
    }
  }

  reset(): void {
    this.board.reset('brown-out');
  }

  #event(): void {
    this.events += 1;
    if (this.events === this.cutAt) throw new Cut();
  }
}

/** Cut at a time of the board, µs. */
export class CutAvrBench extends AvrBench {
  cutAtUs?: number;

  override run(us: number): void {
    const { cutAtUs } = this;
    if (cutAtUs === undefined || this.timeUs + us < cutAtUs) {
      super.run(us);
      return;
    }
    super.run(Math.max(0, cutAtUs - this.timeUs));
    delete this.cutAtUs;
    throw new Cut();
  }

  reset(): void {
    this.expectReset();
    this.board.reset('brown-out');
  }
}

type CutBench = CutRig | CutAvrBench;

/** A session is opened, the board configured, armed, moved, stopped by an input, and moved again in a new session. */
export function tell(bench: CutBench): void {
  bench.levels.set(2, 0);
  for (const width of [1200, 1900]) {
    bench.configure(BENCH, LEASE_MS);
    for (let step = 0; step < 5; step += 1) {
      bench.process(benchOutputs(1, width + 20 * step, 1700));
      bench.run(15_000);
    }
    bench.levels.set(2, 1);
    bench.run(5_000);
    bench.send(TYPE.stop, Buffer.of(99, 0, 0, 0));
    bench.levels.set(2, 0);
    bench.run(20_000);
  }
}

export interface AfterReset {
  /** Pins that were driven at any time between the reset and the next configuration. */
  readonly driven: readonly number[];
  /** Of the IDENT that follows. */
  readonly bootCount: number;
  readonly cause: number;
  readonly state: number;
  /** Valve and servos, when the next session has been opened and commanded. */
  readonly works: readonly number[];
}

/** Tells the story up to its cut, resets the board there, and goes on with the old session and then with a new one. */
export function cutShort(bench: CutBench, bootUs: number, isCutAgain = false): AfterReset {
  try {
    tell(bench);
    throw new Error('the story was over before its cut');
  } catch (error) {
    if (!(error instanceof Cut)) throw error;
  }
  bench.reset();
  const from = bench.changes.length;
  const driven = new Set(PINS.filter((pin) => DRIVING.includes(bench.board.pin(pin).mode)));
  if (isCutAgain) {
    bench.run(bootUs);
    bench.reset();
  }
  bench.run(50_000);
  goOnAsBefore(bench);
  bench.take();
  for (const { pin, state } of bench.changes.slice(from)) if (DRIVING.includes(state.mode)) driven.add(pin);
  const ident = bench.identify();
  const [bootCount, cause, state] = [ident.readUInt16LE(13), ident.readUInt8(15), ident.readUInt8(23)];
  bench.configure(BENCH, LEASE_MS);
  bench.process(benchOutputs(1, 1500, 1600));
  // A pulse has been seen to begin and to end.
  bench.run(45_000);
  const works = [bench.board.pin(4).level, bench.board.pin(9).pulseUs, bench.board.pin(10).pulseUs];
  return { driven: [...driven], bootCount, cause, state, works };
}

/** A host that has not noticed: commands of the old session, for twice the lease. */
function goOnAsBefore(bench: CutBench): void {
  for (let step = 0; step < 10; step += 1) {
    bench.raw(
      bench.frame(TYPE.process, Buffer.concat([Buffer.alloc(8, 0xff), Buffer.of(1), benchOutputs(1, 2000, 2000)])),
    );
    bench.run(20_000);
  }
}

export const RESET = { driven: [], cause: 3, state: STATE.boot };
