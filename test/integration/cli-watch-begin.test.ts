// Goal: a watch waits for a gateway that goes away after it has answered once, and gives up where nobody has ever answered.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CellClient } from '../../src/app/cell-client.ts';
import { JobClient } from '../../src/app/job-client.ts';
import { UnitClient } from '../../src/app/unit-client.ts';
import { CutLine } from '../support/cut-line.ts';
import { type MesBench, startMesBench } from '../support/mes-bench.ts';

const LIMITS = { deadband: 0, everyMs: 200 };
let bench: MesBench;
let line: CutLine;

beforeEach(async () => {
  bench = await startMesBench();
  bench.control.hello();
  line = await CutLine.open(bench.server.port);
});
afterEach(async () => {
  await line.close();
  await bench.stop();
});

const WATCHES = [
  [
    'job orders',
    (at: string) => {
      const client = new JobClient(at);
      return { client, ask: () => client.capabilities(), watch: () => client.watch([]) };
    },
    'synced',
  ],
  [
    'alarms',
    (at: string) => {
      const client = new CellClient(at);
      return { client, ask: () => client.state(), watch: () => client.watchAlarms() };
    },
    'synced',
  ],
  [
    'signals',
    (at: string) => {
      const client = new UnitClient(at);
      return { client, ask: () => client.unit(), watch: () => client.watchSignals([], LIMITS) };
    },
    'signals',
  ],
] as const;

it.each(WATCHES)(
  'of %s that begins in a cut is taken up again when its client was answered before',
  async (_of, open, first) => {
    const { client, ask, watch } = open(line.address);
    expect((await ask()).ok).toBe(true);
    line.refuse();
    const kinds: string[] = [];
    for await (const event of watch()) {
      line.mend();
      kinds.push(event.ok ? event.value.kind : event.error.status);
      if (kinds.at(-1) !== 'interrupted') break;
    }
    client.close();
    expect(kinds[0]).toBe('interrupted');
    expect(kinds.at(-1)).toBe(first);
  },
);

it.each(WATCHES)('of %s ends with the failure where nobody has ever answered', async (_of, open) => {
  line.refuse();
  const { client, watch } = open(line.address);
  const failed: string[] = [];
  for await (const event of watch()) failed.push(event.ok ? event.value.kind : event.error.status);
  client.close();
  expect(failed).toEqual(['UNAVAILABLE']);
});
