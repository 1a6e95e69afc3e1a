// What commands over gRPC have in common: options, a connection, its failures, and plain or JSON output.
import type { Command } from 'commander';
import type { ClientTlsPaths } from '../app/access/client-tls.ts';
import { EXIT_CODES } from '../app/operator-error.ts';
import type { UnitClient } from '../app/unit-client.ts';
import type { CallOutcome } from '../client/grpc-client.ts';
import type { Locale } from '../config/problem.ts';
import { act, type CommandContext } from './command.ts';
import { CutNotice } from './cut-notice.ts';
import { CallFailedError } from './failures.ts';
import { START_CELL } from './follow-job.ts';
import { localeOption, withAddress } from './options.ts';

export interface CallOptions extends ClientTlsPaths {
  readonly address: string;
  readonly json?: boolean;
  readonly locale: Locale;
}

/** What an action has of its circumstances. */
export interface CellCall {
  readonly client: UnitClient;
  /** The value of an answer. @throws CallFailedError */
  readonly taken: <T>(answer: CallOutcome<T>) => T;
  readonly show: (value: unknown, lines: readonly string[]) => void;
  /** To be told every event of a watch. */
  readonly cuts: CutNotice;
}

export function callCommand(command: Command, description: string): Command {
  return withAddress(command.description(description)).addOption(localeOption()).option('--json', 'result as JSON');
}

/** gRPC is loaded only for what needs it: help and refusals come at once. */
export function callCell(
  options: CallOptions,
  context: CommandContext,
  action: (call: CellCall) => Promise<void>,
): Promise<void> {
  return act(context, options.json === true, async () => {
    const [{ UnitClient: Client }, { readClientTls }] = await Promise.all([
      import('../app/unit-client.ts'),
      import('../app/access/client-tls.ts'),
    ]);
    const client = new Client(options.address, readClientTls(options));
    const { console } = context;
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
