// The configuration that a board gets before it may drive anything: one record per slot, and the hash over all of them.
import { COUNTS_MAX, type CountsRange } from '../../src/core/analog-scale.ts';
import type { BoardPlan, InputSlot, OutputSlot } from '../../src/core/board-plan.ts';
import { type ByteReader, ByteWriter } from './byte-cursor.ts';
import { crc32c } from './crc32c.ts';

interface RecordBase {
  /** 0..total-1: all inputs first, then all outputs. */
  readonly index: number;
  readonly total: number;
  readonly pin: number;
}

/** One slot as the board learns of it. Times in milliseconds; what has the name of a slot's field is as in the plan's slots. */
export type ConfigRecord =
  | (RecordBase & {
      readonly direction: 'input';
      readonly kind: 'digital';
      readonly edge: boolean;
      readonly closedLevel: 0 | 1;
      readonly pullUp: boolean;
      readonly closeFilterMs: number;
      readonly openFilterMs: number;
      readonly permitDelayMs: number;
    })
  | (RecordBase & { readonly direction: 'input'; readonly kind: 'analog'; readonly countsRange: CountsRange })
  | (RecordBase & {
      readonly direction: 'output';
      readonly kind: 'digital' | 'servo' | 'axis' | 'direction';
      /** Of an `axis` and a `direction` the limit of their slot. */
      readonly safeValue: number;
      /** Of a `direction`: the pin is high for positions that grow. */
      readonly hazardous: boolean;
      readonly permits: readonly number[];
    });

/** Kinds by their number on the wire. */
const INPUT_KINDS = ['digital', 'analog'] as const;
const OUTPUT_KINDS = ['digital', 'servo', 'axis', 'direction'] as const;

/** Of an analog slot that says nothing of it. */
const ANY_COUNTS: CountsRange = { min: 0, max: COUNTS_MAX };

const FLAG = { edge: 1, closedLevel: 2, pullUp: 4, hazardous: 1 } as const;

function inputRecord(slot: InputSlot, index: number, total: number): ConfigRecord {
  const base = { index, total, direction: 'input', pin: slot.pin } as const;
  if (slot.kind === 'analog') return { ...base, kind: 'analog', countsRange: slot.countsRange ?? ANY_COUNTS };
  return {
    ...base,
    kind: 'digital',
    edge: slot.edge,
    closedLevel: slot.closedLevel,
    // A broken wire must read as open: where low means closed, only a pull-up makes it so.
    pullUp: slot.closedLevel === 0,
    closeFilterMs: slot.closeFilterMs,
    openFilterMs: slot.openFilterMs,
    permitDelayMs: slot.permitDelayMs,
  };
}

function outputRecord(slot: OutputSlot, index: number, total: number): ConfigRecord {
  return {
    index,
    total,
    direction: 'output',
    kind: slot.kind,
    pin: slot.pin,
    hazardous: slot.hazardous,
    safeValue: slot.limit ?? slot.safeValue,
    permits: slot.permits,
  };
}

/** @returns the records of a plan in the order in which they are sent. */
export function configRecords(plan: BoardPlan): readonly ConfigRecord[] {
  const total = plan.inputs.length + plan.outputs.length;
  return [
    ...plan.inputs.map((slot, index) => inputRecord(slot, index, total)),
    ...plan.outputs.map((slot, index) => outputRecord(slot, plan.inputs.length + index, total)),
  ];
}

function recordFlags(record: ConfigRecord): number {
  if (record.direction === 'output') return record.hazardous ? FLAG.hazardous : 0;
  if (record.kind === 'analog') return 0;
  return (
    (record.edge ? FLAG.edge : 0) | (record.closedLevel ? FLAG.closedLevel : 0) | (record.pullUp ? FLAG.pullUp : 0)
  );
}

/** Input slots as bits, least significant first. */
function permitBits(permits: readonly number[]): number {
  return permits.reduce((bits, slot) => bits | (1 << slot), 0) >>> 0;
}

function slotsOf(permitBits: number): readonly number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < 32; slot += 1) if ((permitBits >>> slot) & 1) slots.push(slot);
  return slots;
}

/** @returns the 12 bytes of one record. */
export function encodeConfigRecord(record: ConfigRecord): Uint8Array {
  const writer = new ByteWriter()
    .u8(record.index)
    .u8(record.total)
    .u8(record.direction === 'input' ? 0 : 1)
    .u8(record.direction === 'input' ? INPUT_KINDS.indexOf(record.kind) : OUTPUT_KINDS.indexOf(record.kind))
    .u8(record.pin)
    .u8(recordFlags(record));
  if (record.direction === 'output') return writer.u16(record.safeValue).u32(permitBits(record.permits)).finish();
  if (record.kind === 'analog') return writer.u16(record.countsRange.min).u32(record.countsRange.max).finish();
  return writer.u16(record.closeFilterMs).u16(record.permitDelayMs).u16(record.openFilterMs).finish();
}

/** Reads one record; undefined when direction or kind is none of the published numbers. */
export function readConfigRecord(reader: ByteReader): ConfigRecord | undefined {
  const index = reader.u8();
  const total = reader.u8();
  const direction = reader.u8();
  const kind = reader.u8();
  const pin = reader.u8();
  const flags = reader.u8();
  const value = reader.u16();
  const permit = reader.u32();
  const inputKind = INPUT_KINDS[kind];
  const outputKind = OUTPUT_KINDS[kind];
  if (direction === 0 && inputKind === 'analog') {
    return { index, total, direction: 'input', kind: 'analog', pin, countsRange: { min: value, max: permit } };
  }
  if (direction === 0 && inputKind === 'digital') {
    return {
      index,
      total,
      direction: 'input',
      kind: 'digital',
      pin,
      edge: (flags & FLAG.edge) !== 0,
      closedLevel: flags & FLAG.closedLevel ? 1 : 0,
      pullUp: (flags & FLAG.pullUp) !== 0,
      closeFilterMs: value,
      openFilterMs: permit >>> 16,
      permitDelayMs: permit & 0xffff,
    };
  }
  if (direction !== 1 || outputKind === undefined) return undefined;
  const hazardous = (flags & FLAG.hazardous) !== 0;
  return {
    index,
    total,
    direction: 'output',
    kind: outputKind,
    pin,
    hazardous,
    safeValue: value,
    permits: slotsOf(permit),
  };
}

/** @returns CRC-32C over the lease (u16, ms) and the records in the order of their index. */
export function configHash(leaseMs: number, records: readonly ConfigRecord[]): number {
  const writer = new ByteWriter().u16(leaseMs);
  const ordered = records.toSorted((a, b) => a.index - b.index);
  for (const record of ordered) writer.bytes(encodeConfigRecord(record));
  return crc32c(writer.finish());
}
