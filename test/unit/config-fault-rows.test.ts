// The mistakes of a configuration that the fault catalogue numbers, each over all places where it can be made.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { problemsAfter, smallCellText, smallModel } from '../support/small-cell.ts';

function codesAfter(changes: Readonly<Record<string, unknown>>): readonly string[] {
  return problemsAfter(changes).map(({ code }) => code);
}

/** Paths of all maps in a value whose keys are fixed, such as `devices.base`, and of their keys. */
function keysOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    return [at, ...keysOf(inner, at)];
  });
}

const HAZARDS = ['base', 'shoulder', 'elbow', 'wrist', 'valve', 'motor', 'power'] as const;

test.each(HAZARDS)('[C1] %s without a safe value is refused: nobody guesses what is safe', (name) => {
  expect(codesAfter({ [`devices.${name}.safe`]: undefined })).toContain('hazardous-without-safe-value');
});

test('[A6] what a stop does to a gripper is said in the file: its valve has a safe value, on or off', () => {
  for (const safe of ['on', 'off'] as const) {
    const valve = smallModel({ 'devices.valve.safe': safe }).devices.find(({ name }) => name === 'valve');
    expect(valve).toMatchObject({ safe });
  }
  expect(codesAfter({ 'devices.valve.safe': undefined })).toEqual(['hazardous-without-safe-value']);
});

/** Names are the user's own below these; a misspelt one is an unknown reference at most. */
const NAMED = /^(boards|devices|poses|workMasters|programs|safety\.(blocks|stopFunctions)|simulation\.trays)\.[^.]+$/;
const FREE = /^poses\.|\.parameters\.[^.]+$|\.move\.to\.[^.]+$/;

test('[C2] every key of a cell file that is misspelt is refused', () => {
  const data: unknown = JSON.parse(smallCellText());
  const keys = keysOf(data).filter((path) => !path.endsWith(']') && !NAMED.test(path) && !FREE.test(path));
  expect(keys.length).toBeGreaterThan(150);
  const accepted = keys.filter((path) => {
    const value = path.split(/[.[\]]+/).reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], data);
    return problemsAfter({ [`${path}Q`]: value, [path]: undefined }).length === 0;
  });
  expect(accepted).toEqual([]);
});

test('[C2] every fixed map of a cell file refuses a key that it does not know', () => {
  const data: unknown = JSON.parse(smallCellText());
  const maps = ['cell', 'safety', 'simulation', ...keysOf(data).filter((path) => NAMED.test(path))].filter(
    (path) => !/^(poses|programs)\./.test(path),
  );
  const accepted = maps.filter((path) => !codesAfter({ [`${path}.xyzzy`]: 1 }).includes('unknown-key'));
  expect(accepted).toEqual([]);
});

test('[C3] no two devices of a board get one pin, whichever they are', () => {
  const devices = Object.entries(
    (JSON.parse(smallCellText()) as { devices: Record<string, { pin?: string }> }).devices,
  );
  const pins = devices.flatMap(([name, { pin }]) => (pin === undefined ? [] : [[name, pin] as const]));
  for (const [name] of pins) {
    for (const [other, pin] of pins) {
      if (other === name) continue;
      expect(codesAfter({ [`devices.${name}.pin`]: pin }), `${name} on the pin of ${other}`).toContain('pin-taken');
    }
  }
});

test('[C4] times that do not fit each other are refused: lease under two cycles, validity not under the lease', () => {
  const time = fc.integer({ min: 1, max: 400 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), time, time, (cyclePeriodMs, leaseMs, validityMs) => {
      const codes = codesAfter({
        'cell.cyclePeriodMs': cyclePeriodMs,
        'boards.uno-1.leaseMs': leaseMs,
        'boards.uno-1.validityMs': validityMs,
      });
      const fits = leaseMs >= 10 && leaseMs >= 2 * cyclePeriodMs && validityMs < leaseMs;
      // A cycle that the line is too slow for is another problem, and not this one.
      const told = codes.filter((code) => ['lease-too-short', 'validity-too-long', 'out-of-range'].includes(code));
      expect(told.length > 0).toBe(!fits);
    }),
    { numRuns: 150 },
  );
});
