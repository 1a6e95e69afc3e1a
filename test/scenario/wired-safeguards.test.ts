// The cell of the guide to safeguards, as it stands there: described well, proved, and running. What is said of gates is refuted where it
// is not so.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type SimulatedCell, simulateCell } from '../../sim/testing.ts';
import { parseCell } from '../../src/config/load.ts';
import type { Finding, Verification } from '../../src/verify/result.ts';
import { sentenceOf } from '../../src/verify/show.ts';
import { verifyCell } from '../../src/verify/verify.ts';
import { alarmCodes, eventsOf, jobOf } from '../support/scenario.ts';

const GUIDE = join(import.meta.dirname, '..', '..', 'docs', 'how-to', 'wire-safeguards.md');
const CELL = /```yaml\n(celda: 1\n[\s\S]+?)```/.exec(readFileSync(GUIDE, 'utf8'))?.[1] ?? '';
const PATH = join(tmpdir(), `wired-safeguards-${process.pid}.yaml`);
const PRESS_PIN = 22;

afterAll(() => {
  rmSync(PATH, { force: true });
});

function verify(...edits: readonly (readonly [from: string, to: string])[]): Verification {
  const text = edits.reduce((cell, [from, to]) => {
    if (cell.split(from).length !== 2) throw new Error(`not exactly once in the guide: ${from}`);
    return cell.replace(from, () => to);
  }, CELL);
  const loaded = parseCell(text, 'press.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error, undefined, 2));
  return verifyCell(loaded.value, { statesMax: 200_000, memoryMib: 128 }, () => 0);
}

function refutedIn({ findings }: Verification): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict !== 'proved');
}

const HANDS = '    hands: { type: SF_TwoHandControlTypeIII, button1: hand-left, button2: hand-right }\n';

describe('the cell of the guide to safeguards', () => {
  it('is proved, each hand with the output that it lets be on, and what the cell says must never be', () => {
    const result = verify();
    expect(refutedIn(result).map((each) => sentenceOf(each, 'en'))).toEqual([]);
    const hands = result.findings.filter(({ subject }) => String(subject['input']).startsWith('hand-'));
    expect(hands.map((each) => sentenceOf(each, 'en'))).toEqual([
      'press-valve: safe within 0 ms of hand-left being open',
      'press-valve: safe within 0 ms of hand-right being open',
      'hand-left: decides something',
      'hand-right: decides something',
      'hand-left: something reads it',
      'hand-right: something reads it',
    ]);
  });

  it('is refuted where one hand alone lets the press move, with a run of the whole cell', () => {
    const refuted = refutedIn(verify([HANDS, ''], ['safeControl: hands', 'safeControl: hand-left']));
    expect(refuted.map((each) => sentenceOf(each, 'en'))).toEqual([
      'this can be, for 0 ms and longer: press-valve.on while hand-left.open or hand-right.open',
    ]);
    const trace = refuted[0]?.trace;
    expect(trace?.isConfirmed).toBe(true);
    expect(trace?.changes.filter(({ input }) => input.startsWith('hand-')).at(-1)).toMatchObject({ value: 'closed' });
    expect(trace?.reactions).toContainEqual(expect.objectContaining({ name: 'press-control', value: '8000' }));
  });

  it('is refuted where the second contact of the emergency stop goes nowhere', () => {
    const refuted = refutedIn(verify(['channelB: estop-b', 'channelB: door-1']));
    expect(refuted.map(({ rule, subject }) => [rule, subject['input']])).toEqual([['input-read', 'estop-b']]);
  });
});

function pressLevel(cell: SimulatedCell): number {
  return cell.board().pin(PRESS_PIN).level;
}

async function hold(cell: SimulatedCell, left: number, right: number): Promise<number> {
  cell.override('hand-left', left);
  cell.override('hand-right', right);
  await cell.advance(100);
  return pressLevel(cell);
}

/** In a stroke, with both hands at their buttons. */
async function pressing(): Promise<SimulatedCell> {
  writeFileSync(PATH, CELL);
  const cell = await simulateCell(PATH);
  await cell.advance(100);
  await cell.reset();
  await cell.reset();
  expect([cell.unit, alarmCodes(cell)]).toEqual(['Idle', []]);
  await cell.order('press-part', {}, 'first');
  cell.override('part-in-press', 1);
  await cell.advance(300);
  expect([await hold(cell, 1, 0), await hold(cell, 0, 0), await hold(cell, 1, 1)]).toEqual([0, 0, 1]);
  return cell;
}

describe('the same cell, running', () => {
  it('presses while both hands hold, and stops for the door', async () => {
    using cell = await pressing();
    cell.override('press-down', 1);
    await cell.until(() => jobOf(cell, 'first').state === 'Ended', 2_000);
    await cell.advance(40);
    expect([pressLevel(cell), eventsOf(cell, 'stop')]).toEqual([0, []]);
    cell.override('door-1', 0);
    await cell.until(() => cell.unit === 'Stopped', 2_000);
    expect(eventsOf(cell, 'stop')[0]).toMatchObject({ stopFunction: 'door-stop' });
  });

  it('stands when a hand is taken away without stopping the unit, and does not go on by itself when it comes back', async () => {
    using cell = await pressing();
    expect([await hold(cell, 0, 1), cell.unit]).toEqual([0, 'Execute']);
    expect([await hold(cell, 1, 1), cell.unit, alarmCodes(cell)]).toEqual([0, 'Execute', []]);
    expect(await hold(cell, 0, 0)).toBe(0);
    expect(await hold(cell, 1, 1)).toBe(0);
    await cell.until(() => cell.unit === 'Stopped', 3_000);
    expect(alarmCodes(cell)).toEqual([4202]);

    // The person holds both buttons before the order goes on: the interrupted step wants the press anew.
    await cell.reset();
    expect(await hold(cell, 0, 0)).toBe(0);
    await hold(cell, 1, 1);
    await cell.resume('first');
    await cell.until(() => pressLevel(cell) === 1, 1_000);
  });
});
