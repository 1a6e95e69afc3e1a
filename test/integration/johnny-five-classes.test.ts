// Johnny-Five's own classes, unmodified, over the stream: what they send, and what they make of what they receive.
import { describe, expect, it } from 'vitest';
import { createRig } from '../support/johnny-five-rig.ts';

describe('a Johnny-Five board over the stream lane', () => {
  it('is ready within 100 ms of the session without having been asked twice', () => {
    const rig = createRig();
    expect(rig.sessions).toEqual({ ready: 1, lost: 0 });
    const requests = rig.firmata.writes.map(({ bytes }) => (bytes[0] === 0xf0 ? bytes[1] : bytes[0]));
    expect(requests).toEqual([0xf9, 0x79, 0x6b, 0x69]);
    expect(rig.log).toEqual([]);
  });

  it('drives a pin with five.Relay, which declares it an output first', () => {
    const rig = createRig();
    const before = rig.firmata.writes.length;
    const relay = new (rig.five().Relay)({ board: rig.board(), pin: 7 });
    relay.close();
    rig.clock.advanceSync(5);
    expect(rig.firmata.writes.slice(before).map(({ bytes }) => bytes)).toEqual([
      [0xf4, 7, 1],
      [0x90, 0, 1],
    ]);
    expect(rig.firmata.pin(7)).toMatchObject({ mode: 1, value: 1 });
    relay.open();
    rig.clock.advanceSync(5);
    expect(rig.firmata.pin(7).value).toBe(0);
  });

  it('drives an analog pin by its name with five.Relay', () => {
    const rig = createRig();
    new (rig.five().Relay)({ board: rig.board(), pin: 'A2' }).close();
    rig.clock.advanceSync(5);
    expect(rig.firmata.pin(16)).toMatchObject({ mode: 1, value: 1 });
  });

  it('dims and blinks with five.Led', () => {
    const rig = createRig();
    const { Led } = rig.five();
    new Led({ board: rig.board(), pin: 9 }).brightness(100);
    const blinking = new Led({ board: rig.board(), pin: 4 });
    blinking.blink(50);
    rig.clock.advanceSync(60);
    expect(rig.firmata.pin(9)).toMatchObject({ mode: 3, value: 100 });
    expect(rig.firmata.pin(4).value).toBe(1);
    rig.clock.advanceSync(50);
    expect(rig.firmata.pin(4).value).toBe(0);
  });

  it.each([
    [0, 600],
    [45, 1050],
    [90, 1500],
    [180, 2400],
  ])('moves a five.Servo to %i degrees by a pulse of %i µs', (degrees, pulseUs) => {
    const rig = createRig();
    new (rig.five().Servo)({ board: rig.board(), pin: 9 }).to(degrees);
    rig.clock.advanceSync(5);
    expect(rig.firmata.pin(9)).toMatchObject({ mode: 4, value: pulseUs });
  });

  it('moves a five.Servo over time in virtual time', () => {
    const rig = createRig();
    let completed = 0;
    const servo = new (rig.five().Servo)({ board: rig.board(), pin: 9, startAt: 0 });
    servo.on('move:complete', () => {
      completed += 1;
    });
    servo.to(90, 500);
    rig.clock.advanceSync(250);
    expect(rig.firmata.pin(9).value).toBeGreaterThan(900);
    expect(rig.firmata.pin(9).value).toBeLessThan(1200);
    rig.clock.advanceSync(300);
    expect(rig.firmata.pin(9).value).toBe(1500);
    expect(completed).toBe(1);
  });

  it('reads analog reports with five.Sensor', () => {
    const rig = createRig();
    const values: unknown[] = [];
    rig.firmata.analog.set(3, 512);
    const sensor = new (rig.five().Sensor)({ board: rig.board(), pin: 'A3', freq: 50 });
    sensor.on('data', (value) => values.push(value));
    rig.clock.advanceSync(160);
    rig.firmata.analog.set(3, 819);
    rig.clock.advanceSync(100);
    expect(values).toEqual([512, 512, 512, 819, 819]);
  });

  it('reads degrees Celsius with five.Thermometer', () => {
    const rig = createRig();
    const values: number[] = [];
    rig.firmata.analog.set(1, 153);
    const thermometer = new (rig.five().Thermometer)({ board: rig.board(), pin: 'A1', controller: 'TMP36', freq: 100 });
    thermometer.on('data', () => values.push(thermometer.celsius));
    rig.clock.advanceSync(250);
    expect(values).toEqual([25, 25]);
  });

  it('tells a press from a hold with five.Button', () => {
    const rig = createRig();
    const events: string[] = [];
    const button = new (rig.five().Button)({ board: rig.board(), pin: 8, holdtime: 200 });
    for (const name of ['press', 'release'] as const) button.on(name, () => events.push(name));
    button.on('hold', () => events.push('hold'));
    rig.firmata.setLevel(8, 1);
    rig.clock.advanceSync(250);
    rig.firmata.setLevel(8, 0);
    rig.clock.advanceSync(250);
    expect(events).toEqual(['press', 'hold', 'release']);
  });

  it('switches the pull-up of a five.Button on, and reads it inverted', () => {
    const rig = createRig();
    let presses = 0;
    rig.firmata.level.set(8, 1);
    const button = new (rig.five().Button)({ board: rig.board(), pin: 8, isPullup: true });
    button.on('press', () => {
      presses += 1;
    });
    rig.clock.advanceSync(50);
    expect(rig.firmata.pin(8).mode).toBe(0x0b);
    expect(presses).toBe(0);
    rig.firmata.setLevel(8, 0);
    rig.clock.advanceSync(50);
    expect(presses).toBe(1);
  });

  it('passes on what the board says in words', () => {
    const rig = createRig();
    const text = Array.from('pin 9 is taken', (character) => [character.charCodeAt(0), 0]).flat();
    rig.firmata.send(0xf0, 0x71, ...text, 0xf7);
    rig.clock.advanceSync(5);
    expect(rig.log).toEqual([{ level: 'warn', text: 'the board says: pin 9 is taken' }]);
  });

  it('does not hold up the caller while a character display waits, but hands the wait on to the bytes', () => {
    const rig = createRig();
    const before = rig.firmata.writes.length;
    const startedAt = rig.clock.now();
    const lcd = new (rig.five().LCD)({ board: rig.board(), pins: [2, 3, 4, 5, 6, 7], rows: 2, cols: 16 });
    lcd.print('ok');
    expect(rig.clock.now()).toBe(startedAt);
    rig.clock.advanceSync(200);
    const sent = rig.firmata.writes.slice(before);
    expect(sent.length).toBeGreaterThan(50);
    // Twice 4 ms to choose the 4-bit interface, 2 ms to clear (HD44780 data sheet, figure 24 and table 6).
    expect((sent.at(-1)?.at ?? 0) - startedAt).toBeGreaterThan(10);
  });

  it('plays a tone with five.Piezo without going in circles at one instant', () => {
    const rig = createRig();
    new (rig.five().Piezo)({ board: rig.board(), pin: 3 }).frequency(200, 100);
    rig.clock.advanceSync(150);
    const toggles = rig.firmata.writes.filter(({ bytes }) => bytes[0] === 0x90).length;
    expect(toggles).toBeGreaterThan(30);
    expect(toggles).toBeLessThan(110);
  });
});

describe('a run of Johnny-Five in virtual time', () => {
  function run(): readonly unknown[] {
    const rig = createRig();
    const { Led, Sensor, Servo, Thermometer } = rig.five();
    const board = rig.board();
    const seen: unknown[] = [];
    new Led({ board, pin: 4 }).blink(30);
    new Servo({ board, pin: 10 }).sweep({ range: [20, 160], interval: 400 });
    new Sensor({ board, pin: 'A0' }).on('data', (value) => seen.push([rig.clock.now(), 'sensor', value]));
    new Thermometer({ board, pin: 'A1', controller: 'LM35', freq: 70 }).on('data', (data) =>
      seen.push([rig.clock.now(), data]),
    );
    for (let step = 0; step < 20; step += 1) {
      rig.firmata.analog.set(0, (step * 37) % 1024);
      rig.firmata.analog.set(1, 40 + step);
      rig.clock.advanceSync(83);
    }
    return [...seen, ...rig.firmata.writes, board.id];
  }

  it('is the same twice, to the byte and the millisecond', () => {
    const first = run();
    expect(first.length).toBeGreaterThan(200);
    expect(run()).toEqual(first);
  });
});
