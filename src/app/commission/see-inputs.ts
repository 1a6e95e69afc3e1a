// The points of inputs: each seen to change, both ways, while nothing else of its button does.
import type { Point } from '../../commissioning/points.ts';
import type { Measured } from '../../commissioning/report.ts';
import { inputsText } from '../../commissioning/titles.ts';
import { filled, STATE_WORDS } from '../../commissioning/words.ts';
import type { AnalogInputModel, CellModel, DigitalInputModel } from '../../core/cell-model.ts';
import type { Bench } from './bench.ts';
import type { Procedure } from './procedure.ts';

/** A state has to last this long: two contacts of one button change within less, ms. */
const LASTS_MS = 300;
/** Share of its scale by which an analog input has to change. */
const ANALOG_SHARE = 0.02;

type Of<Kind extends Point['kind']> = Extract<Point, { readonly kind: Kind }>;

/** @throws Error when the checked cell has no such input */
export function digitalInput(cell: CellModel, name: string): DigitalInputModel {
  const device = cell.devices.find((each) => each.name === name);
  if (device?.kind !== 'digital-input') throw new Error(`${name} is no digital-input`);
  return device;
}

function analogInput(cell: CellModel, name: string): AnalogInputModel {
  const device = cell.devices.find((each) => each.name === name);
  if (device?.kind !== 'analog-input') throw new Error(`${name} is no analog-input`);
  return device;
}

/**
 * The person says that the input is at rest before anything is read: an input whose polarity is wrong would otherwise
 * be seen to change both ways as well.
 */
export const seeSwitch: Procedure<Of<'switch'>> = async (
  { cell, say, language, openBench },
  { device, rest, siblings },
) => {
  const bench = await openBench();
  const input = digitalInput(cell, device);
  const isRest = (): boolean => bench.isClosed(input) === (rest === 'closed');
  const isOperated = (): boolean => bench.isClosed(input) === (rest === 'open');
  const word = (state: 'open' | 'closed'): string => filled(STATE_WORDS[state], language);
  const [atRest, operated] = rest === 'closed' ? [word('closed'), word('open')] : [word('open'), word('closed')];
  await say.confirm('switch-rest', { device, description: input.description, state: atRest });
  if (!isRest()) say.fail('reads-other', { device, state: atRest, reads: operated });
  const before = bench.inputStates();
  const isAlone = (): boolean => bench.changedSince(before).every((name) => !siblings.includes(name));
  const live = (): string =>
    reading(bench, before, device, bench.isClosed(input) === true ? word('closed') : word('open'));
  await say.until(
    siblings.length > 0 ? 'channel-operate' : 'switch-operate',
    { device, state: operated, siblings: inputsText(siblings) },
    { isDone: () => isOperated() && isAlone(), holdMs: LASTS_MS, live },
  );
  await say.until('switch-back', { device, state: atRest }, { isDone: isRest, holdMs: LASTS_MS, live });
  return [];
};

/** What else changes shows wires that were swapped. */
function reading(
  bench: Bench,
  before: ReadonlyMap<string, boolean | undefined>,
  device: string,
  state: string,
): string {
  const others = bench.changedSince(before).filter((name) => name !== device);
  return `${device}: ${state}${others.length > 0 ? `; ${others.join(', ')}: !` : ''}`;
}

export const seeAnalog: Procedure<Of<'analog'>> = async ({ cell, say, openBench }, { device }) => {
  const bench = await openBench();
  const input = analogInput(cell, device);
  const [low, high] = input.scale;
  const leastChange = Math.abs(high.value - low.value) * ANALOG_SHARE;
  const text = (value: number | undefined): string => `${value === undefined ? '?' : value.toFixed(2)} ${input.unit}`;
  let from: number | undefined;
  const hasChanged = (): boolean => {
    const value = bench.valueOf(input);
    from ??= value;
    return value !== undefined && from !== undefined && Math.abs(value - from) >= leastChange;
  };
  await say.until(
    'analog-change',
    { device, description: input.description },
    { isDone: hasChanged, live: () => `${device}: ${text(bench.valueOf(input))}` },
  );
  const to = bench.valueOf(input);
  await say.confirm('reading-agrees', { device, value: text(to) });
  return [measuredValue('value-from', from, input.unit), measuredValue('value-to', to, input.unit)];
};

function measuredValue(name: string, value: number | undefined, unit: string): Measured {
  return { name, value: value === undefined ? '?' : Math.round(value * 100) / 100, unit };
}
