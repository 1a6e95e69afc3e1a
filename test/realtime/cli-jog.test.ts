// `celda jog` as a person at a terminal and as a script have it: the process itself, a gateway, and control stepped in real time.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { type GatewayServer, startGatewayServer } from '../../src/mes/gateway-server.ts';
import { LiveControl } from '../support/live-control.ts';
import { manualCell } from '../support/manual-cell.ts';
import { runCelda } from '../support/run-celda.ts';

/** A key that is held is repeated so, ms. */
const REPEAT_MS = 35;
const PATIENT = { timeout: 20_000 };

let control: LiveControl;
let gateway: GatewayServer;
const undo: (() => void)[] = [];

beforeEach(async () => {
  control = new LiveControl();
  undo.push(() => control.stop());
  const clock = createRealClock();
  const started = await startGatewayServer({ cell: manualCell(), control, clock, port: 0, log: () => undefined });
  if (!started.ok) throw new Error(started.error.message.en);
  gateway = started.value;
});
afterEach(async () => {
  for (const task of undo.splice(0).toReversed()) task();
  await gateway.stop();
});

interface View {
  readonly mode: string | null;
  readonly unit: string | null;
  readonly isEnablingHeld: boolean;
  readonly toolSpeedMaxMmPerS: number;
  readonly joint: string;
  readonly askedPercent: number;
  readonly waitsFor: string | null;
  readonly refusal: { readonly reason: string } | null;
  readonly positions: readonly { readonly joint: string; readonly position: number | null }[];
}

/** `celda jog` at a terminal of its own. */
class Jog {
  readonly views: View[] = [];
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly #type: (text: string) => void;

  constructor(...args: readonly string[]) {
    const opened = openPseudoTerminal();
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const descriptor = openSync(opened.value.path, 'r+');
    this.#type = (text) => opened.value.write(Buffer.from(text));
    const address = ['--address', `127.0.0.1:${gateway.port}`];
    this.child = spawn(process.execPath, ['src/cli/main.ts', 'jog', ...args, ...address, '--json'], {
      cwd: join(import.meta.dirname, '../..'),
      env: { PATH: process.env['PATH'], LANG: 'C' },
      stdio: [descriptor, 'pipe', 'inherit'],
    });
    undo.push(() => {
      this.child.kill('SIGKILL');
      closeSync(descriptor);
      opened.value.close();
    });
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.stdout === null) throw new Error('its output is a pipe');
    createInterface(this.child.stdout).on('line', (line) => this.views.push(JSON.parse(line) as View));
  }

  get last(): View | undefined {
    return this.views.at(-1);
  }

  stroke(key: string): void {
    this.#type(key);
  }

  /** Holds a key down until what it returns is called. */
  hold(key: string): () => void {
    const timer = setInterval(() => this.#type(key), REPEAT_MS);
    undo.push(() => clearInterval(timer));
    return () => clearInterval(timer);
  }

  /** Holds a key down until something is so, anew where a busy machine has let the jog die. @returns what lets go of the key */
  async holdUntil(key: string, isSo: () => boolean): Promise<() => void> {
    for (const since = performance.now(); performance.now() - since < PATIENT.timeout; ) {
      const letGo = this.hold(key);
      await expect.poll(() => isSo() || this.last?.waitsFor === 'rest', PATIENT).toBe(true);
      if (isSo()) return letGo;
      letGo();
      await pause(400);
    }
    throw new Error(`no key that is held does it: ${JSON.stringify(this.last)}`);
  }
}

const position = (joint: number): number => control.rig.state.motion.positionDeg[joint] ?? Number.NaN;
const SHOULDER = 1;

/** Control is stepped by a timer of its own: what it sees next is set here. */
function enabling(isHeld: boolean): void {
  if (isHeld) control.rig.closed.add('enable-1');
  else control.rig.closed.delete('enable-1');
}

it('moves the chosen joint while its key and the enabling device are held, and says what it waits for', async () => {
  enabling(false);
  const jog = new Jog('shoulder', '--speed', '20');
  await expect
    .poll(() => jog.last, PATIENT)
    .toMatchObject({
      mode: 'Manual',
      unit: 'Idle',
      isEnablingHeld: false,
      toolSpeedMaxMmPerS: 250,
      joint: 'shoulder',
      waitsFor: 'enabling',
      refusal: null,
    });
  enabling(true);
  await expect.poll(() => jog.last, PATIENT).toMatchObject({ isEnablingHeld: true, waitsFor: 'none' });

  const [base, start] = [position(0), position(SHOULDER)];
  jog.stroke('l');
  await pause(800);
  expect(position(SHOULDER)).toBe(start);
  const letGo = await jog.holdUntil('l', () => position(SHOULDER) > start + 3);
  letGo();
  await expect.poll(() => jog.last?.askedPercent, PATIENT).toBe(0);
  await expect.poll(() => control.rig.speedMmPerS, PATIENT).toBe(0);
  expect(position(0)).toBe(base);
  await expect
    .poll(() => jog.last?.positions.find(({ joint }) => joint === 'shoulder')?.position, PATIENT)
    .toBeCloseTo(position(SHOULDER), 3);

  // The device let go and held again under a key that stays down: nothing moves before the key was let go too.
  const moved = position(SHOULDER);
  const letGoAgain = await jog.holdUntil('h', () => position(SHOULDER) < moved - 1);
  enabling(false);
  await expect.poll(() => jog.last?.waitsFor, PATIENT).toBe('enabling');
  await expect.poll(() => control.rig.speedMmPerS, PATIENT).toBe(0);
  enabling(true);
  await expect.poll(() => jog.last?.waitsFor, PATIENT).toBe('rest');
  letGoAgain();

  jog.stroke('q');
  expect(await jog.ended).toBe(0);
  expect(control.rig.speedMmPerS).toBe(0);
});

it('has a joint rest within 150 ms of the last repetition of its key', async () => {
  const jog = new Jog('base', '--speed', '20');
  await expect.poll(() => jog.last?.waitsFor, PATIENT).toBe('none');
  const letGo = await jog.holdUntil('l', () => performance.now() - control.lastMotionAt < 100);
  letGo();
  const letGoAt = performance.now();
  await pause(600);
  // A cycle of this control takes 20 ms, and timers of a busy machine are late.
  expect(control.lastDemandAt - letGoAt).toBeLessThanOrEqual(150 + 60);
});

it('chooses joint and speed by keys, and shows why a cell in automatic does not jog', async () => {
  const jog = new Jog('--speed', '20');
  await expect.poll(() => jog.last, PATIENT).toMatchObject({ joint: 'base', speedPercent: 20 });
  jog.stroke('j');
  jog.stroke('+');
  await expect.poll(() => jog.last, PATIENT).toMatchObject({ joint: 'shoulder', speedPercent: 50 });
  control.rig.select('automatic');
  await expect
    .poll(() => jog.last, PATIENT)
    .toMatchObject({ mode: 'Production', waitsFor: null, refusal: { reason: 'JOG_NOT_ALLOWED' } });
  jog.child.kill('SIGTERM');
  expect(await jog.ended).toBe(0);
});

it('moves one joint for a short time for a script, and nothing without the enabling device or a joint that is there', async () => {
  const jog = (...args: readonly string[]) =>
    runCelda(['jog', ...args, '--address', `127.0.0.1:${gateway.port}`, '--json'], {});
  const start = position(0);
  const done = await jog('base', '--speed', '20', '--for', '800ms');
  expect([done.status, control.rig.speedMmPerS]).toEqual([0, 0]);
  const moved = position(0);
  expect(moved - start).toBeGreaterThan(2);

  enabling(false);
  expect((await jog('base', '--for', '500ms')).status).toBe(1);
  const unknown = await jog('elbo', '--for', '500ms');
  expect([unknown.status, unknown.stdout]).toEqual([2, expect.stringContaining('elbow')]);
  const piped = await jog('base');
  expect([piped.status, piped.stdout]).toEqual([2, expect.stringContaining('terminal')]);
  expect((await jog('base', '--for', '9s')).status).toBe(2);
  expect(position(0)).toBeCloseTo(moved, 1);
});
