import { describe, expect, it } from 'vitest';
import { LinkWatch } from '../../firmware-bridge/session/link-watch.ts';
import { Receipts } from '../../firmware-bridge/session/receipts.ts';
import { BoardClock, foldUs } from '../../firmware-bridge/wire/board-clock.ts';
import { BOARD_STATES, codeOfName, nameOfCode } from '../../firmware-bridge/wire/codes.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { LineBudget } from '../../firmware-bridge/wire/line-budget.ts';

describe('the estimate of board time', () => {
  it('follows the least delayed frame of the last second', () => {
    const clock = new BoardClock();
    expect(clock.estimateUs(0)).toBeUndefined();
    clock.sample(1_000_000, 103);
    clock.sample(1_010_000, 143);
    clock.sample(1_020_000, 122);
    // Nothing is known of the rate yet: it is carried on at the slowest that a board may have.
    expect(clock.estimateUs(130)).toBe(1_020_000 + 8_000 * 0.95);
    // The undelayed frame ages out of the window; what is left is 20 ms later.
    for (let at = 160; at <= 1_300; at += 10) clock.sample(1_000_000 + (at - 120) * 1000, at);
    expect(clock.estimateUs(1_300)).toBe(2_180_000);
  });

  it('takes no stamp for more than the last receipt allows', () => {
    const clock = new BoardClock();
    clock.sample(1_000_000, 105, 100);
    clock.sample(3_000_000, 115);
    expect(clock.estimateUs(115)).toBe(1_000_000 + 15_000 * 1.05);
  });

  it('is brought back by the next receipt when the board stood still', () => {
    const clock = new BoardClock();
    for (let at = 0; at <= 500; at += 10) clock.sample(at * 1000, at + 3, at - 3);
    clock.sample(500_000, 803, 797);
    expect(clock.estimateUs(803)).toBeLessThanOrEqual(500_000 + 6_000 * 1.05);
  });

  it('[S21] unfolds the 32-bit stamp over wraps and over a pause longer than a wrap', () => {
    const clock = new BoardClock();
    const boardUs = (hostMs: number): number => 2 ** 32 - 5_000 + hostMs * 1000;
    for (const hostMs of [0, 10, 20, 5_000_000, 5_000_010, 15_000_000]) {
      expect(clock.sample(foldUs(boardUs(hostMs)), hostMs)).toBe(boardUs(hostMs));
    }
  });

  it('is not disturbed by a stamp that is a little older than the last', () => {
    const clock = new BoardClock();
    clock.sample(2 ** 32 - 10, 0);
    expect(clock.sample(5, 0.015)).toBe(2 ** 32 + 5);
    expect(clock.sample(2 ** 32 - 3, 0.016)).toBe(2 ** 32 - 3);
  });
});

describe('receipts', () => {
  it('settle a command and all before it; the median is that of the last second', () => {
    const receipts = new Receipts();
    receipts.written(1, 0);
    receipts.written(2, 10);
    receipts.written(3, 20);
    expect(receipts.oldestOpenMs).toBe(0);
    receipts.received(2, 16);
    expect(receipts.oldestOpenMs).toBe(20);
    expect(receipts.medianMs(16)).toBe(6);
    receipts.received(2, 18);
    receipts.received(3, 24);
    expect(receipts.oldestOpenMs).toBeUndefined();
    expect(receipts.medianMs(24)).toBe(6);
    expect(receipts.medianMs(1020)).toBe(4);
    expect(receipts.medianMs(2000)).toBe(0);
  });

  it('keep the newest of more commands than a second of cycles can have, and none of the session before', () => {
    const receipts = new Receipts();
    for (let count = 0; count < 3000; count += 1) {
      receipts.written(count, count / 10);
      receipts.received(count, count / 10 + (count < 2000 ? 9 : 2));
    }
    expect(receipts.spreadMs(302)).toMatchObject({ p50Ms: 2, p99Ms: 9 });
    receipts.reset();
    expect(receipts.spreadMs(302)).toEqual({ p50Ms: 0, p99Ms: 0, maxMs: 0 });
  });
});

describe('the watch over a link', () => {
  it('tolerates silence of less than 100 ms and gives late input 10 ms to be read', () => {
    const watch = new LinkWatch();
    watch.heard(50);
    expect(watch.check(149, undefined)).toEqual({ kind: 'alive', checkAt: 150 });
    expect(watch.check(150, undefined)).toEqual({ kind: 'alive', checkAt: 160 });
    expect(watch.check(160, undefined)).toEqual({ kind: 'lost', reason: 'silent' });
  });

  it('forgives a process that itself was late when the frames were there all along', () => {
    const watch = new LinkWatch();
    watch.heard(0);
    expect(watch.check(700, undefined)).toEqual({ kind: 'alive', checkAt: 710 });
    watch.heard(701);
    expect(watch.check(710, undefined)).toEqual({ kind: 'alive', checkAt: 801 });
  });

  it('loses patience with receipts although frames arrive', () => {
    const watch = new LinkWatch();
    watch.heard(95);
    expect(watch.check(99, 0)).toEqual({ kind: 'alive', checkAt: 100 });
    watch.heard(100);
    expect(watch.check(100, 0)).toEqual({ kind: 'alive', checkAt: 110 });
    watch.heard(105);
    expect(watch.check(110, 0)).toEqual({ kind: 'lost', reason: 'no receipts' });
  });
});

describe('the budget of a line', () => {
  const budget = (processBytes: number, imageBytes = 40) => new LineBudget({ baud: 100_000, processBytes, imageBytes });

  it('counts what has not left yet: a byte takes ten bits', () => {
    const line = budget(30);
    line.sent(50, 0);
    expect(line.backlog(0)).toBeCloseTo(50);
    expect(line.backlog(2)).toBeCloseTo(30);
    expect(line.backlog(9)).toBe(0);
  });

  it('lets a stream frame out when it and a PROCESS frame are 64 bytes at most', () => {
    const line = budget(33);
    expect(line.streamAt(31, 0, 0)).toBe(0);
    line.sent(31, 0);
    expect(line.streamAt(31, 0, 0)).toBeCloseTo(3.1);
    expect(line.streamAt(31, 20, 3.1)).toBeCloseTo(5.1);
  });

  it('fits a stream frame into the gap between two large PROCESS frames, or waits for the next gap', () => {
    const line = budget(60);
    for (const at of [0, 10]) {
      line.processSent(at);
      line.sent(60, at);
    }
    expect(line.streamAt(31, 0, 12)).toBeCloseTo(16);
    expect(line.streamAt(31, 0, 16)).toBe(16);
    expect(line.streamAt(31, 0, 18)).toBeCloseTo(26);
  });

  it('holds back a PROCESS frame that would wait behind much, and one whose replies would pile up', () => {
    const line = budget(33);
    line.sent(31, 0);
    expect(line.mayProcess(0, 0)).toBe(true);
    line.sent(1, 0);
    expect(line.mayProcess(0, 0)).toBe(false);
    expect(line.mayProcess(0, 0.2)).toBe(true);
    expect(line.mayProcess(40, 0.2)).toBe(false);
    const replies = budget(10, 80);
    replies.processSent(0);
    expect(replies.mayProcess(0, 2)).toBe(false);
    expect(replies.mayProcess(0, 4)).toBe(true);
  });
});

describe('published numbers', () => {
  it('that are unknown are values of their own', () => {
    expect(nameOfCode(BOARD_STATES, 3)).toBe('armed');
    expect(nameOfCode(BOARD_STATES, 77)).toBe('#77');
    expect(codeOfName(BOARD_STATES, 'armed')).toBe(3);
    expect(codeOfName(BOARD_STATES, '#77')).toBe(77);
  });
});

describe('a frame decoder', () => {
  it('counts what it drops by its reason', () => {
    const decoder = new FrameDecoder(() => undefined);
    decoder.push(Uint8Array.of(0, 0, 5, 1, 0));
    decoder.push(Uint8Array.of(2, 1, 0));
    decoder.push(new Uint8Array(200).fill(1));
    decoder.push(Uint8Array.of(0));
    decoder.push(Uint8Array.of(13, ...new Uint8Array(12).fill(9), 0));
    expect(decoder.drops).toEqual({ cobs: 1, 'too-short': 1, 'too-long': 1, checksum: 1 });
  });

  it('forgets a frame under way when the line is opened anew', () => {
    const decoder = new FrameDecoder(() => undefined);
    decoder.push(Uint8Array.of(5, 1));
    decoder.reset();
    decoder.push(Uint8Array.of(0));
    expect(decoder.drops.cobs).toBe(0);
  });
});
