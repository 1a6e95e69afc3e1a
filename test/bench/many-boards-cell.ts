// A cell of so many Arduino Unos with the same parts each: four digital inputs, two analog, two outputs and three servos.
// The first board's digital inputs are those of the safety functions.
import type { BoardModel, CellModel, DeviceModel } from '../../src/core/cell-model.ts';
import type { Step, WorkMaster } from '../../src/core/work-master.ts';

export const CYCLE_MS = 10;
const SERVO_PINS = ['D9', 'D10', 'D11'] as const;
const INPUT_PINS = ['D2', 'D4', 'D7', 'D8'] as const;
const ANALOG_PINS = ['A0', 'A1'] as const;
const OUTPUT_PINS = ['D12', 'D13'] as const;
/** The first board's, in the order of `INPUT_PINS`. */
const SAFETY = ['estop-a', 'estop-b', 'guard', 'reset'] as const;

/** What must be low for the cell to move, and what is pulled low to enable it; pins of the first board. */
export const SAFETY_PINS = { closed: [2, 4, 7], reset: 8 } as const;

function boardName(index: number): string {
  return `board-${index}`;
}

export function boardUid(index: number): string {
  return `53494d00000000${index.toString(16).padStart(2, '0')}`;
}

function boardModel(index: number): BoardModel {
  const port = undefined;
  const uid = boardUid(index);
  return {
    name: boardName(index),
    kind: 'uno',
    firmware: 'celda',
    port,
    uid,
    baud: 500_000,
    leaseMs: 500,
    validityMs: 250,
    proveWith: [],
  };
}

function devicesOf(index: number): readonly DeviceModel[] {
  const board = boardName(index);
  const description = '';
  const inputs = INPUT_PINS.map((pin, at): DeviceModel => {
    const name = index === 0 ? (SAFETY[at] ?? '') : `input-${index}-${at}`;
    return { name, description, board, pin, kind: 'digital-input', closedWhen: 'low', closeFilterMs: 2 };
  });
  const scale = [
    { counts: 0, value: 0 },
    { counts: 1023, value: 10 },
  ] as const;
  const analogs = ANALOG_PINS.map((pin, at): DeviceModel => {
    const name = `level-${index}-${at}`;
    return {
      name,
      description,
      board,
      pin,
      kind: 'analog-input',
      unit: 'bar',
      scale,
      plausibleMin: 0,
      plausibleMax: 10,
    };
  });
  const outputs = OUTPUT_PINS.map((pin, at): DeviceModel => {
    const onWhileEnabled = at === 0;
    const name = onWhileEnabled ? `power-${index}` : `valve-${index}`;
    return {
      name,
      description,
      board,
      pin,
      kind: 'digital-output',
      activeHigh: true,
      hazardous: true,
      safe: 'off',
      onWhileEnabled,
    };
  });
  const servos = SERVO_PINS.map(
    (pin, at): DeviceModel => ({
      name: axisName(index, at),
      description,
      board,
      pin,
      kind: 'servo',
      minDeg: -90,
      maxDeg: 90,
      velocityMaxDegPerS: 120,
      accelerationMaxDegPerS2: 600,
      pulseAtMinUs: 600,
      pulseAtMaxUs: 2400,
      parkDeg: 0,
      safe: 'off',
    }),
  );
  return [...inputs, ...analogs, ...outputs, ...servos];
}

function axisName(board: number, axis: number): string {
  return `axis-${board}-${axis}`;
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
export function manyBoardsCell(boards: number): CellModel {
  const indices = Array.from({ length: boards }, (_, index) => index);
  const devices = indices.flatMap(devicesOf);
  const outputs = devices.filter(({ kind }) => kind === 'servo' || kind === 'digital-output').map(({ name }) => name);
  return {
    name: `boards-${boards}`,
    description: '',
    cyclePeriodMs: CYCLE_MS,
    stopTimeBudgetMs: undefined,
    onSafetyStop: 'abort',
    boards: indices.map(boardModel),
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
    workMasters: [dance(devices.filter(({ kind }) => kind === 'servo').map(({ name }) => name))],
    programs: [],
    plant: undefined,
    configHash: '',
  };
}
