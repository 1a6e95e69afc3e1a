// A cell whose control and gateway are real processes that can be killed at any instant, and are started again at once. The board behind
// its pseudo-terminal is the firmware's core in this process: it says what has moved, and for which order.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controlSpawner } from '../../src/app/control-spawner.ts';
import { forkChild } from '../../src/app/fork-child.ts';
import { type ChildHandle, type ChildListener, KeptProcess } from '../../src/app/kept-process.ts';
import type { GatewaySettings } from '../../src/app/process-settings.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { supervisorTexts } from '../../src/app/supervisor-texts.ts';
import { keepCompiledCode } from '../../src/cli/compile-cache.ts';
import { PINS, pause } from '../bench/moving-cell.ts';
import { PtyBoard } from '../bench/pty-board.ts';
import { KillWatch, killWorkMasters } from './kill-watch.ts';
import { smallCellText } from './small-cell.ts';

/** A busy machine must not stop the cell by itself: its commands may be old, and its boards wait for long. */
const TIMING = { leaseMs: 1_500, validityMs: 1_400 } as const;
const CYCLE_MS = 50;
/** Board time between the death of control and the safe outputs, ms: the lease, and what was on the line when it died. */
const SAFE_MS_MAX = TIMING.leaseMs + 200;
/** What a process has written before its death arrives within this; the next one takes longer to start. */
export const LINE_MS_MAX = 300;
const PUSH_MS_MAX = 400;
/** A start takes so long until one has been seen, ms. */
const START_MS = 1_000;
/** Started again at once, however often it is killed; one that cannot start at all must not keep the machine busy. */
const LIMITS = { backoffMs: 1, backoffMsMax: 500, windowMs: 1_000, crashesMax: undefined } as const;

const LOG_LINES_MAX = 20_000;

export type Victim = 'control' | 'gateway';

function cellText(): string {
  // They move fast, so that much happens between kills.
  const servo = { kind: 'servo', board: 'uno-1', minDeg: -90, maxDeg: 90, safe: 'off' };
  const fast = { ...servo, velocityMaxDegPerS: 300, accelerationMaxDegPerS2: 4_000 };
  return smallCellText({
    'cell.cyclePeriodMs': CYCLE_MS,
    'boards.uno-1': { kind: 'uno', baud: 500_000, ...TIMING },
    'devices.base': { ...fast, pin: 'D3' },
    'devices.elbow': { ...fast, pin: 'D6' },
    workMasters: killWorkMasters(),
    programs: undefined,
  });
}

export interface KillCellListener {
  /** The elbow has moved a part at this place; undefined: at one that no order has. */
  readonly moved: (place: number | undefined) => void;
  readonly wrong: (what: string) => void;
}

export class KillCell {
  readonly board = new PtyBoard();
  readonly journal: string;
  /** What the processes have said and what was done to them, the newest last, each with its moment. */
  readonly log: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'celda-kills-'));
  readonly #listener: KillCellListener;
  readonly #processes: Readonly<Record<Victim, KeptProcess>>;
  /** When each was started last, and how long the last start took that came to its end, ms. */
  readonly #startedAt = { control: 0, gateway: 0 };
  readonly #startMs = { control: START_MS, gateway: START_MS };
  /** Killed, and not started again so far. */
  readonly #dead = new Set<Victim>();
  #address = '';
  #changed: () => void = () => undefined;
  readonly #watch: KillWatch;

  constructor(listener: KillCellListener) {
    this.#listener = listener;
    // The processes start in a third of the time when their code is compiled already.
    keepCompiledCode();
    this.journal = join(this.#folder, 'journal.db');
    const cellPath = join(this.#folder, 'cell.yaml');
    writeFileSync(cellPath, cellText());
    for (const pin of [PINS.estopA, PINS.estopB, PINS.door]) this.board.levels.set(pin, 0);
    // 0 kPa of the vacuum sensor, 25 degrees of the thermometer.
    this.board.counts.set(0, 100).set(1, 153);
    this.#watch = new KillWatch({
      ...listener,
      lineMsMax: LINE_MS_MAX,
      safeMsMax: SAFE_MS_MAX,
      timeUs: () => this.board.timeUs,
      pin: (pin) => this.board.pin(pin),
    });
    this.board.watch = { onPinChange: (pin, state) => this.#watch.see(pin, state) };
    const socket = join(this.#folder, 'control.sock');
    const control = controlSpawner({
      cellPath,
      cellCopy: cellPath,
      ports: { 'uno-1': this.board.path },
      uids: {},
      seenUids: {},
      socket,
      machine: join(this.#folder, 'machine.sock'),
      locale: 'en',
    });
    this.#processes = {
      control: this.#keep('control', control),
      gateway: this.#keep('gateway', (listener) => {
        const settings: GatewaySettings = {
          cellPath,
          cellCopy: cellPath,
          socket,
          host: '127.0.0.1',
          // Clients come back to where the gateway was.
          port: Number(this.#address.split(':')[1] ?? 0),
          access: undefined,
          journal: this.journal,
          push: undefined,
          locale: 'en',
        };
        return forkChild('gateway-process', settings, listener);
      }),
    };
  }

  get address(): string {
    return this.#address;
  }

  /** Keeps a line for the log. */
  note(text: string): void {
    this.log.push(`${performance.now().toFixed(0)} ms: ${text}`);
    if (this.log.length > LOG_LINES_MAX) this.log.splice(0, LOG_LINES_MAX / 2);
    this.#changed();
  }

  get isEnabled(): boolean {
    return this.#watch.isEnabled;
  }

  isReady(victim: Victim): boolean {
    return this.#processes[victim].isReady && !this.#dead.has(victim);
  }

  /** How long the slower of both takes to start, ms. */
  get startMs(): number {
    return Math.max(this.#startMs.control, this.#startMs.gateway);
  }

  async start(): Promise<void> {
    this.#processes.control.start();
    this.#processes.gateway.start();
    await this.until(() => this.isReady('control') && this.isReady('gateway'));
  }

  /** Kills a process that was started here, whatever it is doing. @returns false: it was not running */
  kill(victim: Victim): boolean {
    const { pid } = this.#processes[victim];
    if (pid === undefined || this.#dead.has(victim)) return false;
    process.kill(pid, 'SIGKILL');
    this.note(`${victim} is killed`);
    this.#dead.add(victim);
    if (victim === 'control') this.#watch.controlDied();
    return true;
  }

  /** Waits for something that the processes say. @throws Error with what they have said, after a minute and a half */
  until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no end:\n${this.log.slice(-30).join('\n')}`)), 90_000);
      this.#changed = () => {
        if (!isDone()) return;
        this.#changed = () => undefined;
        clearTimeout(timer);
        resolve();
      };
      this.#changed();
    });
  }

  /** A person presses the reset and lets go of it. Not while a process that has died may still be obeyed. */
  async reset(): Promise<void> {
    if (this.#watch.isDying) return;
    this.#watch.letMove(true);
    this.note('somebody presses the reset');
    this.board.levels.set(PINS.reset, 0);
    await pause(PUSH_MS_MAX / 2);
    this.board.levels.set(PINS.reset, 1);
    await pause(PUSH_MS_MAX / 2);
  }

  /** Looks whether the board has made itself safe since control died, and in time. */
  checkLease(): void {
    this.#watch.checkLease();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#processes.control.stop(10_000), this.#processes.gateway.stop(10_000)]);
    this.board.close();
  }

  release(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #keep(name: Victim, spawn: (listener: ChildListener) => ChildHandle): KeptProcess {
    return new KeptProcess({
      name,
      clock: createRealClock(),
      log: (_level, text) => this.note(text),
      texts: supervisorTexts('en'),
      limits: LIMITS,
      spawn: (listener) => {
        this.#startedAt[name] = performance.now();
        this.#dead.delete(name);
        return spawn(listener);
      },
      silenceMsMax: undefined,
      startMsMax: undefined,
      listener: {
        ready: (address) => {
          if (address !== undefined) this.#address = address;
          this.#startMs[name] = performance.now() - this.#startedAt[name];
          this.#changed();
        },
        alive: () => undefined,
        crashed: () => undefined,
        failed: ({ text }) => this.#listener.wrong(`${name} cannot start: ${text}`),
      },
    });
  }
}
