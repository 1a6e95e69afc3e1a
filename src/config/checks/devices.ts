// Devices: limits that fit together, and devices made of other devices.
import { COUNTS_MAX, plausibleCounts, valueOfCounts } from '../../core/analog-scale.ts';
import { type Context, type DeviceOf, devicesOf, expectDevice, isUnsupervised } from './context.ts';

function checkServo({ report }: Context, name: string, servo: DeviceOf<'servo'>): void {
  const path = ['devices', name];
  const { minDeg, maxDeg, parkDeg, pulseAtMinUs, pulseAtMaxUs } = servo;
  if (minDeg >= maxDeg) report.add('min-above-max', [...path, 'minDeg'], { max: String(maxDeg) });
  else if (parkDeg < minDeg || parkDeg > maxDeg) {
    report.add('park-outside-limits', [...path, 'parkDeg'], { range: `${minDeg}..${maxDeg}` }, parkDeg);
  }
  if (pulseAtMinUs === pulseAtMaxUs) report.add('pulses-equal', [...path, 'pulseAtMaxUs'], {}, pulseAtMaxUs);
}

/** What the converter can say at all, in the unit of the input. */
function readable({ scale, unit }: DeviceOf<'analog-input'>) {
  const ends = [valueOfCounts({ scale }, 0), valueOfCounts({ scale }, COUNTS_MAX)].map((value) => value.toPrecision(4));
  return { range: `${ends.join('..')} ${unit}` };
}

function checkAnalog({ report }: Context, name: string, input: DeviceOf<'analog-input'>): void {
  const path = ['devices', name];
  const [first, second] = input.scale;
  const isFlat = first.counts === second.counts || first.value === second.value;
  if (isFlat) report.add('scale-flat', [...path, 'scale'], {});
  if (input.plausibleMin >= input.plausibleMax) {
    report.add('min-above-max', [...path, 'plausibleMin'], { max: String(input.plausibleMax) });
  }
  if (isFlat || input.plausibleMin >= input.plausibleMax) return;
  const { min, max } = plausibleCounts(input);
  if (min > max) report.add('never-plausible', [...path, 'scale'], readable(input));
}

function checkAgreement(context: Context, name: string, { agreesWith, unit }: DeviceOf<'analog-input'>): void {
  if (agreesWith === undefined) return;
  const path = ['devices', name, 'agreesWith', 'input'];
  const other = expectDevice(context, path, agreesWith.input, ['analog-input']);
  if (agreesWith.input === name) context.report.add('channels-identical', path, {});
  else if (other !== undefined && other.unit !== unit) context.report.add('units-differ', path, { unit });
}

function checkDigitalOutput(context: Context, name: string, output: DeviceOf<'digital-output'>): void {
  // On a stock board it is refused for being hazardous: a safe value would not help.
  if (!output.hazardous || output.safe !== undefined || isUnsupervised(context, output.board)) return;
  context.report.add('hazardous-without-safe-value', ['devices', name, 'safe'], { options: 'on, off' });
}

/** An output that a gripper or conveyor switches; one that follows the enable cannot be switched. */
function expectSwitched(context: Context, name: string, key: string, output: string): void {
  const path = ['devices', name, key];
  const device = expectDevice(context, path, output, ['digital-output']);
  if (device?.onWhileEnabled) context.report.add('output-follows-enable', path, {});
}

function checkGripper(context: Context, name: string, gripper: DeviceOf<'vacuum-gripper'>): void {
  const path = ['devices', name];
  expectSwitched(context, name, 'valve', gripper.valve);
  expectDevice(context, [...path, 'partPresent'], gripper.partPresent, ['digital-input']);
  const pressure = expectDevice(context, [...path, 'pressure'], gripper.pressure, ['analog-input']);
  if (pressure !== undefined && pressure.unit !== 'kPa')
    context.report.add('pressure-not-kpa', [...path, 'pressure'], {});
}

export function checkDevices(context: Context): void {
  for (const [name, servo] of devicesOf(context, ['servo'])) checkServo(context, name, servo);
  for (const [name, input] of devicesOf(context, ['analog-input'])) {
    checkAnalog(context, name, input);
    checkAgreement(context, name, input);
  }
  for (const [name, output] of devicesOf(context, ['digital-output'])) checkDigitalOutput(context, name, output);
  for (const [name, gripper] of devicesOf(context, ['vacuum-gripper'])) checkGripper(context, name, gripper);
  for (const [name, belt] of devicesOf(context, ['conveyor'])) expectSwitched(context, name, 'motor', belt.motor);
}
