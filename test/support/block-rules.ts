// Rules that every safety function block keeps, whatever it is for. They look at the block alone, not at its oracle.
import { type BlockInterface, blockInterface } from '../../src/core/safety-blocks.ts';
import { blockOutputs } from '../../src/safety/function-block.ts';
import type { Step } from './block-exploration.ts';
import type { BlockOracle, Scan } from './oracles/oracle.ts';

function lacksNeededSignal({ signals }: BlockInterface, { levels }: Scan): boolean {
  return Object.entries(signals).some(([input, { isNeeded }]) => isNeeded && levels[input] !== true);
}

/** @returns the rules that this step breaks, in words */
export function brokenRules({ type }: BlockOracle, { settings, before, scan, after }: Step): readonly string[] {
  const wiring = blockInterface(type);
  const was = blockOutputs(before.state.code);
  const now = blockOutputs(after.state.code);
  const hasRisen = now.output && !was.output;
  const isAutomatic = settings['autoReset'] === true || settings['startReset'] === true;
  const hasEdge = scan.levels['reset'] === true && !before.state.resetBefore;
  const needsEdge = wiring.latches && !isAutomatic;
  const rules: Readonly<Record<string, boolean>> = {
    'an error switches the output off': !now.error || !now.output,
    'a block without Activate is idle, in the same call': scan.activate || after.state.code === '0000',
    'an idle block shows nothing': after.state.code !== '0000' || !(now.ready || now.error || now.output),
    'only an idle block is not ready': now.ready === (after.state.code !== '0000'),
    'the output is TRUE in 8000 only': now.output === (after.state.code === '8000'),
    'an input that must be TRUE and is not switches off in the same call':
      !now.output || !lacksNeededSignal(wiring, scan),
    'switching on takes a rising edge of the reset': !(hasRisen && needsEdge) || hasEdge,
    'the reset that switches on was asked for': !(hasRisen && needsEdge) || was.resetRequest,
    'switching on takes a call after activation': !hasRisen || was.ready,
    'a demand and an error are told apart': !(now.error && now.safetyDemand),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
