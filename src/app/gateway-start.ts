// What a gateway says of itself when it starts: to the audit trail, and to the log of the system, which keeps the newest record of the
// trail outside of the journal.
import type { CellModel } from '../core/cell-model.ts';
import { monotonicMs } from '../core/units.ts';
import type { Clock } from '../ports/clock.ts';
import type { JournalPort } from '../ports/journal.ts';
import { commissioned } from './commission/commissioned.ts';
import { askTimeSync } from './doctor/check-machine.ts';
import { NEW_JOURNAL } from './gateway-line.ts';
import { SOFTWARE_VERSION } from './software-version.ts';
import { verifiedState } from './verified.ts';

/** Between two looks whether a time server keeps the date, ms. */
const SYNC_EVERY_MS = 600_000;

/** State of the proof and of the commissioning of this configuration, and versions. */
export function aboutStart(cell: CellModel, cellPath: string): Readonly<Record<string, string>> {
  return {
    verified: verifiedState(cell, cellPath),
    commissioned: commissioned(cell, cellPath, 'en').state,
    celda: SOFTWARE_VERSION,
    node: process.version,
  };
}

/** Asks the system now and then. @returns whether a time server keeps the date */
export function watchTimeSync(clock: Clock): () => boolean {
  let isSynced = false;
  const ask = async (): Promise<void> => {
    isSynced = (await askTimeSync()) === 'yes';
    clock.schedule(monotonicMs(clock.now() + SYNC_EVERY_MS), () => void ask());
  };
  void ask();
  return () => isSynced;
}

/** The newest record, as `celda audit verify --expect` takes it; that there is none, so that the journal is new; undefined: it does not say it. */
export async function trailLine({ audit }: JournalPort): Promise<string | undefined> {
  const head = await audit.head();
  if (!head.ok) return undefined;
  return head.value.seq === 0 ? NEW_JOURNAL : `audit trail ${head.value.seq}:${head.value.hash}`;
}
