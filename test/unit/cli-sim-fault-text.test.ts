// Every fault that can be injected is described in both languages.
import { expect, it } from 'vitest';
import { FAULT_KINDS } from '../../sim/board/fault-kinds.ts';
import { simFaultMeaning, simFaultUnit } from '../../src/cli/sim-fault-text.ts';

const byClass: readonly Readonly<Record<string, { readonly meaning: string }>>[] = Object.values(FAULT_KINDS);
const meanings = byClass.flatMap((kinds) => Object.values(kinds).map(({ meaning }) => meaning));

it('says in Spanish what each fault of the simulation does', () => {
  expect(meanings.length).toBeGreaterThan(30);
  expect(meanings.filter((meaning) => simFaultMeaning(meaning, 'es') === meaning)).toEqual([]);
  expect(meanings.filter((meaning) => simFaultMeaning(meaning, 'en') !== meaning)).toEqual([]);
});

it('says units in Spanish, and leaves what is the same in both languages', () => {
  expect([simFaultUnit('counts', 'es'), simFaultUnit('ms', 'es')]).toEqual(['cuentas', 'ms']);
});
