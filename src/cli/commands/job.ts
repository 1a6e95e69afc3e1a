// `celda job`: submits job orders and shows what became of them, over gRPC like any MES.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ChangeNote, JobCommandName } from '../../app/job-client.ts';
import type { ListFilter } from '../../app/job-filter.ts';
import { JOB_STATE_NAMES } from '../../app/state-text.ts';
import { act, type CommandContext, examples } from '../command.ts';
import type { ClientOptions, JobActions, ListOptions, SubmitOptions } from '../job-actions.ts';
import { collectPair, localeOption, readCount, readPriority, readTime, withAddress } from '../options.ts';

const LIST_ORDERS: readonly NonNullable<ListFilter['orderBy']>[] = ['store_time', 'start_time', 'end_time', 'priority'];

export function addJobCommand(program: Command, context: CommandContext): void {
  const job = program
    .command('job')
    .description('job orders: store, let run, change, interrupt, end, show and follow them');
  addSubmit(job, context);
  addList(job, context);
  addGet(job, context);
  addWatch(job, context);
  addStore(job, context);
  addUpdate(job, context);
  addChanges(job, context);
  addResume(job, context);
  addResponse(job, context);
  addAcknowledge(job, context);
}

/** Methods that name an order and change it. */
function addChanges(job: Command, context: CommandContext): void {
  const start = notedCommand(job, 'start', 'let a stored job order run as soon as the cell can');
  change('start', start, ' order-4711', context);
  const revoke = notedCommand(job, 'revoke', 'take the leave to run back from a job order that has not begun');
  change('revoke', revoke, ' order-4711', context);
  const pause = notedCommand(
    job,
    'pause',
    'interrupt a running job order: the unit ramps down and holds, parts stay gripped',
  );
  change('pause', pause, ' order-4711 --comment "change of shift"', context);
  const stop = notedCommand(job, 'stop', 'end a running or interrupted job order early, with what it has produced');
  change('stop', stop, ' order-4711 --comment "enough"', context);
  const abort = notedCommand(job, 'abort', 'give a job order up; a running one stops under control, actuators stay on');
  change('abort', abort, ' order-4711 --comment "wrong material"', context);
  const cancel = notedCommand(job, 'cancel', 'remove a job order that has not begun');
  change('cancel', cancel, ' order-4711', context);
  const clear = notedCommand(job, 'clear', 'remove a job order that is ended or aborted, with all that is known of it');
  change('clear', clear, ' order-4711 --etag r12-mivxq3k0-5f2c90ab', context);
}

function change(name: JobCommandName, command: Command, example: string, context: CommandContext): void {
  command
    .argument('<id>', 'id of the job order')
    .action((id: string, options: NotedOptions) =>
      perform(options, context, (actions) => actions.command(name, id, options)),
    );
  examples(command, [`celda job ${name}${example}`]);
}

type NotedOptions = ClientOptions & ChangeNote;

/** A command that changes an order. */
function notedCommand(parent: Command, name: string, description: string): Command {
  return clientCommand(parent, name, description)
    .option('--comment <text>', 'why', '')
    .option('--etag <etag>', 'only if the order still is as this etag of an answer says', '');
}

/** Options that say what to order. */
function ordering(command: Command): Command {
  return command
    .option('-p, --param <name=value>', 'parameter of the work master; repeat for each', collectPair, {})
    .option('--description <text>', 'for people', '')
    .option('--priority <number>', 'larger is more urgent', readPriority, 0);
}

function addStore(job: Command, context: CommandContext): void {
  const command = ordering(clientCommand(job, 'store', 'store a job order that must not run yet'))
    .argument('<work-master>', 'what to do')
    .option('--id <id>', 'id of the job order, unique in the cell (default: made from the time)')
    .action((workMasterId: string, options: SubmitOptions) =>
      perform(options, context, (actions) => actions.store(workMasterId, options)),
    );
  examples(command, ['celda job store pick-and-place -p count=3 --id order-4711']);
}

function addUpdate(job: Command, context: CommandContext): void {
  const command = ordering(notedCommand(job, 'update', 'replace all that was stored of a job order'))
    .argument('<id>', 'id of the job order, which has not begun')
    .argument('<work-master>', 'what to do')
    .action((id: string, workMasterId: string, options: SubmitOptions & ChangeNote) =>
      perform(options, context, (actions) => actions.update(id, workMasterId, options)),
    );
  examples(command, ['celda job update order-4711 pick-and-place -p count=5 --etag r1-mivxq3k0-5f2c90ab']);
}

function addResponse(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'response', 'show what became of a job order that has begun or is aborted')
    .argument('<id>', 'id of the job order')
    .action((id: string, options: ClientOptions) => perform(options, context, (actions) => actions.response(id)));
  examples(command, ['celda job response order-4711', 'celda job response order-4711 --json']);
}

function addAcknowledge(job: Command, context: CommandContext): void {
  const command = notedCommand(job, 'acknowledge', 'say that the response to an ended job order is kept')
    .argument('<id>', 'id of the job order; it becomes Ended/Closed')
    .action((id: string, options: NotedOptions) =>
      perform(options, context, (actions) => actions.acknowledge(id, options)),
    );
  examples(command, ['celda job acknowledge order-4711']);
}

function clientCommand(parent: Command, name: string, description: string): Command {
  return withAddress(parent.command(name).description(description))
    .addOption(localeOption())
    .option('--json', 'result as JSON');
}

function addSubmit(job: Command, context: CommandContext): void {
  const command = ordering(clientCommand(job, 'submit', 'store a job order and let it run'))
    .argument('<work-master>', 'what to do')
    .option('--id <id>', 'id of the job order, unique in the cell (default: made from the time)')
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
  const command = clientCommand(job, 'list', 'show the job orders, or some of them')
    .addOption(
      new Option('--state <state...>', 'only those in one of these, with spaces or commas between')
        .choices(JOB_STATE_NAMES)
        .argParser(collectStates),
    )
    .option('--work-master <id...>', 'only those of one of these')
    .option(
      '--from <time>',
      'only those stored at or after this: 2026-11-23, 2026-11-23T06:00, or with an offset',
      readTime,
    )
    .option('--before <time>', 'only those stored before this', readTime)
    .addOption(new Option('--order-by <what>', 'what comes first').choices(LIST_ORDERS).default('store_time'))
    .option('--desc', 'the other way round: the newest or the most urgent first')
    .option('--limit <count>', 'at most so many', readCount)
    .action((options: ListOptions) => perform(options, context, (actions) => actions.list(options)));
  examples(command, [
    'celda job list',
    'celda job list --state Running Interrupted',
    'celda job list --state Ended,Aborted --order-by end_time --desc --limit 20',
    'celda job list --from 2026-11-23 --json',
  ]);
}

type States = NonNullable<ListOptions['state']>;

function collectStates(text: string, before: States = []): States {
  const names = text.split(',').map((name) => JOB_STATE_NAMES.find((state) => state === name.trim()));
  const known = names.filter((name) => name !== undefined);
  if (known.length === names.length) return [...before, ...known];
  throw new InvalidArgumentError(`Allowed choices are ${JOB_STATE_NAMES.join(', ')}.`);
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

function addResume(job: Command, context: CommandContext): void {
  const command = notedCommand(job, 'resume', 'let an interrupted job order go on, after a reset at the cell')
    .argument('<id>', 'id of the job order')
    .option(
      '--acknowledge <digest>',
      'the cell is not as the order left it, and that is known: as the refusal says',
      '',
    )
    .action((id: string, options: NotedOptions & { readonly acknowledge: string }) =>
      perform(options, context, (actions) => actions.resume(id, options.acknowledge, options)),
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
    const actions = openJobActions(options, context);
    try {
      return await action(actions);
    } finally {
      actions.close();
    }
  });
}
