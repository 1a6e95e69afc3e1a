// `celda jog`: joints moved by hand in a manual mode, hold to run. The enabling device and the reset are at the cell.
import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { ClientTlsPaths } from '../../app/access/client-tls.ts';
import type { JogOptions, JogView } from '../../app/jog-by-hand.ts';
import { EXIT_CODES, OperatorError } from '../../app/operator-error.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import type { Console } from '../console.ts';
import { CallFailedError } from '../failures.ts';
import { START_CELL } from '../follow-job.ts';
import { JOG_KEYS, readKeys } from '../io-keys.ts';
import { jogLines, plainJog } from '../jog-text.ts';
import { localeOption, withAddress } from '../options.ts';
import { createScreen } from '../screen.ts';

interface JogCommandOptions extends ClientTlsPaths {
  readonly address: string;
  readonly speed: number;
  readonly for?: number;
  readonly by: string;
  readonly locale: Locale;
  readonly json?: boolean;
}

const SPEED_PERCENT = 10;
/** Longest `--for`, ms: nobody lets go of it. */
const FOR_MS_MAX = 5_000;
/** Between two views where nothing but positions has changed, ms. */
const VIEW_EVERY_MS = 100;

function readSpeed(text: string): number {
  const percent = Number(text);
  if (text.trim() === '' || !(Math.abs(percent) <= 100) || percent === 0) {
    throw new InvalidArgumentError('expected percent of the top speed, -100 to 100 and not 0');
  }
  return percent;
}

function readSpan(text: string): number {
  const [, count, unit] = /^(\d{1,5})(ms|s)$/.exec(text) ?? [];
  const ms = Number(count) * (unit === 's' ? 1_000 : 1);
  if (!(ms >= 1 && ms <= FOR_MS_MAX)) throw new InvalidArgumentError('expected 1ms to 5s, such as 500ms or 2s');
  return ms;
}

export function addJogCommand(program: Command, context: CommandContext): void {
  const command = withAddress(program.command('jog'))
    .description('move joints in a manual mode while a key, and the enabling device at the cell, are held')
    .argument('[joint]', 'the joint that is chosen first')
    .option('--speed <percent>', 'of the top speed; the bound on the speed of the tool may make it slower', readSpeed)
    .option(
      '--for <time>',
      'for scripts: move the joint so long, at most 5s, then end; ends with its process',
      readSpan,
    )
    .option('--by <name>', 'who you are', userInfo().username)
    .addOption(localeOption())
    .option('--json', 'one view a line')
    .action((joint: string | undefined, options: Partial<JogCommandOptions> & Omit<JogCommandOptions, 'speed'>) =>
      act(context, options.json === true, () => jog(joint, { speed: SPEED_PERCENT, ...options }, context.console)),
    );
  examples(command, [
    'celda jog',
    'celda jog base --speed 5',
    'celda jog base --speed -5 --for 500ms   # while somebody holds the enabling device',
  ]);
}

async function jog(joint: string | undefined, options: JogCommandOptions, console: Console): Promise<number> {
  const { address, speed: speedPercent, for: forMs, by: owner } = options;
  if (forMs === undefined) checkTerminal(speedPercent);
  const [{ jogByHand, jogFor }, { readClientTls }] = await Promise.all([
    import('../../app/jog-by-hand.ts'),
    import('../../app/access/client-tls.ts'),
  ]);
  const tls = readClientTls(options);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  const common: JogOptions = { address, tls, owner, joint, onView: viewer(options, console), signal: ending.signal };
  let putBack: (() => void) | undefined;
  const jogged =
    forMs === undefined
      ? jogByHand({
          ...common,
          speedPercent,
          keys: (onKey) => {
            putBack = readKeys(process.stdin, JOG_KEYS, { onKey, onEnd: end });
          },
        })
      : jogFor({ ...common, joint: checkJoint(joint), speedPercent, forMs });
  const outcome = await jogged.finally(() => putBack?.());
  if (!outcome.ok) throw new CallFailedError(outcome.error, address, START_CELL);
  return EXIT_CODES.ok;
}

/** Hold to run needs a person with a key under a finger. */
function checkTerminal(speedPercent: number): void {
  if (!process.stdin.isTTY) {
    throw new OperatorError(
      {
        en: 'celda jog needs a terminal: joints move while a key is held',
        es: 'celda jog necesita una terminal: se mueve mientras se sostiene una tecla',
      },
      {
        en: 'start it at a terminal, or move one joint for a short time with --for',
        es: 'arránquelo en una terminal, o mueva una articulación por poco tiempo con --for',
      },
    );
  }
  if (speedPercent < 0)
    throw new OperatorError(
      { en: 'the keys give the direction', es: 'la dirección la dan las teclas' },
      { en: 'give --speed without a sign', es: 'indique --speed sin signo' },
    );
}

function checkJoint(joint: string | undefined): string {
  if (joint !== undefined) return joint;
  throw new OperatorError(
    { en: '--for moves one joint', es: '--for mueve una articulación' },
    { en: 'name it: celda jog base --for 500ms', es: 'indíquela: celda jog base --for 500ms' },
  );
}

/** Shows what has changed at once, and positions now and then. */
function viewer({ json, locale }: JogCommandOptions, console: Console): (view: JogView) => void {
  const screen = createScreen(process.stdout);
  let shown = '';
  let shownAt = Number.NEGATIVE_INFINITY;
  return (view) => {
    const { joint, speedPercent, askedPercent, waitsFor, refusal } = view;
    const key = [joint, speedPercent, askedPercent, waitsFor, refusal?.reason].join(' ');
    const now = performance.now();
    if (key === shown && now - shownAt < VIEW_EVERY_MS) return;
    shown = key;
    shownAt = now;
    if (json === true) console.json(plainJog(view));
    else screen.show(jogLines(view, locale));
  };
}
