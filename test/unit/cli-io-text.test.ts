// What `celda io` says of a link that is not there, and of a board that has tripped.
import { describe, expect, it } from 'vitest';
import type { IoView } from '../../src/app/watch-pins.ts';
import { ioLines } from '../../src/cli/io-text.ts';
import { fault } from '../../src/core/faults.ts';

const LIVE: IoView = {
  board: 'uno-1',
  link: 'stopped',
  cause: undefined,
  path: '/dev/ttyACM0',
  ageMs: 1,
  pins: [{ pin: 'D2', device: 'door', role: 'digital-input', level: 0, isClosed: true }],
  selector: undefined,
  force: undefined,
};
const FORCING = { selected: undefined, isForced: false, refusal: undefined };
const TRIPPED: IoView = {
  ...LIVE,
  link: 'tripped',
  cause: fault(1002, { board: 'uno-1', cause: 'permit', input: 'door' }),
};

describe('the view of pins', () => {
  it('of a live board has no reason to tell', () => {
    expect(ioLines(LIVE, 'en')).toHaveLength(2);
  });

  it('of a tripped board names the cause and the input, and the key for a new session', () => {
    const [head, why] = ioLines({ ...TRIPPED, force: FORCING }, 'en');
    expect(head).toContain('the board has tripped');
    expect(why).toMatch(/^\[1002\] .*cause=permit input=door\): r opens a new session$/);
  });

  it('of a tripped board where nothing is forced knows no such key', () => {
    expect(ioLines(TRIPPED, 'en')[1]).toMatch(/^\[1002\].*: end this with Ctrl-C and start it again$/);
  });

  it('of a port that went away says which, and what to do', () => {
    const cause = fault(1006, { board: 'uno-1', path: LIVE.path, reason: 'not found' });
    expect(ioLines({ ...LIVE, link: 'down', cause }, 'en').slice(0, 2)).toEqual([
      'uno-1 /dev/ttyACM0: no link to the board; Ctrl-C ends',
      'there is no such port: /dev/ttyACM0: connect the board; ls /dev/serial/by-id/ shows what is there',
    ]);
  });

  it.each(['connecting', 'down', 'tripped', 'stopped', 'armed', 'unproven'] as const)(
    'says in Spanish that the link is %s',
    (link) => {
      const [head = ''] = ioLines({ ...LIVE, link }, 'es');
      expect(head).not.toContain(link);
      expect(head).not.toBe(ioLines({ ...LIVE, link }, 'en')[0]);
    },
  );

  it('tells the reason of a lost link in Spanish', () => {
    const cause = fault(1001, { board: 'uno-1', reason: 'silent' });
    expect(ioLines({ ...LIVE, link: 'down', cause }, 'es')[1]).toMatch(
      /^\[1001\] se perdió el enlace.*: revise el cable/,
    );
  });
});
