// What a person reads of job orders, in both languages.
import { expect, it } from 'vitest';
import type { JobView } from '../../src/app/job-view.ts';
import { jobLine, jobLines } from '../../src/cli/job-text.ts';

const JOB: JobView = {
  jobOrderId: 'order-1',
  description: 'blue lids',
  workMasterId: 'park',
  workMasterVersion: '1.0.0',
  priority: 0,
  parameters: { speed: 50 },
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
    title: 'emergency stop',
    response: 'reset',
    titleEs: 'paro de emergencia',
    responseEs: 'rearme',
    detail: {},
  },
  comment: '',
  revision: 4,
  etag: 'r4',
};

it('all that is known of a job order is one thing a line', () => {
  expect(jobLines(JOB, 'en')).toEqual([
    'job order    order-1: Interrupted/Held, result Unknown',
    'description  blue lids',
    'work master  park 1.0.0',
    'parameters   speed=50',
    'stored       2026-01-01T00:00:00.000Z',
    'started      2026-01-01T00:00:01.000Z',
    'ended        2026-01-01T00:00:03.500Z (after 2.5 s)',
    'produced     3, of which good 2',
    'measured     grip-pressure -61.23 kPa',
    'reason       emergency stop',
    'what to do   reset',
  ]);
});

it('the same in Spanish, with the states in the words of the standard', () => {
  expect(jobLines(JOB, 'es')).toEqual([
    'orden        order-1: Interrupted/Held, resultado Unknown',
    'descripción  blue lids',
    'trabajo      park 1.0.0',
    'parámetros   speed=50',
    'guardada     2026-01-01T00:00:00.000Z',
    'iniciada     2026-01-01T00:00:01.000Z',
    'terminada    2026-01-01T00:00:03.500Z (tras 2.5 s)',
    'producidas   3, de ellas buenas 2',
    'medido       grip-pressure -61.23 kPa',
    'motivo       paro de emergencia',
    'qué hacer    rearme',
  ]);
  expect(jobLine(JOB, 'es')).toMatch(/ 2\/3 buenas .* \[4001\] paro de emergencia$/);
  expect(jobLine({ ...JOB, startTime: undefined, reason: undefined }, 'en')).toMatch(/ 2\/3 good$/);
});
