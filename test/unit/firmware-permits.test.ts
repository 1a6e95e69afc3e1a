// What a board does by itself when an input opens that its outputs need closed.
import { describe, expect, it } from 'vitest';
import { commitPayload, records, type Slot, STATE, TYPE } from '../support/firmware-rig.ts';
import { bytesOf, readImage } from '../support/firmware-wire.ts';
import { HAZARDOUS, OUT, PERMIT_OPENED, PermitRig, PIN, permitSlots, SLOT } from '../support/permit-rig.ts';

const SAFE = [0, 0, 0];
const DRIVEN = [1, 1200, 1700];

describe('a permit that opens', () => {
  it('makes the whole board safe within 1 ms, and the frame that shows the opening shows the trip', () => {
    const rig = new PermitRig().armed();
    rig.take();
    rig.openInput(PIN.estop);
    const openedUs = rig.board.timeUs;
    rig.run(1_000);
    expect(rig.drives()).toEqual(SAFE);
    expect(rig.safeAtUs() - openedUs).toBeLessThanOrEqual(1_000);
    const [edge] = rig.takeOf(TYPE.edge).map(({ payload }) => readImage(payload));
    expect(edge).toMatchObject({ state: STATE.tripped, tripCause: PERMIT_OPENED + 8 * SLOT.estop });
    expect((edge?.rest.readUInt8(0) ?? 0) & 1).toBe(1);
  });

  it('acts after its delay, on a board that was not stopped by then', () => {
    const rig = new PermitRig().armed(0, 50);
    rig.openInput(PIN.guard);
    rig.run(50_000);
    expect(rig.drives()).toEqual(DRIVEN);
    rig.run(1_000);
    expect(rig.drives()).toEqual(SAFE);
    expect(rig.trip()).toEqual({ state: STATE.tripped, cause: PERMIT_OPENED, input: SLOT.guard });
  });

  it('is not taken back by closing again', () => {
    const rig = new PermitRig().armed(0, 50);
    rig.openInput(PIN.guard);
    rig.run(2_000);
    rig.closeInput(PIN.guard);
    rig.runBlindly(60);
    expect(rig.trip()).toMatchObject({ state: STATE.tripped, cause: PERMIT_OPENED, input: SLOT.guard });
    expect(rig.drives()).toEqual(SAFE);
  });

  it.each(['STOP', 'a command without arm'])('leaves no trip when %s comes within its delay', (how) => {
    const rig = new PermitRig().armed(0, 50);
    rig.openInput(PIN.guard);
    rig.run(40_000);
    if (how === 'STOP') rig.send(TYPE.stop, bytesOf([2, 4]));
    else rig.process(OUT, { arm: false });
    rig.run(60_000);
    expect(rig.trip()).toEqual({ state: STATE.stopped, cause: 0, input: 0 });
    rig.closeInput(PIN.guard);
    rig.process(OUT);
    rig.runBlindly(100);
    expect(rig.drives()).toEqual(DRIVEN);
  });

  it('is named as the cause when it was due first, not when it opened first', () => {
    const rig = new PermitRig().armed(20, 200);
    rig.openInput(PIN.guard);
    rig.run(10_000);
    rig.openInput(PIN.estop);
    rig.run(25_000);
    expect(rig.trip()).toEqual({ state: STATE.tripped, cause: PERMIT_OPENED, input: SLOT.estop });
  });

  it('keeps being the cause, and no command moves anything, until a new session is opened', () => {
    const rig = new PermitRig().armed();
    rig.openInput(PIN.estop);
    rig.run(2_000);
    rig.closeInput(PIN.estop);
    rig.openInput(PIN.guard);
    rig.send(TYPE.close);
    rig.runBlindly(500);
    expect(rig.drives()).toEqual(SAFE);
    expect(rig.trip()).toEqual({ state: STATE.tripped, cause: PERMIT_OPENED, input: SLOT.estop });
    expect(rig.identify().readUInt8(24)).toBe(PERMIT_OPENED + 8 * SLOT.estop);
    rig.armed();
    expect(rig.drives()).toEqual(DRIVEN);
    expect(rig.trip()).toEqual({ state: STATE.armed, cause: 0, input: 0 });
  });

  it('does nothing while the board is not armed, nor when no output names it', () => {
    const rig = new PermitRig().closed();
    rig.openInput(PIN.estop);
    rig.run(100_000);
    expect(rig.trip()).toEqual({ state: STATE.stopped, cause: 0, input: 0 });
    rig.closeInput(PIN.estop);
    rig.process(OUT);
    rig.openInput(PIN.other);
    rig.runBlindly(100);
    expect(rig.drives()).toEqual(DRIVEN);
  });
});

describe('arming with a permit open', () => {
  it.each([
    { name: 'estop', pin: PIN.estop, slot: SLOT.estop },
    { name: 'guard, in spite of its delay', pin: PIN.guard, slot: SLOT.guard },
  ])('($name) trips and drives nothing', ({ pin, slot }) => {
    const rig = new PermitRig().closed();
    rig.openInput(pin);
    const before = rig.changes.length;
    rig.process(OUT);
    expect(rig.changes.slice(before)).toEqual([]);
    rig.closeInput(pin);
    rig.runBlindly(50);
    expect(rig.changes.slice(before)).toEqual([]);
    expect(rig.image().receiptCycle).toBe(0);
    expect(rig.trip()).toEqual({ state: STATE.tripped, cause: PERMIT_OPENED, input: slot });
  });
});

describe('a configuration', () => {
  const STATUS = { ok: 0, index: 4, pinIncapable: 6, hash: 8, value: 12 };

  function statusOf(slots: readonly Slot[]): {
    readonly config: readonly number[];
    readonly commit: number | undefined;
  } {
    const rig = new PermitRig();
    rig.open();
    rig.take();
    for (const record of records(slots)) rig.send(TYPE.config, record);
    rig.send(TYPE.commit, commitPayload(slots, 100));
    const answers = rig.take();
    const config = answers.filter(({ type }) => type === TYPE.configAck).map(({ payload }) => payload.readUInt8(1));
    return { config, commit: answers.find(({ type }) => type === TYPE.committed)?.payload.readUInt8(0) };
  }

  function changed(index: number, changes: Partial<Slot>): readonly Slot[] {
    return permitSlots(0, 50).map((slot, at) => (at === index ? { ...slot, ...changes } : slot));
  }

  it('with permits is taken, up to the longest delay', () => {
    expect(statusOf(permitSlots(0, 15_000)).commit).toBe(STATUS.ok);
  });

  it.each([
    ['an output that is not hazardous', 4, { flags: 0 }],
    ['a slot that no frame can carry', 4, { permit: 1 << 24 }],
    ['a delay over 15 s', 0, { permit: 15_001 }],
  ])('with a permit of %s is refused at once', (_, index, changes) => {
    expect(statusOf(changed(index, changes)).config[index]).toBe(STATUS.value);
  });

  it.each([
    ['an output', STATUS.index, { permit: 1 << 5 }],
    ['a slot that is not there', STATUS.index, { permit: 1 << 23 }],
    ['an analog input', STATUS.pinIncapable, { permit: 1 << SLOT.pressure }],
  ])('that names %s as a permit is refused as a whole', (_, status, changes) => {
    expect(statusOf(changed(6, { flags: HAZARDOUS, ...changes })).commit).toBe(status);
  });

  it.each([
    ['a delay is', bytesOf([1234, 4])],
    // The pins to look at, of which the second is closed when high.
    ['the pins to watch are', Buffer.of((1 << PIN.estop) | (1 << PIN.guard), 0, 0, 1 << PIN.guard, 0, 0)],
  ])('that was damaged in memory where %s kept trips', (_, bytes) => {
    const rig = new PermitRig().armed(0, 1234);
    const memory = Buffer.from(rig.board.memory.buffer);
    let found = 0;
    for (let at = memory.indexOf(bytes); at >= 0; at = memory.indexOf(bytes, at + 1)) {
      memory.writeUInt8(0, at);
      found += 1;
    }
    expect(found).toBeGreaterThan(0);
    rig.run(300_000);
    expect(rig.trip()).toMatchObject({ state: STATE.tripped, cause: 3 });
    expect(rig.drives()).toEqual(SAFE);
  });
});
