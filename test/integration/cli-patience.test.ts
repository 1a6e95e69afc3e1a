// Goal: a command that is given while the gateway is started again waits for it, and says so, whatever service it asks.
// Method: the commands over gRPC, through a line that lets nobody connect and is then mended.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addAlarmsCommand, addStopsCommand } from '../../src/cli/commands/alarms.ts';
import { addSignalsCommand, addUnitCommand } from '../../src/cli/commands/unit.ts';
import { addWorkMasterCommand } from '../../src/cli/commands/work-master.ts';
import { NO_ALARMS, raiseAlarm } from '../../src/core/alarm-list.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import { CutLine } from '../support/cut-line.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';
import { beginCommand } from '../support/served-cell.ts';

const STAMP = { now: monotonicMs(0), wall: epochMs(1_767_225_600_000) };
let bench: MesBench;
let line: CutLine;

beforeEach(async () => {
  bench = await startMesBench();
  bench.control.hello();
  line = await CutLine.open(bench.server.port);
  line.refuse();
});
afterEach(async () => {
  await line.close();
  await bench.stop();
});

it.each([
  ['unit', addUnitCommand, ['unit'], /^cell +small$/m],
  ['unit stop', addUnitCommand, ['unit', 'stop'], /^Stopping$/m],
  ['alarms', addAlarmsCommand, ['alarms'], /^no alarms$/m],
  ['stops', addStopsCommand, ['stops'], /has not stopped/],
  ['work-master list', addWorkMasterCommand, ['work-master', 'list'], /^pick 2.1.0 /],
])('celda %s', async (_name, add, args, shown) => {
  const command = beginCommand(add, [...args, '--address', line.address, '--locale', 'en']);
  const told = `nothing answers at ${line.address} (UNAVAILABLE); it is tried again for 4 s\n`;
  await vi.waitFor(() => expect(command.said.stderr).toBe(told));
  line.mend();
  const { status, stdout, stderr } = await command.ended;
  expect([status, stderr]).toEqual([0, told]);
  expect(stdout).toMatch(shown);
});

it.each([
  ['alarms --watch', addAlarmsCommand, ['alarms', '--watch']],
  ['signals', addSignalsCommand, ['signals']],
])('celda %s waits, then watches until Ctrl-C', async (_name, add, args) => {
  const ctrlC = new AbortController();
  bench.control.showSnapshot({
    alarmList: raiseAlarm(NO_ALARMS, fault(7004, { program: 'p', text: 'x' }), STAMP).alarms,
  });
  const command = beginCommand(add, [...args, '--address', line.address, '--locale', 'es', '--json'], ctrlC.signal);
  const told = `nadie responde en ${line.address} (UNAVAILABLE); se intenta de nuevo durante 4 s\n`;
  await vi.waitFor(() => expect(command.said.stderr).toBe(told));
  line.mend();
  await vi.waitFor(() => expect(command.said.stdout).not.toBe(''));
  ctrlC.abort();
  const { status, stderr } = await command.ended;
  expect([status, stderr]).toEqual([0, told]);
});
