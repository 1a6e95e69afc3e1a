// What the programs of a cell ask for: the same checks as for clients, and no way to enable production.
import { fault } from '../core/faults.ts';
import type { JobOrder } from '../core/job-order.ts';
import { isStandstill, planMove } from '../core/motion.ts';
import { presentLimits, targetOf, unhomedAmong } from './axes.ts';
import type { ProgramIntent } from './cycle.ts';
import { storeAndStartOrder } from './job-requests.ts';
import { clearAlarms, raise, type Turn } from './turn.ts';

function refuse(turn: Turn, program: string, intent: string, reason: string): void {
  raise(turn, fault(7003, { program, intent, reason }));
}

/** Does what a program asks for, or raises fault 7003 with the reason why not. */
export function heed(turn: Turn, { program, intent }: ProgramIntent): void {
  const { context, next } = turn;
  switch (intent.kind) {
    case 'set-output': {
      if (!context.programOutputs.has(intent.device)) {
        refuse(turn, program, intent.kind, `${intent.device} is not a free, non-hazardous digital output`);
        return;
      }
      const outputs = new Set(next.programOn);
      if (intent.on) outputs.add(intent.device);
      else outputs.delete(intent.device);
      next.programOn = outputs;
      return;
    }
    case 'move': {
      const idle = next.unit === 'Idle' && next.productionEnabled && isStandstill(next.motion);
      if (!idle) {
        refuse(
          turn,
          program,
          intent.kind,
          `unit ${next.unit}, production ${next.productionEnabled ? '' : 'not '}enabled`,
        );
        return;
      }
      const unknown = Object.keys(intent.targetDeg).find((name) => !isJoint(turn, name));
      if (unknown !== undefined) {
        refuse(turn, program, intent.kind, `the cell has no joint ${unknown}`);
        return;
      }
      const unhomed = unhomedAmong(context, next, Object.keys(intent.targetDeg));
      if (unhomed !== undefined) {
        refuse(turn, program, intent.kind, `${unhomed} is not homed`);
        return;
      }
      const limits = presentLimits(context, next);
      const planned = planMove(limits, next.motion, targetOf(turn, intent.targetDeg), intent.speedPercent);
      if (planned.ok) next.motion = planned.value;
      else refuse(turn, program, intent.kind, JSON.stringify(planned.error.detail));
      return;
    }
    case 'start-work-master': {
      if (!next.productionEnabled) {
        refuse(turn, program, intent.kind, 'production is not enabled: a job order must be submitted after each reset');
        return;
      }
      next.programOrders += 1;
      const order: JobOrder = {
        jobOrderId: `program/${program}/${context.epoch}/${next.programOrders}`,
        descriptions: [{ locale: 'en', text: `started by program ${program}` }],
        workMasterId: intent.workMasterId,
        priority: 0,
        parameters: intent.parameters,
      };
      const stored = storeAndStartOrder(turn, order);
      if (!stored.ok) refuse(turn, program, intent.kind, JSON.stringify(stored.error.detail));
      return;
    }
    case 'raise-alarm':
      raise(turn, fault(7004, { program, text: intent.text }));
      return;
    case 'clear-alarm':
      clearAlarms(
        turn,
        ({ code, detail }) => code === 7004 && detail['program'] === program && detail['text'] === intent.text,
      );
      return;
    default:
      intent satisfies never;
  }
}

function isJoint({ context }: Turn, name: string): boolean {
  return context.table.joints.some(({ model }) => model.name === name);
}
