// The design's import table, checked on what is really imported; and that the check looked at the code at all.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';
import config from '../../dependency-cruiser.config.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const PLACES = ['src', 'firmware-bridge', 'sim'];

function sources(place: string): string[] {
  return readdirSync(join(ROOT, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}

async function look(places: readonly string[]): Promise<ICruiseResult> {
  const { options, ...ruleSet } = config;
  const result = await cruise([...places], { ...options, validate: true, ruleSet, baseDir: ROOT } as object);
  return result.output as ICruiseResult;
}

describe('the layers of the design', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await look(PLACES);
  }, 120_000);

  it('are kept by every import', () => {
    expect(result.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });

  it('were examined in every source file there is', () => {
    const examined = new Set(result.modules.map((module) => module.source));
    const missed = PLACES.flatMap(sources).filter((file) => !examined.has(file));
    expect(missed).toEqual([]);
    expect(examined.size).toBeGreaterThan(100);
  });

  it('are imported from: the arrows were seen, not only the files', () => {
    const arrows = result.modules
      .flatMap((module) => module.dependencies)
      .filter((to) => to.resolved.startsWith('src/core'));
    expect(arrows.length).toBeGreaterThan(100);
  });
});

describe('the rules', () => {
  it('find an upward import, a confined package and a cycle when there is one', async () => {
    const found = await look(['test/architecture/offenders']);
    expect(new Set(found.summary.violations.map(({ rule }) => rule.name))).toEqual(
      new Set(['no-circular', 'confined zod', 'confined serialport']),
    );
  });
});
