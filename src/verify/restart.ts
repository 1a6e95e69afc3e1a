// Property 2, of the wiring: a stop function permits again, or for the first time, only by a fresh press of a reset button.
import { type Context, exploredOf, playgroundOf, productFor, resetsOf, run, verdictOf } from './context.ts';
import type { Monitor } from './explore.ts';
import { demandsOf, isStanding } from './meaning.ts';
import { lettersWhere } from './never.ts';
import { CLOSED, OPEN } from './part.ts';
import type { Product } from './product.ts';
import { type Finding, finding } from './result.ts';
import { traceOf } from './trace.ts';

/**
 * Remembers whether a reset button has been pressed freshly since the stop was last asked for: the press came after the demand,
 * the trip and the power-up, and the button had been seen released before it. One that is pressed when it can first be read, or is
 * held or stuck, is no press.
 *
 * State: bit 0 pressed since, bit i + 1 button i was seen released in the last step.
 */
function restartMonitor(context: Context, product: Product, stop: string): Monitor {
  const resets = resetsOf(product);
  const found = product.phasesOf(stop);
  if (found === undefined) return { states: 1, step: () => 0 };
  const permits = Uint8Array.from(found.phases, (phase) => (phase === 'permitted' ? 1 : 0));
  const masks = (value: number): Int32Array =>
    Int32Array.from({ length: product.letters }, (_, letter) =>
      resets.reduce((mask, name, bit) => mask | (product.valueOf(letter, name) === value ? 2 << bit : 0), 0),
    );
  const [released, pressed] = [masks(OPEN), masks(CLOSED)];
  const demands = demandsOf(context.cell.safety).filter(({ stops }) => stops.includes(stop));
  const asked = lettersWhere(product, (letter) => demands.some((demand) => isStanding(product, demand, letter)));
  return {
    states: 2 ** (resets.length + 1),
    step: (state, letter, before, after) => {
      const was = permits[before[found.part] as number];
      const is = permits[after[found.part] as number];
      const isPressed = ((pressed[letter] as number) & state) !== 0 || (state & 1) === 1;
      if (is === 1 && was === 0 && !isPressed) return -1;
      const counts = isPressed && asked[letter] === 0 && !(was === 1 && is === 0);
      return (released[letter] as number) + (counts ? 1 : 0);
    },
  };
}

export function checkRestart(context: Context): readonly Finding[] {
  return context.cell.safety.stopFunctions.map(({ name: stop }) => {
    const product = productFor(context, [stop]);
    const outcome = run(context, product, (made) => restartMonitor(context, made, stop));
    const subject = { stop, resets: product === undefined ? [] : resetsOf(product) };
    if (outcome.kind !== 'found' || product === undefined) return verdictOf('no-restart', subject, outcome);
    const trace = traceOf(product, outcome.letters, playgroundOf(context), (_, last) =>
      last.some(({ kind, name, value }) => kind === 'stop' && name === stop && value === 'permitted'),
    );
    return finding('no-restart', subject, { verdict: 'refuted', explored: exploredOf(outcome), trace });
  });
}
