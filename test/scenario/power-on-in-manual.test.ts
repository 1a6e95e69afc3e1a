// A cell that is switched on with its selector on manual: when somebody has to hold the enabling device before a reset is taken.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { manualCell, SELECTOR } from '../support/manual-cell.ts';
import { serveCell } from '../support/served-cell.ts';

let directory = '';
let cell: Awaited<ReturnType<typeof serveCell>>;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'celda-test-'));
  vi.stubEnv('XDG_RUNTIME_DIR', directory);
  cell = await serveCell(manualCell(), import.meta.filename);
});

afterEach(async () => {
  await cell.stop();
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

async function switchOn(isDoorClosed: boolean): Promise<void> {
  for (const contact of ['mode-key', 'enable-2', SELECTOR.manualReducedSpeed]) cell.world.setInput(contact, true);
  cell.world.setInput(SELECTOR.automatic, false);
  cell.world.setInput('door', isDoorClosed);
  await cell.advance(4_000);
  await cell.reset();
}

const standing = () => [cell.snapshot.unit, cell.snapshot.mode, cell.snapshot.boards[0]?.link];

it('with the guard closed nobody has to: the board is proven and the reset is taken', async () => {
  await switchOn(true);
  expect(standing()).toEqual(['Idle', 'Manual', 'stopped']);
});

it('with a guard open that the boards watch in automatic, the enabling device has to be held once', async () => {
  await switchOn(false);
  expect(standing()).toEqual(['Stopped', 'Manual', 'unproven']);
  expect(cell.snapshot.alarms).toMatchObject([{ code: 4013, detail: { boards: 'uno-1 unproven' } }]);
  cell.world.setInput('enable-1', true);
  await cell.advance(2_000);
  cell.world.setInput('enable-1', false);
  await cell.advance(500);
  await cell.reset();
  expect(standing()).toEqual(['Idle', 'Manual', 'stopped']);
});
