// What a cell that has started says of interrupted orders, in both languages.
import { describe, expect, it } from 'vitest';
import type { InterruptedOrder } from '../../src/app/interrupted-orders.ts';
import { interruptedLines } from '../../src/cli/ready-text.ts';

const LEFT: InterruptedOrder = {
  jobOrderId: 'order-1',
  workMasterId: 'park',
  producedQuantity: 3,
  goodQuantity: 2,
  step: 'go down to the part',
  canGoOn: true,
};
const REACH = ' --address 127.0.0.1:50061';

describe('the start of a cell with an interrupted order', () => {
  it('says which, where it stood, and both commands that there are', () => {
    expect(interruptedLines([LEFT], REACH, 'en')).toEqual([
      'job order order-1 (park) is interrupted: 3 produced, of which good 2; it stood at "go down to the part"',
      'look at the cell, press the reset button at the cell, and decide:',
      '  celda job resume order-1 --address 127.0.0.1:50061   # it goes on from there',
      '  celda job abort order-1 --address 127.0.0.1:50061   # it is given up',
    ]);
    expect(interruptedLines([LEFT], REACH, 'es')).toEqual([
      'la orden order-1 (park) está interrumpida: producidas 3, de ellas buenas 2; quedó en "go down to the part"',
      'mire la celda, presione el rearme en la celda y decida:',
      '  celda job resume order-1 --address 127.0.0.1:50061   # continúa desde ahí',
      '  celda job abort order-1 --address 127.0.0.1:50061   # se abandona',
    ]);
  });

  it.each(['en', 'es'] as const)('offers no resume of one that cannot go on (%s)', (locale) => {
    const lines = interruptedLines([{ ...LEFT, step: '', canGoOn: false }], '', locale).join('\n');
    expect(lines).toContain('celda job get');
    expect(lines).toContain('celda job abort order-1');
    expect(lines).not.toContain('resume');
  });

  it.each(['en', 'es'] as const)('tells three of many, and how many more (%s)', (locale) => {
    const orders = [1, 2, 3, 4, 5].map((number) => ({ ...LEFT, jobOrderId: `order-${number}` }));
    const lines = interruptedLines(orders, REACH, locale);
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toMatch(/2 .*celda job list --address 127\.0\.0\.1:50061$/);
  });

  it('says nothing when there is none', () => {
    expect(interruptedLines([], REACH, 'en')).toEqual([]);
  });
});
