// A serial port whose opening the system does not come back from. The library's opening is a test's own, and time is virtual.
import { afterEach, describe, expect, it } from 'vitest';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { callsUnderWay } from '../../firmware-bridge/transport/port-calls.ts';
import { type SerialBinding, SerialTransport } from '../../firmware-bridge/transport/serial-port.ts';
import { portTrouble } from '../../src/app/port-trouble.ts';
import type { Fault } from '../../src/core/faults.ts';
import type { BoardEvent } from '../../src/ports/board-port.ts';
import { testRandom } from '../support/session-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { samplePlan } from '../support/wire-samples.ts';

const PATH = '/dev/tty-that-hangs';
const BEGAN = '2026-01-01T00:00:00.000Z';

/** Opens when the test says so. */
class HangingBinding {
  readonly opened: string[] = [];
  closed = 0;
  #waiting: (() => void)[] = [];

  open({ path }: { path: string }): Promise<object> {
    this.opened.push(path);
    return new Promise((resolve) => {
      this.#waiting.push(() => {
        const port = {
          isOpen: true,
          close: () => {
            port.isOpen = false;
            this.closed += 1;
            return Promise.resolve();
          },
          read: () => new Promise(() => undefined),
        };
        resolve(port);
      });
    });
  }

  /** The driver comes back from all calls that it has. */
  async comeBack(): Promise<void> {
    for (const finish of this.#waiting.splice(0)) finish();
    await turns();
  }
}

/** Lets what was promised come about; no time passes. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

class Attempt {
  readonly calls: string[] = [];
  cause: Fault | undefined;
  readonly transport: SerialTransport;

  constructor(clock: VirtualClock, binding: HangingBinding, path = PATH) {
    this.transport = new SerialTransport(path, {
      clock,
      baud: 115_200,
      binding: binding as unknown as SerialBinding,
    });
    this.transport.open({
      opened: () => this.calls.push('opened'),
      data: () => undefined,
      closed: (cause) => {
        this.calls.push('closed');
        this.cause = cause;
      },
    });
  }
}

const clock = new VirtualClock();
let binding = new HangingBinding();
afterEach(async () => {
  for (let round = 0; round < 5; round += 1) await binding.comeBack();
  expect(callsUnderWay()).toBe(0);
  binding = new HangingBinding();
});

describe('a serial port that the system does not finish opening', () => {
  it('[P12] is given up after 5 s, with its path and since when', async () => {
    const from = new Date(clock.wall()).toISOString();
    const attempt = new Attempt(clock, binding);
    clock.advance(4_999);
    expect(attempt.calls).toEqual([]);
    clock.advance(1);
    expect(attempt.calls).toEqual(['closed']);
    expect(attempt.cause).toMatchObject({ code: 1006, detail: { path: PATH, reason: 'does not open', since: from } });
    expect(callsUnderWay()).toBe(1);
    await turns();
  });

  it('[P12] is not opened a second time while the system has not come back: each try is told so at once', async () => {
    const from = new Date(clock.wall()).toISOString();
    new Attempt(clock, binding);
    clock.advance(5_000);
    for (let retry = 0; retry < 50; retry += 1) {
      clock.advance(2_000);
      const attempt = new Attempt(clock, binding);
      await turns();
      expect(attempt.cause).toMatchObject({ code: 1006, detail: { reason: 'does not open', since: from } });
    }
    expect(binding.opened).toEqual([PATH]);
    const other = new Attempt(clock, binding, '/dev/tty-beside-it');
    await binding.comeBack();
    expect(other.calls).toEqual(['opened']);
    other.transport.close();
  });

  it('is closed when it opens after all, and opens as ever at the next try', async () => {
    const late = new Attempt(clock, binding);
    clock.advance(6_000);
    await binding.comeBack();
    expect([late.calls, binding.closed]).toEqual([['closed'], 1]);
    const next = new Attempt(clock, binding);
    await binding.comeBack();
    expect(next.calls).toEqual(['opened']);
    clock.advance(10_000);
    expect(next.calls).toEqual(['opened']);
    next.transport.close();
  });

  it('is waited for by a try that follows one that was given up sooner', async () => {
    const first = new Attempt(clock, binding);
    first.transport.close();
    const second = new Attempt(clock, binding);
    await turns();
    expect(binding.opened).toHaveLength(1);
    await binding.comeBack();
    expect(binding.opened).toHaveLength(2);
    await binding.comeBack();
    expect([first.calls, second.calls]).toEqual([['closed'], ['opened']]);
    second.transport.close();
  });

  it('[P12] is why the link of its board is down', async () => {
    const events: BoardEvent[] = [];
    const options = { clock, baud: 115_200, binding: binding as unknown as SerialBinding };
    const factory = (): SerialTransport => new SerialTransport(PATH, options);
    const session = createSession({ plan: samplePlan(), clock, factory, random: testRandom(1) });
    const subscription = session.port.events$.subscribe((event) => events.push(event));
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      await turns();
    }
    const last = events.findLast((event) => event.kind === 'link');
    expect(last).toMatchObject({ state: 'down', cause: { code: 1006, detail: { reason: 'does not open' } } });
    expect(binding.opened).toHaveLength(1);
    subscription.unsubscribe();
  });

  it('is told to a person with what to do, in both languages', () => {
    const { text, remedy } = portTrouble({ code: 1006, detail: { reason: 'does not open', since: BEGAN } }, PATH);
    expect(text.en).toBe(`${PATH} does not open: its driver has not answered since ${BEGAN}`);
    expect(text.es).toContain('no abre');
    expect([remedy.en, remedy.es]).toEqual([
      expect.stringContaining('unplug the board'),
      expect.stringContaining('desconecte la tarjeta'),
    ]);
  });
});
