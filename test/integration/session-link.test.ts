// A session over a line in memory against a scripted board, all in virtual time.
import { describe, expect, it } from 'vitest';
import { WIRE_VERSION } from '../../firmware-bridge/wire/codes.ts';
import { configHash, configRecords } from '../../firmware-bridge/wire/config-records.ts';
import { ScriptedBoard } from '../support/scripted-board.ts';
import { SessionBench, testRandom } from '../support/session-bench.ts';
import { digitalInput, samplePlan, UID_TEXT } from '../support/wire-samples.ts';

describe('connecting', () => {
  it('ends in stopped with the first image, after the whole configuration was acknowledged', () => {
    const bench = new SessionBench().connect();
    expect(bench.links).toEqual(['connecting', 'stopped']);
    const stoppedAt = bench.events.findIndex(({ event }) => event.kind === 'link' && event.state === 'stopped');
    expect(bench.events[stoppedAt + 1]?.event.kind).toBe('image');
    expect(bench.board.state).toBe('stopped');
    expect(bench.met).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
    const records = configRecords(bench.plan);
    expect(bench.board.taken.flatMap((message) => (message.kind === 'config' ? [message.record] : []))).toEqual(
      records,
    );
    expect(bench.board.taken.find((message) => message.kind === 'commit')).toEqual({
      kind: 'commit',
      leaseMs: 100,
      count: 6,
      configHash: configHash(100, records),
    });
  });

  it('says nothing before it is subscribed to, and leaves nothing behind after the end', () => {
    const bench = new SessionBench();
    bench.clock.advance(1000);
    expect(bench.board.taken).toEqual([]);
    const idle = bench.clock.pending;
    bench.connect();
    bench.subscription?.unsubscribe();
    // Not at a multiple of 10 ms, when an image of the board is on the line.
    bench.clock.advance(1005);
    expect(bench.clock.pending).toBe(idle);
    expect(bench.board.tripCause).toBe('closed');
  });

  it('can be subscribed to again after the end, and not twice at a time', () => {
    const bench = new SessionBench().connect();
    const errors: unknown[] = [];
    bench.session.port.events$.subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(TypeError)]);
    bench.subscription?.unsubscribe();
    bench.clock.advance(100);
    bench.connect();
    expect(bench.link?.state).toBe('stopped');
  });

  it('asks for HELLO every 250 ms and reports a silent port as 1005 after 2 s, once, without giving up', () => {
    const bench = new SessionBench();
    bench.board.isMute = true;
    bench.start();
    bench.clock.advance(1990);
    expect(bench.links).toEqual(['connecting']);
    bench.clock.advance(500);
    expect(bench.link).toEqual({ kind: 'link', state: 'down', cause: { code: 1005, detail: { board: 'main' } } });
    bench.clock.advance(30_000);
    expect(bench.links).toEqual(['connecting', 'down']);
    bench.board.isMute = false;
    bench.clock.advance(3000);
    expect(bench.links).toEqual(['connecting', 'down', 'connecting', 'stopped']);
  });

  it('reports a port that speaks something else as 1004', () => {
    const bench = new SessionBench();
    bench.board.isMute = true;
    bench.start();
    for (let second = 0; second < 3; second += 1) {
      bench.line.board.write(Uint8Array.of(0xf0, 0x79, 2, 3, 0xf7, 0));
      bench.clock.advance(1000);
    }
    expect(bench.link?.cause?.code).toBe(1004);
  });

  it.each([
    ['[S14]', 'uid', { uid: '00000000000000aa' }, { uid: '1e95a1b2c3d4e5f6' }, '1e95a1b2c3d4e5f6', '00000000000000aa'],
    ['[M4]', 'kind', { boardKind: '#9' }, {}, 'uno', '#9'],
    [
      '[M4]',
      'wireVersion',
      { wireVersion: WIRE_VERSION + 1 },
      { port: '/dev/ttyACM3' },
      WIRE_VERSION,
      WIRE_VERSION + 1,
    ],
    ['[M4]', 'wireVersion', { wireVersion: 0 }, { port: '/dev/ttyACM3' }, WIRE_VERSION, 0],
    ['[M4]', 'inputs', { inputSlotsMax: 2 }, {}, 3, 2],
    ['[M4]', 'outputs', { outputSlotsMax: 1 }, {}, 3, 1],
  ])('%s refuses a board of another %s, and keeps refusing', (_row, what, ident, model, expected, found) => {
    const bench = new SessionBench({ board: { ident }, model }).start();
    bench.clock.advance(10_000);
    expect(bench.links).toEqual(['connecting', 'down']);
    const mends = what === 'wireVersion' ? { remedy: 'celda flash /dev/ttyACM3' } : {};
    expect(bench.link?.cause).toEqual({ code: 1003, detail: { board: 'main', what, expected, found, ...mends } });
    expect(bench.met).toEqual([]);
    expect(bench.board.countTaken('open')).toBe(0);
    expect(bench.board.countTaken('hello')).toBeLessThan(8);
    expect(bench.board.countTaken('hello')).toBeGreaterThan(3);
  });

  it('[S14] says once that a board whose plan names no UID was replaced by another of its kind, then takes it', () => {
    const bench = new SessionBench().connect();
    bench.line.unplug();
    bench.clock.advance(300);
    expect(bench.link?.cause?.code).toBe(1006);
    bench.board.reboot();
    const uid = '00000000000000aa';
    new ScriptedBoard({ plan: bench.plan, clock: bench.clock, line: bench.line.board, ident: { uid } });
    bench.line.restore();
    bench.clock.advance(9000);
    const causes = bench.events.flatMap(({ event }) => (event.kind === 'link' ? [event.cause] : []));
    expect(causes.filter((cause) => cause?.code === 1003)).toEqual([
      { code: 1003, detail: { board: 'main', what: 'exchanged', expected: UID_TEXT, found: uid } },
    ]);
    expect(bench.link).toEqual({ kind: 'link', state: 'stopped', cause: undefined });
    bench.line.unplug();
    bench.clock.advance(300);
    bench.line.restore();
    bench.clock.advance(9000);
    expect(bench.links.slice(-3)).toEqual(['down', 'connecting', 'stopped']);
  });

  it('refuses a board with a pin that cannot do what the plan asks', () => {
    const plan = samplePlan();
    const analogOnDigital = { ...plan, inputs: [...plan.inputs, { ...digitalInput('x', 5), kind: 'analog' as const }] };
    const bench = new SessionBench({ plan: analogOnDigital }).start();
    bench.clock.advance(9000);
    expect(bench.links).toEqual(['connecting', 'down']);
    expect(bench.link?.cause).toEqual({
      code: 1003,
      detail: {
        board: 'main',
        what: 'pin',
        pin: 5,
        device: 'x',
        expected: 'analog',
        found: 'digitalIn,digitalOut,pwm,servo',
      },
    });
  });

  it('starts over at once when the board refuses OPEN because it has rebooted since it was asked', () => {
    const bench = new SessionBench().start();
    while (bench.board.countTaken('get-pins') < 2) bench.clock.advance(0.5);
    bench.board.challenge += 1;
    const refusedAt = bench.clock.now();
    bench.clock.advance(300);
    expect(bench.linkAt('stopped') - refusedAt).toBeLessThan(250);
    expect(bench.board.countTaken('hello')).toBe(2);
  });

  it('works for a board that has no process data at all', () => {
    const bench = new SessionBench({ plan: { ...samplePlan(), inputs: [], outputs: [] } }).connect();
    expect(bench.link?.state).toBe('stopped');
  });

  it('reports a port that cannot be opened as 1006 and tries again more and more seldom', () => {
    const bench = new SessionBench();
    bench.line.unplug();
    bench.start();
    bench.clock.advance(100);
    expect(bench.link).toEqual({
      kind: 'link',
      state: 'down',
      cause: { code: 1006, detail: { board: 'main', path: 'loopback', reason: 'unplugged' } },
    });
    bench.clock.advance(9900);
    expect(bench.session.stats().attempts).toBe(9);
    expect(bench.links).toEqual(['connecting', 'down']);
    bench.line.restore();
    bench.clock.advance(2500);
    expect(bench.link?.state).toBe('stopped');
  });
});

describe('commands', () => {
  it('arm the board, and the receipt shows in the next image', () => {
    const bench = new SessionBench().connect();
    bench.write();
    bench.clock.advance(10);
    expect(bench.links).toEqual(['connecting', 'stopped', 'armed']);
    expect(bench.lastImage?.image).toMatchObject({ receiptCycle: 1, armed: true, outputs: [1500, 1, 1200] });
    expect(bench.board.outputs).toEqual([1500, 1, 1200]);
  });

  it('[P3] renew the leases only when they are written: a controller that stops writing loses them', () => {
    const bench = new SessionBench().connect();
    bench.runCycles();
    bench.clock.advance(500);
    bench.endCycles();
    const lastWriteAt = bench.clock.now();
    bench.clock.advance(300);
    expect(bench.link).toEqual({
      kind: 'link',
      state: 'tripped',
      cause: { code: 1002, detail: { board: 'main', cause: 'lease' } },
    });
    expect(bench.linkAt('tripped') - lastWriteAt).toBeLessThan(120);
    expect(bench.lastImage?.image.armed).toBe(false);
  });

  it('are not sent before the link stands, while tripped, or with values that are not allowed', () => {
    const bench = new SessionBench();
    bench.write();
    bench.connect();
    bench.write({ outputs: [Number.NaN, 1, 1200] });
    bench.write({ outputs: [1500, 1] });
    bench.write({ outputs: [3000, 1, 1200] });
    bench.write({ cycle: 0 });
    bench.write({ cycle: 2 ** 53 });
    bench.clock.advance(50);
    expect(bench.board.countTaken('process')).toBe(0);
    expect(bench.session.stats()).toMatchObject({ commandsDropped: 1, commandsRefused: 5 });
    bench.board.trip('watchdog');
    bench.clock.advance(20);
    bench.write();
    bench.clock.advance(20);
    expect(bench.board.countTaken('process')).toBe(0);
    expect(bench.link?.cause?.detail).toEqual({ board: 'main', cause: 'watchdog' });
  });

  it('that disarm are preceded by a STOP frame in the same turn', () => {
    const bench = new SessionBench().connect();
    bench.runCycles();
    bench.clock.advance(45);
    bench.endCycles();
    bench.write({ arm: false });
    bench.clock.advance(10);
    expect(bench.board.taken.slice(-2).map((message) => message.kind)).toEqual(['stop', 'process']);
    expect(bench.link?.state).toBe('stopped');
    bench.write({ arm: false });
    bench.clock.advance(10);
    expect(bench.board.countTaken('stop')).toBe(1);
  });

  it('carry a validity that ends in board time at the configured age, never later', () => {
    const bench = new SessionBench({ model: { validityMs: 40 } }).connect();
    const boardNowUs = bench.board.timeUs();
    bench.write();
    bench.clock.advance(10);
    const process = bench.board.taken.find((message) => message.kind === 'process');
    const aheadUs = (process?.notAfterUs ?? 0) - boardNowUs;
    expect(aheadUs).toBeLessThanOrEqual(40_000);
    // Behind by the time of an image on the line, 31 bytes at 115,200 baud, and by what is not known of the board's rate yet.
    expect(aheadUs).toBeGreaterThan(34_000);
  });

  it('[S7] that arrive late are not executed, and later ones are', () => {
    let delayMs = 0;
    const bench = new SessionBench({
      model: { leaseMs: 300 },
      disturb: (direction, bytes) => [{ bytes, delayMs: direction === 'to-board' ? delayMs : 0 }],
    }).connect();
    bench.runCycles(10);
    bench.clock.advance(100);
    delayMs = 50;
    bench.clock.advance(60);
    delayMs = 0;
    bench.clock.advance(200);
    expect(bench.board.lateFrames).toBeGreaterThan(3);
    expect(bench.session.stats().lateFrames).toBe(bench.board.lateFrames);
    expect(bench.link?.state).toBe('armed');
  });

  it('[S21] have a validity that survives the wrap of the 32-bit board time, and image times that do not wrap', () => {
    const bench = new SessionBench({ board: { bootedAtUs: 2 ** 32 - 1_000_000 } }).connect();
    bench.runCycles(10);
    bench.clock.advance(2000);
    expect(bench.links).toEqual(['connecting', 'stopped', 'armed']);
    const times = bench.events.flatMap(({ event }) => (event.kind === 'image' ? [event.image.boardTimeUs] : []));
    expect(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))).toBe(true);
    expect(times.at(-1)).toBeGreaterThan(2 ** 32);
  });

  it('that come faster than the line are thinned out, and what goes is executed in time', () => {
    const bench = new SessionBench({ model: { validityMs: 60 } }).connect();
    bench.runCycles(1);
    bench.clock.advance(1000);
    const { commandsSkipped, lateFrames } = bench.session.stats();
    expect(commandsSkipped).toBeGreaterThan(500);
    expect(lateFrames).toBe(0);
    expect(bench.links).toEqual(['connecting', 'stopped', 'armed']);
    expect(bench.board.countTaken('process')).toBeGreaterThan(230);
    expect(bench.cycle - bench.board.lastCycle).toBeLessThan(12);
  });

  it('are measured: the round trip is the time of both frames on the line', () => {
    const bench = new SessionBench().connect();
    expect(bench.session.port.roundTripMs).toBe(0);
    bench.runCycles(20);
    bench.clock.advance(1000);
    // PROCESS 27 bytes and a leading zero, IMAGE 33 bytes: 61 bytes of ten bits at 115,200 baud.
    expect(bench.session.port.roundTripMs).toBeGreaterThan(4.5);
    expect(bench.session.port.roundTripMs).toBeLessThan(6.5);
  });
});

describe('images', () => {
  it('come every 15 ms without commands, an edge at once and in the turn in which its bytes arrive', () => {
    const bench = new SessionBench().connect();
    const before = bench.events.length;
    bench.clock.advance(150);
    expect(bench.events.length - before).toBe(10);
    bench.clock.advance(9);
    const at = bench.clock.now();
    bench.board.edge(0, 1);
    bench.clock.advance(4);
    const edge = bench.events.find(({ event }) => event.kind === 'edge');
    expect(edge?.event).toMatchObject({ kind: 'edge', image: { inputs: [1, 0, 0] } });
    expect((edge?.atMs ?? 0) - at).toBeLessThan(3.5);
  });

  it('let a subscriber answer an edge in the same turn', () => {
    const bench = new SessionBench();
    bench.start((event) => {
      if (event.kind === 'edge') bench.write({ arm: false });
    });
    bench.clock.advance(400);
    bench.runCycles();
    bench.clock.advance(35);
    bench.board.edge(0, 1);
    bench.clock.advance(9);
    expect(bench.board.countTaken('stop')).toBe(1);
    expect(bench.board.state).toBe('stopped');
  });
});

describe('a link that fails', () => {
  it('[S12] is noticed within 150 ms when the cable is cut, and comes back to stopped by itself', () => {
    const bench = new SessionBench().connect();
    bench.runCycles();
    bench.clock.advance(200);
    const cutAt = bench.clock.now();
    bench.line.cut();
    bench.clock.advance(1000);
    expect(bench.linkAt('down') - cutAt).toBeLessThanOrEqual(150);
    expect(bench.link?.cause).toEqual({ code: 1001, detail: { board: 'main', reason: 'silent' } });
    bench.endCycles();
    bench.line.restore();
    bench.clock.advance(3000);
    expect(bench.links).toEqual(['connecting', 'stopped', 'armed', 'down', 'connecting', 'stopped']);
    expect(bench.board.outputs).toEqual([0, 0, 0]);
    expect(bench.session.stats().sessionsOpened).toBe(2);
  });

  it('does not arm again by itself: the first command after the reconnection decides', () => {
    const bench = new SessionBench().connect();
    bench.runCycles();
    bench.clock.advance(200);
    bench.line.cut();
    bench.endCycles();
    bench.clock.advance(500);
    bench.line.restore();
    bench.clock.advance(5000);
    expect(bench.link?.state).toBe('stopped');
    expect(bench.board.state).toBe('stopped');
  });

  it('[S11] is noticed within 150 ms when only the host is heard no more', () => {
    const bench = new SessionBench({ model: { leaseMs: 2000 } }).connect();
    bench.runCycles();
    bench.clock.advance(200);
    const cutAt = bench.clock.now();
    bench.line.cut('to-board');
    bench.clock.advance(150);
    expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001, detail: { reason: 'no receipts' } } });
    expect(bench.linkAt('down') - cutAt).toBeLessThanOrEqual(150);
  });

  it('does not take the board for a foreign one when it speaks but does not hear', () => {
    const bench = new SessionBench({ model: { leaseMs: 2000 } }).connect();
    bench.line.cut('to-board');
    bench.runCycles();
    bench.clock.advance(5000);
    expect(bench.link?.cause?.code).toBe(1005);
    bench.line.restore();
    bench.endCycles();
    bench.clock.advance(3000);
    expect(bench.link?.state).toBe('stopped');
  });

  it('[S11] is noticed within 150 ms when only the board is heard no more', () => {
    const bench = new SessionBench().connect();
    bench.runCycles();
    bench.clock.advance(200);
    const cutAt = bench.clock.now();
    bench.line.cut('to-host');
    bench.clock.advance(150);
    expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001, detail: { reason: 'silent' } } });
    expect(bench.linkAt('down') - cutAt).toBeLessThanOrEqual(150);
  });

  it('is noticed at once when the transport reports it', () => {
    const bench = new SessionBench().connect();
    bench.line.unplug();
    bench.clock.advance(1);
    expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001, detail: { reason: 'unplugged' } } });
  });

  it('is opened anew after a reboot of the board, which counts', () => {
    const bench = new SessionBench().connect();
    bench.runCycles();
    bench.clock.advance(100);
    bench.board.reboot();
    bench.clock.advance(1000);
    bench.endCycles();
    expect(bench.links.slice(0, 6)).toEqual(['connecting', 'stopped', 'armed', 'down', 'connecting', 'stopped']);
    expect(bench.session.stats().reboots).toBe(1);
  });

  it('is down when an image of the session says that the board is not configured', () => {
    const bench = new SessionBench().connect();
    const image = bench.board.imageMessage('image');
    if (image.kind === 'image') bench.board.send({ ...image, state: 'boot' });
    bench.clock.advance(10);
    expect(bench.link).toMatchObject({ state: 'down', cause: { code: 1001, detail: { reason: 'board state boot' } } });
  });

  it.each([1, 2, 3])('recovers a handshake with three frames in ten lost (seed %i)', (seed) => {
    const random = testRandom(seed);
    const bench = new SessionBench({
      seed,
      disturb: (_, bytes) => (random.nextUint32() % 10 < 3 ? [] : [{ bytes, delayMs: 0 }]),
    }).start();
    bench.clock.advance(10_000);
    expect(bench.links.slice(0, 2)).toEqual(['connecting', 'stopped']);
  });
});

describe('a trip', () => {
  it('ends only by reopen, which needs no new transport and ends in stopped', () => {
    const bench = new SessionBench().connect();
    bench.board.trip('permit', 1);
    bench.clock.advance(1000);
    expect(bench.link).toEqual({
      kind: 'link',
      state: 'tripped',
      cause: { code: 1002, detail: { board: 'main', cause: 'permit', input: 'part' } },
    });
    bench.session.port.reopen();
    bench.clock.advance(200);
    expect(bench.links).toEqual(['connecting', 'stopped', 'tripped', 'connecting', 'stopped']);
    expect(bench.session.stats().attempts).toBe(1);
  });

  it('is the only state in which reopen does anything', () => {
    const bench = new SessionBench().connect();
    bench.session.port.reopen();
    bench.clock.advance(200);
    expect(bench.links).toEqual(['connecting', 'stopped']);
    expect(bench.board.countTaken('open')).toBe(1);
  });
});

describe('repetition', () => {
  it('of the same run gives the same events at the same times', () => {
    const run = (): string => {
      const bench = new SessionBench({ seed: 42 }).connect();
      bench.runCycles(7);
      bench.clock.advance(333);
      bench.line.cut();
      bench.clock.advance(700);
      bench.line.restore();
      bench.clock.advance(3000);
      return JSON.stringify(bench.events);
    };
    expect(run()).toBe(run());
  });
});
