// Goal: virtual time runs at least 1,000 times as fast as real time, for the example cell on one core, job under way.
// Method: one cell, a job of 20 parts, slices of virtual time; CPU time, since a busy machine stretches wall time.
import { performance } from 'node:perf_hooks';
import { simulateCell } from '../../sim/testing.ts';

const EXAMPLE = new URL('../../cells/pick-and-place/cell.yaml', import.meta.url).pathname;

const RUNS = 5;
const PARTS = 20;
/** Virtual time of one run, ms: 20 parts take about 130 s. */
const RUN_MS = 100_000;

export interface VirtualTimeResult {
  /** Virtual time over CPU time of the process, median of the runs. */
  readonly cpuFactor: number;
  /** Virtual time over wall time, median of the runs. */
  readonly wallFactor: number;
  readonly runs: number;
  readonly virtualMsPerRun: number;
}

/** Steady state: the first run, which compiles, is not counted; loading and booting are in none. */
export async function measureVirtualTime(runs = RUNS): Promise<VirtualTimeResult> {
  await runOnce();
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let count = 0; count < runs; count += 1) {
    const { cpuMs, wallMs } = await runOnce();
    cpu.push(RUN_MS / cpuMs);
    wall.push(RUN_MS / wallMs);
  }
  return { cpuFactor: median(cpu), wallFactor: median(wall), runs, virtualMsPerRun: RUN_MS };
}

async function runOnce(): Promise<{ readonly cpuMs: number; readonly wallMs: number }> {
  using cell = await simulateCell(EXAMPLE);
  await cell.reset();
  const { order } = await cell.order('pick-and-place', { count: PARTS });
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  await cell.advance(RUN_MS);
  const { user, system } = process.cpuUsage(cpuBefore);
  const wallMs = performance.now() - startedAt;
  // A cell that stopped for a fault would be fast and prove nothing.
  const state = cell.jobs.get(order.jobOrderId)?.state;
  if (state !== 'Running' && state !== 'Ended') throw new Error(`the job did not run: ${cell.describe()}`);
  return { cpuMs: (user + system) / 1000, wallMs };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await measureVirtualTime())}\n`);
