// `celda certs`, and what the gateway reads of the files that it makes: as a person uses them, without openssl.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type AccessPaths, accessWarnings, readAccess, watchAccess } from '../../src/app/access/access-files.ts';
import { readClientTls } from '../../src/app/access/client-tls.ts';
import {
  makeDevelopmentCertificates,
  revokeDevelopmentCertificate,
} from '../../src/app/access/development-certificates.ts';
import { makingTrouble } from '../../src/app/file-trouble.ts';
import { OperatorError } from '../../src/app/operator-error.ts';
import { addCertsCommand } from '../../src/cli/commands/certs.ts';
import { Access, type AccessRules } from '../../src/mes/access.ts';
import { type Ran, runCommand } from '../support/served-cell.ts';
import { TestAuthority } from '../support/tls-bench.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const DAY_MS = 86_400_000;
const root = mkdtempSync(join(tmpdir(), 'celda-certs-'));
afterAll(() => rmSync(root, { recursive: true }));

let directory: string;
let count = 0;
beforeEach(() => {
  count += 1;
  directory = join(root, `${count}`);
});

function certs(...args: readonly string[]): Promise<Ran> {
  return runCommand(addCertsCommand, ['certs', ...args]);
}

function pathsIn(folder: string): AccessPaths {
  return {
    certificate: join(folder, 'server.crt'),
    key: join(folder, 'server.key'),
    clientCa: join(folder, 'ca.crt'),
    roles: join(folder, 'roles.yaml'),
    revocations: join(folder, 'revoked.crl'),
  };
}

function rulesOf(paths: AccessPaths, wallMs = Date.now()): AccessRules {
  const read = readAccess(paths, wallMs, 'en');
  if (!read.ok) throw new Error(read.error.join('\n'));
  return read.value;
}

function problemsOf(paths: AccessPaths, wallMs = Date.now()): string {
  const read = readAccess(paths, wallMs, 'en');
  return read.ok ? '' : read.error.join('\n');
}

it('says in Spanish what is wrong with certificates', () => {
  makeDevelopmentCertificates(directory, ['localhost'], Date.now());
  const paths = pathsIn(directory);
  const read = readAccess({ ...paths, key: join(directory, 'operator.key') }, Date.now() + 200 * DAY_MS, 'es');
  expect(read.ok ? '' : read.error.join()).toContain('operator.key no es la clave de este certificado');
  const late = readAccess(paths, Date.now() + 200 * DAY_MS, 'es');
  expect(late.ok ? '' : late.error.join()).toContain('venció el 20');
  expect(accessWarnings(paths, rulesOf(paths), Date.now() + 70 * DAY_MS, 'es').join()).toContain('vence en 19 días');
});

describe('celda certs init', () => {
  it('makes what a gateway takes as it is: keys for their owner only, a role for each client, nothing revoked', async () => {
    const made = await certs('init', directory, '--host', 'cell-3.plant.example', '--json');
    expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('"developmentOnly":true')]);
    const paths = pathsIn(directory);
    const rules = rulesOf(paths);
    expect(Object.fromEntries(rules.roles)).toMatchObject({
      'urn:celda:client:operator': ['Operator'],
      'urn:celda:client:mes-service': ['MesService'],
    });
    expect([rules.revokedSerials.size, statSync(paths.key).mode & 0o777]).toEqual([0, 0o600]);
    expect(accessWarnings(paths, rules, Date.now(), 'en')).toEqual([]);
  });

  it('touches nothing in a directory that has certificates', async () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const before = readFileSync(join(directory, 'server.crt'), 'utf8');
    const refused = await certs('init', directory);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('has certificates already')]);
    expect(readFileSync(join(directory, 'server.crt'), 'utf8')).toBe(before);
  });
});

describe('the directory of celda certs init', () => {
  it('is kept out of the repository that it lies in, keys and all', async () => {
    expect((await certs('init', directory)).stdout).toContain(join(directory, '.gitignore'));
    execFileSync('git', ['init', '-q', directory]);
    const others = ['-C', directory, 'status', '--porcelain', '--untracked-files=all'];
    expect(execFileSync('git', others, { encoding: 'utf8' })).toBe('');
  });

  it('may be one that holds other things, of which none are hidden', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'cell.yaml'), '');
    expect((await certs('init', directory)).status).toBe(0);
    expect(readdirSync(directory)).not.toContain('.gitignore');
  });
});

describe('celda certs, where nothing can be made', () => {
  it.each([
    ['a file', 'a-file', 'a-file is a file, not a folder', 'a-file es un archivo, no una carpeta'],
    ['in a file', 'a-file/certs', 'a part of', 'una parte de'],
    ['a long name', 'n'.repeat(300), 'n is too long', 'n es demasiado largo'],
  ])('says so of a directory that is %s', async (_what, name, english, spanish) => {
    const file = join(root, 'a-file');
    writeFileSync(file, 'mine');
    const made = await certs('init', join(root, name));
    expect([made.status, made.stderr]).toEqual([2, expect.stringContaining(english)]);
    expect(made.stderr).toContain('name another directory');
    const error = thrownBy(() => makeDevelopmentCertificates(join(root, name), [], Date.now()));
    expect(error instanceof OperatorError && error.told('es').message).toContain(spanish);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('leaves nothing of a half behind, and what was there as it was', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, 'server.key'), 'mine');
    const made = await certs('init', directory);
    expect([made.status, made.stderr]).toEqual([2, expect.stringContaining('server.key is there already')]);
    expect(readdirSync(directory)).toEqual(['server.key']);
    expect(readFileSync(join(directory, 'server.key'), 'utf8')).toBe('mine');
  });

  it('adds and revokes with an authority of which the key is there', async () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    rmSync(join(directory, 'ca.key'));
    const added = await certs('add', 'ana-lopez', '--role', 'Engineer', '--dir', directory);
    const revoked = await certs('revoke', join(directory, 'operator.crt'), '--dir', directory);
    for (const { status, stderr } of [added, revoked])
      expect([status, stderr]).toEqual([2, expect.stringContaining('ca.key is not there')]);
  });

  it.each([
    ['EACCES', 'may not write', 'no puede escribir'],
    ['ENOSPC', 'no room', 'no hay espacio'],
    ['EROFS', 'only be read', 'solo lectura'],
  ])('has words for %s', (code, english, spanish) => {
    const trouble = makingTrouble(Object.assign(new Error(code), { code }), 'certs');
    expect(trouble?.en).toContain(english);
    expect(trouble?.es).toContain(spanish);
  });
});

describe('celda certs add', () => {
  it('makes another client with a role, which a gateway takes, and touches no client that is there', async () => {
    expect((await certs('init', directory, '--host', 'localhost')).stdout).toContain('localhost, 127.0.0.1, ::1\n');
    const made = await certs('add', 'ana-lopez', '--role', 'Engineer', '--dir', directory);
    expect([made.status, made.stdout]).toEqual([
      0,
      expect.stringContaining('roles, now with urn:celda:client:ana-lopez'),
    ]);
    const paths = pathsIn(directory);
    expect(Object.fromEntries(rulesOf(paths).roles)).toMatchObject({
      'urn:celda:client:engineer': ['Engineer'],
      'urn:celda:client:ana-lopez': ['Engineer'],
    });
    const shown = await certs('show', join(directory, 'ana-lopez.crt'), '--json');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      certificates: [{ identity: 'urn:celda:client:ana-lopez', warning: '', daysLeft: 89 }],
    });
    expect(statSync(join(directory, 'ana-lopez.key')).mode & 0o777).toBe(0o600);
    const before = readFileSync(join(directory, 'engineer.crt'), 'utf8');
    for (const name of ['engineer', 'ana-lopez', 'server', '../ana', 'Ana']) {
      expect([name, (await certs('add', name, '--role', 'Engineer', '--dir', directory)).status]).toEqual([name, 2]);
    }
    expect((await certs('add', 'eva', '--role', 'Engineer', '--dir', root)).stderr).toContain('ca.crt is not there');
    expect(readFileSync(join(directory, 'engineer.crt'), 'utf8')).toBe(before);
  });
});

describe('celda certs show', () => {
  it('tells who a certificate is for, and 0', async () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const shown = await certs('show', join(directory, 'operator.crt'), '--json');
    expect(shown.status).toBe(0);
    expect(JSON.parse(shown.stdout)).toMatchObject({
      certificates: [{ identity: 'urn:celda:client:operator', warning: '', daysLeft: 89 }],
    });
  });

  it.each([
    ['has ended', -100, 'has ended'],
    ['ends within 30 days', -70, 'ends in 19 days'],
    ['does not hold yet', 10, 'does not hold yet'],
  ])('warns of one that %s, and 1', async (_what, days, warning) => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now() + days * DAY_MS);
    const shown = await certs('show', join(directory, 'server.crt'));
    expect([shown.status, shown.stdout]).toEqual([1, expect.stringContaining(`it ${warning}`)]);
  });

  it('refuses what is no certificate, and what is not there', async () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const key = await certs('show', join(directory, 'server.key'));
    expect([key.status, key.stderr]).toEqual([2, expect.stringContaining('no certificate in it')]);
    const missing = await certs('show', join(directory, 'nobody.crt'), '--json');
    expect([missing.status, missing.stdout]).toEqual([2, expect.stringContaining('nobody.crt is not there')]);
  });

  it('says in Spanish too what is in the way of a file', () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const [none, tlsKey, tlsCa] = [
      join(directory, 'none.crt'),
      join(directory, 'operator.key'),
      join(directory, 'ca.crt'),
    ];
    const told = (act: () => unknown) => {
      const error = thrownBy(act);
      return error instanceof OperatorError ? error.told('es').message : String(error);
    };
    expect(told(() => readClientTls({ tlsCa, tlsKey, tlsCert: none }))).toBe(`${none} no existe`);
    expect(told(() => readClientTls({ tlsCa, tlsKey, tlsCert: directory }))).toMatch(/es un directorio/);
    expect(told(() => readClientTls({ tlsCa, tlsKey, tlsCert: tlsKey }))).toContain('no hay TLS con');
    expect(told(() => revokeDevelopmentCertificate(directory, none, 0))).toBe(`${none} no existe`);
    expect(told(() => revokeDevelopmentCertificate(root, tlsCa, 0))).toBe(`${join(root, 'ca.crt')} no existe`);
  });
});

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('celda certs revoke', () => {
  it('puts a certificate on the list, once however often it is told', async () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const operator = join(directory, 'operator.crt');
    expect((await certs('revoke', operator, '--dir', directory)).status).toBe(0);
    expect((await certs('revoke', operator, '--dir', directory)).status).toBe(0);
    expect((await certs('revoke', join(directory, 'observer.crt'), '--dir', directory)).status).toBe(0);
    expect(rulesOf(pathsIn(directory)).revokedSerials.size).toBe(2);
  });

  it('refuses a certificate of somebody else, one that is not there, and a directory without an authority', async () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const list = readFileSync(join(directory, 'revoked.crl'), 'utf8');
    const foreign = join(root, 'foreign.crt');
    writeFileSync(foreign, new TestAuthority(Date.now()).client('ana').certificate);
    for (const args of [
      [foreign, '--dir', directory],
      [join(directory, 'nobody.crt'), '--dir', directory],
      [join(directory, 'server.key'), '--dir', directory],
      [join(directory, 'operator.crt'), '--dir', join(directory, 'nowhere')],
    ]) {
      const refused = await certs('revoke', ...args);
      expect([args, refused.status, refused.stderr]).toEqual([args, 2, expect.stringContaining('celda certs init')]);
    }
    expect(readFileSync(join(directory, 'revoked.crl'), 'utf8')).toBe(list);
  });
});

describe('the files of a gateway with TLS', () => {
  it('are refused with every problem at once', () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const paths = {
      ...pathsIn(directory),
      key: join(directory, 'operator.key'),
      clientCa: join(directory, 'server.crt'),
    };
    writeFileSync(paths.roles, 'identities:\n  ana: [Boss]\n');
    const problems = problemsOf({ ...paths, revocations: paths.clientCa });
    expect(problems.split('\n')).toEqual([
      expect.stringContaining('operator.key is not the key of this certificate'),
      expect.stringContaining('is not of an authority'),
      expect.stringContaining('no list of revoked certificates'),
      expect.stringContaining('[unknown-role]'),
    ]);
  });

  it('are refused when one is missing, has ended, or is not valid yet', () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const paths = pathsIn(directory);
    expect(problemsOf({ ...paths, roles: join(directory, 'none.yaml') })).toContain(
      'none.yaml: cannot be read (ENOENT)',
    );
    expect(problemsOf(paths, Date.now() + 91 * DAY_MS)).toContain('expired at');
    expect(problemsOf(paths, Date.now() - DAY_MS)).toContain('not valid before');
    expect(problemsOf({ ...paths, key: paths.roles })).toContain('is no private key');
  });

  it('are warned of when they end soon, others can read the key, or nobody has a role', () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const paths = pathsIn(directory);
    chmodSync(paths.key, 0o644);
    writeFileSync(paths.roles, 'identities: {}\n');
    expect(accessWarnings(paths, rulesOf(paths), Date.now() + 70 * DAY_MS, 'en')).toEqual([
      expect.stringMatching(/server\.crt expires in 19 days$/),
      expect.stringMatching(/chmod 600$/),
      expect.stringMatching(/nobody can do anything$/),
    ]);
  });

  it('are taken within 5 s when they changed and hold together, else what was there stays and the log says why', () => {
    makeDevelopmentCertificates(directory, ['localhost'], Date.now());
    const paths = pathsIn(directory);
    const clock = new VirtualClock(Date.now());
    const access = new Access(rulesOf(paths));
    const lines: string[] = [];
    const end = watchAccess(paths, access, clock, {
      log: (level, text) => lines.push(`${level} ${text}`),
      locale: 'es',
    });
    clock.advance(20_000);
    expect(lines).toEqual([]);

    writeFileSync(paths.roles, 'identities:\n  ana: [Boss]\n');
    clock.advance(5_000);
    expect(lines.splice(0)).toEqual([expect.stringMatching(/^error .*permitido Observer, .*\[unknown-role]$/)]);
    expect(access.rules.roles.has('ana')).toBe(false);

    writeFileSync(paths.roles, 'identities:\n  ana: [Operator]\n');
    clock.advance(5_000);
    expect(lines.splice(0)).toEqual(['info se releyeron certificados y roles']);
    expect(access.rules.roles.get('ana')).toEqual(['Operator']);

    rmSync(paths.certificate);
    clock.advance(5_000);
    expect(lines.splice(0)).toEqual([expect.stringContaining('no se puede leer (ENOENT)')]);
    expect(access.rules.certificate).toContain('BEGIN CERTIFICATE');
    end();
    expect(clock.pending).toBe(0);
  });
});
