// Goal: whoever opens watches and forgets them keeps nobody else from watching.
import { describe, expect, it } from 'vitest';
import { WatchSlots } from '../../src/mes/watch-slots.ts';

const ana = { identity: 'urn:test:ana', isLocal: false };
const eva = { identity: 'urn:test:eva', isLocal: false };
const local = { identity: 'local', isLocal: true };

/** Takes slots until one is refused. @returns how many there were, and the refusal */
function takeAll(slots: WatchSlots, caller: typeof ana) {
  for (let count = 0; ; count += 1) {
    const slot = slots.take(caller);
    if (!slot.ok) return [count, slot.error.fault];
  }
}

describe('of the slots for watchers', () => {
  it('one identity of the network has half, and the rest is for others', () => {
    const slots = new WatchSlots(6);
    expect(takeAll(slots, ana)).toMatchObject([3, { code: 6013, detail: { watchersMax: 3, identity: ana.identity } }]);
    expect(takeAll(slots, eva)).toMatchObject([3, { code: 6013, detail: { watchersMax: 6 } }]);
    expect(slots.count).toBe(6);
  });

  it('the machine itself may have all', () => {
    expect(takeAll(new WatchSlots(6), local)).toMatchObject([6, { code: 6013 }]);
  });

  it('one that is given back is free for anybody', () => {
    const slots = new WatchSlots(2);
    const slot = slots.take(ana);
    expect([slots.take(eva).ok, slots.take(ana).ok]).toEqual([true, false]);
    if (slot.ok) slot.value();
    expect([slots.count, slots.take(ana).ok]).toEqual([1, true]);
  });
});
