// The stream lane: Firmata messages for pins that the process data does not own, in order, below everything else.
import { describe, expect, it } from 'vitest';
import { BENCH, benchOutputs, Rig, STATE, TYPE } from '../support/firmware-rig.ts';

const MODE = { input: 0, output: 1, analog: 2, pwm: 3, servo: 4, pullUp: 0x0b, ignore: 0x7f };

/** Text of every STRING_DATA message. */
function complaints(bytes: readonly number[]): readonly string[] {
  return [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/\xf0\x71([^\xf7]*)\xf7/g),
  ].map(([, body = '']) => body.replaceAll('\0', ''));
}

function sysex(bytes: readonly number[], command: number): readonly number[] | undefined {
  const start = bytes.findIndex((byte, at) => byte === 0xf0 && bytes[at + 1] === command);
  return start < 0 ? undefined : bytes.slice(start + 2, bytes.indexOf(0xf7, start));
}

describe('Firmata queries', () => {
  it('name protocol 2.6 and the firmware', () => {
    const rig = new Rig().configure();
    expect(rig.firmata(0xf9)).toEqual([0xf9, 2, 6]);
    const firmware = sysex(rig.firmata(0xf0, 0x79, 0xf7), 0x79) ?? [];
    expect(firmware.slice(0, 2)).toEqual([0, 1]);
    expect(String.fromCharCode(...firmware.slice(2).filter((_, at) => at % 2 === 0))).toBe('Celda');
  });

  it('list what the free pins can do and nothing for the claimed ones', () => {
    const rig = new Rig().configure();
    const answer = [...rig.firmata(0xf0, 0x6b, 0xf7), ...rig.listen(20_000)];
    const pins = (sysex(answer, 0x6c) ?? [])
      .join(',')
      .split(/(?:^|,)127/)
      .map((list) => list.replace(/^,/, ''));
    expect(pins).toHaveLength(21);
    const free = '0,1,1,1,11,1';
    expect(pins[3]).toBe(`${free},3,8,4,14,7,1,14,14`);
    expect(pins[15]).toBe(`${free},2,10,4,14,7,1`);
    expect(pins[19]).toBe(`${free},2,10,4,14,6,1,7,1`);
    expect([0, 1, ...BENCH.map(({ pin }) => pin)].map((pin) => pins[pin])).toEqual(Array.from({ length: 7 }, () => ''));
  });

  it('map the analog channels', () => {
    const answer = new Rig().configure().firmata(0xf0, 0x69, 0xf7);
    expect(sysex(answer, 0x6a)).toEqual([...Array.from({ length: 14 }, () => 127), 0, 1, 2, 3, 4, 5]);
  });

  it('tell the mode and value of a pin', () => {
    const rig = new Rig().configure();
    rig.firmata(0xf4, 5, MODE.pwm, 0xe5, 0x48, 1);
    expect(sysex(rig.firmata(0xf0, 0x6d, 5, 0xf7), 0x6e)).toEqual([5, MODE.pwm, 0x48, 1]);
    expect(sysex(rig.firmata(0xf0, 0x6d, 4, 0xf7), 0x6e)).toEqual([4, MODE.ignore, 0, 0]);
  });
});

describe('Firmata writes', () => {
  it('set a pin, a port, a duty and a servo', () => {
    const rig = new Rig().configure();
    rig.firmata(0xf4, 13, MODE.output, 0xf4, 12, MODE.output, 0xf5, 13, 1);
    expect([rig.board.pin(12), rig.board.pin(13)]).toMatchObject([{ level: 0 }, { mode: 'output', level: 1 }]);
    rig.firmata(0x91, 0x10, 0);
    expect([rig.board.pin(12).level, rig.board.pin(13).level]).toEqual([1, 0]);
    rig.firmata(0xf4, 11, MODE.pwm, 0xeb, 0x7f, 1);
    expect(rig.board.pin(11)).toMatchObject({ mode: 'pwm', dutyPercent: 100 });
    rig.firmata(0xf0, 0x70, 7, 0x58, 0x04, 0x60, 0x12, 0xf7, 0xe7, 90, 0);
    expect(rig.board.pin(7)).toMatchObject({ mode: 'servo', pulseUs: 1500 });
    rig.firmata(0xf0, 0x6f, 7, 0x50, 0x0f, 0xf7);
    expect(rig.board.pin(7).pulseUs).toBe(2000);
  });

  it('are split over frames as the host likes', () => {
    const rig = new Rig().configure();
    for (const byte of [0xf4, 13, MODE.output, 0xf5, 13, 1]) rig.firmata(byte);
    expect(rig.board.pin(13)).toMatchObject({ mode: 'output', level: 1 });
  });

  it('to a pin of the process data are ignored and answered', () => {
    const rig = new Rig().configure();
    rig.process(benchOutputs(1, 1200, 1700));
    const before = rig.changes.length;
    const said = [
      ...rig.firmata(0xf4, 4, MODE.output),
      ...rig.firmata(0xf5, 4, 0),
      ...rig.firmata(0xe9, 0, 1),
      ...rig.firmata(0xf0, 0x70, 10, 0, 8, 0, 16, 0xf7),
      ...rig.firmata(0x90, 0x10, 0),
      ...rig.firmata(0xc0, 1),
    ];
    expect(complaints(said)).toEqual([4, 4, 9, 10, 4, 14].map((pin) => `pin ${pin} belongs to the process data`));
    expect(rig.changes.slice(before)).toEqual([]);
  });

  it('that a pin cannot do are answered', () => {
    const rig = new Rig().configure();
    expect(complaints(rig.firmata(0xf4, 7, MODE.pwm))).toEqual(['pin 7 cannot do this']);
    expect(complaints(rig.firmata(0xf4, 1, MODE.output))).toEqual(['pin 1 cannot do this']);
    expect(complaints(rig.firmata(0xf4, 99, MODE.output))).toEqual(['pin 99 cannot do this']);
  });

  it('stay as they are when the process data trips', () => {
    const rig = new Rig().configure();
    rig.firmata(0xf4, 13, MODE.output, 0xf5, 13, 1);
    rig.process(benchOutputs(1, 1200, 1700));
    rig.run(200_000);
    expect(rig.image().state).toBe(STATE.tripped);
    expect(rig.board.pin(13).level).toBe(1);
    rig.firmata(0xf5, 13, 0);
    expect(rig.board.pin(13).level).toBe(0);
  });

  it('end with the session: its pins become high-impedance', () => {
    const rig = new Rig().configure();
    rig.firmata(0xf4, 13, MODE.output, 0xf5, 13, 1);
    rig.open(7);
    expect(rig.board.pin(13).mode).toBe('high-impedance');
  });
});

describe('Firmata reports', () => {
  it('send an analog channel at the sampling interval', () => {
    const rig = new Rig().configure();
    rig.counts.set(1, 700);
    rig.firmata(0xf4, 15, MODE.analog, 0xf0, 0x7a, 50, 0, 0xf7, 0xc1, 1);
    rig.listen(50_000);
    expect(rig.listen(200_000)).toEqual(Array.from({ length: 4 }, () => [0xe1, 700 & 0x7f, 700 >> 7]).flat());
    rig.firmata(0xc1, 0);
    expect(rig.listen(200_000)).toEqual([]);
  });

  it('send a port when one of its inputs has changed', () => {
    const rig = new Rig().configure();
    rig.levels.set(12, 1);
    expect(rig.firmata(0xf4, 12, MODE.pullUp, 0xd1, 1)).toEqual([0x91, 0x10, 0]);
    expect(rig.listen(50_000)).toEqual([]);
    rig.levels.set(12, 0);
    expect(rig.listen(5_000)).toEqual([0x91, 0, 0]);
  });
});

describe('the lane', () => {
  it('[S20] drops a frame out of order and repeats the acknowledgement', () => {
    const rig = new Rig().configure();
    rig.send(TYPE.stream, Buffer.of(1, 0xf4, 13, MODE.output));
    rig.send(TYPE.stream, Buffer.of(0, 0xf4, 12, MODE.output));
    rig.send(TYPE.stream, Buffer.of(0, 0xf4, 11, MODE.output));
    expect(rig.takeOf(TYPE.streamAckOut).map(({ payload }) => payload.readUInt8(0))).toEqual([0, 1, 1]);
    expect([11, 12, 13].map((pin) => rig.board.pin(pin).mode)).toEqual(['high-impedance', 'output', 'high-impedance']);
  });

  it('repeats a frame that is not acknowledged and sends nothing behind it', () => {
    const rig = new Rig().configure();
    rig.send(TYPE.stream, Buffer.of(0, 0xf9));
    rig.send(TYPE.stream, Buffer.of(1, 0xf9));
    rig.run(150_000);
    const sent = rig.takeOf(TYPE.streamOut).map(({ payload }) => [...payload]);
    expect(sent).toEqual([sent[0], sent[0], sent[0]]);
    expect(sent[0]).toEqual([0, 0xf9, 2, 6]);
    rig.send(TYPE.streamAck, Buffer.of(1));
    rig.run(1_000);
    expect(rig.takeOf(TYPE.streamOut).map(({ payload }) => [...payload])).toEqual([[1, 0xf9, 2, 6]]);
  });

  it('is refused before the configuration is in force', () => {
    const rig = new Rig();
    rig.open();
    rig.take();
    rig.send(TYPE.stream, Buffer.of(0, 0xf4, 13, MODE.output));
    expect(rig.takeOf(TYPE.refused).map(({ payload }) => [...payload])).toEqual([[TYPE.stream, 3]]);
    expect(rig.board.pin(13).mode).toBe('high-impedance');
  });

  it('begins anew with each session, also with one that has the number of the last: no pin of the process data is let go of', () => {
    const rig = new Rig().configure();
    rig.firmata(0xf4, 13, MODE.output);
    rig.process(benchOutputs(0, 0, 0));
    rig.configure([...BENCH, { output: true, pin: 13, flags: 1, value: 1 }]);
    expect(sysex(rig.firmata(0xf0, 0x6d, 13, 0xf7), 0x6e)).toEqual([13, MODE.ignore, 0, 0]);
    rig.process(benchOutputs(0, 0, 0));
    rig.open();
    expect(rig.board.pin(13)).toMatchObject({ mode: 'output', level: 1 });
  });

  it('goes behind answers and images', () => {
    const rig = new Rig().configure();
    rig.raw(
      Buffer.concat([
        rig.frame(TYPE.stream, Buffer.of(0, 0xf9)),
        rig.processFrame(benchOutputs(0, 0, 0)),
        Buffer.of(0),
      ]),
    );
    rig.run(20_000);
    const types = rig.take().map(({ type }) => type);
    expect(types.indexOf(TYPE.image)).toBeLessThan(types.indexOf(TYPE.streamOut));
  });
});
