import { describe, expect, it } from 'vitest';
import {
  isAsExpected,
  PinEcho,
  pinStateEcho,
  pinStateQuery,
  queriedPin,
} from '../../firmware-bridge/johnny-five/firmata-echo.ts';

const OUTPUT = 1;
const INPUT = 0;

describe('what a stock Firmata board must say of its pins', () => {
  it('is the mode that the host gave a pin, and the level once it has written one', () => {
    const echo = new PinEcho();
    echo.sent([0xf4, 7, OUTPUT]);
    expect(echo.expected(7)).toEqual({ mode: OUTPUT, level: undefined });
    echo.sent([0x90, 0x00, 0x01]);
    expect(echo.expected(7)).toEqual({ mode: OUTPUT, level: 1 });
    echo.sent([0xf5, 7, 0]);
    expect(echo.expected(7)).toEqual({ mode: OUTPUT, level: 0 });
  });

  it('is nothing for a pin that the host has never set', () => {
    const echo = new PinEcho();
    echo.sent([0x91, 0x7f, 1]);
    expect(echo.expected(9)).toBeUndefined();
    expect(echo.pins).toEqual([]);
  });

  it('is a servo after a servo configuration', () => {
    const echo = new PinEcho();
    echo.sent([0xf0, 0x70, 9, 0x20, 4, 0x60, 0x12, 0xf7]);
    expect(echo.expected(9)?.mode).toBe(4);
  });

  it('never turns the pull-up of an input on because the input has read high', () => {
    const echo = new PinEcho();
    echo.sent([0xf4, 2, INPUT]);
    echo.sent([0xf4, 3, OUTPUT]);
    expect(echo.sent([0x90, 0b1100, 0])).toEqual([0x90, 0b1000, 0]);
  });

  it('keeps the pull-up of an input on in every write, on a board that has no mode for it', () => {
    const echo = new PinEcho();
    echo.sent([0xf4, 2, INPUT]);
    echo.sent([0xf4, 3, OUTPUT]);
    echo.pullUp(2);
    expect(echo.sent([0x90, 0b1000, 0])).toEqual([0x90, 0b1100, 0]);
  });

  it('is read from the answer of the board, and compared', () => {
    const answer = pinStateEcho([0xf0, 0x6e, 7, OUTPUT, 1, 0xf7]);
    expect(answer).toEqual({ pin: 7, mode: OUTPUT, level: 1 });
    expect(pinStateEcho([0xf0, 0x6e, 9, 4, 0x5c, 0x0b, 0xf7])).toEqual({ pin: 9, mode: 4, level: 1500 });
    expect(pinStateEcho([0xf0, 0x79, 2, 4, 0, 0xf7])).toBeUndefined();
    expect(pinStateEcho([0xf0, 0x6e, 7, 0xf7])).toBeUndefined();
    if (answer === undefined) throw new Error('unreachable');
    expect(isAsExpected(answer, { mode: OUTPUT, level: 1 })).toBe(true);
    expect(isAsExpected(answer, { mode: OUTPUT, level: undefined })).toBe(true);
    expect(isAsExpected(answer, { mode: OUTPUT, level: 0 })).toBe(false);
    expect(isAsExpected(answer, { mode: INPUT, level: undefined })).toBe(false);
  });

  it('is asked for pin by pin', () => {
    expect(pinStateQuery(7)).toEqual([0xf0, 0x6d, 7, 0xf7]);
    expect(queriedPin(pinStateQuery(7))).toBe(7);
    expect(queriedPin([0xf0, 0x79, 0xf7])).toBeUndefined();
  });
});
