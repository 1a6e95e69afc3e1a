// The unit of a cell as the wire shows it: identity, what was proved of it, what it uses of PackML, and the commands for it.
import { celda } from '../../proto/generated/celda.js';
import type { CellModel } from '../core/cell-model.ts';
import { OPERATING_MODES, UNIT_MODE_OF } from '../core/operating-mode.ts';
import { UNIT_COMMANDS, UNIT_MODES, type UnitMode } from '../core/packml.ts';
import { packmlVersion } from '../core/packml-profile.ts';
import { REMOTE_COMMANDS, type RemoteCommand } from '../core/unit-command.ts';
import type { CellStanding } from '../ports/cell-standing.ts';
import { LIMITS_OF_USE } from './capabilities-wire.ts';
import { jogJoints } from './jog-service.ts';

const { ProofState, CommissioningState, UnitMode: WireMode } = celda.cell.v1;

/** The numbers of the standard. */
export const MODE_NUMBERS = {
  Production: WireMode.UNIT_MODE_PRODUCTION,
  Maintenance: WireMode.UNIT_MODE_MAINTENANCE,
  Manual: WireMode.UNIT_MODE_MANUAL,
} as const satisfies Record<UnitMode, celda.cell.v1.UnitMode>;

const PROOF_NUMBERS = {
  proved: ProofState.PROOF_STATE_PROVED,
  refuted: ProofState.PROOF_STATE_REFUTED,
  incomplete: ProofState.PROOF_STATE_INCOMPLETE,
  outdated: ProofState.PROOF_STATE_OUTDATED,
  none: ProofState.PROOF_STATE_NONE,
} as const satisfies Record<CellStanding['verification'], celda.cell.v1.ProofState>;

const COMMISSIONING_NUMBERS = {
  complete: CommissioningState.COMMISSIONING_STATE_COMPLETE,
  incomplete: CommissioningState.COMMISSIONING_STATE_INCOMPLETE,
  none: CommissioningState.COMMISSIONING_STATE_NONE,
  damaged: CommissioningState.COMMISSIONING_STATE_DAMAGED,
} as const satisfies Record<CellStanding['commissioning'], celda.cell.v1.CommissioningState>;

/** The numbers of the wire are those of the standard. @returns undefined for what is no command, or none that may come from afar */
export function remoteCommand(number: number): RemoteCommand | undefined {
  return REMOTE_COMMANDS.find((command) => UNIT_COMMANDS[command] === number);
}

/** @returns undefined for what is no mode */
export function unitMode(number: number): UnitMode | undefined {
  return (Object.keys(UNIT_MODES) as UnitMode[]).find((mode) => UNIT_MODES[mode] === number);
}

/** Modes that the cell can be in: a cell without a selector has Production alone. */
function modesOf({ safety }: CellModel): readonly UnitMode[] {
  const { modes } = safety;
  if (modes === undefined) return ['Production'];
  return OPERATING_MODES.filter((mode) => modes.selection[mode] !== undefined).map((mode) => UNIT_MODE_OF[mode]);
}

function toWireProfile(cell: CellModel): celda.cell.v1.UnitProfile.$Properties {
  const { holdFrom, completeFrom, modes, startWarningMs } = cell.packml;
  return {
    holdMask: holdFrom,
    completeMask: completeFrom,
    modes: modesOf(cell).map((mode) => ({
      mode: MODE_NUMBERS[mode],
      disabledStatesMask: modes[mode].disabled,
      modeChangeMask: modes[mode].changeIn,
    })),
    startWarningMs,
  };
}

/** @param standing undefined: nobody knows, as where there is no file of the cell */
export function toWireCell(
  cell: CellModel,
  standing: CellStanding | undefined,
): celda.cell.v1.GetCellResponse.$Properties {
  const { name, description, configHash, packml, safety } = cell;
  return {
    cellName: name,
    description,
    configHash,
    packmlVersion: packmlVersion(packml),
    limitsOfUse: LIMITS_OF_USE,
    jogJoints: [...jogJoints(cell)],
    toolSpeedMaxMmPerS: safety.modes?.toolSpeedMaxMmPerS ?? 0,
    verificationRequired: safety.requireVerified === true,
    commissioningRequired: safety.requireCommissioned === true,
    unitProfile: toWireProfile(cell),
    ...(standing === undefined
      ? {}
      : {
          softwareVersion: standing.softwareVersion,
          verification: PROOF_NUMBERS[standing.verification],
          commissioning: COMMISSIONING_NUMBERS[standing.commissioning],
        }),
  };
}
