// What the doctor makes of what it finds: ports of a machine, late cycles, a disk, a board that does not keep its lease.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import type { IdentMessage } from '../../firmware-bridge/wire/messages.ts';
import { probeBoard } from '../../src/app/board-probe.ts';
import { checkBoard, histogram } from '../../src/app/doctor/check-board.ts';
import {
  checkMemory,
  checkMonotonic,
  checkNode,
  checkPriority,
  judgeDate,
} from '../../src/app/doctor/check-machine.ts';
import { checkPorts } from '../../src/app/doctor/check-ports.ts';
import { checkDisk } from '../../src/app/doctor/disk-sync.ts';
import { spreadOf } from '../../src/app/doctor/finding.ts';
import { proveLease } from '../../src/app/doctor/lease-proof.ts';
import { judgeJitter, measureJitter } from '../../src/app/doctor/loop-jitter.ts';
import { imageOf } from '../../src/app/firmware-images.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { ScriptedBoard } from '../support/scripted-board.ts';
import { testRandom } from '../support/session-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { samplePlan, UID_TEXT } from '../support/wire-samples.ts';

const directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A machine with an Arduino, an FTDI adapter with its 16 ms timer, and a modem. */
function fakeMachine() {
  const [sys, dev] = [join(directory, 'sys'), join(directory, 'dev')];
  const plug = (tty: string, usb: Readonly<Record<string, string>>): void => {
    const device = join(sys, 'devices', tty);
    const port = join(device, 'port');
    mkdirSync(port, { recursive: true });
    for (const [name, value] of Object.entries(usb)) writeFileSync(join(device, name), `${value}\n`);
    mkdirSync(join(sys, 'class/tty', tty), { recursive: true });
    symlinkSync(port, join(sys, 'class/tty', tty, 'device'));
    mkdirSync(dev, { recursive: true });
    writeFileSync(join(dev, tty), '');
  };
  plug('ttyACM0', { idVendor: '2341', idProduct: '0043', product: 'Arduino Uno', serial: '7543' });
  plug('ttyACM1', { idVendor: '12d1', idProduct: '1506', product: 'HUAWEI Mobile' });
  plug('ttyUSB0', { idVendor: '0403', idProduct: '6001' });
  const timer = join(sys, 'bus/usb-serial/devices/ttyUSB0');
  mkdirSync(timer, { recursive: true });
  writeFileSync(join(timer, 'latency_timer'), '16\n');
  mkdirSync(join(dev, 'serial/by-id'), { recursive: true });
  symlinkSync('../../ttyACM0', join(dev, 'serial/by-id/usb-Arduino_7543-if00'));
  return { sys, dev };
}

describe('ports', () => {
  it('are named by what is plugged in, with the setting of a slow adapter and the command that mends it', () => {
    const roots = fakeMachine();
    const findings = checkPorts(roots);
    const of = (check: string, port: string) =>
      findings.find((each) => each.check === check && each.subject === join(roots.dev, port));
    expect(of('port', 'ttyACM0')).toMatchObject({
      level: 'ok',
      values: { vendorId: '2341', product: 'Arduino Uno', byId: join(roots.dev, 'serial/by-id/usb-Arduino_7543-if00') },
    });
    expect(of('port', 'ttyACM1')).toMatchObject({ level: 'warn', values: { vendorId: '12d1' } });
    expect(of('permission', 'ttyUSB0')).toMatchObject({ level: 'ok', values: { permitted: true } });
    expect(of('latency-timer', 'ttyUSB0')).toMatchObject({ level: 'warn', values: { latencyTimerMs: 16 } });
    expect(of('latency-timer', 'ttyUSB0')?.remedy?.en).toMatch(/^echo 1 \| sudo tee .*ttyUSB0\/latency_timer/);
    expect(of('latency-timer', 'ttyACM0')).toBeUndefined();
  });

  it('that are none are a warning, not an error', () => {
    const nowhere = join(directory, 'nowhere');
    expect(checkPorts({ sys: nowhere, dev: nowhere })).toMatchObject([{ check: 'ports', level: 'warn' }]);
  });
});

describe('late cycles', () => {
  it('are measured against their own deadlines', async () => {
    const clock = new VirtualClock();
    const measured = measureJitter(clock, 10, 100);
    clock.advance(100);
    expect(await measured).toEqual(Array.from({ length: 10 }, () => 0));
  });

  it('of more than three periods are a failure: the cell would stop', () => {
    expect(judgeJitter([0, 1, 2], 10).level).toBe('ok');
    expect(judgeJitter([0, 1, 11], 10).level).toBe('warn');
    expect(judgeJitter([0, 1, 31], 10)).toMatchObject({ level: 'fail', values: { maxMs: 31 } });
  });
});

describe('the machine', () => {
  it.each([
    ['v22.17.1', 'fail'],
    ['v22.18.0', 'ok'],
    ['v24.0.0', 'ok'],
  ])('with Node %s: %s', (version, level) => expect(checkNode(version).level).toBe(level));

  it.each([
    [100, 'fail'],
    [200, 'warn'],
    [400, 'ok'],
  ])('with %i MiB free: %s', (free, level) => expect(checkMemory(free, 1024).level).toBe(level));

  it.each([
    ['realTime', 'ok'],
    ['high', 'warn'],
    ['ordinary', 'warn'],
  ] as const)('where control gets priority %s: %s', (priority, level) =>
    expect(checkPriority(priority)).toMatchObject({ level, values: { priority } }),
  );

  it.each([
    ['yes', 2026, 'ok'],
    ['no', 2026, 'warn'],
    ['unknown', 2026, 'warn'],
    ['yes', 1970, 'fail'],
  ] as const)('whose date is kept: %s, %i: %s', (sync, year, level) => expect(judgeDate(sync, year).level).toBe(level));

  it('with a clock that goes back is unfit', () => {
    let reads = 0;
    const now = () => {
      reads += 1;
      return monotonicMs(reads === 50 ? 95 : 100 + reads / 1_000);
    };
    expect(checkMonotonic({ now }, 100)).toMatchObject({ level: 'fail' });
  });

  it('that cannot write where the cell lives is unfit, and says why', () => {
    expect(checkDisk(directory, 3)).toMatchObject({ level: 'ok', values: { count: 3 } });
    expect(checkDisk(join(directory, 'nowhere'), 3)).toMatchObject({ level: 'fail', values: { count: 0 } });
  });
});

describe('figures', () => {
  it('are values that were measured', () => {
    expect(spreadOf(Array.from({ length: 100 }, (_, index) => index + 1))).toEqual({ p50: 50, p99: 99, max: 100 });
    expect(spreadOf([]).p50).toBeNaN();
  });

  it('fall into the columns of the histogram by their upper ends', () => {
    expect(histogram([0.5, 1, 1.5, 5, 99, 101])).toEqual([2, 1, 1, 0, 0, 0, 1, 1]);
  });
});

function bench(ident: Partial<IdentMessage> = {}, plan = samplePlan()) {
  const clock = new VirtualClock();
  const line = createLoopback({ clock, baud: 115_200 });
  const board = new ScriptedBoard({ plan, clock, line: line.board, ident });
  return { clock, plan, line, board };
}

describe('a lease', () => {
  function prove(rig: ReturnType<typeof bench>) {
    const { clock, plan, line } = rig;
    const proof = proveLease({ plan, path: '/dev/x', factory: line.host, clock, random: testRandom(1) });
    clock.advance(30_000);
    return proof;
  }

  it('that ends in time is proven', async () => {
    const rig = bench();
    const finding = await prove(rig);
    expect(finding).toMatchObject({ level: 'ok', values: { proven: true, cause: 'lease', leaseMs: 100 } });
    // Nothing but safe values was ever asked for.
    const asked = rig.board.taken.flatMap((each) => (each.kind === 'process' ? [[...each.image]] : []));
    expect(asked.length).toBe(3);
    expect(asked.flat().every((byte) => byte === 0)).toBe(true);
  });

  it('that never ends is found out', async () => {
    const rig = bench();
    rig.board.trip = () => undefined;
    expect(await prove(rig)).toMatchObject({ level: 'fail', values: { proven: false } });
  });

  it('that ends 30 ms late is found out', async () => {
    const rig = bench();
    const { board, clock } = rig;
    const trip = board.trip.bind(board);
    let isDue = false;
    board.trip = (cause) => {
      if (isDue) return;
      isDue = true;
      clock.schedule(monotonicMs(clock.now() + 30), () => trip(cause));
    };
    expect(await prove(rig)).toMatchObject({ level: 'fail', values: { proven: false, found: 'late' } });
  });

  it('cannot be proven while an input is open that the board watches, which is named', async () => {
    const { inputs, outputs, ...plan } = samplePlan();
    const slot = inputs.findIndex(({ kind }) => kind === 'digital');
    // The scripted board reads all its inputs as low.
    const open = inputs.map((input, index) => (index === slot ? { ...input, closedLevel: 1 as const } : input));
    const guarded = outputs.map((output) => (output.hazardous ? { ...output, permits: [slot] } : output));
    const finding = await prove(bench({}, { ...plan, inputs: open, outputs: guarded }));
    const name = inputs[slot]?.device ?? '';
    expect(finding).toMatchObject({ level: 'fail', values: { proven: false, cause: 'permit', openInputs: name } });
    expect([finding.text.en, finding.text.es].every((text) => text.includes(name))).toBe(true);
  });

  it('is not proven on a board that says nothing', async () => {
    const rig = bench();
    rig.board.isMute = true;
    expect(await prove(rig)).toMatchObject({ level: 'fail', values: { proven: false } });
  });
});

describe('a question to a board', () => {
  function ask(rig: Pick<ReturnType<typeof bench>, 'clock' | 'line'>, exchanges: number) {
    const { clock, line } = rig;
    const outcome = probeBoard({ factory: line.host, clock, random: testRandom(2), exchanges });
    clock.advance(20_000);
    return outcome;
  }

  it('opens no session and sends nothing but HELLO', async () => {
    const rig = bench();
    const outcome = await ask(rig, 10);
    expect(outcome).toMatchObject({ kind: 'answered', lost: 0, ident: { state: 'boot', bootCount: 7 } });
    expect(outcome.kind === 'answered' && outcome.roundTripsMs.length).toBe(10);
    expect(rig.board.taken.every(({ kind }) => kind === 'hello')).toBe(true);
  });

  it('that nobody answers is silence; that something else answers is a foreign protocol', async () => {
    const rig = bench();
    rig.board.isMute = true;
    expect(await ask(rig, 1)).toMatchObject({ kind: 'failed', fault: { code: 1005 } });
    const modem = { clock: new VirtualClock(), line: undefined };
    const line = createLoopback({ clock: modem.clock, baud: 115_200 });
    line.board.onData(() => line.board.write(new TextEncoder().encode('\r\nERROR\r\n')));
    expect(await ask({ clock: modem.clock, line }, 1)).toMatchObject({ kind: 'failed', fault: { code: 1004 } });
  });

  it('counts exchanges that were lost', async () => {
    const clock = new VirtualClock();
    let toHost = 0;
    const line = createLoopback({
      clock,
      baud: 115_200,
      disturb: (direction, bytes) => {
        if (direction === 'to-host') toHost += 1;
        return direction === 'to-host' && toHost === 4 ? [] : [{ bytes, delayMs: 0 }];
      },
    });
    const board = new ScriptedBoard({ plan: samplePlan(), clock, line: line.board });
    expect(await ask({ clock, line }, 10)).toMatchObject({ kind: 'answered', lost: 1 });
    expect(board.countTaken('hello')).toBe(11);
  });
});

describe('a board', () => {
  const [major = 0, minor = 0, patch = 0] = imageOf('uno').firmwareVersion.split('.').map(Number);
  const newest: Partial<IdentMessage> = { firmware: [major, minor, patch] };

  async function check(ident: Partial<IdentMessage>, uid?: string) {
    const { clock, line } = bench(ident);
    const wanted = { firmware: 'celda', kind: 'uno', uid, validityMs: 50 } as const;
    const board = { name: 'main', path: '/dev/x', factory: line.host, ...wanted };
    const findings = checkBoard(board, { clock, random: testRandom(3), exchanges: 20 });
    clock.advance(20_000);
    const found = await findings;
    return (name: string) => found.find((each) => each.check === name);
  }

  it('with the firmware that came with this Celda is well', async () => {
    const of = await check(newest);
    expect([of('board')?.level, of('board-start')?.level, of('link')?.level]).toEqual(['ok', 'ok', 'ok']);
    expect(of('link')?.values).toMatchObject({ asked: 20, lost: 0 });
  });

  it('with another firmware is a warning, with another wire version a failure: both are flashed', async () => {
    const older = (await check({ firmware: [0, 0, 1] }))('board');
    expect([older?.level, older?.remedy?.en]).toEqual(['warn', expect.stringMatching(/^celda flash \/dev\/x/)]);
    const foreign = (await check({ ...newest, wireVersion: 99 }))('board');
    expect([foreign?.level, foreign?.remedy?.en]).toEqual(['fail', expect.stringMatching(/^celda flash \/dev\/x/)]);
  });

  it('that is not the one the cell names is a failure', async () => {
    const of = await check(newest, '0123456789abcdef');
    expect(of('board')).toMatchObject({ level: 'fail', values: { uid: UID_TEXT } });
    expect((await check(newest, UID_TEXT.toUpperCase()))('board')?.level).toBe('ok');
  });

  it('of another kind than the cell names is a failure', async () => {
    const found = (await check({ ...newest, boardKind: 'mega' }))('board');
    expect(found).toMatchObject({ level: 'fail', values: { boardKind: 'mega' } });
    expect(found?.remedy?.en).toContain('wants a board of kind uno');
  });

  it.each(['brown-out', 'watchdog'] as const)('that was restarted by a %s is a warning', async (resetCause) => {
    expect((await check({ ...newest, resetCause }))('board-start')).toMatchObject({
      level: 'warn',
      values: { resetCause },
    });
  });
});
