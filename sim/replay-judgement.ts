// Whether a simulated cell stands where a counter-example of `celda verify` says that it must never stand.
import type { CounterExample } from '../src/app/counter-examples.ts';
import type { DeviceModel, StopFunctionModel } from '../src/core/cell-model.ts';
import { resetOf } from '../src/core/safety-blocks.ts';
import { ANY_JOINT, alternativesOf, type Literal, parseSituation } from '../src/core/safety-property.ts';
import type { SimulatedCell } from './simulated-cell.ts';

/** A finding with its counter-example. */
export type Replayable = CounterExample['finding'];

/** Diagnostic codes by block. */
export function codesOf({ snapshot }: SimulatedCell): Readonly<Record<string, string>> {
  return Object.fromEntries((snapshot?.safety ?? []).map(({ name, diagCode }) => [name, diagCode]));
}

function permits({ snapshot }: SimulatedCell, { permission }: StopFunctionModel): boolean {
  const [name, output] = permission.split('.');
  const block = snapshot?.safety.find((each) => each.name === name);
  return output === undefined ? block?.output === true : block?.outputs[output] === true;
}

/** Watches a cell through a replay: since when each stop function asks for its stop is not told by one look. */
export class ReplayJudge {
  readonly #cell: SimulatedCell;
  readonly #finding: Replayable;
  /** Time of the first look at which a stop function did not permit, ms. */
  readonly #stoppingSince = new Map<string, number>();

  constructor(cell: SimulatedCell, finding: Replayable) {
    this.#cell = cell;
    this.#finding = finding;
  }

  /** To be called after every stretch of time. */
  look(): void {
    for (const stop of this.#cell.cell.safety.stopFunctions) {
      if (permits(this.#cell, stop)) this.#stoppingSince.delete(stop.name);
      else if (!this.#stoppingSince.has(stop.name)) this.#stoppingSince.set(stop.name, this.#cell.clock.now());
    }
  }

  /** What the counter-example says is the case: of outputs that they are free, of everything else that blocks stand where it says. */
  isCase(): boolean {
    const { rule, subject, trace } = this.#finding;
    const codes = codesOf(this.#cell);
    const atEnd = new Map(
      trace.reactions.flatMap(({ kind, name, value }) => (kind === 'block' ? [[name, value]] : [])),
    );
    if (![...atEnd].every(([block, code]) => codes[block] === code)) return false;
    if (rule === 'never') return this.#canBe(String(subject['never']));
    return rule !== 'output-safe' || [subject['outputs']].flat().every((output) => this.#isFree(String(output), 'on'));
  }

  /**
   * Puts every input back to rest and presses every reset, twice, as a person would.
   * @returns the stop function that the counter-example is about does not permit after all that
   */
  async isStuck(pass: (ms: number) => Promise<void>): Promise<boolean> {
    const { safety, devices } = this.#cell.cell;
    const stop = safety.stopFunctions.find(({ name }) => name === this.#finding.subject['stop']);
    if (stop === undefined) return false;
    const isInput = (name: string): boolean =>
      devices.some((each) => each.name === name && each.kind === 'digital-input');
    for (const { input } of this.#finding.trace.changes) if (isInput(input)) this.#cell.override(input, undefined);
    const resets = new Set([...safety.blocks.flatMap((block) => resetOf(block) ?? []), safety.reset]);
    const pressed = [...resets].filter(isInput);
    for (const reset of [...pressed, ...pressed]) {
      for (const value of [0, 1, 0]) {
        this.#cell.override(reset, value);
        await pass(PRESS_MS);
        if (permits(this.#cell, stop)) return false;
      }
      this.#cell.override(reset, undefined);
      await pass(PRESS_MS);
      if (permits(this.#cell, stop)) return false;
    }
    return true;
  }

  /**
   * Every stop function that names the output permits: in a mended cell one does not. `moving`: or it still ramps down, longer
   * than the counter-example lets it; whether something moves is taken from there, for a simulated cell without an order is at rest.
   */
  #isFree(output: string, about: 'on' | 'moving'): boolean {
    const withinMs = Number(this.#finding.subject['timeMs'] ?? 0);
    return this.#cell.cell.safety.stopFunctions
      .filter(({ outputs }) => outputs.includes(output))
      .every((stop) => {
        if (permits(this.#cell, stop)) return true;
        const forMs = this.#cell.clock.now() - (this.#stoppingSince.get(stop.name) ?? 0);
        return about === 'moving' && stop.category !== 0 && forMs >= withinMs && forMs < stop.timeLimitMs;
      });
  }

  #canBe(never: string): boolean {
    const situation = parseSituation(never);
    if (!situation.ok) return false;
    return alternativesOf(situation.value).some((literals) => literals.every((literal) => this.#holds(literal)));
  }

  /** What is said of a block follows from its code, which has been looked at. */
  #holds({ fact: { name, word }, isSo }: Literal): boolean {
    const { devices } = this.#cell.cell;
    const device = devices.find((each) => each.name === name);
    if (device === undefined && name === ANY_JOINT) {
      return !isSo || devices.some((each) => isJoint(each) && this.#isFree(each.name, 'moving'));
    }
    switch (device?.kind) {
      case undefined:
        return true;
      case 'digital-input': {
        const isOpen = this.#cell.snapshot?.devices.find((each) => each.name === name)?.value !== 1;
        return ((word === 'open') === isOpen) === isSo;
      }
      case 'vacuum-gripper':
        return this.#canBeOn(device.valve, (word === 'closed') === isSo);
      case 'conveyor':
        return this.#canBeOn(device.motor, isSo);
      case 'digital-output':
        return this.#canBeOn(name, (word === 'on') === isSo);
      default:
        return !isSo || this.#isFree(name, 'moving');
    }
  }

  /** An output that is free does as it is told; one that is not has its safe value. */
  #canBeOn(name: string, isOn: boolean): boolean {
    const device = this.#cell.cell.devices.find((each) => each.name === name);
    if (this.#isFree(name, 'on')) return true;
    return device?.kind === 'digital-output' && (device.safe === 'on') === isOn;
  }
}

/** Longer than any filter of a reset button, and shorter than any button is taken for stuck, ms. */
const PRESS_MS = 150;

function isJoint({ kind }: DeviceModel): boolean {
  return kind === 'servo' || kind === 'stepper-axis';
}
