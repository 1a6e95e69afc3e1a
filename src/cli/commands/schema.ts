// `celda schema`: the JSON Schema of a cell file, for editors.
import type { Command } from 'commander';
import { EXIT_CODES } from '../../app/operator-error.ts';
import { act, type CommandContext, examples } from '../command.ts';

export function addSchemaCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('schema')
    .description('print the JSON Schema of a cell file, for editors')
    .action(() =>
      act(context, true, async () => {
        const { cellJsonSchema } = await import('../../config/schema.ts');
        context.console.print(JSON.stringify(cellJsonSchema(), undefined, 2));
        return EXIT_CODES.ok;
      }),
    );
  examples(command, [
    'celda schema > cell.schema.json',
    '# then, in the first line of cell.yaml: # yaml-language-server: $schema=cell.schema.json',
  ]);
}
