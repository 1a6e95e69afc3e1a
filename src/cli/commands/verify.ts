// `celda verify`: proves or refutes what the safety wiring of a cell is for.
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { Locale } from '../../config/problem.ts';
import { DEFAULT_LIMITS } from '../../verify/default-limits.ts';
import type { Verification } from '../../verify/result.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { localeOption } from '../options.ts';

interface VerifyOptions {
  readonly json?: boolean;
  readonly out?: string;
  readonly locale: Locale;
  readonly maxStates: number;
  readonly memoryMib: number;
  readonly maxTransitions: number;
}

/** Bounds of the options: what fits into the numbers of an exploration. */
const STATES_MAX = 100_000_000;
const MEMORY_MAX_MIB = 65_536;
const TRANSITIONS_MAX = 1_000_000_000_000;

function wholeNumber(max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < 1 || value > max) {
      throw new InvalidArgumentError(`expected a whole number, 1 to ${max}`);
    }
    return value;
  };
}

export function addVerifyCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('verify')
    .description('prove or refute what the safety wiring of a cell is for, over every state that it can reach')
    .argument('<cell.yaml>', 'the cell')
    .option('--json', 'the result as JSON')
    .option('--out <folder>', 'write each counter-example: JSON for `celda sim --replay`, and a timeline as SVG')
    .option(
      '--max-states <count>',
      'states of one exploration at most',
      wholeNumber(STATES_MAX),
      DEFAULT_LIMITS.statesMax,
    )
    .option(
      '--memory-mib <mib>',
      'memory of one exploration at most',
      wholeNumber(MEMORY_MAX_MIB),
      DEFAULT_LIMITS.memoryMib,
    )
    .option(
      '--max-transitions <count>',
      'transitions of one exploration at most',
      wholeNumber(TRANSITIONS_MAX),
      DEFAULT_LIMITS.transitionsMax,
    )
    .addOption(localeOption())
    .action((path: string, options: VerifyOptions) =>
      act(context, options.json === true, () => verify(path, options, context)),
    );
  examples(command, [
    'celda verify cells/pick-and-place/cell.yaml',
    'celda verify cell.yaml --locale es',
    'celda verify cell.yaml --out refuted   # then: celda sim cell.yaml --replay refuted/counterexample-1.json',
    'celda verify cell.yaml --json > verified.json',
  ]);
}

/** 0 proved, 1 refuted, 3 neither: a limit was reached first. */
const EXIT_BY_VERDICT = {
  proved: EXIT_CODES.ok,
  refuted: EXIT_CODES.failed,
  incomplete: EXIT_CODES.unreachable,
} as const;

async function verify(path: string, options: VerifyOptions, context: CommandContext): Promise<number> {
  const [
    { recordCommand },
    { journalPath },
    { loadCheckedCell },
    { keepVerification },
    { verifyRecord },
    { verifyCell },
  ] = await Promise.all([
    import('../../app/command-record.ts'),
    import('../../app/journal-place.ts'),
    import('../../app/load-checked-cell.ts'),
    import('../../app/verified.ts'),
    import('../../app/verify-record.ts'),
    import('../../verify/verify.ts'),
  ]);
  const cell = loadCheckedCell(path, options.locale);
  const result = verifyCell(cell, limitsOf(options, context), () => performance.now());
  try {
    keepVerification(path, result);
    recordCommand(journalPath(path), verifyRecord(result), {
      locale: options.locale,
      note: (line) => context.console.note(line),
    });
  } catch (error) {
    // The result counts all the same for whoever reads it here.
    context.console.note(context.console.style('yellow', `celda: the result could not be kept: ${String(error)}`));
  }
  await show(result, options, context);
  if (options.out !== undefined) {
    const { writeCounterExamples } = await import('../../app/counter-examples.ts');
    for (const file of writeCounterExamples(options.out, result, options.locale)) context.console.note(file);
  }
  return EXIT_BY_VERDICT[result.verdict];
}

function limitsOf({ maxStates, memoryMib, maxTransitions }: VerifyOptions, { console }: CommandContext) {
  const onProgress = ({ states, depth }: { readonly states: number; readonly depth: number }): void => {
    console.note(console.style('dim', `${states} states, ${depth} steps deep`));
  };
  return { statesMax: maxStates, memoryMib, transitionsMax: maxTransitions, onProgress };
}

async function show(result: Verification, { json, locale }: VerifyOptions, { console }: CommandContext): Promise<void> {
  if (json === true) {
    console.json(result);
    return;
  }
  const { showVerification } = await import('../../verify/show.ts');
  for (const line of showVerification(result, locale)) console.print(line);
}
