// The host's side of the process-data figure: one session over a serial port, a command with new values every period, and
// nothing else in the process, so that its processor time is that of the board.

import { createSession } from '../../firmware-bridge/session/session.ts';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { createSystemRandom } from '../../src/app/system-random.ts';
import { helperArgument, sayReady, tell } from './child.ts';
import { PROCESS_DATA_PLAN } from './process-data-plan.ts';

export interface ProcessDataSettings {
  readonly path: string;
  readonly periodMs: number;
}

/** What one window gave. */
export interface ProcessDataWindow {
  readonly seconds: number;
  /** Commands that the board has reported as executed. */
  readonly cycles: number;
  readonly bytesToBoard: number;
  readonly bytesToHost: number;
  readonly processorSeconds: number;
}

const { path, periodMs } = helperArgument() as ProcessDataSettings;
const clock = createRealClock();
const plan = PROCESS_DATA_PLAN;
const factory = openTransport(path, { clock, baud: BOOT_BAUD });
const session = createSession({ plan, clock, factory, random: createSystemRandom() });

let cycle = 0;
let receipt = 0;
let executed = 0;
let isReady = false;

session.port.events$.subscribe({
  next: (event) => {
    if (event.kind === 'link') {
      if (event.state === 'armed' && !isReady) sayReady();
      isReady ||= event.state === 'armed';
      return;
    }
    if (event.kind === 'proof') return;
    if (event.image.receiptCycle === receipt) return;
    receipt = event.image.receiptCycle;
    executed += 1;
  },
  error: (error: unknown) => {
    throw error;
  },
});

// Every output changes with every command.
setInterval(() => {
  cycle += 1;
  const outputs = plan.outputs.map(({ kind }, slot) =>
    kind === 'digital' ? cycle & 1 : 1000 + ((cycle + slot) % 1000),
  );
  session.port.write({ cycle, arm: true, outputs });
}, periodMs);

process.on('message', (message: unknown) => {
  if (typeof message === 'object' && message !== null && 'windowMs' in message) void measure(Number(message.windowMs));
});

async function measure(windowMs: number): Promise<void> {
  const before = take();
  await new Promise((resolve) => setTimeout(resolve, windowMs));
  const after = take();
  const window: ProcessDataWindow = {
    seconds: after.seconds - before.seconds,
    cycles: after.cycles - before.cycles,
    bytesToBoard: after.bytesToBoard - before.bytesToBoard,
    bytesToHost: after.bytesToHost - before.bytesToHost,
    processorSeconds: after.processorSeconds - before.processorSeconds,
  };
  tell({ kind: 'measured', ...window });
}

function take(): ProcessDataWindow {
  const { bytesSent, bytesReceived } = session.stats();
  const { user, system } = process.cpuUsage();
  return {
    seconds: performance.now() / 1000,
    cycles: executed,
    bytesToBoard: bytesSent,
    bytesToHost: bytesReceived,
    processorSeconds: (user + system) / 1e6,
  };
}
