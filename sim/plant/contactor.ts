// A contactor: it follows its coil after a while, unless it is welded or does not pull in, and its feedback contacts follow it.
import type { ContactorPlantModel } from '../../src/core/cell-model.ts';

export interface MutableContactor {
  readonly model: ContactorPlantModel;
  /** It has pulled in: what it feeds is fed, its feedback contacts are open. */
  isIn: boolean;
  /** How long it has been other than its coil wants, ms. */
  awayMs: number;
}

export function createContactors(models: readonly ContactorPlantModel[]): readonly MutableContactor[] {
  return models.map((model) => ({ model, isIn: false, awayMs: 0 }));
}

/**
 * @param wants where coil and faults want it
 * @returns true when it has switched
 */
export function stepContactor(contactor: MutableContactor, wants: boolean, dtMs: number): boolean {
  if (contactor.isIn === wants) {
    contactor.awayMs = 0;
    return false;
  }
  contactor.awayMs += dtMs;
  if (contactor.awayMs < contactor.model.switchingMs) return false;
  contactor.isIn = wants;
  contactor.awayMs = 0;
  return true;
}
