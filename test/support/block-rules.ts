// Rules that every safety function block keeps, whatever it is for. They look at the block and its interface, not at its oracle.
import { blockFlags } from '../../src/safety/function-block.ts';
import type { Step } from './block-exploration.ts';
import { interfaceOf, machineOf } from './block-under-test.ts';
import type { BlockOracle } from './oracles/oracle.ts';

type Rule = (
  step: Step,
  shown: {
    readonly oracle: BlockOracle;
    readonly code: string;
    readonly on: readonly string[];
    readonly flags: ReturnType<typeof blockFlags>;
  },
) => boolean;

const RULES: Readonly<Record<string, Rule>> = {
  'the diagnostic code is one of the block': (_, { oracle, code }) =>
    interfaceOf(oracle).states[code] !== undefined && machineOf(oracle).codes.includes(code),
  'an error switches all outputs off': (_, { on, flags }) => !flags.error || on.length === 0,
  'a block without Activate is idle, in the same call': ({ scan }, { code }) => scan.activate || code === '0000',
  'an idle block shows nothing': (_, { code, on, flags }) =>
    code !== '0000' || (on.length === 0 && !flags.error && !flags.safetyDemand && !flags.resetRequest),
  'only an idle block is not ready': (_, { code, flags }) => flags.ready === (code !== '0000'),
  'an input that must be TRUE and is not switches off in the same call': ({ scan }, { oracle, on }) =>
    on.every((name) => interfaceOf(oracle).outputs[name]?.needs.every((input) => scan.levels[input] === true)),
  'an output that latches has seen a rising edge of the reset since it was off': ({ settings, after }, { on }) =>
    settings['autoReset'] === true || !on.some((name) => after.owing.includes(name)),
  'switching on takes a call after activation': ({ before }, { oracle, on }) =>
    before.state.code !== '0000' || !on.includes(Object.keys(interfaceOf(oracle).outputs)[0] ?? ''),
  'a demand and an error are told apart': (_, { flags }) => !(flags.error && flags.safetyDemand),
};

/** @returns the rules that this step breaks, in words */
export function brokenRules(oracle: BlockOracle, step: Step): readonly string[] {
  const { state } = step.after;
  const machine = machineOf(oracle);
  const on = Object.keys(interfaceOf(oracle).outputs).filter((name) => machine.isOn(state, name));
  const shown = { oracle, code: state.code, on, flags: blockFlags(state.code) };
  return Object.keys(RULES).filter((rule) => RULES[rule]?.(step, shown) === false);
}
