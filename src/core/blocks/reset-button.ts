// Interface of SF_ResetButton.
import type { BlockInterface } from '../block-interface.ts';
import { IDLE_TEXT, telling } from './parts.ts';

export const RESET_BLOCKS = {
  SF_ResetButton: {
    description: 'Makes one pulse of a deliberate press of a reset button, when it is let go.',
    signals: {},
    times: {
      trailingMinimumMs: { description: 'A press is at least so long.', minMs: 100, maxMs: 10_000 },
      trailingMaximumMs: {
        description: 'A press is at most so long, not less than `trailingMinimumMs`.',
        minMs: 100,
        maxMs: 60_000,
      },
    },
    flags: {},
    drives: {},
    reset: 'resetIn',
    isRedundant: false,
    outputs: { resetOut: telling('The pulse.', ['8000']) },
    states: {
      '0000': IDLE_TEXT,
      '83E2': { en: 'waits for a press', es: 'espera la pulsación' },
      '83F2': { en: 'pressed, waits for the release', es: 'pulsado, espera que se suelte' },
      '8000': { en: 'reset', es: 'rearme' },
      C000: { en: 'times make no sense', es: 'tiempos sin sentido' },
      C001: { en: 'was pressed at the start: release it', es: 'estaba pulsado al arrancar: suéltelo' },
      C3E0: { en: 'held too long or stuck: release it', es: 'pulsado demasiado tiempo o atascado: suéltelo' },
      C3F0: { en: 'pressed too short: press it again', es: 'pulsación demasiado corta: púlselo de nuevo' },
    },
  },
} as const satisfies Readonly<Record<string, BlockInterface>>;
