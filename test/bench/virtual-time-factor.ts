// How much faster than real time the example cell runs in virtual time, as a figure of the table.
import { boundedFigure, type Measurement } from './figure.ts';
import { measureVirtualTime } from './virtual-time.ts';

const RUNS = 5;
const QUICK_RUNS = 1;
const FACTOR_MIN = 1000;

export const measureVirtualTimeFactor: Measurement = async ({ quick, progress }) => {
  progress('virtual time: the example cell with a job of 20 parts');
  const { cpuFactor, undisturbedFactor, wallFactor, runs, virtualMsPerRun } = await measureVirtualTime(
    quick ? QUICK_RUNS : RUNS,
  );
  return [
    boundedFigure({
      name: 'virtual time of the example cell',
      requirement: '>= 1,000 x real time on one core',
      unit: 'x',
      values: [cpuFactor],
      judged: 'median',
      limit: { what: 'required', value: FACTOR_MIN, kind: 'at least' },
      note: `virtual time over processor time, median of ${runs} runs of ${virtualMsPerRun / 1000} s; ${Math.round(undisturbedFactor)} x with the least of each slice; over wall time ${Math.round(wallFactor)} x`,
    }),
  ];
};
