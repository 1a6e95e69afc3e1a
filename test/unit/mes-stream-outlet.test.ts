// Goal: what one stream leaves in front of the library is bounded by its size. Method: a sink that takes messages when the test says so.
import { beforeEach, describe, expect, it } from 'vitest';
import { encodedMessage } from '../../src/mes/encoded-message.ts';
import { STALLED_MS_MAX, StreamOutlet } from '../../src/mes/stream-outlet.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const message = (bytes: number) => encodedMessage([new Uint8Array(bytes)]);

let sent: (() => void)[];
let ended: AbortController;
let clock: VirtualClock;
let outlet: StreamOutlet;

beforeEach(() => {
  sent = [];
  ended = new AbortController();
  clock = new VirtualClock();
  outlet = new StreamOutlet({ write: (_message, done) => sent.push(done) }, ended.signal, clock);
});

/** Whether there was room for another message at once after this one. */
async function hasRoomAfter(bytes: number): Promise<boolean> {
  let hasRoom = false;
  void outlet.write(message(bytes)).then(() => {
    hasRoom = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return hasRoom;
}

describe('a stream whose reader takes nothing', () => {
  it('leaves one large message, or small ones of 16 KiB', async () => {
    expect(await hasRoomAfter(32_768)).toBe(false);
    sent[0]?.();
    expect(await hasRoomAfter(8_192)).toBe(true);
    expect(await hasRoomAfter(8_192)).toBe(true);
    expect(await hasRoomAfter(1)).toBe(false);
  });

  it('leaves sixteen messages, however small', async () => {
    for (let count = 1; count < 16; count += 1) expect(await hasRoomAfter(1)).toBe(true);
    expect(await hasRoomAfter(1)).toBe(false);
  });

  it('goes on when what waited was sent, and ends with the call', async () => {
    const first = outlet.write(message(32_768));
    sent[0]?.();
    await first;
    const second = outlet.write(message(32_768));
    ended.abort();
    await second;
    expect(sent).toHaveLength(2);
  });

  it('is given up when nothing was taken for a minute, and not while anything is', async () => {
    const first = outlet.write(message(16_384));
    expect(await first).toBe(true);
    let isTaken: boolean | undefined;
    void outlet.write(message(32_768)).then((taken) => {
      isTaken = taken;
    });
    clock.advance(STALLED_MS_MAX - 1);
    sent[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(STALLED_MS_MAX - 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isTaken).toBe(undefined);
    clock.advance(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect([isTaken, clock.pending]).toEqual([false, 0]);
  });
});
