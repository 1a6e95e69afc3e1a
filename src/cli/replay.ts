// `celda sim --replay`: shows a counter-example happen, or not happen any more, in a simulated cell.
import { setTimeout as sleep } from 'node:timers/promises';
import { readCounterExample } from '../app/counter-examples.ts';
import { loadCheckedCell } from '../app/load-checked-cell.ts';
import { EXIT_CODES } from '../app/operator-error.ts';
import type { Locale } from '../config/problem.ts';
import { sentenceOf, showChange } from '../verify/show.ts';
import type { CommandContext } from './command.ts';

const TEXTS = {
  en: {
    other: 'the counter-example is of another configuration of the cell',
    happened: 'this must not be: the cell ended as the counter-example says',
    not: 'the cell did not end as the counter-example says',
  },
  es: {
    other: 'el contraejemplo es de otra configuración de la celda',
    happened: 'esto no debe ocurrir: la celda terminó como dice el contraejemplo',
    not: 'la celda no terminó como dice el contraejemplo',
  },
} as const satisfies Record<Locale, Record<string, string>>;

export async function replayCounterExample(
  cellPath: string,
  file: string,
  { seed, locale }: { readonly seed: number; readonly locale: Locale },
  { console }: CommandContext,
): Promise<number> {
  const { configHash, finding } = readCounterExample(file);
  const texts = TEXTS[locale];
  if (loadCheckedCell(cellPath, locale).configHash !== configHash) console.note(console.style('yellow', texts.other));
  const { replayInSimulation } = await import('../../sim/main.ts');
  console.print(sentenceOf(finding, locale));
  const { isReproduced } = await replayInSimulation(cellPath, seed, finding, {
    pace: (ms) => sleep(ms),
    onMoment: ({ atMs, changes, codes }) => {
      console.print(`${`${atMs} ms`.padStart(12)}  ${changes.map((each) => showChange(each, locale)).join(', ')}`);
      const blocks = Object.entries(codes).map(([block, code]) => `${block} ${code}`);
      console.print(`${' '.repeat(12)}    -> ${blocks.join(', ')}`);
    },
  });
  console.print(console.style(isReproduced ? 'red' : 'green', isReproduced ? texts.happened : texts.not));
  return isReproduced ? EXIT_CODES.failed : EXIT_CODES.ok;
}
