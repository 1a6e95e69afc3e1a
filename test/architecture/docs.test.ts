// Goal: what the documents say can be found in the repository: files, functions, scripts, commands, options and links.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../../dependency-cruiser.config.mjs';
import { FAULTS } from '../../src/core/faults.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SOURCES = ['src', 'firmware-bridge', 'sim', 'proto', 'cells'];
/** Documents that explain; in a reference page a word in code may also be a value or a key. */
const EXPLAINING = /^(README\.md|CONTRIBUTING\.md|docs\/(README\.md|explanation\/|how-to\/|es\/))/;

interface Line {
  /** `docs/x.md:12`, for the failure message. */
  readonly place: string;
  readonly text: string;
  /** What stands between backticks. */
  readonly quoted: readonly string[];
}

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...filesUnder('docs', /\.md$/)];
const CODE = new Map(
  SOURCES.flatMap((folder) => filesUnder(folder, /\.(ts|cpp|hpp)$/)).map((file) => [file, textOf(file)]),
);
const CLI = filesUnder('src/cli', /\.ts$/).map(textOf).join('\n');
const SCRIPTS = (JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts;

function linesOf(document: string): Line[] {
  return textOf(document)
    .split('\n')
    .map((text, index) => ({
      place: `${document}:${index + 1}`,
      text,
      quoted: [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
    }));
}

const EXPLAINED = DOCUMENTS.filter((document) => EXPLAINING.test(document)).flatMap(linesOf);
const ALL = DOCUMENTS.flatMap(linesOf);

/** Quoted words that are paths: they begin with a folder of the repository, or are a file with a known ending. */
function pathsIn({ quoted }: Line): string[] {
  return quoted.filter((word) =>
    /^((src|sim|firmware-bridge|proto|cells|docs|test|bin|\.ci)\/[\w./-]*|[\w.-]+\.(json|mjs|md))$/.test(word),
  );
}

const isFound = (path: string): boolean =>
  existsSync(join(ROOT, path)) || (!path.includes('/') && DOCUMENTS.some((file) => file.endsWith(`/${path}`)));

/** True when `code` declares a function or method of this name: a call alone does not count. */
function declares(code: string, name: string): boolean {
  if (name.includes('::')) return new RegExp(`\\b${name.replace('hal::', '(hal::)?')}\\(`).test(code);
  const method = `^  (async |static )?[*#]?${name}\\(([^\\n]*\\{)?$`;
  return new RegExp(`function\\*? ${name}[(<]|${method}`, 'm').test(code);
}

/** `Class.method()` needs both in one file; `value.method()` needs a method of that name. */
function isDeclared(call: string, files: readonly string[]): boolean {
  const [, owner, name = ''] = /^(?:(\w+)\.)?([\w:]+)\(\)$/.exec(call) ?? [];
  return files.some((file) => {
    const code = CODE.get(file) ?? '';
    if (owner !== undefined && /^[a-z]/.test(owner)) return new RegExp(`^  (async )?${name}\\(`, 'm').test(code);
    return (owner === undefined || new RegExp(`class ${owner}[ <]`).test(code)) && declares(code, name);
  });
}

/** Commands that have commands of their own. */
const GROUPS = new Set(['job', 'fault']);
const COMMAND = /^(?:npm run (?:-s )?celda -- |bin\/celda |celda )(?!<)([^|#`\\]*)/;

/** What follows `celda` in quoted words and in shell examples, word by word. */
function commandsIn(document: string): { readonly place: string; readonly words: readonly string[] }[] {
  let isShell = false;
  return linesOf(document).flatMap(({ place, text, quoted }) => {
    if (text.startsWith('```')) isShell = text.startsWith('```sh');
    return [...quoted, ...(isShell ? [text.trim()] : [])].flatMap((candidate) => {
      const words = COMMAND.exec(candidate)?.[1]?.trim().split(/\s+/);
      return words === undefined ? [] : [{ place, words }];
    });
  });
}

const RULES = config.forbidden as readonly {
  readonly name: string;
  readonly to: { readonly pathNot?: readonly string[] };
}[];

/** Rows of the import table whose first column is not just the folder. */
const TABLE_NAMES: Readonly<Record<string, string>> = {
  'sim/(kernel|board|faults)': '`sim/kernel/`, `sim/board/`',
  'sim/[^/]+[.]ts$': 'the files of `sim/`',
};

/** `^src/core` is `core` in the table. */
function shortName(path: string): string {
  if (path.startsWith('^sim/(')) return 'plant';
  if (path === '^proto/generated') return 'proto/generated';
  if (path === '^sim/main.ts') return '`sim/main.ts`';
  return path.split('/').at(-1)?.replace('^', '') ?? path;
}

function layerRules(): { readonly from: string; readonly to: readonly string[] }[] {
  return RULES.flatMap(({ name, to }) =>
    name.startsWith('layer ') ? [{ from: name.slice('layer '.length), to: to.pathNot ?? [] }] : [],
  );
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

const anchorsOf = (document: string): Set<string> =>
  new Set([...textOf(document).matchAll(/^#+ (.+)$/gm)].map((match) => slug(match[1] ?? '')));

describe('the documents', () => {
  it('are there, and quote files and functions', () => {
    expect(DOCUMENTS.length).toBeGreaterThan(10);
    expect(EXPLAINED.flatMap(pathsIn).length).toBeGreaterThan(100);
    expect(EXPLAINED.flatMap(({ quoted }) => quoted).filter((word) => word.endsWith('()')).length).toBeGreaterThan(50);
  });

  it('quote only files and folders that exist', () => {
    const missing = EXPLAINED.flatMap((line) =>
      pathsIn(line).flatMap((path) => (isFound(path) ? [] : [`${line.place} ${path}`])),
    );
    expect(missing).toEqual([]);
  });

  it('quote only functions that are declared, in the file that the same line names', () => {
    const missing = EXPLAINED.flatMap((line) => {
      const named = pathsIn(line).filter((path) => CODE.has(path));
      const files = named.length > 0 ? named : [...CODE.keys()];
      return line.quoted
        .filter((word) => /^[\w.:]+\(\)$/.test(word))
        .flatMap((call) => (isDeclared(call, files) ? [] : [`${line.place} ${call}`]));
    });
    expect(missing).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const missing = ALL.flatMap(({ place, text }) =>
      [...text.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].flatMap(([, script, short]) => {
        const name = script ?? short ?? '';
        return name in SCRIPTS ? [] : [`${place} ${name}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  it('show only commands and options that the command line has', () => {
    const shown = DOCUMENTS.flatMap(commandsIn);
    const missing = shown.flatMap(({ place, words }) => {
      const [command = '', sub = ''] = words;
      const isKnown = CLI.includes(`command('${command}'`);
      const isSubKnown =
        !GROUPS.has(command) ||
        sub.startsWith('-') ||
        new RegExp(`Command\\(\\s*${command},\\s*'${sub.replace(/,$/, '')}'`).test(CLI);
      const options = words.filter((word) => /^--[a-z]/.test(word) && word !== '--help');
      const unknown = options.filter((option) => !new RegExp(`['" ]${option}[ '"]`).test(CLI));
      return [...(isKnown ? [] : [command]), ...(isSubKnown ? [] : [`${command} ${sub}`]), ...unknown].map(
        (word) => `${place} ${word}`,
      );
    });
    expect(shown.length).toBeGreaterThan(30);
    expect(missing).toEqual([]);
  });

  it('link only to what exists, headings included', () => {
    const links = ALL.flatMap(({ place, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => ({ place, target: match[1] ?? '' })),
    ).filter(({ target }) => !/^[a-z]+:/.test(target));
    const broken = links.filter(({ place, target }) => {
      const document = place.slice(0, place.lastIndexOf(':'));
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && !anchorsOf(file).has(anchor);
    });
    expect(links.length).toBeGreaterThan(20);
    expect(broken).toEqual([]);
  });

  it.each(['docs/how-to/integrate-an-mes.md', 'docs/reference/job-api.md'])(
    'tell a client only of reasons that are in the catalogue, with their numbers: %s',
    (document) => {
      const numbers = new Map(Object.entries(FAULTS).map(([code, { reason }]): [string, string] => [reason, code]));
      const rows = linesOf(document).filter(({ text }) => /^\| `[A-Z]+_[A-Z_]+`.*\| [\d, ]+ +\|/.test(text));
      const wrong = rows.filter(({ text }) => {
        const [, reasons = '', ...cells] = text.split('|').map((cell) => cell.trim());
        const told = cells.find((cell) => /^[\d, ]+$/.test(cell));
        return [...reasons.matchAll(/`([A-Z_]+)`/g)].map(([, reason = '']) => numbers.get(reason)).join(', ') !== told;
      });
      expect(rows.length).toBeGreaterThan(15);
      expect(wrong.map(({ place, text }) => `${place} ${text}`)).toEqual([]);
    },
  );

  it('show the import table as it is enforced', () => {
    const shown = new Map(
      [...textOf('docs/explanation/architecture.md').matchAll(/^\| ([^|]+?) +\| [^|]+ \| ([^|]+?) +\|$/gm)].map(
        ([, from = '', to = '']) => [from, to],
      ),
    );
    const differing = layerRules().filter(({ from, to }) => {
      const allowed = (shown.get(TABLE_NAMES[from] ?? `\`${from}/\``) ?? '')
        .split(', ')
        .map((word) => word.split(' ')[0]);
      const own = from.split('/').at(-1) ?? '';
      const enforced = to.map(shortName).filter((name) => name !== own);
      return (
        enforced.toSorted().join() !==
        allowed
          .filter((name) => name !== own)
          .toSorted()
          .join()
      );
    });
    expect(layerRules().length).toBeGreaterThan(10);
    expect(differing).toEqual([]);
  });

  it('show every package that has a home', () => {
    const table = textOf('docs/explanation/architecture.md');
    const packages = RULES.filter(({ name }) => name.startsWith('confined ')).flatMap(({ name }) =>
      name.slice('confined '.length).split('|'),
    );
    expect(packages.length).toBeGreaterThan(5);
    expect(packages.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });

  it('name everything that celda/client exports: options, events, members of its errors and connections', () => {
    const page = textOf('docs/reference/client.md');
    const named = (word: string): boolean => new RegExp(`\\b${word}\\b`).test(page);
    const exported = textOf('src/client/index.ts').matchAll(/export (?:type |const )?\{([^}]+)\}/g);
    const names = [...exported].flatMap(([, list = '']) => list.replaceAll('type ', '').match(/\w+/g) ?? []);
    const shapes = ['call-error', 'cell-connection', 'client-tls', 'order-memory', 'retry', 'watch-cell', 'watch-jobs'];
    const members = shapes.flatMap((file) => {
      const code = textOf(`src/client/${file}.ts`);
      const kinds = [...code.matchAll(/kind: '([\w-]+)'/g)].map(([, kind = '']) => kind);
      const declared = [...code.matchAll(/^export (?:interface|class) (\w+)[\s\S]*?^\}/gm)];
      const shown = declared.filter(([, name = '']) => names.includes(name)).map(([text]) => text);
      return [...kinds, ...[...shown.join('\n').matchAll(/^ {2}readonly (\w+)/gm)].map(([, name = '']) => name)];
    });
    expect([names.length > 20, members.length > 40]).toEqual([true, true]);
    expect([...names, ...members].filter((word) => !named(word))).toEqual([]);
  });
});
