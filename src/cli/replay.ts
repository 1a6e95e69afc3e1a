// `celda sim --replay`: shows a counter-example happen, or not happen any more, in a simulated cell.
import { setTimeout as sleep } from 'node:timers/promises';
import { readCounterExample } from '../app/counter-examples.ts';
import { loadCheckedCell } from '../app/load-checked-cell.ts';
import { EXIT_CODES, OperatorError } from '../app/operator-error.ts';
import type { Locale } from '../config/problem.ts';
import { sentenceOf, showChange } from '../verify/show.ts';
import type { CommandContext } from './command.ts';

const TEXTS = {
  en: {
    other: 'the counter-example is of another configuration of the cell',
    foreign: (file: string, of: string, cell: string) =>
      `${file} is a counter-example of the cell ${of}, not of ${cell}`,
    ownCell: 'give the file of the cell that celda verify refuted, mended or not',
    unseen: 'over before the cell was looked at again: its blocks are not shown',
    happened: 'this must not be: the cell ended as the counter-example says',
    not: 'the cell did not end as the counter-example says',
  },
  es: {
    other: 'el contraejemplo es de otra configuración de la celda',
    foreign: (file: string, of: string, cell: string) => `${file} es un contraejemplo de la celda ${of}, no de ${cell}`,
    ownCell: 'indique el archivo de la celda que celda verify refutó, corregida o no',
    unseen: 'pasó antes de que se volviera a mirar la celda: sus bloques no se muestran',
    happened: 'esto no debe ocurrir: la celda terminó como dice el contraejemplo',
    not: 'la celda no terminó como dice el contraejemplo',
  },
} as const satisfies Record<Locale, object>;

export async function replayCounterExample(
  cellPath: string,
  file: string,
  { seed, locale }: { readonly seed: number; readonly locale: Locale },
  { console }: CommandContext,
): Promise<number> {
  const { cell, configHash, finding } = readCounterExample(file, locale);
  const texts = TEXTS[locale];
  const given = loadCheckedCell(cellPath, locale);
  if (given.name !== cell) throw new OperatorError(texts.foreign(file, cell, given.name), texts.ownCell);
  if (given.configHash !== configHash) console.note(console.style('yellow', texts.other));
  const { replayInSimulation } = await import('../../sim/main.ts');
  console.print(sentenceOf(finding, locale));
  const { isReproduced } = await replayInSimulation(cellPath, seed, finding, {
    pace: (ms) => sleep(ms),
    onMoment: ({ atMs, changes, codes }) => {
      console.print(`${`${atMs} ms`.padStart(12)}  ${changes.map((each) => showChange(each, locale)).join(', ')}`);
      const blocks = Object.entries(codes ?? {}).map(([block, code]) => `${block} ${code}`);
      console.print(`${' '.repeat(12)}    -> ${codes === undefined ? texts.unseen : blocks.join(', ')}`);
    },
  });
  console.print(console.style(isReproduced ? 'red' : 'green', isReproduced ? texts.happened : texts.not));
  return isReproduced ? EXIT_CODES.failed : EXIT_CODES.ok;
}
