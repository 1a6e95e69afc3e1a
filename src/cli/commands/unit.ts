// `celda unit` and `celda signals`: who a cell is and what it does, commands of PackML that may come from afar, values as they change.
import { Argument, type Command, InvalidArgumentError } from 'commander';
import type { UnitCommandName, UnitModeName } from '../../app/unit-client.ts';
import { type CallOptions, callCell, callCommand } from '../cell-call.ts';
import { type CommandContext, examples } from '../command.ts';
import { readNumber } from '../options.ts';
import { signalLines, unitLines } from '../unit-text.ts';

const COMMANDS: Readonly<Record<UnitCommandName, string>> = {
  stop: 'stop under control: the running job order is interrupted or aborted, as the cell is set up',
  hold: 'hold: the unit ramps down and waits, parts stay gripped',
  unhold: 'go on after a hold',
  suspend: 'suspend: like hold, because of what is around the cell',
  unsuspend: 'go on after a suspension',
  complete: 'end the running job order with the part in work',
  abort: 'abort at once',
};

const MODES: readonly UnitModeName[] = ['production', 'maintenance', 'manual'];

export function addUnitCommand(program: Command, context: CommandContext): void {
  const unit = callCommand(
    program.command('unit'),
    'show who a cell is and what it does; command its unit as far as that may be done from afar',
  ).action((options: CallOptions) =>
    callCell(options, context, async ({ client, taken, show }) => {
      const view = taken(await client.unit());
      show(view, unitLines(view, options.locale));
    }),
  );
  examples(unit, [
    'celda unit',
    'celda unit hold --comment "change of shift"',
    'celda unit mode manual',
    'celda unit --json',
  ]);
  for (const [name, description] of Object.entries(COMMANDS)) {
    unit
      .command(name)
      .description(description)
      .option('--comment <text>', 'why: kept in the audit trail', '')
      .action((_own: unknown, command: Command) => {
        const options: CallOptions & { readonly comment: string } = command.optsWithGlobals();
        return callCell(options, context, async ({ client, taken, show }) => {
          const answer = taken(await client.command(name as UnitCommandName, options.comment));
          show(answer, [answer.targetState]);
        });
      });
  }
  unit
    .command('mode')
    .description('ask for a mode: granted only where it is the one that is selected at the cell')
    .addArgument(new Argument('<mode>', 'of PackML').choices(MODES))
    .action((mode: UnitModeName, _own: unknown, command: Command) =>
      callCell(command.optsWithGlobals(), context, async ({ client, taken, show }) => {
        const answer = taken(await client.setMode(mode));
        show(answer, [answer.mode]);
      }),
    );
}

function readInterval(text: string): number {
  const ms = Number(text);
  if (!/^\d+$/.test(text) || ms < 20 || ms > 60_000) throw new InvalidArgumentError('expected 20 to 60000 ms');
  return ms;
}

interface SignalOptions extends CallOptions {
  readonly deadband: number;
  readonly every: number;
}

export function addSignalsCommand(program: Command, context: CommandContext): void {
  const signals = callCommand(program.command('signals'), 'show the values of a cell, then every change, until Ctrl-C')
    .argument('[name...]', 'devices (default: all)')
    .option('--deadband <number>', 'smaller changes are not told, in the unit of each; needs names', readNumber, 0)
    .option('--every <ms>', 'at most one line of changes in this time', readInterval, 200)
    .action((names: readonly string[], options: SignalOptions) =>
      callCell(options, context, async ({ client, cuts, taken, show }) => {
        const limits = { deadband: options.deadband, everyMs: options.every };
        // A watch gives up at once where nobody has ever answered.
        taken(await client.unit());
        for await (const change of client.watchSignals(names, limits, context.until)) {
          const event = taken(change);
          if (cuts.isOfCell(event)) show(event.view, signalLines(event.view, options.locale));
        }
      }),
    );
  examples(signals, ['celda signals', 'celda signals vacuum-pressure --deadband 2 --json']);
}
