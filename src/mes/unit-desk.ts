// Commands to the unit and wishes for a mode: checked, given to control once for each request id, and answered. What the unit does with
// them is its decision.
import type { celda } from '../../proto/generated/celda.js';
import type { Received } from '../../proto/generated/services.js';
import type { CellRequest } from '../core/cell-event.ts';
import { fault } from '../core/faults.ts';
import { UNIT_COMMANDS, UNIT_MODES, UNIT_STATES, type UnitState } from '../core/packml.ts';
import { err, ok, type Result } from '../core/result.ts';
import { ONCE_COMMANDS, REMOTE_COMMANDS, type RemoteCommand, type UnitAnswer } from '../core/unit-command.ts';
import type { Caller } from '../ports/caller.ts';
import type { ControlClient } from '../ports/cell-channel.ts';
import { refuse, type ServiceRefusal } from '../ports/service-refusal.ts';
import { askedBy } from './asked-by.ts';
import type { CellMirror } from './cell-mirror.ts';
import { Violations } from './request-checks.ts';
import { type LedgerMemory, RequestLedger } from './request-ledger.ts';
import { MODE_NUMBERS, remoteCommand, unitMode } from './unit-wire.ts';

/** Where a command has led, that was done although its answer was lost. */
const LEADS_TO: Readonly<Record<RemoteCommand, readonly UnitState[]>> = {
  Stop: ['Stopping', 'Stopped'],
  Hold: ['Holding', 'Held'],
  Unhold: ['Unholding', 'Execute'],
  Suspend: ['Suspending', 'Suspended'],
  Unsuspend: ['Unsuspending', 'Execute'],
  Abort: ['Aborting', 'Aborted'],
  Complete: ['Completing', 'Complete', 'Resetting', 'Idle'],
};

export interface UnitDeskOptions {
  readonly control: ControlClient;
  readonly mirror: CellMirror;
  /** Answers that outlive this process. @defaultValue none do */
  readonly answers?: LedgerMemory<UnitAnswer> | undefined;
  /** Makes request ids that nobody else on the same control client uses. */
  readonly nextRequestId: () => string;
}

function listed(table: Readonly<Record<string, number>>, prefix: string, names: readonly string[]): string {
  return names.map((name) => `${prefix}${name.toUpperCase()} (${table[name]})`).join(', ');
}

export class UnitDesk {
  readonly #options: UnitDeskOptions;
  readonly #commands: RequestLedger<UnitAnswer>;
  readonly #modes: RequestLedger<UnitAnswer>;

  constructor(options: UnitDeskOptions) {
    this.#options = options;
    this.#commands = new RequestLedger('celda.cell.v1.CellService/SendUnitCommand', options.answers);
    this.#modes = new RequestLedger('celda.cell.v1.CellService/SetUnitMode', options.answers);
  }

  async command(request: Received<celda.cell.v1.SendUnitCommandRequest>, caller: Caller) {
    const { identity } = caller;
    const { requestId } = request;
    const violations = new Violations();
    violations.requestId(requestId);
    const comment = violations.firstText('comments', request.comments);
    const command = remoteCommand(request.command);
    if (command === undefined) {
      violations.add('command', {
        given: String(request.command),
        allowed: listed(UNIT_COMMANDS, 'UNIT_COMMAND_', REMOTE_COMMANDS),
        hint: 'reset and clear are a button at the cell, and job orders start',
      });
    }
    if (command === undefined || violations.found.length > 0) return err(refuse(fault(6010), violations.found));
    const by = askedBy(caller, 'unit.command', { requestId, reason: comment });
    let wasTaken = false;
    const answer = await this.#commands.answer({
      identity,
      requestId,
      content: JSON.stringify([command, request.comments]),
      isHarmless: !ONCE_COMMANDS.has(command),
      run: async (origin) => {
        const asked = { requestId: '', command, by: identity, comment, askedBy: by, origin };
        const reply = await this.#ask({ kind: 'unit-command', ...asked });
        wasTaken = reply.ok && reply.value.isRepeated;
        return reply.ok ? ok(reply.value.unit) : reply;
      },
      doneBefore: (refused) => this.#doneBefore(command, refused.code === 6021),
    });
    if (!answer.ok) return answer;
    const { target } = answer.value.record;
    const replayed = answer.value.replayed || wasTaken;
    return ok({ targetState: target, targetStateNumber: UNIT_STATES[target], replayed });
  }

  async mode(request: Received<celda.cell.v1.SetUnitModeRequest>, caller: Caller) {
    const { identity } = caller;
    const { requestId } = request;
    const violations = new Violations();
    violations.requestId(requestId);
    const mode = unitMode(request.mode);
    if (mode === undefined) {
      const allowed = listed(UNIT_MODES, 'UNIT_MODE_', Object.keys(UNIT_MODES));
      violations.add('mode', { given: String(request.mode), allowed });
    }
    if (mode === undefined || violations.found.length > 0) return err(refuse(fault(6010), violations.found));
    const by = askedBy(caller, 'unit.mode', { requestId, reason: '' });
    const answer = await this.#modes.answer({
      identity,
      requestId,
      content: mode,
      isHarmless: true,
      run: async (origin) => {
        const reply = await this.#ask({ kind: 'set-mode', requestId: '', mode, askedBy: by, origin });
        return reply.ok ? ok(reply.value.unit) : reply;
      },
      doneBefore: () => undefined,
    });
    if (!answer.ok) return answer;
    return ok({ mode: MODE_NUMBERS[answer.value.record.mode], replayed: answer.value.replayed });
  }

  #doneBefore(command: RemoteCommand, isIllegalNow: boolean): UnitAnswer | undefined {
    const { snapshot } = this.#options.mirror;
    if (!isIllegalNow || snapshot === undefined || !LEADS_TO[command].includes(snapshot.unit)) return undefined;
    return { target: snapshot.unit, mode: snapshot.mode };
  }

  async #ask(
    request: Extract<CellRequest, { readonly kind: 'unit-command' | 'set-mode' }>,
  ): Promise<Result<{ readonly unit: UnitAnswer; readonly isRepeated: boolean }, ServiceRefusal>> {
    const { control, nextRequestId } = this.#options;
    const reply = await control.request({ ...request, requestId: nextRequestId() });
    if (!reply.ok) return err(refuse(reply.fault));
    const { unit, repeated } = reply;
    if (unit === undefined) return err(refuse(fault(9001, { cause: 'no state of the unit' })));
    return ok({ unit, isRepeated: repeated === true });
  }
}
