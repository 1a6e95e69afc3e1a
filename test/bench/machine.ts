// On what the figures were measured, and whether it was busy with something else: then they say little.
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly platform: string;
  /** Over the last 1, 5 and 15 minutes; the measurement's own load is in it at the end. */
  readonly loadAverage: readonly number[];
  readonly at: string;
}

/** Processes per core that want to run before the measurement begins: above it they disturb each other. */
const LOAD_PER_CORE_MAX = 0.5;

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    loadAverage: loadavg().map((load) => Math.round(load * 100) / 100),
    at: new Date().toISOString(),
  };
}

/** @returns a warning, or undefined when the machine is quiet enough */
export function busyWarning({ loadAverage, cores }: Pick<Machine, 'loadAverage' | 'cores'>): string | undefined {
  const load = loadAverage[0] ?? 0;
  if (load <= cores * LOAD_PER_CORE_MAX) return undefined;
  return `this machine is busy (load average ${load} on ${cores} cores): times are longer than they need be, tails above all`;
}
