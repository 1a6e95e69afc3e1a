// Whole cycles of a cell with a selector, an enabling device and a guard.

import { ENABLING_REST_MS } from '../../src/control/enabling-rest.ts';
import type { CellReply } from '../../src/core/cell-event.ts';
import type { JogSpeeds } from '../../src/core/jog.ts';
import type { OperatingMode } from '../../src/core/operating-mode.ts';
import { toolSpeedBoundMmPerS } from '../../src/core/tool-speed.ts';
import { CycleRig } from './cycle-rig.ts';
import { manualCell, SELECTOR } from './manual-cell.ts';
import type { Changes } from './small-cell.ts';

export class ModeRig extends CycleRig {
  token = '';

  constructor(changes: Changes = {}) {
    super(manualCell(changes));
    for (const name of ['estop-a', 'estop-b', 'mode-key', 'enable-2', SELECTOR.automatic]) this.closed.add(name);
  }

  select(mode: OperatingMode | 'none'): void {
    for (const contact of Object.values(SELECTOR)) this.closed.delete(contact);
    if (mode !== 'none') this.closed.add(SELECTOR[mode]);
  }

  pressReset(): void {
    this.run(3);
    this.closed.add('reset');
    this.run(2);
    this.closed.delete('reset');
    this.run(6);
  }

  ready(mode: OperatingMode): void {
    this.select(mode);
    if (mode === 'automatic') this.closed.add('door');
    this.pressReset();
  }

  /** Long enough for its rest to be over. */
  hold(): void {
    this.closed.add('enable-1');
    this.runMs(ENABLING_REST_MS);
    this.run(2);
  }

  letGo(): void {
    this.closed.delete('enable-1');
  }

  jog(speeds: JogSpeeds, holder = 'pendant', token = this.token): CellReply | undefined {
    const reply = this.request({ kind: 'jog', requestId: 'r', holder, token, speeds });
    if (reply?.ok === true && holder === 'pendant') this.token = reply.jog?.token ?? '';
    return reply;
  }

  runMs(timeMs: number): void {
    this.run(Math.ceil(timeMs / this.context.cell.cyclePeriodMs));
  }

  /** Keeps on asking for some time. */
  jogFor(cycles: number, speeds: JogSpeeds): void {
    for (let count = 0; count < cycles; count += 1) this.jog(speeds);
  }

  get speedMmPerS(): number {
    return toolSpeedBoundMmPerS(this.state.motion.velocityDegPerS, this.context.toolMmPerUnit);
  }

  get power(): number | undefined {
    const plan = this.context.table.plans[0];
    const slot = plan?.outputs.findIndex(({ device }) => device === 'power') ?? -1;
    return this.outputs?.commands[0]?.outputs[slot];
  }
}
