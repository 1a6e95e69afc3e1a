// What Johnny-Five does to a process that is not contained: listeners of signals, chatter, exits, state of modules that
// is shared by all boards, boards that stay dead after a lost link. Here: none of it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createModuleScope } from '../../firmware-bridge/johnny-five/scoped-modules.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { createRig, HANDSHAKE_MS, type LogLine } from '../support/johnny-five-rig.ts';

type Loose = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

function createScope() {
  const clock = new VirtualClock();
  const log: LogLine[] = [];
  return { clock, log, scope: createModuleScope(clock, (level, text) => log.push({ level, text })) };
}

describe('the process around Johnny-Five', () => {
  const prints: unknown[] = [];

  beforeEach(() => {
    prints.length = 0;
    const take = (...args: readonly unknown[]): boolean => prints.push(args) > 0;
    for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, name).mockImplementation(take);
    vi.spyOn(process.stdout, 'write').mockImplementation(take);
    vi.spyOn(process.stderr, 'write').mockImplementation(take);
    vi.spyOn(process, 'emitWarning').mockImplementation(take);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('gets no listeners of signals and no prints from a board with many components', () => {
    const before = process.eventNames().map((name) => [name, process.listenerCount(name)]);
    const rig = createRig();
    const { Relay, Sensor, Servo } = rig.five();
    const board = rig.board();
    for (let pin = 2; pin <= 13; pin += 1) new Relay({ board, pin }).close();
    for (let count = 0; count < 15; count += 1) new Sensor({ board, pin: 'A0' });
    for (let count = 0; count < 15; count += 1) board.on('close', () => undefined);
    const servo = new Servo({ board, pin: 9 });
    // Deprecated and so not among its types: one of the methods that print.
    (servo as unknown as Loose)['move']?.(90, 100);
    rig.clock.advanceSync(500);
    rig.firmata.disconnect();
    rig.close();
    expect(process.eventNames().map((name) => [name, process.listenerCount(name)])).toEqual(before);
    expect(prints).toEqual([]);
    expect(rig.log).toEqual([{ level: 'warn', text: 'Servo.prototype.move has been renamed to Servo.prototype.to' }]);
  });

  it('neither ends on request of a module nor hears its chatter, even from a board with all defaults', () => {
    const { clock, log, scope } = createScope();
    const before = process.listenerCount('SIGINT');
    const { Board } = scope.require('johnny-five') as { Board: new (options: object) => Loose };
    const io = Object.assign(new (scope.require('johnny-five/lib/mixins/emitter') as new () => object)(), {
      isReady: true,
      name: 'Other',
      pins: [],
      MODES: {},
    });
    new Board({ io, repl: false });
    clock.advanceSync(50);
    expect(process.listenerCount('SIGINT')).toBe(before);
    expect(prints).toEqual([]);
    expect(log.map(({ text }) => text).join('\n')).toContain('Connected');
  });

  it('logs the failure of a component and keeps the others running', () => {
    const rig = createRig();
    const { Sensor } = rig.five();
    const values: unknown[] = [];
    new Sensor({ board: rig.board(), pin: 'A0', freq: 20 }).on('data', () => {
      throw new Error('a listener failed');
    });
    new Sensor({ board: rig.board(), pin: 'A1', freq: 20 }).on('data', (value) => values.push(value));
    rig.clock.advanceSync(50);
    expect(values).toHaveLength(2);
    expect(rig.log).toContainEqual({ level: 'error', text: 'a catalogue device failed: a listener failed' });
    expect(prints).toEqual([]);
  });
});

describe('a message of the board that firmata-io cannot take', () => {
  it('is logged, and the next one is understood', () => {
    const rig = createRig();
    const values: unknown[] = [];
    new (rig.five().Sensor)({ board: rig.board(), pin: 'A0', freq: 20 }).on('change', () =>
      values.push(rig.clock.now()),
    );
    rig.clock.advanceSync(50);
    values.length = 0;
    // The state of a pin that the board does not have.
    rig.firmata.send(0xf0, 0x6e, 99, 1, 1, 0xf7);
    rig.firmata.analog.set(0, 500);
    rig.clock.advanceSync(50);
    expect(rig.log.map(({ level }) => level)).toEqual(['error']);
    expect(rig.log[0]?.text).toContain('a catalogue device failed');
    expect(values).toHaveLength(1);
  });
});

describe('a module scope', () => {
  it.each([
    'serialport',
    'firmata',
    'browser-serialport',
    'child_process',
    'node:fs',
    'fs',
    'net',
    '@serialport/stream',
  ])('refuses require(%j)', (request) => {
    const { scope } = createScope();
    expect(() => scope.require(request)).toThrow(`require('${request}') is refused`);
  });

  it('refuses a board that would look for a serial port by itself', () => {
    const { clock, log, scope } = createScope();
    const { Board } = scope.require('johnny-five') as { Board: new (options: object) => Loose };
    expect(() => new Board({ repl: false, debug: false })).toThrow("require('serialport') is refused");
    clock.advanceSync(1000);
    expect(log).toEqual([]);
  });

  it('shares no module state with another scope', () => {
    const first = createScope();
    const second = createScope();
    expect(first.scope.require('johnny-five')).toBe(first.scope.require('johnny-five'));
    expect(first.scope.require('johnny-five')).not.toBe(second.scope.require('johnny-five'));
  });

  it('runs nothing after its end', () => {
    const { clock, scope } = createScope();
    const ran: string[] = [];
    scope.time.setTimeout(() => ran.push('timeout'), 10);
    scope.time.setInterval(() => ran.push('interval'), 10);
    scope.time.nextTick(() => ran.push('tick'));
    scope.dispose();
    scope.time.setImmediate(() => ran.push('immediate'));
    clock.advanceSync(100);
    expect(ran).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('two boards at once', () => {
  it('do not see each other, nor each other’s default board', () => {
    const one = createRig();
    const two = createRig();
    // No `board` given: Johnny-Five takes the first board that its module has ever seen.
    new (two.five().Relay)(7).close();
    new (one.five().Relay)(8).close();
    one.clock.advanceSync(5);
    two.clock.advanceSync(5);
    expect([one.firmata.pin(7).value, one.firmata.pin(8).value]).toEqual([0, 1]);
    expect([two.firmata.pin(7).value, two.firmata.pin(8).value]).toEqual([1, 0]);
  });
});

describe('a lost link', () => {
  it('ends the board and its components, and the next session brings new ones', () => {
    const rig = createRig();
    const ticks: number[] = [];
    const dead = rig.board();
    new (rig.five().Sensor)({ board: dead, pin: 'A0', freq: 10 }).on('data', () => ticks.push(rig.clock.now()));
    rig.clock.advanceSync(50);
    rig.firmata.disconnect();
    expect(rig.sessions).toEqual({ ready: 1, lost: 1 });
    const seen = ticks.length;
    rig.clock.advanceSync(1000);
    expect(ticks.length).toBe(seen);
    rig.firmata.connect();
    rig.clock.advanceSync(HANDSHAKE_MS);
    expect(rig.sessions).toEqual({ ready: 2, lost: 1 });
    expect(rig.board()).not.toBe(dead);
    new (rig.five().Relay)({ board: rig.board(), pin: 7 }).close();
    rig.clock.advanceSync(5);
    expect(rig.firmata.pin(7).value).toBe(1);
  });

  it('in the middle of the handshake leaves nothing behind', () => {
    const rig = createRig({ isConnected: false });
    rig.firmata.connect();
    rig.clock.advanceSync(23);
    rig.firmata.disconnect();
    expect(rig.sessions).toEqual({ ready: 0, lost: 0 });
    rig.firmata.connect();
    rig.clock.advanceSync(HANDSHAKE_MS);
    expect(rig.sessions).toEqual({ ready: 1, lost: 0 });
  });

  it('is followed by a board that is asked anew when its answer does not come', () => {
    const rig = createRig({ isConnected: false });
    rig.firmata.answers = false;
    rig.firmata.connect();
    rig.clock.advanceSync(4900);
    expect(rig.log).toEqual([]);
    rig.firmata.answers = true;
    rig.clock.advanceSync(300);
    expect(rig.sessions.ready).toBe(1);
    expect(rig.log).toHaveLength(1);
    expect(rig.log[0]).toMatchObject({ level: 'warn' });
  });

  it('twenty times leaves no timer of an earlier session behind', () => {
    const rig = createRig();
    for (let session = 0; session < 20; session += 1) {
      rig.firmata.disconnect();
      rig.firmata.connect();
      rig.clock.advanceSync(HANDSHAKE_MS);
      new (rig.five().Sensor)({ board: rig.board(), pin: 'A0' });
    }
    rig.close();
    rig.firmata.disconnect();
    // What the in-memory board had on its way.
    rig.clock.advanceSync(2);
    expect(rig.clock.pending).toBe(0);
    expect(rig.sessions).toEqual({ ready: 21, lost: 21 });
  });
});
