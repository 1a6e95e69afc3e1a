import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PREDEFINED_ALLOWED, PREDEFINED_PARAMETERS } from '../../src/core/predefined-parameters.ts';

it('the reference page has every predefined parameter that an order may give, with what it may be', () => {
  const page = readFileSync(new URL('../../docs/reference/job-api.md', import.meta.url), 'utf8');
  const [, section = ''] = page.split('### Predefined parameters');
  const rows = section.split('\n### ')[0]?.matchAll(/^\| `(\w+)` \| (.+) \|$/gm) ?? [];
  const isIn = Object.entries(PREDEFINED_PARAMETERS).filter(([, parameter]) => parameter.isIn);
  expect([...rows].map(([, id, value]) => [id, value])).toEqual(
    isIn.map(([id, { type }]) => [id, PREDEFINED_ALLOWED[type]]),
  );
});
