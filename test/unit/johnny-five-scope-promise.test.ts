import { describe, expect, it } from 'vitest';
import { createScopePromise } from '../../firmware-bridge/johnny-five/scope-promise.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';

function createBench() {
  const clock = new VirtualClock();
  const unhandled: unknown[] = [];
  const seen: unknown[] = [];
  const Promised = createScopePromise({
    defer: (task) => void clock.schedule(clock.now(), task),
    onUnhandled: (reason) => unhandled.push(reason),
  });
  const note = (value: unknown): unknown => {
    seen.push(value);
    return value;
  };
  return { Promised, seen, note, unhandled, run: () => clock.advanceSync(0) };
}

describe('a promise of a scope', () => {
  it('calls back in virtual time, after the code that settles it', () => {
    const { Promised, seen, note, run } = createBench();
    new Promised((resolve) => resolve('value')).then(note);
    note('after');
    expect(seen).toEqual(['after']);
    run();
    expect(seen).toEqual(['after', 'value']);
  });

  it('counts only the first settling', () => {
    const { Promised, seen, note, run } = createBench();
    new Promised((resolve, reject) => {
      resolve(1);
      resolve(2);
      reject(3);
    }).then(note, note);
    run();
    expect(seen).toEqual([1]);
  });

  it('chains values, promises of either kind of library, and failures', () => {
    const { Promised, seen, note, unhandled, run } = createBench();
    Promised.resolve(1)
      .then((value: number) => value + 1)
      .then((value: number) => new Promised((resolve) => resolve(value * 10)))
      // biome-ignore lint/suspicious/noThenProperty: a foreign promise
      .then((value: number) => ({ then: (resolve: (value: number) => void) => resolve(value + 1) }))
      .then(note)
      .then(() => {
        throw new Error('down');
      })
      .then(note)
      .catch((error: Error) => note(error.message))
      .finally(() => note('end'));
    run();
    expect(seen).toEqual([21, 'down', 'end']);
    expect(unhandled).toEqual([]);
  });

  it('waits for all, in their order, and fails with the first failure', () => {
    const { Promised, seen, note, run } = createBench();
    let late: (value: unknown) => void = () => undefined;
    const open = new Promised((resolve) => {
      late = resolve;
    });
    Promised.all([open, 2, Promised.resolve(3)]).then(note);
    Promised.all([]).then(note);
    Promised.all([open, Promised.reject('no')]).then(note, note);
    run();
    expect(seen).toEqual([[], 'no']);
    late(1);
    run();
    expect(seen).toEqual([[], 'no', [1, 2, 3]]);
  });

  it('reports a failure that nobody handles', () => {
    const { Promised, unhandled, run } = createBench();
    Promised.reject('lost');
    run();
    expect(unhandled).toEqual(['lost']);
  });

  it('cannot resolve to itself', () => {
    const { Promised, seen, note, run } = createBench();
    const own = Promised.resolve(1).then(() => own);
    own.catch(note);
    run();
    expect(seen).toEqual([expect.any(TypeError)]);
  });
});
