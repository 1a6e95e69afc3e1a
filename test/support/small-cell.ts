// A small valid cell as plain data, for tests that change one thing and look at the problems.

import { parseCell } from '../../src/config/load.ts';
import type { ConfigProblem } from '../../src/config/problem.ts';
import type { CellModel } from '../../src/core/cell-model.ts';

type Data = Record<string, unknown>;

const servo = { kind: 'servo', board: 'uno-1', minDeg: -90, maxDeg: 90, safe: 'off' };
const limits = { velocityMaxDegPerS: 100, accelerationMaxDegPerS2: 400 };
const input = { kind: 'digital-input', board: 'uno-1', closedWhen: 'low' };
const hazardous = { kind: 'digital-output', board: 'uno-1', hazardous: true, safe: 'off' };
const outputs = ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'];

function devices(): Data {
  return {
    base: { ...servo, ...limits, pin: 'D3' },
    shoulder: { ...servo, ...limits, pin: 'D5' },
    elbow: { ...servo, ...limits, pin: 'D6' },
    wrist: { ...servo, ...limits, pin: 'D9' },
    'estop-a': { ...input, pin: 'D2' },
    'estop-b': { ...input, pin: 'D4' },
    door: { ...input, pin: 'D7' },
    reset: { ...input, pin: 'D8' },
    'at-pick': { ...input, closedWhen: 'high', pin: 'A2' },
    held: { ...input, closedWhen: 'high', pin: 'A3' },
    valve: { ...hazardous, safe: 'on', pin: 'D10' },
    motor: { ...hazardous, pin: 'D11' },
    power: { ...hazardous, pin: 'D12', onWhileEnabled: true },
    vacuum: {
      kind: 'analog-input',
      board: 'uno-1',
      pin: 'A0',
      unit: 'kPa',
      scale: [
        { counts: 100, value: 0 },
        { counts: 900, value: -100 },
      ],
      plausibleMin: -105,
      plausibleMax: 5,
    },
    gripper: { kind: 'vacuum-gripper', valve: 'valve', partPresent: 'held', pressure: 'vacuum', heldBelowKpa: -40 },
    belt: { kind: 'conveyor', motor: 'motor' },
    lamps: { kind: 'stack-light', board: 'uno-1', red: 'A4', amber: 'A5', green: 'D13' },
    air: { kind: 'thermometer', board: 'uno-1', pin: 'A1', controller: 'TMP36' },
  };
}

function safety(): Data {
  return {
    reset: 'reset',
    blocks: {
      channels: { type: 'SF_Equivalent', channelA: 'estop-a', channelB: 'estop-b', discrepancyTimeMs: 500 },
      estop: { type: 'SF_EmergencyStop', input: 'channels', reset: 'reset' },
      guard: { type: 'SF_Guard', switch1: 'door', switch2: 'door', discrepancyTimeMs: 500, reset: 'reset' },
    },
    stopFunctions: {
      'emergency-stop': { permission: 'estop', category: 1, timeLimitMs: 500, role: 'emergency-stop', outputs },
      'guard-stop': { permission: 'guard', category: 1, timeLimitMs: 500, role: 'protective-stop', outputs },
    },
  };
}

function workMaster(): Data {
  return {
    version: '1.0.0',
    parameters: {
      count: { type: 'integer', min: 1, max: 10, default: 3 },
      speed: { type: 'number', unit: '%', min: 50, max: 100, default: 80 },
      note: { type: 'string', options: ['a', 'b'], default: 'a' },
      fast: { type: 'boolean', default: true },
    },
    steps: [
      { move: { to: 'home', speedPercent: '$speed', timeoutMs: 5000 } },
      {
        repeat: {
          times: '$count',
          steps: [
            { convey: { conveyor: 'belt', until: { input: 'at-pick', is: true }, timeoutMs: 8000 } },
            { move: { to: { base: 45, elbow: -10 }, speedPercent: 50, timeoutMs: 5000 } },
            { grip: { gripper: 'gripper', timeoutMs: 1500 } },
            { wait: { durationMs: 200 } },
            { wait: { input: 'held', is: true, timeoutMs: 1000 } },
            { measure: { device: 'vacuum', as: 'pressure', min: -100, max: -40 } },
            { release: { gripper: 'gripper', timeoutMs: 1500 } },
            { produce: { quantity: 1, good: true }, label: 'count it' },
          ],
        },
      },
    ],
  };
}

function simulation(): Data {
  return {
    arm: {
      base: 'base',
      shoulder: 'shoulder',
      elbow: 'elbow',
      wrist: 'wrist',
      upperArmMm: 120,
      forearmMm: 120,
      shoulderHeightMm: 80,
    },
    servo: { slewDegPerS: 180, lagMs: 40 },
    servoPower: 'power',
    gripper: { device: 'gripper', sealedKpa: -65, openKpa: -8, timeConstantMs: 120, reachMm: 8 },
    conveyor: {
      device: 'belt',
      speedMmPerS: 80,
      lengthMm: 400,
      spacingMm: 120,
      parts: 20,
      atPick: 'at-pick',
      pickAt: { xMm: 127, yMm: 127, zMm: 40 },
    },
    trays: { tray: { at: { xMm: 127, yMm: -127, zMm: 20 }, radiusMm: 60 } },
    operator: { estop: ['estop-a', 'estop-b'], guard: ['door'], reset: ['reset'], closed: [], selectors: [] },
  };
}

/** A fresh valid cell file as plain data. */
function smallCell(): Data {
  return {
    celda: 1,
    cell: { name: 'small' },
    boards: { 'uno-1': { kind: 'uno', leaseMs: 100, validityMs: 50 } },
    devices: devices(),
    poses: { home: { base: 0, shoulder: 40, elbow: -40, wrist: 0 } },
    safety: safety(),
    workMasters: { work: workMaster() },
    programs: { sort: 'sort.ts' },
    simulation: simulation(),
  };
}

/** New values by path, such as `devices.base.pin` or `workMasters.work.steps[0].move`; undefined takes a key away. */
export type Changes = Readonly<Record<string, unknown>>;

function isContainer(value: unknown): value is Data {
  return typeof value === 'object' && value !== null;
}

function change(cell: Data, path: string, value: unknown): void {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop() ?? '';
  let parent = cell;
  for (const key of keys) {
    const next = parent[key];
    if (!isContainer(next)) throw new Error(`the small cell has no ${path}`);
    parent = next;
  }
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = structuredClone(value);
}

/** The text of a small cell after some changes; JSON is YAML. */
export function smallCellText(changes: Changes = {}): string {
  const cell = JSON.parse(JSON.stringify(smallCell())) as Data;
  for (const [path, value] of Object.entries(changes)) change(cell, path, value);
  return JSON.stringify(cell, null, 1);
}

/** The outcome of a text; the file `sort.ts` beside the cell exists, nothing else. */
export function parseText(text: string): ReturnType<typeof parseCell> {
  return parseCell(text, 'cell.yaml', { fileExists: (path) => path.endsWith('/sort.ts') });
}

/** The problems of a text; none when it is a valid cell. */
export function problemsOf(text: string): readonly ConfigProblem[] {
  const result = parseText(text);
  return result.ok ? [] : result.error;
}

/** The problems of a small cell after some changes. */
export function problemsAfter(changes: Changes): readonly ConfigProblem[] {
  return problemsOf(smallCellText(changes));
}

/** The model of a small cell after some changes that leave it valid. */
export function smallModel(changes: Changes = {}): CellModel {
  const result = parseText(smallCellText(changes));
  if (!result.ok) throw new Error(result.error.map(({ code, path }) => `${path}: ${code}`).join('\n'));
  return result.value;
}
