// `celda certs`: makes certificates for development, and shows what certificates say. Nothing here needs openssl.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { EXIT_CODES, OperatorError } from '../../app/operator-error.ts';
import { act, type CommandContext, examples } from '../command.ts';

const DIRECTORY = 'certs';
const DEVELOPMENT_ONLY =
  'development only: the key of the authority lies beside them, and they end in 90 days. A plant takes those of its own authority';
const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

interface InitOptions {
  readonly host: readonly string[];
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
      .option('--json', 'result as JSON')
      .action((directory: string, options: InitOptions) =>
        act(context, options.json === true, () => init(directory, options, context)),
      ),
    ['celda certs init', 'celda certs init /etc/celda/certs --host cell-3.plant.example --host 192.168.1.20'],
  );
  certs
    .command('show')
    .description('show who certificates are for and when they end: 1 when one has ended or ends within 30 days')
    .argument('<file...>', 'PEM files')
    .option('--json', 'result as JSON')
    .action((files: readonly string[], options: { readonly json?: boolean }) =>
      act(context, options.json === true, () => show(files, options.json === true, context)),
    );
  certs
    .command('revoke')
    .description('put a certificate of `celda certs init` on the list of revoked ones')
    .argument('<certificate>', 'PEM file of the client')
    .option('--dir <directory>', 'where celda certs init has put them', DIRECTORY)
    .action((certificate: string, options: { readonly dir: string }) =>
      act(context, false, async () => {
        const { revokeDevelopmentCertificate } = await import('../../app/access/development-certificates.ts');
        const list = revokeDevelopmentCertificate(options.dir, certificate, Date.now());
        context.console.print(`revoked in ${list}; a gateway that has it as --client-crl cuts the client off`);
        return EXIT_CODES.ok;
      }),
    );
}

function collect(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

async function init(directory: string, options: InitOptions, { console }: CommandContext): Promise<number> {
  const { makeDevelopmentCertificates } = await import('../../app/access/development-certificates.ts');
  const hosts = ['localhost', '127.0.0.1', '::1', ...options.host];
  const files = makeDevelopmentCertificates(directory, hosts, Date.now());
  if (options.json === true) {
    console.json({ developmentOnly: true, files });
    return EXIT_CODES.ok;
  }
  for (const { path, what } of files) console.print(`${path.padEnd(directory.length + 24)} ${what}`);
  console.note(console.style('yellow', DEVELOPMENT_ONLY));
  return EXIT_CODES.ok;
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

async function show(files: readonly string[], isJson: boolean, { console }: CommandContext): Promise<number> {
  const { certificatesIn } = await import('../../app/access/access-files.ts');
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
        warning: warningOf(each.validFromDate.getTime(), daysLeft),
      };
    });
  });
  if (isJson) console.json({ certificates: shown });
  else for (const each of shown) printOne(each, console);
  return shown.some(({ warning }) => warning !== '') ? EXIT_CODES.failed : EXIT_CODES.ok;
}

function readPem<T>(file: string, read: (pem: string) => readonly T[]): readonly T[] {
  const hint = 'give certificates in PEM form; celda certs init makes some';
  let found: readonly T[];
  try {
    found = read(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OperatorError(`${file}: ${error instanceof Error ? error.message : String(error)}`, hint);
  }
  if (found.length === 0) throw new OperatorError(`${file}: no certificate in it`, hint);
  return found;
}

function warningOf(fromMs: number, daysLeft: number): string {
  if (daysLeft < 0) return 'has ended';
  if (fromMs > Date.now()) return 'does not hold yet';
  return daysLeft < WARN_DAYS ? `ends in ${daysLeft} days` : '';
}

function printOne(each: Shown, console: CommandContext['console']): void {
  console.print(console.style('bold', each.file));
  console.print(`  subject   ${each.subject}`);
  console.print(`  identity  ${each.identity === '' ? 'none: it names nobody' : each.identity}`);
  if (each.names !== '') console.print(`  names     ${each.names}`);
  console.print(`  serial    ${each.serial}`);
  console.print(`  holds     ${each.notBefore} to ${each.notAfter}, ${each.daysLeft} days left`);
  if (each.warning !== '') console.print(console.style('red', `  it ${each.warning}`));
}
