// `celda work-master`: which work masters a cell has, drafts checked against it, versions retired and reinstated.
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { OperatorError } from '../../app/operator-error.ts';
import type { WorkMasterView } from '../../app/unit-client.ts';
import { type CallOptions, callCell, callCommand } from '../cell-call.ts';
import { type CommandContext, examples } from '../command.ts';
import { workMasterLine } from '../unit-text.ts';

interface ChangeOptions extends CallOptions {
  readonly comment: string;
}

export function addWorkMasterCommand(program: Command, context: CommandContext): void {
  const masters = program
    .command('work-master')
    .description('work masters of a cell: list, show, check a draft, retire and reinstate');
  const list = callCommand(masters.command('list'), 'show all, also retired ones').action((options: CallOptions) =>
    callCell(options, context, async ({ client, taken, show }) => {
      const all = taken(await client.workMasters());
      show(all, linesOf(all, options));
    }),
  );
  examples(list, ['celda work-master list', 'celda work-master list --json']);
  const get = callCommand(masters.command('get'), 'show one')
    .argument('<id>', 'id of the work master')
    .argument('[version]', 'default: the one that takes orders', '')
    .action((id: string, version: string, options: CallOptions) =>
      callCell(options, context, async ({ client, taken, show }) => {
        const one = taken(await client.workMaster(id, version));
        show(one, [...linesOf([one], options), `${one.hash}  ${one.parameters.join(' ')}`.trimEnd()]);
      }),
    );
  examples(get, ['celda work-master get pick-and-place 1.0.0 --json']);
  addCheck(masters, context);
  addChange(masters, context, 'retire', 'let it take no new job orders');
  addChange(masters, context, 'reinstate', 'let a retired one take job orders again');
}

function linesOf(masters: readonly WorkMasterView[], { locale }: CallOptions): readonly string[] {
  return masters.map((each) => workMasterLine(each, locale));
}

function addCheck(masters: Command, context: CommandContext): void {
  const check = callCommand(masters.command('check'), 'say whether the cell could run a draft; nothing is stored')
    .argument('<id>', 'id of the work master')
    .argument('<file>', 'YAML of one work master, as in cell.yaml')
    .action((id: string, file: string, options: CallOptions) =>
      callCell(options, context, async ({ client, taken, show }) => {
        const view = taken(await client.check(id, await readDraft(file)));
        show(view, [`${view.id} ${view.version}  ${view.hash}`]);
      }),
    );
  examples(check, ['celda work-master check pick-and-place draft.yaml']);
}

async function readDraft(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(reason, 'give the file of the draft');
  }
}

function addChange(masters: Command, context: CommandContext, name: 'retire' | 'reinstate', description: string): void {
  const change = callCommand(masters.command(name), description)
    .argument('<id>', 'id of the work master')
    .argument('<version>', 'its version')
    .option('--comment <text>', 'why: kept with it and in the audit trail', '')
    .action((id: string, version: string, options: ChangeOptions) =>
      callCell(options, context, async ({ client, taken, show }) => {
        const changed = taken(await client[name](id, version, options.comment));
        show(changed, linesOf([changed], options));
      }),
    );
  examples(change, [`celda work-master ${name} pick-and-place 1.0.0 --comment "first series is over"`]);
}
