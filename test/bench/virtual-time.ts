// Goal: virtual time runs at least 1,000 times as fast as real time, for the example cell on one core, job under way.
// Method: a job of 20 parts, run again and again; CPU time, since a busy machine stretches wall time. Other work on the
// machine stretches CPU time too (caches, sibling threads), so the least of all runs is added up slice by slice as well.
import { performance } from 'node:perf_hooks';
import { simulateCell } from '../../sim/testing.ts';

const EXAMPLE = new URL('../../cells/pick-and-place/cell.yaml', import.meta.url).pathname;

const RUNS = 5;
/** Runs that are not counted: code is compiled and improved in them. */
const WARM_UPS = 3;
const PARTS = 20;
/** Virtual time of one run, ms: 20 parts take about 130 s. */
const RUN_MS = 100_000;
const SLICE_MS = 2000;

export interface VirtualTimeResult {
  /** Virtual time over CPU time of the process, median of the runs. */
  readonly cpuFactor: number;
  /** The same for a run made of the least CPU time that each slice took in any run: nearest to an idle machine. */
  readonly undisturbedFactor: number;
  /** Virtual time over wall time, median of the runs. */
  readonly wallFactor: number;
  readonly runs: number;
  readonly virtualMsPerRun: number;
}

/** Steady state: loading, booting and compiling are not in it. */
export async function measureVirtualTime(runs = RUNS): Promise<VirtualTimeResult> {
  for (let count = 0; count < WARM_UPS; count += 1) await runOnce();
  const taken: Run[] = [];
  for (let count = 0; count < runs; count += 1) taken.push(await runOnce());
  const leastMs = (taken[0]?.sliceCpuMs ?? []).map((_, slice) =>
    Math.min(...taken.map(({ sliceCpuMs }) => sliceCpuMs[slice] ?? Number.NaN)),
  );
  return {
    cpuFactor: median(taken.map(({ sliceCpuMs }) => RUN_MS / sum(sliceCpuMs))),
    undisturbedFactor: RUN_MS / sum(leastMs),
    wallFactor: median(taken.map(({ wallMs }) => RUN_MS / wallMs)),
    runs,
    virtualMsPerRun: RUN_MS,
  };
}

interface Run {
  readonly sliceCpuMs: readonly number[];
  readonly wallMs: number;
}

async function runOnce(): Promise<Run> {
  using cell = await simulateCell(EXAMPLE);
  await cell.reset();
  const { order } = await cell.order('pick-and-place', { count: PARTS });
  const sliceCpuMs: number[] = [];
  const startedAt = performance.now();
  for (let at = 0; at < RUN_MS; at += SLICE_MS) {
    const before = process.cpuUsage();
    await cell.advance(SLICE_MS);
    const { user, system } = process.cpuUsage(before);
    sliceCpuMs.push((user + system) / 1000);
  }
  const wallMs = performance.now() - startedAt;
  // A cell that stopped for a fault would be fast and prove nothing.
  const state = cell.jobs.get(order.jobOrderId)?.state;
  if (state !== 'Running' && state !== 'Ended') throw new Error(`the job did not run: ${cell.describe()}`);
  return { sliceCpuMs, wallMs };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await measureVirtualTime())}\n`);
