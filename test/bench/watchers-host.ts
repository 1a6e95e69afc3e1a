// A gateway with a journal of its own, and a control process that is played: it changes orders at a given pace.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRealClock } from '../../src/app/real-clock.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { startGatewayServer } from '../../src/mes/gateway-server.ts';
import { jobRecord } from '../support/channel-samples.ts';
import { ControlFake } from '../support/control-fake.ts';
import { pickCell } from '../support/mes-bench.ts';
import { sayReady, tell } from './child.ts';

const ORDERS = 20;

async function serve(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'celda-bench-'));
  const journal = await openJournal({ path: join(directory, 'j.db') });
  if (!journal.ok) throw new Error(`fault ${journal.error.code}`);
  const control = new ControlFake();
  const server = await startGatewayServer({
    cell: pickCell(),
    control,
    clock: createRealClock(),
    journal: journal.value,
    port: 0,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  if (!server.ok) throw new Error(server.error.message.en);
  control.hello();
  process.on('message', ({ kind, changes, perSecond }: { kind: string; changes: number; perSecond: number }) => {
    if (kind === 'port') tell({ kind: 'port', port: server.value.port });
    if (kind === 'change') change(control, changes, perSecond);
  });
  process.on('disconnect', () => {
    rmSync(directory, { recursive: true });
    process.exit(0);
  });
  sayReady();
}

/** Each a change of state, so that it goes to the disk at once. */
function change(control: ControlFake, changes: number, perSecond: number): void {
  let count = 0;
  const timer = setInterval(() => {
    const revision = 1 + Math.floor(count / ORDERS);
    const state = revision % 2 === 0 ? 'Interrupted' : 'AllowedToStart';
    control.changed(jobRecord(`order-${count % ORDERS}`, { state, revision }));
    count += 1;
    if (count < changes) return;
    clearInterval(timer);
    tell({ kind: 'changed', memoryMiB: peakMiB() });
  }, 1_000 / perSecond);
}

/** Largest resident set of this process so far. */
function peakMiB(): number {
  const [, kib = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib) / 1_024;
}

if (import.meta.main) await serve();
