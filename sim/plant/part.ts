// A workpiece from the inside: the plant moves it, everybody else only looks.
import type { PointMm } from '../../src/core/cell-model.ts';
import type { MutablePointMm, PartPlace, PlantPart } from './plant-state.ts';

export interface MutablePart extends PlantPart {
  state: PartPlace;
  readonly position: MutablePointMm;
  tray: string | undefined;
}

/** @param draw uniform in 0..1, one number per part: the parts' spread is settled once, at the start */
export function createParts(
  count: number,
  sealedKpa: number,
  spreadKpa: number,
  draw: () => number,
): readonly MutablePart[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `part-${index + 1}`,
    state: 'on-belt' as const,
    position: { xMm: 0, yMm: 0, zMm: 0 },
    tray: undefined,
    sealedKpa: sealedKpa + (draw() - 0.5) * spreadKpa,
  }));
}

export function isWithin(a: Readonly<PointMm>, b: Readonly<PointMm>, radiusMm: number): boolean {
  const x = a.xMm - b.xMm;
  const y = a.yMm - b.yMm;
  const z = a.zMm - b.zMm;
  return x * x + y * y + z * z <= radiusMm * radiusMm;
}

export function moveTo(part: MutablePart, to: Readonly<PointMm>): void {
  part.position.xMm = to.xMm;
  part.position.yMm = to.yMm;
  part.position.zMm = to.zMm;
}
