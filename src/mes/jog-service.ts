// The method of JogService: hold to run from afar, behind the mode selector and the enabling device at the cell. Control decides
// what moves; this only checks what was asked and hands tokens over, so that a caller who is not there any more moves nothing.
import { celda } from '../../proto/generated/celda.js';
import type { JogServiceHandlers, Received } from '../../proto/generated/services.js';
import type { CellModel } from '../core/cell-model.ts';
import { fault } from '../core/faults.ts';
import { JOG_LEASE_MS, type JogGrant } from '../core/jog.ts';
import { err, ok, type Result } from '../core/result.ts';
import { toolMmPerUnit } from '../core/tool-speed.ts';
import type { Caller } from '../ports/caller.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import type { Clock } from '../ports/clock.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import type { AuditDesk } from './audit-desk.ts';
import { JogSession } from './jog-session.ts';
import { Violations } from './request-checks.ts';

type Request = Received<celda.cell.v1.JogRequest>;
type Response = celda.cell.v1.JogResponse.$Properties;

const OWNER_CHARS_MAX = 64;
const TOKEN_CHARS_MAX = 200;
const JOINTS_MAX = 64;
/** Streams at the same time; only one of them jogs. */
export const JOG_STREAMS_MAX = 8;

const { JogWait } = celda.cell.v1;
const WAITS: Readonly<Record<NonNullable<JogGrant['waitsFor']>, number>> = {
  enabling: JogWait.JOG_WAIT_ENABLING,
  rest: JogWait.JOG_WAIT_REST,
};

export interface JogServiceOptions {
  readonly cell: CellModel;
  readonly control: ControlClient;
  /** Makes request ids that nobody else on the same control client uses. */
  readonly nextRequestId: () => string;
  readonly clock: Clock;
  /** @defaultValue who jogs is recorded nowhere */
  readonly audit?: Pick<AuditDesk, 'note'> | undefined;
}

/** Joints that say how far they reach: others may not be jogged. */
function joggable({ devices }: CellModel): readonly string[] {
  return devices.flatMap((device) => {
    const isJoint = device.kind === 'servo' || device.kind === 'stepper-axis';
    return isJoint && Number.isFinite(toolMmPerUnit(device)) ? [device.name] : [];
  });
}

/** @returns joints that a jog moves; none in a cell without a manual mode */
export function jogJoints(cell: CellModel): readonly string[] {
  const { manualReducedSpeed, maintenance } = cell.safety.modes?.selection ?? {};
  return manualReducedSpeed === undefined && maintenance === undefined ? [] : joggable(cell);
}

export function createJogService(options: JogServiceOptions): JogServiceHandlers<ServiceRefusal, Caller> {
  return new JogService(options);
}

class JogService implements JogServiceHandlers<ServiceRefusal, Caller> {
  readonly #options: JogServiceOptions;
  readonly #joggable: readonly string[];
  #streams = 0;

  constructor(options: JogServiceOptions) {
    this.#options = options;
    this.#joggable = joggable(options.cell);
  }

  async *jog(
    requests: AsyncIterable<Request>,
    _signal: AbortSignal,
    caller: Caller,
  ): AsyncGenerator<Result<Response, ServiceRefusal>> {
    if (this.#streams >= JOG_STREAMS_MAX) {
      yield err(refuse(fault(6013, { watchersMax: JOG_STREAMS_MAX })));
      return;
    }
    this.#streams += 1;
    const session = new JogSession(this.#options, caller);
    let asked: { readonly holder: string; readonly token: string } | undefined;
    try {
      for await (const request of requests) {
        const refusal = this.#check(request, asked === undefined);
        if (refusal !== undefined) {
          yield err(refusal);
          return;
        }
        const { token } = request;
        asked = { holder: asked?.holder ?? `${request.owner}/${this.#options.nextRequestId()}`, token };
        const answer = await this.#ask(asked.holder, request);
        if (answer.ok && answer.value.waitsFor === JogWait.JOG_WAIT_NONE) session.moves(asked.holder, request.speeds);
        yield answer;
      }
    } finally {
      this.#streams -= 1;
      if (asked !== undefined) this.#rest(asked);
      session.end();
    }
  }

  #check({ owner, token, speeds }: Request, isFirst: boolean): ServiceRefusal | undefined {
    const violations = new Violations();
    if (isFirst) violations.text('owner', owner, OWNER_CHARS_MAX);
    if (token.length > TOKEN_CHARS_MAX) {
      violations.add('token', { given: `${token.length} characters`, allowed: 'the token of the newest response' });
    }
    if (speeds.length > JOINTS_MAX) {
      violations.add('speeds', { given: `${speeds.length} joints`, allowed: `at most ${JOINTS_MAX}` });
    }
    const seen = new Set<string>();
    for (const [index, { joint, speedPercent }] of speeds.slice(0, JOINTS_MAX).entries()) {
      if (!this.#joggable.includes(joint)) {
        const allowed = this.#joggable.join(', ') || 'none: no joint of this cell says how far it reaches';
        violations.add(`speeds[${index}].joint`, { given: JSON.stringify(joint), allowed });
      } else if (seen.has(joint)) {
        violations.add(`speeds[${index}].joint`, { given: joint, allowed: 'each joint once' });
      }
      seen.add(joint);
      violations.within(`speeds[${index}].speed_percent`, speedPercent, { min: -100, max: 100 });
    }
    return violations.found.length === 0 ? undefined : refuse(fault(6010), violations.found);
  }

  async #ask(holder: string, { token, speeds }: Request): Promise<Result<Response, ServiceRefusal>> {
    const { control, nextRequestId } = this.#options;
    const wanted = Object.fromEntries(speeds.map(({ joint, speedPercent }) => [joint, speedPercent]));
    const requestId = nextRequestId();
    const reply = await control.request({ kind: 'jog', requestId, holder, token, speeds: wanted });
    if (!reply.ok) return err(refuse(reply.fault));
    const { jog } = reply;
    if (jog === undefined) return err(refuse(fault(9001, { cause: 'a jog was answered without a grant' })));
    const waitsFor = jog.waitsFor === undefined ? JogWait.JOG_WAIT_NONE : WAITS[jog.waitsFor];
    return ok({ token: jog.token, waitsFor, leaseMs: JOG_LEASE_MS });
  }

  /** The end of a stream asks for rest: sooner than the token runs out, and no promise, since nobody may be left to ask. */
  #rest({ holder, token }: { readonly holder: string; readonly token: string }): void {
    const { control, nextRequestId } = this.#options;
    void control.request({ kind: 'jog', requestId: nextRequestId(), holder, token, speeds: {} });
  }
}
