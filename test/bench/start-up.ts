// Goal: a simulated cell is ready within 2 s of its command, and its control process stays within 120 MiB.
// Method: `celda sim` of the example cell as a user starts it, from the start of the process to the line that says ready,
// in turn with a bare start of Node; then a job runs, and the operating system is asked for the memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { JobClient } from '../../src/app/job-client.ts';
import { SimulationClient } from '../../src/app/simulation-client.ts';
import { turn } from '../../src/cli/operator.ts';
import { CeldaProcess } from './celda-process.ts';
import { boundedFigure, comparedFigure, type Measurement } from './figure.ts';
import { pause } from './moving-cell.ts';
import { type Memory, memoryOf } from './processes.ts';

const RUNS = 7;
const QUICK_RUNS = 2;
const CELL = 'cells/pick-and-place/cell.yaml';
const READY_MAX_MS = 2000;
const MEMORY_MAX_MIB = 120;
/** How long the job runs before memory is read, ms. */
const JOB_MS = 15_000;
const QUICK_JOB_MS = 2000;
const TRIES = 20;

export const measureStartUp: Measurement = async ({ quick, progress }) => {
  const runs = quick ? QUICK_RUNS : RUNS;
  const ready: number[] = [];
  const bare: number[] = [];
  const memory: Memory[] = [];
  for (let run = 1; run <= runs; run += 1) {
    progress(`start: run ${run} of ${runs}`);
    bare.push(await startNode());
    const simulation = new CeldaProcess('sim', CELL, '--grpc-port', '0', '--sim-port', '0');
    try {
      await simulation.says(/is ready/);
      ready.push(performance.now() - simulation.startedAt);
      // Once is enough, and at its most: with a job under way.
      if (run === runs) {
        await runJob(simulation);
        await pause(quick ? QUICK_JOB_MS : JOB_MS);
        memory.push(memoryOf(simulation.controlPid));
      }
    } finally {
      await simulation.stop();
    }
  }
  const name = 'start to ready in simulation';
  return [
    boundedFigure({
      name,
      requirement: '<= 2 s',
      unit: 'ms',
      values: ready,
      judged: 'median',
      limit: { what: 'required', value: READY_MAX_MS, kind: 'at most' },
      note: `${runs} starts of the example cell: supervisor, control, gateway and simulated boards`,
    }),
    comparedFigure({
      name: `${name}, against Node alone`,
      requirement: '-',
      unit: 'ms',
      measured: ready,
      reference: { what: 'node -e 0', runs: bare },
      ratioMax: undefined,
      note: '',
    }),
    boundedFigure({
      name: 'memory of the control process',
      requirement: `<= ${MEMORY_MAX_MIB} MiB`,
      unit: 'MiB',
      values: memory.map(({ residentMiB }) => residentMiB),
      judged: 'max',
      limit: { what: 'required', value: MEMORY_MAX_MIB, kind: 'at most' },
      note: `resident, a job running for ${(quick ? QUICK_JOB_MS : JOB_MS) / 1000} s; at most so far ${memory[0]?.peakMiB.toFixed(0) ?? '?'} MiB`,
    }),
  ];
};

async function startNode(): Promise<number> {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - startedAt;
}

async function runJob(simulation: CeldaProcess): Promise<void> {
  const jobs = new JobClient(await simulation.says(/gRPC +(\S+)/));
  const operator = new SimulationClient(await simulation.says(/simulation +(\d\S+)/));
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      await turn(operator, 'reset', 'push');
      const request = { workMasterId: 'pick-and-place', description: '', priority: 0, parameters: { count: 20 } };
      const answer = await jobs.submit({ jobOrderId: `bench-${tries}`, ...request });
      if (answer.ok) return;
    }
    throw new Error(`the cell took no order; it said last:\n${simulation.lastWords}`);
  } finally {
    jobs.close();
    operator.close();
  }
}
