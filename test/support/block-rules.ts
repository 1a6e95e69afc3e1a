// Rules that every safety function block keeps, whatever it is for. They look at the block and its interface, not at its oracle.
import { blockFlags } from '../../src/safety/function-block.ts';
import type { Step } from './block-exploration.ts';
import { interfaceOf, machineOf } from './block-under-test.ts';
import type { BlockOracle } from './oracles/oracle.ts';

/** @returns the rules that this step breaks, in words */
export function brokenRules(oracle: BlockOracle, { settings, before, scan, after }: Step): readonly string[] {
  const machine = machineOf(oracle);
  const wiring = interfaceOf(oracle);
  const outputs = machine.outputs(after.state);
  const { code } = after.state;
  const flags = blockFlags(code);
  const on = Object.keys(outputs).filter((name) => outputs[name] === true);
  const isNeededMissing = (name: string): boolean =>
    wiring.outputs[name]?.needs.some((input) => scan.levels[input] !== true) === true;
  const isAutomatic = settings['autoReset'] === true;
  const rules: Readonly<Record<string, boolean>> = {
    'the diagnostic code is one of the block': wiring.states[code] !== undefined && machine.codes.includes(code),
    'an error switches all outputs off': !flags.error || on.length === 0,
    'a block without Activate is idle, in the same call': scan.activate || code === '0000',
    'an idle block shows nothing': code !== '0000' || (on.length === 0 && !flags.error && !flags.safetyDemand),
    'only an idle block is not ready': flags.ready === (code !== '0000'),
    'an input that must be TRUE and is not switches off in the same call': !on.some(isNeededMissing),
    'an output that latches has seen a rising edge of the reset since it was off':
      isAutomatic || !on.some((name) => after.owing.includes(name)),
    'switching on takes a call after activation':
      before.state.code !== '0000' || !on.includes(Object.keys(outputs)[0] ?? ''),
    'a demand and an error are told apart': !(flags.error && flags.safetyDemand),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
