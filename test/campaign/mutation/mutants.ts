// Small faults to plant into a source file, one at a time: found in its syntax tree, applied to its text.
import ts from 'typescript';

/** One planted fault. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** The same for the same fault in the same text, wherever it stands in its file. */
  readonly id: string;
}

type Plant = (operator: string, node: ts.Node, replacement: string) => void;

const OTHER_OPERATOR: Readonly<Partial<Record<ts.SyntaxKind, readonly string[]>>> = {
  [ts.SyntaxKind.AmpersandAmpersandToken]: ['||'],
  [ts.SyntaxKind.BarBarToken]: ['&&'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: ['!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: ['==='],
  [ts.SyntaxKind.LessThanToken]: ['<=', '>='],
  [ts.SyntaxKind.LessThanEqualsToken]: ['<', '>'],
  [ts.SyntaxKind.GreaterThanToken]: ['>=', '<='],
  [ts.SyntaxKind.GreaterThanEqualsToken]: ['>', '<'],
  [ts.SyntaxKind.PlusToken]: ['-'],
  [ts.SyntaxKind.MinusToken]: ['+'],
};

const DIAGNOSTIC_CODE = /^[0-9A-F]{4}$/;

function plantOperators(node: ts.Node, plant: Plant): void {
  if (!ts.isBinaryExpression(node)) return;
  const { operatorToken } = node;
  for (const other of OTHER_OPERATOR[operatorToken.kind] ?? []) plant('operator', operatorToken, other);
}

function plantConditions(node: ts.Node, plant: Plant, text: (node: ts.Node) => string): void {
  if (ts.isIfStatement(node)) {
    plant('condition', node.expression, `!(${text(node.expression)})`);
    if (node.elseStatement === undefined) plant('removed', node, ';');
  }
  if (ts.isConditionalExpression(node)) plant('condition', node.condition, `!(${text(node.condition)})`);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body) && !ts.isObjectLiteralExpression(node.body)) {
    const parent = node.parent;
    if (ts.isPropertyAssignment(parent) && parent.name.getText() === 'when') {
      for (const value of ['true', 'false']) if (text(node.body) !== value) plant('condition', node.body, value);
    }
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    plant('negation', node, text(node.operand));
  }
}

function plantLiterals(node: ts.Node, plant: Plant, codes: readonly string[]): void {
  if (node.kind === ts.SyntaxKind.TrueKeyword && !ts.isLiteralTypeNode(node.parent)) plant('literal', node, 'false');
  if (node.kind === ts.SyntaxKind.FalseKeyword && !ts.isLiteralTypeNode(node.parent)) plant('literal', node, 'true');
  if (ts.isNumericLiteral(node) && !ts.isPropertyAssignment(node.parent)) plant('literal', node, `(${node.text} + 1)`);
  if (ts.isNumericLiteral(node) && ts.isPropertyAssignment(node.parent) && node.parent.initializer === node) {
    plant('literal', node, `(${node.text} + 1)`);
  }
  if (!ts.isStringLiteral(node) || !DIAGNOSTIC_CODE.test(node.text)) return;
  if (ts.isLiteralTypeNode(node.parent) || ts.isComputedPropertyName(node.parent)) return;
  if (ts.isPropertyAssignment(node.parent) && node.parent.name === node) return;
  const other = codes[(codes.indexOf(node.text) + 1) % codes.length];
  if (other !== undefined && other !== node.text) plant('code', node, `'${other}'`);
}

function plantRemovals(node: ts.Node, plant: Plant, text: (node: ts.Node) => string): void {
  if (ts.isExpressionStatement(node)) plant('removed', node, ';');
  if (!ts.isArrayLiteralExpression(node)) return;
  node.elements.forEach((element, index) => {
    const left = node.elements.filter((_, other) => other !== index).map(text);
    plant('removed', node, `[${left.join(', ')}] /* without ${index} */`);
    const next = node.elements[index + 1];
    if (next === undefined || !ts.isObjectLiteralExpression(element)) return;
    const swapped = node.elements.map(text);
    [swapped[index], swapped[index + 1]] = [text(next), text(element)];
    plant('order', node, `[${swapped.join(', ')}] /* ${index} later */`);
  });
}

/** @returns all faults that can be planted into this source */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const text = (node: ts.Node): string => source.slice(node.getStart(tree), node.end);
  const codes = [...new Set([...source.matchAll(/'([0-9A-F]{4})'/g)].map((match) => match[1] ?? ''))].sort();
  const found: Mutant[] = [];
  const seen = new Map<string, number>();
  const plant: Plant = (operator, node, replacement) => {
    const start = node.getStart(tree);
    const shown = source.slice(start, node.end).replaceAll(/\s+/g, ' ').slice(0, 120);
    const name = `${file} ${operator}: ${shown} -> ${replacement.replaceAll(/\s+/g, ' ').slice(0, 120)}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const line = tree.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ file, line, operator, start, end: node.end, replacement, id: count > 1 ? `${name} #${count}` : name });
  };
  const visit = (node: ts.Node): void => {
    // Types say nothing while the program runs, and texts are for people.
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) return;
    plantOperators(node, plant);
    plantConditions(node, plant, text);
    plantLiterals(node, plant, codes);
    plantRemovals(node, plant, text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** @returns the source with the fault planted */
export function planted(source: string, { start, end, replacement }: Mutant): string {
  return source.slice(0, start) + replacement + source.slice(end);
}
