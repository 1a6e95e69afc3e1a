// Boards with stock Firmata: nothing on them can hurt, and no safety rests on them.
import type { DeviceSource } from '../schema-devices.ts';
import type { Path } from '../source.ts';
import { type Context, devicesOf, isHazardous, isUnsupervised, JOINTS, list } from './context.ts';
import { safetyInputs } from './safety.ts';

/** The board of a device if that is one with stock Firmata. */
function stockBoardOf(context: Context, device: DeviceSource | undefined): string | undefined {
  if (device === undefined || !('board' in device)) return undefined;
  return isUnsupervised(context, device.board) ? device.board : undefined;
}

/** Boards that a device can be moved to. */
function supervised({ draft }: Context): string {
  return list([...draft.boards].flatMap(([name, board]) => (board?.firmware === 'celda' ? [name] : [])));
}

function refuseHazard(context: Context, path: Path, board: string): void {
  context.report.add('hazard-unsupervised', path, { boards: supervised(context), board });
}

function checkKeys({ draft, report }: Context): void {
  for (const [name, board] of draft.boards) {
    if (board?.firmware !== 'firmata') continue;
    for (const key of ['uid', 'searchPorts', 'leaseMs', 'validityMs'] as const) {
      if (board[key] !== undefined) report.add('key-without-effect', ['boards', name, key], { key });
    }
    if (board.baud === 'auto') report.add('speed-not-negotiable', ['boards', name, 'baud'], {});
  }
}

/** Outputs that can hurt, or that feed what can. */
function checkOutputs(context: Context): void {
  for (const [name, device] of devicesOf(context, [...JOINTS, 'digital-output'])) {
    const board = stockBoardOf(context, device);
    if (board === undefined) continue;
    if (isHazardous(device)) refuseHazard(context, ['devices', name, 'board'], board);
    else if (device.kind === 'digital-output' && device.onWhileEnabled) {
      refuseHazard(context, ['devices', name, 'onWhileEnabled'], board);
    }
  }
}

/** A name that leads from something that must be supervised to an output; one that is hazardous has been refused already. */
function checkReference(context: Context, path: Path, name: string): void {
  const device = context.draft.devices.get(name);
  const board = stockBoardOf(context, device);
  if (device !== undefined && board !== undefined && !isHazardous(device)) refuseHazard(context, path, board);
}

function checkActuators(context: Context): void {
  for (const [name, { valve }] of devicesOf(context, ['vacuum-gripper'])) {
    checkReference(context, ['devices', name, 'valve'], valve);
  }
  for (const [name, { motor }] of devicesOf(context, ['conveyor'])) {
    checkReference(context, ['devices', name, 'motor'], motor);
  }
  for (const [name, stop] of context.draft.stopFunctions) {
    for (const [index, output] of (stop?.outputs ?? []).entries()) {
      checkReference(context, ['safety', 'stopFunctions', name, 'outputs', index], output);
    }
  }
}

/** Inputs whose loss must be known within milliseconds, and what reads them. */
function watchedInputs(context: Context): ReadonlyMap<string, string> {
  const grippers = devicesOf(context, ['vacuum-gripper']);
  return new Map([
    ...grippers.flatMap(([name, { partPresent, pressure }]) => [
      [partPresent, name] as const,
      [pressure, name] as const,
    ]),
    ...devicesOf(context, JOINTS).flatMap(([name, { feedback }]) =>
      feedback === undefined ? [] : [[feedback.input, name] as const],
    ),
    ...[...safetyInputs(context)].map((name) => [name, 'safety'] as const),
  ]);
}

function checkInputs(context: Context): void {
  const readers = watchedInputs(context);
  for (const [name, device] of devicesOf(context, ['digital-input', 'analog-input'])) {
    const board = stockBoardOf(context, device);
    const reader = readers.get(name);
    if (board === undefined || reader === undefined) continue;
    context.report.add('signal-unsupervised', ['devices', name, 'board'], {
      boards: supervised(context),
      board,
      reader,
    });
  }
}

/** What StandardFirmata has no messages for. */
function checkMessages(context: Context): void {
  for (const [name, device] of devicesOf(context, ['thermometer', 'buzzer'])) {
    const board = stockBoardOf(context, device);
    if (board === undefined || (device.kind === 'thermometer' && device.controller !== 'DS18B20')) continue;
    context.report.add('stock-firmata-cannot', ['devices', name, 'board'], { boards: supervised(context), board });
  }
}

export function checkUnsupervised(context: Context): void {
  checkKeys(context);
  checkOutputs(context);
  checkActuators(context);
  checkInputs(context);
  checkMessages(context);
}
