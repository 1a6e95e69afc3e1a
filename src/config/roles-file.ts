// The file that says who may do what over the network: identities of certificates, and their roles.
import { ACCESS_ROLES, type AccessRole } from '../core/access-role.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { ConfigProblem } from './problem.ts';
import { createReport, type Report } from './report.ts';
import { parseSource } from './source.ts';
import { syntaxProblems } from './syntax-problems.ts';

export type RolesByIdentity = ReadonlyMap<string, readonly AccessRole[]>;

/** More than a cell has clients. */
const IDENTITIES_MAX = 1_000;
const IDENTITY = /^[A-Za-z0-9][A-Za-z0-9:._@/+-]{0,127}$/;
const KEY = 'identities';

/**
 * Never throws for any text.
 *
 * @param file name for the problems
 * @returns roles by identity, or every problem in the order of the file
 */
export function readRoles(text: string, file: string): Result<RolesByIdentity, readonly ConfigProblem[]> {
  const source = parseSource(text);
  if (source.problems.length > 0) return err(syntaxProblems(file, text, source));
  const report = createReport(file, source);
  const roles = rolesIn(source.data, report);
  const problems = report.problems();
  return problems.length === 0 ? ok(roles) : err(problems);
}

function rolesIn(data: unknown, report: Report): RolesByIdentity {
  const roles = new Map<string, readonly AccessRole[]>();
  if (!isMap(data)) {
    report.add('not-a-map', [], {}, data);
    return roles;
  }
  for (const key of Object.keys(data)) if (key !== KEY) report.addKey('unknown-key', [key], { keys: KEY });
  const { [KEY]: identities } = data;
  if (identities === undefined) report.add('missing-key', [KEY], { key: KEY });
  else if (!isMap(identities)) report.add('not-a-map', [KEY], {});
  if (!isMap(identities)) return roles;
  const entries = Object.entries(identities);
  if (entries.length > IDENTITIES_MAX) {
    report.add('too-long', [KEY], { max: String(IDENTITIES_MAX) }, entries.length);
  }
  for (const [identity, given] of entries) {
    if (!IDENTITY.test(identity) || identity === 'local') report.addKey('bad-identity', [KEY, identity], {});
    roles.set(identity, rolesOf([KEY, identity], given, report));
  }
  return roles;
}

function rolesOf(path: readonly string[], given: unknown, report: Report): readonly AccessRole[] {
  if (!Array.isArray(given)) {
    report.add('not-a-list', path, {});
    return [];
  }
  return given.flatMap((role: unknown, index) => {
    const known = ACCESS_ROLES.find((each) => each === role);
    if (known !== undefined) return [known];
    report.add('unknown-role', [...path, index], { roles: ACCESS_ROLES.join(', ') });
    return [];
  });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
