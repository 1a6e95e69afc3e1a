// Rules that every safety function block keeps, whatever it is for. They look at the block alone, not at its oracle.
import { outputInterface } from '../../src/core/safety-blocks.ts';
import { BLOCK_MACHINES } from '../../src/safety/blocks.ts';
import { type BlockState, blockFlags } from '../../src/safety/function-block.ts';
import type { Step } from './block-exploration.ts';
import type { BlockOracle, Scan } from './oracles/oracle.ts';

function lacksNeededSignal({ type }: BlockOracle, { levels }: Scan): boolean {
  return outputInterface(type, undefined)?.needs.some((input) => levels[input] !== true) === true;
}

/** What a block shows: its main output, and what its code says. */
function shown({ type }: BlockOracle, state: BlockState) {
  return { ...blockFlags(state.code), output: BLOCK_MACHINES[type].isOn(state) };
}

/** @returns the rules that this step breaks, in words */
export function brokenRules(oracle: BlockOracle, { settings, before, scan, after }: Step): readonly string[] {
  const main = outputInterface(oracle.type, undefined);
  const was = shown(oracle, before.state);
  const now = shown(oracle, after.state);
  const hasRisen = now.output && !was.output;
  const isAutomatic = settings['autoReset'] === true || settings['startReset'] === true;
  const hasEdge = scan.levels['reset'] === true && !before.state.resetBefore;
  const needsEdge = main?.latches === true && !isAutomatic;
  const rules: Readonly<Record<string, boolean>> = {
    'an error switches the output off': !now.error || !now.output,
    'a block without Activate is idle, in the same call': scan.activate || after.state.code === '0000',
    'an idle block shows nothing': after.state.code !== '0000' || !(now.ready || now.error || now.output),
    'only an idle block is not ready': now.ready === (after.state.code !== '0000'),
    'the output is TRUE in the states of its interface only': now.output === main?.trueIn.includes(after.state.code),
    'an input that must be TRUE and is not switches off in the same call':
      !now.output || !lacksNeededSignal(oracle, scan),
    'switching on takes a rising edge of the reset': !(hasRisen && needsEdge) || hasEdge,
    'the reset that switches on was asked for': !(hasRisen && needsEdge) || was.resetRequest,
    'switching on takes a call after activation': !hasRisen || was.ready,
    'a demand and an error are told apart': !(now.error && now.safetyDemand),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
