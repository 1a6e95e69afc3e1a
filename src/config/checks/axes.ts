// Step axes: limits that fit together, speeds that the board can step, and a way to find home.
import { AXIS_STEPS_MAX } from '../../core/board-plan.ts';
import type { Path } from '../source.ts';
import { type Context, type DeviceOf, devicesOf, expectDevice } from './context.ts';

type Axis = DeviceOf<'stepper-axis'>;

function checkSteps({ report }: Context, path: Path, axis: Axis): void {
  const fastest = AXIS_STEPS_MAX.speed / axis.stepsPerMm;
  const steepest = AXIS_STEPS_MAX.acceleration / axis.stepsPerMm;
  if (axis.velocityMaxMmPerS > fastest) {
    const detail = { max: `${shown(fastest)} mm/s`, steps: `${AXIS_STEPS_MAX.speed} steps/s` };
    report.add('axis-too-fast', [...path, 'velocityMaxMmPerS'], detail);
  }
  if (axis.accelerationMaxMmPerS2 > steepest) {
    const detail = { max: `${shown(steepest)} mm/s2`, steps: `${AXIS_STEPS_MAX.acceleration} steps/s2` };
    report.add('axis-too-fast', [...path, 'accelerationMaxMmPerS2'], detail);
  }
}

function shown(value: number): string {
  return String(Math.floor(value * 100) / 100);
}

/** Further than this an axis cannot be told to go, steps (docs/reference/wire.md): what is searched stays well within. */
const STEPS_MAX = 0x1fffffff;

function checkHoming(context: Context, path: Path, axis: Axis): void {
  const { report } = context;
  const { homing, minMm, maxMm, stepsPerMm } = axis;
  const at = [...path, 'homing'];
  expectDevice(context, [...at, 'switch'], homing.switch, ['digital-input']);
  if (minMm < maxMm && (homing.positionMm < minMm || homing.positionMm > maxMm)) {
    report.add('home-outside-limits', [...at, 'positionMm'], { range: `${minMm}..${maxMm} mm` });
  }
  if (homing.speedMmPerS > axis.velocityMaxMmPerS) {
    report.add('axis-too-fast', [...at, 'speedMmPerS'], {
      max: `${axis.velocityMaxMmPerS} mm/s`,
      steps: 'velocityMaxMmPerS',
    });
  }
  const longestMm = STEPS_MAX / stepsPerMm;
  for (const key of ['searchMm', 'releaseMm'] as const) {
    if (homing[key] <= longestMm) continue;
    report.add('axis-too-fast', [...at, key], { max: `${shown(longestMm)} mm`, steps: `${STEPS_MAX} steps` });
  }
}

/** What feeds the driver is on while the unit is enabled and at no other time. */
function checkDriver(context: Context, path: Path, { driver }: Axis): void {
  if (driver === undefined) return;
  const output = expectDevice(context, [...path, 'driver'], driver, ['digital-output']);
  if (output !== undefined && !output.onWhileEnabled) context.report.add('driver-not-enabled', [...path, 'driver'], {});
}

export function checkAxes(context: Context): void {
  for (const [name, axis] of devicesOf(context, ['stepper-axis'])) {
    const path = ['devices', name];
    if (axis.minMm >= axis.maxMm) context.report.add('min-above-max', [...path, 'minMm'], { max: String(axis.maxMm) });
    checkSteps(context, path, axis);
    checkHoming(context, path, axis);
    checkDriver(context, path, axis);
  }
}
