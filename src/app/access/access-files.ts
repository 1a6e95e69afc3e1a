// Certificates, keys, lists and roles as files: read, checked together, and read again when they change.
import { createPrivateKey, X509Certificate } from 'node:crypto';
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

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;
/** How often the files are looked at, ms. */
const LOOK_MS = 5_000;
const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

type Texts = Readonly<Record<keyof AccessPaths, string | undefined>>;

/**
 * @param locale of the problems in the file of roles
 * @returns rules that go together, or every problem, one a line, with the file it is in
 */
export function readAccess(paths: AccessPaths, wallMs: number, locale: Locale): Result<AccessRules, readonly string[]> {
  const problems: string[] = [];
  const texts = readTexts(paths, problems);
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
  check(paths.certificate, () => checkServer(certificate, key, paths.key, wallMs));
  check(paths.clientCa, () => checkAuthorities(clientCa));
  const revokedSerials = check(paths.revocations ?? '', () =>
    revocations === undefined ? new Set<string>() : revokedSerialsIn(revocations),
  );
  const roles = rolesIn(texts.roles ?? '', paths.roles, locale, problems);
  if (problems.length > 0) return err(problems);
  const rules = { certificate, key, clientCa, revocations, revokedSerials: revokedSerials ?? new Set(), roles };
  check(paths.certificate, () => createSecureContext(secureContextOf(rules)));
  return problems.length === 0 ? ok(rules) : err(problems);
}

function readTexts(paths: AccessPaths, problems: string[]): Texts {
  const entries = Object.entries(paths).map(([name, path]: [string, string | undefined]) => {
    if (path === undefined) return [name, undefined];
    try {
      return [name, readFileSync(path, 'utf8')];
    } catch (error) {
      problems.push(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
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

/** @throws Error in words for whoever wrote the files */
function checkServer(certificate: string, key: string, keyPath: string, wallMs: number): void {
  const [first] = certificatesIn(certificate);
  if (first === undefined) throw new Error('no certificate (PEM) in it');
  let isOfKey: boolean;
  try {
    isOfKey = first.checkPrivateKey(createPrivateKey(key));
  } catch {
    throw new Error(`${keyPath} is no private key (PEM, without a passphrase)`);
  }
  if (!isOfKey) throw new Error(`${keyPath} is not the key of this certificate`);
  if (wallMs >= first.validToDate.getTime()) throw new Error(`expired at ${first.validToDate.toISOString()}`);
  if (wallMs < first.validFromDate.getTime()) throw new Error(`not valid before ${first.validFromDate.toISOString()}`);
}

function checkAuthorities(clientCa: string): void {
  const authorities = certificatesIn(clientCa);
  if (authorities.length === 0) throw new Error('no certificate (PEM) in it');
  if (authorities.some(({ ca }) => !ca)) throw new Error('one of the certificates in it is not of an authority');
}

/** @throws Error of OpenSSL for what is no certificate */
export function certificatesIn(pem: string): readonly X509Certificate[] {
  return [...pem.matchAll(CERTIFICATE)].map(([each]) => new X509Certificate(each));
}

/** What works but will not for long, or lets others in. */
export function accessWarnings(paths: AccessPaths, rules: AccessRules, wallMs: number): readonly string[] {
  const [first] = certificatesIn(rules.certificate);
  const days = first === undefined ? 0 : Math.floor((first.validToDate.getTime() - wallMs) / DAY_MS);
  return [
    ...(days < WARN_DAYS ? [`${paths.certificate} expires in ${days} days`] : []),
    ...((statSync(paths.key).mode & 0o077) === 0 ? [] : [`${paths.key} can be read by others: chmod 600`]),
    ...(rules.roles.size === 0 ? [`${paths.roles} names nobody: nobody can do anything`] : []),
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
  let seen = JSON.stringify(readTexts(paths, []));
  const look = (): void => {
    cancel = schedule();
    const texts = JSON.stringify(readTexts(paths, []));
    if (texts === seen) return;
    seen = texts;
    const wallMs = clock.wall();
    const rules = readAccess(paths, wallMs, locale);
    if (rules.ok) {
      access.replace(rules.value);
      log('info', 'certificates and roles were read again');
      for (const warning of accessWarnings(paths, rules.value, wallMs)) log('warn', warning);
      return;
    }
    log('error', `certificates or roles are not taken, those from before stay: ${rules.error.join('; ')}`);
  };
  const schedule = (): (() => void) => clock.schedule(monotonicMs(clock.now() + LOOK_MS), look);
  let cancel = schedule();
  return () => cancel();
}
