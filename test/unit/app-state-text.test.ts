// Names of the standards with what they mean: docs/es/estados.md and the code say the same, and no state lacks words.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ALARM_STATES_ES,
  alarmStateText,
  RESULTS_ES,
  resultText,
  STATES_ES,
  stateText,
} from '../../src/app/state-text.ts';
import { JOB_STATES, JOB_SUBSTATES } from '../../src/core/job-order.ts';
import { UNIT_STATES } from '../../src/core/packml.ts';

const page = readFileSync('docs/es/estados.md', 'utf8');
const rows = [...page.matchAll(/^\| `(\S+)` \| (.+) \|$/gm)].map(([, name = '', text = '']) => [name, text] as const);

describe('states in Spanish', () => {
  it('are those of the page, word by word', () => {
    const words: Readonly<Record<string, string>> = { ...STATES_ES, ...ALARM_STATES_ES };
    expect(rows.filter(([name, text]) => words[name] !== text)).toEqual([]);
    const told = new Set(rows.map(([name]) => name));
    expect(Object.keys(words).filter((name) => !told.has(name))).toEqual([]);
    for (const [name, text] of Object.entries(RESULTS_ES)) expect(page).toContain(`\`${name}\` (${text})`);
  });

  it('cover every state of the unit and of a job order', () => {
    const names = [...Object.keys(UNIT_STATES), ...Object.keys(JOB_STATES), ...Object.keys(JOB_SUBSTATES)];
    expect(names.length).toBeGreaterThan(25);
    expect(names.filter((name) => stateText(name, 'es') === name)).toEqual([]);
    expect(names.filter((name) => stateText(name, 'en') !== name)).toEqual([]);
  });

  it('have the name first, and of what is not known the name alone', () => {
    expect(stateText('Interrupted/Held', 'es')).toBe('Interrupted/Held (interrumpida, retenida)');
    expect([stateText('', 'es'), stateText('Held/New', 'es')]).toEqual(['', 'Held/New']);
    expect([resultText('Successful', 'es'), resultText('Successful', 'en')]).toEqual([
      'Successful (logrado)',
      'Successful',
    ]);
    expect([alarmStateText('shelved', 'es'), alarmStateText('normal', 'es')]).toEqual(['archivada', 'normal']);
  });
});
