// Stop functions: a latching block gives the permission, and an emergency stop covers every hazardous output.
import { blockInterface, outputInterface, SAFETY_BLOCKS, type SafetyBlockType } from '../../core/safety-blocks.ts';
import type { StopFunctionSource } from '../schema-safety.ts';
import { type Context, devicesOf, expectDevice, isHazardous, isUnsupervised, JOINTS, list } from './context.ts';
import { blockBehind, checkOutput, resolve } from './safety-references.ts';
import { checkZones, outputsOf } from './zones.ts';

/** Blocks with an output that latches until a reset: what each role may rest on. An emergency stop is no light curtain. */
function restsOn(role: StopFunctionSource['role']): readonly SafetyBlockType[] {
  if (role === 'emergency-stop') return ['SF_EmergencyStop'];
  if (role === 'enabling') return ['SF_EnableSwitch'];
  const types = Object.keys(SAFETY_BLOCKS) as SafetyBlockType[];
  return types.filter((type) => Object.values(blockInterface(type).outputs).some(({ latches }) => latches));
}

function checkPermission(context: Context, name: string, stop: StopFunctionSource): void {
  const { draft, report } = context;
  const path = ['safety', 'stopFunctions', name, 'permission'];
  const found = resolve(context, stop.permission);
  if (found.kind !== 'block' || blockBehind(context, stop.permission) === undefined) {
    report.add('permission-not-a-block', path, { known: list([...draft.blocks.keys()]) });
    return;
  }
  const type = draft.blocks.get(found.name)?.type;
  if (type === undefined || !checkOutput(context, path, found)) return;
  const types = restsOn(stop.role);
  const latches = outputInterface(type, found.output)?.latches === true;
  // An enabling device is held by hand: it has nothing to latch.
  if ((latches || stop.role === 'enabling') && types.includes(type)) return;
  report.add('permission-does-not-latch', path, { types: types.join(' | '), type });
}

function checkTimeLimit({ report }: Context, name: string, stop: StopFunctionSource): void {
  const path = ['safety', 'stopFunctions', name, 'timeLimitMs'];
  if (stop.category !== 0 && stop.timeLimitMs === undefined) report.add('time-limit-missing', path, {});
  if (stop.category === 0 && stop.timeLimitMs !== undefined) report.add('time-limit-unused', path, {});
}

/** IEC 60204-1, 9.2.3.4.2: an emergency stop takes the power away. */
function checkCategory({ report }: Context, name: string, stop: StopFunctionSource): void {
  if (stop.role !== 'emergency-stop' || stop.category !== 2) return;
  report.add('emergency-stop-holds', ['safety', 'stopFunctions', name, 'category'], {});
}

/** A joint that is measured is known to stand only after its time: a stop that ends before never sees it. */
function checkStandstill(context: Context, name: string, stop: StopFunctionSource): void {
  const { timeLimitMs } = stop;
  if (timeLimitMs === undefined) return;
  const outputs = outputsOf(context, stop);
  for (const [joint, { feedback }] of devicesOf(context, JOINTS)) {
    if (feedback === undefined || !outputs.includes(joint) || feedback.standstillTimeMs < timeLimitMs) continue;
    context.report.add('time-limit-below-standstill', ['safety', 'stopFunctions', name, 'timeLimitMs'], {
      joint,
      standstillTimeMs: String(feedback.standstillTimeMs),
    });
  }
}

/**
 * A block drives its output only while boards are armed. The stop of a guard that is to be unlocked comes before the unlocking, and one
 * of category 0 or 1 takes the power away: the lock would never open.
 */
function checkUnlocking(context: Context, name: string, stop: StopFunctionSource): void {
  const { draft, report } = context;
  // One that counts in some modes leaves the others to unlock in.
  if (stop.category === 2 || stop.modes !== undefined) return;
  const guard = blockBehind(context, stop.permission);
  const block = guard === undefined ? undefined : draft.blocks.get(guard);
  if (guard === undefined || block?.type !== 'SF_GuardLocking' || block.unlockOutput === undefined) return;
  const coil = draft.devices.get(block.unlockOutput);
  if (coil?.kind !== 'digital-output' || coil.safe === 'on') return;
  report.add('unlocks-never', ['safety', 'stopFunctions', name, 'category'], { guard, output: block.unlockOutput });
}

/** Outputs that some emergency stop stops; undefined when a malformed stop function hides them. */
function covered(context: Context): ReadonlySet<string> | undefined {
  const outputs = new Set<string>();
  for (const stop of context.draft.stopFunctions.values()) {
    if (stop === undefined) return undefined;
    if (stop.role === 'emergency-stop') for (const output of outputsOf(context, stop)) outputs.add(output);
  }
  return outputs;
}

function checkCoverage(context: Context): void {
  const outputs = covered(context);
  if (outputs === undefined) return;
  for (const [device, model] of devicesOf(context, [...JOINTS, 'digital-output'])) {
    // A stop does not make a hazard on a board with stock Firmata right: it has been refused.
    if (!isHazardous(model) || outputs.has(device) || isUnsupervised(context, model.board)) continue;
    context.report.addKey('hazard-without-emergency-stop', ['devices', device], { device });
  }
}

export function checkStopFunctions(context: Context): void {
  for (const [name, stop] of context.draft.stopFunctions) {
    if (stop === undefined) continue;
    checkPermission(context, name, stop);
    checkTimeLimit(context, name, stop);
    checkCategory(context, name, stop);
    checkStandstill(context, name, stop);
    checkUnlocking(context, name, stop);
    const path = ['safety', 'stopFunctions', name, 'outputs'];
    stop.outputs.forEach(
      (output, i) => void expectDevice(context, [...path, i], output, [...JOINTS, 'digital-output']),
    );
  }
  checkZones(context);
  checkCoverage(context);
}
