// The supervisor in virtual time, with processes that the test plays.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import type { ChildHandle, ChildListener, Exit } from '../../src/app/kept-process.ts';
import type { FromChild } from '../../src/app/process-message.ts';
import { type CellReady, Supervisor } from '../../src/app/supervisor.ts';
import type { CellModel } from '../../src/core/cell-model.ts';

const CELL = {
  name: 'test cell',
  safety: { reset: 'reset', blocks: [], stopFunctions: [{ timeLimitMs: 1_500 }] },
} as unknown as CellModel;

/** Plays one kind of process: remembers its starts and signals, ends when the test says so. */
class PlayedProcess {
  readonly signals: string[] = [];
  starts = 0;
  #listener: ChildListener | undefined;
  /** What it does when it gets SIGTERM. */
  onTerm: 'exits' | 'ignores' | 'dies' = 'exits';

  readonly spawn = (listener: ChildListener): ChildHandle => {
    this.starts += 1;
    this.#listener = listener;
    return {
      pid: this.starts,
      kill: (signal) => {
        this.signals.push(signal);
        if (signal === 'SIGKILL' || this.onTerm === 'dies') this.ends({ code: null, signal });
        else if (this.onTerm === 'exits') this.ends({ code: 0, signal: null });
      },
    };
  };

  tells(message: FromChild): void {
    this.#listener?.message(message);
  }

  ends(exit: Exit): void {
    this.#listener?.ended(exit);
  }

  crashes(): void {
    this.ends({ code: 70, signal: null });
  }
}

function run(locale: 'en' | 'es' = 'en') {
  const clock = new VirtualClock();
  const control = new PlayedProcess();
  const gateway = new PlayedProcess();
  const readies: CellReady[] = [];
  const lines: string[] = [];
  const notified: string[] = [];
  const supervisor = new Supervisor({
    cell: CELL,
    clock,
    log: (_level, text) => lines.push(text),
    locale,
    service: {
      ready: () => notified.push('ready'),
      stopping: () => notified.push('stopping'),
      alive: () => notified.push('alive'),
    },
    spawn: { control: control.spawn, gateway: gateway.spawn },
    onReady: (ready) => readies.push(ready),
  });
  const state = { exitCode: undefined as number | undefined };
  void supervisor.run().then((code) => {
    state.exitCode = code;
  });
  const becomeReady = (): void => {
    control.tells({ kind: 'ready', address: undefined });
    gateway.tells({ kind: 'ready', address: '127.0.0.1:50051' });
  };
  return { clock, control, gateway, supervisor, readies, lines, notified, state, becomeReady };
}

describe('supervisor', () => {
  it('is ready once both processes are, and says so once', () => {
    const { control, gateway, readies, notified, becomeReady } = run();
    control.tells({ kind: 'ready', address: undefined });
    expect(readies).toEqual([]);
    gateway.tells({ kind: 'ready', address: '127.0.0.1:50051' });
    becomeReady();
    expect(readies).toMatchObject([{ grpc: '127.0.0.1:50051', controlPid: 1, gatewayPid: 1 }]);
    expect(notified).toEqual(['ready']);
  });

  it('hands on which orders the gateway has found interrupted at its first start', () => {
    const { control, gateway, readies } = run();
    const counts = { producedQuantity: 3, goodQuantity: 2 };
    const order = { jobOrderId: 'order-1', workMasterId: 'park', ...counts, step: 'go down', canGoOn: true };
    gateway.tells({ kind: 'ready', address: '127.0.0.1:50051', interrupted: [order] });
    control.tells({ kind: 'ready', address: undefined });
    expect(readies).toMatchObject([{ interrupted: [order] }]);
  });

  it('stops control before the gateway, and exits 0', async () => {
    const { clock, control, gateway, supervisor, state, notified, becomeReady } = run();
    becomeReady();
    control.onTerm = 'ignores';
    supervisor.stop();
    await clock.advance(1_000);
    expect([control.signals, gateway.signals]).toEqual([['SIGTERM'], []]);
    control.ends({ code: 0, signal: null });
    await clock.advance(0);
    expect(gateway.signals).toEqual(['SIGTERM']);
    expect(state.exitCode).toBe(0);
    expect(notified).toEqual(['ready', 'stopping']);
  });

  it('exits 0 when it is stopped while its processes are still being loaded, and die of the signal', async () => {
    const { clock, control, gateway, supervisor, state, lines } = run();
    control.onTerm = 'dies';
    gateway.onTerm = 'dies';
    supervisor.stop();
    await clock.advance(0);
    expect([state.exitCode, lines]).toEqual([0, []]);
  });

  it('exits 1 when a process that was ready dies of the signal', async () => {
    const { clock, control, supervisor, state, lines, becomeReady } = run();
    becomeReady();
    control.onTerm = 'dies';
    supervisor.stop();
    await clock.advance(0);
    expect([state.exitCode, lines]).toEqual([1, ['control: ended by SIGTERM']]);
  });

  it('gives the control process its stop time and 3 s more, then kills it and exits 1', async () => {
    const { clock, control, supervisor, state, becomeReady } = run();
    becomeReady();
    control.onTerm = 'ignores';
    supervisor.stop();
    await clock.advance(4_499);
    expect(control.signals).toEqual(['SIGTERM']);
    await clock.advance(1);
    expect(control.signals).toEqual(['SIGTERM', 'SIGKILL']);
    expect(state.exitCode).toBe(1);
  });

  it('[P5] kills at the second request, but takes one heard twice for one', async () => {
    const { clock, control, supervisor, becomeReady } = run();
    becomeReady();
    control.onTerm = 'ignores';
    supervisor.stop();
    await clock.advance(999);
    supervisor.stop();
    expect(control.signals).toEqual(['SIGTERM']);
    await clock.advance(1);
    supervisor.stop();
    expect(control.signals).toEqual(['SIGTERM', 'SIGKILL']);
  });

  it('starts a crashed control process again after 200 ms and leaves the gateway alone', async () => {
    const { clock, control, gateway, becomeReady } = run();
    becomeReady();
    control.crashes();
    await clock.advance(199);
    expect(control.starts).toBe(1);
    await clock.advance(1);
    expect(control.starts).toBe(2);
    expect([gateway.starts, gateway.signals]).toEqual([1, []]);
  });

  it('[P9] leaves the control process down after three crashes, keeps the gateway, and exits 1 when stopped', async () => {
    const { clock, control, gateway, supervisor, state, becomeReady } = run();
    becomeReady();
    for (let crash = 0; crash < 3; crash += 1) {
      control.crashes();
      await clock.advance(1_000);
    }
    await clock.advance(3_600_000);
    expect([control.starts, gateway.starts]).toEqual([3, 1]);
    expect(state.exitCode).toBeUndefined();
    supervisor.stop();
    await clock.advance(0);
    expect(state.exitCode).toBe(1);
  });

  it('[P3] kills a control process that waits for ever while it starts, and starts it again', async () => {
    const { clock, control, lines } = run();
    await clock.advance(29_999);
    expect(control.signals).toEqual([]);
    await clock.advance(1 + 200);
    expect([control.signals, control.starts]).toEqual([['SIGKILL'], 2]);
    expect(lines).toContain('control: not ready after 30000 ms; it is killed');
  });

  it('leaves a control process alone that was ready in time', async () => {
    const { clock, control, becomeReady } = run();
    becomeReady();
    for (let second = 0; second < 40; second += 1) {
      control.tells({ kind: 'alive' });
      await clock.advance(1_000);
    }
    expect(control.signals).toEqual([]);
  });

  it('[P3] kills a control process that gives no sign of life for 5 s, and starts it again', async () => {
    const { clock, control, becomeReady } = run();
    becomeReady();
    for (let second = 0; second < 60; second += 1) {
      control.tells({ kind: 'alive' });
      await clock.advance(1_000);
    }
    expect(control.signals).toEqual([]);
    await clock.advance(4_200);
    expect(control.signals).toEqual(['SIGKILL']);
    expect(control.starts).toBe(2);
  });

  it('[P6] starts the gateway again however often it ends, and leaves the control process alone', async () => {
    const { clock, control, gateway, becomeReady } = run();
    becomeReady();
    for (let crash = 0; crash < 100; crash += 1) {
      gateway.crashes();
      for (const halfMs of [2_500, 2_500]) {
        control.tells({ kind: 'alive' });
        await clock.advance(halfMs);
      }
    }
    expect(gateway.starts).toBe(101);
    expect([control.starts, control.signals]).toEqual([1, []]);
  });

  it('ends with the exit code of a process that cannot work, and stops the other one', async () => {
    const { clock, control, gateway, state } = run();
    control.tells({ kind: 'ready', address: undefined });
    gateway.tells({ kind: 'failed', text: 'port 50051 is taken', hint: 'give another', exitCode: 4 });
    gateway.ends({ code: 4, signal: null });
    await clock.advance(0);
    expect(control.signals).toEqual(['SIGTERM']);
    expect(state.exitCode).toBe(4);
    expect(gateway.starts).toBe(1);
  });

  it('starts nothing more when it is stopped while a process waits for its restart', async () => {
    const { clock, control, supervisor, state, becomeReady } = run();
    becomeReady();
    control.crashes();
    supervisor.stop();
    await clock.advance(60_000);
    expect(control.starts).toBe(1);
    expect(state.exitCode).toBe(0);
  });

  it('says in Spanish what becomes of a process that fails, and of the cell', async () => {
    const { clock, control, gateway, supervisor, lines, becomeReady } = run('es');
    becomeReady();
    for (let crash = 0; crash < 3; crash += 1) {
      control.crashes();
      await clock.advance(60_000);
    }
    expect(lines[0]).toBe('control: terminó con el código de salida 70; se arranca otra vez en 200 ms');
    expect(lines).toContain('control: no está listo tras 30000 ms; se termina por la fuerza');
    expect(lines).toContainEqual(expect.stringMatching(/^control: .*; 3 caídas en 10 minutos: no se arranca más$/));
    expect(lines).toContainEqual(expect.stringMatching(/^las tarjetas pasan a seguro por sus plazos; .* rearme/));
    expect(lines.at(-1)).toMatch(/^la celda sigue detenida y rechaza órdenes/);
    gateway.onTerm = 'ignores';
    supervisor.stop();
    await clock.advance(2_000);
    supervisor.stop();
    expect(lines.at(-1)).toMatch(/^se pidió otra vez la parada/);
    await clock.advance(60_000);
    expect(lines.join(' ')).not.toMatch(/\b(the|it|is|by)\b/);
  });
});
