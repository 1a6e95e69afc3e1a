// What clients ask of the list of job orders: one request for each method of ISA-95 Job Control that changes something.
import type { AskedBy } from './audit.ts';
import type { JobOrder, JobRecord } from './job-order.ts';
import type { EpochMs } from './units.ts';

/** Methods that name an order. `close`: the job response was acknowledged, Ended/Completed becomes Ended/Closed. */
export type JobCommandKind =
  | 'start'
  | 'revoke-start'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'abort'
  | 'cancel'
  | 'clear'
  | 'close';

/** Which request of a client this is: the journal keeps its answer together with what it did. */
export interface RequestOrigin {
  /** Whoever asked, as the door knows them. */
  readonly identity: string;
  /** Within which a request id is used once: the service. */
  readonly method: string;
  readonly requestId: string;
  /** SHA-256 over what was asked, hex. */
  readonly digest: string;
}

interface JobRequestBase {
  /** Absent: the client gave no request id. */
  readonly origin?: RequestOrigin | undefined;
  /** Absent: no person and no client asks. */
  readonly askedBy?: AskedBy | undefined;
  readonly requestId: string;
  /** Why, for people; absent or empty: nothing was said. */
  readonly comment?: string;
}

/** Only if the record is of the order that was stored then, and has this revision: else fault 6016. Absent: whatever it has. */
interface Conditional {
  readonly revision?: number;
  readonly storedAt?: EpochMs;
}

/** A request about job orders; orders in it are complete and checked. */
export type JobRequest =
  | ({ readonly kind: 'store' | 'store-and-start'; readonly order: JobOrder } & JobRequestBase)
  | ({ readonly kind: 'update'; readonly order: JobOrder } & JobRequestBase & Conditional)
  | ({
      readonly kind: JobCommandKind;
      readonly jobOrderId: string;
      /** Of a resume: digest of the differences that a refusal (fault 6513) has told of; whoever resumes knows them. */
      readonly acknowledges?: string;
      /** Of a clear or close: the ended order as others keep it, for a control process that has forgotten it. */
      readonly forgotten?: JobRecord;
    } & JobRequestBase &
      Conditional);
