// A counter-example is played in the cell that it is about, and in no other.
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { EXIT_CODES, OperatorError } from '../../src/app/operator-error.ts';
import type { CommandContext } from '../../src/cli/command.ts';
import { replayCounterExample } from '../../src/cli/replay.ts';

const FILE = join(tmpdir(), `counterexample-${process.pid}.json`);

afterAll(() => {
  rmSync(FILE, { force: true });
});

const SILENT: CommandContext = {
  console: {
    print: () => undefined,
    note: () => undefined,
    json: () => undefined,
    progress: () => undefined,
    style: (_style, text) => text,
  },
  locale: 'en',
  exit: () => undefined,
};

async function refusal(cellPath: string, locale: 'en' | 'es'): Promise<unknown> {
  return replayCounterExample(cellPath, FILE, { seed: 1, locale }, SILENT).catch((error: unknown) => error);
}

it('is refused for another cell, and the two are named', async () => {
  const trace = { changes: [], reactions: [], endMs: 0, isConfirmed: true };
  const finding = { property: 1, rule: 'output-safe', subject: {}, verdict: 'refuted', trace };
  writeFileSync(FILE, JSON.stringify({ cell: 'pick-and-place', configHash: 'x', finding }));
  const error = await refusal('cells/linear-axis/cell.yaml', 'en');
  expect(error).toBeInstanceOf(OperatorError);
  expect(error).toMatchObject({
    message: `${FILE} is a counter-example of the cell pick-and-place, not of linear-axis`,
    exitCode: EXIT_CODES.usage,
  });
});

it('that is no counter-example is refused in the language that was asked for', async () => {
  writeFileSync(FILE, '{}');
  expect(await refusal('cells/linear-axis/cell.yaml', 'es')).toMatchObject({
    message: `${FILE} no es un contraejemplo`,
    hint: 'escriba uno con celda verify cell.yaml --out <carpeta>',
  });
});
