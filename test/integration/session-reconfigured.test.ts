// Goal: a board that is told to watch something else, as a change of the operating mode does, is safe all the while and watches the new
// plan afterwards. Method: a session over a line in memory against the real firmware, its core and its AVR image, in virtual time.
import { describe, expect, it } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { AvrBoard } from '../../sim/board/avr-board.ts';
import type { BoardEngine, BoardEngineOptions, BoardLevel } from '../../sim/board/board-engine.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardEvent } from '../../src/ports/board-port.ts';
import { TYPE } from '../support/firmware-rig.ts';
import { bytesOf, frame, Line, type Received } from '../support/firmware-wire.ts';
import { testRandom } from '../support/session-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { boardModel, digitalInput, samplePlan, servoOutput, UID, UID_TEXT } from '../support/wire-samples.ts';

const PIN = { door: 2, enabling: 4, valve: 7 } as const;
/** So long that it is no lease that makes the board safe within these stories. */
const LEASE_MS = 2000;
const OUTPUTS = [1500, 1, 1200] as const;

/** Slots as ever; the valve asks for these inputs to be closed. */
function planWith(...permits: readonly number[]): BoardPlan {
  const [, valve] = samplePlan().outputs;
  const [, , pressure] = samplePlan().inputs;
  if (valve === undefined || pressure === undefined) throw new Error('the sample plan has a valve and a pressure');
  return {
    board: boardModel({ leaseMs: LEASE_MS }),
    inputs: [
      digitalInput('door', PIN.door, { edge: true }),
      digitalInput('enabling', PIN.enabling, { edge: true }),
      pressure,
    ],
    outputs: [servoOutput('base', 9), { ...valve, permits }, servoOutput('wrist', 10)],
  };
}

const WATCHES_DOOR = planWith(0);
const WATCHES_ENABLING = planWith(1);
/** An analog input cannot be a permit: the board refuses it. */
const REFUSED = planWith(2);

function loadBoard(level: BoardLevel, options: BoardEngineOptions): BoardEngine {
  return level === 1 ? WasmBoard.load(options) : AvrBoard.load(options);
}

class Bench {
  readonly clock = new VirtualClock();
  readonly events: BoardEvent[] = [];
  readonly levels = new Map<number, 0 | 1>([
    [PIN.door, 0],
    [PIN.enabling, 0],
  ]);
  readonly heard = new Line(UID);
  readonly said = new Line(UID);
  /** When the valve was switched off last, and when the board said that it took a plan, ms. */
  valveOffAt = Number.NaN;
  committedAt = Number.NaN;
  /** Called with each frame on its way to the board. */
  onSaid: (said: Received) => void = () => undefined;
  readonly line;
  readonly board: BoardEngine;
  readonly session;
  cycle = 0;

  constructor(level: BoardLevel) {
    const { clock } = this;
    this.line = createLoopback({ clock, baud: BOOT_BAUD, isPaced: level === 1 });
    this.board = loadBoard(level, {
      uid: UID_TEXT,
      world: { digitalLevel: (pin, pullUp) => this.levels.get(pin) ?? (pullUp ? 1 : 0), analogCounts: () => 512 },
      onTransmit: (bytes) => {
        this.#hear(bytes);
        this.line.board.write(bytes);
      },
      onPinChange: (pin, { level: now }) => {
        if (pin === PIN.valve && now === 0) this.valveOffAt = clock.now();
      },
    });
    this.line.board.onData((bytes) => {
      this.said.push(bytes);
      for (const said of this.said.frames.slice(-1)) this.onSaid(said);
      this.board.receive(bytes);
    });
    this.#every(1, () => this.board.advance(clock.now() * 1000));
    this.session = createSession({
      plan: WATCHES_DOOR,
      clock,
      factory: this.line.host,
      random: testRandom(3),
      provesLease: false,
    });
    this.session.port.events$.subscribe((event) => this.events.push(event));
  }

  get link(): Extract<BoardEvent, { kind: 'link' }> | undefined {
    return this.events.findLast((event) => event.kind === 'link');
  }

  get links(): readonly string[] {
    return this.events.flatMap((event) => (event.kind === 'link' ? [event.state] : []));
  }

  get valve(): number {
    return this.board.pin(PIN.valve).level;
  }

  /** The newest session of the host. */
  get sessionId(): number {
    return this.said.frames.findLast(({ type }) => type === TYPE.process || type === TYPE.commit)?.session ?? 0;
  }

  write(): void {
    this.cycle += 1;
    this.session.port.write({ cycle: this.cycle, arm: true, outputs: OUTPUTS });
    this.clock.advance(20);
  }

  /** Armed by a command that holds for as long as a story takes: whatever ends it is no lease. */
  armed(): this {
    this.clock.advance(1000);
    for (let count = 0; count < 5; count += 1) this.write();
    expect([this.link?.state, this.valve]).toEqual(['armed', 1]);
    return this;
  }

  configure(plan: BoardPlan): void {
    this.session.port.configure(plan);
    this.clock.advance(1000);
  }

  /** A command that would be executed, were it of the board's present session. */
  forge(session: number): void {
    const seq = ((this.said.frames.at(-1)?.seq ?? 0) + 1) % 65_536;
    const boardTimeUs = this.heard.frames.findLast(({ type }) => type === TYPE.image)?.payload.readUInt32LE(4) ?? 0;
    const head = bytesOf([this.cycle + 1, 4], [boardTimeUs + 60_000, 4], [1, 1]);
    // Levels first, then pulse widths.
    const outputs = bytesOf([OUTPUTS[1], 1], [OUTPUTS[0], 2], [OUTPUTS[2], 2]);
    this.board.receive(frame(UID, TYPE.process, seq, session, Buffer.concat([head, outputs])));
    this.clock.advance(20);
  }

  #hear(bytes: Uint8Array): void {
    const before = this.heard.frames.length;
    this.heard.push(bytes);
    if (this.heard.frames.slice(before).some(({ type }) => type === TYPE.committed))
      this.committedAt = this.clock.now();
  }

  #every(periodMs: number, task: () => void): void {
    const run = (): void => {
      task();
      this.clock.schedule(monotonicMs(this.clock.now() + periodMs), run);
    };
    this.clock.schedule(monotonicMs(this.clock.now() + periodMs), run);
  }
}

describe.each([1, 3] as const)('a board at level %i that is to watch something else', (level) => {
  it('is safe before it takes the new plan, and stays so until a command arms it anew', () => {
    const bench = new Bench(level).armed();
    const from = bench.clock.now();
    bench.configure(WATCHES_ENABLING);
    expect(bench.links.slice(-3)).toEqual(['armed', 'connecting', 'stopped']);
    expect(bench.valveOffAt - from).toBeLessThan(100);
    expect(bench.valveOffAt).toBeLessThan(bench.committedAt);
    expect(bench.valve).toBe(0);
    bench.write();
    expect([bench.link?.state, bench.valve]).toEqual(['armed', 1]);
  });

  it('watches what the new plan says, and no more what the old one said', () => {
    const bench = new Bench(level).armed();
    bench.configure(WATCHES_ENABLING);
    bench.levels.set(PIN.door, 1);
    for (let count = 0; count < 5; count += 1) bench.write();
    expect([bench.link?.state, bench.valve]).toEqual(['armed', 1]);
    const from = bench.clock.now();
    bench.levels.set(PIN.enabling, 1);
    bench.clock.advance(20);
    expect(bench.valveOffAt - from).toBeLessThanOrEqual(2);
    expect(bench.link).toMatchObject({
      state: 'tripped',
      cause: { code: 1002, detail: { board: 'main', cause: 'permit', input: 'enabling' } },
    });
  });

  it('is told nothing anew by a plan that is the one it has', () => {
    const bench = new Bench(level).armed();
    bench.configure(planWith(0));
    expect([bench.link?.state, bench.valve]).toEqual(['armed', 1]);
  });

  it('executes no command of the session before', () => {
    const bench = new Bench(level).armed();
    const before = bench.sessionId;
    bench.configure(WATCHES_ENABLING);
    const present = bench.sessionId;
    expect(present).not.toBe(before);
    bench.forge(before);
    expect([bench.valve, bench.link?.state]).toEqual([0, 'stopped']);
    bench.forge(present);
    expect(bench.valve).toBe(1);
  });

  it('is safe, and named with what it refuses, when it does not take the plan; and comes back with one that it takes', () => {
    const bench = new Bench(level).armed();
    bench.configure(REFUSED);
    expect(bench.link).toMatchObject({
      state: 'down',
      cause: { code: 1003, detail: { board: 'main', what: 'commit', found: 'pin-cannot' } },
    });
    for (let count = 0; count < 5; count += 1) bench.write();
    expect(bench.valve).toBe(0);
    bench.session.port.configure(WATCHES_ENABLING);
    bench.clock.advance(5000);
    expect([bench.link?.state, bench.valve]).toEqual(['stopped', 0]);
  });

  it('is safe and named when the line is lost in the middle of the new plan', () => {
    const bench = new Bench(level).armed();
    bench.onSaid = ({ type }) => {
      if (type === TYPE.config) bench.line.cut();
    };
    bench.configure(WATCHES_ENABLING);
    expect(bench.valve).toBe(0);
    bench.clock.advance(3000);
    expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1005, detail: { board: 'main' } } });
    bench.onSaid = () => undefined;
    bench.line.restore();
    bench.clock.advance(5000);
    expect([bench.link?.state, bench.valve]).toEqual(['stopped', 0]);
    bench.levels.set(PIN.door, 1);
    bench.write();
    expect(bench.valve).toBe(1);
  });
});
