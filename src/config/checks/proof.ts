// Outputs that are on while a board proves its lease: nobody but their own board can hold them back then. Asks the built cell,
// since what stops an output follows from the wiring of blocks.
import type { CellModel } from '../../core/cell-model.ts';
import { demandsBehind, permitsOf } from '../../core/permits.ts';
import type { Report } from '../report.ts';
import { list } from './context.ts';

/**
 * Reports outputs of `proveWith` that are stopped by an input which their board does not watch by itself, since it is
 * on another board or bridged by a block that mutes: the proof would switch such an output on
 * with that emergency stop pressed or that guard open.
 */
export function checkProofStops(cell: CellModel, report: Report): void {
  const { boards, devices, safety } = cell;
  for (const { name, proveWith } of boards) {
    const own = new Set(devices.flatMap((each) => ('board' in each && each.board === name ? [each.name] : [])));
    for (const [index, output] of proveWith.entries()) {
      const stops = safety.stopFunctions.filter(({ category, outputs }) => category !== 2 && outputs.includes(output));
      const permits = permitsOf(cell, output);
      const unwatched = stops
        .flatMap(({ permission }) => demandsBehind(safety, permission))
        .filter((input) => !own.has(input) || !permits.has(input));
      if (unwatched.length === 0) continue;
      const detail = { board: name, inputs: list([...new Set(unwatched)]) };
      report.add('proof-stop-elsewhere', ['boards', name, 'proveWith', index], detail);
    }
  }
}
