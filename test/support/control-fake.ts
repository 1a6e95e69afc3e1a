// A control process that does what a test says: keeps the requests it was given and speaks when it is told to.
import type { CellEventBody, CellReply, CellRequest, CellSnapshot } from '../../src/core/cell-event.ts';
import { type Fault, fault } from '../../src/core/faults.ts';
import type { JobOrder, JobRecord } from '../../src/core/job-order.ts';
import type { JogGrant } from '../../src/core/jog.ts';
import type { UnitAnswer, UnitCommandRequest, UnitModeRequest } from '../../src/core/unit-command.ts';
import { epochMs } from '../../src/core/units.ts';
import type { ConnectionLost, ControlClient, FromControl } from '../../src/ports/cell-channel.ts';
import { cellSnapshot, jobEvent, jobRecord } from './channel-samples.ts';

type Message = FromControl | ConnectionLost;

function answering({ askedBy, origin }: Pick<UnitCommandRequest, 'askedBy' | 'origin'>) {
  return { ...(askedBy && { askedBy }), ...(origin && { origin }) };
}

export class ControlFake implements ControlClient {
  readonly requests: CellRequest[] = [];
  /** What the gateway has said to be on disk: run and sequence. */
  readonly storedThrough: [string, number][] = [];
  /** Why the gateway has said that its journal takes nothing, one after the other; 0: it takes what happens. */
  readonly refusals: number[] = [];
  /** Whether anybody watches the job orders, as the gateway has said one after the other. */
  readonly watches: boolean[] = [];
  snapshot: CellSnapshot | undefined;
  connected = false;
  /** What the next requests are refused with; undefined: they are done. */
  refuseWith: Fault | undefined;
  /** Does what is asked, but the answer is lost. */
  losesAnswers = false;
  /** Tells what it stores as an event too, before it answers, as a control process does. */
  tellsEvents = false;
  /** What a jog waits for. */
  jogWaitsFor: JogGrant['waitsFor'];
  readonly #listeners = new Set<(message: Message) => void>();
  #sequence = 0;
  #stored = 0;
  #grants = 0;

  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** How many listen. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Connects and shows one snapshot: the gateway is ready then. */
  hello(records: readonly JobRecord[] = [], epoch = 'e1'): void {
    this.greet(records, epoch);
    this.showSnapshot({ epoch });
  }

  /** Connects, and shows nothing yet. */
  greet(records: readonly JobRecord[] = [], epoch = 'e1'): void {
    this.connected = true;
    this.say({ kind: 'hello', epoch, records });
  }

  lose(): void {
    this.connected = false;
    this.snapshot = undefined;
    this.say({ kind: 'lost' });
  }

  showSnapshot(overrides: Partial<CellSnapshot> = {}): void {
    this.snapshot = { ...cellSnapshot(1), ...overrides };
    this.say({ kind: 'snapshot', snapshot: this.snapshot });
  }

  /** @returns number of the event that tells it */
  changed(record: JobRecord): number {
    this.#sequence += 1;
    this.say({ kind: 'event', event: jobEvent(this.#sequence, record) });
    return this.#sequence;
  }

  /** Takes an order out of the list. */
  removed(record: JobRecord): void {
    this.#tell({ kind: 'job-removed', record });
  }

  /** Tells a command that it took, perhaps from an earlier gateway. */
  commanded(command: Pick<Extract<CellEventBody, { kind: 'unit-command' }>, 'command' | 'by' | 'origin'>): void {
    this.#tell({ kind: 'unit-command', unit: { target: 'Stopping', mode: 'Production' }, ...command });
  }

  say(message: Message): void {
    for (const listener of [...this.#listeners]) listener(message);
  }

  stored(epoch: string, sequence: number): void {
    this.storedThrough.push([epoch, sequence]);
  }

  watched(isWatched: boolean): void {
    this.watches.push(isWatched);
  }

  storing(refused: Fault | undefined): void {
    this.refusals.push(refused?.code ?? 0);
  }

  request(request: CellRequest): Promise<CellReply> {
    this.requests.push(request);
    const reply = this.#reply(request);
    this.say({ kind: 'reply', reply });
    if (this.losesAnswers) {
      return Promise.resolve({ requestId: request.requestId, ok: false, fault: fault(6007, { cause: 'no reply' }) });
    }
    return Promise.resolve(reply);
  }

  #reply(request: CellRequest): CellReply {
    const { requestId } = request;
    if (!this.connected) return { requestId, ok: false, fault: fault(6007, { cause: 'not connected' }) };
    if (this.refuseWith !== undefined) return { requestId, ok: false, fault: this.refuseWith };
    if (request.kind === 'jog') {
      this.#grants += 1;
      const jog = { token: `e1/${this.#grants}`, waitsFor: this.jogWaitsFor };
      return { requestId, ok: true, record: undefined, jog };
    }
    if (request.kind === 'unit-command' || request.kind === 'set-mode') {
      return this.#obeys(request, { target: 'Stopping', mode: 'Production' });
    }
    if ('alarmId' in request) return this.#handled(request);
    if ('order' in request) return this.#stores(request);
    return { requestId, ok: true, record: undefined };
  }

  #obeys(request: UnitCommandRequest | UnitModeRequest, unit: UnitAnswer): CellReply {
    const { requestId } = request;
    const done = { requestId, ok: true, record: undefined, unit } as const;
    if (request.kind === 'set-mode' || !this.tellsEvents) return done;
    const { by, command } = request;
    return { ...done, sequence: this.#tell({ kind: 'unit-command', command, by, unit, ...answering(request) }) };
  }

  /** The alarm of the snapshot; acknowledged if that was asked and it was not. */
  #handled(request: Extract<CellRequest, { readonly alarmId: number }>): CellReply {
    const { requestId, alarmId, kind, by } = request;
    const alarm = this.snapshot?.alarmList.find(({ id }) => id === alarmId);
    if (alarm === undefined) return { requestId, ok: false, fault: fault(6014, { name: `alarm ${alarmId}` }) };
    const seen = kind === 'acknowledge-alarm' ? { isAcknowledged: true, acknowledgedBy: by } : {};
    const done = { requestId, ok: true, record: undefined, alarm: { ...alarm, ...seen } } as const;
    if (!this.tellsEvents) return done;
    if (kind === 'acknowledge-alarm' && alarm.isAcknowledged) return { ...done, alarm, unchanged: true };
    const handled = { kind: 'alarm-handled', how: 'acknowledged', by, alarm: done.alarm } as const;
    return { ...done, sequence: this.#tell({ ...handled, ...answering(request) }) };
  }

  /** @returns number of the event */
  #tell(body: CellEventBody): number {
    this.#sequence += 1;
    this.say({ kind: 'event', event: { ...jobEvent(this.#sequence, jobRecord('none')), body } });
    return this.#sequence;
  }

  #stores(request: Extract<CellRequest, { readonly order: JobOrder }>): CellReply {
    const { requestId, origin, askedBy } = request;
    const record = this.#store(request);
    if (!this.tellsEvents) return { requestId, ok: true, record };
    this.#sequence += 1;
    const body = { kind: 'job', record, ...(origin && { origin }), ...(askedBy && { askedBy }) } as const;
    this.say({ kind: 'event', event: { ...jobEvent(this.#sequence, record), body } });
    return { requestId, ok: true, record, sequence: this.#sequence };
  }

  #store(request: Extract<CellRequest, { readonly order: JobOrder }>): JobRecord {
    this.#stored += 1;
    const { order } = request;
    const storedAt = epochMs(1_000 * this.#stored);
    return jobRecord(order.jobOrderId, { order, workMasterVersion: '2.1.0', storedAt });
  }
}
