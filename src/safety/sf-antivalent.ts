// SF_Antivalent: makes one safe signal of two contacts that are never alike. Modelled on PLCopen Safety Part 1 V2.01.
import type { StateTable } from './function-block.ts';

/** Inputs of SF_Antivalent. The safety function is not demanded while NC is TRUE and NO is FALSE. */
export interface AntivalentInputs {
  /** The contact that is closed at rest. */
  readonly channelNC: boolean;
  /** The contact that is open at rest. */
  readonly channelNO: boolean;
  /** How long the contacts may be alike, milliseconds, > 0. */
  readonly discrepancyTimeMs: number;
}

/**
 * 8801 init or demanded; 8802 NC closed, waits for NO to open; 8804 NO open, waits for NC to close; 8000 not demanded;
 * 8806 one contact changed, waits for the other; C010, C020, C030 the wait of 8802, 8804, 8806 took too long.
 */
export type AntivalentCode = '0000' | '8801' | '8802' | '8804' | '8000' | '8806' | 'C010' | 'C020' | 'C030';

type Rows = StateTable<AntivalentCode, AntivalentInputs>[AntivalentCode];

const isDemanded = ({ channelNC, channelNO }: AntivalentInputs): boolean => !channelNC && channelNO;

/** Only a full demand by both contacts clears an error: a contact that is stuck stays an error. */
const ERROR_ROWS: Rows = [{ when: isDemanded, to: '8801' }];

/** The output is TRUE in 8000 only. There is no restart interlock inside: feed another block with it. */
export const ANTIVALENT_TABLE: StateTable<AntivalentCode, AntivalentInputs> = {
  '0000': [{ when: () => true, to: '8801' }],
  '8801': [
    { when: ({ channelNC, channelNO }) => channelNC && !channelNO, to: '8000' },
    { when: ({ channelNC }) => channelNC, to: '8802' },
    { when: ({ channelNO }) => !channelNO, to: '8804' },
  ],
  '8802': [
    { when: ({ discrepancyTimeMs }, { elapsedMs }) => elapsedMs >= discrepancyTimeMs, to: 'C010' },
    { when: ({ channelNC }) => !channelNC, to: '8801' },
    { when: ({ channelNO }) => !channelNO, to: '8000' },
  ],
  '8804': [
    { when: ({ discrepancyTimeMs }, { elapsedMs }) => elapsedMs >= discrepancyTimeMs, to: 'C020' },
    { when: ({ channelNO }) => channelNO, to: '8801' },
    { when: ({ channelNC }) => channelNC, to: '8000' },
  ],
  '8000': [{ when: ({ channelNC, channelNO }) => !channelNC || channelNO, to: '8806' }],
  // There is no way back to 8000 but through a full demand: each one must prove that both contacts work.
  '8806': [
    { when: ({ discrepancyTimeMs }, { elapsedMs }) => elapsedMs >= discrepancyTimeMs, to: 'C030' },
    { when: isDemanded, to: '8801' },
  ],
  C010: ERROR_ROWS,
  C020: ERROR_ROWS,
  C030: ERROR_ROWS,
};
