// What a cell that has started says of the job orders that were interrupted before: a person decides about each, and nothing else begins it.
import type { InterruptedOrder } from '../app/interrupted-orders.ts';
import type { Locale } from '../config/problem.ts';

/** More are told by `celda job list`. */
const SHOWN_MAX = 3;

const WORDS = {
  en: {
    interrupted: (order: string, parts: string) => `job order ${order} is interrupted: ${parts}`,
    parts: (produced: number, good: number) => `${produced} produced, of which good ${good}`,
    stood: (step: string) => `it stood at "${step}"`,
    done: 'all its steps were done',
    cannot: 'it cannot go on: celda job get tells why',
    decide: 'look at the cell, press the reset button at the cell, and decide:',
    goOn: 'it goes on from there',
    giveUp: 'it is given up',
    more: (count: number) => `${count} more are interrupted: celda job list`,
  },
  es: {
    interrupted: (order: string, parts: string) => `la orden ${order} está interrumpida: ${parts}`,
    parts: (produced: number, good: number) => `producidas ${produced}, de ellas buenas ${good}`,
    stood: (step: string) => `quedó en "${step}"`,
    done: 'todos sus pasos estaban hechos',
    cannot: 'no puede continuar: celda job get dice por qué',
    decide: 'mire la celda, presione el rearme en la celda y decida:',
    goOn: 'continúa desde ahí',
    giveUp: 'se abandona',
    more: (count: number) => `hay otras ${count} interrumpidas: celda job list`,
  },
} as const satisfies Readonly<Record<Locale, object>>;

/**
 * @param orders the oldest first
 * @param connection options that reach the cell, with a space before each; empty: it is where commands look for it by themselves
 * @returns none when there is nothing to decide
 */
export function interruptedLines(
  orders: readonly InterruptedOrder[],
  connection: string,
  locale: Locale,
): readonly string[] {
  const words = WORDS[locale];
  const more = orders.length - SHOWN_MAX;
  return [
    ...orders.slice(0, SHOWN_MAX).flatMap((order) => orderLines(order, connection, locale)),
    ...(more > 0 ? [words.more(more) + connection] : []),
  ];
}

function orderLines(order: InterruptedOrder, connection: string, locale: Locale): readonly string[] {
  const { canGoOn, goodQuantity, jobOrderId, producedQuantity, step, workMasterId } = order;
  const words = WORDS[locale];
  const stood = step === '' ? words.done : words.stood(step);
  const parts = `${words.parts(producedQuantity, goodQuantity)}; ${canGoOn ? stood : words.cannot}`;
  const commands: readonly (readonly [string, string])[] = [
    ...(canGoOn ? ([['resume', words.goOn]] as const) : []),
    ['abort', words.giveUp],
  ];
  return [
    words.interrupted(`${jobOrderId} (${workMasterId})`, parts),
    words.decide,
    ...commands.map(([command, what]) => `  celda job ${command} ${jobOrderId}${connection}   # ${what}`),
  ];
}
