// Every pin of a Mega at level 3: the firmware's table of ports against the pinout in the emulator, which knows only ports.
import { expect, it } from 'vitest';
import { BOARD_PINS } from '../../src/core/board-pins.ts';
import { AvrBench } from '../support/avr-bench.ts';
import { TYPE } from '../support/firmware-rig.ts';
import { bytesOf, readImage } from '../support/firmware-wire.ts';

const PINS = BOARD_PINS.mega.map(({ number }) => number);
const SLOTS = 24;
const LEASE_MS = 2000;

function groups(): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(PINS.length / SLOTS) }, (_, at) => PINS.slice(at * SLOTS, (at + 1) * SLOTS));
}

it('drives each pin of a Mega by its own number, and no other', () => {
  for (const pins of groups()) {
    const bench = new AvrBench('mega');
    bench.boardTimeUs();
    bench.configure(
      pins.map((pin) => ({ output: true, pin })),
      LEASE_MS,
    );
    for (const [slot, pin] of pins.entries()) {
      bench.edges.length = 0;
      bench.process(bytesOf([1 << slot, 4]).subarray(0, Math.ceil(pins.length / 8)), 5_000);
      expect(bench.edges.filter(({ level }) => level === 1).map((edge) => edge.pin)).toEqual([pin]);
    }
  }
});

it('reads each pin of a Mega by its own number, and no other', () => {
  for (const pins of groups()) {
    const bench = new AvrBench('mega').configure(pins.map((pin) => ({ pin })));
    for (const [slot, pin] of pins.entries()) {
      bench.levels.set(pin, 1);
      bench.run(25_000);
      bench.levels.set(pin, 0);
      const rest = bench.takeOf(TYPE.image).map(({ payload }) => readImage(payload).rest);
      expect(rest.at(-1)).toEqual(bytesOf([1 << slot, 4]).subarray(0, Math.ceil(pins.length / 8)));
    }
  }
});

it('converts each analog channel of a Mega', () => {
  const channels = Array.from({ length: 16 }, (_, channel) => channel);
  const bench = new AvrBench('mega');
  for (const channel of channels) bench.counts.set(channel, 11 + 60 * channel);
  bench.configure(channels.map((channel) => ({ pin: 54 + channel, second: true })));
  bench.run(30_000);
  const rest = bench.takeOf(TYPE.image).map(({ payload }) => readImage(payload).rest);
  expect(rest.at(-1)).toEqual(bytesOf(...channels.map((channel) => [11 + 60 * channel, 2] as const)));
});

it('makes PWM on the pins of a Mega whose timers are free', () => {
  const bench = new AvrBench('mega').configure([{ pin: 69 }]);
  const pins = BOARD_PINS.mega.filter(({ pwm }) => pwm).map(({ number }) => number);
  for (const [seq, pin] of pins.entries()) {
    bench.send(TYPE.stream, Buffer.from([seq, 0xf4, pin, 3, 0xf0, 0x6f, pin, 51, 0, 0xf7]), 5_000);
  }
  expect(pins.map((pin) => bench.board.pin(pin))).toEqual(
    pins.map(() => ({ mode: 'pwm', level: 0, pulseUs: 0, dutyPercent: 20, toneHz: 0 })),
  );
});
