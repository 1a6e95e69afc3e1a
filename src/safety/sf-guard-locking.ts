// SF_GuardLocking: a guard that stays locked until the danger behind it is over. Modelled on PLCopen Safety Part 1 V2.01 and
// ISO 14119.
import { isResetHeld, isResetReleased, type StateTable } from './function-block.ts';

/** Inputs of SF_GuardLocking; the reset comes with the call. */
export interface GuardLockingInputs {
  /** TRUE while the guard is closed. */
  readonly guard: boolean;
  /** TRUE while nothing behind the guard can hurt: standstill. */
  readonly safetyActive: boolean;
  /** TRUE while the lock holds the guard. */
  readonly guardLock: boolean;
  /** TRUE while somebody asks for the guard to be unlocked. */
  readonly unlockRequest: boolean;
  /** A guard that is closed and locked again needs no reset. */
  readonly autoReset: boolean;
}

/**
 * 8801, 8401 init, not yet and now closed and locked; 8430 closed and locked, waits for the reset; 8000 locked; 8010 unlocking;
 * 8832, 8822 unlocked and closed, unlocked and open; 8812 waits for the guard to be closed and locked; C010 guard or lock lost in 8000;
 * C020 the danger came back while unlocked; C040 the danger came back while not locked; C410, C420, C440 that is over and a reset
 * possible; C001, C031, C011, C021, C041 a reset that was TRUE too early in 8401, 8430, C410, C420, C440.
 */
export type GuardLockingCode =
  | '0000'
  | '8801'
  | '8401'
  | '8430'
  | '8812'
  | '8822'
  | '8832'
  | '8010'
  | '8000'
  | 'C001'
  | 'C031'
  | 'C010'
  | 'C410'
  | 'C011'
  | 'C020'
  | 'C420'
  | 'C021'
  | 'C040'
  | 'C440'
  | 'C041';

const isShut = ({ guard, guardLock }: GuardLockingInputs): boolean => guard && guardLock;
const mayUnlock = ({ safetyActive, unlockRequest }: GuardLockingInputs): boolean => safetyActive && unlockRequest;
const isDangerous = ({ safetyActive }: GuardLockingInputs): boolean => !safetyActive;

type Rows = StateTable<GuardLockingCode, GuardLockingInputs>[GuardLockingCode];

/** To where an unlocked guard stands. */
const UNLOCK: Rows = [
  { when: (inputs) => mayUnlock(inputs) && !inputs.guard, to: '8822' },
  { when: (inputs) => mayUnlock(inputs) && !inputs.guardLock, to: '8832' },
  { when: mayUnlock, to: '8010' },
];

/** An error, the same once its cause is gone, and with a reset that was TRUE too early. */
function errorStates<Error extends GuardLockingCode, Gone extends GuardLockingCode, Held extends GuardLockingCode>(
  error: Error,
  gone: Gone,
  held: Held,
): { readonly [Code in Error | Gone | Held]: Rows } {
  const rows = {
    [error]: [{ when: (inputs: GuardLockingInputs) => !isDangerous(inputs), to: gone }],
    [gone]: [
      { when: isDangerous, to: error },
      { when: isResetHeld, to: held },
      { when: (_: GuardLockingInputs, { resetEdge }: { readonly resetEdge: boolean }) => resetEdge, to: '8430' },
    ],
    [held]: [
      { when: isDangerous, to: error },
      { when: isResetReleased, to: gone },
    ],
  };
  return rows as unknown as { readonly [Code in Error | Gone | Held]: Rows };
}

/**
 * S_GuardLocked is TRUE in 8000 only; S_UnlockGuard in 8010, 8822 and 8832, which are left as soon as standstill or request are lost.
 *
 * S_StartReset is FALSE always. Stricter than the model: an open guard is unlocked only while somebody asks for it; standstill
 * that is lost while the guard is unlocked is an error in every such state; a guard that opens before the reset is waited for anew.
 */
export const GUARD_LOCKING_TABLE: StateTable<GuardLockingCode, GuardLockingInputs> = {
  '0000': [{ when: () => true, to: '8801' }],
  '8801': [...UNLOCK, { when: isShut, to: '8401' }],
  '8401': [
    { when: (inputs) => !isShut(inputs), to: '8801' },
    { when: mayUnlock, to: '8010' },
    { when: isResetHeld, to: 'C001' },
    { when: (_, { resetEdge }) => resetEdge, to: '8000' },
  ],
  C001: [
    { when: (inputs) => !isShut(inputs), to: '8801' },
    { when: isResetReleased, to: '8401' },
  ],
  '8430': [
    { when: (inputs) => !isShut(inputs), to: '8812' },
    { when: mayUnlock, to: '8010' },
    { when: isResetHeld, to: 'C031' },
    { when: ({ autoReset }, { resetEdge }) => resetEdge || autoReset, to: '8000' },
  ],
  C031: [
    { when: (inputs) => !isShut(inputs), to: '8812' },
    { when: isResetReleased, to: '8430' },
  ],
  '8000': [
    { when: (inputs) => !isShut(inputs), to: 'C010' },
    { when: mayUnlock, to: '8010' },
  ],
  '8010': [
    { when: isDangerous, to: 'C020' },
    { when: ({ unlockRequest }) => !unlockRequest, to: '8812' },
    { when: ({ guard }) => !guard, to: '8822' },
    { when: ({ guardLock }) => !guardLock, to: '8832' },
  ],
  '8832': [
    { when: isDangerous, to: 'C020' },
    { when: ({ unlockRequest }) => !unlockRequest, to: '8812' },
    { when: ({ guard }) => !guard, to: '8822' },
  ],
  '8822': [
    { when: isDangerous, to: 'C020' },
    { when: ({ unlockRequest }) => !unlockRequest, to: '8812' },
    { when: ({ guard }) => guard, to: '8832' },
  ],
  '8812': [
    { when: (inputs) => isDangerous(inputs) && !isShut(inputs), to: 'C040' },
    ...UNLOCK,
    { when: isShut, to: '8430' },
  ],
  ...errorStates('C010', 'C410', 'C011'),
  ...errorStates('C020', 'C420', 'C021'),
  ...errorStates('C040', 'C440', 'C041'),
};
