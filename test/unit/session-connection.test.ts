// What a transport that breaks its promises can do to a session: nothing.
import { describe, expect, it } from 'vitest';
import { Connection } from '../../firmware-bridge/session/connection.ts';
import { ListenerGuard } from '../../firmware-bridge/transport/listener-guard.ts';
import { fault } from '../../src/core/faults.ts';
import type { TransportListener } from '../../src/ports/transport.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

function makeConnection() {
  const clock = new VirtualClock();
  const listeners: TransportListener[] = [];
  const calls: string[] = [];
  const connection = new Connection(
    () => ({
      open: (listener) => listeners.push(listener),
      write: (bytes) => calls.push(`write ${bytes.length}`),
      pendingBytes: 7,
      close: () => calls.push('close'),
    }),
    clock,
    {
      connected: () => calls.push('connected'),
      data: (bytes) => calls.push(`data ${bytes.length}`),
      lost: (cause) => calls.push(`lost ${cause?.code ?? '-'}`),
    },
  );
  return { clock, listeners, calls, connection };
}

describe('a connection', () => {
  it('hears only the present transport', () => {
    const { clock, listeners, calls, connection } = makeConnection();
    connection.start();
    listeners[0]?.opened();
    connection.restart();
    listeners[0]?.opened();
    listeners[0]?.data(new Uint8Array(3));
    listeners[0]?.closed(fault(1001));
    expect(calls).toEqual(['connected', 'close']);
    clock.advance(100);
    listeners[0]?.data(new Uint8Array(3));
    listeners[1]?.opened();
    listeners[1]?.data(new Uint8Array(2));
    expect(calls).toEqual(['connected', 'close', 'connected', 'data 2']);
  });

  it('pauses 100 ms, then twice as long each time up to 2 s, and starts over after a success', () => {
    const { clock, listeners, connection } = makeConnection();
    connection.start();
    const pauses: number[] = [];
    const fail = (): void => {
      const count = listeners.length;
      const from = clock.now();
      listeners.at(-1)?.closed(fault(1006));
      while (listeners.length === count) clock.advance(10);
      pauses.push(clock.now() - from);
    };
    for (let count = 0; count < 7; count += 1) fail();
    connection.succeeded();
    fail();
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 2000, 2000, 100]);
  });

  it('stops for good: nothing waits, nothing is written, nothing is heard', () => {
    const { clock, listeners, calls, connection } = makeConnection();
    connection.start();
    expect(connection.pendingBytes).toBe(7);
    listeners[0]?.closed(fault(1006));
    connection.stop();
    connection.write(new Uint8Array(1));
    clock.advance(10_000);
    expect(clock.pending).toBe(0);
    expect(listeners).toHaveLength(1);
    expect(calls).toEqual(['lost 1006']);
    expect(connection.pendingBytes).toBe(0);
  });
});

describe('the guard of a listener', () => {
  it('lets nothing through after the end, and the end only once', async () => {
    const calls: string[] = [];
    const guard = new ListenerGuard({
      opened: () => calls.push('opened'),
      data: () => calls.push('data'),
      closed: (cause) => calls.push(`closed ${cause?.code ?? '-'}`),
    });
    guard.data(new Uint8Array(1));
    guard.opened();
    guard.opened();
    guard.data(new Uint8Array(1));
    guard.end();
    guard.data(new Uint8Array(1));
    guard.end();
    await Promise.resolve();
    guard.opened();
    guard.data(new Uint8Array(1));
    guard.closed(fault(1001));
    expect(calls).toEqual(['opened', 'data', 'closed -']);
  });
});
