// Which work masters of a cell take orders: all of its file but those that were retired, and those that are something else than what was
// approved or took orders under their version. Durable in the journal, where there is one.
import { createHash } from 'node:crypto';
import { type Fault, fault } from '../core/faults.ts';
import type { JobRecord } from '../core/job-order.ts';
import { nearest } from '../core/nearest.ts';
import { err, ok, type Result } from '../core/result.ts';
import { type EpochMs, epochMs } from '../core/units.ts';
import type { WorkMaster } from '../core/work-master.ts';
import type { JournalBatch, JournalPort, NoteChange } from '../ports/journal.ts';
import { WorkMasterVersions } from './work-master-versions.ts';

/** How a work master stands. */
export interface Standing {
  readonly isRetired: boolean;
  /** Who has changed it last, when and why; undefined: nobody. */
  readonly change: { readonly by: string; readonly time: EpochMs; readonly comment: string } | undefined;
}

/** What goes to the disk in one transaction with a change: who did it, and the answer to the request that asked for it. */
export type ToldOfChange = Pick<JournalBatch, 'audit' | 'ledger'>;

const NEVER_CHANGED: Standing = { isRetired: false, change: undefined };

const PREFIX = 'work-master/';

function noteOf({ id, version }: WorkMaster): string {
  return `${PREFIX}${id}/${version}`;
}

/** @returns undefined for a text that this program did not write */
function read(text: string): Standing | undefined {
  try {
    const { isRetired, change } = JSON.parse(text) as Partial<Standing>;
    if (isRetired === undefined || change === undefined) return undefined;
    return { isRetired, change: { ...change, time: epochMs(change.time) } };
  } catch {
    return undefined;
  }
}

/** SHA-256, hex, over what a work master is; texts for people count too. */
export function definitionHash(workMaster: WorkMaster): string {
  return workMaster.definitionHash ?? createHash('sha256').update(JSON.stringify(workMaster)).digest('hex');
}

export class WorkMasterBook {
  readonly all: readonly WorkMaster[];
  readonly versions: WorkMasterVersions;
  readonly #journal: JournalPort | undefined;
  #unread: Fault | undefined = fault(6510);
  readonly #changed = new Map<string, Standing>();

  /** @param journal undefined: what is retired is forgotten with this process */
  constructor(workMasters: readonly WorkMaster[], journal: JournalPort | undefined) {
    this.all = workMasters;
    this.#journal = journal;
    this.versions = new WorkMasterVersions(journal);
  }

  /** Why it is not known which are retired or changed; no order is taken then. Undefined: it is known. */
  get unread(): Fault | undefined {
    return this.#unread;
  }

  /** Reads what was retired before; to be called again when the journal can be read again. */
  async load(): Promise<void> {
    const unread = await this.versions.load();
    const kept = (await this.#journal?.notes.list(PREFIX)) ?? ok([]);
    this.#unread = kept.ok ? unread : kept.error;
    for (const { name, text } of kept.ok ? kept.value : []) {
      const standing = read(text);
      if (standing === undefined) this.#unread = fault(6505, { note: name });
      else this.#changed.set(name, standing);
    }
  }

  /** Those that take orders. */
  get active(): readonly WorkMaster[] {
    return this.all.filter((each) => !this.standing(each).isRetired && !this.isChanged(each));
  }

  /** Those that take no new ones. */
  get retired(): readonly WorkMaster[] {
    return this.all.filter((each) => this.standing(each).isRetired);
  }

  /** Those that take none because they are something else than what was approved or took orders. */
  get changed(): readonly WorkMaster[] {
    return this.all.filter((each) => this.isChanged(each));
  }

  isChanged(workMaster: WorkMaster): boolean {
    const hash = this.versions.hashOf(workMaster);
    return hash !== undefined && hash !== definitionHash(workMaster);
  }

  /** What is to be on disk together with these orders: what their versions are, and stay from their first order on. */
  firstOrders(records: readonly JobRecord[]): readonly NoteChange[] {
    const notes = records.flatMap((record) => {
      const workMaster = this.#ofOrder(record);
      return workMaster === undefined ? [] : (this.versions.firstOrder(workMaster, definitionHash(workMaster)) ?? []);
    });
    return notes.length < 2 ? notes : [...new Map(notes.map((note) => [note.name, note])).values()];
  }

  /** The order is on disk, and what `firstOrders` said of it. */
  took(record: JobRecord): void {
    const workMaster = this.#ofOrder(record);
    if (workMaster !== undefined) this.versions.took(workMaster, definitionHash(workMaster));
  }

  #ofOrder({ order, workMasterVersion }: JobRecord): WorkMaster | undefined {
    return this.find(order.workMasterId, workMasterVersion);
  }

  /** Fault 6027 for a version that the cell's file has, and that is no draft therefore. */
  inFile({ id, version }: Pick<WorkMaster, 'id' | 'version'>): Fault | undefined {
    const found = this.find(id, version);
    if (found === undefined) return undefined;
    const inForce = this.isChanged(found) ? 'CHANGED' : 'ACTIVE';
    const state = this.standing(found).isRetired ? 'RETIRED' : inForce;
    return fault(6027, { workMasterId: id, version: found.version, state });
  }

  /** Fault 6014: nothing has this name, and what there is. */
  unknown({ id, version }: Pick<WorkMaster, 'id' | 'version'>): Fault {
    const all = [...this.all, ...this.versions.all];
    const known = [...new Set(all.map((each) => `${each.id} version ${each.version}`))].join(', ');
    const meant = nearest(
      id,
      all.map((each) => each.id),
    );
    const hint = meant === undefined ? {} : { hint: `did you mean ${meant}?` };
    return fault(6014, { name: `work master ${`${id} ${version}`.trim()}`, known, ...hint });
  }

  find(id: string, version: string): WorkMaster | undefined {
    return this.all.find((each) => each.id === id && (version === '' || version === each.version));
  }

  standing(workMaster: WorkMaster): Standing {
    return this.#changed.get(noteOf(workMaster)) ?? NEVER_CHANGED;
  }

  /** Counts once it is on disk. */
  async change(workMaster: WorkMaster, standing: Standing, told: ToldOfChange): Promise<Result<Standing, Fault>> {
    const name = noteOf(workMaster);
    const notes = [{ name, text: JSON.stringify(standing) }];
    const kept = await this.#journal?.append({ epoch: '', events: [], notes, ...told }, 'now');
    if (kept !== undefined && !kept.ok) return err(kept.error);
    this.#changed.set(name, standing);
    return ok(standing);
  }

  /** Of a request that changed nothing its answer is kept. */
  async unchanged({ ledger = [] }: ToldOfChange): Promise<Result<void, Fault>> {
    const kept = ledger.length > 0 ? await this.#journal?.append({ epoch: '', events: [], ledger }, 'now') : undefined;
    return kept === undefined || kept.ok ? ok(undefined) : err(kept.error);
  }
}
