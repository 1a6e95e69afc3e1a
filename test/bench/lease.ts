// Goal: whenever the controller falls silent, the board's outputs are safe within lease + 1 ms of its last valid byte.
// Method: the firmware core in virtual time, to the microsecond; commands at random distances, then nothing or the
// beginning of a frame; time by the board's own clock.
import { createRandom } from '../../sim/kernel/random.ts';
import { BENCH, benchOutputs, Rig, STATE } from '../support/firmware-rig.ts';
import { boundedFigure, type Measurement } from './figure.ts';

const PHASES = 10_000;
const QUICK_PHASES = 500;
const LEASE_MS = 100;
const PIN_VALVE = 4;
const PERIOD_US = 10_000;
/** A rig remembers all that its pins did: it is replaced before that is much. */
const PHASES_PER_RIG = 200;

export const measureLease: Measurement = ({ quick, progress }) => {
  const phases = quick ? QUICK_PHASES : PHASES;
  progress(`lease: ${phases} random phases in virtual time`);
  const random = createRandom('lease').stream('phases');
  const times: number[] = [];
  let rig = new Rig();
  for (let phase = 0; phase < phases; phase += 1) {
    if (phase % PHASES_PER_RIG === 0) rig = new Rig();
    times.push(timeToSafe(rig, (below) => random.below(below)));
  }
  return Promise.resolve([
    boundedFigure({
      name: 'controller killed, frozen or unplugged -> outputs safe',
      requirement: `<= lease + 1 ms, worst of ${PHASES.toLocaleString('en')} random phases`,
      unit: 'ms',
      values: times,
      judged: 'max',
      limit: { what: `lease of ${LEASE_MS} ms + 1 ms`, value: LEASE_MS + 1, kind: 'at most' },
      note: `${phases} phases, virtual time, the board's own clock; half of them end within a frame`,
    }),
  ]);
};

/** @returns board time from the last valid byte to the safe outputs, ms */
function timeToSafe(rig: Rig, below: (limit: number) => number): number {
  const outputs = benchOutputs(1, 1000 + below(1000), 1000 + below(1000));
  // Ends what the last controller left unfinished.
  rig.raw(Buffer.of(0));
  rig.configure(BENCH, LEASE_MS);
  rig.run(below(PERIOD_US));
  for (let commands = 1 + below(3); commands > 0; commands -= 1) {
    rig.run(1 + below(PERIOD_US));
    rig.process(outputs);
  }
  const heardUs = rig.board.timeUs;
  if (rig.board.pin(PIN_VALVE).level !== 1) throw new Error('the board did not carry out the command');
  if (below(2) === 1) dieWithinFrame(rig, outputs, below);
  const before = rig.changes.length;
  rig.run((LEASE_MS + 10) * 1000);
  const safe = rig.changes.slice(before).find(({ pin, state }) => pin === PIN_VALVE && state.level === 0);
  if (safe === undefined || rig.image().state !== STATE.tripped) throw new Error('the board did not make itself safe');
  return (safe.atUs - heardUs) / 1000;
}

/** The controller dies while it writes: the beginning of a frame arrives later and is no sign of life. */
function dieWithinFrame(rig: Rig, outputs: Uint8Array, below: (limit: number) => number): void {
  rig.run(1 + below(PERIOD_US));
  const whole = rig.processFrame(outputs);
  rig.raw(whole.subarray(0, 1 + below(whole.length - 2)));
}
