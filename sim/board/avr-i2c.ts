// The two-wire interface of the emulated chip: that of avr8js, with the time that bits take and put right where it is
// wrong. Data sheet: ATmega328P, DS40002061, chapter 22. Knows no other controller on the bus.
import { AVRTWI, type CPU, type TWIEventHandler, twiConfig } from 'avr8js';
import type { I2cAnswer, I2cBus } from './i2c-bus.ts';

/** At the same addresses on every chip of the family. */
const { TWCR, TWSR } = twiConfig;
const TWINT = 0x80;
const TWEN = 0x04;
const IDLE = 0xf8;
const BITS_PER_BYTE = 9;

/** The working part that the type keeps to itself. */
interface Works {
  busy: boolean;
}

/** @param bus undefined: nothing is connected, so nothing acknowledges */
export function addI2c(cpu: CPU, hertz: number, config: typeof twiConfig, bus: I2cBus | undefined): void {
  const twi = new AVRTWI(cpu, config, hertz);
  let cancel = (): void => undefined;

  function after(bits: number, task: () => void): void {
    const event = cpu.addClockEvent(task, Math.round((bits * hertz) / twi.sclFrequency));
    cancel = () => void cpu.clearClockEvent(event);
  }

  /** While a device holds the clock nothing is ever over. */
  function answer(of: I2cAnswer, done: (isAcknowledged: boolean) => void): void {
    if (of !== 2) done(of === 1);
  }

  const handler: TWIEventHandler = {
    start: () => after(1, () => twi.completeStart()),
    stop: () => {
      bus?.stop();
      after(1, () => twi.completeStop());
    },
    connectToSlave: (address, isWrite) =>
      after(BITS_PER_BYTE, () =>
        answer(bus?.start((address << 1) | Number(!isWrite)) ?? 0, (isThere) => twi.completeConnect(isThere)),
      ),
    writeByte: (byte) =>
      after(BITS_PER_BYTE, () => answer(bus?.write(byte) ?? 0, (isTaken) => twi.completeWrite(isTaken))),
    readByte: () => after(BITS_PER_BYTE, () => twi.completeRead(bus?.read() ?? 0xff)),
  };
  twi.eventHandler = handler;

  const write = cpu.writeHooks[TWCR];
  cpu.writeHooks[TWCR] = (...written) => {
    const [value] = written;
    // A one clears the flag and a zero leaves it alone (22.9.2); avr8js drops it with both.
    const kept = (value & TWINT) === 0 ? (cpu.data[TWCR] ?? 0) & TWINT : 0;
    write?.(...written);
    cpu.data[TWCR] = (cpu.data[TWCR] ?? 0) | kept;
    if ((value & TWEN) === 0) {
      // Switched off the interface ends whatever it was doing (22.9.2); avr8js would stay busy for ever.
      cancel();
      (twi as unknown as Works).busy = false;
      cpu.data[TWSR] = IDLE;
      bus?.stop();
    }
    return true;
  };
}
