// `celda bypass`: suspends a protective stop in maintenance. At the machine only: it knows no address, and no network has this request.
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { Bypass, BypassClient } from '../../app/bypass-client.ts';
import { EXIT_CODES } from '../../app/operator-error.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { localTime } from '../local-time.ts';
import { localeOption, readDuration } from '../options.ts';

interface Options {
  readonly cell?: string;
  readonly by: string;
  readonly locale: 'en' | 'es';
  readonly json?: boolean;
}

interface SetOptions extends Options {
  readonly for: number;
  readonly reason: string;
}

const WORDS = {
  en: {
    active: 'BYPASSED',
    pending: 'asked for',
    until: 'until',
    none: 'nothing is bypassed',
    ended: 'ended',
    next: 'Nothing is bypassed yet: press reset at the cell within a minute, and once more to enable the cell.',
  },
  es: {
    active: 'ANULADA',
    pending: 'pedida',
    until: 'hasta',
    none: 'no hay nada anulado',
    ended: 'terminada',
    next: 'Aún no hay nada anulado: rearme en la celda antes de un minuto, y otra vez para habilitar la celda.',
  },
} as const;

function lineOf({ stopFunction, isActive, by, reason, untilTime }: Bypass, locale: Options['locale']): string {
  const words = WORDS[locale];
  const until = `${words.until} ${localTime(new Date(untilTime).toISOString())}`;
  return `${stopFunction}  ${isActive ? words.active : words.pending}  ${until}  ${by}: ${reason}`;
}

function plain({ stopFunction, isActive, by, reason, untilTime }: Bypass): object {
  return { stopFunction, isActive, by, reason, until: new Date(untilTime).toISOString() };
}

function withOptions(command: Command): Command {
  return command
    .option('--cell <cell.yaml>', 'which cell, if more than one runs on this machine')
    .addOption(localeOption())
    .option('--json', 'result as JSON');
}

/** Loaded only for what needs it: help and refusals come at once. */
function perform(
  options: Options,
  context: CommandContext,
  action: (client: BypassClient) => Promise<void>,
): Promise<void> {
  return act(context, options.json === true, async () => {
    const { withBypassClient } = await import('../../app/bypass-client.ts');
    await withBypassClient(options.cell, options.locale, action);
    return EXIT_CODES.ok;
  });
}

export function addBypassCommand(program: Command, context: CommandContext): void {
  const { console } = context;
  const bypass = program
    .command('bypass')
    .description('suspend a protective stop for a while: in maintenance, at this machine, confirmed by a reset');
  withOptions(bypass.command('list'))
    .description('what is bypassed, by whom, why and until when')
    .action((options: Options) =>
      perform(options, context, async (client) => {
        const list = await client.list();
        if (options.json === true) console.json(list.map(plain));
        else if (list.length === 0) console.print(WORDS[options.locale].none);
        else for (const each of list) console.print(lineOf(each, options.locale));
      }),
    );
  withOptions(bypass.command('set'))
    .description('ask for a bypass; it counts from the next reset at the cell on')
    .argument('<stop-function>', 'name in the section safety.stopFunctions')
    .requiredOption('--for <time>', 'how long: 90s, 15m, 2h; at most 8h', readDuration)
    .requiredOption('--reason <text>', 'why')
    .option('--by <name>', 'who answers for it', userInfo().username)
    .action((stopFunction: string, options: SetOptions) =>
      perform(options, context, async (client) => {
        const { by, reason, for: seconds } = options;
        const asked = await client.set({ stopFunction, by, reason, forMs: seconds * 1000 });
        if (options.json === true) {
          console.json(plain(asked));
          return;
        }
        console.print(lineOf(asked, options.locale));
        console.print(WORDS[options.locale].next);
      }),
    );
  withOptions(bypass.command('clear'))
    .description('end a bypass; an enabled cell stops')
    .argument('<stop-function>', 'name in the section safety.stopFunctions')
    .option('--by <name>', 'who ends it', userInfo().username)
    .action((stopFunction: string, options: Options) =>
      perform(options, context, async (client) => {
        const ended = await client.clear(stopFunction, options.by);
        if (options.json === true) console.json(plain(ended));
        else console.print(`${ended.stopFunction}  ${WORDS[options.locale].ended}`);
      }),
    );
  examples(bypass, [
    'celda bypass set cover-stop --for 30m --by "Ana Ruiz" --reason "align the light barrier"',
    'celda bypass list',
    'celda bypass clear cover-stop',
  ]);
}
