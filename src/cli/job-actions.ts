// What the `celda job` commands do, over gRPC like any MES. Values are exit codes.
import { type ChangeNote, JobClient, type JobCommandName, type JobEvent, type JobRequest } from '../app/job-client.ts';
import type { ListFilter } from '../app/job-filter.ts';
import type { ResponseView } from '../app/job-response-view.ts';
import { isCompleted, type JobView } from '../app/job-view.ts';
import { EXIT_CODES } from '../app/operator-error.ts';
import { stateText } from '../app/state-text.ts';
import type { CallOutcome } from '../client/grpc-client.ts';
import type { Locale } from '../config/problem.ts';
import type { CommandContext } from './command.ts';
import type { Console } from './console.ts';
import { CutNotice } from './cut-notice.ts';
import { CallFailedError } from './failures.ts';
import { followJob, START_CELL } from './follow-job.ts';
import { jobLine, jobLines, responseLines, stateOf } from './job-text.ts';
import { typedParameters } from './parameters.ts';
import { type ConnectionOptions, connectPatiently } from './patience.ts';

export interface ClientOptions extends ConnectionOptions {
  readonly json?: boolean;
}

export interface SubmitOptions extends ClientOptions {
  readonly param: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly description: string;
  readonly priority: number;
  readonly wait?: boolean;
}

export interface ListOptions extends ClientOptions {
  readonly state?: NonNullable<ListFilter['states']>;
  readonly workMaster?: readonly string[];
  readonly from?: Date;
  readonly before?: Date;
  readonly orderBy: NonNullable<ListFilter['orderBy']>;
  readonly desc?: boolean;
  readonly limit?: number;
}

const WORDS = {
  en: {
    stored: (id: string) => `stored as ${id}; follow it: celda job watch ${id}`,
    storedOnly: (id: string) => `stored as ${id}; let it run: celda job start ${id}`,
    produced: (count: number) => `${count} produced`,
    removed: 'removed',
    none: 'no job orders',
  },
  es: {
    stored: (id: string) => `guardada como ${id}; para seguirla: celda job watch ${id}`,
    storedOnly: (id: string) => `guardada como ${id}; para dejarla correr: celda job start ${id}`,
    produced: (count: number) => `producidas: ${count}`,
    removed: 'retirada',
    none: 'no hay órdenes',
  },
} as const;

/** An order that was interrupted before a restart of control is in no step until it goes on. */
function isInStep(event: JobEvent): event is Extract<JobEvent, { readonly kind: 'progress' }> {
  return event.kind === 'progress' && event.progress.step !== '';
}

/** After these there is no such order any more. */
const REMOVING: readonly JobCommandName[] = ['cancel', 'clear'];

export function openJobActions(options: ClientOptions, context: CommandContext): JobActions {
  return new JobActions(options, context);
}

export class JobActions {
  readonly #client: JobClient;
  readonly #console: Console;
  readonly #isJson: boolean;
  readonly #locale: Locale;
  readonly #until: AbortSignal | undefined;

  constructor(options: ClientOptions, { console, until }: Pick<CommandContext, 'console' | 'until'>) {
    this.#console = console;
    this.#isJson = options.json === true;
    this.#locale = options.locale;
    this.#until = until;
    this.#client = new JobClient(...connectPatiently(options, console));
  }

  close(): void {
    this.#client.close();
  }

  async submit(workMasterId: string, options: SubmitOptions): Promise<number> {
    const stored = this.#unwrap(await this.#client.submit(await this.#orderOf(workMasterId, options)));
    if (options.wait === true) return this.#watchOne(stored.jobOrderId);
    if (this.#isJson) return this.#show(stored);
    this.#console.print(WORDS[this.#locale].stored(stored.jobOrderId));
    return EXIT_CODES.ok;
  }

  async store(workMasterId: string, options: SubmitOptions): Promise<number> {
    const stored = this.#unwrap(await this.#client.store(await this.#orderOf(workMasterId, options)));
    if (this.#isJson) return this.#show(stored);
    this.#console.print(WORDS[this.#locale].storedOnly(stored.jobOrderId));
    return EXIT_CODES.ok;
  }

  async update(id: string, workMasterId: string, options: SubmitOptions & ChangeNote): Promise<number> {
    const order = await this.#orderOf(workMasterId, { ...options, id });
    return this.#show(this.#unwrap(await this.#client.update(order, options)));
  }

  async list(options: ListOptions): Promise<number> {
    const { state, workMaster, from, before, orderBy, desc, limit } = options;
    const filter: ListFilter = {
      ...(state && { states: state }),
      ...(workMaster && { workMasterIds: workMaster }),
      ...(from && { storedFrom: from }),
      ...(before && { storedBefore: before }),
      ...(desc && { isDescending: desc }),
      ...(limit && { countMax: limit }),
      orderBy,
    };
    const jobs = this.#unwrap(await this.#client.list(filter));
    if (this.#isJson) this.#console.json(jobs);
    else if (jobs.length === 0) this.#console.note(WORDS[this.#locale].none);
    else for (const job of jobs) this.#console.print(jobLine(job, this.#locale));
    return EXIT_CODES.ok;
  }

  async get(id: string): Promise<number> {
    return this.#show(this.#unwrap(await this.#client.get(id)));
  }

  async command(name: JobCommandName, id: string, note: ChangeNote): Promise<number> {
    const job = this.#unwrap(await this.#client.command(name, id, note));
    if (!REMOVING.includes(name)) return this.#show(job);
    // The answer shows it as it was.
    if (this.#isJson) this.#console.json({ ...job, removed: true });
    else for (const line of [this.#removed(id), ...jobLines(job, this.#locale)]) this.#console.print(line);
    return EXIT_CODES.ok;
  }

  async resume(id: string, acknowledge: string, note: ChangeNote): Promise<number> {
    const job = this.#unwrap(await this.#client.resume(id, acknowledge, note));
    this.#show(job);
    // The cell has taken the command, and a constraint has made of a suspended order one that is held.
    return job.state === 'Interrupted' ? EXIT_CODES.failed : EXIT_CODES.ok;
  }

  async response(id: string): Promise<number> {
    return this.#showResponse(this.#unwrap(await this.#client.response(id)));
  }

  async acknowledge(id: string, note: ChangeNote): Promise<number> {
    return this.#showResponse(this.#unwrap(await this.#client.acknowledge(id, note)));
  }

  /** @param id undefined: all orders, until Ctrl-C ends this process */
  async watch(id: string | undefined): Promise<number> {
    if (id !== undefined) {
      this.#unwrap(await this.#client.get(id));
      return this.#watchOne(id);
    }
    // A watch gives up at once where nobody has ever answered.
    this.#unwrap(await this.#client.capabilities());
    const cuts = this.#cuts();
    for await (const event of this.#client.watch([], this.#until)) {
      const told = this.#unwrap(event);
      if (cuts.isOfCell(told)) this.#tell(told);
      else if (this.#isJson && told.kind === 'relisted') this.#console.json(told);
    }
    return EXIT_CODES.ok;
  }

  #cuts(): CutNotice {
    return new CutNotice(this.#console, this.#locale, this.#client.address);
  }

  async #watchOne(id: string): Promise<number> {
    const cuts = this.#cuts();
    const tell = (event: JobEvent): void => {
      if (cuts.isOfCell(event)) this.#progress(event);
    };
    const last = await followJob(this.#client, id, tell, this.#until);
    if (last === undefined) return EXIT_CODES.failed;
    this.#show(last);
    return isCompleted(last) ? EXIT_CODES.ok : EXIT_CODES.failed;
  }

  #progress(event: JobEvent): void {
    if (this.#isJson) return;
    if (event.kind === 'job') {
      const { produced } = WORDS[this.#locale];
      this.#console.progress(`${stateText(stateOf(event.job), this.#locale)}, ${produced(event.job.producedQuantity)}`);
    }
    if (isInStep(event)) this.#console.progress(`${event.progress.label} (${event.progress.step})`);
  }

  #tell(event: JobEvent): void {
    if (this.#isJson) this.#console.json(event);
    else if (event.kind === 'job') this.#console.print(jobLine(event.job, this.#locale));
    else if (isInStep(event)) {
      this.#console.print(`${event.progress.jobOrderId.padEnd(24)} ${event.progress.label}`);
    } else if (event.kind === 'removed') {
      this.#console.print(this.#removed(event.jobOrderId));
    }
  }

  #removed(id: string): string {
    return `${id.padEnd(24)} ${WORDS[this.#locale].removed}`;
  }

  /** Parameters by the types that the work master declares. */
  async #orderOf(workMasterId: string, options: SubmitOptions): Promise<JobRequest> {
    const { workMasters } = this.#unwrap(await this.#client.capabilities());
    const workMaster = workMasters.find(({ id }) => id === workMasterId);
    return {
      jobOrderId: options.id ?? `cli-${Date.now().toString(36)}`,
      workMasterId,
      description: options.description,
      priority: options.priority,
      parameters: typedParameters(options.param, workMaster?.parameters ?? []),
    };
  }

  #showResponse(response: ResponseView): number {
    if (this.#isJson) this.#console.json(response);
    else for (const line of responseLines(response, this.#locale)) this.#console.print(line);
    return EXIT_CODES.ok;
  }

  #show(job: JobView): number {
    if (this.#isJson) this.#console.json(job);
    else for (const line of jobLines(job, this.#locale)) this.#console.print(line);
    return EXIT_CODES.ok;
  }

  #unwrap<T>(answer: CallOutcome<T>): T {
    if (!answer.ok) throw new CallFailedError(answer.error, this.#client.address, START_CELL);
    return answer.value;
  }
}
