// `celda verify` as a person runs it: exit codes, texts, the files of a refutation, and the replay of one in the simulator.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { replay } from '../../sim/replay.ts';
import { simulateCell } from '../../sim/testing.ts';
import { readCounterExample } from '../../src/app/counter-examples.ts';
import { leaveJournal, recordsBeside } from '../support/left-records.ts';
import { runCelda } from '../support/run-celda.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'cells', 'pick-and-place', 'cell.yaml');
const folder = mkdtempSync(join(tmpdir(), 'celda-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const AT_ONCE = { pace: () => Promise.resolve(), onMoment: () => undefined };

/** The example cell with the belt left out of the guard stop. */
function faultyCell(): string {
  const path = join(folder, 'cell.yaml');
  const text = readFileSync(EXAMPLE, 'utf8');
  const [head, tail] = text.split('      role: protective-stop\n');
  writeFileSync(
    path,
    `${head}      role: protective-stop\n${tail?.replace(', belt-motor, vacuum-valve]', ', vacuum-valve]')}`,
  );
  return path;
}

describe('celda verify', () => {
  it('refutes a faulty cell with 1, in Spanish, and writes what the simulator then shows to happen', async () => {
    const path = faultyCell();
    leaveJournal(path);
    const out = join(folder, 'refuted');
    const run = await runCelda(['verify', path, '--locale', 'es', '--out', out], {});
    expect(run.status).toBe(1);
    expect(recordsBeside(path)).toMatchObject([{ type: 'cell.verify', result: 'FAILED', resultCode: 'NOT_VERIFIED' }]);
    expect(run.stdout).toContain('belt-motor puede seguir activado 0 ms después de que guard-door pasara a abierto');
    expect(readdirSync(out).toSorted()).toEqual(['counterexample-1.json', 'counterexample-1.svg']);
    const svg = readFileSync(join(out, 'counterexample-1.svg'), 'utf8');
    expect(svg).toMatch(/>movimiento<[\s\S]*>algo se mueve<[\s\S]*estop 8402 espera el rearme/);
    expect(svg).toMatch(/^<svg [\s\S]*guard-door[\s\S]*esto no debe ocurrir[\s\S]*<\/svg>\n$/);

    const { finding } = readCounterExample(join(out, 'counterexample-1.json'));
    const cell = await simulateCell(path);
    const { isReproduced, moments } = await replay(cell, finding, AT_ONCE);
    cell.shutdown();
    expect(moments.at(-1)?.codes?.['estop']).toBe('8000');
    expect(isReproduced).toBe(true);

    // In the cell that has the belt in its guard stop the same inputs do no harm.
    const mended = await simulateCell(EXAMPLE);
    expect((await replay(mended, finding, AT_ONCE)).isReproduced).toBe(false);
    mended.shutdown();
  });

  it('proves the example with 0, and a cell that requires a proof does not start without one', async () => {
    const path = join(folder, 'strict.yaml');
    writeFileSync(path, readFileSync(EXAMPLE, 'utf8').replace('safety:\n', 'safety:\n  requireVerified: true\n'));
    const refused = await runCelda(['run', path, '--port', 'uno-1=/dev/null'], {});
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('4501');
    const proof = await runCelda(['verify', path, '--json'], {});
    expect(proof.status).toBe(0);
    expect(JSON.parse(proof.stdout)).toMatchObject({ verdict: 'proved', cell: 'pick-and-place' });
    const check = await runCelda(['check', path], {});
    expect(check.stdout).toContain('verified: proved for this configuration');
  });

  it('ends with 3 when a limit was reached first, says what was not covered, and that counts as no proof', async () => {
    const path = join(folder, 'cut.yaml');
    writeFileSync(path, readFileSync(EXAMPLE, 'utf8'));
    const slow = await runCelda(['verify', path, '--max-transitions', '5'], {});
    expect(slow.status).toBe(3);
    const cut = await runCelda(['verify', path, '--max-states', '5'], {});
    expect(cut.status).toBe(3);
    expect(cut.stdout).toMatch(/not covered: \d+ states had been seen and were not looked at/);
    const check = await runCelda(['check', path, '--json'], {});
    expect(JSON.parse(check.stdout)).toMatchObject({ ok: true, cell: { verified: 'incomplete' } });
  });
});
