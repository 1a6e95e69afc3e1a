// Two-hand controls against what ISO 13851 asks of them, for every history of the buttons.
import { expect, test } from 'vitest';
import { monotonicMs } from '../../src/core/units.ts';
import { BLOCK_MACHINES } from '../../src/safety/blocks.ts';
import { type BlockState, blockFlags, idleBlock } from '../../src/safety/function-block.ts';

const TYPES = ['SF_TwoHandControlTypeII', 'SF_TwoHandControlTypeIII'] as const;
type Type = (typeof TYPES)[number];

interface Hands {
  readonly button1: boolean;
  readonly button2: boolean;
}

const HANDS: readonly Hands[] = [false, true].flatMap((button1) =>
  [false, true].map((button2) => ({ button1, button2 })),
);
const STEPS_MS = [10, 500];

/** What decides, kept by the test in its own words: were both hands off since the output was last on, and how long is one on. */
interface Story {
  readonly hands: Hands | undefined;
  readonly bothOff: boolean;
  /** Since when exactly one button has been pressed, ms; undefined while none or both are. */
  readonly oneSince: number | undefined;
  readonly onlyOne: 1 | 2 | undefined;
  readonly isSpoilt: boolean;
}

const START: Story = { hands: undefined, bothOff: false, oneSince: undefined, onlyOne: undefined, isSpoilt: false };

function tell(
  type: Type,
  story: Story,
  hands: Hands,
  nowMs: number,
): { readonly story: Story; readonly isOn: boolean } {
  const { button1, button2 } = hands;
  if (!button1 && !button2) return { story: { ...START, hands, bothOff: true }, isOn: false };
  if (button1 && button2) {
    const waitedMs = story.oneSince === undefined ? 0 : nowMs - story.oneSince;
    const isLate = type === 'SF_TwoHandControlTypeIII' && waitedMs > 500;
    const isOn = story.bothOff && !story.isSpoilt && !isLate;
    return { story: { ...story, hands, isSpoilt: !isOn, oneSince: undefined, onlyOne: undefined }, isOn };
  }
  const onlyOne = button1 ? 1 : 2;
  const wasOn = story.hands?.button1 === true && story.hands.button2;
  const hasChangedOver = story.onlyOne !== undefined && story.onlyOne !== onlyOne;
  const isSpoilt = story.isSpoilt || wasOn || hasChangedOver || !story.bothOff;
  return { story: { ...story, hands, onlyOne, isSpoilt, oneSince: story.oneSince ?? nowMs }, isOn: false };
}

test.each(TYPES)(
  '[O9] %s is on while both hands are on, after both were off, for every history of six moves',
  (type) => {
    const machine = BLOCK_MACHINES[type];
    const codes = new Set<string>();
    const taken = new Set<string>();
    const walk = (state: BlockState, story: Story, nowMs: number, depth: number): void => {
      if (depth === 6) return;
      for (const hands of HANDS) {
        for (const stepMs of STEPS_MS) {
          const now = nowMs + stepMs;
          const next = machine.step(state, {
            now: monotonicMs(now),
            activate: true,
            reset: false,
            inputs: { ...hands },
          });
          const told = tell(type, story, hands, now);
          const isOn = BLOCK_MACHINES[type].isOn(next);
          if (isOn !== told.isOn) expect({ from: state.code, hands, now, to: next.code }).toBe(told.isOn);
          codes.add(next.code);
          if (next.code !== state.code) taken.add(`${state.code} ${next.code}`);
          walk(next, told.story, now, depth + 1);
        }
      }
    };
    // The first call leaves IDLE and the second looks at the buttons: nobody touches them in the first.
    const call = { activate: true, reset: false, inputs: { button1: false, button2: false } };
    walk(machine.step(idleBlock(), { now: monotonicMs(0), ...call }), START, 0, 0);
    expect([...codes, '0000', '8001'].sort()).toEqual([...machine.codes].sort());
    const tabled = machine.transitions.map(([from, to]) => `${from} ${to}`).filter((pair) => pair !== '0000 8001');
    expect([...taken].sort()).toEqual([...new Set(tabled)].sort());
  },
);

test.each([
  [{ button1: true, button2: false }, 'C010'],
  [{ button1: false, button2: true }, 'C020'],
  [{ button1: true, button2: true }, 'C030'],
])('[O9] buttons %o that are pressed at activation are an error until both are released', (hands, code) => {
  const machine = BLOCK_MACHINES.SF_TwoHandControlTypeII;
  const step = (state: BlockState, inputs: Hands): BlockState =>
    machine.step(state, { now: monotonicMs(0), activate: true, reset: false, inputs: { ...inputs } });
  const error = step(step(idleBlock(), hands), hands);
  expect([error.code, blockFlags(error.code).error]).toEqual([code, true]);
  expect(step(error, { button1: true, button2: true }).code).toBe(code);
  expect(step(error, { button1: false, button2: false }).code).toBe('8802');
});
