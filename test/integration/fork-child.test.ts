// A process that could not be begun: its supervisor hears so, and signals nobody in its place.
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { forkChild } from '../../src/app/fork-child.ts';

const played = vi.hoisted((): { child: unknown } => ({ child: undefined }));
vi.mock('node:child_process', () => ({ fork: () => played.child }));

/** @param pid undefined: it was never begun */
function play(pid: number | undefined): { readonly child: ChildProcess; readonly signals: unknown[] } {
  const signals: unknown[] = [];
  const kill = (signal: unknown): boolean => signals.push(signal) > 0;
  const child = Object.assign(new EventEmitter(), { pid, kill }) as unknown as ChildProcess;
  played.child = child;
  return { child, signals };
}

it('that was never begun has ended, and is sent no signal', () => {
  const { child, signals } = play(undefined);
  const ends: unknown[] = [];
  const handle = forkChild('gateway-process', {}, { message: () => undefined, ended: (exit) => ends.push(exit) });
  child.emit('error', new Error('spawn EAGAIN'));
  handle.kill('SIGKILL');
  expect([handle.pid, ends, signals]).toEqual([undefined, [{ code: null, signal: null }], []]);
});

it('that runs is sent the signal, and has ended once', () => {
  const { child, signals } = play(4_711);
  const ends: unknown[] = [];
  const handle = forkChild('gateway-process', {}, { message: () => undefined, ended: (exit) => ends.push(exit) });
  handle.kill('SIGTERM');
  child.emit('error', new Error('kill EPERM'));
  child.emit('exit', 0, null);
  child.emit('exit', 0, null);
  expect([handle.pid, ends, signals]).toEqual([4_711, [{ code: 0, signal: null }], ['SIGTERM']]);
});
