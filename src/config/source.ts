// Text of a YAML file to plain data, with the place of every value in the text. Knows YAML, not cells.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';

/** Where a value is: keys of maps and indexes of lists, from the root. */
export type Path = readonly (string | number)[];

/** Line and column of the text, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What the YAML parser has to say against the text. */
interface SyntaxProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'unsafe';
  readonly message: string;
  readonly at: Position;
}

export interface Source {
  /** Maps as plain objects, lists as arrays; undefined when the text is not YAML. */
  readonly data: unknown;
  readonly problems: readonly SyntaxProblem[];
  /** Place of the value at a path, or of its nearest parent when it is missing. */
  readonly locate: (path: Path) => Position;
  /** Place of the last key of a path, for problems of the key itself. */
  readonly locateKey: (path: Path) => Position;
}

const START: Position = { line: 1, column: 1 };

/** Aliases may expand to this many nodes at most; more is an attack or an accident. */
const ALIAS_MAX = 100;

interface Found {
  readonly node: Node | undefined;
  readonly offset: number | undefined;
  readonly keyOffset: number | undefined;
}

/** @returns undefined for a key that is no text, which is a problem of its own: written out it may be longer than memory has room for */
function keyText(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function startOf(node: unknown): number | undefined {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range?.[0];
  return undefined;
}

/** Finds pairs by their key: maps are read once, since a file full of mistakes asks for each of its keys. */
class PairIndex {
  readonly #maps = new Map<YAMLMap, ReadonlyMap<string | undefined, Pair>>();

  find(map: YAMLMap, key: string): Pair | undefined {
    const pairs = this.#maps.get(map) ?? new Map(map.items.map((pair) => [keyText(pair.key), pair]));
    this.#maps.set(map, pairs);
    return pairs.get(key);
  }
}

/** A text with all that is needed to find places in it. */
interface Places {
  readonly doc: Document;
  readonly pairs: PairIndex;
}

function child({ doc, pairs }: Places, parent: Node, key: string | number): Found | undefined {
  const node = isAlias(parent) ? parent.resolve(doc) : parent;
  if (isSeq(node) && typeof key === 'number') {
    const item = node.items[key] as Node | undefined;
    return item && { node: item, offset: startOf(item), keyOffset: startOf(item) };
  }
  if (!isMap(node)) return undefined;
  const pair = pairs.find(node, String(key));
  if (pair === undefined) return undefined;
  const value = (pair.value ?? undefined) as Node | undefined;
  return { node: value, offset: startOf(value) ?? startOf(pair.key), keyOffset: startOf(pair.key) };
}

function find(places: Places, path: Path): Found & { readonly complete: boolean } {
  const root = places.doc.contents ?? undefined;
  let found: Found = { node: root, offset: startOf(root), keyOffset: undefined };
  for (const key of path) {
    const next = found.node && child(places, found.node, key);
    // A missing value is shown at the key of its parent, which is easier to see than where its map begins.
    if (next === undefined) return { ...found, offset: found.keyOffset ?? found.offset, complete: false };
    found = next;
  }
  return { ...found, complete: true };
}

function locator(doc: Document, lines: LineCounter): Pick<Source, 'locate' | 'locateKey'> {
  const places = { doc, pairs: new PairIndex() };
  const position = (offset: number | undefined): Position => {
    if (offset === undefined) return START;
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  return {
    locate: (path) => position(find(places, path).offset),
    locateKey: (path) => {
      const found = find(places, path);
      return position(found.keyOffset ?? found.offset);
    },
  };
}

function syntaxProblems(doc: Document.Parsed, lines: LineCounter): readonly SyntaxProblem[] {
  return [...doc.errors, ...doc.warnings].map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { kind: 'syntax', message: error.message, at: { line: Math.max(1, line), column: Math.max(1, col) } };
  });
}

/** Keys that a map has already. The parser finds them too, in time that grows with the square of the keys. */
function duplicateKeyProblems(doc: Document.Parsed, lines: LineCounter): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(doc, {
    Map: (_key, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        const text = keyText(key);
        if (text === undefined) continue;
        if (seen.has(text)) {
          const { line, col } = lines.linePos(startOf(key) ?? 0);
          problems.push({ kind: 'duplicate-key', message: 'Map keys must be unique', at: { line, column: col } });
        }
        seen.add(text);
      }
    },
  });
  return problems;
}

/** Aliases that stand before their anchor, or have none. */
function aliasProblems(doc: Document.Parsed, lines: LineCounter): readonly SyntaxProblem[] {
  const anchors = new Set<string>();
  const problems: SyntaxProblem[] = [];
  visit(doc, {
    Node: (_key, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
      } else if (!anchors.has(node.source)) {
        const { line, col } = lines.linePos(node.range?.[0] ?? 0);
        problems.push({ kind: 'syntax', message: `Unresolved alias ${node.source}`, at: { line, column: col } });
      }
    },
  });
  return problems;
}

/** Half of a character of two units, which only an escape can write: no file, no connection and no disk can have it. */
const HALF_CHARACTER = /\p{Surrogate}/u;

function halfCharacterProblems(doc: Document.Parsed, lines: LineCounter): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  visit(doc, {
    Scalar: (_key, { value, range }) => {
      if (typeof value !== 'string' || !HALF_CHARACTER.test(value)) return;
      const { line, col } = lines.linePos(range?.[0] ?? 0);
      problems.push({ kind: 'syntax', message: 'Half of a character in an escape', at: { line, column: col } });
    },
  });
  return problems;
}

function refused(message: string): Source {
  const problems = [{ kind: 'unsafe', message, at: START } as const];
  return { data: undefined, problems, locate: () => START, locateKey: () => START };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Brackets that are open at once, at most, counted without regard to quotes: enough to keep absurd text away from the
 * parser, whose time grows with the square of the nesting.
 */
const BRACKETS_MAX = 500;

function isAbsurdlyNested(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '[' || character === '{') open += 1;
    else if (character === ']' || character === '}') open = Math.max(0, open - 1);
    if (open > BRACKETS_MAX) return true;
  }
  return false;
}

/** Sets, ordered maps, dates and bytes are nothing that a cell is made of. */
const PARSER_OPTIONS = { prettyErrors: false, uniqueKeys: false, stringKeys: true, resolveKnownTags: false } as const;

/**
 * Parses YAML 1.2 (core schema). Never throws: text that overflows the parser by its nesting or expands aliases without
 * end is reported as unsafe.
 */
export function parseSource(text: string): Source {
  if (isAbsurdlyNested(text)) return refused(`more than ${BRACKETS_MAX} brackets are open at once`);
  const lines = new LineCounter();
  try {
    const doc = parseDocument(text, { ...PARSER_OPTIONS, lineCounter: lines });
    const problems = [
      ...syntaxProblems(doc, lines),
      ...duplicateKeyProblems(doc, lines),
      ...aliasProblems(doc, lines),
      ...halfCharacterProblems(doc, lines),
    ];
    const data: unknown = problems.length > 0 ? undefined : doc.toJS({ maxAliasCount: ALIAS_MAX });
    return { data, problems, ...locator(doc, lines) };
  } catch (error) {
    return refused(messageOf(error));
  }
}
