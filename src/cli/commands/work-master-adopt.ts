// `celda work-master adopt`: brings an approved work master into the file of the cell, on its machine.
import type { Command } from 'commander';
import type { AdoptedView } from '../../app/adopt-work-master.ts';
import { EXIT_CODES, OperatorError } from '../../app/operator-error.ts';
import type { WholeWorkMasterView } from '../../app/unit-client.ts';
import type { Locale } from '../../config/problem.ts';
import { type CallOptions, type CellCall, callCell, callCommand } from '../cell-call.ts';
import { type CommandContext, examples } from '../command.ts';

interface AdoptOptions extends CallOptions {
  readonly dryRun?: boolean;
}

const WORDS = {
  en: {
    adopted: 'adopted into',
    would: 'would be adopted into',
    same: 'is in this file already',
    instead: 'in the place of',
    next: [
      'next: celda check, celda verify and celda commission for the new configuration, as the cell requires it;',
      'then start the cell again: the work master is active once the cell runs with this file',
    ],
    open: (count: number, version: string) => [
      `open job orders for ${version}: ${count}; with this file the cell does not run them, they wait with [6001]:`,
      'let them end before it is started again; after that update or cancel them (celda job update, cancel), and abort interrupted ones',
    ],
    none: 'no approved version waits to be adopted',
    see: 'see celda work-master list; another person approves a draft with celda work-master approve',
  },
  es: {
    adopted: 'adoptado en',
    would: 'se adoptaría en',
    same: 'ya está en este archivo',
    instead: 'en lugar de',
    next: [
      'sigue: celda check, celda verify y celda commission para la nueva configuración, como lo pida la celda;',
      'luego arranque la celda de nuevo: el maestro queda activo cuando la celda corre con este archivo',
    ],
    open: (count: number, version: string) => [
      `órdenes abiertas para ${version}: ${count}; con este archivo la celda no las ejecuta, esperan con [6001]:`,
      'deje que terminen antes de arrancarla de nuevo; después actualícelas o cancélelas (celda job update, cancel), y aborte las interrumpidas',
    ],
    none: 'ninguna versión aprobada espera ser adoptada',
    see: 'vea celda work-master list; otra persona aprueba un borrador con celda work-master approve',
  },
} as const satisfies Record<Locale, object>;

export function addAdopt(masters: Command, context: CommandContext): void {
  const command = callCommand(masters.command('adopt'), "write an approved work master into the cell's file")
    .argument('<cell.yaml>', 'file of the cell, on this machine')
    .argument('<id>', 'id of the work master')
    .argument('[version]', "default: the newest approved one, when it is newer than the one of the cell's file", '')
    .option('--dry-run', 'show what would change in the file, and write nothing')
    .action((cellPath: string, id: string, version: string, options: AdoptOptions) =>
      callCell(options, context, async (call) => {
        const { adopt, readCellFile } = await import('../../app/adopt-work-master.ts');
        // A file that is not there is told first, whatever the cell would say.
        readCellFile(cellPath);
        const approved = await approvedOf(call, { id, version }, options.locale);
        const { dryRun: isDryRun = false, locale } = options;
        const ordered = call.taken(await call.client.orderedVersions(id));
        const adopted = adopt({
          cellPath,
          approved,
          ordered,
          isDryRun,
          locale,
          note: (line) => context.console.note(line),
        });
        call.show(adopted, linesOf(adopted, isDryRun, locale));
      }),
    );
  examples(command, [
    'celda work-master adopt cell.yaml pick-and-place --dry-run',
    'celda work-master adopt cell.yaml pick-and-place 1.1.0',
  ]);
}

async function approvedOf(
  { client, taken }: CellCall,
  { id, version }: Pick<WholeWorkMasterView, 'id' | 'version'>,
  locale: Locale,
): Promise<WholeWorkMasterView> {
  if (version !== '') return taken(await client.workMaster(id, version));
  const ofId = taken(await client.workMasters()).filter((each) => each.id === id && each.state !== 'draft');
  const newest = ofId.reduce((best, each) => (isNewer(each, best) ? each : best), ofId[0]);
  if (newest?.state === 'approved') return taken(await client.workMaster(id, newest.version));
  throw new OperatorError(WORDS[locale].none, WORDS[locale].see, EXIT_CODES.failed);
}

function isNewer(one: { readonly version: string }, other: { readonly version: string } | undefined): boolean {
  return other === undefined || one.version.localeCompare(other.version, 'en', { numeric: true }) > 0;
}

function linesOf(adopted: AdoptedView, isDryRun: boolean, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const { change, file, id, openOrders, version, versionBefore } = adopted;
  if (change.lines.length === 0) return [`${id} ${version} ${words.same}: ${file}`];
  const before = versionBefore === null ? '' : `, ${words.instead} ${versionBefore}`;
  const told = `${id} ${version} ${isDryRun ? words.would : words.adopted} ${file}:${change.line}${before}`;
  const open = openOrders === 0 || versionBefore === null ? [] : words.open(openOrders, versionBefore);
  return [told, ...(isDryRun ? change.lines : words.next), ...open];
}
