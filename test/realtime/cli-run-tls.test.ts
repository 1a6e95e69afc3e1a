// `celda run` on a network as a plant has it: the real processes over a board at a pseudo-terminal, with certificates and roles in files
// that change while it runs. What is waited for is an event (a line, an answer), never a duration.
import { X509Certificate } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, expect, it } from 'vitest';
import { makeDevelopmentCertificates } from '../../src/app/access/development-certificates.ts';
import { PtyBoard } from '../bench/pty-board.ts';
import { runCelda } from '../support/run-celda.ts';
import { CeldaProcess, LIMIT_MS, runtime } from '../support/simulation-process.ts';
import { smallCellText } from '../support/small-cell.ts';

const directory = mkdtempSync(join(tmpdir(), 'celda-run-tls-'));
const board = new PtyBoard();
afterAll(() => {
  board.close();
  rmSync(directory, { recursive: true });
});

const path = (name: string): string => join(directory, name);
const cell = path('cell.yaml');
writeFileSync(
  cell,
  smallCellText({ 'boards.uno-1': { kind: 'uno', baud: 500_000, leaseMs: 500, validityMs: 250 }, programs: undefined }),
);
for (const name of ['certs', 'renewed'])
  makeDevelopmentCertificates(path(name), ['localhost', '127.0.0.1'], Date.now());

function tls(client: string): readonly string[] {
  const file = (name: string): string => path(`certs/${name}`);
  return ['--tls-ca', file('ca.crt'), '--tls-cert', file(`${client}.crt`), '--tls-key', file(`${client}.key`)];
}

function alarms(address: string, client: string) {
  return runCelda(['alarms', '--address', address, ...tls(client), '--json'], { XDG_RUNTIME_DIR: runtime });
}

function serialShown(address: string): Promise<string> {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false });
    socket.on('error', reject);
    socket.on('secureConnect', () => {
      const serial = socket.getPeerX509Certificate()?.serialNumber ?? '';
      socket.destroy();
      resolve(serial);
    });
  });
}

function serialOf(file: string): string {
  return new X509Certificate(readFileSync(path(file))).serialNumber;
}

const SERVER = ['--tls-cert', path('certs/server.crt'), '--tls-key', path('certs/server.key')];

it('does not listen beyond this machine without certificates, nor with a part of them', async () => {
  const plain = await runCelda(['run', cell, '--grpc-listen', '0.0.0.0:0'], { XDG_RUNTIME_DIR: runtime });
  expect([plain.status, plain.stderr]).toEqual([2, expect.stringContaining('plain text is for this one only')]);
  const part = await runCelda(['run', cell, '--grpc-listen', '0.0.0.0:0', ...SERVER], { XDG_RUNTIME_DIR: runtime });
  expect([part.status, part.stderr]).toEqual([2, expect.stringContaining('TLS needs --client-ca, --roles too')]);
});

it(
  'serves an Operator, and takes new roles and a new certificate without a restart',
  async () => {
    const roles = path('certs/roles.yaml');
    const celda = new CeldaProcess([
      ...['run', cell, '--port', `uno-1=${board.path}`, '--grpc-listen', '127.0.0.1:0', ...SERVER],
      ...['--client-ca', path('certs/ca.crt'), '--roles', roles, '--journal', path('journal.db')],
    ]);
    const address = await celda.says(/is ready: gRPC on (\S+)/);
    await celda.says(/TLS: clients with a certificate of \S+ca\.crt, as \S+roles\.yaml says/);
    const served = await alarms(address, 'operator');
    expect([served.stderr, served.status]).toEqual([expect.not.stringContaining('celda:'), 0]);
    expect(await serialShown(address)).toBe(serialOf('certs/server.crt'));

    // What does not hold together is not taken, and said.
    writeFileSync(roles, 'identities:\n  urn:celda:client:operator: [Boss]\n');
    await celda.says(/those from before stay: .*\[unknown-role]/);
    expect((await alarms(address, 'operator')).status).toBe(0);

    for (const end of ['crt', 'key']) copyFileSync(path(`renewed/server.${end}`), path(`certs/server.${end}`));
    writeFileSync(roles, 'identities:\n  urn:celda:client:observer: [Observer]\n');
    await celda.says(/certificates and roles were read again/);
    expect(await serialShown(address)).toBe(serialOf('renewed/server.crt'));
    const untrusted = await alarms(address, 'observer');
    expect([untrusted.status, untrusted.stdout]).toEqual([1, expect.stringContaining('the certificate of the server')]);
    const [ca, renewedCa] = [path('certs/ca.crt'), path('renewed/ca.crt')];
    const trusting = (client: string): readonly string[] => tls(client).map((each) => (each === ca ? renewedCa : each));
    const call = (client: string) =>
      runCelda(['alarms', '--address', address, ...trusting(client), '--json'], { XDG_RUNTIME_DIR: runtime });
    expect((await call('observer')).status).toBe(0);
    const nobody = await call('operator');
    expect([nobody.status, nobody.stdout]).toEqual([1, expect.stringContaining('"reason":"ROLE_MISSING"')]);
  },
  LIMIT_MS,
);
