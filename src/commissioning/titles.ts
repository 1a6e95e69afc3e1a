// What a point is called.
import type { Point } from './points.ts';
import { filled, type Language, POINT_TITLES } from './words.ts';

function namesOf(point: Point): Readonly<Record<string, string>> {
  switch (point.kind) {
    case 'hard-wired-stop':
      return {};
    case 'lease':
      return { name: point.board };
    case 'stop':
      return { name: point.stopFunction, demand: inputsText(point.demand.inputs.map(({ device }) => device)) };
    default:
      return { name: point.device };
  }
}

export function titleOf(point: Point, language: Language): string {
  return filled(POINT_TITLES[point.kind], language, namesOf(point));
}

/** Names of inputs as a person reads them. */
export function inputsText(inputs: readonly string[]): string {
  return inputs.length === 0 ? '-' : inputs.join(' + ');
}
