// Puts Celda's firmware on a board through avrdude, and believes it only when the board itself says so.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import type { Locale } from '../config/problem.ts';
import type { Fault } from '../core/faults.ts';
import type { TransportFactory } from '../ports/transport.ts';
import { type BoardIdentity, probeBoard } from './board-probe.ts';
import { BOARD_VENDORS } from './doctor/check-ports.ts';
import type { Localized } from './doctor/finding.ts';
import { isPermitted, isSerialDevice, listSerialPorts, SYSTEM_ROOTS, type SystemRoots } from './doctor/serial-ports.ts';
import { checkedImagePath, type FirmwareImage, imageOf } from './firmware-images.ts';
import { EXIT_CODES, type ExitCode, OperatorError } from './operator-error.ts';
import { heldPort, type PortTrouble, portTrouble } from './port-trouble.ts';
import { portUser } from './port-user.ts';
import { createRealClock } from './real-clock.ts';
import { realPathOf } from './real-path.ts';
import { createSystemRandom } from './system-random.ts';

/**
 * How the bootloader of each board is spoken to. Uno and Nano have an ATmega328P and take the same image.
 * Source: boards.txt of the Arduino AVR core (`upload.protocol`, `upload.speed`).
 */
export const FLASH_TARGETS = {
  uno: { image: 'uno', part: 'atmega328p', programmer: 'arduino', baud: 115_200 },
  mega: { image: 'mega', part: 'atmega2560', programmer: 'wiring', baud: 115_200 },
  nano: { image: 'uno', part: 'atmega328p', programmer: 'arduino', baud: 115_200 },
  'nano-old': { image: 'uno', part: 'atmega328p', programmer: 'arduino', baud: 57_600 },
} as const;
export type FlashTarget = keyof typeof FLASH_TARGETS;

export interface FlashOptions {
  readonly path: string;
  readonly target: FlashTarget;
  /** Checks everything that can be checked without opening the port, and gives the command. */
  readonly isDryRun: boolean;
  /** Also flashes what is on a USB device of an unknown vendor. */
  readonly isAnyDevice: boolean;
  readonly locale: Locale;
  /** Hears each line of avrdude. */
  readonly onLine: (line: string) => void;
  /** @defaultValue those of this machine */
  readonly roots?: SystemRoots;
  /** How long the board may take to answer after it was flashed, ms. @defaultValue 5000 */
  readonly firstAnswerMs?: number;
  /** How long avrdude may take, and then to end when it is told to, ms. @defaultValue 120,000 and 3,000 */
  readonly avrdudeMs?: { readonly limit: number; readonly grace: number };
}

export interface Flashed {
  readonly image: FirmwareImage;
  /** What was run, or would be. */
  readonly command: readonly string[];
  /** What the board said afterwards; undefined after a dry run. */
  readonly ident: BoardIdentity | undefined;
}

/** The firmware talks at this rate from its start, bits per second. */
const FIRMWARE_BAUD = 115_200;
/** Six times what the slowest of these boards takes (20 s); a bootloader or adapter that hangs would keep avrdude for ever. */
const AVRDUDE_MS = { limit: 120_000, grace: 3_000 } as const;
/** Lines of avrdude that are shown with a failure. */
const LAST_LINES = 5;

/**
 * Flashes and verifies.
 * @throws OperatorError, with nothing written: image damaged (2), port missing or not permitted or foreign (2), in use (4),
 *   avrdude not installed (3); with the board in an unknown state: avrdude failed or took too long (1), the board does not answer as it should (1)
 */
export async function flashBoard(options: FlashOptions): Promise<Flashed> {
  const target = FLASH_TARGETS[options.target];
  const image = imageOf(target.image);
  const file = checkedImagePath(image);
  refuseByLooks(options);
  const write = `flash:w:${file}:i`;
  const speaks = ['-p', target.part, '-c', target.programmer, '-P', options.path, '-b', String(target.baud)];
  // -D: the bootloader erases page by page; a chip erase is not its to do.
  const command = ['avrdude', ...speaks, '-D', '-U', write];
  if (options.isDryRun) return { image, command, ident: undefined };
  const factory = openTransport(options.path, { clock: createRealClock(), baud: FIRMWARE_BAUD });
  await refuseIfOccupied(factory, options);
  await runAvrdude(command, options);
  return { image, command, ident: await verify(factory, image, options) };
}

/** What can be told without opening the port, which would restart whatever runs there. */
function refuseByLooks({ path, roots = SYSTEM_ROOTS, isAnyDevice, locale }: FlashOptions): void {
  if (path.startsWith('tcp:')) throw refusal(FAR, locale, EXIT_CODES.usage);
  if (!existsSync(path)) throw notOpened('not found', path, locale);
  if (!isSerialDevice(path)) throw notOpened('not a serial port', path, locale);
  if (!isPermitted(path)) throw notOpened('permission', path, locale);
  const user = portUser(path);
  if (user !== undefined) throw refusal(heldPort(path, user), locale, EXIT_CODES.occupied);
  const real = realPathOf(path);
  const port = listSerialPorts(roots).find((each) => realPathOf(each.path) === real);
  if (port?.vendorId === undefined || BOARD_VENDORS[port.vendorId] !== undefined || isAnyDevice) return;
  const what = [port.product, `${port.vendorId}:${port.productId ?? '????'}`].filter(Boolean).join(' ');
  throw refusal(foreign(what), locale, EXIT_CODES.usage);
}

function notOpened(reason: string, path: string, locale: Locale): OperatorError {
  return refusal(portTrouble({ code: 1006, detail: { reason } }, path), locale, EXIT_CODES.usage);
}

const FAR: PortTrouble = {
  text: {
    en: 'a board is flashed at a serial port of this machine, not over tcp',
    es: 'una tarjeta se graba en un puerto serie de este equipo, no por tcp',
  },
  remedy: {
    en: 'connect the board here and name its port, such as /dev/ttyACM0',
    es: 'conecte la tarjeta aquí e indique su puerto, por ejemplo /dev/ttyACM0',
  },
};

function foreign(what: string): PortTrouble {
  return {
    text: {
      en: `${what} is not known as a board or its adapter: it may be a modem`,
      es: `${what} no se conoce como tarjeta ni adaptador: puede ser un módem`,
    },
    remedy: {
      en: 'name the port of the board; if this is the board, add --any-device',
      es: 'indique el puerto de la tarjeta; si esta es la tarjeta, agregue --any-device',
    },
  };
}

function refusal({ text, remedy }: PortTrouble, locale: Locale, exitCode: ExitCode): OperatorError {
  return new OperatorError(text[locale], remedy[locale], exitCode);
}

/** Ports are opened exclusively by Celda: one that opens is nobody's. */
async function refuseIfOccupied(factory: TransportFactory, { path, locale }: FlashOptions): Promise<void> {
  const cause = await tryOpen(factory);
  if (cause === undefined) return;
  const isHeld = cause.detail['reason'] === 'in use';
  throw refusal(portTrouble(cause, path), locale, isHeld ? EXIT_CODES.occupied : EXIT_CODES.usage);
}

function tryOpen(factory: TransportFactory): Promise<Fault | undefined> {
  return new Promise((resolve) => {
    const transport = factory();
    transport.open({
      opened: () => transport.close(),
      data: () => undefined,
      closed: resolve,
    });
  });
}

function runAvrdude(command: readonly string[], options: FlashOptions): Promise<void> {
  const [program = '', ...args] = command;
  const { locale, onLine, avrdudeMs = AVRDUDE_MS } = options;
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let rest = '';
    const read = (chunk: Buffer): void => {
      const lines = (rest + chunk.toString('utf8')).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines.filter((each) => each.trim() !== '')) {
        said.push(line);
        onLine(line);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    const limit = endLate(child, avrdudeMs);
    child.on('error', (error: NodeJS.ErrnoException) => {
      limit.lift();
      const isMissing = error.code === 'ENOENT';
      const trouble = isMissing ? NOT_INSTALLED : avrdudeTrouble([error.message], options.path);
      reject(refusal(trouble, locale, isMissing ? EXIT_CODES.unreachable : EXIT_CODES.failed));
    });
    // Not of its output: a program that avrdude has started may keep that open after its end.
    child.on('exit', () => {
      limit.lift();
      if (!limit.isPassed()) return;
      child.stdout.destroy();
      child.stderr.destroy();
      reject(refusal(tooLong(avrdudeMs.limit, options.path), locale, EXIT_CODES.failed));
    });
    child.on('close', (code) => {
      if (rest.trim() !== '') said.push(rest);
      if (code === 0) resolve();
      else reject(refusal(avrdudeTrouble(said, options.path), locale, EXIT_CODES.failed));
    });
  });
}

/** Ends a process that takes too long: first asked, then made to. */
function endLate(
  child: ChildProcess,
  { limit, grace }: { readonly limit: number; readonly grace: number },
): { readonly isPassed: () => boolean; readonly lift: () => void } {
  let isPassed = false;
  let timer = setTimeout(() => {
    isPassed = true;
    child.kill('SIGTERM');
    timer = setTimeout(() => child.kill('SIGKILL'), grace);
  }, limit);
  return { isPassed: () => isPassed, lift: () => clearTimeout(timer) };
}

function tooLong(limitMs: number, path: string): PortTrouble {
  const seconds = limitMs / 1000;
  return {
    text: {
      en: `avrdude was not done after ${seconds} s and was ended: what is on the board is not known`,
      es: `avrdude no terminó en ${seconds} s y se detuvo: no se sabe qué quedó en la tarjeta`,
    },
    remedy: {
      en: `unplug the board, plug it in again, and flash ${path} once more; if it goes on, try another cable or USB port`,
      es: `desconecte la tarjeta, conéctela de nuevo y grabe ${path} otra vez; si sigue, pruebe otro cable o puerto USB`,
    },
  };
}

const NOT_INSTALLED: PortTrouble = {
  text: { en: 'avrdude is not installed', es: 'avrdude no está instalado' },
  remedy: { en: 'sudo apt-get install avrdude', es: 'sudo apt-get install avrdude' },
};

/** avrdude gives its reasons in words only. */
function avrdudeTrouble(said: readonly string[], path: string): PortTrouble {
  const words = said.join('\n');
  const last = said.slice(-LAST_LINES).join(' | ');
  const remedy = AVRDUDE_REMEDIES.find(([pattern]) => pattern.test(words))?.[1] ?? {
    en: `check the cable and ${path}, then flash again`,
    es: `revise el cable y ${path}, luego grabe de nuevo`,
  };
  return { text: { en: `avrdude failed: ${last}`, es: `avrdude falló: ${last}` }, remedy };
}

const AVRDUDE_REMEDIES: readonly (readonly [RegExp, Localized])[] = [
  [
    /not in sync|not responding|no response/i,
    {
      en: 'no Arduino bootloader answers: is it an Uno, or (--board) a nano, nano-old before 2018 or mega, and not a modem?',
      es: 'no responde ningún bootloader de Arduino: ¿es un Uno o (--board) un nano, nano-old antes de 2018 o mega, y no un módem?',
    },
  ],
  [
    /signature/i,
    {
      en: 'the board has another chip than the one named: --board mega for an ATmega2560, uno or nano for an ATmega328P',
      es: 'la tarjeta tiene otro chip que el indicado: --board mega para un ATmega2560, uno o nano para un ATmega328P',
    },
  ],
  [
    /verif/i,
    {
      en: 'what was written reads back differently: flash again, and replace the board if it goes on',
      es: 'lo grabado se lee distinto: grabe de nuevo y cambie la tarjeta si sigue',
    },
  ],
];

async function verify(factory: TransportFactory, image: FirmwareImage, options: FlashOptions): Promise<BoardIdentity> {
  const { path, locale, firstAnswerMs } = options;
  const outcome = await probeBoard({
    factory,
    clock: createRealClock(),
    random: createSystemRandom(),
    exchanges: 0,
    ...(firstAnswerMs === undefined ? {} : { firstAnswerMs }),
  });
  if (outcome.kind === 'failed')
    throw refusal(unverified(portTrouble(outcome.fault, path).text), locale, EXIT_CODES.failed);
  const { ident } = outcome;
  const found = `firmware ${ident.firmware.join('.')}, wire ${ident.wireVersion}`;
  const wanted = `firmware ${image.firmwareVersion}, wire ${image.wireVersion}`;
  if (found === wanted) return ident;
  throw refusal(unverified({ en: `${found}, not ${wanted}`, es: `${found}, no ${wanted}` }), locale, EXIT_CODES.failed);
}

function unverified(why: Localized): PortTrouble {
  return {
    text: {
      en: `written, but the board does not answer as it should: ${why.en}`,
      es: `grabada, pero la tarjeta no responde como debe: ${why.es}`,
    },
    remedy: {
      en: 'unplug it, plug it in again, and flash once more',
      es: 'desconéctela, conéctela de nuevo y grabe otra vez',
    },
  };
}
