// Operating modes: a mode selector selects them, nothing hazardous is driven by hand without an enabling device, and every joint
// that is jogged says how far it reaches.
import { OPERATING_MODES, type OperatingMode } from '../../core/operating-mode.ts';
import { blockInterface } from '../../core/safety-blocks.ts';
import type { StopFunctionSource } from '../schema-safety.ts';
import { type Context, devicesOf, isHazardous, isUnsupervised, JOINTS, list } from './context.ts';
import { sourcesOf } from './safety-overrides.ts';
import { canonical, checkOutput, resolve } from './safety-references.ts';
import { outputsOf } from './zones.ts';

const MANUAL = OPERATING_MODES.filter((mode) => mode !== 'automatic');

/** The modes of the cell besides automatic. */
function manualModes({ draft }: Context): readonly OperatingMode[] {
  return MANUAL.filter((mode) => draft.modes?.[mode] !== undefined);
}

/** Outputs of mode selectors that each stand for one mode. */
function modeOutputs({ draft }: Context): readonly string[] {
  return [...draft.blocks].flatMap(([name, block]) => {
    if (block?.type !== 'SF_ModeSelector') return [];
    const outputs = Object.entries(blockInterface(block.type).outputs);
    return outputs.flatMap(([output, { choice }]) => (choice === undefined ? [] : [`${name}.${output}`]));
  });
}

function checkSelection(context: Context): void {
  const { draft, report } = context;
  const owners = new Map<string, OperatingMode>();
  for (const mode of OPERATING_MODES) {
    const reference = draft.modes?.[mode];
    if (reference === undefined) continue;
    const path = ['safety', 'modes', mode];
    const found = resolve(context, reference);
    if (found.kind === 'block' && draft.blocks.has(found.name) && !checkOutput(context, path, found)) continue;
    // A selector that is malformed has been reported.
    if (found.kind === 'block' && draft.blocks.has(found.name) && draft.blocks.get(found.name) === undefined) continue;
    const known = modeOutputs(context);
    if (!known.includes(canonical(context, reference))) report.add('mode-not-selected', path, { known: list(known) });
    const owner = owners.get(reference);
    if (owner === undefined) owners.set(reference, mode);
    else report.add('mode-selected-twice', path, { owner });
  }
}

/** An emergency stop counts always; the key is of use only where the modes exist. */
function checkStopModes(context: Context, name: string, stop: StopFunctionSource): void {
  if (stop.modes === undefined) return;
  const { draft, report } = context;
  const path = ['safety', 'stopFunctions', name, 'modes'];
  const behind = [...sourcesOf(context, stop.permission)];
  const isEmergencyStop = behind.some((block) => draft.blocks.get(block)?.type === 'SF_EmergencyStop');
  if (stop.role === 'emergency-stop' || isEmergencyStop) report.add('emergency-stop-in-all-modes', path, {});
  stop.modes.forEach((mode, index) => {
    if (draft.modes?.[mode] !== undefined || (draft.modes === undefined && mode === 'automatic')) return;
    const known = OPERATING_MODES.filter((candidate) => draft.modes?.[candidate] !== undefined);
    report.add('mode-not-configured', [...path, index], { known: list(known) });
  });
}

/** An enabling device takes the power away with a ramp, in manual modes only. */
function checkEnabling(context: Context, name: string, stop: StopFunctionSource): void {
  if (stop.role !== 'enabling') return;
  const { report } = context;
  const path = ['safety', 'stopFunctions', name];
  if (stop.category === 2) report.add('enabling-holds', [...path, 'category'], {});
  if (stop.modes === undefined) report.add('enabling-without-modes', path, { known: list(manualModes(context)) });
  else if (stop.modes.includes('automatic')) {
    report.add('enabling-in-automatic', [...path, 'modes', stop.modes.indexOf('automatic')], {
      known: list(manualModes(context)),
    });
  }
}

function isEnabled(context: Context, mode: OperatingMode, output: string): boolean {
  const stops = [...context.draft.stopFunctions.values()];
  // A malformed stop function may be the one.
  return stops.some(
    (stop) =>
      stop === undefined ||
      (stop.role === 'enabling' && stop.modes?.includes(mode) === true && outputsOf(context, stop).includes(output)),
  );
}

/** In a manual mode whatever can hurt hangs on an enabling device. */
function checkCoverage(context: Context): void {
  const modes = manualModes(context);
  for (const [device, model] of devicesOf(context, [...JOINTS, 'digital-output'])) {
    if (!isHazardous(model) || isUnsupervised(context, model.board)) continue;
    const open = modes.filter((mode) => !isEnabled(context, mode, device));
    if (open.length > 0) context.report.addKey('hazard-without-enabling', ['devices', device], { modes: list(open) });
  }
}

/** How fast a servo moves the tool is known from how far it reaches. */
function checkReach(context: Context): void {
  if (manualModes(context).length === 0) return;
  for (const [joint, { reachMm }] of devicesOf(context, ['servo'])) {
    if (reachMm === undefined) context.report.addKey('jogged-without-reach', ['devices', joint], {});
  }
}

export function checkModes(context: Context): void {
  for (const [name, stop] of context.draft.stopFunctions) {
    if (stop === undefined) continue;
    checkStopModes(context, name, stop);
    checkEnabling(context, name, stop);
  }
  if (context.draft.modes === undefined) return;
  checkSelection(context);
  checkCoverage(context);
  checkReach(context);
}
