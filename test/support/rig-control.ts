// The pure control cycle as the control process behind a gateway: each request is one cycle, and its events are told.
import type { CellReply, CellRequest, CellSnapshot } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';
import type { ConnectionLost, ControlClient, FromControl } from '../../src/ports/cell-channel.ts';
import type { CycleRig } from './cycle-rig.ts';

type Message = FromControl | ConnectionLost;

export class RigControl implements ControlClient {
  readonly rig: CycleRig;
  readonly connected = true;
  /** What reached the control process. */
  readonly requests: CellRequest[] = [];
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #epoch: string;
  #told = 0;

  /** @param epoch names this run of the control process */
  constructor(rig: CycleRig, epoch = 'test') {
    this.rig = rig;
    this.#epoch = epoch;
  }

  get snapshot(): CellSnapshot | undefined {
    return this.rig.outputs?.snapshot;
  }

  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The rig takes everything to be on disk at once. */
  stored(): void {
    // Nothing waits.
  }

  storing(): void {
    // Nothing refuses it.
  }

  watched(): void {
    // The rig is told by its test.
  }

  hello(): void {
    this.#say({ kind: 'hello', epoch: this.#epoch, records: this.rig.state.jobs.records });
    this.#told = this.rig.events.length;
    this.run(1);
  }

  run(cycles: number): void {
    for (let count = 0; count < cycles; count += 1) {
      this.rig.step();
      this.#tell();
    }
  }

  request(request: CellRequest): Promise<CellReply> {
    this.requests.push(request);
    const reply = this.rig.request(request);
    this.#tell();
    if (reply !== undefined) this.#say({ kind: 'reply', reply });
    return Promise.resolve(reply ?? { requestId: request.requestId, ok: false, fault: fault(6007) });
  }

  #tell(): void {
    for (const body of this.rig.events.slice(this.#told)) {
      this.#told += 1;
      const event = { sequence: this.#told, at: monotonicMs(this.rig.now), time: epochMs(this.rig.now), body };
      this.#say({ kind: 'event', event });
    }
    const { snapshot } = this;
    if (snapshot !== undefined) this.#say({ kind: 'snapshot', snapshot });
  }

  #say(message: Message): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}
