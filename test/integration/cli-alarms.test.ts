// What a person reads of alarms and stops, through the client and a real connection.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CellClient } from '../../src/app/cell-client.ts';
import { alarmLines, stopLines } from '../../src/cli/alarm-text.ts';
import { type AlarmList, NO_ALARMS, raiseAlarm } from '../../src/core/alarm-list.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

const STAMP = { now: monotonicMs(0), wall: epochMs(1_767_225_600_000) };
const GUARD = fault(4002, { stopFunction: 'guard', block: 'guard', diagCode: 'C001' });
let bench: MesBench;
let client: CellClient;

beforeEach(async () => {
  bench = await startMesBench();
  client = new CellClient(`127.0.0.1:${bench.server.port}`);
  bench.control.hello();
});
afterEach(async () => {
  client.close();
  await bench.stop();
});

it('alarms of one flood and one kind are one line; the one that came first is marked', async () => {
  let list: AlarmList = raiseAlarm(NO_ALARMS, GUARD, STAMP);
  for (let place = 0; place < 15; place += 1) {
    list = raiseAlarm(list, fault(7004, { program: 'p', text: `${place}` }), STAMP);
  }
  bench.control.showSnapshot({ alarmList: list.alarms });
  const answer = await client.alarms();
  if (!answer.ok) throw new Error('refused');
  expect(answer.value).toHaveLength(16);
  const lines = alarmLines(answer.value, 'en');
  expect(lines).toHaveLength(11);
  expect(lines[0]).toMatch(/^1 .* high {2}unacknowledged {2}first: \[4002] protective stop/);
  expect(lines.at(-1)).toMatch(/\(and 5 more like it\)$/);
  expect(alarmLines(answer.value, 'es')[0]).toMatch(/sin reconocer {2}primera: \[4002] paro de protección/);
});

it('an alarm is acknowledged in the name of who asked', async () => {
  bench.control.showSnapshot({ alarmList: raiseAlarm(NO_ALARMS, GUARD, STAMP).alarms });
  expect(await client.acknowledge(1, 'ana')).toMatchObject({ ok: true, value: { number: 1, acknowledgedBy: 'ana' } });
  expect(await client.unshelve(9, 'ana')).toMatchObject({ ok: false });
});

it('a stop says why, by which block and code, and what changed before, in both languages', async () => {
  const record = {
    id: 3,
    epoch: 'e1',
    cycle: 9,
    at: STAMP.now,
    time: STAMP.wall,
    cause: GUARD,
    category: 1,
    others: [],
    unit: 'Execute',
    mode: 'Production',
    jobOrderId: 'a',
    step: '2',
    blocks: [{ name: 'guard', type: 'SF_Guard', diagCode: 'C001', output: false, outputs: { guardMonitoring: false } }],
    inputs: [{ device: 'door', kind: 'digital-input', value: 0, unit: '', isSafety: true }],
    traceMs: 1000,
    changes: [
      { beforeMs: 12, device: 'door', from: 1, to: 0 },
      { beforeMs: 0.2, device: 'estop', from: 1, to: 0 },
    ],
  } as const;
  const body = { kind: 'stop-record', record } as const;
  bench.control.say({ kind: 'event', event: { sequence: 1, at: STAMP.now, time: STAMP.wall, body } });
  const answer = await client.stop(0);
  if (!answer.ok || answer.value === undefined) throw new Error('refused');
  const text = stopLines(answer.value, 'en').join('\n');
  expect(text).toContain('block guard, code C001');
  expect(text).toContain('-12 ms  door: closed -> open');
  expect(text).toMatch(/^ +0 ms {2}estop: closed -> open$/m);
  expect(text).toContain('guard (SF_Guard): C001');
  const spanish = stopLines(answer.value, 'es').join('\n');
  expect(spanish).toContain('bloque guard, código C001');
  expect(spanish).toContain('door: cerrada -> abierta');
});
