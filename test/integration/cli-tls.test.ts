// What a person at the command line is told when the door of a gateway stays shut.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import type { KeyedCertificate } from '../../src/app/access/x509.ts';
import { addAlarmsCommand } from '../../src/cli/commands/alarms.ts';
import { startMesBench } from '../support/mes-bench.ts';
import { type Ran, runCommand } from '../support/served-cell.ts';
import { TestAuthority, TlsBench } from '../support/tls-bench.ts';

const directory = mkdtempSync(join(tmpdir(), 'celda-tls-'));
afterAll(() => rmSync(directory, { recursive: true }));

const warnings: string[] = [];
const warned = (warning: Error & { readonly code?: string }): unknown => warnings.push(warning.code ?? warning.message);
process.on('warning', warned);
afterAll(() => process.off('warning', warned));

let bench: TlsBench;
beforeEach(async () => {
  bench = await new TlsBench({ 'urn:test:ana': ['Observer'] }).start();
});
afterEach(() => bench.stop());

function alarms(port: number, ca: string, shown: KeyedCertificate): Promise<Ran> {
  const path = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const tls = [
    ...['--tls-ca', path('ca.crt', ca)],
    ...['--tls-cert', path('client.crt', shown.certificate)],
    ...['--tls-key', path('client.key', shown.key)],
  ];
  return runCommand(addAlarmsCommand, ['alarms', '--address', `127.0.0.1:${port}`, ...tls]);
}

it.each([
  ['has expired', () => bench.authority.client('ana', { notAfter: new Date(Date.now() - 60_000) }), 'CERT_HAS_EXPIRED'],
  ['is of another authority', () => new TestAuthority(Date.now()).client('ana'), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['is made for servers', () => bench.authority.client('ana', { usage: 'server' }), 'INVALID_PURPOSE'],
])('says 6601 when the certificate %s, and the log of the cell says why', async (_why, shown, cause) => {
  const ran = await alarms(bench.port, bench.authority.certificate, shown());
  expect([ran.status, ran.stderr]).toEqual([
    1,
    expect.stringMatching(
      /\[6601] the server at \S+ does not accept the certificate \(UNAUTHENTICATED\)\n +celda certs/,
    ),
  ]);
  expect(bench.log).toContainEqual(expect.stringMatching(new RegExp(`^127\\.0\\.0\\.1:\\d+ was .*: ${cause}$`)));
});

it('says that the key is not that of the certificate, and what is no key', async () => {
  const [ana, eva] = [bench.authority.client('ana'), bench.authority.client('eva')];
  const other = await alarms(bench.port, bench.authority.certificate, { ...ana, key: eva.key });
  expect([other.status, other.stderr]).toEqual([
    2,
    expect.stringMatching(/client\.key is not the key of this certificate/),
  ]);
  const none = await alarms(bench.port, bench.authority.certificate, { ...ana, key: 'none' });
  expect([none.status, none.stderr]).toEqual([2, expect.stringMatching(/client\.key is no private key/)]);
});

it('says 6601 when the certificate is revoked', async () => {
  const revoked = bench.authority.client('ana');
  bench.revoke(revoked);
  const ran = await alarms(bench.port, bench.authority.certificate, revoked);
  expect([ran.status, ran.stderr]).toEqual([1, expect.stringContaining('[6601]')]);
});

it('says that it is the gateway that is not trusted', async () => {
  const ran = await alarms(bench.port, new TestAuthority(Date.now()).certificate, bench.authority.client('ana'));
  expect([ran.status, ran.stderr]).toEqual([1, expect.stringContaining('the certificate of the server')]);
  expect(ran.stderr).toContain('--tls-ca');
});

it('says that nobody known has signed the certificate of the gateway, without what Node advises whoever starts Node', async () => {
  bench.change(new TestAuthority(Date.now()).server());
  const ran = await alarms(bench.port, bench.authority.certificate, bench.authority.client('ana'));
  expect([ran.status, ran.stderr]).toEqual([
    1,
    expect.stringMatching(/: unable to verify the first certificate \(UNAUTHENTICATED\)\n +give .* --tls-ca/),
  ]);
});

it('says that the gateway speaks TLS, or plain text, to whoever speaks the other', async () => {
  const plain = await runCommand(addAlarmsCommand, ['alarms', '--address', `127.0.0.1:${bench.port}`]);
  expect([plain.status, plain.stderr]).toEqual([1, expect.stringMatching(/speaks TLS .*\n +give --tls-ca/)]);
  const open = await startMesBench();
  const tls = await alarms(open.server.port, bench.authority.certificate, bench.authority.client('ana'));
  expect([tls.status, tls.stderr]).toEqual([1, expect.stringMatching(/speaks plain text .*\n +leave out/)]);
  await open.stop();
});

it('says that nothing answers where nobody is, with TLS too', async () => {
  const { port } = bench;
  await bench.stop();
  const ran = await alarms(port, bench.authority.certificate, bench.authority.client('ana'));
  expect([ran.status, ran.stderr]).toEqual([3, expect.stringContaining('nothing answers at')]);
});

it('takes the address of the gateway for no name of a server, so that Node warns of nothing', async () => {
  const ran = await alarms(bench.port, bench.authority.certificate, bench.authority.client('ana'));
  expect([ran.status, ran.stderr]).toEqual([0, '']);
  expect(warnings).toEqual([]);
});

it('says that the gateway is not trusted when its certificate is for another address', async () => {
  bench.change(bench.authority.client('gateway', { usage: 'server', hosts: ['127.0.0.2', 'localhost'] }));
  const ran = await alarms(bench.port, bench.authority.certificate, bench.authority.client('ana'));
  expect([ran.status, ran.stderr]).toEqual([1, expect.stringContaining('the certificate of the server')]);
});
