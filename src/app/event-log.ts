// Lines of log for what happens in a cell. Pure.
import type { CellEvent, LeaseProof } from '../core/cell-event.ts';
import { describeFault, FAULTS, type Fault } from '../core/faults.ts';
import type { LogLevel } from './process-message.ts';

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

/** Overruns are counted in every snapshot; of those logged, one a second is enough, ms. */
const OVERRUN_EVERY_MS = 1_000;

/** @returns a function that gives the line of an event, undefined for events that come too often to be read */
export function createEventLog(): (event: CellEvent) => LogLine | undefined {
  let overrunLoggedAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.body.kind === 'overrun') {
      if (event.at - overrunLoggedAt < OVERRUN_EVERY_MS) return undefined;
      overrunLoggedAt = event.at;
    }
    return lineOf(event);
  };
}

function lineOf({ body }: CellEvent): LogLine | undefined {
  switch (body.kind) {
    case 'unit':
      return info(`unit ${body.from} -> ${body.to}`);
    case 'reset':
      return info('reset at the cell');
    case 'stop-record': {
      const { id, unit, mode, cause } = body.record;
      return warn(`stop ${id} of the unit in ${unit}, mode ${mode}: ${describeFault(cause)}; see celda stops`);
    }
    case 'alarm-handled':
      return info(
        `alarm ${body.alarm.id} ${body.how} by ${body.by || 'its shelf'}: ${describeFault(body.alarm.fault)}`,
      );
    case 'flood':
      return body.active
        ? warn(`alarm flood: more alarms come than can be read; celda alarms shows them in groups`)
        : info(`the alarm flood is over: ${body.flood.count} alarms since it began`);
    case 'mode':
      return info(`mode ${body.from} -> ${body.to}`);
    case 'mode-refused':
      return warn(`mode ${body.mode} refused: the unit is ${body.unit}`);
    case 'job': {
      const { order, state, substate, producedQuantity } = body.record;
      const where = substate === undefined ? state : `${state}/${substate}`;
      return info(`job order ${order.jobOrderId}: ${where}, ${producedQuantity} produced`);
    }
    case 'alarm':
      return body.active ? warn(withResponse(body.fault)) : info(`cleared: ${describeFault(body.fault)}`);
    case 'stop':
      return warn(`${body.stopFunction}: stop category ${body.category} because of ${describeFault(body.cause)}`);
    case 'link': {
      const open = body.openInputs?.length ? `, until these inputs are closed: ${body.openInputs.join(', ')}` : '';
      const text = `board ${body.board}: link ${body.state}${open}`;
      return body.cause === undefined ? info(text) : warn(`${text}: ${withResponse(body.cause)}`);
    }
    case 'lease-proof':
      return info(`board ${body.board}: ${describeProof(body.proof)}`);
    case 'stop-time':
      return info(`board ${body.board}: a stop reached it ${body.stopMs.toFixed(1)} ms after the input changed`);
    case 'overrun':
      return warn(`cycle ${body.cycle} was ${body.lateMs.toFixed(1)} ms late (${body.stage})`);
    case 'step':
    case 'measured':
    case 'produced':
      return undefined;
    default:
      return body satisfies never;
  }
}

function describeProof({ leaseMs, armedUntilMs, safeByMs, energised }: LeaseProof): string {
  const between = `${armedUntilMs.toFixed(1)}..${safeByMs.toFixed(1)} ms`;
  const extent = energised.length === 0 ? '' : `, with ${energised.join(', ')} on`;
  return `lease proven: withheld, it went safe after ${between} of its own clock (lease ${leaseMs} ms)${extent}`;
}

function withResponse(fault: Fault): string {
  return `${describeFault(fault)}; ${FAULTS[fault.code].response}`;
}

function info(text: string): LogLine {
  return { level: 'info', text };
}

function warn(text: string): LogLine {
  return { level: 'warn', text };
}
