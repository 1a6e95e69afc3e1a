// Goal: what happened while no gateway was there, or one that died before it had stored it, reaches the next one. Method: the
// control end of the channel in memory, and gateways that connect one after the other.
import { describe, expect, it } from 'vitest';
import { createChannelClient } from '../../src/app/channel-client.ts';
import { createChannelServer } from '../../src/app/channel-server.ts';
import { createConnectionPair } from '../../src/app/memory-channel.ts';
import type { CellEventBody } from '../../src/core/cell-event.ts';
import { jobEvent, jobRecord, record, resetEvent } from '../support/channel-samples.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

function cell() {
  const clock = new VirtualClock();
  const server = createChannelServer({ epoch: 'e1', clock, outboxMessagesMax: 10 });
  const connect = (listenAfterMs = 0) => {
    const client = createChannelClient({
      clock,
      whenHeard: listenAfterMs > 0,
      connect: (outcome) => {
        clock.schedule(clock.now(), () => {
          const [control, gateway] = createConnectionPair(clock);
          server.accept(control);
          outcome.opened(gateway);
        });
      },
    });
    if (listenAfterMs > 0) clock.advance(listenAfterMs);
    return { client, heard: record(client).heard };
  };
  return { clock, server, connect };
}

const sequences = (heard: ReturnType<ReturnType<typeof cell>['connect']>['heard']): number[] =>
  heard.flatMap((message) => (message.kind === 'event' ? [message.event.sequence] : []));

describe('a gateway that connects', () => {
  it('gets every durable event that is not on disk, after the greeting, however many there are', () => {
    const { clock, server, connect } = cell();
    for (let sequence = 1; sequence <= 50; sequence += 1)
      server.publish({ kind: 'event', event: resetEvent(sequence) });
    const { heard } = connect();
    clock.advance(100);
    expect(heard[0]?.kind).toBe('hello');
    expect(sequences(heard)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('[G1] gets them although it takes its time before it listens', () => {
    const { clock, server, connect } = cell();
    for (const sequence of [1, 2, 3]) server.publish({ kind: 'event', event: resetEvent(sequence) });
    const { heard } = connect(500);
    clock.advance(100);
    expect(heard.filter(({ kind }) => kind === 'hello')).toHaveLength(1);
    expect(sequences(heard)).toEqual([1, 2, 3]);
  });

  it('after one that died gets what that one had not stored, and nothing twice', () => {
    const { clock, server, connect } = cell();
    const first = connect();
    clock.advance(10);
    for (const sequence of [1, 2, 3])
      server.publish({ kind: 'event', event: jobEvent(sequence, jobRecord(`J-${sequence}`)) });
    clock.advance(10);
    first.client.stored('e1', 1);
    clock.advance(10);
    first.client.close();
    server.publish({ kind: 'event', event: resetEvent(4) });
    const second = connect();
    clock.advance(10);
    expect(sequences(second.heard)).toEqual([2, 3, 4]);
    second.client.stored('e1', 4);
    clock.advance(10);
    expect(server.storage()).toEqual({ through: 4, waiting: 0, reachable: true, watched: false });
  });
});

describe('an order that changes while nobody stores it', () => {
  const kept = (...bodies: CellEventBody[]): readonly number[] => {
    const { clock, server, connect } = cell();
    for (const [index, body] of bodies.entries())
      server.publish({ kind: 'event', event: { ...resetEvent(index + 1), body } });
    const { heard } = connect();
    clock.advance(100);
    expect(server.storage().waiting).toBe(sequences(heard).length);
    return sequences(heard);
  };
  const ready = jobRecord('J-1', { state: 'AllowedToStart', substate: 'Ready' });
  const waiting = jobRecord('J-1', { state: 'AllowedToStart', substate: 'Waiting' });
  const running = jobRecord('J-1', { state: 'Running', substate: undefined });
  const origin = { identity: 'mes', method: 'job', requestId: 'r-1', digest: 'd' };
  const actor = { identity: 'mes', role: '', certFingerprint: '', peer: '' };
  const askedBy = { source: 'grpc', type: 'job.update', actor, reason: '', requestId: '', traceId: '' };
  const checkpoint = { jobOrderId: 'J-1', frames: [], holding: [], homed: [], positions: {} };

  it('is kept once for all its changes within a state, however often the unit stops', () => {
    const changes = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? waiting : ready));
    expect(kept(...changes.map((record): CellEventBody => ({ kind: 'job', record })))).toEqual([100]);
  });

  it('is kept with every state that it was in', () => {
    expect(kept({ kind: 'job', record: ready }, { kind: 'job', record: running, checkpoint })).toEqual([1, 2]);
    expect(kept({ kind: 'job', record: ready }, { kind: 'job-removed', record: ready })).toEqual([1, 2]);
  });

  it('is kept with every answer to a request and with its checkpoint', () => {
    expect(kept({ kind: 'job', record: ready, origin }, { kind: 'job', record: waiting })).toEqual([1, 2]);
    expect(kept({ kind: 'job', record: ready, askedBy }, { kind: 'job', record: waiting })).toEqual([1, 2]);
    expect(kept({ kind: 'job', record: running, checkpoint }, { kind: 'job', record: running })).toEqual([1, 2]);
    expect(kept({ kind: 'job', record: running, checkpoint }, { kind: 'job', record: running, checkpoint })).toEqual([
      2,
    ]);
  });
});
