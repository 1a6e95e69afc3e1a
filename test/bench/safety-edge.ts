// Goal: an edge of a safety input leaves the host as a stop about as fast as a bare echo answers, also while the gateway
// is busy. Method: the board's end of pseudo-terminals is here; on the other ends are a whole running controller with its
// arm moving, two bare echoes and Johnny-Five. Blocks of events of each take turns; each event comes at a random phase.
import { createRandom } from '../../sim/kernel/random.ts';
import { takeHighPriority } from '../../src/app/process-priority.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { processDataBytes } from '../../src/core/process-data.ts';
import { smallModel } from '../support/small-cell.ts';
import { Helper } from './child.ts';
import { EchoPeer } from './echo-peer.ts';
import { comparedFigure, type Figure, type Measurement } from './figure.ts';
import { FivePeer } from './five-peer.ts';
import { MovingCell, pause } from './moving-cell.ts';
import { median, percentile } from './statistics.ts';

const FULL = { rounds: 20, events: 50 } as const;
const QUICK = { rounds: 2, events: 10 } as const;
const CLIENTS = 4;
/** Events come within one cycle of the cell after another, ms. */
const PHASE_MS = 10;
/** More lost events than this per measured one: the machine cannot run the cell at all. */
const LOST_MAX = 3;

const SUBJECTS = ['celda', 'echo', 'direct', 'read', 'button', 'celda loaded', 'echo loaded'] as const;
type Subject = (typeof SUBJECTS)[number];
/** Times by subject, by round, ms. */
type Times = Readonly<Record<Subject, number[][]>>;

interface Bench {
  readonly cell: MovingCell;
  readonly echo: EchoPeer;
  readonly direct: EchoPeer;
  readonly five: FivePeer;
  readonly load: Helper;
}

interface Tally {
  /** Stops that the cell made for another reason, such as a late cycle: not the event that was to be timed. */
  lost: number;
  /** What the clients got under load. */
  answers: number;
  messages: number;
}

/** Frames of the cell: what the board says at an edge, and what the host answers. */
function frameLengths(): { readonly requestBytes: number; readonly replyBytes: number } {
  const plan = planBoards(smallModel())[0];
  if (plan === undefined) throw new Error('the cell has no board');
  const { process: replyBytes, image: requestBytes } = processDataBytes(plan);
  return { requestBytes, replyBytes };
}

async function withBench<T>(use: (bench: Bench) => Promise<T>): Promise<T> {
  const lengths = frameLengths();
  await using stack = new AsyncDisposableStack();
  const keep = <R extends { stop(): Promise<void> }>(resource: R): R =>
    stack.adopt(resource, async (kept) => kept.stop());
  const cell = keep(await MovingCell.start());
  const echo = keep(await EchoPeer.start({ ...lengths, write: 'library' }));
  const direct = keep(await EchoPeer.start({ ...lengths, write: 'direct' }));
  const five = keep(await FivePeer.start());
  const load = keep(await Helper.start('./load-host.ts', { address: cell.address, clients: CLIENTS }));
  return await use({ cell, echo, direct, five, load });
}

export const measureSafetyEdge: Measurement = async ({ quick, progress }) => {
  const { rounds, events } = quick ? QUICK : FULL;
  progress(`safety edge: ${rounds} rounds of ${events} events, idle and under gateway load`);
  const times = Object.fromEntries(SUBJECTS.map((subject) => [subject, []])) as unknown as Times;
  const tally: Tally = { lost: 0, answers: 0, messages: 0 };
  await withBench(async (bench) => {
    // The clock that is read must not wait for the processor more than those that it times; after the processes are there,
    // or they would inherit it.
    takeHighPriority();
    // The first round is for the compilers: it is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const measured = await measureRound(bench, events, tally);
      if (round > 0) for (const subject of SUBJECTS) times[subject].push(measured[subject]);
      if (round > 0) progress(`safety edge: round ${round} of ${rounds}`);
    }
  });
  return figuresOf(times, tally);
};

async function measureRound(bench: Bench, events: number, tally: Tally): Promise<Record<Subject, number[]>> {
  const { cell, echo, direct, five, load } = bench;
  const phase = createRandom('safety edge').stream(`${tally.lost} ${tally.answers}`);
  const block = async (count: number, exchange: () => Promise<number>): Promise<number[]> => {
    const block: number[] = [];
    while (block.length < count) {
      await pause(phase.below(PHASE_MS));
      block.push(await exchange());
    }
    return block;
  };
  const stop = async (): Promise<number> => stopOnce(cell, () => pause(phase.below(PHASE_MS)), tally, events);
  const idle = {
    celda: await block(events, stop),
    echo: await block(events, () => echo.exchange()),
    direct: await block(events, () => direct.exchange()),
    read: await block(events, () => five.exchange('read')),
    button: await block(Math.ceil(events / 2), () => five.exchange('button')),
  };
  load.send({ kind: 'start' });
  await load.next('started', 5_000);
  const loaded = {
    'celda loaded': await block(events, stop),
    'echo loaded': await block(events, () => echo.exchange()),
  };
  load.send({ kind: 'stop' });
  const { answers, messages } = await load.next('stopped', 20_000);
  tally.answers += Number(answers);
  tally.messages += Number(messages);
  return { ...idle, ...loaded };
}

/** @throws Error when the cell keeps stopping for other reasons */
async function stopOnce(
  cell: MovingCell,
  waitForPhase: () => Promise<void>,
  tally: Tally,
  events: number,
): Promise<number> {
  for (let lost = 0; lost <= LOST_MAX * events; lost += 1) {
    await cell.setMoving();
    await waitForPhase();
    const time = await cell.measureStop();
    if (time !== undefined) return time;
    tally.lost += 1;
  }
  throw new Error('the cell keeps stopping by itself: is the machine too busy for its cycle?');
}

function figuresOf(times: Times, tally: Tally): readonly Figure[] {
  const middles = (subject: Subject): number[] => times[subject].map(median);
  const tails = (subject: Subject): number[] => [percentile(times[subject].flat(), 99)];
  const count = times.celda.flat().length;
  const unit = 'ms';
  const path = 'safety edge -> stop at the port';
  const loadNote =
    `${count} events each; ${CLIENTS} clients got ${tally.answers} lists and ${tally.messages} messages; ` +
    `the bare echo's own p99 went from ${tails('echo')[0]?.toFixed(2) ?? '?'} to ${tails('echo loaded')[0]?.toFixed(2) ?? '?'} ms`;
  return [
    comparedFigure({
      name: `${path}, p50`,
      requirement: 'p50 <= 1.3 x bare echo',
      unit,
      measured: middles('celda'),
      reference: { what: 'serialport data -> write', runs: middles('echo') },
      ratioMax: 1.3,
      note: `${count} events of a moving cell in ${times.celda.length} runs; ${tally.lost} not counted, as the cell had stopped by itself`,
    }),
    comparedFigure({
      name: `${path}, p99`,
      requirement: 'p99 <= 2 x bare echo',
      unit,
      measured: tails('celda'),
      reference: { what: 'serialport data -> write', runs: tails('echo') },
      ratioMax: 2,
      note: '',
    }),
    comparedFigure({
      name: `${path}, p50, against a direct write`,
      requirement: '-',
      unit,
      measured: middles('celda'),
      reference: { what: 'serialport data -> writeSync', runs: middles('direct') },
      ratioMax: undefined,
      note: 'the harder reference: the echo writes without the library, as Celda does; Celda reads without it too',
    }),
    comparedFigure({
      name: `${path}, p50, against board.digitalRead of Johnny-Five`,
      requirement: '-',
      unit,
      measured: middles('celda'),
      reference: { what: 'digitalRead -> relay.open()', runs: middles('read') },
      ratioMax: undefined,
      note: `Johnny-Five has no checksum, lease or safety function; its p99 was ${tails('read')[0]?.toFixed(2) ?? '?'} ms`,
    }),
    comparedFigure({
      name: `${path}, p50, against five.Button`,
      requirement: '-',
      unit,
      measured: middles('celda'),
      reference: { what: 'five.Button -> relay.open()', runs: middles('button') },
      ratioMax: undefined,
      note: `five.Button waits 7 ms for bounces; its p99 was ${tails('button')[0]?.toFixed(2) ?? '?'} ms`,
    }),
    comparedFigure({
      name: `${path}, p99 under gateway load`,
      requirement: 'p99 <= 1.5 x idle',
      unit,
      measured: tails('celda loaded'),
      reference: { what: 'the same, idle', runs: tails('celda') },
      ratioMax: 1.5,
      note: loadNote,
    }),
    comparedFigure({
      name: `${path}, p99, both under gateway load`,
      requirement: '-',
      unit,
      measured: tails('celda loaded'),
      reference: { what: 'serialport data -> write', runs: tails('echo loaded') },
      ratioMax: undefined,
      note: 'what the load takes from any program of this machine is in both',
    }),
  ];
}
