// `celda job`: submits job orders and shows what became of them, over gRPC like any MES.
import type { Command } from 'commander';
import type { CallOutcome } from '../../app/grpc-client.ts';
import { JobClient, type WorkMasterView } from '../../app/job-client.ts';
import { isCompleted, type JobView } from '../../app/job-view.ts';
import { EXIT_CODES } from '../../app/operator-error.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { CallFailedError } from '../failures.ts';
import { followJob, START_CELL } from '../follow-job.ts';
import { jobLine, jobLines, stateOf } from '../job-text.ts';
import { addressOption, collectPair, readPriority } from '../options.ts';
import { typedParameters } from '../parameters.ts';

interface ClientOptions {
  readonly address: string;
  readonly json?: boolean;
}

interface SubmitOptions extends ClientOptions {
  readonly param: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly description: string;
  readonly priority: number;
  readonly wait?: boolean;
}

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
  return parent.command(name).description(description).addOption(addressOption()).option('--json', 'result as JSON');
}

function addSubmit(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'submit', 'store a job order and let it run')
    .argument('<work-master>', 'what to do')
    .option('-p, --param <name=value>', 'parameter of the work master; repeat for each', collectPair, {})
    .option('--id <id>', 'id of the job order, unique in the cell (default: made from the time)')
    .option('--description <text>', 'for people', '')
    .option('--priority <number>', 'larger is more urgent', readPriority, 0)
    .option('--wait', 'follow it to its end: 0 when Ended/Completed, 1 otherwise')
    .action((workMasterId: string, options: SubmitOptions) =>
      withClient(options, context, (client) => submit(client, workMasterId, options, context)),
    );
  examples(command, [
    'celda job submit pick-and-place -p count=3 --wait',
    'celda job submit pick-and-place -p count=10 -p speed=50 --id order-4711 --json',
  ]);
}

function addList(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'list', 'show all job orders').action((options: ClientOptions) =>
    withClient(options, context, async (client) => {
      const jobs = unwrap(await client.list(), client);
      if (options.json === true) context.console.json(jobs);
      else for (const each of jobs) context.console.print(jobLine(each));
      return EXIT_CODES.ok;
    }),
  );
  examples(command, ['celda job list', 'celda job list --json']);
}

function addGet(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'get', 'show one job order')
    .argument('<id>', 'id of the job order')
    .action((id: string, options: ClientOptions) =>
      withClient(options, context, async (client) => show(unwrap(await client.get(id), client), options, context)),
    );
  examples(command, ['celda job get order-4711', 'celda job get order-4711 --json']);
}

function addWatch(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'watch', 'follow a job order to its end, or all until Ctrl-C')
    .argument('[id]', 'id of the job order')
    .action((id: string | undefined, options: ClientOptions) =>
      withClient(options, context, (client) => watch(client, id, options, context)),
    );
  examples(command, ['celda job watch order-4711', 'celda job watch --json']);
}

function addAbort(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'abort', 'give a job order up; a running one stops by a category 1 stop')
    .argument('<id>', 'id of the job order')
    .option('--comment <text>', 'why', '')
    .action((id: string, options: ClientOptions & { readonly comment: string }) =>
      withClient(options, context, async (client) =>
        show(unwrap(await client.abort(id, options.comment), client), options, context),
      ),
    );
  examples(command, ['celda job abort order-4711 --comment "wrong material"']);
}

function addResume(job: Command, context: CommandContext): void {
  const command = clientCommand(job, 'resume', 'let an interrupted job order go on, after a reset at the cell')
    .argument('<id>', 'id of the job order')
    .action((id: string, options: ClientOptions) =>
      withClient(options, context, async (client) => show(unwrap(await client.resume(id), client), options, context)),
    );
  examples(command, ['celda job resume order-4711']);
}

function withClient(
  options: ClientOptions,
  context: CommandContext,
  action: (client: JobClient) => Promise<number>,
): Promise<void> {
  const client = new JobClient(options.address);
  return act(context, options.json === true, () => action(client)).finally(() => client.close());
}

function unwrap<T>(answer: CallOutcome<T>, client: JobClient): T {
  if (!answer.ok) throw new CallFailedError(answer.error, client.address, START_CELL);
  return answer.value;
}

function show(job: JobView, options: ClientOptions, { console }: CommandContext): number {
  if (options.json === true) console.json(job);
  else for (const line of jobLines(job)) console.print(line);
  return EXIT_CODES.ok;
}

async function submit(
  client: JobClient,
  workMasterId: string,
  options: SubmitOptions,
  context: CommandContext,
): Promise<number> {
  const { console } = context;
  const { workMasters } = unwrap(await client.capabilities(), client);
  const workMaster: WorkMasterView | undefined = workMasters.find(({ id }) => id === workMasterId);
  const stored = unwrap(
    await client.submit({
      jobOrderId: options.id ?? `cli-${Date.now().toString(36)}`,
      workMasterId,
      description: options.description,
      priority: options.priority,
      parameters: typedParameters(options.param, workMaster?.parameters ?? []),
    }),
    client,
  );
  if (options.wait !== true) {
    if (options.json !== true)
      console.print(`stored as ${stored.jobOrderId}; follow it: celda job watch ${stored.jobOrderId}`);
    else console.json(stored);
    return EXIT_CODES.ok;
  }
  return watch(client, stored.jobOrderId, options, context);
}

async function watch(
  client: JobClient,
  id: string | undefined,
  options: ClientOptions,
  context: CommandContext,
): Promise<number> {
  return id === undefined ? watchAll(client, options, context) : watchOne(client, id, options, context);
}

async function watchOne(
  client: JobClient,
  id: string,
  options: ClientOptions,
  context: CommandContext,
): Promise<number> {
  const { console } = context;
  unwrap(await client.get(id), client);
  const last = await followJob(client, id, (event) => {
    if (options.json === true) return;
    if (event.kind === 'job') console.progress(`${stateOf(event.job)}, ${event.job.producedQuantity} produced`);
    if (event.kind === 'progress') console.progress(`${event.progress.label} (${event.progress.step})`);
  });
  if (last === undefined) return EXIT_CODES.failed;
  show(last, options, context);
  return isCompleted(last) ? EXIT_CODES.ok : EXIT_CODES.failed;
}

/** Until the gateway ends the stream, which is a failure, or Ctrl-C ends this process. */
async function watchAll(client: JobClient, options: ClientOptions, { console }: CommandContext): Promise<number> {
  for await (const event of client.watch([])) {
    const value = unwrap(event, client);
    if (options.json === true) console.json(value);
    else if (value.kind === 'job') console.print(jobLine(value.job));
    else if (value.kind === 'progress')
      console.print(`${value.progress.jobOrderId.padEnd(24)} ${value.progress.label}`);
  }
  return EXIT_CODES.failed;
}
