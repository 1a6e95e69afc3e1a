// The control half of a cell with a manual mode, stepped in real time beside a gateway that asks it.
import type { CellReply, CellRequest } from '../../src/core/cell-event.ts';
import type { ConnectionLost, ControlClient, FromControl } from '../../src/ports/cell-channel.ts';
import { ModeRig } from './mode-rig.ts';

const PERIOD_MS = 20;

/** The cell stands in manual, reset, with the enabling device held. Instants are of `performance.now()`, as seen by each cycle. */
export class LiveControl implements ControlClient {
  readonly rig = new ModeRig();
  readonly snapshot = undefined;
  readonly connected = true;
  /** When a cycle last saw a jog that asks joints to move. */
  lastDemandAt = Number.NEGATIVE_INFINITY;
  /** When a cycle last saw a joint that moves. */
  lastMotionAt = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Map<string, (reply: CellReply) => void>();
  /** The rig's clock is past the making ready, which took it no real time: only the distance between the two is the same for good. */
  readonly #rigAheadMs: number;
  readonly #timer: NodeJS.Timeout;
  #requests: CellRequest[] = [];
  readonly #listeners = new Set<(message: FromControl) => void>();

  constructor() {
    this.rig.ready('manualReducedSpeed');
    this.rig.hold();
    this.#rigAheadMs = this.rig.now - performance.now();
    this.#timer = setInterval(() => this.#cycle(), PERIOD_MS);
  }

  get position(): number {
    return this.rig.state.motion.positionDeg[0] ?? Number.NaN;
  }

  listen(listener: (message: FromControl | ConnectionLost) => void): () => void {
    listener({ kind: 'hello', epoch: 'test', records: [] });
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  stored(): void {
    // Nothing of it is kept.
  }

  storing(): void {
    // There is no journal.
  }

  watched(): void {
    // Its cell goes on without an MES.
  }

  request(request: CellRequest): Promise<CellReply> {
    this.#requests.push(request);
    return new Promise((resolve) => this.#waiting.set(request.requestId, resolve));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get #cycleAt(): number {
    return this.rig.now - this.#rigAheadMs;
  }

  #cycle(): void {
    const { rig } = this;
    const requests = this.#requests;
    this.#requests = [];
    const { replies, snapshot } = rig.step({ requests }, performance.now() + this.#rigAheadMs - rig.now);
    if (snapshot !== undefined) for (const listener of this.#listeners) listener({ kind: 'snapshot', snapshot });
    const { jog } = rig.state;
    if (jog?.mustRest === false && jog.wanted.some((speed) => speed !== 0)) this.lastDemandAt = this.#cycleAt;
    if (rig.speedMmPerS !== 0) this.lastMotionAt = this.#cycleAt;
    for (const reply of replies) {
      this.#waiting.get(reply.requestId)?.(reply);
      this.#waiting.delete(reply.requestId);
    }
  }
}
