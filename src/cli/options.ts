// Values of options: read, checked, or refused with what is allowed.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SimulationLevel } from '../app/simulation-options.ts';
import { BOARD_PORT_FORM } from '../config/board-port-form.ts';
import type { Locale } from '../config/problem.ts';

export const GRPC_PORT = 50_051;
export const SIMULATION_PORT = 50_052;
const HOST = '127.0.0.1';

export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('expected a port, 0 to 65535 (0: any free one)');
  return port;
}

export function readSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed > 0xffff_ffff)
    throw new InvalidArgumentError('expected a whole number, 0 to 4294967295');
  return seed;
}

export function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a finite number');
  return value;
}

export function readPriority(text: string): number {
  const priority = Number(text);
  if (!/^-?\d+$/.test(text) || priority < -32_768 || priority > 32_767) {
    throw new InvalidArgumentError('expected a whole number, -32768 to 32767');
  }
  return priority;
}

export function readCount(text: string): number {
  const count = Number(text);
  if (!/^[1-9]\d*$/.test(text) || !Number.isSafeInteger(count))
    throw new InvalidArgumentError('expected a whole number, 1 or more');
  return count;
}

/** ISO 8601, a day or a time; without an offset it is of the zone of this machine. */
export function readTime(text: string): Date {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/.test(text);
  // A day alone would be read as one of UTC.
  const time = new Date(isDay ? `${text}T00:00` : text);
  if (!(isDay || isTime) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError(
      'expected a day or a time such as 2026-11-23, 2026-11-23T06:00 or 2026-11-23T06:00-06:00',
    );
  }
  return time;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** `90s`, `15m` or `2h`, as seconds. */
export function readDuration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? 0);
  if (!(seconds >= 1 && seconds <= 28_800)) throw new InvalidArgumentError('expected 1s to 8h, such as 90s, 15m or 2h');
  return seconds;
}

/** `name=value`, repeated: the later wins only by mistake, so a name given twice is refused. */
export function collectPair(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('expected name=value');
  const name = text.slice(0, at);
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`${name} is given twice`);
  return { ...before, [name]: text.slice(at + 1) };
}

/** `board=port`, repeated. */
export function collectPort(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!/^[^=]+=./.test(text)) throw new InvalidArgumentError('expected board=port, such as uno-1=/dev/ttyACM0');
  if (!BOARD_PORT_FORM.test(text.slice(text.indexOf('=') + 1))) {
    throw new InvalidArgumentError('expected tcp://host:port, such as uno-1=tcp://192.168.1.20:4000');
  }
  return collectPair(text, before);
}

function addressOption(): Option {
  return new Option('--address <host:port>', 'gRPC address of the cell')
    .env('CELDA_ADDRESS')
    .default(`${HOST}:${GRPC_PORT}`)
    .argParser(readAddress);
}

/** Where the cell is, and what it is shown: for every command that speaks to a cell over gRPC. */
export function withAddress(command: Command): Command {
  return command
    .addOption(addressOption())
    .addOption(new Option('--tls-ca <file>', 'PEM: who has signed the gateway').env('CELDA_TLS_CA'))
    .addOption(new Option('--tls-cert <file>', 'PEM: the certificate to show').env('CELDA_TLS_CERT'))
    .addOption(new Option('--tls-key <file>', 'PEM: its private key').env('CELDA_TLS_KEY'));
}

export function simulationAddressOption(): Option {
  return new Option('--sim-address <host:port>', 'address of the simulation interface')
    .env('CELDA_SIM_ADDRESS')
    .default(`${HOST}:${SIMULATION_PORT}`)
    .argParser(readAddress);
}

function readAddress(text: string): string {
  const port = text.slice(text.lastIndexOf(':') + 1);
  if (!text.includes(':') || !/^\d+$/.test(port) || Number(port) > 65_535) {
    throw new InvalidArgumentError(`expected host:port, such as ${HOST}:${GRPC_PORT}`);
  }
  return text;
}

/** Level 2 is level 1 behind a pseudo-terminal, which `celda sim` and `celda board` always put boards behind. */
export function levelOption(): Option {
  return new Option(
    '--level <level>',
    "what plays the boards: 1 the firmware's core, 3 the image for the board in an emulator of its chip",
  )
    .argParser(readLevel)
    .default(1);
}

/** What `--firmata-image` is for. */
export const FIRMATA_IMAGE = 'Intel HEX of a stock Firmata for the Uno, for boards that have such; level 3 only';

function readLevel(text: string): SimulationLevel {
  if (text === '1') return 1;
  if (text === '3') return 3;
  throw new InvalidArgumentError('expected 1 or 3');
}

export function localeOption(): Option {
  return new Option('--locale <locale>', 'language of messages').choices(['en', 'es']).default(systemLocale());
}

/** POSIX order: LC_ALL, LC_MESSAGES, LANG. Whatever is not Spanish reads English. */
export function systemLocale(): Locale {
  const { env } = process;
  const set = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  return /^es(?![a-z])/i.test(set ?? '') ? 'es' : 'en';
}
