// The firmware's side of the link: who may open a session, and which frames a board takes.
import { describe, expect, it } from 'vitest';
import { BENCH, benchOutputs, Rig, SESSION, STATE, TYPE, UID } from '../support/firmware-rig.ts';
import { bytesOf, frame } from '../support/firmware-wire.ts';

const REASON = {
  challenge: 2,
  state: 3,
  index: 4,
  pin: 5,
  incapable: 6,
  twice: 7,
  hash: 8,
  lease: 9,
  type: 10,
  length: 11,
  value: 12,
};

describe('the handshake', () => {
  it('identifies the board to anybody and changes nothing', () => {
    const rig = new Rig();
    rig.run(5_000);
    const ident = rig.identify();
    expect(ident.readUInt32LE(0)).toBe(0xdeadbeef);
    expect(ident.readUInt8(4)).toBe(2);
    expect(ident.subarray(5, 13)).toEqual(UID);
    expect(ident.readUInt16LE(13)).toBe(1);
    expect(ident.readUInt8(15)).toBe(1);
    expect([...ident.subarray(19, 25)]).toEqual([1, 20, 18, 18, STATE.boot, 0]);
    expect(ident.readUInt32LE(29)).toBe(5_000);
    expect(rig.changes).toEqual([]);
  });

  it('names what each pin can do', () => {
    const rig = new Rig();
    rig.raw(frame(UID, TYPE.getPins, 0, 0, Buffer.of(0)));
    const [pins] = rig.takeOf(TYPE.pins);
    expect([...(pins?.payload ?? [])]).toEqual([
      0, 20, 0, 0, 19, 59, 19, 27, 27, 19, 19, 19, 19, 59, 19, 19, 23, 23, 23, 23, 87, 87,
    ]);
  });

  it('refuses a wrong challenge and gives each session another one', () => {
    const rig = new Rig();
    const challenge = rig.identify().readUInt32LE(33);
    rig.raw(frame(UID, TYPE.open, 1, SESSION, bytesOf([(challenge ^ 1) >>> 0, 4])));
    const [refused] = rig.take();
    expect(refused).toMatchObject({
      type: TYPE.refused,
      session: SESSION,
      seq: 0,
      payload: Buffer.of(TYPE.open, REASON.challenge),
    });
    rig.open();
    expect(rig.take()).toMatchObject([{ type: TYPE.opened, session: SESSION, seq: 1 }]);
    expect(rig.identify().readUInt32LE(33)).not.toBe(challenge);
  });

  it('does not take a recorded OPEN again after a reset', () => {
    const rig = new Rig();
    const open = frame(UID, TYPE.open, 1, SESSION, bytesOf([rig.identify().readUInt32LE(33), 4]));
    rig.raw(open);
    expect(rig.takeOf(TYPE.opened)).toHaveLength(1);
    rig.board.reset('external');
    rig.raw(open);
    expect(rig.take()).toMatchObject([{ type: TYPE.refused, payload: Buffer.of(TYPE.open, REASON.challenge) }]);
  });

  it('[S20] answers a repeated OPEN before the first command, and refuses it afterwards', () => {
    const rig = new Rig();
    const open = frame(UID, TYPE.open, 1, SESSION, bytesOf([rig.identify().readUInt32LE(33), 4]));
    rig.raw(open);
    rig.raw(open);
    expect(rig.takeOf(TYPE.opened).map(({ seq }) => seq)).toEqual([1, 2]);
    rig.seq = 1;
    rig.commit(BENCH);
    rig.process(benchOutputs(0, 0, 0));
    rig.take();
    rig.raw(open);
    expect(rig.take()).toMatchObject([{ type: TYPE.refused, payload: Buffer.of(TYPE.open, REASON.challenge) }]);
  });

  it('counts boots and names the cause of the last reset', () => {
    const rig = new Rig();
    rig.board.reset('brown-out');
    const ident = rig.identify();
    expect([ident.readUInt16LE(13), ident.readUInt8(15)]).toEqual([2, 3]);
  });
});

describe('the configuration', () => {
  it('is acknowledged record by record and put in force by COMMIT', () => {
    const rig = new Rig();
    rig.open();
    rig.take();
    rig.commit(BENCH);
    const answers = rig.take();
    expect(answers.filter(({ type }) => type === TYPE.configAck).map(({ payload }) => [...payload])).toEqual(
      BENCH.map((_, index) => [index, 0]),
    );
    const committed = answers.find(({ type }) => type === TYPE.committed);
    expect(committed?.payload.readUInt8(0)).toBe(0);
    const ident = rig.identify();
    expect([ident.readUInt8(23), ident.readUInt32LE(25)]).toEqual([STATE.stopped, committed?.payload.readUInt32LE(1)]);
  });

  it.each([
    ['a pin the board does not have', [{ pin: 1 }], REASON.pin],
    ['an analog input on a digital pin', [{ pin: 5, second: true }], REASON.incapable],
    ['a closing filter of more than a quarter of a second', [{ pin: 5, value: 251 }], REASON.value],
    ['a safe pulse width out of range', [{ output: true, second: true, pin: 5, value: 499 }], REASON.value],
  ] as const)('refuses %s', (_, slots, status) => {
    const rig = new Rig();
    rig.open();
    rig.take();
    rig.commit(slots);
    expect(rig.takeOf(TYPE.configAck).map(({ payload }) => [...payload])).toEqual([[0, status]]);
  });

  it.each([
    ['two slots on one pin', [{ pin: 5 }, { pin: 5, output: true }], 100, REASON.twice],
    ['an input behind an output', [{ pin: 5, output: true }, { pin: 6 }], 100, REASON.index],
    ['a lease shorter than 10 ms', BENCH, 9, REASON.lease],
    ['a lease longer than 2 s', BENCH, 2001, REASON.lease],
    [
      'thirteen servos',
      Array.from({ length: 13 }, (_, at) => ({ output: true, second: true, pin: 2 + at })),
      100,
      REASON.incapable,
    ],
  ] as const)('does not commit %s', (_, slots, leaseMs, status) => {
    const rig = new Rig();
    rig.open();
    rig.commit(slots, leaseMs);
    expect(rig.takeOf(TYPE.committed).map(({ payload }) => payload.readUInt8(0))).toEqual([status]);
    expect(rig.changes).toEqual([]);
  });

  it('[C6] does not commit another configuration than the host hashed', () => {
    const rig = new Rig();
    rig.open();
    rig.send(TYPE.commit, bytesOf([100, 2], [0, 1], [0x12345678, 4]));
    expect(rig.takeOf(TYPE.committed).map(({ payload }) => payload.readUInt8(0))).toEqual([REASON.hash]);
  });

  it('leaves every pin high-impedance until it is committed', () => {
    const rig = new Rig();
    rig.run(50_000);
    rig.open();
    rig.send(TYPE.process, bytesOf([1, 4], [100_000, 4], [1, 1], [1, 1]));
    rig.run(50_000);
    expect(Array.from({ length: 20 }, (_, pin) => rig.board.pin(pin).mode)).toEqual(
      Array.from({ length: 20 }, () => 'high-impedance'),
    );
    expect(rig.takeOf(TYPE.refused).map(({ payload }) => [...payload])).toEqual([[TYPE.process, REASON.state]]);
  });

  it('releases pins that the next configuration does not name and keeps the pulses of a held servo', () => {
    const rig = new Rig().configure();
    rig.process(benchOutputs(1, 1500, 1600));
    rig.open(SESSION);
    rig.commit([{ output: true, second: true, pin: 9, value: 0xffff }]);
    expect(rig.board.pin(4).mode).toBe('high-impedance');
    expect(rig.board.pin(9)).toMatchObject({ mode: 'servo', pulseUs: 1500 });
  });
});

describe('frames that must not move anything', () => {
  const frames = {
    'of another session': (rig: Rig) => frame(UID, TYPE.process, 100, SESSION + 1, command(rig)),
    'of session 0': (rig: Rig) => frame(UID, TYPE.process, 100, 0, command(rig)),
    'for another board': (rig: Rig) =>
      frame(Buffer.from('c3e1da0000000002', 'hex'), TYPE.process, 100, SESSION, command(rig)),
    'with the sequence number of the last one': (rig: Rig) => frame(UID, TYPE.process, rig.seq, SESSION, command(rig)),
    'older than the last one': (rig: Rig) => frame(UID, TYPE.process, rig.seq - 1, SESSION, command(rig)),
    'older across the wrap': (rig: Rig) => frame(UID, TYPE.process, 65_535, SESSION, command(rig)),
    'valid for longer than a second': (rig: Rig) => rig.processFrame(OUT, { notAfterUs: rig.board.timeUs + 1_000_001 }),
    'of an executed cycle': (rig: Rig) => rig.processFrame(OUT, { cycle: 1 }),
    'cut short': (rig: Rig) => rig.processFrame(OUT).subarray(4),
    'without its last bytes': (rig: Rig) => Buffer.concat([rig.processFrame(OUT).subarray(0, -3), Buffer.of(0)]),
  };
  const OUT = benchOutputs(1, 2000, 2000);

  function command(rig: Rig): Buffer {
    return Buffer.concat([bytesOf([50, 4], [rig.board.timeUs + 20_000, 4], [1, 1]), OUT]);
  }

  it.each(Object.entries(frames))('a frame %s is counted and not executed', (_, build) => {
    const rig = new Rig().configure();
    rig.process(benchOutputs(0, 1000, 1000), { cycle: 1 });
    rig.take();
    const before = rig.changes.length;
    rig.raw(build(rig));
    const image = rig.image();
    expect(rig.changes.slice(before)).toEqual([]);
    expect([image.receiptCycle, image.badFrames]).toEqual([1, 1]);
  });

  it('[M7] a late frame is counted and not executed', () => {
    const rig = new Rig().configure();
    const late = rig.processFrame(OUT, { notAfterUs: rig.board.timeUs + 4_999 });
    rig.run(5_000);
    const before = rig.changes.length;
    rig.raw(late);
    expect(rig.changes.slice(before)).toEqual([]);
    expect(rig.image()).toMatchObject({ state: STATE.stopped, receiptCycle: 0, lateFrames: 1 });
  });

  it('a frame at the last moment of its validity is executed', () => {
    const rig = new Rig().configure();
    const timely = rig.processFrame(OUT, { notAfterUs: rig.board.timeUs + 5_000 });
    rig.run(5_000);
    rig.raw(timely);
    expect(rig.board.pin(4).level).toBe(1);
  });

  it.each([
    ['a servo width of 499', benchOutputs(1, 499, 0), REASON.value],
    ['a servo width of 2501', benchOutputs(1, 0, 2501), REASON.value],
    ['an image too short', benchOutputs(1, 0, 0).subarray(1), REASON.length],
    ['an image too long', Buffer.concat([benchOutputs(1, 0, 0), Buffer.of(0)]), REASON.length],
  ])('refuses %s', (_, outputs, reason) => {
    const rig = new Rig().configure();
    rig.process(outputs);
    expect(rig.takeOf(TYPE.refused).map(({ payload }) => [...payload])).toEqual([[TYPE.process, reason]]);
    expect(rig.board.pin(4).level).toBe(0);
  });

  it('refuses a type it does not know', () => {
    const rig = new Rig().configure();
    rig.send(0x7e);
    expect(rig.takeOf(TYPE.refused).map(({ payload }) => [...payload])).toEqual([[0x7e, REASON.type]]);
  });
});
