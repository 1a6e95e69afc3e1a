// SF_OutControl: an output that is on while safety allows and the process wants it. Modelled on PLCopen Safety Part 1 V2.01.
import { isResetHeld, isResetPressed, isResetReleased, type Moment, rose, type StateTable } from './function-block.ts';

/** Inputs of SF_OutControl; the reset comes with the call. */
export interface OutControlInputs {
  /** TRUE while safety allows the output. */
  readonly safeControl: boolean;
  /** TRUE while the process wants it. */
  readonly processControl: boolean;
  /** A wish that is TRUE already counts after a demand; else it has to rise anew. */
  readonly staticControl: boolean;
  /** No reset is needed after a demand. */
  readonly autoReset: boolean;
}

/**
 * 8401 init, start inhibit; 8802 safety demands; 8404 safety allows, restart inhibit; 8006 the process wants it off; 8000 on;
 * C001, C011 a reset that was TRUE too early in 8401, 8404; C010 a wish that was TRUE already in 8006; C020, C030 reset and the
 * wish rose in the same call in 8401, 8404.
 */
export type OutControlCode =
  | '0000'
  | '8401'
  | '8802'
  | '8404'
  | '8006'
  | '8000'
  | 'C001'
  | 'C011'
  | 'C010'
  | 'C020'
  | 'C030';

const isDemanded = ({ safeControl }: OutControlInputs): boolean => !safeControl;
const isAsked = (inputs: OutControlInputs, moment: Moment): boolean => rose(inputs, moment, 'processControl');
const isMixedUp = (inputs: OutControlInputs, moment: Moment): boolean => moment.resetEdge && isAsked(inputs, moment);
const areBothOff = ({ processControl }: OutControlInputs, { resetEdge, resetHeld }: Moment): boolean =>
  !(processControl || resetEdge || resetHeld);

/**
 * The output is TRUE in 8000 only, which needs a fresh wish of the process, or with StaticControl a state that waits for it.
 *
 * S_StartReset is FALSE always. Stricter than the model: a demand leads out of every state but the start inhibit and its errors.
 */
export const OUT_CONTROL_TABLE: StateTable<OutControlCode, OutControlInputs> = {
  '0000': [{ when: () => true, to: '8401' }],
  '8401': [
    { when: isMixedUp, to: 'C020' },
    { when: isResetHeld, to: 'C001' },
    { when: (inputs, { resetEdge }) => resetEdge && isDemanded(inputs), to: '8802' },
    { when: isResetPressed, to: '8006' },
  ],
  C001: [{ when: isResetReleased, to: '8401' }],
  C020: [{ when: areBothOff, to: '8401' }],
  '8802': [
    { when: ({ safeControl, autoReset }) => safeControl && autoReset, to: '8006' },
    { when: ({ safeControl }) => safeControl, to: '8404' },
  ],
  '8404': [
    { when: isDemanded, to: '8802' },
    { when: isMixedUp, to: 'C030' },
    { when: isResetHeld, to: 'C011' },
    { when: isResetPressed, to: '8006' },
  ],
  C011: [
    { when: isDemanded, to: '8802' },
    { when: isResetReleased, to: '8404' },
  ],
  C030: [
    { when: isDemanded, to: '8802' },
    { when: areBothOff, to: '8404' },
  ],
  '8006': [
    { when: isDemanded, to: '8802' },
    {
      when: (inputs, moment) => inputs.processControl && !inputs.staticControl && !isAsked(inputs, moment),
      to: 'C010',
    },
    { when: ({ processControl }) => processControl, to: '8000' },
  ],
  C010: [
    { when: isDemanded, to: '8802' },
    { when: ({ processControl }) => !processControl, to: '8006' },
  ],
  '8000': [
    { when: isDemanded, to: '8802' },
    { when: ({ processControl }) => !processControl, to: '8006' },
  ],
};
