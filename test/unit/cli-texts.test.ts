// What a person reads of job orders, in both languages.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ResponseView } from '../../src/app/job-response-view.ts';
import type { JobView } from '../../src/app/job-view.ts';
import { progressLine, type Shown, takeEvent } from '../../src/cli/demo-progress.ts';
import { jobLine, jobLines, responseLines } from '../../src/cli/job-text.ts';

const JOB: JobView = {
  jobOrderId: 'order-1',
  description: 'blue lids',
  workMasterId: 'park',
  workMasterVersion: '1.0.0',
  priority: 0,
  parameters: { speed: 50, pause: 1500 },
  units: { pause: 'ms' },
  state: 'Interrupted',
  substate: 'Held',
  result: 'Unknown',
  storeTime: '2026-01-01T00:00:00.000Z',
  startTime: '2026-01-01T00:00:01.000Z',
  endTime: '2026-01-01T00:00:03.500Z',
  producedQuantity: 3,
  goodQuantity: 2,
  measurements: [{ id: 'grip-pressure', value: -61.234, unit: 'kPa', time: undefined }],
  reason: {
    code: 4001,
    reason: 'EMERGENCY_STOP',
    title: '[4001] emergency stop (block=estop)',
    response: 'reset',
    titleEs: '[4001] paro de emergencia (block=estop)',
    responseEs: 'rearme',
    detail: {},
  },
  comment: '',
  revision: 4,
  etag: 'r4',
};

beforeEach(() => vi.stubEnv('TZ', 'America/Monterrey'));
afterEach(() => vi.unstubAllEnvs());

it('all that is known of a job order is one thing a line', () => {
  expect(jobLines(JOB, 'en')).toEqual([
    'job order    order-1: Interrupted/Held, result Unknown',
    'description  blue lids',
    'work master  park 1.0.0',
    'parameters   speed=50 pause=1.5 s',
    'stored       2025-12-31T18:00:00.000-06:00',
    'started      2025-12-31T18:00:01.000-06:00',
    'ended        2025-12-31T18:00:03.500-06:00 (after 2.5 s)',
    'produced     3, of which good 2',
    'measured     grip-pressure -61.23 kPa',
    'reason       [4001] emergency stop (block=estop)',
    'what to do   reset',
    'then         celda job resume order-1, or give it up: celda job abort order-1',
  ]);
});

it('the same in Spanish, with the states in the words of the standard and what they mean', () => {
  expect(jobLines(JOB, 'es')).toEqual([
    'orden        order-1: Interrupted/Held (interrumpida, retenida), resultado Unknown (aún sin resultado)',
    'descripción  blue lids',
    'trabajo      park 1.0.0',
    'parámetros   speed=50 pause=1.5 s',
    'guardada     2025-12-31T18:00:00.000-06:00',
    'iniciada     2025-12-31T18:00:01.000-06:00',
    'terminada    2025-12-31T18:00:03.500-06:00 (tras 2.5 s)',
    'producidas   3, de ellas buenas 2',
    'medido       grip-pressure -61.23 kPa',
    'motivo       [4001] paro de emergencia (block=estop)',
    'qué hacer    rearme',
    'después      celda job resume order-1, o para abandonarla: celda job abort order-1',
  ]);
  expect(jobLine(JOB, 'es')).toMatch(/ 2\/3 buenas [^[]*\[4001\] paro de emergencia \(block=estop\)$/);
  expect(jobLine({ ...JOB, startTime: undefined, reason: undefined }, 'en')).toMatch(/ 2\/3 good$/);
});

it('an interrupted order says how it goes on, and nothing of it where it cannot or nobody knows', () => {
  const last = (code: number | undefined, state = 'Interrupted') => {
    const reason = code === undefined || JOB.reason === undefined ? undefined : { ...JOB.reason, code };
    return jobLines({ ...JOB, state, reason }, 'en').at(-1);
  };
  expect(last(undefined)).toBe('then         celda job resume order-1, or give it up: celda job abort order-1');
  expect(last(6029)).toBe('then         celda job abort order-1');
  expect(last(4006)).toBe('what to do   reset');
  expect(last(4001, 'Aborted')).toBe('what to do   reset');
});

it('what is measured in a response is shown in its unit, and durations in seconds where they are long', () => {
  const response: ResponseView = {
    jobResponseId: 'order-1/response',
    jobOrderId: 'order-1',
    state: 'Ended',
    substate: 'Closed',
    result: 'Successful',
    workMasterId: 'park',
    workMasterVersion: '1.0.0',
    startTime: undefined,
    endTime: undefined,
    data: {
      ProducedQuantity: 3,
      ActualUnitBusyTime: 21_041,
      ActualUnitDelayTime: 658,
      'grip-pressure': -61.29426129,
      note: 'x',
    },
    units: { ProducedQuantity: '1', ActualUnitBusyTime: 'ms', ActualUnitDelayTime: 'ms', 'grip-pressure': 'kPa' },
    materials: [],
    reason: undefined,
    etag: 'r4',
  };
  expect(responseLines(response, 'en').slice(4)).toEqual([
    'data         ProducedQuantity 3',
    'data         ActualUnitBusyTime 21.0 s',
    'data         ActualUnitDelayTime 658 ms',
    'data         grip-pressure -61.2943 kPa',
    'data         note x',
  ]);
});

it('the parts that the demo counts never go back, though changes of the order come later than its progress', () => {
  const shown: Shown = { state: 'Running', label: '', produced: 0, lastPartMs: 0, links: new Map() };
  const progress = { jobOrderId: 'order-1', step: 'steps[0]', label: 'leave', goodQuantity: 2, lastPartMs: 6_100 };
  const counts = [
    { kind: 'progress', progress: { ...progress, producedQuantity: 2 } } as const,
    { kind: 'job', job: { ...JOB, state: 'Running', substate: '', producedQuantity: 1 }, isInitial: false } as const,
    { kind: 'job', job: { ...JOB, state: 'Running', substate: '', producedQuantity: 3 }, isInitial: false } as const,
  ].map((event) => (takeEvent(shown, event) ? progressLine(shown, 'en') : undefined));
  expect(counts).toEqual([2, 2, 3].map((parts) => `  Running | ${parts} parts | 6.1 s per part | link ? | leave`));
});
