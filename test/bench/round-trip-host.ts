// The host's side of the round trips over a serial port: commands of a session and their receipts, and the same number of
// bytes written and answered with no session at all. One after the other, at the pace of a cycle.

import { SerialPort } from 'serialport';
import { createSession } from '../../firmware-bridge/session/session.ts';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { takeHighPriority } from '../../src/app/process-priority.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { createSystemRandom } from '../../src/app/system-random.ts';
import { samplePlan } from '../support/wire-samples.ts';
import { helperArgument, sayReady, tell } from './child.ts';

export interface RoundTripSettings {
  /** Ports: to the board, and to somebody who answers `replyBytes` for `requestBytes`. */
  readonly boardPath: string;
  readonly echoPath: string;
  readonly requestBytes: number;
  readonly replyBytes: number;
}

const CYCLE_MS = 10;
const OUTPUTS = [1500, 1, 1200];
/** An answer that takes longer than this counts as lost, ms. */
const ANSWER_MS_MAX = 1000;

const { boardPath, echoPath, requestBytes, replyBytes } = helperArgument() as RoundTripSettings;
const clock = createRealClock();
const plan = samplePlan({ baud: 500_000, leaseMs: 2000, validityMs: 1000 });
const factory = openTransport(boardPath, { clock, baud: BOOT_BAUD });
const { port: session } = createSession({ plan, clock, factory, random: createSystemRandom() });
const echo = new SerialPort({ path: echoPath, baudRate: 115_200, autoOpen: false });
const request = Buffer.alloc(requestBytes, 0xaa);

let cycle = 0;
let onReceipt: (cycle: number) => void = () => undefined;
let onBytes: (bytes: number) => void = () => undefined;
let isReady = false;

takeHighPriority();
echo.on('data', (bytes: Uint8Array) => onBytes(bytes.length));
echo.open((error) => {
  if (error !== null) throw error;
});
session.events$.subscribe({
  next: (event) => {
    if (event.kind === 'link' && event.state === 'stopped' && !isReady) {
      isReady = true;
      sayReady();
    }
    if (event.kind === 'image') onReceipt(event.image.receiptCycle);
  },
  error: (error: unknown) => {
    throw error;
  },
});
process.on('message', (message: unknown) => {
  if (typeof message === 'object' && message !== null && 'count' in message) void measure(Number(message.count));
});

async function measure(count: number): Promise<void> {
  const sessionMs: number[] = [];
  const echoMs: number[] = [];
  for (let done = 0; done < count; done += 1) {
    sessionMs.push(await timed(commandOnce));
    await pause(CYCLE_MS / 2);
    echoMs.push(await timed(echoOnce));
    await pause(CYCLE_MS / 2);
  }
  tell({ kind: 'measured', sessionMs, echoMs });
}

function timed(exchange: (done: () => void) => void): Promise<number> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(ANSWER_MS_MAX), ANSWER_MS_MAX);
    const startedAt = performance.now();
    exchange(() => {
      clearTimeout(timer);
      resolve(performance.now() - startedAt);
    });
  });
}

function commandOnce(done: () => void): void {
  cycle += 1;
  const wanted = cycle;
  onReceipt = (receipt) => {
    if (receipt >= wanted) done();
  };
  session.write({ cycle, arm: true, outputs: OUTPUTS });
}

function echoOnce(done: () => void): void {
  let received = 0;
  onBytes = (bytes) => {
    received += bytes;
    if (received >= replyBytes) done();
  };
  echo.write(request);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
