import { describe, expect, it } from 'vitest';
import { CommandLane } from '../../firmware-bridge/session/command-lane.ts';
import { BoardClock } from '../../firmware-bridge/wire/board-clock.ts';
import { frameSizes, LineBudget } from '../../firmware-bridge/wire/line-budget.ts';
import type { HostMessage } from '../../firmware-bridge/wire/messages.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { planBoards } from '../../src/core/board-plan.ts';
import { exampleCell } from '../support/cycle-rig.ts';

function lane() {
  const [plan] = planBoards(exampleCell());
  if (plan === undefined) throw new Error('the example cell has a board');
  const sent: HostMessage[] = [];
  const line = new LineBudget({ baud: BOOT_BAUD, ...frameSizes(plan) });
  const boardClock = new BoardClock();
  boardClock.sample(0, 0);
  const send = (message: HostMessage) => sent.push(message);
  const commands = new CommandLane({ plan, line, boardClock, send, pendingBytes: () => 0 });
  const outputs = plan.outputs.map(() => 0);
  return { commands, outputs, kinds: () => sent.map(({ kind }) => kind) };
}

describe('a command that disarms', () => {
  it('sends STOP before anything else', () => {
    const { commands, outputs, kinds } = lane();
    commands.write({ cycle: 1, arm: true, outputs }, 0);
    expect(commands.write({ cycle: 2, arm: false, outputs }, 100)).toBe('sent');
    expect(kinds()).toEqual(['process', 'stop', 'process']);
  });

  it.each([
    ['its cycle number', { cycle: 1, arm: false }],
    ['a value in it', { cycle: 2, arm: false, outputs: [Number.NaN] }],
  ])('sends STOP even when it is refused for %s', (_why, command) => {
    const { commands, outputs, kinds } = lane();
    commands.write({ cycle: 1, arm: true, outputs }, 0);
    expect(commands.write({ outputs, ...command }, 100)).toBe('refused');
    expect(kinds()).toEqual(['process', 'stop']);
  });

  it('sends no second STOP when nothing is armed any more', () => {
    const { commands, outputs, kinds } = lane();
    commands.write({ cycle: 1, arm: true, outputs }, 0);
    commands.write({ cycle: 2, arm: false, outputs }, 100);
    commands.write({ cycle: 3, arm: false, outputs }, 200);
    expect(kinds()).toEqual(['process', 'stop', 'process', 'process']);
  });
});
