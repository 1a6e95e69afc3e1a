// Times one stop at the boards: from the image in which an input demands it to the one in which its outputs read back safe.
import type { Demand } from '../../commissioning/demands.ts';
import { axisState, type BoardPlan, type OutputSlot, planBoards } from '../../core/board-plan.ts';
import type { CellModel, StopFunctionModel } from '../../core/cell-model.ts';
import type { BoardImage } from '../../ports/board-port.ts';

interface WatchedBoard {
  readonly plan: BoardPlan;
  /** Slot and raw level of the inputs that demand the stop. */
  readonly demands: readonly { readonly slot: number; readonly level: 0 | 1 }[];
  readonly outputs: readonly (readonly [slot: number, model: OutputSlot])[];
  image: BoardImage | undefined;
  safeAt: BoardImage | undefined;
}

/**
 * Where input and output are on one board, its own clock stamps both ends. Across boards the host's stamps count, which the
 * links make less exact. A servo has no read-back of its own: it counts as safe when its board is not armed.
 */
export class StopWatch {
  readonly #boards: ReadonlyMap<string, WatchedBoard>;
  #demanded: { readonly board: string; readonly image: BoardImage } | undefined = undefined;
  #energised: readonly string[] = [];

  constructor(cell: CellModel, stop: StopFunctionModel, demand: Demand) {
    this.#boards = new Map(
      planBoards(cell).map((plan) => {
        const demands = demand.inputs.flatMap(({ device, demandsWhen }) => {
          const slot = plan.inputs.findIndex((each) => each.device === device);
          const closed = plan.inputs[slot]?.closedLevel;
          if (closed === undefined) return [];
          const level = demandsWhen === 'closed' ? closed : closed === 1 ? 0 : 1;
          return [{ slot, level } as const];
        });
        const outputs = plan.outputs
          .map((model, slot) => [slot, model] as const)
          .filter(
            ([, { device, kind }]) => stop.outputs.includes(device) && kind !== 'axis' && !isHeld(cell, stop, device),
          );
        return [plan.board.name, { plan, demands, outputs, image: undefined, safeAt: undefined }];
      }),
    );
  }

  see(name: string, image: BoardImage): void {
    const board = this.#boards.get(name);
    if (board === undefined) return;
    if (this.#demanded === undefined) this.#energised = this.unsafe;
    board.image = image;
    const isDemanded = board.demands.some(({ slot, level }) => image.inputs[slot] === level);
    if (isDemanded) this.#demanded ??= { board: name, image };
    if (this.#demanded === undefined) return;
    if (unsafeIn(board).length === 0) board.safeAt ??= image;
  }

  get isDemanded(): boolean {
    return this.#demanded !== undefined;
  }

  /** When the demand came to this process, ms of its clock; undefined before it. */
  get demandedAt(): number | undefined {
    return this.#demanded?.image.receivedAt;
  }

  /** Outputs that were not at their safe values, up to the demand: only of these a stop shows that it makes them safe. */
  get energised(): readonly string[] {
    return this.#energised;
  }

  /** No input demands the stop any more. */
  get isReleased(): boolean {
    return [...this.#boards.values()].every(
      ({ demands, image }) => image !== undefined && demands.every(({ slot, level }) => image.inputs[slot] !== level),
    );
  }

  /** Outputs of the stop function that do not read back safe now, by name. */
  get unsafe(): readonly string[] {
    return [...this.#boards.values()].flatMap(unsafeIn);
  }

  /** Those of `unsafe` whose pins say nothing of their safe value: a person has to see them. */
  get unread(): readonly string[] {
    const servos = [...this.#boards.values()].flatMap(({ outputs }) =>
      outputs.flatMap(([, { kind, device }]) => (kind === 'servo' ? [device] : [])),
    );
    return this.unsafe.filter((name) => servos.includes(name));
  }

  /** From the demand until the last output read back safe, ms; undefined while that is to come. */
  get safeAfterMs(): number | undefined {
    const from = this.#demanded;
    if (from === undefined) return undefined;
    const times = [...this.#boards].flatMap(([name, { outputs, safeAt }]) => {
      if (outputs.length === 0) return [];
      if (safeAt === undefined) return [Number.POSITIVE_INFINITY];
      const isSame = name === from.board;
      return [
        isSame ? (safeAt.boardTimeUs - from.image.boardTimeUs) / 1000 : safeAt.receivedAt - from.image.receivedAt,
      ];
    });
    const last = Math.max(0, ...times);
    return Number.isFinite(last) ? last : undefined;
  }
}

/** A stop of category 2 holds with power on: servos and what feeds joints stay as they are. */
function isHeld(cell: CellModel, { category }: StopFunctionModel, name: string): boolean {
  const device = cell.devices.find((each) => each.name === name);
  const holds = device?.kind === 'servo' || (device?.kind === 'digital-output' && device.onWhileEnabled);
  return category === 2 && holds;
}

function unsafeIn({ image, outputs }: WatchedBoard): readonly string[] {
  if (image === undefined) return outputs.map(([, { device }]) => device);
  return outputs.flatMap(([slot, { kind, device, safeValue }]) => {
    const value = image.outputs[slot] ?? 0;
    return isSafe(kind, value, safeValue, image.armed) ? [] : [device];
  });
}

function isSafe(kind: OutputSlot['kind'], value: number, safeValue: number, isArmed: boolean): boolean {
  if (kind === 'servo') return !isArmed;
  return kind === 'direction' ? !axisState(value).isMoving : value === safeValue;
}
