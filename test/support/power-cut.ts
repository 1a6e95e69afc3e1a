// Cuts the power of a journal: a real run is recorded at the border to the kernel, and every prefix of it is opened again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHAIN_START, ChainCheck } from '../../src/journal/audit-chain.ts';
import { type Mark, readMark } from '../../src/journal/mark.ts';
import { openStore } from '../../src/journal/open-store.ts';
import type { JournalStore } from '../../src/journal/store.ts';
import { type CutStyle, type DiskOperation, DiskPlayer, readDiskLog } from './disk-record.ts';
import { shimEnvironment } from './disk-shim.ts';
import { EventSource, ledgerEntry, submission } from './journal-samples.ts';

const JOURNAL = 'cell.journal.db';
const ACKS = 'acks';
const DISK = 'disk';

/** What a writer is to do. `acks`: file that gets the id of every acknowledged order. */
export interface WriterSettings {
  readonly path: string;
  readonly acks: string;
  readonly epoch: string;
  readonly orders: number;
  readonly clients: number;
  readonly checkpointPages: number;
  /** Ends without closing the journal. */
  readonly isKilled: boolean;
}

export interface RecordedRun {
  readonly operations: readonly DiskOperation[];
  readonly acknowledged: number;
}

/**
 * Records a run of two processes, one after the other, of so many orders each. The first is killed at its end: the second finds its log, and has twice as
 * many clients, so that what shares a commit is more.
 */
export function recordRun(shim: string, orders: number, clients: number): RecordedRun {
  const folder = mkdtempSync(join(tmpdir(), 'celda-cut-'));
  try {
    const place = { folder: join(folder, DISK), log: join(folder, 'log') };
    mkdirSync(place.folder);
    for (const isKilled of [true, false]) {
      const acks = join(place.folder, ACKS);
      const path = join(place.folder, JOURNAL);
      const run = isKilled ? { epoch: 'run-1', clients } : { epoch: 'run-2', clients: clients * 2 };
      const settings: WriterSettings = { path, acks, ...run, orders, checkpointPages: 40, isKilled };
      const writer = join(import.meta.dirname, 'journal-writer.ts');
      const ended = spawnSync(process.execPath, [writer, JSON.stringify(settings)], {
        env: shimEnvironment(shim, place),
        encoding: 'utf8',
      });
      if (isKilled ? ended.signal !== 'SIGKILL' : ended.status !== 0)
        throw new Error(`the writer failed: ${ended.stderr}`);
    }
    return { operations: readDiskLog(place.log), acknowledged: orders * 2 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface CutPlan {
  readonly styles: readonly CutStyle[];
  /** Of how many prefixes one is cut: 1 every one. */
  readonly every: number;
  readonly random: () => number;
  readonly progress?: (done: number, all: number) => void;
}

export interface CutReport {
  readonly cuts: number;
  /** What was wrong after a cut, one line each. */
  readonly wrong: readonly string[];
  /** Orders that had been acknowledged at the last cut. */
  readonly acknowledged: number;
}

/** Cuts after every operation, and opens what is left. */
export function cutEverywhere(run: RecordedRun, plan: CutPlan): CutReport {
  const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(memory, 'celda-cut-'));
  const wrong: string[] = [];
  const acknowledged: string[] = [];
  const player = new DiskPlayer();
  let cuts = 0;
  try {
    for (const [index, next] of run.operations.entries()) {
      // What the clients were told is remembered by them, not by this disk.
      if (next.file === ACKS) {
        if (next.kind === 'write') acknowledged.push(...next.data.toString().trim().split('\n'));
        continue;
      }
      player.do(next, DISK);
      if (index % plan.every !== 0) continue;
      for (const style of plan.styles) {
        player.cut(folder, style, plan.random);
        cuts += 1;
        for (const finding of look(folder, acknowledged))
          wrong.push(`after operation ${index} (${next.kind} ${next.file}), ${style}: ${finding}`);
      }
      plan.progress?.(index + 1, run.operations.length);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { cuts, wrong, acknowledged: acknowledged.length };
}

function look(folder: string, acknowledged: readonly string[]): readonly string[] {
  const path = join(folder, JOURNAL);
  const mark = readMark(path);
  const opened = openStore({ path, boot: () => ({ sinceBootMs: 0, bootId: '' }) });
  if (!opened.ok) return [`it does not open: ${JSON.stringify(opened.error)}`];
  const store = opened.value;
  try {
    return [
      ...missing(store, acknowledged),
      ...doubled(store),
      ...broken(store),
      ...behind(store, mark),
      ...refusing(store),
    ];
  } finally {
    store.close();
  }
}

/** A cell that starts takes no journal that has less than its mark says. */
function behind({ auditHead, id, position }: JournalStore, mark: Mark | undefined): readonly string[] {
  if (mark === undefined) return [];
  const isThere = mark.journalId === id && mark.position <= position && mark.trail.seq <= auditHead.seq;
  return isThere ? [] : [`the mark says ${JSON.stringify(mark)}, and the journal is not so far`];
}

function missing(store: JournalStore, acknowledged: readonly string[]): readonly string[] {
  const lost = acknowledged.filter(
    (id) => store.get(id) === undefined || store.findAnswer(ledgerEntry(id)) === undefined,
  );
  const unrecorded = store.auditHead.seq < acknowledged.length ? ['records of the audit trail are lost'] : [];
  return [...lost.map((id) => `${id} was acknowledged and is lost`), ...unrecorded];
}

function doubled(store: JournalStore): readonly string[] {
  const events = store.since({ position: 0, limit: 100_000 })?.events ?? [];
  const keys = new Set(events.map(({ epoch, event }) => `${epoch}:${event.sequence}`));
  const places = store.list({ direction: 'oldest-first', limit: 200 }).orders.map(({ place }) => place);
  return [
    ...(keys.size === events.length ? [] : ['events are there twice']),
    ...(events.every(({ position }, index) => position === index + 1) ? [] : ['positions have gaps']),
    ...(new Set(places).size === places.length ? [] : ['orders are there twice']),
  ];
}

function broken(store: JournalStore): readonly string[] {
  const chain = new ChainCheck(CHAIN_START);
  for (const record of store.auditSince(0, 100_000)) chain.add(record);
  return chain.breaks.map(({ text }) => text);
}

/** It must take orders again. */
function refusing(store: JournalStore): readonly string[] {
  store.commit([submission(new EventSource('after'), 'after')]);
  return store.get('after') === undefined ? ['it takes no orders'] : [];
}
