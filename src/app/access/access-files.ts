// Certificates, keys, lists and roles as files: read, checked together, and read again when they change.
import { readFileSync, statSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { formatProblem, type Locale } from '../../config/problem.ts';
import { type RolesByIdentity, readRoles } from '../../config/roles-file.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { monotonicMs } from '../../core/units.ts';
import type { Access, AccessRules } from '../../mes/access.ts';
import { secureContextOf } from '../../mes/tls-door.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../process-message.ts';
import { certificatesIn, keyTrouble } from './key-pair.ts';
import { revokedSerialsIn } from './revoked-serials.ts';

/** Where the files are; the command line says. */
export interface AccessPaths {
  readonly certificate: string;
  readonly key: string;
  readonly clientCa: string;
  readonly roles: string;
  /** Undefined: no certificate is revoked. */
  readonly revocations: string | undefined;
}

/** How often the files are looked at, ms. */
const LOOK_MS = 5_000;
const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

type Say = (en: string, es: string) => string;
const sayIn =
  (locale: Locale): Say =>
  (en, es) =>
    locale === 'es' ? es : en;

type Texts = Readonly<Record<keyof AccessPaths, string | undefined>>;

/**
 * @param locale of the problems; what OpenSSL says of a certificate is in its own words
 * @returns rules that go together, or every problem, one a line, with the file it is in
 */
export function readAccess(paths: AccessPaths, wallMs: number, locale: Locale): Result<AccessRules, readonly string[]> {
  const problems: string[] = [];
  const say = sayIn(locale);
  const texts = readTexts(paths, problems, say);
  if (problems.length > 0) return err(problems);
  const check = <T>(path: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  const { certificate = '', key = '', clientCa = '', revocations } = texts;
  check(paths.certificate, () => checkServer({ certificate, key, keyPath: paths.key }, wallMs, say));
  check(paths.clientCa, () => checkAuthorities(clientCa, say));
  const revokedSerials = check(paths.revocations ?? '', () =>
    revocations === undefined ? new Set<string>() : revokedSerialsIn(revocations, locale),
  );
  const roles = rolesIn(texts.roles ?? '', paths.roles, locale, problems);
  if (problems.length > 0) return err(problems);
  const rules = { certificate, key, clientCa, revocations, revokedSerials: revokedSerials ?? new Set(), roles };
  check(paths.certificate, () => createSecureContext(secureContextOf(rules)));
  return problems.length === 0 ? ok(rules) : err(problems);
}

function readTexts(paths: AccessPaths, problems: string[], say: Say): Texts {
  const entries = Object.entries(paths).map(([name, path]: [string, string | undefined]) => {
    if (path === undefined) return [name, undefined];
    try {
      return [name, readFileSync(path, 'utf8')];
    } catch (error) {
      const cause = (error as NodeJS.ErrnoException).code ?? String(error);
      problems.push(`${path}: ${say(`cannot be read (${cause})`, `no se puede leer (${cause})`)}`);
      return [name, undefined];
    }
  });
  return Object.fromEntries(entries) as Texts;
}

function rolesIn(text: string, file: string, locale: Locale, problems: string[]): RolesByIdentity {
  const roles = readRoles(text, file);
  if (roles.ok) return roles.value;
  problems.push(...roles.error.map((problem) => formatProblem(problem, locale)));
  return new Map();
}

interface ServerFiles {
  readonly certificate: string;
  readonly key: string;
  readonly keyPath: string;
}

const noCertificate = (say: Say): Error =>
  new Error(say('no certificate (PEM) in it', 'no contiene ningún certificado (PEM)'));

/** @throws Error in words for whoever wrote the files */
function checkServer({ certificate, key, keyPath }: ServerFiles, wallMs: number, say: Say): void {
  const [first] = certificatesIn(certificate);
  if (first === undefined) throw noCertificate(say);
  const trouble = keyTrouble(first, key, keyPath);
  if (trouble !== undefined) throw new Error(say(trouble.en, trouble.es));
  const [from, to] = [first.validFromDate, first.validToDate];
  if (wallMs >= to.getTime()) {
    throw new Error(say(`expired at ${to.toISOString()}`, `venció el ${to.toISOString()}`));
  }
  if (wallMs < from.getTime()) {
    throw new Error(say(`not valid before ${from.toISOString()}`, `no es válido antes del ${from.toISOString()}`));
  }
}

function checkAuthorities(clientCa: string, say: Say): void {
  const authorities = certificatesIn(clientCa);
  if (authorities.length === 0) throw noCertificate(say);
  if (authorities.every(({ ca }) => ca)) return;
  const en = 'one of the certificates in it is not of an authority';
  throw new Error(say(en, 'uno de sus certificados no es de una autoridad'));
}

/** What works but will not for long, or lets others in. */
export function accessWarnings(
  paths: AccessPaths,
  rules: AccessRules,
  wallMs: number,
  locale: Locale,
): readonly string[] {
  const say = sayIn(locale);
  const { certificate, key, roles } = paths;
  const [first] = certificatesIn(rules.certificate);
  const days = first === undefined ? 0 : Math.floor((first.validToDate.getTime() - wallMs) / DAY_MS);
  const isOpen = (statSync(key).mode & 0o077) !== 0;
  return [
    ...(days < WARN_DAYS
      ? [say(`${certificate} expires in ${days} days`, `${certificate} vence en ${days} días`)]
      : []),
    ...(isOpen ? [say(`${key} can be read by others: chmod 600`, `otros pueden leer ${key}: chmod 600`)] : []),
    ...(rules.roles.size === 0
      ? [say(`${roles} names nobody: nobody can do anything`, `${roles} no nombra a nadie: nadie puede hacer nada`)]
      : []),
  ];
}

/**
 * Reads the files again and again and takes what has changed, if it holds together; else what was there goes on, and the log says why.
 *
 * @returns stops it
 */
export function watchAccess(
  paths: AccessPaths,
  access: Access,
  clock: Clock,
  { log, locale }: { readonly log: Log; readonly locale: Locale },
): () => void {
  const say = sayIn(locale);
  let seen = JSON.stringify(readTexts(paths, [], say));
  const look = (): void => {
    cancel = schedule();
    const texts = JSON.stringify(readTexts(paths, [], say));
    if (texts === seen) return;
    seen = texts;
    const wallMs = clock.wall();
    const rules = readAccess(paths, wallMs, locale);
    if (rules.ok) {
      access.replace(rules.value);
      log('info', say('certificates and roles were read again', 'se releyeron certificados y roles'));
      for (const warning of accessWarnings(paths, rules.value, wallMs, locale)) log('warn', warning);
      return;
    }
    const [en, es] = [
      'certificates or roles are not taken, those from before stay',
      'certificados o roles no se aceptan, siguen los anteriores',
    ];
    log('error', `${say(en, es)}: ${rules.error.join('; ')}`);
  };
  const schedule = (): (() => void) => clock.schedule(monotonicMs(clock.now() + LOOK_MS), look);
  let cancel = schedule();
  return () => cancel();
}
