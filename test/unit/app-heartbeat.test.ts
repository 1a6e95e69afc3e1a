import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { createChannelClient } from '../../src/app/channel-client.ts';
import { SILENCE_MS_MAX } from '../../src/app/channel-message.ts';
import { createChannelServer } from '../../src/app/channel-server.ts';
import type { Connection } from '../../src/app/connection.ts';
import { createConnectionPair, createMemoryChannel } from '../../src/app/memory-channel.ts';
import { abortRequest, record } from '../support/channel-samples.ts';

/** Loses all that is sent, in both directions, as a frozen process does. */
function frozen(connection: Connection): Connection {
  return { ...bound(connection), send: () => true };
}

function bound(connection: Connection): Connection {
  return {
    listen: (listener) => connection.listen(listener),
    send: (bytes) => connection.send(bytes),
    pause: () => connection.pause(),
    resume: () => connection.resume(),
    close: () => connection.close(),
  };
}

describe('heartbeats of the cell channel', () => {
  it('keep an idle connection for an hour', async () => {
    const clock = new VirtualClock();
    const { client } = createMemoryChannel({ epoch: 'e1', clock });
    const { heard } = record(client);
    await clock.advance(3_600_000);
    expect(heard.map(({ kind }) => kind)).toEqual(['hello']);
  });

  it('tell the gateway of a frozen control process after 2 s', async () => {
    const clock = new VirtualClock();
    let isFrozen = false;
    const server = createChannelServer({ epoch: 'e1', clock });
    const client = createChannelClient({
      clock,
      connect: (outcome) => {
        clock.schedule(clock.now(), () => {
          if (isFrozen) return;
          const [control, gateway] = createConnectionPair(clock);
          server.accept({ ...bound(control), send: (bytes) => isFrozen || control.send(bytes) });
          outcome.opened(gateway);
        });
      },
    });
    const { heard } = record(client);
    await clock.advance(1_000);
    isFrozen = true;
    await clock.advance(SILENCE_MS_MAX + 500);
    expect(heard.map(({ kind }) => kind)).toEqual(['hello', 'lost']);
  });

  it('let the control process drop a frozen gateway', async () => {
    const clock = new VirtualClock();
    const server = createChannelServer({ epoch: 'e1', clock });
    const [control, gateway] = createConnectionPair(clock);
    let isClosed = false;
    frozen(gateway).listen({ data: () => undefined, drained: () => undefined, closed: () => (isClosed = true) });
    server.accept(control);
    await clock.advance(SILENCE_MS_MAX - 500);
    expect(isClosed).toBe(false);
    await clock.advance(1_000);
    expect(isClosed).toBe(true);
  });
});

describe('a request that is not answered', () => {
  it('fails with CELL_NOT_READY after its time limit', async () => {
    const clock = new VirtualClock();
    const { client } = createMemoryChannel({ epoch: 'e1', clock });
    await clock.advance(10);
    let code: number | undefined;
    void client.request(abortRequest('r1')).then((reply) => {
      code = reply.ok ? 0 : reply.fault.code;
    });
    await clock.advance(1_999);
    expect(code).toBeUndefined();
    await clock.advance(2);
    expect(code).toBe(6007);
  });
});
