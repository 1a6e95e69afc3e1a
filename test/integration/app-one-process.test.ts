// Goal: a cell whose halves share a process takes orders again when the trouble of its start has passed, and loses nothing of what
// happened meanwhile. Method: the whole cell on a virtual clock, its journal in a place that is not there yet.
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { celda } from '../../proto/generated/celda.js';
import { createRandom } from '../../sim/kernel/random.ts';
import { startInOneProcess } from '../../src/app/one-process.ts';
import { connectCell } from '../../src/client/index.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { exampleCell } from '../support/cycle-rig.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'celda-one-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function start(journal: string) {
  const clock = new VirtualClock();
  const cell = exampleCell();
  const lines = new Map(cell.boards.map(({ name }) => [name, createLoopback({ clock, baud: 115_200 })]));
  const log: string[] = [];
  const running = await startInOneProcess({
    cell,
    programs: [],
    transports: new Map([...lines].map(([name, line]) => [name, line.host])),
    grpc: { host: '127.0.0.1', port: 0 },
    clock,
    random: createRandom('1').stream('test'),
    locale: 'es',
    log: (level, line) => log.push(`${level} ${line}`),
    journal,
  });
  const client = connectCell({ address: running.grpc, retries: { attemptsMax: 1 } });
  /** Time of the cell passes until that is so. */
  const until = (isSo: () => Promise<void> | void): Promise<void> =>
    vi.waitFor(
      async () => {
        clock.advance(100);
        await isSo();
      },
      { timeout: 20_000, interval: 1 },
    );
  /** Time of the cell passes until that is done. */
  const during = async (done: Promise<void>): Promise<void> => {
    let isDone = false;
    const ended = done.finally(() => {
      isDone = true;
    });
    await until(() => expect(isDone).toBe(true));
    return ended;
  };
  return { clock, client, during, log, running, until };
}

/** Alarms of the journal that came and went, as it has them itself. */
async function alarmsIn(path: string): Promise<readonly string[]> {
  const journal = await openJournal({ path });
  if (!journal.ok) throw new Error(JSON.stringify(journal.error));
  const page = await journal.value.events.since({ position: 0, limit: 1_000 });
  await journal.value.close();
  const events = page.ok ? page.value.events : [];
  return events.flatMap(({ event: { body } }) =>
    body.kind === 'alarm' && body.fault.code >= 6500 ? `${body.fault.code} ${String(body.active)}` : [],
  );
}

async function standing({ client }: Awaited<ReturnType<typeof start>>): Promise<readonly number[]> {
  const { alarms } = await client.cell.listAlarms({});
  const isThere = celda.cell.v1.AlarmState.ALARM_STATE_UNACKNOWLEDGED;
  return alarms.flatMap(({ fault, state }) => (fault && state === isThere && fault.code >= 6500 ? fault.code : []));
}

describe('a cell in one process whose journal cannot be opened', () => {
  it('[D5] says so as an alarm, and begins anew with it on the same port when it can', {
    timeout: 60_000,
  }, async () => {
    const place = join(folder, 'disk');
    writeFileSync(place, 'in the way of the folder');
    const cell = await start(join(place, 'cell.journal.db'));
    await cell.until(async () => expect(await standing(cell)).toEqual([6502]));
    expect(cell.log.join('\n')).toMatch(/error no se acepta ninguna orden: \[6502\]/);
    rmSync(place);
    mkdirSync(place);
    await cell.until(() => expect(cell.log).toContain('info el journal ya se puede abrir: se empieza de nuevo con él'));
    await cell.until(async () => expect(await standing(cell)).toEqual([]));
    const answer = await cell.client.cell.getCellState({});
    expect(answer.state?.controlConnected).toBe(true);
    cell.client.close();
    await cell.during(cell.running.stop());
    expect(await alarmsIn(join(place, 'cell.journal.db'))).toEqual(['6502 true', '6502 false']);
    expect(cell.clock.pending).toBe(0);
  });
});

describe('a cell in one process whose journal goes and comes back', () => {
  it('tells the loss as an error, and the recovery as nothing that anybody has to look at', {
    timeout: 60_000,
  }, async () => {
    const path = join(folder, 'cell.journal.db');
    const cell = await start(path);
    await cell.until(async () => expect((await cell.client.cell.getCellState({})).state?.controlConnected).toBe(true));
    renameSync(path, `${path}.away`);
    await cell.until(() => expect(cell.log.join('\n')).toMatch(/error el journal no acepta nada: \[6514\]/));
    renameSync(`${path}.away`, path);
    await cell.until(() => expect(cell.log).toContain('info el journal acepta de nuevo lo que ocurre'));
    cell.client.close();
    await cell.during(cell.running.stop());
  });
});
