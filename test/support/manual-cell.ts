// A small cell with three operating modes and an enabling device, on a Mega.
import type { CellModel } from '../../src/core/cell-model.ts';
import { type Changes, smallModel } from './small-cell.ts';

const input = { kind: 'digital-input', board: 'uno-1', closedWhen: 'low' };
const outputs = ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'];
const protective = { category: 1, timeLimitMs: 500, role: 'protective-stop', outputs };

/** mm from each axis to the tool at most. */
export const REACH_MM = { base: 300, shoulder: 280, elbow: 150, wrist: 40 } as const;

/** Contacts of the selector by mode. */
export const SELECTOR = {
  automatic: 'mode-auto',
  manualReducedSpeed: 'mode-manual',
  maintenance: 'mode-service',
} as const;

export const MANUAL: Changes = {
  'boards.uno-1.kind': 'mega',
  'devices.mode-auto': { ...input, pin: 'D30' },
  'devices.mode-manual': { ...input, pin: 'D31' },
  'devices.mode-service': { ...input, pin: 'D32' },
  'devices.mode-key': { ...input, pin: 'D33' },
  'devices.enable-1': { ...input, pin: 'D34' },
  'devices.enable-2': { ...input, pin: 'D35' },
  'devices.base.reachMm': REACH_MM.base,
  'devices.shoulder.reachMm': REACH_MM.shoulder,
  'devices.elbow.reachMm': REACH_MM.elbow,
  'devices.wrist.reachMm': REACH_MM.wrist,
  'safety.blocks.mode': {
    type: 'SF_ModeSelector',
    mode0: 'mode-auto',
    mode1: 'mode-manual',
    mode2: 'mode-service',
    unlock: 'mode-key',
    autoSetMode: true,
    modeMonitorTimeMs: 500,
    reset: 'reset',
  },
  'safety.blocks.manual-enable': {
    type: 'SF_EnableSwitch',
    safetyActive: 'mode.mode1Sel',
    channel1: 'enable-1',
    channel2: 'enable-2',
    reset: 'reset',
  },
  'safety.blocks.service-enable': {
    type: 'SF_EnableSwitch',
    safetyActive: 'mode.mode2Sel',
    channel1: 'enable-1',
    channel2: 'enable-2',
    reset: 'reset',
  },
  'safety.modes': {
    automatic: 'mode.mode0Sel',
    manualReducedSpeed: 'mode.mode1Sel',
    maintenance: 'mode.mode2Sel',
  },
  'safety.stopFunctions.guard-stop': { ...protective, permission: 'guard', modes: ['automatic'] },
  'safety.stopFunctions.manual-enabling': {
    ...protective,
    role: 'enabling',
    permission: 'manual-enable',
    modes: ['manualReducedSpeed'],
  },
  'safety.stopFunctions.service-enabling': {
    ...protective,
    role: 'enabling',
    permission: 'service-enable',
    modes: ['maintenance'],
  },
};

export function manualCell(changes: Changes = {}): CellModel {
  return smallModel({ ...MANUAL, ...changes });
}
