// Versions of work masters that are kept beside the cell's file: drafts and approved ones; and what each version was when it was
// approved or took its first order, for ever. In the journal, where there is one.
import { type Fault, fault } from '../core/faults.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { EpochMs } from '../core/units.ts';
import type { WorkMaster } from '../core/work-master.ts';
import type { JournalBatch, JournalPort, NoteChange } from '../ports/journal.ts';

/** Drafts at a time, versions in all, and characters of their definitions in all. */
export const VERSION_LIMITS = { drafts: 50, versions: 1_000, chars: 8_388_608 } as const;

/** Who did something, when and why. */
export interface Deed {
  readonly by: string;
  readonly time: EpochMs;
  /** Empty: nothing was said. */
  readonly comment: string;
}

/** A version as it is kept. Without `approval` it is a draft. */
export interface KeptVersion extends Pick<WorkMaster, 'id' | 'version' | 'description' | 'parameters'> {
  /** As it was given: YAML or JSON. */
  readonly definition: string;
  readonly definitionHash: string;
  readonly stepCount: number;
  readonly submission: Deed;
  readonly approval: Deed | undefined;
}

/** What goes to the disk in one transaction with a change: who did it, and the answer to the request that asked for it. */
type ToldOfChange = Pick<JournalBatch, 'audit' | 'ledger'>;

/** Names one version of a work master. */
type VersionRef = Pick<WorkMaster, 'id' | 'version'>;

const KEPT = 'work-master-version/';
const FIRST = 'work-master-first/';

function keyOf({ id, version }: VersionRef): string {
  return `${id}/${version}`;
}

export class WorkMasterVersions {
  readonly #journal: JournalPort | undefined;
  #kept = new Map<string, KeptVersion>();
  /** Hash of the definition that took the first order. */
  #first = new Map<string, string>();
  /** What was kept before is known. */
  #isRead = false;
  #loading: Promise<Fault | undefined> = Promise.resolve(fault(6510));

  /** @param journal undefined: what is kept is forgotten with this process */
  constructor(journal: JournalPort | undefined) {
    this.#journal = journal;
  }

  /** Reads what was kept before; whatever is changed or looked up waits for it. @returns why it cannot */
  load(): Promise<Fault | undefined> {
    this.#loading = this.#load();
    return this.#loading;
  }

  /** Resolves when what is kept is known, or with why it is not. */
  get loaded(): Promise<Fault | undefined> {
    return this.#loading;
  }

  async #load(): Promise<Fault | undefined> {
    if (this.#journal === undefined) return undefined;
    const { notes } = this.#journal;
    const [kept, first] = [await notes.list(KEPT), await notes.list(FIRST)];
    if (!kept.ok) return kept.error;
    if (!first.ok) return first.error;
    const versions: [string, KeptVersion][] = [];
    for (const { name, text } of kept.value) {
      const version = read(text);
      if (version === undefined) return fault(6505, { note: name });
      versions.push([name.slice(KEPT.length), version]);
    }
    this.#kept = new Map(versions);
    this.#first = new Map(first.value.map(({ name, text }) => [name.slice(FIRST.length), text]));
    this.#isRead = true;
    return undefined;
  }

  /** By id and version. */
  get all(): readonly KeptVersion[] {
    return [...this.#kept.values()].toSorted(
      (a, b) => a.id.localeCompare(b.id, 'en') || a.version.localeCompare(b.version, 'en', { numeric: true }),
    );
  }

  find(ref: VersionRef): KeptVersion | undefined {
    return this.#kept.get(keyOf(ref));
  }

  /** Hash of what this version is and stays; undefined: it may still become anything. */
  hashOf(ref: VersionRef): string | undefined {
    const kept = this.find(ref);
    return kept?.approval === undefined ? this.#first.get(keyOf(ref)) : kept.definitionHash;
  }

  /** @returns why one more cannot be kept. @param version takes the place of the one that there is */
  full(version: VersionRef & Pick<KeptVersion, 'definition'>): Fault | undefined {
    const others = [...this.#kept.values()].filter((each) => keyOf(each) !== keyOf(version));
    const drafts = others.filter(({ approval }) => approval === undefined).length;
    const chars = others.reduce((sum, { definition }) => sum + definition.length, version.definition.length);
    const { drafts: draftsMax, versions: versionsMax, chars: charsMax } = VERSION_LIMITS;
    if (drafts >= draftsMax) return fault(6025, { drafts, draftsMax });
    if (others.length >= versionsMax) return fault(6025, { versions: others.length, versionsMax });
    return chars > charsMax ? fault(6025, { chars, charsMax }) : undefined;
  }

  /** Counts once it is on disk. */
  async keep(version: KeptVersion, told: ToldOfChange): Promise<Result<void, Fault>> {
    const key = keyOf(version);
    const done = await this.#write([{ name: KEPT + key, text: JSON.stringify(version) }], told);
    if (done.ok) this.#kept.set(key, version);
    return done;
  }

  /** Counts once it is on disk. */
  async forget(ref: VersionRef, told: ToldOfChange): Promise<Result<void, Fault>> {
    const key = keyOf(ref);
    const done = await this.#write([{ name: KEPT + key, text: null }], told);
    if (done.ok) this.#kept.delete(key);
    return done;
  }

  /** Nothing is to be changed, but the answer to be remembered. */
  async answer({ ledger = [] }: ToldOfChange): Promise<Result<void, Fault>> {
    return ledger.length === 0 ? ok(undefined) : this.#write([], { ledger });
  }

  /** What is to be on disk together with an order for this version; undefined: it is, or nobody knows what is. */
  firstOrder(ref: VersionRef, definitionHash: string): NoteChange | undefined {
    if (!this.#isRead || this.hashOf(ref) !== undefined) return undefined;
    return { name: FIRST + keyOf(ref), text: definitionHash };
  }

  /** It is. */
  took(ref: VersionRef, definitionHash: string): void {
    if (this.hashOf(ref) === undefined) this.#first.set(keyOf(ref), definitionHash);
  }

  async #write(notes: readonly NoteChange[], told: ToldOfChange): Promise<Result<void, Fault>> {
    const kept = await this.#journal?.append({ epoch: '', events: [], notes, ...told }, 'now');
    return kept === undefined || kept.ok ? ok(undefined) : err(kept.error);
  }
}

/** @returns undefined for a text that this program did not write */
function read(text: string): KeptVersion | undefined {
  try {
    const kept = JSON.parse(text) as Partial<KeptVersion>;
    const { definition, definitionHash, submission } = kept;
    const isWhole = definition !== undefined && definitionHash !== undefined && submission !== undefined;
    return isWhole ? ({ approval: undefined, ...kept } as KeptVersion) : undefined;
  } catch {
    return undefined;
  }
}
