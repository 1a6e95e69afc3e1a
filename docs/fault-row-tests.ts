// Finds the tests that prove rows of the fault catalogue: those with a row's number in brackets in their titles.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = ['test', 'cells'] as const;
/** `it(...)`, `test(...)`, and their `.each(...)(...)`; not `describe`: a group proves nothing. */
const TEST = /^(it|test)\b/;
/** Letters of the rows; others in brackets mean other things. */
const NUMBER = /\[([PSMGTONACXD][0-9]+)\]/g;

export interface RowTest {
  readonly row: string;
  readonly title: string;
  /** From the root of the repository. */
  readonly file: string;
}

/** @returns every bracketed number in the title of a test, in the order of files */
export function rowTests(): readonly RowTest[] {
  return testFiles().flatMap((file) =>
    titlesIn(file).flatMap((title) => [...title.matchAll(NUMBER)].map(([, row = '']) => ({ row, title, file }))),
  );
}

function titlesIn(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest);
  const titles: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && TEST.test(node.expression.getText(source))) {
      titles.push(...textsOf(node.arguments[0], source));
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return titles;
}

/** A title, or the texts of a table of cases, which are put into one. */
function textsOf(node: ts.Node | undefined, source: ts.SourceFile): string[] {
  if (node === undefined) return [];
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return [node.getText(source).slice(1, -1)];
  return ts.isArrayLiteralExpression(node) ? node.elements.flatMap((element) => textsOf(element, source)) : [];
}

function testFiles(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  ).toSorted();
}
