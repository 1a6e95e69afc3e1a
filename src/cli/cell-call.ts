// What commands over gRPC have in common: options, a connection, its failures, and plain or JSON output.
import type { Command } from 'commander';
import { EXIT_CODES } from '../app/operator-error.ts';
import type { UnitClient } from '../app/unit-client.ts';
import type { CallOutcome } from '../client/grpc-client.ts';
import type { ServiceClient } from '../client/service-client.ts';
import { act, type CommandContext } from './command.ts';
import { CutNotice } from './cut-notice.ts';
import { CallFailedError } from './failures.ts';
import { START_CELL } from './follow-job.ts';
import { localeOption, withAddress } from './options.ts';
import type { ConnectionOptions } from './patience.ts';

export interface CallOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** What an action has of its circumstances. */
export interface CellCall<Client = UnitClient> {
  readonly client: Client;
  /** The value of an answer. @throws CallFailedError */
  readonly taken: <T>(answer: CallOutcome<T>) => T;
  readonly show: (value: unknown, lines: readonly string[]) => void;
  /** To be told every event of a watch. */
  readonly cuts: CutNotice;
}

/** Loads a client with what it stands on. */
type Load<Client> = () => Promise<new (...of: ConstructorParameters<typeof ServiceClient>) => Client>;

export function callCommand(command: Command, description: string): Command {
  return withAddress(command.description(description)).addOption(localeOption()).option('--json', 'result as JSON');
}

export function callCell(
  options: CallOptions,
  context: CommandContext,
  action: (call: CellCall) => Promise<void>,
): Promise<void> {
  return callWith(async () => (await import('../app/unit-client.ts')).UnitClient, options, context, action);
}

/** gRPC is loaded only for what needs it: help and refusals come at once. */
export function callWith<Client extends ServiceClient>(
  load: Load<Client>,
  options: CallOptions,
  context: CommandContext,
  action: (call: CellCall<Client>) => Promise<void>,
): Promise<void> {
  return act(context, options.json === true, async () => {
    const [Client, { connectPatiently }] = await Promise.all([load(), import('./patience.ts')]);
    const { console } = context;
    const client = new Client(...connectPatiently(options, console));
    try {
      await action({
        client,
        cuts: new CutNotice(console, options.locale, client.address),
        taken: (answer) => {
          if (answer.ok) return answer.value;
          throw new CallFailedError(answer.error, client.address, START_CELL);
        },
        show: (value, lines) => {
          if (options.json === true) console.json(value);
          else for (const line of lines) console.print(line);
        },
      });
      return EXIT_CODES.ok;
    } finally {
      client.close();
    }
  });
}
