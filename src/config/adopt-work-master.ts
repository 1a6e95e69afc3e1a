// Puts a work master into the text of a cell file, and leaves every other line of it as it is. Pure.
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node, parseDocument, stringify } from 'yaml';
import type { CellModel } from '../core/cell-model.ts';
import { err, ok, type Result } from '../core/result.ts';
import { parseCell } from './load.ts';
import type { ConfigProblem } from './problem.ts';
import { valueAt } from './report.ts';
import { parseSource } from './source.ts';
import { syntaxProblems } from './syntax-problems.ts';

/** What is to be put there. */
export interface AdoptedDefinition {
  readonly id: string;
  /** YAML or JSON of what stands under the id. */
  readonly definition: string;
}

export interface Adoption {
  /** The whole file. */
  readonly text: string;
  readonly cell: CellModel;
  /** Version that the file had under the id; undefined: none. */
  readonly versionBefore: string | undefined;
}

/**
 * The entry takes the place of the one of the same id, or comes last. Comments of a definition in block style come along; one in flow
 * style, such as JSON, is written in block style. Never throws for any text.
 * @returns the file with it, checked, with no other data in it changed; or all problems
 */
export function adoptWorkMaster(
  cellText: string,
  fileName: string,
  { id, definition }: AdoptedDefinition,
): Result<Adoption, readonly ConfigProblem[]> {
  const [file, entry] = [parseSource(cellText), parseSource(definition)];
  if (file.problems.length > 0) return err(syntaxProblems(fileName, cellText, file));
  if (entry.problems.length > 0) return err(syntaxProblems('draft', definition, entry));
  if (!hasRoom(file.data)) {
    const checked = parseCell(cellText, fileName);
    return err(checked.ok ? [] : checked.error);
  }
  const wanted = withEntry(file.data, id, entry.data);
  const isRight = (text: string): boolean => isDeepStrictEqual(parseSource(text).data, wanted);
  const texts = isRight(cellText) ? [cellText] : spliced(cellText, id, definition, entry.data);
  const text = texts.find(isRight) ?? rewritten(cellText, id, entry.data);
  const checked = parseCell(text, fileName);
  if (!checked.ok) return checked;
  const before = valueAt(file.data, ['workMasters', id, 'version']);
  return ok({ text, cell: checked.value, versionBefore: typeof before === 'string' ? before : undefined });
}

/** A map with a map of work masters in it, or without any. */
function hasRoom(data: unknown): boolean {
  const masters = valueAt(data, ['workMasters']);
  const isEachMap = [data, masters ?? {}].every((each) => typeof each === 'object' && !Array.isArray(each));
  return data !== null && masters !== null && isEachMap;
}

/** The data that the file is to have. */
function withEntry(data: unknown, id: string, entry: unknown): unknown {
  const [file, masters] = [data, valueAt(data, ['workMasters'])] as readonly (object | undefined)[];
  return { ...file, workMasters: { ...masters, [id]: entry } };
}

/** The whole file written anew by the YAML library: comments stay, the layout of lines may change. */
function rewritten(cellText: string, id: string, data: unknown): string {
  const file = parseDocument(cellText);
  file.setIn(['workMasters', id], data);
  return file.toString({ lineWidth: 0 });
}

/** Texts in which only the lines of the entry are others, the best first; none where the file has no place for lines. */
function spliced(cellText: string, id: string, definition: string, data: unknown): readonly string[] {
  const place = placeIn(cellText, id);
  if (place === undefined) return [];
  const anew = stringify(data, { lineWidth: 0, aliasDuplicateObjects: false });
  const root = parseDocument(definition).contents;
  const isBlock = isMap(root) && root.flow !== true;
  const newLine = cellText.includes('\r\n') ? '\r\n' : '\n';
  return (isBlock ? [definition, anew] : [anew]).map((body) => {
    const lines = body.trimEnd().split(/\r?\n/);
    const indented = lines.map((line) => (line.trim() === '' ? '' : `${place.indent}  ${line}`));
    const head = cellText.slice(0, place.start);
    const apart = head === '' || head.endsWith('\n') ? '' : newLine;
    const entry = [`${place.indent}${id}:`, ...indented].map((line) => line + newLine).join('');
    return head + apart + entry + cellText.slice(place.end);
  });
}

interface Place {
  /** Lines from `start` to `end` are those of the entry that is there; equal: none is. Offsets of the text. */
  readonly start: number;
  readonly end: number;
  /** Before the id. */
  readonly indent: string;
}

function placeIn(text: string, id: string): Place | undefined {
  const masters = parseDocument(text).get('workMasters', true);
  if (!isMap(masters) || masters.flow === true) return undefined;
  const [first, last] = [masters.items[0], masters.items.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const pair = masters.items.find(({ key }) => isScalar(key) && key.value === id);
  const start = startOfLine(text, keyStart((pair ?? first).key));
  const indent = /^ */.exec(text.slice(start))?.[0] ?? '';
  const end = endOfLine(text, lastOf((pair ?? last).value) ?? keyStart((pair ?? last).key));
  return pair === undefined ? { start: end, end, indent } : { start, end, indent };
}

function keyStart(key: unknown): number {
  return isScalar(key) ? (key.range?.[0] ?? 0) : 0;
}

/** Where the last value in a node ends: comments behind it are not the node's. */
function lastOf(node: unknown): number | undefined {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    const inner = isMap(node) ? (last as { value?: unknown } | undefined)?.value : last;
    return lastOf(inner) ?? node.range?.[1] ?? undefined;
  }
  return (node as Node | null | undefined)?.range?.[1];
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function endOfLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
