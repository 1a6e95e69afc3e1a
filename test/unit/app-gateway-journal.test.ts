// Goal: a gateway that starts while its disk takes nothing finds its journal by itself when that has passed.
import { expect, it } from 'vitest';
import { whenOpenable } from '../../src/app/gateway-journal.ts';
import { gatewayLine } from '../../src/app/gateway-line.ts';
import { trailLine } from '../../src/app/gateway-start.ts';
import { type FaultCode, fault } from '../../src/core/faults.ts';
import { err, ok } from '../../src/core/result.ts';
import type { JournalPort } from '../../src/ports/journal.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

/** Tries to open it one after the other. 0: it can be opened. @returns times of the attempts, s, and whether it was told in the end */
async function attempts(refused: FaultCode, answers: readonly (FaultCode | 0)[]) {
  const clock = new VirtualClock();
  const at: number[] = [];
  let [closed, told] = [0, false];
  const close = () => {
    closed += 1;
    return Promise.resolve();
  };
  const journal = { close } as JournalPort;
  const open = () => {
    const answer = answers[at.length] ?? 0;
    at.push(clock.now() / 1_000);
    return Promise.resolve(answer === 0 ? ok(journal) : err(fault(answer)));
  };
  void whenOpenable(fault(refused), { path: 'j.db', clock, open }).then(() => {
    told = true;
  });
  for (let seconds = 0; seconds < 200; seconds += 1) {
    for (let turns = 0; turns < 8; turns += 1) await Promise.resolve();
    clock.advance(1_000);
  }
  return { at, closed, told, pending: clock.pending };
}

it.each([6501, 6502, 6503, 6510, 6514] as const)(
  '[D4] a journal that was refused with %d is tried again until it opens',
  async (code) => {
    const answers = [code, code, code, code, code, code, 0] as const;
    expect(await attempts(code, answers)).toEqual({ at: [1, 3, 7, 15, 31, 61, 91], closed: 1, told: true, pending: 0 });
  },
);

it.each([6505, 6506] as const)('a journal that a person has to look at (%d) is left alone', async (code) => {
  expect(await attempts(code, [])).toEqual({ at: [], closed: 0, told: false, pending: 0 });
  expect(await attempts(6501, [6501, code])).toEqual({ at: [1, 3], closed: 0, told: false, pending: 0 });
});

it('a journal that is new is told of in both languages, any other by its newest record', async () => {
  const lineOf = (seq: number) =>
    trailLine({ audit: { head: () => Promise.resolve(ok({ seq, hash: 'ab' })) } } as unknown as JournalPort);
  const line = (await lineOf(0)) ?? '';
  expect(line).toBe('the journal is new: no order and no answer of before is in it');
  expect(gatewayLine(line, 'es')).toBe('el journal es nuevo: no contiene órdenes ni respuestas anteriores');
  expect(await lineOf(7)).toBe('audit trail 7:ab');
});
