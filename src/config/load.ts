// The entry: a path or a text to a checked, frozen cell, or to every problem it has.
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { CellModel } from '../core/cell-model.ts';
import { err, ok, type Result } from '../core/result.ts';
import { buildCell } from './build.ts';
import { checkAll } from './checks/all.ts';
import type { Surroundings } from './checks/context.ts';
import { checkProofStops } from './checks/proof.ts';
import { completeSource, draftOf } from './draft.ts';
import { reportIssues } from './issues.ts';
import type { DetailOf, ProblemCode } from './messages.ts';
import type { ConfigProblem } from './problem.ts';
import { createReport, makeProblem } from './report.ts';
import { parseSource } from './source.ts';
import { syntaxProblems } from './syntax-problems.ts';

/** Largest cell file, bytes. */
export const FILE_MAX_BYTES = 1_048_576;

/** Containers inside containers; more is refused before anything walks them. */
const DEPTH_MAX = 64;

type Loaded = Result<CellModel, readonly ConfigProblem[]>;

function fileProblem<Code extends ProblemCode>(file: string, code: Code, detail: DetailOf<Code>): Loaded {
  return err([makeProblem(file, { code, path: '', at: { line: 1, column: 1 }, given: file, detail })]);
}

function childrenOf(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/** Values that a file can give, aliases counted as often as they are used. */
const VALUES_MAX = 1_000_000;

/** Whether the data is nested too deeply or has too many values; so has data that contains itself. Iterative by design. */
function isTooDeep(data: unknown): boolean {
  let level: readonly unknown[] = [data];
  let count = 0;
  for (let depth = 0; depth <= DEPTH_MAX && count <= VALUES_MAX; depth += 1) {
    level = level.flatMap(childrenOf);
    if (level.length === 0) return false;
    count += level.length;
  }
  return true;
}

/** Takes programs on trust: text alone cannot say which files exist. */
const NOWHERE: Surroundings = { fileExists: () => true };

/**
 * Checks the text of a cell file.
 *
 * Pure but for what `surroundings` answers. Never throws for any text.
 * @param fileName for messages, and the folder that program paths start at
 * @returns the frozen cell, or all problems in the order of the file
 */
export function parseCell(text: string, fileName: string, surroundings: Surroundings = NOWHERE): Loaded {
  const source = parseSource(text);
  if (source.problems.length > 0) return err(syntaxProblems(fileName, text, source));
  const report = createReport(fileName, source);
  if (isTooDeep(source.data)) {
    return fileProblem(fileName, 'too-deep', { max: String(DEPTH_MAX) });
  }
  reportIssues(source.data, report);
  checkAll({ draft: draftOf(source.data), report, fileName, surroundings });
  const problems = report.problems();
  const complete = problems.length === 0 ? completeSource(source.data) : undefined;
  if (complete === undefined) return err(problems);
  const cell = buildCell(complete, fileName, source.data);
  checkProofStops(cell, report);
  const more = report.problems();
  return more.length === 0 ? ok(cell) : err(more);
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function readBytes(path: string): Result<Uint8Array, Loaded> {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return err(fileProblem(path, 'not-a-file', {}));
    if (stat.size > FILE_MAX_BYTES) return err(fileProblem(path, 'file-too-large', { max: String(FILE_MAX_BYTES) }));
    return ok(readFileSync(path));
  } catch (error) {
    const reason = errorCode(error);
    const missing = reason === 'ENOENT' || reason === 'ENOTDIR';
    return err(missing ? fileProblem(path, 'file-not-found', {}) : fileProblem(path, 'file-unreadable', { reason }));
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads and checks a cell file. Synchronous: called at start and by `celda check`, never in a cycle.
 * @param readFrom a copy of the file; what it names is found, and problems are told, as if it stood at `path`
 * @returns the frozen cell, or all problems in the order of the file
 */
export function loadCell(path: string, readFrom = path): Loaded {
  const bytes = readBytes(readFrom);
  if (!bytes.ok) return bytes.error;
  const text = decode(bytes.value);
  if (text === undefined) return fileProblem(path, 'not-utf8', {});
  return parseCell(text, path, { fileExists: (module) => existsSync(module) });
}
