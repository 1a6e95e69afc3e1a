// `celda job`: submits job orders and shows what became of them, over gRPC like any MES.
import type { Command } from 'commander';
import { act, type CommandContext, examples } from '../command.ts';
import type { ClientOptions, JobActions, SubmitOptions } from '../job-actions.ts';
import { collectPair, localeOption, readPriority, withAddress } from '../options.ts';

export function addJobCommand(program: Command, context: CommandContext): void {
  const job = program.command('job').description('submit, show, follow, abort and resume job orders');
  addSubmit(job, context);
  addList(job, context);
  addGet(job, context);
  addWatch(job, context);
  addAbort(job, context);
  addResume(job, context);
}

function clientCommand(parent: Command, name: string, description: string): Command {
  return withAddress(parent.command(name).description(description))
    .addOption(localeOption())
    .option('--json', 'result as JSON');
}

function addSubmit(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'submit', 'store a job order and let it run')
    .argument('<work-master>', 'what to do')
    .option('-p, --param <name=value>', 'parameter of the work master; repeat for each', collectPair, {})
    .option('--id <id>', 'id of the job order, unique in the cell (default: made from the time)')
    .option('--description <text>', 'for people', '')
    .option('--priority <number>', 'larger is more urgent', readPriority, 0)
    .option('--wait', 'follow it until it ends or is interrupted: 0 when Ended/Completed, 1 otherwise')
    .action((workMasterId: string, options: SubmitOptions) =>
      perform(options, context, (actions) => actions.submit(workMasterId, options)),
    );
  examples(command, [
    'celda job submit pick-and-place -p count=3 --wait',
    'celda job submit pick-and-place -p count=10 -p speed=50 --id order-4711 --json',
  ]);
}

function addList(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'list', 'show all job orders').action((options: ClientOptions) =>
    perform(options, context, (actions) => actions.list()),
  );
  examples(command, ['celda job list', 'celda job list --json']);
}

function addGet(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'get', 'show one job order')
    .argument('<id>', 'id of the job order')
    .action((id: string, options: ClientOptions) => perform(options, context, (actions) => actions.get(id)));
  examples(command, ['celda job get order-4711', 'celda job get order-4711 --json']);
}

function addWatch(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'watch', 'follow a job order until it ends or is interrupted, or all until Ctrl-C')
    .argument('[id]', 'id of the job order')
    .action((id: string | undefined, options: ClientOptions) =>
      perform(options, context, (actions) => actions.watch(id)),
    );
  examples(command, ['celda job watch order-4711', 'celda job watch --json']);
}

function addAbort(job: Command, context: CommandContext): void {
  const command = clientCommand(
    job,
    'abort',
    'give a job order up; a running one stops under control, actuators stay on',
  )
    .argument('<id>', 'id of the job order')
    .option('--comment <text>', 'why', '')
    .action((id: string, options: ClientOptions & { readonly comment: string }) =>
      perform(options, context, (actions) => actions.abort(id, options.comment)),
    );
  examples(command, ['celda job abort order-4711 --comment "wrong material"']);
}

function addResume(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'resume', 'let an interrupted job order go on, after a reset at the cell')
    .argument('<id>', 'id of the job order')
    .option(
      '--acknowledge <digest>',
      'the cell is not as the order left it, and that is known: as the refusal says',
      '',
    )
    .action((id: string, options: ClientOptions & { readonly acknowledge: string }) =>
      perform(options, context, (actions) => actions.resume(id, options.acknowledge)),
    );
  examples(command, ['celda job resume order-4711', 'celda job resume order-4711 --acknowledge 1f2e3d4c']);
}

/** gRPC is loaded only for what needs it: help and refusals come at once. */
function perform(
  options: ClientOptions,
  context: CommandContext,
  action: (actions: JobActions) => Promise<number>,
): Promise<void> {
  return act(context, options.json === true, async () => {
    const { openJobActions } = await import('../job-actions.ts');
    const actions = openJobActions(options, context.console);
    try {
      return await action(actions);
    } finally {
      actions.close();
    }
  });
}
