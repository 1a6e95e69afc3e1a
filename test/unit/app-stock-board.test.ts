// What the doctor says of a board with stock Firmata, and how a port that cannot be opened shows whatever runs on its board.
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { unopenedPort } from '../../src/app/board-link.ts';
import type { BoardToCheck } from '../../src/app/doctor/check-board.ts';
import { checkStockBoard, withoutLease } from '../../src/app/doctor/check-stock-board.ts';
import { fault } from '../../src/core/faults.ts';
import type { Transport, TransportFactory } from '../../src/ports/transport.ts';
import { FirmataBoard } from '../support/firmata-board.ts';

function boardOn(factory: TransportFactory): BoardToCheck {
  return {
    name: 'spare',
    path: '/dev/none',
    factory,
    firmware: 'firmata',
    kind: 'uno',
    uid: undefined,
    validityMs: 50,
  };
}

async function check(clock: VirtualClock, factory: TransportFactory) {
  const finding = checkStockBoard(boardOn(factory), clock);
  clock.advanceSync(10_000);
  return finding;
}

describe('a board with stock Firmata, to the doctor', () => {
  it('is well when it names its sketch, and called unsupervised', async () => {
    const clock = new VirtualClock();
    const finding = await check(clock, new FirmataBoard(clock).transport);
    expect(finding).toMatchObject({
      check: 'board',
      subject: 'spare',
      level: 'ok',
      text: { en: 'stock Firmata, unsupervised: T 2.6', es: 'Firmata estándar, sin supervisión: T 2.6' },
      values: { supervised: false, sketch: 'T', version: '2.6' },
    });
  });

  it('is asked again while it starts', async () => {
    const clock = new VirtualClock();
    const board = new FirmataBoard(clock);
    board.answers = false;
    const finding = checkStockBoard(boardOn(board.transport), clock);
    clock.advanceSync(3000);
    board.answers = true;
    clock.advanceSync(500);
    expect((await finding).level).toBe('ok');
  });

  it.each([
    ['is silent', 1005, undefined],
    ['says something else', 1004, 0x42],
  ] as const)('that %s is a failure, and StandardFirmata the remedy', async (_what, code, noise) => {
    const clock = new VirtualClock();
    const board = new FirmataBoard(clock);
    board.answers = false;
    const finding = checkStockBoard(boardOn(board.transport), clock);
    clock.advanceSync(100);
    if (noise !== undefined) board.send(noise);
    clock.advanceSync(10_000);
    expect(await finding).toMatchObject({
      level: 'fail',
      text: { en: 'what is on the port does not answer Firmata' },
      remedy: { en: expect.stringContaining('StandardFirmata') as string },
      values: { code },
    });
  });

  it('whose port is not there is told as every port is', async () => {
    const clock = new VirtualClock();
    const factory = (): Transport => ({
      pendingBytes: 0,
      open: (listener) => clock.schedule(clock.now(), () => listener.closed(fault(1006, { reason: 'not found' }))),
      write: () => undefined,
      close: () => undefined,
    });
    expect(await check(clock, factory)).toMatchObject({
      level: 'fail',
      text: { en: 'there is no such port: /dev/none' },
      values: { code: 1006 },
    });
  });

  it('has no lease to prove', () => {
    expect(withoutLease(boardOn(() => new FirmataBoard(new VirtualClock()).transport()))).toMatchObject({
      check: 'lease-proof',
      level: 'ok',
      values: { proven: false },
    });
  });
});

describe('a port that cannot be opened', () => {
  it('shows in the loss of a stock board as in that of any other', () => {
    const detail = { path: '/dev/x', reason: 'permission' };
    expect(unopenedPort(fault(1006, detail))).toEqual(fault(1006, detail));
    expect(unopenedPort(fault(1008, { board: 'spare', code: 1006, ...detail }))).toMatchObject({ code: 1006, detail });
    expect(unopenedPort(fault(1008, { board: 'spare', reason: 'silent' }))).toBeUndefined();
    expect(unopenedPort(fault(1001))).toBeUndefined();
    expect(unopenedPort(undefined)).toBeUndefined();
  });
});
