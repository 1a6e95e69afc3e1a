// The state, the alarms and the stops of a cell as the wire shows them.
import Long from 'long';
import { celda } from '../../proto/generated/celda.js';
import { type AlarmPriority, mayBeShelved, priorityOf } from '../core/alarm-class.ts';
import type { Alarm, AlarmState, Flood } from '../core/alarm-list.ts';
import { codeText } from '../core/block-texts.ts';
import type { CellSnapshot } from '../core/cell-event.ts';
import { UNIT_MODES, UNIT_STATES } from '../core/packml.ts';
import { type LampMode, type LightStatus, stackLightBits } from '../core/stack-light.ts';
import type { StopBlock, StopRecord, StopValue } from '../core/stop-record.ts';
import type { EpochAlarm } from './cell-mirror.ts';
import { toWireReason } from './job-wire.ts';
import { bilingual, toTimestamp } from './wire-values.ts';

const v1 = celda.cell.v1;

/** Names of the domain by number of the wire's enum. */
export const ALARM_STATE_NUMBERS = {
  unacknowledged: v1.AlarmState.ALARM_STATE_UNACKNOWLEDGED,
  acknowledged: v1.AlarmState.ALARM_STATE_ACKNOWLEDGED,
  'returned-unacknowledged': v1.AlarmState.ALARM_STATE_RETURNED_UNACKNOWLEDGED,
  'latched-unacknowledged': v1.AlarmState.ALARM_STATE_LATCHED_UNACKNOWLEDGED,
  'latched-acknowledged': v1.AlarmState.ALARM_STATE_LATCHED_ACKNOWLEDGED,
  shelved: v1.AlarmState.ALARM_STATE_SHELVED,
  'suppressed-by-design': v1.AlarmState.ALARM_STATE_SUPPRESSED_BY_DESIGN,
} as const satisfies Record<AlarmState, celda.cell.v1.AlarmState>;

const PRIORITY_NUMBERS = {
  urgent: v1.AlarmPriority.ALARM_PRIORITY_URGENT,
  high: v1.AlarmPriority.ALARM_PRIORITY_HIGH,
  medium: v1.AlarmPriority.ALARM_PRIORITY_MEDIUM,
  low: v1.AlarmPriority.ALARM_PRIORITY_LOW,
} as const satisfies Record<AlarmPriority, celda.cell.v1.AlarmPriority>;

const LAMP_NUMBERS = {
  off: v1.LampMode.LAMP_MODE_OFF,
  on: v1.LampMode.LAMP_MODE_ON,
  flashing: v1.LampMode.LAMP_MODE_FLASHING,
} as const satisfies Record<LampMode, celda.cell.v1.LampMode>;

export function toWireAlarm({ epoch, alarm }: EpochAlarm): celda.cell.v1.Alarm.$Properties {
  const { fault, shelf } = alarm;
  return {
    epoch,
    alarmNumber: alarm.id,
    fault: toWireReason(fault),
    state: ALARM_STATE_NUMBERS[alarm.state],
    priority: PRIORITY_NUMBERS[priorityOf(fault.code)],
    stands: alarm.stands,
    firstUp: alarm.isFirstUp,
    shelvable: mayBeShelved(fault.code),
    floodNumber: alarm.flood,
    raiseTime: toTimestamp(alarm.raisedTime),
    ...(alarm.returnedTime === undefined ? {} : { returnTime: toTimestamp(alarm.returnedTime) }),
    ...(alarm.acknowledgedTime === undefined ? {} : { acknowledgeTime: toTimestamp(alarm.acknowledgedTime) }),
    acknowledgedBy: alarm.acknowledgedBy ?? '',
    ...(shelf === undefined
      ? {}
      : { shelf: { owner: shelf.owner, reason: shelf.reason, expireTime: toTimestamp(shelf.untilTime) } }),
  };
}

export function toWireFlood({ number, since, count }: Flood): celda.cell.v1.AlarmFlood.$Properties {
  return { floodNumber: number, startTime: toTimestamp(since), alarmCount: count };
}

function toWireLight(light: LightStatus): celda.cell.v1.StackLight.$Properties {
  return {
    red: LAMP_NUMBERS[light.red],
    amber: LAMP_NUMBERS[light.amber],
    blue: LAMP_NUMBERS[light.blue],
    green: LAMP_NUMBERS[light.green],
    horn: light.horn,
    bits: stackLightBits(light),
  };
}

/** Nobody has said yet that they saw it, and it is to be seen. */
function isUnseen({ isAcknowledged, state }: Alarm): boolean {
  return !isAcknowledged && state !== 'shelved' && state !== 'suppressed-by-design';
}

export function toWireState(
  snapshot: CellSnapshot | undefined,
  controlConnected: boolean,
): celda.cell.v1.CellState.$Properties {
  if (snapshot === undefined) return { epoch: '', controlConnected };
  const { unit, mode } = snapshot;
  return {
    epoch: snapshot.epoch,
    controlConnected,
    cycle: Long.fromNumber(snapshot.cycle, true),
    stateTime: toTimestamp(snapshot.time),
    unitState: unit,
    unitStateNumber: UNIT_STATES[unit],
    unitMode: mode,
    unitModeNumber: UNIT_MODES[mode],
    unitModeRequested: snapshot.modeRequested,
    resetPossible: snapshot.resetPossible,
    standingAlarmCount: snapshot.alarms.length,
    unacknowledgedAlarmCount: snapshot.alarmList.filter(isUnseen).length,
    overrunCount: snapshot.overruns,
    stackLight: toWireLight(snapshot.lights),
    safetyBlocks: snapshot.safety.map((block) => ({
      ...toWireBlock(block),
      error: block.error,
      resetRequest: block.resetRequest,
    })),
    boards: snapshot.boards.map(({ name, link, ageMs }) => ({ name, linkState: link, ageMs })),
    bypasses: snapshot.bypasses.map(({ stopFunction, by, reason, untilTime, isActive }) => ({
      stopFunction,
      owner: by,
      reason,
      expireTime: toTimestamp(untilTime),
      active: isActive,
    })),
    devices: snapshot.devices.map(({ name, kind, value, unit: of, valid }) => ({ name, kind, value, unit: of, valid })),
  };
}

function toWireBlock({ name, type, diagCode, output, outputs }: StopBlock) {
  const text = codeText(type, diagCode);
  const diagTexts = text === undefined ? [] : bilingual(text.en, text.es);
  return { name, type, diagCode, output, outputs: { ...outputs }, diagTexts };
}

function optional<K extends string>(key: K, value: StopValue): { readonly [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: number });
}

export function toWireStop(record: StopRecord): celda.cell.v1.Stop.$Properties {
  return {
    epoch: record.epoch,
    stopNumber: record.id,
    stopTime: toTimestamp(record.time),
    cycle: Long.fromNumber(record.cycle, true),
    cause: toWireReason(record.cause),
    stopCategory: record.category,
    otherCauses: record.others.map(toWireReason),
    unitState: record.unit,
    unitMode: record.mode,
    jobOrderId: record.jobOrderId ?? '',
    step: record.step ?? '',
    blocks: record.blocks.map(toWireBlock),
    inputs: record.inputs.map(({ device, kind, unit, isSafety, value }) => ({
      device,
      kind,
      unit,
      safety: isSafety,
      ...optional('value', value),
    })),
    traceMs: record.traceMs,
    changes: record.changes.map(({ beforeMs, device, from, to }) => ({
      beforeMs,
      device,
      ...optional('fromValue', from),
      ...optional('toValue', to),
    })),
  };
}
