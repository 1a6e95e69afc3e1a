// `celda certs`: makes certificates for development, and shows what certificates say. Nothing here needs openssl.
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { ACCESS_ROLES, type AccessRole } from '../../app/access/client-roles.ts';
import type { DevelopmentFile } from '../../app/access/development-certificates.ts';
import { fileTrouble } from '../../app/file-trouble.ts';
import { EXIT_CODES, OperatorError } from '../../app/operator-error.ts';
import type { Locale } from '../../config/problem.ts';
import { act, type CommandContext, examples } from '../command.ts';
import { localeOption } from '../options.ts';

const DIRECTORY = 'certs';
const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

const WORDS = {
  en: {
    developmentOnly:
      'development only: the key of the authority lies beside them, and they end in 90 days. A plant takes those of its own authority',
    revoked: (list: string) => `revoked in ${list}; a gateway that has it as --client-crl cuts the client off`,
    subject: 'subject',
    identity: 'identity',
    nobody: 'none: it names nobody',
    names: 'names',
    serial: 'serial',
    holds: 'holds',
    from: (notBefore: string, notAfter: string, daysLeft: number) =>
      `${notBefore} to ${notAfter}, ${daysLeft} days left`,
    it: 'it ',
    ended: 'has ended',
    notYet: 'does not hold yet',
    endsIn: (days: number) => `ends in ${days} days`,
  },
  es: {
    developmentOnly:
      'solo para desarrollo: la clave de la autoridad está junto a ellos, y vencen en 90 días. Una planta usa los de su propia autoridad',
    revoked: (list: string) => `revocado en ${list}; un gateway que lo tiene como --client-crl corta a ese cliente`,
    subject: 'titular',
    identity: 'identidad',
    nobody: 'ninguna: no nombra a nadie',
    names: 'nombres',
    serial: 'serie',
    holds: 'vale',
    from: (notBefore: string, notAfter: string, daysLeft: number) =>
      `${notBefore} a ${notAfter}, quedan ${daysLeft} días`,
    it: '',
    ended: 'venció',
    notYet: 'aún no vale',
    endsIn: (days: number) => `vence en ${days} días`,
  },
} as const satisfies Record<Locale, object>;

interface InitOptions {
  readonly host: readonly string[];
  readonly locale: Locale;
  readonly json?: boolean;
}

interface AddOptions {
  readonly role: AccessRole;
  readonly dir: string;
  readonly locale: Locale;
  readonly json?: boolean;
}

export function addCertsCommand(program: Command, context: CommandContext): void {
  const certs = program.command('certs').description('certificates: make some for development, and look at them');
  examples(
    certs
      .command('init')
      .description('make an authority, a certificate for the gateway and one client for each role: development only')
      .argument('[directory]', 'where to', DIRECTORY)
      .option('--host <name>', 'name or address that the gateway is called by; repeat for each', collect, [])
      .addOption(localeOption())
      .option('--json', 'result as JSON')
      .action((directory: string, options: InitOptions) =>
        act(context, options.json === true, () => init(directory, options, context)),
      ),
    ['celda certs init', 'celda certs init /etc/celda/certs --host cell-3.plant.example --host 192.168.1.20'],
  );
  examples(
    certs
      .command('add')
      .description(
        'make another client with the authority of `celda certs init`, such as a second Engineer who approves',
      )
      .argument('<name>', 'of its files, and the end of its identity')
      .addOption(new Option('--role <role>', 'what it may do').choices(ACCESS_ROLES).makeOptionMandatory())
      .option('--dir <directory>', 'where celda certs init has put them', DIRECTORY)
      .addOption(localeOption())
      .option('--json', 'result as JSON')
      .action((name: string, options: AddOptions) =>
        act(context, options.json === true, async () => {
          const { addDevelopmentClient } = await import('../../app/access/development-certificates.ts');
          return tell(addDevelopmentClient(options.dir, name, options.role, Date.now()), options, context);
        }),
      ),
    ['celda certs add ana-lopez --role Engineer'],
  );
  certs
    .command('show')
    .description('show who certificates are for and when they end: 1 when one has ended or ends within 30 days')
    .argument('<file...>', 'PEM files')
    .addOption(localeOption())
    .option('--json', 'result as JSON')
    .action((files: readonly string[], options: ShowOptions) =>
      act(context, options.json === true, () => show(files, options, context)),
    );
  certs
    .command('revoke')
    .description('put a certificate of `celda certs init` on the list of revoked ones')
    .argument('<certificate>', 'PEM file of the client')
    .option('--dir <directory>', 'where celda certs init has put them', DIRECTORY)
    .addOption(localeOption())
    .action((certificate: string, options: { readonly dir: string; readonly locale: Locale }) =>
      act(context, false, async () => {
        const { revokeDevelopmentCertificate } = await import('../../app/access/development-certificates.ts');
        const list = revokeDevelopmentCertificate(options.dir, certificate, Date.now());
        context.console.print(WORDS[options.locale].revoked(list));
        return EXIT_CODES.ok;
      }),
    );
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

async function init(directory: string, options: InitOptions, { console }: CommandContext): Promise<number> {
  const { makeDevelopmentCertificates } = await import('../../app/access/development-certificates.ts');
  const hosts = [...new Set(['localhost', '127.0.0.1', '::1', ...options.host])];
  return tell(makeDevelopmentCertificates(directory, hosts, Date.now()), options, { console });
}

/** Files that were made. */
function tell(
  files: readonly DevelopmentFile[],
  { json, locale }: { readonly json?: boolean; readonly locale: Locale },
  { console }: Pick<CommandContext, 'console'>,
): number {
  if (json === true) {
    console.json({ developmentOnly: true, files: files.map(({ path, what }) => ({ path, what: what.en })) });
    return EXIT_CODES.ok;
  }
  const width = Math.max(...files.map(({ path }) => path.length)) + 2;
  for (const { path, what } of files) console.print(`${path.padEnd(width)} ${what[locale]}`);
  console.note(console.style('yellow', WORDS[locale].developmentOnly));
  return EXIT_CODES.ok;
}

interface ShowOptions {
  readonly locale: Locale;
  readonly json?: boolean;
}

interface Shown {
  readonly file: string;
  readonly subject: string;
  /** As a gateway names whoever shows it; empty when it names nobody. */
  readonly identity: string;
  readonly names: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly daysLeft: number;
  readonly warning: string;
}

async function show(
  files: readonly string[],
  { json, locale }: ShowOptions,
  { console }: CommandContext,
): Promise<number> {
  // Scripts read one language.
  const words = WORDS[json === true ? 'en' : locale];
  const { certificatesIn } = await import('../../app/access/key-pair.ts');
  const { identityIn } = await import('../../app/access/identity.ts');
  const shown = files.flatMap((file) => {
    const certificates = readPem(file, certificatesIn);
    return certificates.map((each): Shown => {
      const daysLeft = Math.floor((each.validToDate.getTime() - Date.now()) / DAY_MS);
      return {
        file,
        subject: each.subject.replaceAll('\n', ', '),
        identity: identityIn(each) ?? '',
        names: each.subjectAltName ?? '',
        serial: each.serialNumber,
        notBefore: each.validFromDate.toISOString(),
        notAfter: each.validToDate.toISOString(),
        daysLeft,
        warning: warningOf(words, each.validFromDate.getTime(), daysLeft),
      };
    });
  });
  if (json === true) console.json({ certificates: shown });
  else for (const each of shown) printOne(each, words, console);
  return shown.some(({ warning }) => warning !== '') ? EXIT_CODES.failed : EXIT_CODES.ok;
}

function readPem<T>(file: string, read: (pem: string) => readonly T[]): readonly T[] {
  const hint = {
    en: 'give certificates in PEM form; celda certs init makes some',
    es: 'indique certificados en forma PEM; celda certs init hace algunos',
  };
  let found: readonly T[];
  try {
    found = read(readFileSync(file, 'utf8'));
  } catch (error) {
    const cause = `${file}: ${error instanceof Error ? error.message : String(error)}`;
    throw new OperatorError(fileTrouble(error, file) ?? cause, hint);
  }
  if (found.length === 0)
    throw new OperatorError(
      { en: `${file}: no certificate in it`, es: `${file}: no contiene ningún certificado` },
      hint,
    );
  return found;
}

type Words = (typeof WORDS)[Locale];

function warningOf(words: Words, fromMs: number, daysLeft: number): string {
  if (daysLeft < 0) return words.ended;
  if (fromMs > Date.now()) return words.notYet;
  return daysLeft < WARN_DAYS ? words.endsIn(daysLeft) : '';
}

function printOne(each: Shown, words: Words, console: CommandContext['console']): void {
  const line = (name: string, text: string): void => console.print(`  ${name.padEnd(9)} ${text}`);
  console.print(console.style('bold', each.file));
  line(words.subject, each.subject);
  line(words.identity, each.identity === '' ? words.nobody : each.identity);
  if (each.names !== '') line(words.names, each.names);
  line(words.serial, each.serial);
  line(words.holds, words.from(each.notBefore, each.notAfter, each.daysLeft));
  if (each.warning !== '') console.print(console.style('red', `  ${words.it}${each.warning}`));
}
