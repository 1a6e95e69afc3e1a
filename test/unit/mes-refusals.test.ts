import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeStatus } from '../../src/client/status-details.ts';
import { FAULTS, type FaultCode, fault } from '../../src/core/faults.ts';
import { RETURN_STATUS, returnStatusOf } from '../../src/core/return-status.ts';
import { faultCodeOf, REFUSALS, refusalRow } from '../../src/mes/refusal-table.ts';
import { Violations } from '../../src/mes/request-checks.ts';
import { ERROR_DOMAIN, encodeRefusal } from '../../src/mes/status-details.ts';
import { refuse } from '../../src/ports/service-refusal.ts';

const CODES = Object.keys(FAULTS).map(Number) as FaultCode[];
const BITS: readonly bigint[] = [0n, ...Object.values(RETURN_STATUS)];

/** The published table: code, status, ISA-95 return status, google.rpc message beside ErrorInfo. */
const TABLE: readonly [FaultCode, string, bigint, string][] = [
  [4303, 'FAILED_PRECONDITION', 0n, 'precondition'],
  [4304, 'FAILED_PRECONDITION', 0n, 'precondition'],
  [4305, 'INVALID_ARGUMENT', 0n, 'bad-request'],
  [6001, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [6002, 'INVALID_ARGUMENT', 0x1_0000_0000n, 'bad-request'],
  [6003, 'ALREADY_EXISTS', 0x10n, 'resource'],
  [6004, 'NOT_FOUND', 0x2n, 'resource'],
  [6005, 'FAILED_PRECONDITION', 0x8n, 'precondition'],
  [6006, 'RESOURCE_EXHAUSTED', 0x10n, 'quota'],
  [6007, 'UNAVAILABLE', 0x10n, 'retry'],
  [6008, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [6010, 'INVALID_ARGUMENT', 0x1_0000_0000n, 'bad-request'],
  [6011, 'INVALID_ARGUMENT', 0x1_0000_0000n, 'bad-request'],
  [6012, 'RESOURCE_EXHAUSTED', 0n, 'quota'],
  [6013, 'RESOURCE_EXHAUSTED', 0n, 'quota'],
  [6014, 'NOT_FOUND', 0n, 'resource'],
  [6015, 'FAILED_PRECONDITION', 0n, 'precondition'],
  [6016, 'ABORTED', 0n, 'none'],
  [6501, 'RESOURCE_EXHAUSTED', 0x10n, 'quota'],
  [6502, 'UNAVAILABLE', 0x10n, 'retry'],
  [6503, 'UNAVAILABLE', 0x10n, 'retry'],
  [6504, 'RESOURCE_EXHAUSTED', 0x10n, 'quota'],
  [6505, 'DATA_LOSS', 0x10n, 'none'],
  [6506, 'FAILED_PRECONDITION', 0x10n, 'none'],
  [6507, 'UNAVAILABLE', 0x10n, 'retry'],
  [6508, 'OUT_OF_RANGE', 0n, 'none'],
  [6509, 'DATA_LOSS', 0n, 'none'],
  [6510, 'UNAVAILABLE', 0x10n, 'retry'],
  [6511, 'RESOURCE_EXHAUSTED', 0x10n, 'quota'],
  [6514, 'UNAVAILABLE', 0x10n, 'retry'],
  [6022, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [6024, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [6025, 'RESOURCE_EXHAUSTED', 0n, 'quota'],
  [6026, 'FAILED_PRECONDITION', 0n, 'precondition'],
  [6027, 'FAILED_PRECONDITION', 0n, 'precondition'],
  [6028, 'FAILED_PRECONDITION', 0n, 'precondition'],
  [6029, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [6030, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [6032, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [6033, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [6034, 'UNAVAILABLE', 0n, 'retry'],
  [4308, 'FAILED_PRECONDITION', 0n, 'precondition'],
  [6021, 'FAILED_PRECONDITION', 0n, 'precondition'],
  [6601, 'UNAUTHENTICATED', 0n, 'none'],
  [6602, 'PERMISSION_DENIED', 0n, 'none'],
  [6603, 'RESOURCE_EXHAUSTED', 0n, 'retry'],
  [6512, 'RESOURCE_EXHAUSTED', 0x10n, 'quota'],
  [6513, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
  [4005, 'UNAVAILABLE', 0x10n, 'retry'],
  [4006, 'UNAVAILABLE', 0x10n, 'retry'],
  [9001, 'INTERNAL', 0x1_0000_0000n, 'none'],
  [4001, 'FAILED_PRECONDITION', 0x10n, 'precondition'],
];

describe('the table of refusals', () => {
  it.each(TABLE)('says fault %i as %s', (code, status, returnStatus, extra) => {
    const row = refusalRow(code);
    expect([row.code, row.returnStatus, row.extra.kind]).toEqual([status, returnStatus, extra]);
  });

  it('has no row that is not published', () => {
    const published = TABLE.map(([code]) => code);
    expect(
      Object.keys(REFUSALS)
        .map(Number)
        .filter((code) => !published.includes(code as FaultCode)),
    ).toEqual([]);
  });

  it.each(CODES)('gives fault %i the return status that every other protocol gives it, or none', (code) => {
    const { returnStatus } = refusalRow(code);
    expect([0n, returnStatusOf(code)]).toContain(returnStatus);
  });

  it('is what the reference page says', () => {
    const page = readFileSync(new URL('../../docs/reference/job-api.md', import.meta.url), 'utf8');
    const rows = page.matchAll(/^\| `([A-Z_]+)` +\| ([A-Z_]+) +\| (\d{4}) +\| (\d*) +\|/gm);
    const written = [...rows].map(([, reason, code, fault, status]) => [
      reason,
      code,
      Number(fault),
      BigInt(status ?? 0),
    ]);
    const actual = Object.entries(REFUSALS).map(([code, row]) => {
      return [FAULTS[Number(code) as FaultCode].reason, row.code, Number(code), row.returnStatus];
    });
    const byFault = (left: unknown[], right: unknown[]): number => Number(left[2]) - Number(right[2]);
    expect(written.toSorted(byFault)).toEqual(actual.toSorted(byFault));
  });

  it.each(CODES)('carries fault %i there and back', (code) => {
    const sent = encodeRefusal(refuse(fault(code, { jobOrderId: 'J-1', limitKpa: -40, isOn: true })));
    const received = decodeStatus(sent.details);
    expect(received).toMatchObject({ code: refusalRow(code).code, domain: ERROR_DOMAIN, reason: FAULTS[code].reason });
    expect(received?.metadata).toMatchObject({ fault_code: String(code), jobOrderId: 'J-1', limitKpa: '-40' });
    expect(faultCodeOf(received?.reason ?? '')).toBe(code);
    const bits = BigInt(received?.metadata['isa95_return_status'] ?? 0);
    expect(bits).toBe(refusalRow(code).returnStatus);
    expect(BITS).toContain(bits);
    expect(bits).not.toBe(RETURN_STATUS.noError);
  });

  it('keeps a trailer within 8 KiB whatever a caller sent', () => {
    const long = 'x'.repeat(100_000);
    const violations = Array.from({ length: 500 }, (_, index) => ({ field: `f[${index}]${long}`, description: long }));
    const { details, message } = encodeRefusal(refuse(fault(6002, { given: long }), violations));
    expect(Math.ceil(details.length / 3) * 4).toBeLessThan(8_192);
    expect(message.length).toBeLessThan(4_096);
    const told = decodeStatus(details);
    expect(told?.violations.length).toBeGreaterThan(0);
    expect(told?.metadata['violations_left_out']).toBe(String(500 - (told?.violations.length ?? 0)));
    expect(message).toContain('more');
  });

  it('says of no violation that it is left out when all of them are told', () => {
    const { details } = encodeRefusal(refuse(fault(6010), [{ field: 'a', description: 'b' }]));
    expect(decodeStatus(details)?.metadata).toEqual({ fault_code: '6010', isa95_return_status: '4294967296' });
  });

  it('has one violation of a field: what was found first', () => {
    const [violations, others] = [new Violations(), new Violations()];
    violations.add('a', { allowed: 'first' });
    violations.add('a', { allowed: 'second' });
    for (const field of ['b', 'a']) others.add(field, { allowed: 'third' });
    violations.join(others);
    expect(violations.found).toEqual([
      { field: 'a', description: 'allowed: first' },
      { field: 'b', description: 'allowed: third' },
    ]);
  });

  it.each([
    ['parameters', 6010, {}],
    ['work masters', 6001, { workMasterId: '零'.repeat(640), known: 'pick version 1.0.0', hint: 'none' }],
  ] as const)('keeps what it says of %s of three bytes a character within 8 KiB on the wire', (_what, code, detail) => {
    const violations = new Violations();
    for (let index = 0; index < 200; index += 1) {
      violations.add(`job_order.parameters[${index}].id`, { given: '零'.repeat(256), allowed: 'each parameter once' });
    }
    const { details, message } = encodeRefusal(refuse(fault(code, detail), code === 6010 ? violations.found : []));
    expect(Math.ceil(details.length / 3) * 4 + encodeURI(message).length).toBeLessThan(8_000);
  });

  it.each([
    ['a character of two units where it is cut', `${'x'.repeat(299)}😀`, `${'x'.repeat(299)}... (301 characters)`],
    ['a mark of order at its begin', '\ufeffx', '\ufeffx'],
    ['half a character', 'x\ud83d', 'x\ufffd'],
  ])('tells a text with %s in whole characters', (_what, jobOrderId, told) => {
    const { details, message } = encodeRefusal(refuse(fault(6004, { jobOrderId })));
    expect(decodeStatus(details)?.metadata).toMatchObject({ jobOrderId: told });
    expect(decodeURI(encodeURI(message))).toContain(told);
  });

  it('takes bytes that are no status for none', () => {
    expect(decodeStatus(new Uint8Array([0xff, 0xff, 0xff]))).toBeUndefined();
  });
});
