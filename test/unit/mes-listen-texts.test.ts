// What the person who starts a cell is told of where it serves, in both languages.
import { describe, expect, it } from 'vitest';
import { accessLine } from '../../src/cli/listen-options.ts';
import { hintWith, listenError } from '../../src/mes/listen-error.ts';

describe('a port that is taken', () => {
  it('is named with the cause, what to do and the option that chooses another, in English and in Spanish', () => {
    const error = Object.assign(new Error('listen'), { code: 'EADDRINUSE' });
    const told = listenError(error, '127.0.0.1', 50_051);
    const hint = hintWith(told, '--grpc-port');
    expect([told.code, told.message.en, hint.en]).toEqual([
      'EADDRINUSE',
      'cannot listen on 127.0.0.1:50051 (EADDRINUSE)',
      'another program listens there, perhaps another cell: stop it, or choose another port (--grpc-port)',
    ]);
    expect([told.message.es, hint.es]).toEqual([
      'no se puede escuchar en 127.0.0.1:50051 (EADDRINUSE)',
      'otro programa escucha ahí, quizá otra celda: deténgalo o elija otro puerto (--grpc-port)',
    ]);
  });
});

describe('the line of the start that says who may come in', () => {
  const access = {
    certificate: 's.crt',
    key: 's.key',
    clientCa: 'ca.crt',
    roles: 'roles.yaml',
    revocations: undefined,
  };
  const listening = { host: '0.0.0.0', port: 1, access };

  it('names authority and roles with TLS, and never calls that plain text', () => {
    expect(accessLine(listening, 'en')).toBe('TLS: clients with a certificate of ca.crt, as roles.yaml says');
    expect(accessLine(listening, 'es')).toBe('TLS: clientes con un certificado de ca.crt, según roles.yaml');
  });

  it('says that plain text is for this machine, and that whoever is on it may do everything', () => {
    const plain = { ...listening, access: undefined };
    expect(accessLine(plain, 'en')).toMatch(/^plain text, on this machine only/);
    expect(accessLine(plain, 'es')).toMatch(/^texto sin cifrar, solo en esta máquina/);
  });
});
