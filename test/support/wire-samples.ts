// Builders of wire material with meaningful defaults.
import { WIRE_VERSION } from '../../firmware-bridge/wire/codes.ts';
import type { IdentMessage } from '../../firmware-bridge/wire/messages.ts';
import type { BoardPlan, InputSlot, OutputSlot } from '../../src/core/board-plan.ts';
import type { BoardModel } from '../../src/core/cell-model.ts';

export const UID_TEXT = '1e95a1b2c3d4e5f6';
export const UID = Uint8Array.of(0x1e, 0x95, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6);

export function boardModel(changes: Partial<BoardModel> = {}): BoardModel {
  return {
    name: 'main',
    kind: 'uno',
    firmware: 'celda',
    port: undefined,
    uid: undefined,
    baud: 115_200,
    leaseMs: 100,
    validityMs: 40,
    proveWith: [],
    ...changes,
  };
}

export function digitalInput(device: string, pin: number, changes: Partial<InputSlot> = {}): InputSlot {
  const slot = { device, pin, kind: 'digital', edge: false, closedLevel: 0, permitDelayMs: 0 } as const;
  return { ...slot, closeFilterMs: 0, openFilterMs: 0, ...changes };
}

function analogInput(device: string, pin: number): InputSlot {
  const slot = { device, pin, kind: 'analog', edge: false, closedLevel: 1, permitDelayMs: 0 } as const;
  return { ...slot, closeFilterMs: 0, openFilterMs: 0, countsRange: { min: 50, max: 1_000 } };
}

export function servoOutput(device: string, pin: number, changes: Partial<OutputSlot> = {}): OutputSlot {
  return { device, pin, kind: 'servo', hazardous: true, safeValue: 0, permits: [], ...changes };
}

function digitalOutput(device: string, pin: number, changes: Partial<OutputSlot> = {}): OutputSlot {
  return { device, pin, kind: 'digital', hazardous: true, safeValue: 0, permits: [], ...changes };
}

/** Two inputs with edges, one analog input, two servos, one valve. */
export function samplePlan(board: Partial<BoardModel> = {}): BoardPlan {
  return {
    board: boardModel(board),
    inputs: [
      digitalInput('estop-a', 2, { edge: true, closeFilterMs: 20 }),
      digitalInput('part', 4, { closedLevel: 1, openFilterMs: 30 }),
      analogInput('pressure', 14),
    ],
    outputs: [servoOutput('base', 9), digitalOutput('valve', 7), servoOutput('wrist', 10, { safeValue: 0xffff })],
  };
}

/** The dictionary of a board that was just powered up. */
export function ident(nonce: number, changes: Partial<IdentMessage> = {}): IdentMessage {
  return {
    kind: 'ident',
    nonce,
    wireVersion: WIRE_VERSION,
    uid: UID_TEXT,
    bootCount: 1,
    resetCause: 'power-on',
    firmware: [1, 0, 0],
    boardKind: 'uno',
    pinCount: 20,
    inputSlotsMax: 24,
    outputSlotsMax: 24,
    state: 'boot',
    tripCause: 'none',
    configHash: 0,
    boardTimeUs: 0,
    challenge: 99,
    ...changes,
  };
}
