// The handshake as a pure state machine: whatever arrives in whatever order, it never throws, never opens a session that
// the board did not confirm step by step, and always asks for a time to go on unless the session is open.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Handshake,
  type HandshakeEvent,
  handshakePlan,
  stepHandshake,
} from '../../firmware-bridge/wire/handshake.ts';
import type { BoardMessage, HostMessage, PinAbilities } from '../../firmware-bridge/wire/messages.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { ident, samplePlan } from '../support/wire-samples.ts';

const plan = handshakePlan(samplePlan());
const able: PinAbilities = {
  digitalIn: true,
  digitalOut: true,
  analog: true,
  pwm: true,
  servo: true,
  tone: false,
  i2c: false,
};
const pins = (first: number): BoardMessage => ({ kind: 'pins', first, total: 20, pins: Array(10).fill(able) });

const image: BoardMessage = {
  kind: 'image',
  receiptCycle: 0,
  boardTimeUs: 0,
  state: 'stopped',
  tripCause: 'none',
  lateFrames: 0,
  badFrames: 0,
  image: new Uint8Array(8),
};

const messages: fc.Arbitrary<BoardMessage> = fc.oneof(
  fc.constantFrom(ident(1), ident(2), ident(1, { wireVersion: 9 })),
  fc.constantFrom(pins(0), pins(10), pins(20)),
  fc.constant<BoardMessage>({ kind: 'opened', boardTimeUs: 5 }),
  fc.record({
    kind: fc.constant('config-ack' as const),
    index: fc.nat(6),
    status: fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'pin-unknown' as const, 'state' as const),
  }),
  fc.record({
    kind: fc.constant('committed' as const),
    status: fc.constantFrom('ok' as const, 'hash' as const),
    configHash: fc.constantFrom(plan.hash, 0),
  }),
  fc.record({ kind: fc.constant('refused' as const), type: fc.nat(255), reason: fc.constant('state' as const) }),
  fc.constant(image),
);

const events: fc.Arbitrary<HandshakeEvent> = fc.oneof(
  { weight: 20, arbitrary: messages.map((message) => ({ kind: 'message' as const, message })) },
  { weight: 3, arbitrary: fc.constant({ kind: 'time' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'bytes' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'start' as const, nonce: 1, session: 5, baud: BOOT_BAUD }) },
);

/** What a board that obeys would answer in this state. */
function answer(state: Handshake): HandshakeEvent {
  switch (state.kind) {
    case 'greeting':
      return { kind: 'message', message: ident(state.nonce) };
    case 'asking-pins':
      return { kind: 'message', message: pins(state.pins.length) };
    case 'opening':
      return { kind: 'message', message: { kind: 'opened', boardTimeUs: 0 } };
    case 'configuring':
      return { kind: 'message', message: { kind: 'config-ack', index: state.index, status: 'ok' } };
    case 'committing':
      return { kind: 'message', message: { kind: 'committed', status: 'ok', configHash: plan.hash } };
    default:
      return { kind: 'start', nonce: 1, session: 5, baud: BOOT_BAUD };
  }
}

describe('the handshake', () => {
  it('goes straight through when the board answers each question', () => {
    const sent: HostMessage['kind'][] = [];
    let state: Handshake = { kind: 'failed', retryAt: 0 };
    const feed = (event: HandshakeEvent): void => {
      const step = stepHandshake(plan, state, event, 0);
      state = step.state;
      sent.push(...step.send.map((message) => message.kind));
    };
    feed({ kind: 'start', nonce: 1, session: 5, baud: BOOT_BAUD });
    for (const message of [ident(1), pins(0), pins(10), { kind: 'opened', boardTimeUs: 0 } as const]) {
      feed({ kind: 'message', message });
    }
    for (let index = 0; index < 6; index += 1) {
      feed({ kind: 'message', message: { kind: 'config-ack', index, status: 'ok' } });
    }
    feed({ kind: 'message', message: { kind: 'committed', status: 'ok', configHash: plan.hash } });
    expect(state).toEqual({ kind: 'open', ident: ident(1), session: 5, baud: BOOT_BAUD });
    expect(sent).toEqual(['hello', 'get-pins', 'get-pins', 'open', ...Array<string>(6).fill('config'), 'commit']);
  });

  it('opens only after each record was acknowledged and the configuration committed, whatever else arrives', () => {
    let opened = 0;
    fc.assert(
      fc.property(fc.array(fc.option(events, { freq: 1 }), { maxLength: 60, size: 'max' }), (feed) => {
        let state: Handshake = stepHandshake(
          plan,
          { kind: 'failed', retryAt: 0 },
          { kind: 'start', nonce: 1, session: 5, baud: BOOT_BAUD },
          0,
        ).state;
        let acknowledged = 0;
        let now = 0;
        for (const item of feed) {
          now += 40;
          const before = state;
          const event = item ?? answer(before);
          const step = stepHandshake(plan, before, event, now);
          state = step.state;
          if (state.kind === 'opening') acknowledged = 0;
          if (before.kind === 'configuring' && state !== before && event.kind === 'message') {
            if (event.message.kind === 'config-ack' && event.message.status === 'ok') acknowledged += 1;
          }
          if (state.kind === 'open') {
            opened += 1;
            expect(acknowledged).toBe(plan.records.length);
            expect(state.session).toBe(5);
          } else {
            expect(Number.isFinite(state.retryAt)).toBe(true);
          }
        }
      }),
    );
    expect(opened).toBeGreaterThan(0);
  });

  it.each([
    ['config-ack', { kind: 'config-ack', index: 0, status: 'pin-cannot' }, { what: 'record', found: 'pin-cannot' }],
    ['committed', { kind: 'committed', status: 'hash', configHash: 0 }, { what: 'commit', found: 'hash' }],
    [
      'committed with another hash',
      { kind: 'committed', status: 'ok', configHash: 1 },
      { what: 'commit', found: 'hash' },
    ],
  ] as const)('refuses the board when it answers %s', (_, message, detail) => {
    const base = { ident: ident(1), session: 5, baud: BOOT_BAUD, tries: 1, retryAt: 100 };
    const state: Handshake =
      message.kind === 'config-ack' ? { kind: 'configuring', index: 0, ...base } : { kind: 'committing', ...base };
    const step = stepHandshake(plan, state, { kind: 'message', message }, 0);
    expect(step.state).toMatchObject({ kind: 'refused', fault: { code: 1003, detail }, retryAt: 2000 });
  });

  it('starts over when the board refuses a step, and after ten unanswered tries of one', () => {
    const base = { ident: ident(1), session: 5, baud: BOOT_BAUD, tries: 1, retryAt: 100 };
    const refused: BoardMessage = { kind: 'refused', type: 4, reason: 'state' };
    const state: Handshake = { kind: 'configuring', index: 0, ...base };
    expect(stepHandshake(plan, state, { kind: 'message', message: refused }, 0).state.kind).toBe('failed');
    let tried: Handshake = state;
    let sent = 0;
    for (let now = 100; tried.kind === 'configuring'; now += 100) {
      const step = stepHandshake(plan, tried, { kind: 'time' }, now);
      tried = step.state;
      sent += step.send.length;
    }
    expect(sent).toBe(9);
    expect(tried.kind).toBe('failed');
  });
});
