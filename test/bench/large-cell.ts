// A cell of any size as a plain model, spread over as many boards as its pins need: larger than a file would describe.
import { BOARD_PINS } from '../../src/core/board-pins.ts';
import type { BoardModel, CellModel, DeviceModel, PinName } from '../../src/core/cell-model.ts';
import type { Step, WorkMaster } from '../../src/core/work-master.ts';

/** Signals of the safety functions; they are among the signals of the cell. */
const SAFETY_INPUTS = ['estop-a', 'estop-b', 'guard', 'reset'] as const;
const ESTOP_AND_GUARD = SAFETY_INPUTS.slice(0, 3);

interface LargeCellOptions {
  /** Inputs and switched outputs, >= 8: half inputs, a quarter of those analog, half outputs. */
  readonly signals: number;
  readonly axes: number;
  readonly cyclePeriodMs: number;
}

function servo(index: number): Omit<Extract<DeviceModel, { kind: 'servo' }>, 'board' | 'pin'> {
  return {
    name: `axis-${index}`,
    description: '',
    kind: 'servo',
    minDeg: -90,
    maxDeg: 90,
    velocityMaxDegPerS: 120,
    accelerationMaxDegPerS2: 600,
    pulseAtMinUs: 600,
    pulseAtMaxUs: 2400,
    parkDeg: 0,
    safe: 'off',
  };
}

type Unplaced<Device> = Device extends DeviceModel ? Omit<Device, 'board' | 'pin'> : never;

function signal(index: number, signals: number): Unplaced<DeviceModel> {
  const safety = SAFETY_INPUTS[index];
  const description = '';
  if (safety !== undefined || index < signals / 2) {
    const isAnalog = safety === undefined && index % 4 === 3;
    const name = safety ?? `input-${index}`;
    if (!isAnalog) return { name, description, kind: 'digital-input', closedWhen: 'low', closeFilterMs: 0 };
    const scale = [
      { counts: 0, value: 0 },
      { counts: 1023, value: 10 },
    ] as const;
    return { name, description, kind: 'analog-input', unit: 'bar', scale, plausibleMin: 0, plausibleMax: 10 };
  }
  const output = { description, activeHigh: true, hazardous: true, safe: 'off' as const };
  const name = index === signals - 1 ? 'power' : `output-${index}`;
  return { ...output, name, kind: 'digital-output', onWhileEnabled: name === 'power' };
}

function boardModel(index: number): BoardModel {
  const name = `board-${index}`;
  return {
    name,
    kind: 'uno',
    firmware: 'celda',
    port: undefined,
    uid: undefined,
    baud: 500_000,
    leaseMs: 100,
    validityMs: 50,
    proveWith: [],
  };
}

/** All axes to and fro for ever: every cycle computes all of them. */
function dance(axes: number): WorkMaster {
  const move = (to: number, path: string): Step => ({
    kind: 'move',
    path,
    label: '',
    targetDeg: Object.fromEntries(Array.from({ length: axes }, (_, axis) => [`axis-${axis}`, to])),
    speedPercent: 100,
    timeoutMs: 60_000,
  });
  const steps = [move(80, 'steps[0].repeat.steps[0]'), move(-80, 'steps[0].repeat.steps[1]')];
  const repeat: Step = { kind: 'repeat', path: 'steps[0]', label: '', times: 1_000_000, steps };
  return { id: 'dance', version: '1.0.0', description: '', parameters: [], steps: [repeat] };
}

/** A cell whose arm never rests. Not checked by the configuration: `planBoards` is the judge of its pins. */
export function largeCell({ signals, axes, cyclePeriodMs }: LargeCellOptions): CellModel {
  const pins: readonly PinName[] = BOARD_PINS.uno.map(({ name }) => name);
  const unplaced = [
    ...Array.from({ length: signals }, (_, index) => signal(index, signals)),
    ...Array.from({ length: axes }, (_, index) => servo(index)),
  ];
  const boards = Array.from({ length: Math.ceil(unplaced.length / pins.length) }, (_, index) => boardModel(index));
  const devices = unplaced.map((device, index): DeviceModel => {
    const board = `board-${Math.floor(index / pins.length)}`;
    return { ...device, board, pin: pins[index % pins.length] ?? '' } as DeviceModel;
  });
  const outputs = devices.filter(({ kind }) => kind === 'servo' || kind === 'digital-output').map(({ name }) => name);
  return {
    name: `large-${signals}`,
    description: '',
    cyclePeriodMs,
    stopTimeBudgetMs: undefined,
    onSafetyStop: 'abort',
    boards,
    devices,
    poses: {},
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
    workMasters: [dance(axes)],
    programs: [],
    plant: undefined,
    configHash: '',
  };
}

/** Devices that must be closed for the cell to move. */
export const CLOSED_IN_MOTION: readonly string[] = ESTOP_AND_GUARD;
