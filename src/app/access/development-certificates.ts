// Certificates to try a cell over the network with: an authority, a gateway and one client for each role, made in one go.
import { createPrivateKey } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCESS_ROLES, type AccessRole } from '../../core/access-role.ts';
import { plainSerial } from '../../mes/access.ts';
import type { Localized } from '../doctor/finding.ts';
import { fileTrouble, makingTrouble } from '../file-trouble.ts';
import { OperatorError } from '../operator-error.ts';
import { replaceFile } from '../replace-file.ts';
import { certificatesIn } from './key-pair.ts';
import { revokedSerialsIn } from './revoked-serials.ts';
import { type Issuer, issue, type KeyedCertificate, revoke } from './x509.ts';

const AUTHORITY = 'Celda development authority - not for a plant';
const DAY_MS = 86_400_000;
const DAYS_MAX = 90;
/** Clocks of other machines may be behind. */
const EARLIER_MS = 3_600_000;
const CLIENT_NAME = /^(?!ca$|server$)[a-z][a-z0-9]{0,39}(-[a-z0-9]{1,40}){0,4}$/;
const REVOCATIONS = 'revoked.crl';

export interface DevelopmentFile {
  readonly path: string;
  readonly what: Localized;
}

/** `MesService` is `mes-service`. */
function fileNameOf(role: string): string {
  return role.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

export function identityOf(role: string): string {
  return `urn:celda:client:${fileNameOf(role)}`;
}

/**
 * Makes keys and certificates, a list of revoked ones with nothing on it, and the file of roles, in `directory`. In one of its own it
 * puts a `.gitignore` too.
 *
 * @param hosts names and addresses that the gateway will be called by
 * @throws OperatorError when there are certificates in it already, or they cannot be put there; nothing of them is left then
 */
export function makeDevelopmentCertificates(
  directory: string,
  hosts: readonly string[],
  wallMs: number,
): readonly DevelopmentFile[] {
  if (existsSync(join(directory, 'ca.crt'))) {
    throw new OperatorError(
      { en: `${directory} has certificates already`, es: `${directory} ya tiene certificados` },
      { en: 'name another directory, or remove that one', es: 'indique otro directorio, o borre ese' },
    );
  }
  const isOwn = makeFolder(directory);
  const notBefore = new Date(wallMs - EARLIER_MS);
  const notAfter = new Date(wallMs + DAYS_MAX * DAY_MS);
  const authority = issue({ commonName: AUTHORITY, usage: 'authority', notBefore, notAfter }, undefined);
  const issuer = issuerOf(authority.key);
  const files: DevelopmentFile[] = [];
  const write = (name: string, text: string, mode: number, what: Localized): void => {
    const path = join(directory, name);
    writeNew(path, text, mode, files);
    files.push({ path, what });
  };
  const writePair = (name: string, pair: KeyedCertificate, what: Localized): void => {
    write(`${name}.crt`, pair.certificate, 0o644, what);
    write(`${name}.key`, pair.key, 0o600, { en: 'its private key', es: 'su clave privada' });
  };
  // First: there is no moment at which the keys could be taken along.
  if (isOwn) {
    write('.gitignore', '*\n', 0o644, {
      en: 'keeps all of it out of a git repository, the keys above all',
      es: 'deja todo fuera de un repositorio git, sobre todo las claves',
    });
  }
  writePair('ca', authority, {
    en: 'the authority: clients and gateway trust what it has signed',
    es: 'la autoridad: clientes y gateway confían en lo que firmó',
  });
  const server = issue({ commonName: 'celda gateway', usage: 'server', hosts, notBefore, notAfter }, issuer);
  writePair('server', server, {
    en: `the gateway, called ${hosts.join(', ')}`,
    es: `el gateway, llamado ${hosts.join(', ')}`,
  });
  for (const role of ACCESS_ROLES) {
    const uri = identityOf(role);
    const client = issue({ commonName: fileNameOf(role), usage: 'client', uri, notBefore, notAfter }, issuer);
    writePair(fileNameOf(role), client, { en: `a client: ${role}`, es: `un cliente: ${role}` });
  }
  write(REVOCATIONS, revoke([], issuer, notBefore, notAfter), 0o644, {
    en: 'revoked certificates: none yet',
    es: 'certificados revocados: ninguno aún',
  });
  const lines = ACCESS_ROLES.map((role) => `  ${identityOf(role)}: [${role}]`);
  write('roles.yaml', `# Who may do what. Development only.\nidentities:\n${lines.join('\n')}\n`, 0o644, {
    en: 'roles',
    es: 'roles',
  });
  return files;
}

/** @returns whether nothing else is in it, which a `.gitignore` would hide. @throws OperatorError */
function makeFolder(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return readdirSync(directory).length === 0;
  } catch (error) {
    const isFile = existsSync(directory);
    const file = { en: `${directory} is a file, not a folder`, es: `${directory} es un archivo, no una carpeta` };
    throw new OperatorError(isFile ? file : untold(error, directory), ANOTHER_HINT);
  }
}

/** @param before what was made: without this file it is of no use, and would be in the way of the next attempt */
function writeNew(path: string, text: string, mode: number, before: readonly DevelopmentFile[]): void {
  const existed = existsSync(path);
  try {
    writeFileSync(path, text, { mode, flag: 'wx' });
  } catch (error) {
    for (const made of [...before.map(({ path: each }) => each), ...(existed ? [] : [path])])
      rmSync(made, { force: true });
    throw new OperatorError(untold(error, path), ANOTHER_HINT);
  }
}

function untold(error: unknown, path: string): Localized | string {
  return makingTrouble(error, path) ?? (error instanceof Error ? error.message : String(error));
}

const ANOTHER_HINT: Localized = {
  en: 'name another directory, which this user may write to',
  es: 'indique otro directorio, en el que este usuario pueda escribir',
};

/**
 * Makes another client of the development authority in `directory`, and gives it a role in the file of roles.
 *
 * @param name of its files and the end of its identity: lower-case words joined by hyphens
 * @returns what was made, and the identity in the file of roles
 * @throws OperatorError when there is no authority, or there is such a client already
 */
export function addDevelopmentClient(
  directory: string,
  name: string,
  role: AccessRole,
  wallMs: number,
): readonly DevelopmentFile[] {
  const path = (ending: string): string => join(directory, `${name}.${ending}`);
  const uri = `urn:celda:client:${name}`;
  if (!CLIENT_NAME.test(name)) {
    throw new OperatorError(
      { en: `${name} is no name for a client`, es: `${name} no es un nombre para un cliente` },
      {
        en: 'lower-case words joined by hyphens, such as ana-lopez',
        es: 'palabras en minúscula unidas por guiones, como ana-lopez',
      },
    );
  }
  try {
    const [authority] = certificatesIn(readText(join(directory, 'ca.crt'), ADD_HINT));
    const issuer = issuerOf(readText(join(directory, 'ca.key'), ADD_HINT));
    const roles = readText(join(directory, 'roles.yaml'), ADD_HINT);
    if (authority === undefined || roles.includes(`${uri}:`) || existsSync(path('crt'))) {
      throw new OperatorError(
        { en: `${directory} has a client ${name} already`, es: `${directory} ya tiene un cliente ${name}` },
        { en: 'take another name', es: 'tome otro nombre' },
      );
    }
    const notBefore = new Date(wallMs - EARLIER_MS);
    const client = issue(
      { commonName: name, usage: 'client', uri, notBefore, notAfter: authority.validToDate },
      issuer,
    );
    writeFileSync(path('crt'), client.certificate, { mode: 0o644, flag: 'wx' });
    writeFileSync(path('key'), client.key, { mode: 0o600, flag: 'wx' });
    replaceFile(join(directory, 'roles.yaml'), `${roles.trimEnd()}\n  ${uri}: [${role}]\n`);
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(untold(error, directory), ADD_HINT);
  }
  return [
    { path: path('crt'), what: { en: `a client: ${role}`, es: `un cliente: ${role}` } },
    { path: path('key'), what: { en: 'its private key', es: 'su clave privada' } },
    { path: join(directory, 'roles.yaml'), what: { en: `roles, now with ${uri}`, es: `roles, ahora con ${uri}` } },
  ];
}

function issuerOf(key: string): Issuer {
  return { commonName: AUTHORITY, key: createPrivateKey(key) };
}

const ADD_HINT: Localized = {
  en: 'name the directory of celda certs init',
  es: 'indique el directorio de celda certs init',
};

const REVOKE_HINT: Localized = {
  en: 'name the directory of celda certs init, and a certificate of it',
  es: 'indique el directorio de celda certs init, y un certificado de él',
};

/** @throws OperatorError when it is not there, or may not be read */
function readText(path: string, hint: Localized): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new OperatorError(fileTrouble(error, path) ?? String(error), hint);
  }
}

/**
 * Puts a certificate on the list of its development authority.
 *
 * @returns the path of the list
 * @throws OperatorError when there is no such authority or certificate, or one is not of the other
 */
export function revokeDevelopmentCertificate(directory: string, certificatePath: string, wallMs: number): string {
  const list = join(directory, REVOCATIONS);
  try {
    const [certificate] = certificatesIn(readText(certificatePath, REVOKE_HINT));
    if (certificate === undefined)
      throw new OperatorError(
        {
          en: `${certificatePath} has no certificate (PEM) in it`,
          es: `${certificatePath} no contiene ningún certificado (PEM)`,
        },
        REVOKE_HINT,
      );
    const [authority] = certificatesIn(readText(join(directory, 'ca.crt'), REVOKE_HINT));
    if (authority === undefined || !certificate.verify(authority.publicKey)) {
      throw new OperatorError(
        {
          en: `${certificatePath} is not signed by the authority in ${directory}`,
          es: `${certificatePath} no está firmado por la autoridad de ${directory}`,
        },
        REVOKE_HINT,
      );
    }
    const serials = new Set([...revokedSerialsIn(readText(list, REVOKE_HINT)), plainSerial(certificate.serialNumber)]);
    const issuer = issuerOf(readText(join(directory, 'ca.key'), REVOKE_HINT));
    const until = new Date(wallMs + DAYS_MAX * DAY_MS);
    replaceFile(list, revoke([...serials], issuer, new Date(wallMs - EARLIER_MS), until));
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(untold(error, list), REVOKE_HINT);
  }
  return list;
}
