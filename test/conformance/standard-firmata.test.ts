// Goal: the unsupervised tier with the firmware that people have: the real StandardFirmata, cycle by cycle in an emulator of
// its chip, over the real code path from the cycle's port to the pins. Firmata 2.4, older than most that are flashed today.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createFirmataBoard } from '../../firmware-bridge/johnny-five/firmata-board.ts';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { AvrBoard } from '../../sim/board/avr-board.ts';
import { WasmBoard } from '../../sim/board/wasm-board.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { SimulatedCell } from '../../sim/simulated-cell.ts';
import { loadPrograms } from '../../src/app/load-programs.ts';
import { loadCell } from '../../src/config/load.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import type { CellModel } from '../../src/core/cell-model.ts';
import { sparePin } from '../../src/core/device-pins.ts';
import { monotonicMs } from '../../src/core/units.ts';
import type { BoardEvent } from '../../src/ports/board-port.ts';
import { standardFirmata } from '../support/standard-firmata.ts';

const image = standardFirmata();
const UID = '0000000000000001';
const TRAY_FULL = 2;
const LAMP = 3;
const RED = 8;
/** The board blinks its version when it starts, which takes some 2 s. */
const START_MS_MAX = 4000;

function exampleCell(): CellModel {
  const loaded = loadCell(fileURLToPath(new URL('../../cells/spare-board/cell.yaml', import.meta.url)));
  if (!loaded.ok) throw new Error('the example cell is not valid');
  return loaded.value;
}

/** The spare board of the example cell, its levels and counts set by hand. */
function createBench(hex: string) {
  const cell = exampleCell();
  const plan = planBoards(cell).find(({ board }) => board.firmware === 'firmata');
  if (plan === undefined) throw new Error('the example cell has no stock board');
  const clock = new VirtualClock();
  const line = createLoopback({ clock, baud: Number.POSITIVE_INFINITY });
  const levels = new Map<number, 0 | 1>();
  const board = AvrBoard.load({
    uid: UID,
    image: hex,
    world: {
      digitalLevel: (pin, pullUp) => levels.get(pin) ?? (pullUp ? 1 : 0),
      analogCounts: (channel) => (channel === 0 ? 512 : 0),
    },
    onTransmit: (bytes) => line.board.write(bytes),
  });
  line.board.onData((bytes) => board.receive(bytes));
  const tick = (): void => {
    board.advance(clock.now() * 1000);
    clock.schedule(monotonicMs(clock.now() + 1), tick);
  };
  tick();
  const log: string[] = [];
  const events: BoardEvent[] = [];
  const { port, catalogue } = createFirmataBoard({
    plan,
    witness: sparePin(cell, plan.board),
    factory: line.host,
    devices: cell.devices.filter((device) => device.kind === 'stack-light'),
    clock,
    log: (_level, text) => log.push(text),
  });
  port.events$.subscribe((event) => events.push(event));
  catalogue?.readings$.subscribe();
  let cycle = 0;
  return {
    clock,
    board,
    catalogue,
    log,
    levels,
    slotOf: (device: string) => plan.inputs.findIndex((slot) => slot.device === device),
    image: () => events.findLast((event) => event.kind === 'image')?.image,
    link: () => events.findLast((event) => event.kind === 'link'),
    losses: () => events.flatMap((event) => (event.kind === 'link' && event.state === 'down' ? [event.cause] : [])),
    untilLinked: () => {
      while (events.length === 0 || !isLinked(events)) {
        if (clock.now() > START_MS_MAX) throw new Error('StandardFirmata does not answer');
        clock.advanceSync(50);
      }
    },
    lamp: (on: boolean) => {
      cycle += 1;
      port.write({ cycle, arm: true, outputs: plan.outputs.map(() => Number(on)) });
    },
  };
}

function isLinked(events: readonly BoardEvent[]): boolean {
  return events.some((event) => event.kind === 'link' && event.state === 'stopped');
}

describe.skipIf(image === undefined)('StandardFirmata itself, in the emulator', { timeout: 60_000 }, () => {
  const hex = image ?? '';

  it('[S18] is set up, read and driven through the port of the cycle, also behind a sysex message without an end', () => {
    const { clock, board, catalogue, image: newest, link, log, levels, slotOf, lamp, untilLinked } = createBench(hex);
    untilLinked();
    expect(link()?.state).toBe('stopped');
    expect(newest()?.inputs[slotOf('tray-full')]).toBe(1);
    expect(newest()?.inputs[slotOf('supply-pressure')]).toBe(512);
    // The pull-up of an input without contact is on: a broken wire reads as open.
    expect(board.pin(TRAY_FULL).mode).toBe('input-pullup');
    lamp(true);
    catalogue?.write({ device: 'stack-light', red: 'on', amber: 'off', green: 'off' });
    levels.set(TRAY_FULL, 0);
    clock.advanceSync(150);
    expect([board.pin(LAMP).level, board.pin(RED).level]).toEqual([1, 1]);
    expect(newest()?.inputs[slotOf('tray-full')]).toBe(0);
    expect(board.pin(TRAY_FULL).mode).toBe('input-pullup');
    lamp(false);
    clock.advanceSync(50);
    expect([board.pin(LAMP).level, board.pin(RED).level]).toEqual([0, 1]);
    board.receive(Uint8Array.of(0xf0, 0x71, 1));
    lamp(true);
    clock.advanceSync(20);
    expect(board.pin(LAMP).level).toBe(1);
    // Nobody commands it any more: it stays as it is.
    clock.advanceSync(1500);
    expect(board.pin(LAMP).level).toBe(1);
    expect(link()?.state).toBe('armed');
    expect(log).toEqual([]);
  });

  it('[S19] is reset by a noise byte 0xFF, which is noticed within a second, and is set up anew', () => {
    const { clock, board, levels, link, losses, lamp, image: newest, slotOf, untilLinked } = createBench(hex);
    untilLinked();
    lamp(true);
    clock.advanceSync(50);
    board.receive(Uint8Array.of(0xff));
    clock.advanceSync(50);
    expect(board.pin(LAMP).level).toBe(0);
    clock.advanceSync(950);
    expect(losses()).toMatchObject([{ code: 1008, detail: { reason: 'restarted' } }]);
    clock.advanceSync(1500);
    // The lamp waits for a command of this session.
    expect([link()?.state, board.pin(LAMP).level]).toEqual(['stopped', 0]);
    lamp(true);
    clock.advanceSync(50);
    expect([link()?.state, board.pin(LAMP).level]).toEqual(['armed', 1]);
    levels.set(TRAY_FULL, 0);
    clock.advanceSync(150);
    expect(newest()?.inputs[slotOf('tray-full')]).toBe(0);
  });

  it('carries lamps and sensors of the example cell beside the board that moves the arm', async () => {
    const model = exampleCell();
    using cell = new SimulatedCell({
      cell: model,
      seed: '1',
      programs: await loadPrograms(model),
      load: (options) =>
        options.firmware === 'firmata' ? AvrBoard.load({ ...options, image: hex }) : WasmBoard.load(options),
      isLinePaced: true,
    });
    await cell.startControl();
    await cell.reset();
    cell.press('tray-full');
    await cell.advance(500);
    expect(cell.board('spare').pin(LAMP).level).toBe(1);
    cell.release('tray-full');
    await cell.order('park', { speed: 100 }, 'p1');
    await cell.until(() => cell.jobs.get('p1')?.state === 'Ended', 10_000);
    const temperature = () => cell.snapshot?.devices.find(({ name }) => name === 'temperature');
    await cell.until(() => temperature()?.valid === true, 3000);
    expect(temperature()?.value).toBe(22);
    expect(cell.snapshot?.alarms).toEqual([]);
  });
});
