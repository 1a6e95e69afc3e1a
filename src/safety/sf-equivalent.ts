// SF_Equivalent: makes one safe signal of two equivalent channels. Modelled on PLCopen Safety Part 1 V2.01.
import type { StateTable } from './function-block.ts';

/** Inputs of SF_Equivalent: the two channels, TRUE while closed. */
export interface EquivalentInputs {
  readonly channelA: boolean;
  readonly channelB: boolean;
  /** How long the channels may differ, milliseconds, > 0. */
  readonly discrepancyTimeMs: number;
}

/**
 * 8801 init, both channels off; 8802 A on, waits for B; 8804 B on, waits for A; 8000 both on; 8806 one fell, waits for the
 * other; C010, C020, C030 the wait of 8802, 8804, 8806 took too long.
 */
export type EquivalentCode = '0000' | '8801' | '8802' | '8804' | '8000' | '8806' | 'C010' | 'C020' | 'C030';

type Rows = StateTable<EquivalentCode, EquivalentInputs>[EquivalentCode];

/** Only both channels off clear an error: a channel that is stuck stays an error. */
const ERROR_ROWS: Rows = [{ when: ({ channelA, channelB }) => !channelA && !channelB, to: '8801' }];

/** The output is TRUE in 8000 only. There is no restart interlock inside: feed another block with it. */
export const EQUIVALENT_TABLE: StateTable<EquivalentCode, EquivalentInputs> = {
  '0000': [{ when: () => true, to: '8801' }],
  '8801': [
    { when: ({ channelA, channelB }) => channelA && channelB, to: '8000' },
    { when: ({ channelA }) => channelA, to: '8802' },
    { when: ({ channelB }) => channelB, to: '8804' },
  ],
  '8802': [
    { when: ({ discrepancyTimeMs }, { elapsedMs }) => elapsedMs >= discrepancyTimeMs, to: 'C010' },
    { when: ({ channelA }) => !channelA, to: '8801' },
    { when: ({ channelB }) => channelB, to: '8000' },
  ],
  '8804': [
    { when: ({ discrepancyTimeMs }, { elapsedMs }) => elapsedMs >= discrepancyTimeMs, to: 'C020' },
    { when: ({ channelB }) => !channelB, to: '8801' },
    { when: ({ channelA }) => channelA, to: '8000' },
  ],
  '8000': [{ when: ({ channelA, channelB }) => !channelA || !channelB, to: '8806' }],
  // There is no way back to 8000 but through both channels off: each opening must prove that both contacts work.
  '8806': [
    { when: ({ discrepancyTimeMs }, { elapsedMs }) => elapsedMs >= discrepancyTimeMs, to: 'C030' },
    { when: ({ channelA, channelB }) => !channelA && !channelB, to: '8801' },
  ],
  C010: ERROR_ROWS,
  C020: ERROR_ROWS,
  C030: ERROR_ROWS,
};
