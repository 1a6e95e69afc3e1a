// The file that says who may do what over the network: identities of certificates, and their roles.
import { ACCESS_ROLES, type AccessRole } from '../core/access-role.ts';
import { err, ok, type Result } from '../core/result.ts';
import { type Path, parseSource, type Source } from './source.ts';

export type RolesByIdentity = ReadonlyMap<string, readonly AccessRole[]>;

/** More than a cell has clients. */
const IDENTITIES_MAX = 1_000;
const IDENTITY = /^[A-Za-z0-9][A-Za-z0-9:._@/+-]{0,127}$/;

/**
 * @param file name for the problems
 * @returns roles by identity, or every problem, one a line: place, value, what is allowed, hint
 */
export function readRoles(text: string, file: string): Result<RolesByIdentity, readonly string[]> {
  const source = parseSource(text);
  const problems: string[] = source.problems.map(({ at, message }) => `${file}:${at.line}:${at.column} ${message}`);
  const reader = new Reader(source, file, problems);
  const roles = reader.roles();
  return problems.length === 0 ? ok(roles) : err(problems);
}

class Reader {
  readonly #source: Source;
  readonly #file: string;
  readonly #problems: string[];

  constructor(source: Source, file: string, problems: string[]) {
    this.#source = source;
    this.#file = file;
    this.#problems = problems;
  }

  roles(): RolesByIdentity {
    const roles = new Map<string, readonly AccessRole[]>();
    const { data } = this.#source;
    if (this.#problems.length > 0) return roles;
    if (!isMap(data)) {
      this.#refuse([], data, 'a map with the key identities', 'see docs/how-to/serve-over-the-network.md');
      return roles;
    }
    for (const key of Object.keys(data).filter((each) => each !== 'identities')) {
      this.#refuse([key], key, 'identities', 'there is no other key');
    }
    const { identities } = data as { readonly identities?: unknown };
    if (!isMap(identities)) {
      this.#refuse(['identities'], identities, 'a map of identities to lists of roles', 'name: [Observer]');
      return roles;
    }
    const entries = Object.entries(identities);
    if (entries.length > IDENTITIES_MAX) {
      this.#refuse(['identities'], `${entries.length} identities`, `at most ${IDENTITIES_MAX}`, 'remove old ones');
    }
    for (const [identity, given] of entries) roles.set(identity, this.#rolesOf(identity, given));
    return roles;
  }

  #rolesOf(identity: string, given: unknown): readonly AccessRole[] {
    const path = ['identities', identity];
    if (!IDENTITY.test(identity) || identity === 'local') {
      const allowed = 'letters, digits and : . _ @ / + -, at most 128, and not local';
      this.#refuse(path, identity, allowed, 'the URI or the common name in the certificate: celda certs show');
    }
    if (!Array.isArray(given)) {
      this.#refuse(path, given, 'a list of roles', `one or more of ${ACCESS_ROLES.join(', ')}`);
      return [];
    }
    return given.flatMap((role: unknown, index) => {
      const known = ACCESS_ROLES.find((each) => each === role);
      if (known !== undefined) return [known];
      this.#refuse([...path, index], role, ACCESS_ROLES.join(', '), 'write it as it is here, capitals included');
      return [];
    });
  }

  #refuse(path: Path, given: unknown, allowed: string, hint: string): void {
    const { line, column } = this.#source.locate(path);
    const shown = given === undefined ? 'nothing' : JSON.stringify(given).slice(0, 80);
    this.#problems.push(
      `${this.#file}:${line}:${column} ${path.join('.')}: given ${shown}, allowed ${allowed}, hint ${hint}`,
    );
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
