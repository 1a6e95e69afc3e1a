// SF_ModeSelector, codes of V2.01, from the description of its states. Stricter where that is silent: a selector that has moved
// while the mode was locked takes the selected mode away in the call that unlocks it, and nothing is selected while locked.
import { type BlockOracle, type Facts, isHeld } from './oracle.ts';

/** Modes to try: no two neighbours, so that a wrong index shows. */
const MODES = ['mode0', 'mode2', 'mode7'];

function next(code: string, facts: Facts): string | readonly [code: string, note: string] {
  const { is, rose, ms, note, settings } = facts;
  const wanted = MODES.filter(is);
  const [only] = wanted;
  const isOne = wanted.length === 1;
  const isShort = wanted.length > 1;
  /** Nothing is selected: open while no mode is TRUE. */
  const unselected = [only === undefined ? 'open' : 'changed', ''] as const;
  switch (code) {
    case '0000':
      return unselected;
    case 'open':
    case 'changed': {
      if (isShort) return ['C010', ''];
      if (only === undefined) {
        return code === 'open' && ms >= Number(settings['modeMonitorTimeMs']) ? ['C020', ''] : unselected;
      }
      const isConfirmed = rose('setMode') || settings['autoSetMode'] === true;
      return isConfirmed && is('unlock') ? ['8000', only] : unselected;
    }
    case '8000':
      if (isShort) return ['C010', ''];
      if (only !== note) return unselected;
      return is('unlock') ? code : '8010';
    case '8010':
      if (!is('unlock')) return code;
      if (isShort) return ['C010', ''];
      return only === note ? '8000' : unselected;
    case 'C010':
      return isShort ? code : 'C410';
    case 'C410':
      if (isShort) return 'C010';
      if (isHeld(facts)) return 'C011';
      return rose('reset') ? unselected : code;
    case 'C011':
      if (isShort) return 'C010';
      return is('reset') ? code : 'C410';
    case 'C020':
      if (isShort) return 'C010';
      return isOne ? 'C420' : code;
    case 'C420':
      if (isShort) return 'C010';
      if (!isOne) return 'C020';
      if (isHeld(facts)) return 'C021';
      return rose('reset') ? unselected : code;
    case 'C021':
      if (isShort) return 'C010';
      if (!isOne) return 'C020';
      return is('reset') ? code : 'C420';
    default:
      throw new Error(code);
  }
}

const isSelected = (code: string): boolean => code === '8000' || code === '8010';

export const MODE_SELECTOR: BlockOracle = {
  type: 'SF_ModeSelector',
  inputs: [...MODES, 'unlock', 'setMode', 'reset'],
  edges: ['setMode', 'reset'],
  settings: [{ modeMonitorTimeMs: 3 }, { modeMonitorTimeMs: 3, autoSetMode: true }],
  limitsMs: () => [3],
  next,
  toV2: { open: '8802', changed: '8802' },
  outputs: {
    anyModeSel: isSelected,
    ...Object.fromEntries(
      [0, 1, 2, 3, 4, 5, 6, 7].map((mode) => [
        `mode${mode}Sel`,
        (code: string, note: string) => isSelected(code) && note === `mode${mode}`,
      ]),
    ),
  },
};
