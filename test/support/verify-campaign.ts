// The independent check of `celda verify`: the real safety step under random inputs, watched by a monitor of its own; and a large
// cell to time it with.
import type { CellModel, DigitalOutputModel, SafetyBlockModel, StopFunctionModel } from '../../src/core/cell-model.ts';
import { referencesOf, resetOf } from '../../src/core/safety-blocks.ts';
import { monotonicMs } from '../../src/core/units.ts';
import { initialSafety, stepSafety } from '../../src/safety/program.ts';
import { claimedBy, outputsOf } from '../../src/verify/claims.ts';
import { categoryTimeMs, type Demand, demandsOf } from '../../src/verify/meaning.ts';
import { canHarm } from '../../src/verify/never.ts';
import { OPEN } from '../../src/verify/part.ts';
import { cellWith } from './planted-cells.ts';

/** Xorshift32, below 2^32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

interface Watch {
  readonly demand: Demand;
  readonly output: string;
  readonly keepsPowerInRamp: boolean;
  readonly limitMs: number;
  sinceMs: number | undefined;
}

function watchesOf(cell: CellModel): Watch[] {
  const outputs = outputsOf(cell);
  const demands = demandsOf(cell.safety);
  return demands.flatMap((demand) =>
    outputs
      .filter(({ name }) => claimedBy(demand, demands, cell, outputs).includes(name))
      .map(({ name, keepsPowerInRamp }) => {
        const reached = cell.safety.stopFunctions.filter(
          (stop) => stop.outputs.includes(name) && demand.stops.includes(stop.name),
        );
        const limitMs = reached.length === 0 ? 0 : Math.min(...reached.map(categoryTimeMs));
        return { demand, output: name, keepsPowerInRamp, limitMs, sinceMs: undefined };
      }),
  );
}

/** What a walk came to. */
export interface Walked {
  /** The first violation of property 1 or 2, in words. */
  readonly violation: string | undefined;
  /** How often a stop function began to permit: a walk in which none does has shown nothing. */
  readonly permissions: number;
}

/** Everything that blocks read, as it is while nothing is asked for: sensors of a muting open, a lamp and an enabling closed. */
function restOf(cell: CellModel, openAtRest: readonly string[]): Map<string, boolean> {
  const isInput = (name: string): boolean =>
    !name.startsWith('cell.') && !cell.safety.blocks.some((block) => block.name === name.split('.')[0]);
  const rest = new Map(
    cell.safety.blocks
      .flatMap(referencesOf)
      .filter(isInput)
      .map((name) => [name, true]),
  );
  for (const { input, value, excuses } of demandsOf(cell.safety)) {
    rest.set(input, value === OPEN);
    for (const excuse of excuses.flat(2)) rest.set(excuse, false);
  }
  for (const name of openAtRest) rest.set(name, false);
  return rest;
}

/**
 * Runs so many random steps, or up to the first violation.
 * @param openAtRest inputs that ask for something else than a stop
 */
export function randomWalk(cell: CellModel, steps: number, seed: number, openAtRest: readonly string[] = []): Walked {
  const random = randomOf(seed);
  const watches = watchesOf(cell);
  const demands = demandsOf(cell.safety);
  const resets = [...new Set([cell.safety.reset, ...cell.safety.blocks.flatMap((block) => resetOf(block) ?? [])])];
  const rest = restOf(cell, [...openAtRest, ...resets]);
  let permissions = 0;
  const names = [...rest.keys()];
  const closed = new Map(rest);
  let state = initialSafety(cell.safety);
  let nowMs = 0;
  let pressedBefore = new Set(resets);
  const pressedSince = new Set<string>();
  for (let step = 0; step < steps; step += 1) {
    // Mostly calm: a button is pressed, something opens and closes again, or everything is put back to rest.
    const roll = random() % 16;
    const name = names[random() % names.length] ?? '';
    const button = resets[random() % resets.length] ?? '';
    if (roll < 4) closed.set(name, !(closed.get(name) ?? false));
    else if (roll < 8) closed.set(button, !(closed.get(button) ?? false));
    else if (roll < 10) for (const [input, value] of rest) closed.set(input, value);
    nowMs += roll % 4 === 0 ? 1 + (random() % 600) : cell.cyclePeriodMs;
    const standstill = random() % 4 === 0;
    const before = state;
    state = stepSafety(cell.safety, before, {
      now: monotonicMs(nowMs),
      closed: (input) => closed.get(input) === true,
      standstill,
    });
    const asks = ({ input, value, excuses }: Demand): boolean =>
      (closed.get(input) === true) !== (value === OPEN) &&
      excuses.every((excuse) => excuse.filter((names) => names.every((name) => closed.get(name) === true)).length < 2);
    for (const watch of watches) {
      watch.sinceMs = asks(watch.demand) ? (watch.sinceMs ?? nowMs) : undefined;
      if (watch.sinceMs === undefined || nowMs - watch.sinceMs < watch.limitMs) continue;
      const isOn = state.stops.every(
        ({ outputs, phase }) =>
          !outputs.includes(watch.output) ||
          canHarm({ name: watch.output, keepsPowerInRamp: watch.keepsPowerInRamp, isJoint: false }, phase),
      );
      const violation = `step ${step}: ${watch.output} on with ${watch.demand.input} asking since ${watch.sinceMs} ms`;
      if (isOn) return { violation, permissions };
    }
    const pressed = new Set(resets.filter((reset) => closed.get(reset) === true));
    const rose = [...pressed].some((reset) => !pressedBefore.has(reset));
    for (const [index, { name: stop, phase }] of state.stops.entries()) {
      if (rose) pressedSince.add(stop);
      const was = before.stops[index]?.phase;
      if (phase === 'permitted' && was !== 'permitted') permissions += 1;
      if (phase === 'permitted' && was !== 'permitted' && !pressedSince.has(stop)) {
        return { violation: `step ${step}: ${stop} permits without a press`, permissions };
      }
      const isAsked = demands.some((demand) => demand.stops.includes(stop) && asks(demand));
      if (isAsked || (was === 'permitted' && phase !== 'permitted')) pressedSince.delete(stop);
    }
    pressedBefore = pressed;
  }
  return { violation: undefined, permissions };
}

/** 24 safety inputs, 8 function blocks, 12 hazardous outputs: an emergency stop over all, and seven doors over four outputs each. */
export function largeCell(): CellModel {
  const cell = cellWith([]);
  const model = cell.devices.find(
    (device): device is DigitalOutputModel => device.kind === 'digital-output' && device.name === 'belt-motor',
  );
  if (model === undefined) throw new Error('the example cell has no belt motor');
  const outputs = Array.from({ length: 12 }, (_, i) => `drive-${i}`);
  const doors = Array.from({ length: 7 }, (_, i) => i);
  const protects = (door: number): string[] => [0, 1, 2, 3].map((i) => outputs[(door + i * 3) % 12] ?? '');
  const blocks: SafetyBlockModel[] = [
    { name: 'estop', type: 'SF_EmergencyStop', input: 'estop-button', reset: 'estop-reset' },
    ...doors.map((door) => ({
      name: `door-${door}`,
      type: 'SF_Guard' as const,
      switch1: `door-${door}-a`,
      switch2: `door-${door}-b`,
      discrepancyTimeMs: 500,
      reset: `door-${door}-reset`,
    })),
  ];
  const stop = { category: 1, timeLimitMs: 500 } as const;
  const stopFunctions: StopFunctionModel[] = [
    { name: 'stop-all', permission: 'estop', role: 'emergency-stop', outputs, ...stop },
    ...doors.map((door) => ({
      name: `stop-${door}`,
      permission: `door-${door}`,
      role: 'protective-stop' as const,
      outputs: protects(door),
      ...stop,
    })),
  ];
  const declared = doors.flatMap((door) =>
    ['a', 'b'].map((contact) => [`door-${door}-${contact}`, protects(door)] as const),
  );
  return {
    ...cell,
    workMasters: [],
    devices: outputs.map((name) => ({ ...model, name })),
    safety: { reset: 'cell-reset', blocks, stopFunctions, protects: Object.fromEntries(declared) },
  };
}
