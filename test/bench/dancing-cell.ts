// A cell whose arm never rests, around whatever boards and devices a benchmark wants.
import type { BoardModel, CellModel, DeviceModel } from '../../src/core/cell-model.ts';
import { DEFAULT_PROFILE } from '../../src/core/packml-profile.ts';
import type { Step, WorkMaster } from '../../src/core/work-master.ts';

/** Signals of the safety functions; the devices must have digital inputs of these names. */
export const SAFETY_INPUTS = ['estop-a', 'estop-b', 'guard', 'reset'] as const;

interface DancingCellOptions {
  readonly name: string;
  readonly cyclePeriodMs: number;
  readonly boards: readonly BoardModel[];
  readonly devices: readonly DeviceModel[];
}

/** All axes to and fro for ever: every cycle computes all of them. */
function dance(axes: readonly string[]): WorkMaster {
  const move = (to: number, path: string): Step => ({
    kind: 'move',
    path,
    label: '',
    targetDeg: Object.fromEntries(axes.map((axis) => [axis, to])),
    speedPercent: 100,
    timeoutMs: 60_000,
  });
  const steps = [move(80, 'steps[0].repeat.steps[0]'), move(-80, 'steps[0].repeat.steps[1]')];
  const repeat: Step = { kind: 'repeat', path: 'steps[0]', label: '', times: 1_000_000, steps };
  return { id: 'dance', version: '1.0.0', description: '', parameters: [], steps: [repeat] };
}

/** Not checked by the configuration: the boards are the judges of their pins. */
export function dancingCell({ name, cyclePeriodMs, boards, devices }: DancingCellOptions): CellModel {
  const outputs = devices
    .filter(({ kind }) => kind === 'servo' || kind === 'digital-output')
    .map((device) => device.name);
  return {
    name,
    description: '',
    cyclePeriodMs,
    stopTimeBudgetMs: undefined,
    onSafetyStop: 'abort',
    boards,
    devices,
    poses: {},
    packml: DEFAULT_PROFILE,
    safety: {
      reset: 'reset',
      blocks: [
        { type: 'SF_Equivalent', name: 'channels', channelA: 'estop-a', channelB: 'estop-b', discrepancyTimeMs: 500 },
        { type: 'SF_EmergencyStop', name: 'estop', input: 'channels', reset: 'reset' },
        { type: 'SF_Guard', name: 'door', switch1: 'guard', switch2: 'guard', discrepancyTimeMs: 500, reset: 'reset' },
      ],
      stopFunctions: [
        { name: 'emergency', permission: 'estop', category: 1, timeLimitMs: 500, role: 'emergency-stop', outputs },
        { name: 'protective', permission: 'door', category: 1, timeLimitMs: 500, role: 'protective-stop', outputs },
      ],
    },
    workMasters: [dance(devices.filter(({ kind }) => kind === 'servo').map((device) => device.name))],
    programs: [],
    plant: undefined,
    configHash: '',
  };
}
