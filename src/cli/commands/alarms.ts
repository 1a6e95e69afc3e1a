// `celda alarms` and `celda stops`: what is wrong, who has seen it, and why the cell stopped. Nothing here resets anything.
import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { CellClient } from '../../app/cell-client.ts';
import { alarmLine, alarmLines, cellLine, type Language, stopLine, stopLines } from '../alarm-text.ts';
import { type CallOptions, type CellCall, callCommand, callWith } from '../cell-call.ts';
import { type CommandContext, examples } from '../command.ts';
import { readDuration } from '../options.ts';

interface Options extends CallOptions {
  readonly locale: Language;
}

interface Handling extends Options {
  readonly by: string;
  readonly for: number;
  readonly reason: string;
}

const NOTHING = {
  en: { alarm: 'no alarms', stop: 'the cell has not stopped since Celda was started' },
  es: { alarm: 'no hay alarmas', stop: 'la celda no se ha detenido desde que arrancó Celda' },
} as const satisfies Record<Language, object>;

function readNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new InvalidArgumentError('expected the number that celda alarms or celda stops shows');
  return Number(text);
}

function byOption(command: Command): Command {
  return command.option('--by <name>', 'who you are', userInfo().username);
}

function perform(
  options: Options,
  context: CommandContext,
  action: (call: CellCall<CellClient>) => Promise<void>,
): Promise<void> {
  return callWith(async () => (await import('../../app/cell-client.ts')).CellClient, options, context, action);
}

export function addAlarmsCommand(program: Command, context: CommandContext): void {
  const alarms = callCommand(
    program.command('alarms'),
    'show alarms; acknowledge, shelve and unshelve them: none of it resets anything',
  )
    .option('--watch', 'show the present alarms, then every change, until Ctrl-C')
    .action((options: Options & { readonly watch?: boolean }) =>
      perform(options, context, async ({ client, cuts, show, taken }) => {
        if (options.watch !== true) {
          const { unit, mode } = taken(await client.state());
          const list = taken(await client.alarms());
          const alarms = list.length === 0 ? [NOTHING[options.locale].alarm] : alarmLines(list, options.locale);
          const lines = [cellLine({ unit, mode }, options.locale), ...alarms];
          show({ unit, mode, alarms: list }, lines);
          return;
        }
        // A watch gives up at once where nobody has ever answered.
        taken(await client.state());
        for await (const change of client.watchAlarms(context.until)) {
          const event = taken(change);
          if (!cuts.isOfCell(event) || event.kind !== 'alarm') continue;
          show(event.alarm, [alarmLine(event.alarm, options.locale)]);
        }
      }),
    );
  examples(alarms, ['celda alarms', 'celda alarms --watch', 'celda alarms ack 3', 'celda alarms --json']);
  addHandling(alarms, context);
}

function addHandling(alarms: Command, context: CommandContext): void {
  // Options such as --address may stand before or after the word.
  const add = (
    name: string,
    description: string,
    action: (client: CellClient, alarm: number, given: Handling) => ReturnType<CellClient['unshelve']>,
  ): Command =>
    byOption(alarms.command(name))
      .description(description)
      .argument('<number>', 'number of the alarm', readNumber)
      .action((alarm: number, _own: unknown, command: Command) => {
        const given: Handling = command.optsWithGlobals();
        return perform(given, context, async ({ client, show, taken }) => {
          const handled = taken(await action(client, alarm, given));
          show(handled, [alarmLine(handled, given.locale)]);
        });
      });
  add('ack', 'say that you have seen an alarm', (client, alarm, { by }) => client.acknowledge(alarm, by));
  add('shelve', 'put a warning out of sight for a while', (client, alarm, { by, reason, for: seconds }) =>
    client.shelve(alarm, by, reason, seconds),
  )
    .requiredOption('--for <time>', 'how long: 90s, 15m, 2h; at most 8h', readDuration)
    .requiredOption('--reason <text>', 'why');
  add('unshelve', 'bring a shelved alarm back', (client, alarm, { by }) => client.unshelve(alarm, by));
}

export function addStopsCommand(program: Command, context: CommandContext): void {
  const stops = callCommand(
    program.command('stops'),
    'say why the cell stopped: cause, function block, code, and the inputs of the second before',
  )
    .argument('[number]', 'number of the stop (default: the newest)', readNumber)
    .option('--list', 'one line for each of the last stops')
    .action((number: number | undefined, options: Options & { readonly list?: boolean }) =>
      perform(options, context, async ({ client, show, taken }) => {
        if (options.list === true) {
          const list = taken(await client.stops());
          const lines = list.map((stop) => stopLine(stop, options.locale));
          show(list, lines.length === 0 ? [NOTHING[options.locale].stop] : lines);
          return;
        }
        const answer = await client.stop(number ?? 0);
        if (!answer.ok && number === undefined && answer.error.status === 'NOT_FOUND') {
          show(null, [NOTHING[options.locale].stop]);
          return;
        }
        const stop = taken(answer);
        if (stop !== undefined) show(stop, stopLines(stop, options.locale));
      }),
    );
  examples(stops, ['celda stops', 'celda stops 3 --locale es', 'celda stops --list --json']);
}
