// Goal: a gateway that dies is back within 2 s, whatever killed it. Method: SIGKILL to the gateway process of a simulated cell; a client
// asks without a pause for an order that does not exist, until the gateway knows that.
import { JobClient } from '../../src/app/job-client.ts';
import { CeldaProcess } from './celda-process.ts';
import { boundedFigure, type Measurement } from './figure.ts';
import { pause } from './moving-cell.ts';

const RUNS = 7;
const QUICK_RUNS = 2;
const CELL = 'cells/pick-and-place/cell.yaml';
const AGAIN_MS_MAX = 2_000;
/** A gateway that is not back so long after its end does not come back. */
const GIVE_UP_MS = 60_000;

export const measureGatewayRestart: Measurement = async ({ quick, progress }) => {
  const runs = quick ? QUICK_RUNS : RUNS;
  const times: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    progress(`gateway-restart: run ${run} of ${runs}`);
    const simulation = new CeldaProcess('sim', CELL, '--grpc-port', '0', '--sim-port', '0');
    try {
      await simulation.says(/is ready/);
      const address = await simulation.says(/gRPC +(\S+)/);
      await untilServed(address);
      const killedAt = performance.now();
      process.kill(simulation.gatewayPid, 'SIGKILL');
      await untilServed(address);
      times.push(performance.now() - killedAt);
    } finally {
      await simulation.stop();
    }
  }
  return [
    boundedFigure({
      name: 'kill -9 of the gateway -> serves again',
      requirement: '<= 2 s',
      unit: 'ms',
      values: times,
      judged: 'max',
      limit: { what: 'required', value: AGAIN_MS_MAX, kind: 'at most' },
      note: `${runs} kills, one for each simulated cell, to the first answer about a job order`,
    }),
  ];
};

/** A client of its own for each try, so that none waits for its back-off. @throws Error when nobody serves */
async function untilServed(address: string): Promise<void> {
  for (const from = performance.now(); performance.now() - from < GIVE_UP_MS; ) {
    const jobs = new JobClient(address);
    const answer = await jobs.get('nobody-has-stored-it');
    jobs.close();
    if (!answer.ok && answer.error.reason === 'JOB_ORDER_UNKNOWN') return;
    await pause(5);
  }
  throw new Error(`the gateway did not serve within ${GIVE_UP_MS} ms`);
}
