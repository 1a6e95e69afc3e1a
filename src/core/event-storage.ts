// Which events of the cell have to be on disk, and what the control process knows of how far they are.
import type { CellEventBody } from './cell-event.ts';
import type { Fault, FaultCode } from './faults.ts';

/** What is known of the storage of this run's events when a cycle starts. */
export interface EventStorage {
  /** All durable events up to this sequence are on disk; 0: none. */
  readonly through: number;
  /** Durable events that are kept until they are on disk. */
  readonly waiting: number;
  /** Somebody is connected who stores them. */
  readonly reachable: boolean;
  /** Why whoever stores them cannot write now, as they said last; undefined: they can, or have said nothing. */
  readonly refused?: Fault | undefined;
  /** Somebody watches the job orders over the network; undefined: nobody says. */
  readonly watched?: boolean;
}

/** Where there is no journal. */
export const STORED_AT_ONCE: EventStorage = { through: Number.POSITIVE_INFINITY, waiting: 0, reachable: true };

/**
 * `kept`: durable events that the control process keeps at most; one more, and the oldest that tells of no order is forgotten.
 * `holdAt`: with so many waiting no order is taken or begun, and the running one is held after its step (fault 6512). What is
 * between the two is left for the stops and alarms that may come all the same.
 */
export const EVENTS_KEPT_LIMITS = { kept: 10_000, holdAt: 9_000 } as const;

/** Too many events wait: the cell must not add to them. */
export function isBacklogged(storage: EventStorage): boolean {
  return storage.waiting >= EVENTS_KEPT_LIMITS.holdAt;
}

/** What keeps a journal from being written until somebody sees to it, or the disk works again. */
const JOURNAL_TROUBLES: ReadonlySet<FaultCode> = new Set<FaultCode>([6501, 6502, 6503, 6504, 6505, 6506, 6510, 6514]);

/** The fault is one of a journal that takes nothing: an alarm for as long as that is so. */
export function isJournalTrouble(code: FaultCode): boolean {
  return JOURNAL_TROUBLES.has(code);
}

const IS_DURABLE: Readonly<Record<CellEventBody['kind'], boolean>> = {
  job: true,
  'job-removed': true,
  checkpoint: true,
  unit: true,
  alarm: true,
  stop: false,
  'stop-record': true,
  'alarm-handled': true,
  'unit-command': true,
  flood: false,
  reset: true,
  bypass: true,
  'bypass-refused': false,
  mode: true,
  'mode-refused': false,
  step: true,
  measured: true,
  produced: true,
  link: false,
  'lease-proof': false,
  'stop-time': false,
  overrun: false,
};

/** The event has to outlive both processes. */
export function isDurable({ kind }: Pick<CellEventBody, 'kind'>): boolean {
  return IS_DURABLE[kind];
}
