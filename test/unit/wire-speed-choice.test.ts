// The choice of the line's speed as a pure state machine: what tells a speed that does not hold from a stall.
import { describe, expect, it } from 'vitest';
import type { BoardMessage } from '../../firmware-bridge/wire/messages.ts';
import { beginChoice, type SpeedEvent, type SpeedStep, stepChoice } from '../../firmware-bridge/wire/speed-choice.ts';
import { BOOT_BAUD } from '../../firmware-bridge/wire/speeds.ts';
import { ident } from '../support/wire-samples.ts';

const WANTED = 500_000;
const ACK: BoardMessage = { kind: 'speed-ack', baud: WANTED, status: 'ok' };

/** A choice that is driven by hand; `hellos` are the nonces sent, in order. */
class Choice {
  now = 0;
  step: SpeedStep;
  readonly hellos: number[] = [];
  readonly asked: number[] = [];

  constructor(wanted: number | 'auto' = WANTED, baud: number = BOOT_BAUD) {
    this.step = beginChoice(wanted, baud, 77, 0);
    this.#note();
  }

  feed(event: SpeedEvent): this {
    if (this.step.kind === 'going-on') {
      this.step = stepChoice(this.step.choice, event, this.now);
      this.#note();
    }
    return this;
  }

  hear(message: BoardMessage): this {
    return this.feed({ kind: 'bytes' }).feed({ kind: 'message', message });
  }

  echo(nonce = this.hellos.at(-1)): this {
    return this.hear(ident(nonce ?? 0));
  }

  /** Lets the time pass until the choice does something by itself. */
  wait(times = 1): this {
    for (let time = 0; time < times && this.step.kind === 'going-on'; time += 1) {
      this.now = this.step.choice.retryAt;
      this.feed({ kind: 'time' });
    }
    return this;
  }

  /** Up to the first HELLO at the wanted speed. */
  change(): this {
    return this.hear(ACK).feed({ kind: 'line', taken: true }).wait();
  }

  #note(): void {
    if (this.step.kind !== 'going-on') return;
    for (const message of this.step.send) {
      if (message.kind === 'hello') this.hellos.push(message.nonce);
      if (message.kind === 'speed') this.asked.push(message.baud);
    }
  }
}

describe('the choice of a speed', () => {
  it('takes a speed at which twenty frames in a row were answered, no two of them alike', () => {
    const choice = new Choice().change();
    for (let count = 0; count < 20; count += 1) choice.echo();
    expect(choice.step).toEqual({ kind: 'chosen', baud: WANTED });
    expect(new Set(choice.hellos).size).toBe(20);
  });

  it('goes on where it was when an answer was only late', () => {
    const choice = new Choice().change();
    for (let count = 0; count < 10; count += 1) choice.echo();
    const late = choice.hellos.at(-1);
    choice.wait(2).echo(late);
    for (let count = 11; count < 20; count += 1) choice.echo();
    expect(choice.step).toEqual({ kind: 'chosen', baud: WANTED });
  });

  it('counts from the first again when an answer was lost, and gives the speed up with the third', () => {
    const choice = new Choice().change();
    for (let count = 0; count < 19; count += 1) choice.echo();
    choice.wait().echo();
    for (let count = 0; count < 19; count += 1) choice.echo();
    expect(choice.step.kind).toBe('going-on');
    choice.wait().echo().wait().echo().wait();
    expect(choice.step).toEqual({ kind: 'none', failure: 'frames are damaged' });
  });

  it('names damage where bytes come that make no frame', () => {
    const choice = new Choice().change().feed({ kind: 'bytes' }).wait(4);
    expect(choice.step).toEqual({ kind: 'none', failure: 'frames are damaged' });
    expect(choice.asked).toEqual([WANTED]);
  });

  it('tries a speed at which nothing is heard once more from the speed of the boot, and then names the silence', () => {
    const choice = new Choice().change().wait(3);
    expect(choice.step).toMatchObject({ kind: 'going-on', baud: BOOT_BAUD });
    choice.wait().change().wait(4);
    expect(choice.step).toEqual({ kind: 'none', failure: 'no answer' });
    expect(choice.asked).toEqual([WANTED, WANTED]);
    expect(new Set(choice.hellos).size).toBe(6);
  });

  it('does not take what was right before for damage when the board then falls silent', () => {
    const choice = new Choice().change().echo().wait(4).change().echo().wait(4);
    expect(choice.step).toEqual({ kind: 'none', failure: 'no answer' });
  });

  it('says that the board is silent when it does not answer at the speed at which it was found', () => {
    expect(new Choice().wait(3).step).toEqual({ kind: 'silent' });
  });

  it('goes on to the next speed when one is refused, silent or damaged', () => {
    const choice = new Choice('auto');
    choice.hear({ kind: 'speed-ack', baud: 1_000_000, status: 'value' });
    expect(choice.asked).toEqual([1_000_000, 500_000]);
    choice.change().feed({ kind: 'bytes' }).wait(4);
    expect(choice.asked).toEqual([1_000_000, 500_000, 250_000]);
  });

  it('gives a port that is late with its new speed a second look', () => {
    const late = new Choice().hear(ACK).wait();
    expect(late.feed({ kind: 'line', taken: true }).wait().hellos).toHaveLength(1);
    const never = new Choice().hear(ACK).wait(3);
    expect(never.step).toEqual({ kind: 'none', failure: 'not taken by the port' });
  });
});
