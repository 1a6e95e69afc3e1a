// The jog stage: hold to run in the manual modes. What is asked for is heeded while its client lives, the enabling device permits,
// and the unit is ready; whatever ends it, nothing moves again before the client has asked for rest.
import type { CellReply, CellRequest } from '../core/cell-event.ts';
import { fault } from '../core/faults.ts';
import { JOG_LEASE_MS, type JogGrant, type JogSpeeds, type JogState, jogToken, tokenIssuedAt } from '../core/jog.ts';
import { toolMmPerUnit } from '../core/tool-speed.ts';
import { monotonicMs } from '../core/units.ts';
import { areArmed } from './axes.ts';
import type { Turn } from './turn.ts';

type JogRequest = Extract<CellRequest, { readonly kind: 'jog' }>;

function isManual({ next }: Turn): boolean {
  return next.mode !== 'Production' && next.unit === 'Idle' && next.enabled;
}

/** Joints may follow a jog now. */
function mayJog(turn: Turn): boolean {
  return isManual(turn) && turn.next.safety.stops.every(({ phase }) => phase === 'permitted') && areArmed(turn.next);
}

function wantedOf({ context }: Turn, speeds: JogSpeeds): readonly number[] {
  return context.table.joints.map(({ model }, joint) => {
    const topSpeed = context.limits[joint]?.velocityMaxDegPerS ?? 0;
    return ((speeds[model.name] ?? 0) / 100) * topSpeed;
  });
}

/** What is wrong with the speeds that were asked for; undefined: nothing. */
function problemOf({ context }: Turn, speeds: JogSpeeds): Readonly<Record<string, string | number>> | undefined {
  for (const [name, percent] of Object.entries(speeds)) {
    const joint = context.table.joints.find(({ model }) => model.name === name);
    if (joint === undefined) {
      return { joint: name, known: context.table.joints.map(({ model }) => model.name).join(', ') };
    }
    if (!(percent >= -100 && percent <= 100)) return { joint: name, speedPercent: String(percent), range: '-100..100' };
    if (percent !== 0 && !Number.isFinite(toolMmPerUnit(joint.model))) return { joint: name, missing: 'reachMm' };
  }
  return undefined;
}

function grant(turn: Turn, jog: JogState | undefined): JogGrant {
  const { context, inputs } = turn;
  const isAsked = jog?.wanted.some((velocity) => velocity !== 0) === true;
  const waits = mayJog(turn) ? (jog?.mustRest === true && isAsked ? 'rest' : undefined) : 'enabling';
  return { token: jogToken(context.epoch, inputs.now), waitsFor: waits };
}

/** Serves one request of a client that jogs. The first of a client has no token, and moves nothing. */
export function serveJog(turn: Turn, { requestId, holder, token, speeds }: JogRequest): CellReply {
  const { context, inputs, next } = turn;
  const refuse = (cause: ReturnType<typeof fault>): CellReply => ({ requestId, ok: false, fault: cause });
  if (!isManual(turn)) return refuse(fault(4303, { mode: next.mode, unit: next.unit }));
  const problem = problemOf(turn, speeds);
  if (problem !== undefined) return refuse(fault(4305, problem));
  const held = next.jog;
  if (held !== undefined && held.holder !== holder && inputs.now < held.until) {
    return refuse(fault(4304, { holder: held.holder }));
  }
  const issuedAt = tokenIssuedAt(token, context.epoch, inputs.now);
  const until = (issuedAt ?? Number.NEGATIVE_INFINITY) + JOG_LEASE_MS;
  const isAlive = inputs.now < until;
  const wanted = wantedOf(turn, speeds);
  const isRest = wanted.every((velocity) => velocity === 0);
  const goesOn = held?.holder === holder && inputs.now < held.until;
  next.jog = {
    holder,
    wanted,
    until: monotonicMs(isAlive ? until : inputs.now + JOG_LEASE_MS),
    mustRest: !isRest && (!isAlive || !goesOn || held.mustRest),
  };
  return { requestId, ok: true, record: undefined, jog: grant(turn, next.jog) };
}

/** Ends what has died, and what was interrupted until its client has asked for rest. */
export function jogStage(turn: Turn): void {
  const { inputs, next } = turn;
  const { jog } = next;
  if (jog === undefined) return;
  if (inputs.now >= jog.until || !isManual(turn)) next.jog = undefined;
  else if (!mayJog(turn) && !jog.mustRest) next.jog = { ...jog, mustRest: true };
}

const NO_JOINTS: readonly number[] = [];

/** Speeds that the joints are to follow now, by joint; an empty list means rest. */
export function jogDemand(turn: Turn): readonly number[] {
  const { jog } = turn.next;
  return jog === undefined || jog.mustRest || !mayJog(turn) ? NO_JOINTS : jog.wanted;
}
