// Timers of the emulated chip: those of avr8js, but woken only when something happens, not at every count.
import { AVRTimer, type AVRTimerConfig, type CPU } from 'avr8js';

/** The working parts of a timer, which its type keeps to itself. */
interface Works {
  count: (reschedule?: boolean, external?: boolean) => void;
  readonly divider: number;
  readonly lastCycle: number;
  readonly tcnt: number;
  readonly ocrA: number;
  readonly ocrB: number;
  readonly ocrC: number;
  readonly TOP: number;
  readonly timerMode: number;
  readonly updateDivider: boolean;
}

/** Normal, clear on compare match and fast PWM count upwards only; the others reverse and are counted one by one. */
const UPWARD_MODES: readonly number[] = [0, 2, 3];

/** Counts until the next compare match or wrap: nothing is to be seen of the timer before. */
function countsToEvent({ tcnt, ocrA, ocrB, ocrC, TOP, timerMode }: Works): number {
  if (!UPWARD_MODES.includes(timerMode)) return 1;
  let counts = TOP + 1 - tcnt;
  if (ocrA > tcnt) counts = Math.min(counts, ocrA - tcnt);
  if (ocrB > tcnt) counts = Math.min(counts, ocrB - tcnt);
  if (ocrC > tcnt) counts = Math.min(counts, ocrC - tcnt);
  return Math.max(1, counts);
}

/**
 * Adds a timer to the chip. A timer that is not sampled at every count costs nothing between its events, so that a
 * sleeping chip can be moved to the next of them; a program that reads the count or a flag sees what it would have seen.
 */
export function addTimer(cpu: CPU, config: AVRTimerConfig): void {
  const timer = new AVRTimer(cpu, config) as unknown as Works;
  const count = timer.count;
  function addEvent(): void {
    if (timer.divider === 0) return;
    cpu.addClockEvent(timer.count, timer.lastCycle + countsToEvent(timer) * timer.divider - cpu.cycles);
  }
  timer.count = (reschedule = true, external = false) => {
    // Where the prescaler has changed the timer itself sets its next event.
    const isScheduled = timer.updateDivider;
    count(false, external);
    if (reschedule && !isScheduled) addEvent();
  };
  const clearFlags = cpu.writeHooks[config.TIFR];
  cpu.writeHooks[config.TIFR] = (...written) => {
    const [value] = written;
    const flags = cpu.data[config.TIFR] ?? 0;
    clearFlags?.(...written);
    // A one clears its flag and a zero leaves it alone (data sheet, 16.11.9); avr8js drops those as well.
    cpu.data[config.TIFR] = flags & ~value;
    return true;
  };
  for (const register of [config.OCRA, config.OCRB, config.OCRC]) {
    if (register === 0) continue;
    const write = cpu.writeHooks[register];
    cpu.writeHooks[register] = (...written) => {
      timer.count(false);
      const isDone = write?.(...written);
      if (cpu.clearClockEvent(timer.count)) addEvent();
      return isDone;
    };
  }
}
