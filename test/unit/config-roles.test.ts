// The file of roles: every problem at once, each with place, value, what is allowed and a hint, in both languages.
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/config/problem.ts';
import { readRoles } from '../../src/config/roles-file.ts';

const ROLES = 'Observer, Operator, Supervisor, Engineer, ConfigureAdmin, SecurityAdmin, MesService';

function problemsOf(text: string) {
  const read = readRoles(text, 'roles.yaml');
  return read.ok ? [] : read.error;
}

describe('the file of roles', () => {
  it('gives each identity its roles', () => {
    const text =
      'identities:\n  urn:plant:mes: [MesService]\n  ana@plant.example: [Supervisor, SecurityAdmin]\n  guest: []\n';
    expect(readRoles(text, 'roles.yaml')).toEqual({
      ok: true,
      value: new Map([
        ['urn:plant:mes', ['MesService']],
        ['ana@plant.example', ['Supervisor', 'SecurityAdmin']],
        ['guest', []],
      ]),
    });
  });

  it.each([
    ['', [['not-a-map', '', 'null']]],
    ['- Observer', [['not-a-map', '', '["Observer"]']]],
    [
      'roles: {}',
      [
        ['missing-key', 'identities', undefined],
        ['unknown-key', 'roles', 'roles'],
      ],
    ],
    ['identities: Observer', [['not-a-map', 'identities', 'Observer']]],
    ['identities:\n  ana: Observer', [['not-a-list', 'identities.ana', 'Observer']]],
    ['identities:\n  ana: [observer]', [['unknown-role', 'identities.ana[0]', 'observer']]],
    ['identities:\n  ana: [7]', [['unknown-role', 'identities.ana[0]', '7']]],
    ['identities:\n  local: [Observer]', [['bad-identity', 'identities.local', 'local']]],
    ['identities:\n  "a b": [Observer]', [['bad-identity', 'identities.a b', 'a b']]],
    ['identities:\n  ana: [Observer]\n  ana: [Engineer]', [['duplicate-key', '', 'ana: [Engineer]']]],
    ['identities: [', [['yaml-syntax', '', 'identities: [']]],
  ])('refuses %j', (text, expected) => {
    const found = problemsOf(text).map(({ code, path, given }) => [code, path, given]);
    expect(found.toSorted()).toEqual(expected);
  });

  it('refuses more than 1,000 identities', () => {
    const entries = Array.from({ length: 1_001 }, (_, at) => `  client-${at}: [Observer]`);
    expect(problemsOf(`identities:\n${entries.join('\n')}`)).toMatchObject([
      { code: 'too-long', given: '1001', allowed: 'at most 1000' },
    ]);
  });

  it('tells every problem at its place, in English and in Spanish', () => {
    const problems = problemsOf('identities:\n  local: [Observer]\n  ana: [operator]\n');
    expect(problems.map((problem) => formatProblem(problem, 'en'))).toEqual([
      'roles.yaml:2:3 identities.local: given local, allowed letters, digits and : . _ @ / + -, at most 128, and not local, hint the URI or the common name in the certificate: celda certs show [bad-identity]',
      `roles.yaml:3:9 identities.ana[0]: given operator, allowed ${ROLES}, hint write it as it is here, capitals included [unknown-role]`,
    ]);
    expect(problems.map((problem) => formatProblem(problem, 'es'))).toEqual([
      'roles.yaml:2:3 identities.local: dado local, permitido letras, cifras y : . _ @ / + -, como máximo 128, y no local, sugerencia el URI o el nombre común del certificado: celda certs show [bad-identity]',
      `roles.yaml:3:9 identities.ana[0]: dado operator, permitido ${ROLES}, sugerencia escríbalo como aquí, con sus mayúsculas [unknown-role]`,
    ]);
  });
});
