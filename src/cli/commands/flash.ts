// `celda flash`: puts Celda's firmware on a board, and sees that it is there.
import { type Command, Option } from 'commander';
import type { Flashed, FlashTarget } from '../../app/flash.ts';
import { EXIT_CODES } from '../../app/operator-error.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import type { Console } from '../console.ts';
import { localeOption } from '../options.ts';

interface FlashCommandOptions {
  readonly board: FlashTarget;
  readonly dryRun?: boolean;
  readonly anyDevice?: boolean;
  readonly locale: Locale;
  readonly json?: boolean;
}

const TARGETS = ['uno', 'mega', 'nano', 'nano-old'] as const satisfies readonly FlashTarget[];

export function addFlashCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('flash')
    .description('write the Celda firmware to a board through avrdude, and ask the board whether it is there')
    .argument('<port>', 'serial port of the board')
    .addOption(
      new Option('--board <board>', 'board and bootloader; nano-old is a Nano from before 2018')
        .choices(TARGETS)
        .default('uno'),
    )
    .option('--dry-run', 'check image and port without opening it, and show the command')
    .option('--any-device', 'also flash what is on a USB device of an unknown vendor')
    .addOption(localeOption())
    .option('--json', 'result as JSON')
    .action((path: string, options: FlashCommandOptions) =>
      act(context, options.json === true, () => flash(path, options, context.console)),
    );
  examples(command, [
    'celda flash /dev/ttyACM0',
    'celda flash /dev/ttyUSB0 --board nano-old',
    'celda flash /dev/ttyACM0 --dry-run',
  ]);
}

async function flash(path: string, options: FlashCommandOptions, console: Console): Promise<number> {
  const { flashBoard } = await import('../../app/flash.ts');
  const flashed = await flashBoard({
    path,
    target: options.board,
    isDryRun: options.dryRun === true,
    isAnyDevice: options.anyDevice === true,
    locale: options.locale,
    onLine: (line) => console.note(console.style('dim', line)),
  });
  if (options.json === true) console.json(plain(path, flashed));
  else console.print(describe(path, flashed, options.locale));
  return EXIT_CODES.ok;
}

function describe(path: string, { image, command, ident }: Flashed, locale: Locale): string {
  if (ident === undefined) return command.join(' ');
  const what = `firmware ${image.firmwareVersion}, wire ${image.wireVersion}, UID ${ident.uid}`;
  return locale === 'es' ? `${path}: la tarjeta responde: ${what}` : `${path}: the board answers: ${what}`;
}

function plain(path: string, { image, command, ident }: Flashed) {
  const { file, firmwareVersion, wireVersion, sha256 } = image;
  return {
    path,
    command,
    image: { file, firmwareVersion, wireVersion, sha256 },
    board:
      ident === undefined
        ? null
        : { uid: ident.uid, firmware: ident.firmware.join('.'), wireVersion: ident.wireVersion },
  };
}
