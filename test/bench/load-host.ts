// Clients that give a gateway no rest: each watches all job orders and asks for the list of them again and again. Real ones
// have a computer of their own, so these take what the others leave of the processor.
import { JobClient } from '../../src/app/job-client.ts';
import { takeLowPriority } from '../../src/app/process-priority.ts';
import { helperArgument, sayReady, tell } from './child.ts';

export interface LoadSettings {
  readonly address: string;
  readonly clients: number;
}

const { address, clients } = helperArgument() as LoadSettings;
const all = Array.from({ length: clients }, () => new JobClient(address));
let load: AbortController | undefined;
let answers = 0;
let messages = 0;

takeLowPriority();
process.on('message', (message: unknown) => {
  if (isKind(message, 'start')) begin();
  if (isKind(message, 'stop')) end();
});
sayReady();

function isKind(message: unknown, kind: string): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind;
}

function begin(): void {
  const own = new AbortController();
  load = own;
  answers = 0;
  messages = 0;
  for (const client of all) {
    void list(client, own.signal);
    void watch(client, own.signal);
  }
  tell({ kind: 'started' });
}

function end(): void {
  load?.abort();
  tell({ kind: 'stopped', answers, messages });
}

async function list(client: JobClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = await client.list({}, { signal });
    if (answer.ok) answers += 1;
  }
}

async function watch(client: JobClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for await (const message of client.watch([], signal)) if (message.ok) messages += 1;
  }
}
