// What is left in memory of a connection that is gone.
import { queryObjects } from 'node:v8';
import { expect, it, vi } from 'vitest';
import { GatedSocket } from '../../src/mes/gated-socket.ts';
import { END_HEADERS, FRAME, frame, HostileClient } from '../support/hostile-client.ts';
import { pickCell, startMesBench } from '../support/mes-bench.ts';

const CONNECTIONS = 40;
/** Whatever the engine has not looked at yet. */
const LEFT_MAX = 4;

it('[G11] keeps nothing of connections whose headers made no sense, and that were gone before they were told', async () => {
  const bench = await startMesBench(pickCell());
  try {
    for (let count = 0; count < CONNECTIONS; count += 1) {
      const client = await new HostileClient(bench.server.port).greet();
      await client.write(frame(FRAME.headers, END_HEADERS, 1, Buffer.alloc(1 + count, 0xfe)));
      client.end();
      await client.closed;
    }
    // Counting collects garbage first.
    await vi.waitFor(
      () => expect(queryObjects(GatedSocket, { format: 'count' })).toBeLessThanOrEqual(LEFT_MAX),
      10_000,
    );
  } finally {
    await bench.stop();
  }
});
