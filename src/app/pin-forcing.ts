// Which output of a board a person forces while no cell runs, and what the board is told for it. Pure: time comes with each call.
import { type BoardPlan, HOLD, type OutputSlot } from '../core/board-plan.ts';
import type { CellModel, DigitalOutputModel, ServoModel } from '../core/cell-model.ts';
import { permitsOf } from '../core/permits.ts';
import { positionOf, pulseOf } from '../devices/servo.ts';
import type { BoardImage } from '../ports/board-port.ts';
import { HeldKey } from './held-key.ts';

/** `less` and `more` turn a servo, `switch` drives a digital output to the level that is not its safe one. */
export type ForceKey = 'switch' | 'less' | 'more';

/** Why an output is not forced: inputs that stop it are wired to another board, or are open. */
export interface ForceRefusal {
  readonly reason: 'inputs-on-another-board' | 'inputs-open';
  readonly inputs: readonly string[];
}

export interface ForceView {
  /** Undefined for a board with no outputs. */
  readonly selected: string | undefined;
  readonly isForced: boolean;
  readonly refusal: ForceRefusal | undefined;
}

/** A person walks a servo by eye: no faster than this, degrees per second, nor than the servo's own limit. */
const TURN_DEG_PER_S = 10;
/** A pause between commands does not become a jump, ms. */
const STEP_MAX_MS = 40;

type Forcible = DigitalOutputModel | ServoModel;

/**
 * Forcing holds to run, one output at a time. The rest stays at its safe value; but for a servo, what is on while the unit
 * is enabled is on too, since a servo without its supply does not turn.
 *
 * Nobody but the board watches the safety inputs then, so an output whose inputs are not all on its own board is refused,
 * and an open input lets go at once: the board's own delay is that of a controlled stop, which nobody makes here.
 */
export class PinForcing {
  readonly #cell: CellModel;
  readonly #plan: BoardPlan;
  readonly #outputs: readonly Forcible[];
  readonly #key = new HeldKey<ForceKey>();
  #selected = 0;
  #image: BoardImage | undefined = undefined;
  #positionDeg: number | undefined = undefined;
  #steppedAt = 0;

  constructor(cell: CellModel, plan: BoardPlan) {
    this.#cell = cell;
    this.#plan = plan;
    this.#outputs = plan.outputs.flatMap(({ device }) => forcible(cell, device) ?? []);
  }

  /** Selects the next output, or with -1 the one before; what was forced is let go. */
  select(by: 1 | -1): void {
    const count = Math.max(1, this.#outputs.length);
    this.#selected = (this.#selected + by + count) % count;
    this.letGo();
  }

  /** Selects an output by its name. @returns false when the board has no such output that can be forced */
  selectNamed(name: string): boolean {
    const index = this.#outputs.findIndex((output) => output.name === name);
    if (index >= 0) this.#selected = index;
    this.letGo();
    return index >= 0;
  }

  press(key: ForceKey, nowMs: number): void {
    this.#key.press(key, nowMs);
  }

  /** Until the key has been let go and is held again. */
  letGo(): void {
    this.#key.release();
    this.#positionDeg = undefined;
  }

  /** Takes the newest image; undefined when the board is not there. */
  see(image: BoardImage | undefined): void {
    this.#image = image;
    if (image === undefined || this.#openInputs(image).length > 0) this.letGo();
  }

  view(nowMs: number): ForceView {
    const output = this.#outputs[this.#selected];
    return {
      selected: output?.name,
      isForced: this.#heldKey(output, nowMs) !== undefined,
      refusal: output === undefined ? undefined : this.#refusalOf(output),
    };
  }

  /** @returns what the armed board is told by output slot; undefined when nothing is forced and it is to be disarmed */
  command(nowMs: number): readonly number[] | undefined {
    const output = this.#outputs[this.#selected];
    const key = this.#heldKey(output, nowMs);
    if (output === undefined || key === undefined) {
      this.#positionDeg = undefined;
      return undefined;
    }
    const values = new Map([[output.name, this.#valueOf(output, key, nowMs)]]);
    if (output.kind === 'servo') for (const supply of this.#supplies()) values.set(supply.name, level(supply, true));
    return this.#plan.outputs.map((slot, index) => values.get(slot.device) ?? this.#restingValue(slot, index));
  }

  #heldKey(output: Forcible | undefined, nowMs: number): ForceKey | undefined {
    const key = this.#key.held(nowMs);
    if (output === undefined || key === undefined || this.#image === undefined) return undefined;
    if (this.#refusalOf(output) !== undefined) return undefined;
    return (key === 'switch') === (output.kind === 'digital-output') ? key : undefined;
  }

  #valueOf(output: Forcible, key: ForceKey, nowMs: number): number {
    if (output.kind === 'digital-output') return level(output, output.safe === 'off');
    const passedMs = this.#positionDeg === undefined ? 0 : Math.min(STEP_MAX_MS, nowMs - this.#steppedAt);
    const stepDeg = (Math.min(TURN_DEG_PER_S, output.velocityMaxDegPerS) * passedMs) / 1000;
    const fromDeg = this.#positionDeg ?? this.#knownPositionDeg(output);
    const wantedDeg = fromDeg + (key === 'more' ? stepDeg : -stepDeg);
    this.#positionDeg = Math.min(output.maxDeg, Math.max(output.minDeg, wantedDeg));
    this.#steppedAt = nowMs;
    return pulseOf(output, this.#positionDeg);
  }

  /** A servo that had no pulse since the board started is taken to be parked, as at the first enable of the cell. */
  #knownPositionDeg(servo: ServoModel): number {
    const slot = this.#plan.outputs.findIndex(({ device }) => device === servo.name);
    return positionOf(servo, this.#image?.outputs[slot] ?? 0) ?? servo.parkDeg;
  }

  #restingValue(slot: OutputSlot, index: number): number {
    if (slot.kind === 'axis') return this.#image?.outputs[index] ?? 0;
    if (slot.kind !== 'servo') return slot.safeValue;
    // A servo that holds goes on holding, or it would let the arm sink.
    return slot.safeValue === HOLD ? (this.#image?.outputs[index] ?? 0) : slot.safeValue;
  }

  #supplies(): readonly DigitalOutputModel[] {
    return this.#outputs.filter((output) => output.kind === 'digital-output').filter((output) => output.onWhileEnabled);
  }

  #refusalOf(output: Forcible): ForceRefusal | undefined {
    const driven = output.kind === 'servo' ? [output, ...this.#supplies()] : [output];
    const local = new Set(this.#plan.inputs.map(({ device }) => device));
    const elsewhere = driven.flatMap(({ name }) =>
      [...permitsOf(this.#cell, name)].filter((input) => !local.has(input)),
    );
    if (elsewhere.length > 0) return { reason: 'inputs-on-another-board', inputs: [...new Set(elsewhere)] };
    const open = this.#image === undefined ? [] : this.#openInputs(this.#image);
    return open.length > 0 ? { reason: 'inputs-open', inputs: open } : undefined;
  }

  /** Those of all outputs: the board does not arm while any is open. */
  #openInputs(image: BoardImage): readonly string[] {
    const watched = new Set(this.#plan.outputs.flatMap(({ permits }) => permits));
    return this.#plan.inputs
      .filter(({ closedLevel }, slot) => watched.has(slot) && image.inputs[slot] !== closedLevel)
      .map(({ device }) => device);
  }
}

function forcible(cell: CellModel, name: string): Forcible | undefined {
  const device = cell.devices.find((each) => each.name === name);
  return device?.kind === 'servo' || device?.kind === 'digital-output' ? device : undefined;
}

function level(output: DigitalOutputModel, isOn: boolean): number {
  return isOn === output.activeHigh ? 1 : 0;
}
