// A cell that is hard to prove: 24 safety inputs, 8 function blocks, 12 hazardous outputs, and cones that overlap.
import type { CellModel, DigitalOutputModel, SafetyBlockModel, StopFunctionModel } from '../../src/core/cell-model.ts';
import { cellWith } from './planted-cells.ts';

const OUTPUTS = Array.from({ length: 12 }, (_, i) => `drive-${i}`);
const INFEED = OUTPUTS.slice(0, 6);
const OUTFEED = OUTPUTS.slice(4, 8);
const ROBOT = OUTPUTS.slice(6);

/** Times of the muted light curtains, ms: the longer they are against the others, the more there is to explore. */
interface MutingTimes {
  readonly pairMs: number;
  readonly mutingMs: number;
}

const DEFAULT_TIMES: MutingTimes = { pairMs: 2000, mutingMs: 10_000 };

/** One light curtain between both zones feeds both; the infeed and the outfeed are muted, the gate to the robot is locked. */
const blocksOf = ({ pairMs, mutingMs }: MutingTimes): readonly SafetyBlockModel[] => [
  { name: 'estop-channels', type: 'SF_Equivalent', channelA: 'estop-a', channelB: 'estop-b', discrepancyTimeMs: 500 },
  { name: 'estop', type: 'SF_EmergencyStop', input: 'estop-channels', reset: 'reset-all' },
  {
    name: 'infeed',
    type: 'SF_MutingPar',
    aopdIn: 'in-curtain',
    switch11: 'in-1',
    switch12: 'in-2',
    switch21: 'in-3',
    switch22: 'in-4',
    mutingLamp: 'in-lamp',
    mutingEnable: 'muting-enable',
    discTimeEntryMs: pairMs,
    discTimeExitMs: pairMs,
    maxMutingTimeMs: mutingMs,
    reset: 'reset-in',
  },
  {
    name: 'outfeed',
    type: 'SF_MutingPar_2Sensor',
    aopdIn: 'out-curtain',
    switch11: 'out-1',
    switch12: 'out-2',
    mutingLamp: 'out-lamp',
    mutingEnable: 'muting-enable',
    discTimeEntryMs: pairMs,
    maxMutingTimeMs: mutingMs,
    reset: 'reset-out',
  },
  { name: 'passage', type: 'SF_Equivalent', channelA: 'passage-a', channelB: 'passage-b', discrepancyTimeMs: 500 },
  {
    name: 'zone-in',
    type: 'SF_Guard',
    switch1: 'infeed',
    switch2: 'passage',
    discrepancyTimeMs: 1000,
    reset: 'reset-zone-in',
  },
  {
    name: 'gate',
    type: 'SF_GuardLocking',
    guard: 'gate-closed',
    guardLock: 'gate-locked',
    safetyActive: 'cell.standstill',
    unlockRequest: 'unlock-request',
    reset: 'reset-gate',
  },
  {
    name: 'zone-robot',
    type: 'SF_Guard',
    switch1: 'gate',
    switch2: 'passage',
    discrepancyTimeMs: 1000,
    reset: 'reset-robot',
  },
];

const STOPS: readonly StopFunctionModel[] = [
  { name: 'stop-all', permission: 'estop', role: 'emergency-stop', category: 1, timeLimitMs: 500, outputs: OUTPUTS },
  { name: 'stop-in', permission: 'zone-in', role: 'protective-stop', category: 1, timeLimitMs: 500, outputs: INFEED },
  { name: 'stop-out', permission: 'outfeed', role: 'protective-stop', category: 0, timeLimitMs: 0, outputs: OUTFEED },
  {
    name: 'stop-robot',
    permission: 'zone-robot',
    role: 'protective-stop',
    category: 2,
    timeLimitMs: 500,
    outputs: ROBOT,
  },
];

const PROTECTS: Readonly<Record<string, readonly string[]>> = {
  'in-curtain': INFEED,
  'out-curtain': OUTFEED,
  'passage-a': [...new Set([...INFEED, ...ROBOT])],
  'passage-b': [...new Set([...INFEED, ...ROBOT])],
  'gate-closed': ROBOT,
  'gate-locked': ROBOT,
};

/** An emergency stop over two zones that share a passage, with two muted light curtains and a locked gate. */
export function hardCell(times: MutingTimes = DEFAULT_TIMES): CellModel {
  const cell = cellWith([]);
  const isMotor = (device: CellModel['devices'][number]): device is DigitalOutputModel => device.name === 'belt-motor';
  const model = cell.devices.find(isMotor);
  if (model === undefined) throw new Error('the example cell has no belt motor');
  return {
    ...cell,
    workMasters: [],
    devices: OUTPUTS.map((name) => ({ ...model, name })),
    safety: { reset: 'reset-all', blocks: blocksOf(times), stopFunctions: STOPS, protects: PROTECTS },
  };
}

/** The same cell, but the passage is not wired to the robot: its guard reads the gate twice. */
export function faultyHardCell(times?: MutingTimes): CellModel {
  const cell = hardCell(times);
  const blocks = cell.safety.blocks.map((block) =>
    block.name === 'zone-robot' && block.type === 'SF_Guard' ? { ...block, switch2: 'gate' } : block,
  );
  return { ...cell, safety: { ...cell.safety, blocks } };
}
