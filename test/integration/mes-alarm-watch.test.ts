// Goal: watchers of alarms get every change in its order or a cut that they can tell, whatever they read, and slow ones cost next to
// nothing. Method: the generator of the method without a socket, taken from when the test says so, in virtual time.
import { beforeEach, describe, expect, it } from 'vitest';
import { celda } from '../../proto/generated/celda.js';
import { acknowledge, NO_ALARMS, raiseAlarm } from '../../src/core/alarm-list.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { AlarmLog } from '../../src/mes/alarm-log.ts';
import { CellMirror } from '../../src/mes/cell-mirror.ts';
import { watchAlarms } from '../../src/mes/cell-watch.ts';
import { bytesOfMessage } from '../../src/mes/encoded-message.ts';
import { cellSnapshot } from '../support/channel-samples.ts';
import { heldMemory } from '../support/held-memory.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const STAMP = { now: monotonicMs(0), wall: epochMs(1_767_225_600_000) };
const RAISED = raiseAlarm(NO_ALARMS, fault(7004, { program: 'p', text: 'x'.repeat(500) }), STAMP);

type Watch = ReturnType<typeof watchAlarms>;

let clock: VirtualClock;
let mirror: CellMirror;
let log: AlarmLog;
let ended: AbortController;

beforeEach(() => {
  clock = new VirtualClock();
  mirror = new CellMirror();
  log = new AlarmLog(mirror);
  ended = new AbortController();
});

function watch(includeInitialState = true): Watch {
  return watchAlarms({ mirror, log, clock, signal: ended.signal, includeInitialState });
}

/** Acknowledged by somebody: one change. */
function change(by: string): void {
  const seen = acknowledge(RAISED, 1, by, STAMP);
  if (!seen.ok) throw new Error('refused');
  mirror.apply({ kind: 'snapshot', snapshot: { ...cellSnapshot(1), alarmList: seen.value.list.alarms } });
}

async function next(stream: Watch) {
  const told = await stream.next();
  if (told.done === true) return undefined;
  if (!told.value.ok) return told.value.error.fault.code;
  const bytes = bytesOfMessage(told.value.value) ?? new Uint8Array(0);
  return celda.cell.v1.WatchAlarmsResponse.decode(bytes);
}

describe('a watcher of alarms', () => {
  it('that takes nothing for a thousand changes gets them all, numbered, and is cut after one more', async () => {
    const [behind, tooSlow] = [watch(), watch()];
    for (const stream of [behind, tooSlow]) expect(await next(stream)).toMatchObject({ synced: {} });
    change('first');
    expect(await next(tooSlow)).toMatchObject({ alarmChange: { acknowledgedBy: 'first' } });
    expect(await next(behind)).toMatchObject({ alarmChange: { acknowledgedBy: 'first' } });
    for (let count = 0; count < 1_000; count += 1) change(`p-${count}`);
    for (let count = 0; count < 1_000; count += 1) {
      const message = await next(behind);
      expect(message).toMatchObject({ alarmChange: { acknowledgedBy: `p-${count}` } });
      if (typeof message === 'object') expect(message.sequence.toNumber()).toBe(count + 3);
    }
    change('last');
    expect([await next(tooSlow), await next(tooSlow)]).toEqual([6012, undefined]);
    expect(await next(behind)).toMatchObject({ alarmChange: { acknowledgedBy: 'last' } });
  });

  it('hears what there was at its beginning, then what changed while it was told that', async () => {
    change('ana');
    const stream = watch();
    expect(await next(stream)).toMatchObject({ initialState: { acknowledgedBy: 'ana' } });
    change('eva');
    mirror.apply({ kind: 'lost' });
    expect(await next(stream)).toMatchObject({ synced: {} });
    expect(await next(stream)).toMatchObject({ alarmChange: { acknowledgedBy: 'eva' } });
    expect(await next(stream)).toMatchObject({ heartbeat: { controlConnected: false } });
  });

  it('gets one heartbeat for 15 s of silence, however long it took none', async () => {
    const stream = watch(false);
    expect(await next(stream)).toMatchObject({ heartbeat: {} });
    clock.advance(20 * 60 * 60 * 1_000);
    expect(await next(stream)).toMatchObject({ heartbeat: {} });
    let isTold = false;
    const beat = next(stream).finally(() => {
      isTold = true;
    });
    await new Promise(setImmediate);
    clock.advance(14_999);
    await new Promise(setImmediate);
    expect(isTold).toBe(false);
    clock.advance(1);
    expect(await beat).toMatchObject({ heartbeat: {} });
    const last = next(stream);
    ended.abort();
    expect(await last).toBeUndefined();
  });

  it('costs no memory by not reading: what a hundred of them do not take is held once', async () => {
    const streams = Array.from({ length: 100 }, () => watch());
    for (const stream of streams) await next(stream);
    for (let count = 0; count < 1_000; count += 1) change(`p-${count}`);
    const before = heldMemory();
    for (let count = 0; count < 1_000; count += 1) change(`q-${count}`);
    expect(heldMemory() - before).toBeLessThan(5_000_000);
    for (const stream of streams) expect(await next(stream)).toBe(6012);
  });
});
