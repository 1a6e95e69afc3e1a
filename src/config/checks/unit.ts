// The use of PackML: no mode does without a state that another needs, and what is asked for exists in the edition.
import { OPERATING_MODES, type OperatingMode, UNIT_MODE_OF } from '../../core/operating-mode.ts';
import { UNIT_STATES, type UnitState } from '../../core/packml.ts';
import {
  COMPLETE_MASK_2015,
  COMPLETE_MASK_2022,
  HOLD_MASK_2015,
  hasState,
  maskOf,
  maskProblems,
  type StateMask,
} from '../../core/packml-profile.ts';
import { editionOf } from '../build-unit.ts';
import type { PackmlSource } from '../schema-unit.ts';
import { type Context, list } from './context.ts';

const PACKML = ['unit', 'packml'] as const;

function statesOf(mask: StateMask): readonly UnitState[] {
  return (Object.keys(UNIT_STATES) as UnitState[]).filter((state) => hasState(mask, state));
}

/** What is driven from Execute by a step that fails, or by its end, must be accepted there. */
function checkMask(
  { report }: Context,
  key: 'holdFrom' | 'completeFrom',
  states: PackmlSource['holdFrom'],
  max: StateMask,
) {
  if (states === undefined) return;
  const path = [...PACKML, key];
  const known = list(statesOf(max));
  states.forEach((state, index) => {
    if (!hasState(max, state)) report.add('state-accepts-no-command', [...path, index], { known });
  });
  if (!states.includes('Execute')) report.add('execute-accepts-no-command', path, { known });
}

function isConfigured({ draft }: Context, mode: OperatingMode): boolean {
  return draft.modes === undefined ? mode === 'automatic' : draft.modes[mode] !== undefined;
}

function checkDisabled(context: Context, mode: OperatingMode, states: readonly UnitState[]): void {
  const { report } = context;
  const path = [...PACKML, 'disabledStates', mode];
  if (!isConfigured(context, mode)) {
    const known = OPERATING_MODES.filter((each) => isConfigured(context, each));
    report.addKey('mode-not-configured', path, { known: list(known) });
  }
  const { missing, unmet } = maskProblems(UNIT_MODE_OF[mode], maskOf(...states));
  for (const state of missing) {
    const { missing: needed } = maskProblems(UNIT_MODE_OF[mode], maskOf(...statesOf(~0)));
    report.add('state-needed', [...path, states.indexOf(state)], { known: list(statesOf(~maskOf(...needed))) });
  }
  const others = unmet.filter(([, state]) => !missing.includes(state));
  for (const [user, state] of others) report.add('state-needed-by-other', [...path, states.indexOf(state)], { user });
}

const WARNING = ['Starting', 'Unholding', 'Unsuspending'] as const;

/** Passing over a state that warns would let something move without the warning. */
function checkWarning({ report }: Context, { startWarningMs, disabledStates }: PackmlSource): void {
  if (startWarningMs === 0) return;
  disabledStates?.automatic?.forEach((state, index) => {
    if (!WARNING.some((warning) => warning === state)) return;
    // Without Suspended nothing is ever unsuspended.
    if (state === 'Unsuspending' && disabledStates.automatic?.includes('Suspended') === true) return;
    report.add('warning-needs-state', [...PACKML, 'disabledStates', 'automatic', index], {});
  });
}

export function checkUnit(context: Context): void {
  const packml = context.draft.unit?.packml;
  if (packml === undefined) return;
  checkMask(context, 'holdFrom', packml.holdFrom, HOLD_MASK_2015);
  const completeMax = editionOf(packml) === '2022' ? COMPLETE_MASK_2022 : COMPLETE_MASK_2015;
  checkMask(context, 'completeFrom', packml.completeFrom, completeMax);
  for (const mode of OPERATING_MODES) {
    const states = packml.disabledStates?.[mode];
    if (states !== undefined) checkDisabled(context, mode, states);
  }
  checkWarning(context, packml);
}
