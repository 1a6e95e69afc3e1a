// `celda check`: is this file a cell?
import type { Command } from 'commander';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { loadCell } from '../../config/load.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { localeOption } from '../options.ts';

export function addCheckCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('check')
    .description('check a cell file and show every problem it has')
    .argument('<cell.yaml>', 'file to check')
    .addOption(localeOption())
    .option('--json', 'problems as JSON')
    .action((path: string, options: { readonly locale: Locale; readonly json?: boolean }) =>
      act(context, options.json === true, () => check(path, options, context)),
    );
  examples(command, [
    'celda check cells/pick-and-place/cell.yaml',
    'celda check cell.yaml --locale es',
    'celda check cell.yaml --json',
  ]);
}

const SUMMARIES: Readonly<Record<Locale, { good: (name: string) => string; bad: (count: number) => string }>> = {
  en: {
    good: (name) => `the cell ${name} is well described`,
    bad: (count) => (count === 1 ? '1 problem' : `${count} problems`),
  },
  es: {
    good: (name) => `la celda ${name} está bien descrita`,
    bad: (count) => (count === 1 ? '1 problema' : `${count} problemas`),
  },
};

async function check(
  path: string,
  options: { readonly locale: Locale; readonly json?: boolean },
  { console }: CommandContext,
): Promise<number> {
  const [config, { verifiedLine, verifiedState }, { formatProblem }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../app/verified.ts'),
    import('../../config/problem.ts'),
  ]);
  const loaded = config.loadCell(path);
  const { locale } = options;
  if (options.json === true) {
    console.json(
      loaded.ok
        ? { ok: true, cell: { ...summary(loaded.value), verified: verifiedState(loaded.value, path) } }
        : { ok: false, problems: loaded.error },
    );
  } else if (loaded.ok) {
    console.print(`${path}: ${SUMMARIES[locale].good(loaded.value.name)}`);
    console.print(verifiedLine(loaded.value, path, locale));
  } else {
    for (const problem of loaded.error) console.print(formatProblem(problem, locale));
    console.note(`${path}: ${SUMMARIES[locale].bad(loaded.error.length)}`);
  }
  return loaded.ok ? EXIT_CODES.ok : EXIT_CODES.usage;
}

function summary(cell: Extract<ReturnType<typeof loadCell>, { ok: true }>['value']) {
  const { name, configHash, boards, devices, packml, safety, workMasters, programs } = cell;
  return {
    name,
    configHash,
    boards: boards.map((board) => board.name),
    devices: devices.map((device) => device.name),
    workMasters: workMasters.map(({ id, version }) => ({ id, version })),
    programs: programs.map((each) => each.name),
    packmlEdition: packml.edition,
    requireCommissioned: safety.requireCommissioned === true,
    requireVerified: safety.requireVerified === true,
  };
}
