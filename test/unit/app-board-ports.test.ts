// Which boards of a cell may be without a port, and what a person is told of the others.
import { expect, it } from 'vitest';
import { missingPorts } from '../../src/app/board-ports.ts';
import { loadCheckedCell } from '../../src/app/load-checked-cell.ts';
import type { BoardModel, CellModel } from '../../src/core/cell-model.ts';

function cellWith(changes: Partial<BoardModel>): CellModel {
  const cell = loadCheckedCell('cells/pick-and-place/cell.yaml');
  return { ...cell, boards: cell.boards.map((board) => ({ ...board, port: undefined, uid: undefined, ...changes })) };
}

const RUN = { locale: 'en', mayLook: true } as const;
const UID = '0123456789abcdef';

it('a board with neither port nor uid is missed, in both languages', () => {
  expect(missingPorts(cellWith({}), {}, RUN)).toMatchObject({ message: 'board uno-1 has no port', exitCode: 2 });
  const spanish = missingPorts(cellWith({}), {}, { ...RUN, locale: 'es' });
  expect(spanish).toMatchObject({ message: 'la tarjeta uno-1 no tiene puerto' });
  expect(spanish?.hint).toContain('--port uno-1=');
  expect(missingPorts(cellWith({}), { 'uno-1': '/dev/ttyACM0' }, RUN)).toBeUndefined();
});

it('a board whose uid is known is looked for, where somebody looks', () => {
  expect(missingPorts(cellWith({ uid: UID }), {}, RUN)).toBeUndefined();
  expect(missingPorts(cellWith({ uid: UID }), {}, { ...RUN, mayLook: false })?.message).toContain('has no port');
});

it('a port for a board that the cell does not have is refused', () => {
  const ports = { 'uno-1': '/dev/ttyACM0', 'uno-9': '/dev/ttyACM1' };
  expect(missingPorts(cellWith({}), ports, RUN)?.message).toBe('the cell has no board uno-9');
  expect(missingPorts(cellWith({}), ports, { ...RUN, locale: 'es' })?.message).toContain('no tiene la tarjeta uno-9');
});
