// Goal: what a person or a script gets of `celda job`: what each command does, prints and ends with, and how a refusal is shown.
// Method: the commands, over gRPC, against a gateway with the real control cycle of the example cell behind it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addJobCommand } from '../../src/cli/commands/job.ts';
import { record } from '../support/channel-samples.ts';
import { CutLine } from '../support/cut-line.ts';
import { CycleRig, exampleCell } from '../support/cycle-rig.ts';
import { type GatewayBench, startGatewayBench } from '../support/mes-bench.ts';
import { RigControl } from '../support/rig-control.ts';
import { beginCommand, type Ran, runCommand } from '../support/served-cell.ts';

/** A port that nothing listens on: 1 is tcpmux, which no machine here serves. */
const NOBODY = '127.0.0.1:1';
const ORDER = ['pick-and-place', '-p', 'count=2', '--id', 'J-1'] as const;

let control: RigControl;
let bench: GatewayBench;

beforeEach(async () => {
  const cell = exampleCell();
  control = new RigControl(new CycleRig(cell));
  bench = await startGatewayBench(control, cell);
  control.hello();
  control.rig.makeReady();
  control.run(1);
});

afterEach(() => bench.stop());

function job(...args: readonly string[]): Promise<Ran> {
  const [command = '', ...rest] = args;
  return runCommand(addJobCommand, ['job', command, '--address', `127.0.0.1:${bench.server.port}`, ...rest]);
}

interface Shown {
  readonly jobOrderId: string;
  readonly state: string;
  readonly substate: string;
  readonly [key: string]: unknown;
}

async function json(...args: readonly string[]): Promise<Shown> {
  const { status, stdout, stderr } = await job(...args, '--json');
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout.trimEnd()).not.toContain('\n');
  return JSON.parse(stdout) as Shown;
}

async function place(...args: readonly string[]): Promise<string> {
  const { state, substate } = await json(...args);
  return substate === '' ? state : `${state}/${substate}`;
}

interface Failure {
  readonly message: string;
  readonly details: readonly string[];
  readonly exitCode: number;
  readonly status: string;
  readonly reason: string;
}

async function refused(...args: readonly string[]): Promise<Failure> {
  const { status, stdout } = await job(...args, '--json');
  const { error } = JSON.parse(stdout) as { readonly error: Failure };
  expect(error.exitCode).toBe(status);
  return error;
}

async function runningOrder(): Promise<void> {
  await json('submit', ...ORDER);
  control.run(5);
  expect(await place('get', 'J-1')).toBe('Running');
}

describe('celda job, before an order begins', () => {
  it('stores it, and says how to let it run, in both languages', async () => {
    expect(await job('store', ...ORDER)).toEqual({
      status: 0,
      stdout: 'stored as J-1; let it run: celda job start J-1\n',
      stderr: '',
    });
    const { stdout } = await job('store', 'pick-and-place', '-p', 'count=2', '--id', 'J-2', '--locale', 'es');
    expect(stdout).toBe('guardada como J-2; para dejarla correr: celda job start J-2\n');
    expect(await place('get', 'J-1')).toBe('NotAllowedToStart/Ready');
  });

  it('gives scripts all of it in one line', async () => {
    const stored = await json('store', ...ORDER, '--priority', '7', '--description', 'two parts');
    expect(stored).toMatchObject({
      jobOrderId: 'J-1',
      description: 'two parts',
      workMasterId: 'pick-and-place',
      priority: 7,
      parameters: { count: 2 },
      state: 'NotAllowedToStart',
      substate: 'Ready',
      producedQuantity: 0,
      revision: 1,
    });
    expect(stored['etag']).toBe((await json('get', 'J-1'))['etag']);
  });

  it('replaces it, and keeps nothing of what it was', async () => {
    await json('store', ...ORDER, '--priority', '7');
    const updated = await json('update', 'J-1', 'pick-and-place', '-p', 'count=3', '--comment', 'more');
    expect(updated).toMatchObject({ parameters: { count: 3 }, priority: 0, comment: 'more', revision: 2 });
  });

  it('starts it, takes that back while it has not begun, and removes it', async () => {
    expect(await job('list', '--locale', 'es')).toMatchObject({ status: 0, stdout: '', stderr: 'no hay órdenes\n' });
    await json('store', 'pick-and-place', '-p', 'count=2', '--id', 'J-0');
    await json('start', 'J-0');
    await json('store', ...ORDER);
    expect(await place('start', 'J-1')).toBe('AllowedToStart/Ready');
    expect(await place('revoke', 'J-1', '--comment', 'not yet')).toBe('NotAllowedToStart/Ready');
    expect(await place('cancel', 'J-1')).toBe('NotAllowedToStart/Ready');
    await json('store', 'pick-and-place', '-p', 'count=2', '--id', 'J-3');
    expect(await json('cancel', 'J-3')).toMatchObject({ jobOrderId: 'J-3', removed: true });
    await json('store', 'pick-and-place', '-p', 'count=2', '--id', 'J-2');
    const cancelled = await job('cancel', 'J-2', '--locale', 'es');
    expect(cancelled.stdout, 'it is shown as it was, and that it is no more').toMatch(/^J-2 +retirada\n/);
    expect(await refused('get', 'J-1')).toMatchObject({
      ...{ exitCode: 1, status: 'NOT_FOUND', code: 6004 },
      ...{ metadata: { jobOrderId: 'J-1' }, violations: [] },
    });
  });
});

describe('celda job list', () => {
  async function listed(...args: readonly string[]): Promise<readonly string[]> {
    const { status, stdout, stderr } = await job('list', '--json', ...args);
    expect([status, stderr]).toEqual([0, '']);
    return (JSON.parse(stdout) as readonly Shown[]).map(({ jobOrderId }) => jobOrderId);
  }

  it('shows only what is asked for, in the order that is asked for', async () => {
    for (const [id, priority] of [
      ['L-1', 3],
      ['L-2', 9],
      ['L-3', -1],
    ] as const) {
      await json('store', 'pick-and-place', '-p', 'count=2', '--id', id, '--priority', `${priority}`);
      control.run(1);
    }
    await json('start', 'L-3');
    expect(await listed()).toEqual(['L-1', 'L-2', 'L-3']);
    expect(await listed('--order-by', 'priority', '--desc')).toEqual(['L-2', 'L-1', 'L-3']);
    expect(await listed('--order-by', 'priority', '--desc', '--limit', '2')).toEqual(['L-2', 'L-1']);
    expect(await listed('--state', 'NotAllowedToStart', 'Ended')).toEqual(['L-1', 'L-2']);
    expect(await listed('--state', 'AllowedToStart', '--state', 'Running')).toEqual(['L-3']);
    expect(await listed('--state', 'NotAllowedToStart,Ended')).toEqual(['L-1', 'L-2']);
    expect(await listed('--state', 'Running, Ended', 'AllowedToStart')).toEqual(['L-3']);
    expect(await listed('--work-master', 'none-such')).toEqual([]);
    expect(await listed('--work-master', 'none-such', 'pick-and-place')).toHaveLength(3);
  });

  it('shows those that were stored from one time to another', async () => {
    const stored: string[] = [];
    for (const id of ['T-1', 'T-2', 'T-3']) {
      await json('store', 'pick-and-place', '-p', 'count=2', '--id', id);
      stored.push(String((await json('get', id))['storeTime']));
      control.run(5);
    }
    const [first, second, third] = stored;
    expect(new Set(stored).size).toBe(3);
    expect(await listed('--from', second ?? '')).toEqual(['T-2', 'T-3']);
    expect(await listed('--before', second ?? '')).toEqual(['T-1']);
    expect(await listed('--from', first ?? '', '--before', third ?? '')).toEqual(['T-1', 'T-2']);
  });

  it.each([
    ['--state', 'Busy'],
    ['--state', 'Ended,Busy'],
    ['--state', 'Ended,'],
    ['--order-by', 'name'],
    ['--limit', '0'],
    ['--limit', '2.5'],
    ['--from', 'yesterday'],
    ['--from', '2026-13-01'],
    ['--before', '2026-11-23 06:00'],
  ])('refuses %s %s with 2, before anything is asked', async (option, value) => {
    expect((await job('list', option, value)).status).toBe(2);
  });
});

describe('celda job, with an order that runs', () => {
  it('pauses, resumes, stops and acknowledges it, and shows its response on the way', async () => {
    await runningOrder();
    expect(await place('pause', 'J-1', '--comment', 'shift')).toBe('Interrupted/Suspended');
    control.run(300);
    expect(await place('resume', 'J-1')).toBe('Running');
    control.run(5);
    expect(await json('stop', 'J-1', '--comment', 'enough')).toMatchObject({
      state: 'Ended',
      substate: 'Completed',
      result: 'Unsuccessful',
      comment: 'enough',
      reason: { code: 6019 },
    });
    expect(await json('response', 'J-1')).toMatchObject({
      jobResponseId: 'J-1/response',
      state: 'Ended',
      substate: 'Completed',
      result: 'Unsuccessful',
      workMasterId: 'pick-and-place',
      data: { ProducedQuantity: 0, ReasonForStateChange: 'enough' },
      units: { ActualUnitBusyTime: 'ms', ActualUnitDelayTime: 'ms', ActualProductionTime: 'ms' },
      materials: [],
      reason: { code: 6019 },
    });
    expect(await place('acknowledge', 'J-1')).toBe('Ended/Closed');
    expect(await place('clear', 'J-1')).toBe('Ended/Closed');
    expect(await refused('response', 'J-1')).toMatchObject({ exitCode: 1, status: 'NOT_FOUND' });
  });

  it('says why an order that was paused does not go on, and that the resume has failed', async () => {
    await runningOrder();
    await job('pause', 'J-1');
    control.run(300);
    for (const channel of ['estop-a', 'estop-b']) control.rig.closed.delete(channel);
    control.run(100);
    const { status, stdout } = await job('resume', 'J-1', '--json');
    expect([status, JSON.parse(stdout)]).toMatchObject([
      1,
      { state: 'Interrupted', substate: 'Held', reason: { code: 6008 } },
    ]);
  });

  it('gives it up, and lets people read why', async () => {
    await runningOrder();
    const aborted = await job('abort', 'J-1', '--comment', 'wrong material');
    expect([aborted.status, aborted.stderr]).toEqual([0, '']);
    expect(aborted.stdout).toContain('job order    J-1: Aborted, result Unsuccessful\n');
    const { stdout } = await job('response', 'J-1', '--locale', 'es');
    expect(stdout).toContain('respuesta    J-1/response: Aborted (abortada), resultado Unsuccessful (no logrado)\n');
    expect(stdout).toContain('dato         ReasonForStateChange wrong material\n');
  });
});

describe('a refusal of celda job', () => {
  it.each([
    ['pause', 'J-1'],
    ['stop', 'J-1'],
    ['resume', 'J-1'],
    ['clear', 'J-1'],
    ['acknowledge', 'J-1'],
    ['response', 'J-1'],
  ])('to %s an order that has not begun names the state and ends with 1', async (command, id) => {
    await json('store', ...ORDER);
    expect(await refused(command, id)).toMatchObject({
      exitCode: 1,
      status: 'FAILED_PRECONDITION',
      reason: 'JOB_ORDER_STATE_INVALID',
    });
    const { status, stdout, stderr } = await job(command, id);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^celda: \[6005\] .*NotAllowedToStart.*\(FAILED_PRECONDITION\)\n/);
  });

  it.each(['start', 'revoke', 'pause', 'resume', 'stop', 'abort', 'cancel', 'clear', 'response', 'acknowledge'])(
    'to %s an order that nobody has stored is NOT_FOUND and ends with 1',
    async (command) => {
      expect(await refused(command, 'J-9')).toMatchObject({ exitCode: 1, status: 'NOT_FOUND' });
    },
  );

  it('to change an order by an old etag is ABORTED, and by something else wrong usage', async () => {
    await json('store', ...ORDER);
    const update = ['update', 'J-1', 'pick-and-place', '-p', 'count=3'] as const;
    const etag = String((await json('get', 'J-1'))['etag']);
    await json(...update, '--etag', etag);
    expect(await refused(...update, '--etag', etag)).toMatchObject({
      exitCode: 1,
      status: 'ABORTED',
      reason: 'ETAG_MISMATCH',
    });
    expect(await refused('start', 'J-1', '--etag', 'old')).toMatchObject({ exitCode: 2, status: 'INVALID_ARGUMENT' });
  });

  it('to store what the work master does not take names every parameter and ends with 2', async () => {
    const { exitCode, status, message, details } = await refused(
      'store',
      'pick-and-place',
      '-p',
      'count=0',
      '-p',
      'x=1',
    );
    expect([exitCode, status]).toEqual([2, 'INVALID_ARGUMENT']);
    expect([message, ...details].join('\n')).toMatch(
      /parameters\[0\].value: given 0[\s\S]*parameters\[1\].id: given "x"/,
    );
  });

  it('comes before anything is sent when the command line is wrong', async () => {
    for (const args of [
      ['start'],
      ['update', 'J-1'],
      ['store'],
      ['stop', 'J-1', '--etag'],
      ['pause', 'J-1', '--now'],
    ]) {
      expect((await job(...args)).status, args.join(' ')).toBe(2);
    }
    expect(control.requests).toEqual([]);
  });

  it('says that nothing answers, and how to start it, with 3', async () => {
    const { status, stderr } = await runCommand(addJobCommand, ['job', 'stop', 'J-1', '--address', NOBODY]);
    expect(status).toBe(3);
    expect(stderr).toContain(`celda: nothing answers at ${NOBODY}`);
    expect(stderr).toContain('celda run');
  });
});

describe('celda job, while the gateway is started again', () => {
  let line: CutLine;

  beforeEach(async () => {
    line = await CutLine.open(bench.server.port);
  });
  afterEach(() => line.close());

  it.each(['en', 'es'])(
    'waits for it, says so once on standard error, and shows what there is (%s)',
    async (locale) => {
      await json('store', ...ORDER);
      line.refuse();
      const listing = beginCommand(addJobCommand, ['job', 'list', '--address', line.address, '--locale', locale]);
      const told =
        locale === 'en'
          ? `nothing answers at ${line.address} (UNAVAILABLE); it is tried again for 4 s\n`
          : `nadie responde en ${line.address} (UNAVAILABLE); se intenta de nuevo durante 4 s\n`;
      await vi.waitFor(() => expect(listing.said.stderr).toBe(told));
      line.mend();
      const { status, stdout, stderr } = await listing.ended;
      expect([status, stderr]).toEqual([0, told]);
      expect(stdout).toContain('J-1');
    },
  );

  it('stores an order once whose answer was lost: the repetition has its request id', async () => {
    const { port } = bench.server;
    const asked = ['job', 'submit', ...ORDER, '--address', line.address, '--json'];
    const done = record(control).until(({ kind }) => kind === 'reply');
    const submitting = beginCommand(addJobCommand, asked);
    // Its work master is known by then: what is not answered is the order.
    line.deafenAfter('J-1');
    await done;
    line.lead(port);
    line.mend();
    line.cut();
    const { status, stdout, stderr } = await submitting.ended;
    expect([status, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ jobOrderId: 'J-1' })]);
    expect(stderr).toContain('it is tried again for 4 s');
  });
});
