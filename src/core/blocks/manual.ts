// Interfaces of the blocks that people work with: SF_ModeSelector, SF_EnableSwitch, SF_GuardLocking.
import type { BlockInterface, OutputInterface } from '../block-interface.ts';
import {
  AUTO_RESET,
  ENABLED_TEXT,
  FULL_BODY_ACCESS,
  following,
  HELD_RESET_TEXT,
  IDLE_TEXT,
  latching,
  optional,
  safe,
  statement,
  WAIT_RESET_TEXT,
  wish,
} from './parts.ts';

const SELECTED = ['8000', '8010'] as const;

function modeOutput(choice: number): OutputInterface {
  return { ...following(`Mode ${choice} is selected.`, SELECTED, []), choice };
}

const modeContact = (mode: number) => optional(statement(`Contact of the selector for mode ${mode}`));

const TWO_MODES = { en: 'two modes are selected: a short circuit', es: 'dos modos seleccionados: un cortocircuito' };
const NO_MODE = { en: 'no mode is selected: a broken wire', es: 'ningún modo seleccionado: un cable roto' };
const LOST = { en: 'guard or lock lost while locked', es: 'se perdió el resguardo o el bloqueo estando bloqueado' };
const DANGER = { en: 'standstill lost while unlocked', es: 'se perdió la parada estando desbloqueado' };
const NOT_LOCKED = { en: 'standstill lost before locking', es: 'se perdió la parada antes de bloquear' };

const afterwards = ({ en, es }: { readonly en: string; readonly es: string }) => ({
  en: `${en}; over now: reset`,
  es: `${es}; ya no: rearme`,
});

export const MANUAL_BLOCKS = {
  SF_ModeSelector: {
    description: 'Exactly one operating mode, or none; each change is confirmed.',
    signals: {
      mode0: modeContact(0),
      mode1: modeContact(1),
      mode2: modeContact(2),
      mode3: modeContact(3),
      mode4: modeContact(4),
      mode5: modeContact(5),
      mode6: modeContact(6),
      mode7: modeContact(7),
      unlock: statement('Open: the mode that is selected stays'),
      setMode: optional(wish('Its closing confirms the selector')),
    },
    times: {
      modeMonitorTimeMs: {
        description: 'The selector may stand between its positions for so long.',
        minMs: 1,
        maxMs: 60_000,
      },
    },
    flags: { autoSetMode: { description: 'TRUE: no confirmation is needed.', whenMissing: false } },
    drives: {},
    reset: 'reset',
    isRedundant: false,
    outputs: {
      anyModeSel: following('Some mode is selected.', SELECTED, []),
      mode0Sel: modeOutput(0),
      mode1Sel: modeOutput(1),
      mode2Sel: modeOutput(2),
      mode3Sel: modeOutput(3),
      mode4Sel: modeOutput(4),
      mode5Sel: modeOutput(5),
      mode6Sel: modeOutput(6),
      mode7Sel: modeOutput(7),
    },
    states: {
      '0000': IDLE_TEXT,
      '8802': { en: 'no mode is confirmed', es: 'ningún modo confirmado' },
      '8000': { en: 'mode selected', es: 'modo seleccionado' },
      '8010': { en: 'mode selected and locked', es: 'modo seleccionado y bloqueado' },
      C010: TWO_MODES,
      C410: afterwards(TWO_MODES),
      C011: HELD_RESET_TEXT,
      C020: NO_MODE,
      C420: afterwards(NO_MODE),
      C021: HELD_RESET_TEXT,
    },
  },
  SF_EnableSwitch: {
    description: 'An enabling device with three positions: TRUE while held in the middle.',
    signals: {
      safetyActive: safe('The safe mode, such as reduced speed, is confirmed'),
      channel1: safe('First contact: closed in the middle'),
      channel2: safe('Second contact: open when pressed through'),
    },
    times: {},
    flags: { autoReset: AUTO_RESET },
    drives: {},
    reset: 'reset',
    isRedundant: false,
    outputs: {
      enableSwitchOut: following('The device is held.', ['8000'], ['safetyActive', 'channel1', 'channel2']),
    },
    states: {
      '0000': IDLE_TEXT,
      '8002': { en: 'no safe mode', es: 'sin modo seguro' },
      '8004': { en: 'safe mode', es: 'modo seguro' },
      '8802': { en: 'released', es: 'suelto' },
      '8804': { en: 'pressed through: release it', es: 'pulsado a fondo: suéltelo' },
      '8000': ENABLED_TEXT,
      C010: {
        en: 'not released when the safe mode came: release it',
        es: 'no estaba suelto al llegar el modo seguro: suéltelo',
      },
      C020: { en: 'released now: reset', es: 'ya suelto: rearme' },
      C030: {
        en: 'came to the middle from pressed through: release it',
        es: 'llegó al centro desde el fondo: suéltelo',
      },
      C040: { en: 'left the middle: reset', es: 'dejó el centro: rearme' },
      C001: HELD_RESET_TEXT,
      C011: HELD_RESET_TEXT,
    },
  },
  SF_GuardLocking: {
    description: 'A guard that stays locked until the danger behind it is over.',
    signals: {
      guard: safe('The guard is closed'),
      safetyActive: statement('Nothing behind the guard can hurt', ['standstill']),
      guardLock: safe('The lock holds the guard'),
      unlockRequest: wish('Somebody asks for the guard to be unlocked'),
    },
    times: {},
    flags: { autoReset: AUTO_RESET, fullBodyAccess: FULL_BODY_ACCESS },
    drives: {
      unlockOutput: {
        description: 'What opens the lock',
        output: 'unlockGuard',
        isGate: false,
        isOptional: true,
      },
    },
    reset: 'reset',
    isRedundant: false,
    outputs: {
      guardLocked: latching('The guard is closed and locked.', ['8000'], ['guard', 'guardLock']),
      unlockGuard: following('The lock may open.', ['8010', '8822', '8832'], ['safetyActive', 'unlockRequest']),
    },
    states: {
      '0000': IDLE_TEXT,
      '8801': { en: 'close and lock the guard', es: 'cierre y bloquee el resguardo' },
      '8401': WAIT_RESET_TEXT,
      '8430': WAIT_RESET_TEXT,
      '8812': { en: 'not locked: close the guard', es: 'no bloqueado: cierre el resguardo' },
      '8822': { en: 'unlocked and open', es: 'desbloqueado y abierto' },
      '8832': { en: 'unlocked and closed', es: 'desbloqueado y cerrado' },
      '8010': { en: 'unlocking', es: 'desbloqueando' },
      '8000': ENABLED_TEXT,
      C001: HELD_RESET_TEXT,
      C031: HELD_RESET_TEXT,
      C010: LOST,
      C410: afterwards(LOST),
      C011: HELD_RESET_TEXT,
      C020: DANGER,
      C420: afterwards(DANGER),
      C021: HELD_RESET_TEXT,
      C040: NOT_LOCKED,
      C440: afterwards(NOT_LOCKED),
      C041: HELD_RESET_TEXT,
    },
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;
