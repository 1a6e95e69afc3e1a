// Ends this process also when it has called the system and the system does not come back: a serial port that never opens.
import { callsUnderWay } from '../../firmware-bridge/transport/port-calls.ts';

/** What a port that is being opened or closed when the work is done gets, ms. */
const RETURN_MS = 1_000;

/**
 * Node waits at its end for every thread of its pool, also for one that will never come back. Where there is such a call, the
 * process becomes another program instead, whose only act is to end with this code: the threads end with what they were in.
 * Nothing is told of the end (`exit` of `process`), as by a signal. Only a call that the kernel itself does not let go of
 * (state D) outlasts this, as it does every other means; the supervisor then goes on without it.
 * Where there is no such program it ends by SIGKILL.
 */
export function endProcess(exitCode: number): never {
  if (callsUnderWay() > 0) {
    process.execve?.('/bin/sh', ['sh', '-c', `exit ${exitCode}`], {});
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(exitCode);
}

/** The work is done and the exit code is set: the process ends by itself, or, where a port holds it, shortly after. */
export function endSoon(): void {
  if (callsUnderWay() === 0) return;
  setTimeout(() => {
    if (callsUnderWay() > 0) endProcess(Number(process.exitCode ?? 0));
  }, RETURN_MS).unref();
}
