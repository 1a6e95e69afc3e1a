// A gateway in a process of its own, with its real limits, for attacks: tells its port, and its memory when asked.

import { takeLowPriority } from '../../src/app/process-priority.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { fault } from '../../src/core/faults.ts';
import { startGatewayServer } from '../../src/mes/gateway-server.ts';
import { WATCH_LOG_MAX } from '../../src/mes/watch-log.ts';
import { jobRecord } from './channel-samples.ts';
import { ControlFake } from './control-fake.ts';
import { pickCell } from './mes-bench.ts';

const CHANGES = 10;
const CHANGES_MS = 100;
const COMMENT_CHARS = 20_000;
/** How often memory is looked at, ms: a peak of the resident set lasts longer. */
const LOOK_MS = 20;

takeLowPriority();
const control = new ControlFake();
// A full list keeps nothing, so that memory is the gateway's own.
control.request = (request) => Promise.resolve({ requestId: request.requestId, ok: false, fault: fault(6006) });
const server = await startGatewayServer({
  cell: pickCell(),
  control,
  clock: createRealClock(),
  port: 0,
  log: () => undefined,
});
if (!server.ok) throw new Error(server.error.message.en);
control.hello();
// Something happens that can be watched: 2 MB a second for each watcher.
let revision = 1;
function happen(changes: number): void {
  for (let change = 0; change < changes; change += 1) {
    revision += 1;
    control.changed(jobRecord('J-1', { revision, comment: 'x'.repeat(COMMENT_CHARS) }));
  }
}
// What is kept for watchers is full before anybody attacks.
happen(WATCH_LOG_MAX);
setInterval(() => happen(CHANGES), CHANGES_MS);
let peakBytes = 0;
setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, LOOK_MS);
process.on('message', () => {
  process.send?.({ peakBytes });
  peakBytes = process.memoryUsage.rss();
});
process.on('disconnect', () => process.exit());
process.send?.({ port: server.value.port });
