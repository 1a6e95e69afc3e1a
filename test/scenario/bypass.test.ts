// Goal: a bypass that a person sets at the machine suspends one safeguard on the boards too, is seen by everybody, ends by its time with
// a stop, and is never one of an emergency stop. Method: the example cell with a maintenance mode, the commands, the machine socket, the
// gateway and the firmware, in virtual time; the steps are those of docs/how-to/bypass-a-stop.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CellServiceDefinition } from '../../proto/generated/services.js';
import { addAlarmsCommand } from '../../src/cli/commands/alarms.ts';
import { addBypassCommand } from '../../src/cli/commands/bypass.ts';
import { GrpcClient } from '../../src/client/grpc-client.ts';
import { loadCell } from '../../src/config/load.ts';
import { pinNumber } from '../../src/core/board-pins.ts';
import { type Ran, runCommand, serveCell } from '../support/served-cell.ts';

const SET = ['--for', '20s', '--reason', 'align', '--by', 'ana'] as const;

let directory = '';
let cell: Awaited<ReturnType<typeof serveCell>>;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  vi.stubEnv('XDG_RUNTIME_DIR', directory);
  const guarded = loadCell('cells/guarded-cell/cell.yaml');
  if (!guarded.ok) throw new Error('the cell has problems');
  cell = await serveCell(guarded.value, import.meta.filename);
  await cell.advance(2000);
  cell.world.setInput('mode-maintenance', true);
  await cell.advance(1000);
  for (const opened of ['arm-door-a', 'arm-door-b', 'belt-cover']) cell.world.setInput(opened, false);
  await cell.advance(500);
  await cell.reset();
});

afterEach(async () => {
  await cell.stop();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

function bypass(...args: readonly string[]): Promise<Ran> {
  return cell.during(runCommand(addBypassCommand, ['bypass', ...args]));
}

const isPowerOn = (): boolean => cell.pin(pinNumber('mega', 'D22') ?? -1).level === 1;
const codes = (): readonly number[] => cell.snapshot.alarms.map(({ code }) => code);

/** Bypassed, enabled with the cover off, and a person presses the enabling device: power is on. */
async function poweredWithOpenCover(): Promise<void> {
  // The cover counts in every mode: without a bypass the reset is refused.
  expect(cell.snapshot.unit).toBe('Stopped');
  expect(await bypass('set', 'cover-stop', ...SET)).toMatchObject({ status: 0 });
  await cell.reset();
  await cell.advance(1000);
  await cell.reset();
  await cell.advance(500);
  expect([cell.snapshot.unit, isPowerOn()]).toEqual(['Idle', false]);
  cell.world.setInput('enabling-a', true);
  await cell.advance(500);
  expect(isPowerOn()).toBe(true);
}

describe('a bypass that was set at the machine', () => {
  it('lets the board be armed with the cover off, and everybody sees it', async () => {
    await poweredWithOpenCover();
    const mine = { stopFunction: 'cover-stop', by: 'ana', reason: 'align', isActive: true };
    const listed = await bypass('list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject([mine]);
    expect((await bypass('list', '--locale', 'es')).stdout).toContain('cover-stop  ANULADA  hasta ');
    expect(cell.snapshot.bypasses).toMatchObject([mine]);
    expect(cell.events).toContainEqual(expect.stringMatching(/^cover-stop IS BYPASSED until .* \(ana: align\)/));
    const alarms = await cell.during(runCommand(addAlarmsCommand, ['alarms', '--address', cell.address, '--json']));
    const told = { state: 'unacknowledged', fault: expect.objectContaining({ code: 4401 }) as unknown };
    expect(JSON.parse(alarms.stdout)).toMatchObject({
      mode: 'Maintenance',
      alarms: expect.arrayContaining([expect.objectContaining(told)]) as unknown,
    });
    const client = new GrpcClient(cell.address);
    const answer = await cell.during(client.call(CellServiceDefinition.getCellState, {}));
    client.close();
    expect(answer.ok && answer.value.state?.bypasses).toMatchObject([{ stopFunction: 'cover-stop', owner: 'ana' }]);
  });

  it('ends by its time: the power goes, the cell stops, and the safeguard counts again', async () => {
    await poweredWithOpenCover();
    await cell.advance(21_000);
    expect([cell.snapshot.bypasses, cell.snapshot.unit, isPowerOn(), codes()]).toEqual([
      [],
      'Stopped',
      false,
      expect.arrayContaining([4402]) as unknown,
    ]);
    expect((await bypass('list')).stdout).toBe('nothing is bypassed\n');
    await cell.reset();
    await cell.advance(500);
    expect([cell.snapshot.unit, isPowerOn()]).toEqual(['Stopped', false]);
  });

  it('leaves the emergency stop as it is, and there is none of that', async () => {
    await poweredWithOpenCover();
    cell.world.press('estop');
    await cell.advance(600);
    expect([isPowerOn(), codes()[0]]).toEqual([false, 4401]);
    expect(codes()).toContain(4001);
    cell.world.release('estop');
    await cell.advance(200);
    const refused = await bypass('set', 'emergency-stop', ...SET, '--json');
    expect([refused.status, JSON.parse(refused.stdout)]).toMatchObject([1, { error: { exitCode: 1 } }]);
    expect(refused.stdout).toContain('[4403]');
  });
});
