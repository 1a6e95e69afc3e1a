// Before a session is given to anybody its board has shown that it goes safe without us; one that does not is refused.
import { describe, expect, it } from 'vitest';
import type { BoardPlan } from '../../src/core/board-plan.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { type BenchOptions, SessionBench } from '../support/session-bench.ts';
import { boardModel, digitalInput, samplePlan, servoOutput } from '../support/wire-samples.ts';

function bench(options: BenchOptions = {}): SessionBench {
  return new SessionBench({ provesLease: true, ...options }).start();
}

function proofOf({ events }: SessionBench) {
  return events.flatMap(({ event }) => (event.kind === 'proof' ? [event.proof] : []))[0];
}

/** Levels and pulses of all commands that would have driven something. */
function driven({ board }: SessionBench): number[] {
  return board.taken.flatMap((each) => (each.kind === 'process' && each.arm ? [...each.image] : []));
}

/** Delays every trip by the lease. */
function tripLate({ board, clock }: SessionBench, byMs: number): void {
  const trip = board.trip.bind(board);
  let isDue = false;
  board.trip = (cause) => {
    if (isDue) return;
    isDue = true;
    clock.schedule(monotonicMs(clock.now() + byMs), () => {
      isDue = false;
      trip(cause);
    });
  };
}

function permitPlan(): BoardPlan {
  const plan = samplePlan();
  return {
    ...plan,
    inputs: [digitalInput('guard', 2, { edge: true, closedLevel: 1 }), ...plan.inputs.slice(1)],
    outputs: plan.outputs.map((slot) => ({ ...slot, permits: [0] })),
  };
}

describe('a new session', () => {
  it('sees the board trip by its lease before the link is stopped, with all outputs at their safe values', () => {
    const rig = bench();
    rig.clock.advance(1000);
    expect(rig.links).toEqual(['connecting', 'stopped']);
    const proof = proofOf(rig);
    expect(proof).toMatchObject({ leaseMs: 100, energised: [] });
    expect(proof?.armedUntilMs).toBeLessThanOrEqual(101);
    expect(proof?.safeByMs).toBeLessThanOrEqual(101);
    expect(proof?.safeByMs).toBeGreaterThan(95);
    expect(driven(rig).every((byte) => byte === 0)).toBe(true);
    const at = rig.events.findIndex(({ event }) => event.kind === 'proof');
    expect(rig.events.slice(0, at).every(({ event }) => event.kind === 'link' && event.state === 'connecting')).toBe(
      true,
    );
  });

  it('is stopped within a lease and half a second', () => {
    const rig = bench();
    rig.clock.advance(1000);
    const control = new SessionBench().start();
    control.clock.advance(1000);
    expect(rig.linkAt('stopped') - control.linkAt('stopped')).toBeLessThan(600);
  });

  it('takes no command before the proof', () => {
    const rig = bench();
    rig.runCycles(10, { outputs: [1500, 1, 1200] });
    while (!rig.links.includes('stopped')) rig.clock.advance(1);
    expect(rig.board.countTaken('process')).toBe(3);
    expect(driven(rig).every((byte) => byte === 0)).toBe(true);
  });

  it('proves a board once for each of its boots', () => {
    const rig = bench();
    rig.clock.advance(1000);
    rig.board.trip('permit');
    rig.clock.advance(50);
    rig.session.port.reopen();
    rig.clock.advance(300);
    expect([rig.link?.state, rig.session.stats().sessionsOpened]).toEqual(['stopped', 3]);
    rig.board.reboot();
    rig.clock.advance(3000);
    expect(rig.link?.state).toBe('stopped');
    expect(rig.events.filter(({ event }) => event.kind === 'proof').length).toBe(2);
  });

  it('lets a servo that holds go on with the pulses that it has', () => {
    const plan = { ...samplePlan(), outputs: [servoOutput('wrist', 10, { safeValue: 0xffff })] };
    const rig = bench({ plan });
    rig.board.outputs = [1300];
    const begin = rig.board.trip.bind(rig.board);
    rig.board.trip = (cause, input) => {
      begin(cause, input);
      rig.board.outputs = [1300];
    };
    keepPulses(rig);
    rig.clock.advance(1000);
    expect(rig.links).toEqual(['connecting', 'stopped']);
    const images = rig.board.taken.flatMap((each) => (each.kind === 'process' ? [[...each.image]] : []));
    expect(images[0]).toEqual([1300 & 0xff, 1300 >> 8]);
  });
});

/** A scripted board forgets its pulses with every session; this one does not. */
function keepPulses({ board }: SessionBench): void {
  Object.defineProperty(board, 'outputs', { get: () => [1300], set: () => undefined });
}

describe('firmware is refused', () => {
  it('that never trips', () => {
    const rig = bench();
    rig.board.trip = () => undefined;
    rig.clock.advance(1500);
    expect(rig.link).toMatchObject({ state: 'down', cause: { code: 1011, detail: { found: 'late', round: 'safe' } } });
    expect(rig.links).not.toContain('stopped');
  });

  it('that never trips and whose clock stands still: it is waited for the lease and half a second, no longer', () => {
    const rig = bench();
    rig.board.timeUs = () => 1_000_000;
    rig.board.trip = () => undefined;
    rig.clock.advance(1500);
    expect(rig.link).toMatchObject({ state: 'down', cause: { code: 1011, detail: { found: 'late' } } });
    expect(rig.links).not.toContain('stopped');
  });

  it('that trips two milliseconds late', () => {
    const rig = bench();
    tripLate(rig, 2);
    rig.clock.advance(2500);
    expect(rig.link).toMatchObject({ state: 'down', cause: { code: 1011, detail: { found: 'late', leaseMs: 100 } } });
    expect(rig.links).not.toContain('stopped');
  });

  it('that reads back a wrong output after the trip', () => {
    const rig = bench();
    const { board } = rig;
    const trip = board.trip.bind(board);
    board.trip = (cause) => {
      const send = board.send.bind(board);
      board.send = () => undefined;
      trip(cause);
      board.send = send;
      board.outputs = [0, 1, 0];
    };
    rig.clock.advance(1500);
    expect(rig.link?.cause).toMatchObject({ code: 1011, detail: { found: 'output', output: 'valve', readBack: 1 } });
  });

  it('that reads back something else than it was told while armed', () => {
    const rig = bench();
    const { board } = rig;
    const imageMessage = board.imageMessage.bind(board);
    board.imageMessage = (kind) => {
      if (board.state === 'armed') board.outputs = [1500, 0, 0];
      return imageMessage(kind);
    };
    rig.clock.advance(1500);
    expect(rig.link?.cause).toMatchObject({ code: 1011, detail: { found: 'output', output: 'base', readBack: 1500 } });
  });

  it('that trips for another cause', () => {
    const rig = bench();
    const trip = rig.board.trip.bind(rig.board);
    rig.board.trip = () => trip('watchdog');
    rig.clock.advance(1500);
    expect(rig.link?.cause).toMatchObject({ code: 1011, detail: { found: 'cause', cause: 'watchdog' } });
  });

  it('that stops by itself and does not trip', () => {
    const rig = bench();
    const { board } = rig;
    board.trip = () => {
      board.state = 'stopped';
    };
    rig.clock.advance(1500);
    expect(rig.link?.cause).toMatchObject({ code: 1011, detail: { found: 'cause', expected: 'lease', cause: 'none' } });
    expect(rig.links).not.toContain('stopped');
  });

  it('and stays refused until it has started anew', () => {
    const rig = bench();
    const { board } = rig;
    const trip = board.trip.bind(board);
    board.trip = () => undefined;
    rig.clock.advance(1500);
    board.trip = trip;
    rig.clock.advance(10_000);
    expect(rig.link?.cause?.code).toBe(1011);
    expect(rig.links.filter((state) => state === 'connecting').length).toBe(1);
    board.reboot();
    rig.clock.advance(5000);
    expect(rig.link?.state).toBe('stopped');
  });
});

describe('a proof', () => {
  it('is given up and tried again when the commands come too late to be executed', () => {
    let delayMs = 0;
    const rig = bench({
      disturb: (direction, bytes) => [{ bytes, delayMs: direction === 'to-board' ? delayMs : 0 }],
    });
    while (rig.session.stats().sessionsOpened === 0) rig.clock.advance(1);
    delayMs = 60;
    rig.clock.advance(500);
    expect(rig.links).not.toContain('stopped');
    delayMs = 0;
    rig.clock.advance(4000);
    expect(rig.link?.state).toBe('stopped');
  });

  it('is none when the board trips long before its lease is over', () => {
    const rig = bench();
    const { board, clock } = rig;
    const send = board.send.bind(board);
    board.send = (message, ...rest) => {
      const isLast = message.kind === 'image' && board.state === 'armed' && board.lastCycle === 3;
      if (isLast) clock.schedule(monotonicMs(clock.now() + 60), () => board.trip('lease'));
      send(message, ...rest);
    };
    clock.advance(3000);
    const faults = rig.events.flatMap(({ event }) => (event.kind === 'link' && event.cause ? [event.cause] : []));
    expect(faults).toMatchObject([{ code: 1001, detail: { reason: 'lease proof disturbed' } }]);
    expect(rig.links).not.toContain('stopped');
  });

  it('is not spoiled by lost frames: it is tried again', () => {
    let lost = 0;
    const rig = bench({
      disturb: (direction, bytes) => {
        const isImage = direction === 'to-host' && bytes.length > 25;
        if (isImage && rig.board.state === 'tripped' && lost < 1) {
          lost += 1;
          return [];
        }
        return [{ bytes, delayMs: 0 }];
      },
    });
    rig.clock.advance(2000);
    expect([lost, rig.link?.state]).toEqual([1, 'stopped']);
    expect(rig.session.stats().sessionsOpened).toBe(3);
  });

  it('waits for open permits, shows the inputs meanwhile, and arms nothing', () => {
    const rig = bench({ plan: permitPlan() });
    rig.runCycles();
    rig.clock.advance(2000);
    expect(rig.links).toEqual(['connecting', 'unproven']);
    expect(rig.lastImage?.image.inputs[0]).toBe(0);
    expect(rig.board.countTaken('process')).toBe(0);
    rig.board.edge(0, 1);
    rig.clock.advance(1000);
    expect(rig.links.slice(0, 4)).toEqual(['connecting', 'unproven', 'connecting', 'stopped']);
    expect(proofOf(rig)?.leaseMs).toBe(100);
  });

  it('that a permit interrupts is made when it is closed again', () => {
    const rig = bench({ plan: permitPlan() });
    rig.board.inputs[0] = 1;
    while (rig.board.state !== 'armed') rig.clock.advance(1);
    rig.board.inputs[0] = 0;
    rig.board.trip('permit', 0);
    rig.clock.advance(500);
    expect(rig.link?.state).toBe('unproven');
    rig.board.edge(0, 1);
    rig.clock.advance(1000);
    expect(rig.link?.state).toBe('stopped');
  });

  it('is made once more with the outputs on that the cell allows', () => {
    const rig = bench({ model: { proveWith: ['valve'] } });
    rig.clock.advance(2000);
    expect(rig.links).toEqual(['connecting', 'stopped']);
    expect(proofOf(rig)).toMatchObject({ energised: ['valve'] });
    // Two servos of two bytes each behind the bit of the valve: three commands of each round, the valve on in the second.
    const valve = rig.board.taken.flatMap((each) => (each.kind === 'process' ? [each.image[0]] : []));
    expect(valve).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('is not made without end where the output that it switches on opens an input: the board is refused, the input named', () => {
    const plan = { ...permitPlan(), board: boardModel({ proveWith: ['valve'] }) };
    const rig = new SessionBench({ provesLease: true, plan });
    openWhenArmed(rig, (outputs) => outputs[1] === 1);
    rig.start().clock.advance(20_000);
    expect(rig.link).toMatchObject({
      state: 'down',
      cause: { code: 1011, detail: { found: 'permit', round: 'energised', input: 'guard' } },
    });
    expect(rig.board.countTaken('commit')).toBeLessThan(15);
  });

  it('is tried again every two seconds where an input opens each time with nothing on, and the input is named', () => {
    const rig = new SessionBench({ provesLease: true, plan: permitPlan() });
    const mend = openWhenArmed(rig, () => true);
    rig.start().clock.advance(1_900);
    expect(rig.link).toMatchObject({
      state: 'down',
      cause: { code: 1001, detail: { reason: 'lease proof interrupted by an input', input: 'guard' } },
    });
    mend();
    rig.clock.advance(4_000);
    expect(rig.link?.state).toBe('stopped');
  });
});

/** The guard is open for a moment whenever the board is armed with such outputs. @returns what ends this */
function openWhenArmed({ board }: SessionBench, isSo: (outputs: readonly number[]) => boolean): () => void {
  board.inputs[0] = 1;
  let isMended = false;
  const send = board.send.bind(board);
  board.send = (message, ...rest) => {
    send(message, ...rest);
    if (!isMended && message.kind === 'image' && board.state === 'armed' && isSo(board.outputs))
      board.trip('permit', 0);
  };
  return () => {
    isMended = true;
  };
}
