// A stock Firmata board as the control cycle sees it, in virtual time: Johnny-Five on this side, Firmata on the other.
import { describe, expect, it } from 'vitest';
import { createFirmataBoard } from '../../firmware-bridge/johnny-five/firmata-board.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import type { BoardPlan, InputSlot, OutputSlot } from '../../src/core/board-plan.ts';
import type { StackLightModel } from '../../src/core/cell-model.ts';
import type { BoardEvent, BoardImage } from '../../src/ports/board-port.ts';
import { FirmataBoard } from '../support/firmata-board.ts';
import { boardModel } from '../support/wire-samples.ts';

const DOOR = 2;
const PART = 3;
const LAMP = 4;
const HORN = 5;
const WITNESS = 6;

function input(device: string, pin: number, closedLevel: 0 | 1): InputSlot {
  return {
    device,
    pin,
    kind: 'digital',
    edge: false,
    closeFilterMs: 10,
    openFilterMs: 0,
    closedLevel,
    permitDelayMs: 0,
  };
}

function output(device: string, pin: number, safeValue: 0 | 1): OutputSlot {
  return { device, pin, kind: 'digital', hazardous: false, safeValue, permits: [] };
}

const plan: BoardPlan = {
  board: boardModel({ name: 'spare', firmware: 'firmata', baud: 57_600 }),
  inputs: [
    input('door', DOOR, 0),
    input('part', PART, 1),
    { ...input('level', 14, 1), kind: 'analog', closeFilterMs: 0, openFilterMs: 0 },
  ],
  outputs: [output('lamp', LAMP, 0), output('horn', HORN, 1)],
};

const lights: StackLightModel = {
  kind: 'stack-light',
  name: 'lights',
  description: '',
  board: 'spare',
  red: 'D8',
  amber: 'D9',
  green: 'D10',
};

/** Longer than the handshake (some 60 ms) and the first reports take. */
const READY_MS = 200;

function createBench({ hasWitness = true } = {}) {
  const clock = new VirtualClock();
  const firmata = new FirmataBoard(clock);
  firmata.level.set(DOOR, 1);
  const log: string[] = [];
  const events: BoardEvent[] = [];
  const { port, catalogue } = createFirmataBoard({
    plan,
    witness: hasWitness ? WITNESS : undefined,
    factory: firmata.transport,
    devices: [lights],
    clock,
    log: (_level, text) => log.push(text),
  });
  const subscription = port.events$.subscribe((event) => events.push(event));
  subscription.add(catalogue?.readings$.subscribe());
  clock.advanceSync(READY_MS);
  let cycle = 0;
  return {
    clock,
    firmata,
    port,
    catalogue,
    log,
    events,
    close: () => subscription.unsubscribe(),
    command: (outputs: readonly number[], arm = true) => {
      cycle += 1;
      port.write({ cycle, arm, outputs });
      clock.advanceSync(5);
    },
    links: () => events.flatMap((event) => (event.kind === 'link' ? [event] : [])),
    link: () => events.findLast((event) => event.kind === 'link')?.state,
    image: (): BoardImage => {
      const last = events.findLast((event) => event.kind === 'image');
      if (last?.kind !== 'image') throw new Error('no image');
      return last.image;
    },
  };
}

describe('a stock Firmata board in the cycle', () => {
  it('is of use when its inputs are known, and gives images of them', () => {
    const { links, image, clock } = createBench();
    expect(links().map(({ state }) => state)).toEqual(['connecting', 'stopped']);
    expect(image().inputs).toEqual([1, 0, 0]);
    expect(clock.now() - image().receivedAt).toBeLessThanOrEqual(100);
  });

  it('gives an image of every change, an opening at once and a closing when it has stood', () => {
    const { clock, firmata, image } = createBench();
    firmata.setLevel(DOOR, 0);
    clock.advanceSync(5);
    expect(image().inputs[0]).toBe(1);
    clock.advanceSync(10);
    expect(image().inputs[0]).toBe(0);
    firmata.setLevel(DOOR, 1);
    clock.advanceSync(2);
    expect(image().inputs[0]).toBe(1);
  });

  it('does not believe a contact that bounces before it closes', () => {
    const { clock, firmata, events } = createBench();
    events.length = 0;
    for (let bounce = 0; bounce < 6; bounce += 1) {
      firmata.setLevel(DOOR, bounce % 2 === 0 ? 0 : 1);
      clock.advanceSync(4);
    }
    clock.advanceSync(20);
    expect(events.every((event) => event.kind !== 'image' || event.image.inputs[0] === 1)).toBe(true);
  });

  it('reads analog inputs in counts', () => {
    const { clock, firmata, image } = createBench();
    firmata.analog.set(0, 700);
    clock.advanceSync(50);
    expect(image().inputs[2]).toBe(700);
  });

  it('drives its outputs by the commands, and their safe values while nothing is armed', () => {
    const { firmata, command, link, image } = createBench();
    expect([firmata.pin(LAMP).value, firmata.pin(HORN).value]).toEqual([0, 1]);
    command([1, 0]);
    expect([firmata.pin(LAMP).value, firmata.pin(HORN).value]).toEqual([1, 0]);
    expect(link()).toBe('armed');
    expect(image()).toMatchObject({ outputs: [1, 0], armed: true });
    command([1, 0], false);
    expect([firmata.pin(LAMP).value, firmata.pin(HORN).value]).toEqual([0, 1]);
    expect(link()).toBe('stopped');
  });

  it('sends a level only when it changes, whatever the period of the cycle', () => {
    const { firmata, command } = createBench();
    command([1, 0]);
    const before = firmata.writes.filter(({ bytes }) => ((bytes[0] ?? 0) & 0xf0) === 0x90).length;
    for (let cycle = 0; cycle < 10; cycle += 1) command([1, 0]);
    const after = firmata.writes.filter(({ bytes }) => ((bytes[0] ?? 0) & 0xf0) === 0x90).length;
    expect(after).toBe(before);
  });

  it('carries the lamps of a stack light beside its own outputs on the same port', () => {
    const { firmata, command, catalogue, clock } = createBench();
    command([1, 0]);
    catalogue?.write({ device: 'lights', red: 'on', amber: 'off', green: 'off' });
    clock.advanceSync(5);
    expect([firmata.pin(LAMP).value, firmata.pin(8).value, firmata.pin(10).value]).toEqual([1, 1, 0]);
  });

  it('says with its link that it is lost 500 ms after it has fallen silent, and is set up anew when it answers', () => {
    const { clock, firmata, command, links, link, log } = createBench();
    command([1, 0]);
    firmata.answers = false;
    clock.advanceSync(500);
    expect(links().at(-1)).toMatchObject({
      state: 'down',
      cause: { code: 1008, detail: { board: 'spare', reason: 'silent' } },
    });
    firmata.answers = true;
    clock.advanceSync(1000 + READY_MS);
    // Nobody has asked for the lamp since: it does not come on by itself.
    expect([link(), firmata.pin(LAMP).value, firmata.pin(HORN).value]).toEqual(['stopped', 0, 1]);
    command([1, 0]);
    expect([link(), firmata.pin(LAMP).value, firmata.pin(HORN).value]).toEqual(['armed', 1, 0]);
    expect(log).toEqual([]);
  });

  it('[S19] notices within a second that a noise byte 0xFF has reset the board, and sets it up anew', () => {
    const { clock, firmata, command, catalogue, links, link } = createBench();
    command([1, 0]);
    catalogue?.write({ device: 'lights', red: 'on', amber: 'off', green: 'off' });
    clock.advanceSync(50);
    firmata.forget();
    expect(firmata.pin(LAMP).value).toBe(0);
    clock.advanceSync(400);
    expect(links().at(-1)).toMatchObject({
      state: 'down',
      cause: { code: 1008, detail: { board: 'spare', reason: 'restarted' } },
    });
    clock.advanceSync(1000 + READY_MS);
    expect(link()).toBe('stopped');
    command([1, 0]);
    expect(link()).toBe('armed');
    // A new Johnny-Five board: what was made of the old one is dead.
    expect([firmata.pin(LAMP).value, firmata.pin(8).value]).toEqual([1, 1]);
    firmata.setLevel(PART, 1);
    clock.advanceSync(50);
    expect(links().at(-1)?.state).toBe('armed');
  });

  it('[S19] notices a reset without a spare pin too, when a pin in use shows it', () => {
    const { clock, firmata, command, links } = createBench({ hasWitness: false });
    command([1, 0]);
    firmata.forget();
    clock.advanceSync(1000);
    const loss = links().findLast(({ state }) => state === 'down')?.cause;
    expect(loss).toMatchObject({ code: 1008, detail: { board: 'spare' } });
    // By a level or by a mode, whichever is asked for first.
    expect(['altered', 'restarted']).toContain(loss?.detail['reason']);
  });

  it('notices an output that does something else than it was told, and puts it right', () => {
    const { clock, firmata, command, events } = createBench();
    command([1, 0]);
    // One flipped bit on the line: a write to the port that nobody meant.
    firmata.write(Uint8Array.of(0x90, 0, 0));
    clock.advanceSync(1000);
    expect(events.find((event) => event.kind === 'link' && event.state === 'down')).toMatchObject({
      cause: { code: 1008, detail: { reason: 'altered', pin: LAMP } },
    });
    clock.advanceSync(1000 + READY_MS);
    command([1, 0]);
    expect(firmata.pin(LAMP).value).toBe(1);
  });

  it('[S18] reaches the board with the next write after the end of a sysex message was lost', () => {
    const { firmata, command } = createBench();
    firmata.write(Uint8Array.of(0xf0, 0x71, 1));
    command([1, 0]);
    expect(firmata.pin(LAMP).value).toBe(1);
  });

  it('names the port that is lost or cannot be opened', () => {
    const { clock, firmata, links } = createBench();
    firmata.disconnect();
    clock.advanceSync(10);
    expect(links().at(-1)).toMatchObject({
      state: 'down',
      cause: { code: 1008, detail: { board: 'spare', reason: 'unplugged', code: 1001 } },
    });
  });

  it('leaves the outputs of the board as they are when nobody commands them any more', () => {
    const { clock, firmata, command, close } = createBench();
    command([1, 0]);
    close();
    clock.advanceSync(10_000);
    expect([firmata.pin(LAMP).value, firmata.pin(HORN).value]).toEqual([1, 0]);
  });

  it('tells the round trip of its last second', () => {
    const { clock, port } = createBench();
    clock.advanceSync(1000);
    expect(port.roundTripMs).toBe(2);
  });
});
