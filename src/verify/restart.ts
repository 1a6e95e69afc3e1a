// Property 2, of the wiring: a stop function permits again, or for the first time, only by a fresh press of a reset button.
import type { SafetyModel, StopFunctionModel } from '../core/cell-model.ts';
import {
  type Context,
  exploredOf,
  farFrom,
  modeIn,
  playgroundOf,
  productFor,
  resetsOf,
  run,
  verdictOf,
} from './context.ts';
import type { Monitor, Outcome } from './explore.ts';
import { type Demand, demandsOf, inputsOf, markOf } from './meaning.ts';
import { CLOSED, OPEN } from './part.ts';
import type { Product } from './product.ts';
import { type Finding, finding, type Subject } from './result.ts';
import { excusingTests } from './sensor-test.ts';
import { traceOf } from './trace.ts';
import { checkUnit } from './unit.ts';
import { coneOf } from './wiring.ts';

/** What takes a press back: it has to come after these. */
interface Since {
  readonly demand: Demand | undefined;
  /** The stop function itself has tripped. */
  readonly trips: boolean;
}

/** Buttons whose presses count. */
interface Watched extends Since {
  readonly resets: readonly string[];
}

/** In which states a stop function decides: its phase permits, and it counts in the mode. One that does not count stops nothing. */
function decides(context: Context, product: Product, { name, modes }: StopFunctionModel) {
  const found = product.phasesOf(name);
  const permits = Uint8Array.from(found?.phases ?? [], (phase) => (phase === 'permitted' ? 1 : 0));
  const modeOf = modeIn(context, product);
  const part = found?.part ?? 0;
  const counts = (tuple: Int32Array): boolean => {
    const mode = modes === undefined ? undefined : modeOf(tuple);
    return modes === undefined || (mode !== undefined && modes.includes(mode));
  };
  return { counts, permits: (tuple: Int32Array): boolean => permits[tuple[part] as number] === 1 && counts(tuple) };
}

/**
 * Remembers whether a reset button has been pressed freshly since the stop was last asked for: the press came after the demand,
 * the trip and the power-up, and the button had been seen released before it. One that is pressed when it can first be read, or is
 * held or stuck, is no press. A change of mode is no trip: it takes the power away by itself until the unit is reset.
 *
 * Each demand is asked for by itself: that a press came after every one of them says that it came after the last.
 *
 * State: bit 0 pressed since, bit i + 1 button i was seen released in the last step.
 */
function restartMonitor(context: Context, product: Product, stop: StopFunctionModel, watched: Watched): Monitor {
  const { resets, trips } = watched;
  const { counts, permits } = decides(context, product, stop);
  const masks = (value: number): Int32Array =>
    Int32Array.from({ length: product.letters }, (_, letter) =>
      resets.reduce((mask, name, bit) => mask | (product.valueOf(letter, name) === value ? 2 << bit : 0), 0),
    );
  const [released, pressed] = [masks(OPEN), masks(CLOSED)];
  return {
    states: 2 ** (resets.length + 1),
    step: (state, letter, before, after, isMarked) => {
      const was = permits(before);
      const is = permits(after);
      const isPressed = ((pressed[letter] as number) & state) !== 0 || (state & 1) === 1;
      if (is && !was && !isPressed) return -1;
      const isTrip = trips && was && !is && counts(after);
      return (released[letter] as number) + (isPressed && !isMarked && !isTrip ? 1 : 0);
    },
  };
}

/** Inputs behind blocks that release by themselves, where the file says that nobody can stand behind what they watch. */
function releasedByThemselves(context: Context, { name }: StopFunctionModel): ReadonlySet<string> {
  const blocks = coneOf(context.wiring, [name]).parts.flatMap((part) =>
    context.cell.safety.blocks.filter((block) => part.kind === 'block' && block.name === part.name),
  );
  const declared = blocks.filter(
    (block) => 'fullBodyAccess' in block && block.autoReset === true && !block.fullBodyAccess,
  );
  const inputs = declared.flatMap((block) => coneOf(context.wiring, [], { blocks: [block.name] }).inputs);
  return new Set(inputs);
}

function demandsOn(safety: SafetyModel, stop: string): readonly Demand[] {
  return demandsOf(safety).filter(({ stops }) => stops.includes(stop));
}

/** The worst of several explorations, the nearest to power-up where there are several. */
interface Worst {
  readonly outcome: Outcome;
  readonly product: Product | undefined;
}

const NOTHING_FREE = (): boolean => false;

/** Asks for a press after each demand, and where there are none after the trip and the power-up alone. */
function explored(context: Context, stop: StopFunctionModel, demands: readonly Demand[], trips: boolean): Worst {
  const sinces: readonly Since[] =
    demands.length === 0 ? [{ demand: undefined, trips }] : demands.map((demand) => ({ demand, trips }));
  const all = sinces.map((since): Worst => {
    const mark = since.demand === undefined ? undefined : markOf(since.demand);
    const tests = since.demand?.tests ?? [];
    const explore = (
      free: (block: string) => boolean,
      pick: (resets: readonly string[]) => readonly string[],
    ): Worst => {
      const cone = productFor(context, [stop.name], { free });
      const inputs = cone === undefined ? [] : pick(resetsOf(cone));
      const product = productFor(context, [stop.name], { inputs, mark, tests, free });
      return {
        product,
        outcome: run(context, product, (made) =>
          excusingTests(made, tests, restartMonitor(context, made, stop, { ...since, resets: inputs })),
        ),
      };
    };
    // What holds whatever other blocks say, with presses of the last reset alone, holds; what that refutes need not be so.
    const near = explore(farFrom(context, since.demand === undefined ? [] : inputsOf(since.demand)), (resets) =>
      resets.slice(-1),
    );
    return near.outcome.kind === 'complete' ? near : explore(NOTHING_FREE, (resets) => resets);
  });
  const ranks = { found: 0, cut: 1, complete: 2 } as const;
  const first = all.toSorted(
    (a, b) => ranks[a.outcome.kind] - ranks[b.outcome.kind] || a.outcome.depth - b.outcome.depth,
  )[0] as Worst;
  const sum = (pick: (each: Outcome) => number): number => all.reduce((total, each) => total + pick(each.outcome), 0);
  const totals = { states: sum(({ states }) => states), transitions: sum(({ transitions }) => transitions) };
  return { ...first, outcome: { ...first.outcome, ...totals } };
}

/**
 * What may release by itself needs a press after the power-up and after every other demand; and the unit waits for its own reset.
 * @returns undefined when the file says it of nothing
 */
function checkDeclared(context: Context, stop: StopFunctionModel, unit: readonly Finding[]): Finding | undefined {
  const inputs = releasedByThemselves(context, stop);
  if (inputs.size === 0) return undefined;
  const demands = demandsOn(context.cell.safety, stop.name).filter(({ input }) => !inputs.has(input));
  const { outcome } = explored(context, stop, demands, false);
  if (outcome.kind === 'found') return undefined;
  const isWaiting = unit.every(({ verdict }) => verdict === 'proved');
  const asked = demandsOn(context.cell.safety, stop.name).flatMap(({ input }) => (inputs.has(input) ? [input] : []));
  const subject: Subject = { stop: stop.name, inputs: asked, reset: context.cell.safety.reset };
  const found = verdictOf('restart-at-unit', subject, outcome);
  return isWaiting ? found : { ...found, verdict: 'incomplete' };
}

function checkStop(context: Context, stop: StopFunctionModel, unit: readonly Finding[]): Finding {
  const { name } = stop;
  const { outcome, product } = explored(context, stop, demandsOn(context.cell.safety, name), true);
  const whole = productFor(context, [name]);
  const subject = { stop: name, resets: whole === undefined ? [] : resetsOf(whole) };
  if (outcome.kind !== 'found' || product === undefined) return verdictOf('no-restart', subject, outcome);
  const declared = checkDeclared(context, stop, unit);
  if (declared !== undefined) return declared;
  const trace = traceOf(product, outcome.moves, playgroundOf(context), (_, last) =>
    last.some(({ kind, name: who, value }) => kind === 'stop' && who === name && value === 'permitted'),
  );
  return finding('no-restart', subject, { verdict: 'refuted', explored: exploredOf(outcome), trace });
}

/** An enabling device gives the power back by itself, and nothing moves by that: jogging begins anew. */
export function checkRestart(context: Context): readonly Finding[] {
  const unit = checkUnit(context);
  const stops = context.cell.safety.stopFunctions.filter(({ role }) => role !== 'enabling');
  return [...stops.map((stop) => checkStop(context, stop, unit)), ...unit];
}
