// The chip of an Arduino Uno as avr8js emulates it, put right where avr8js is wrong about sleep, reset, the UART and the
// response to interrupts. Knows registers and cycles, nothing of the firmware. Data sheet: ATmega328P, DS40002061.
import {
  ADCMuxInputType,
  AVRADC,
  AVRClock,
  AVREEPROM,
  AVRIOPort,
  type AVRPortConfig,
  AVRWatchdog,
  adcConfig,
  avrInstruction,
  CPU,
  clockConfig,
  type EEPROMBackend,
  eepromConfig,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  watchdogConfig,
} from 'avr8js';
import { addI2c } from './avr-i2c.ts';
import { addTimer } from './avr-timer.ts';
import { AvrUsart } from './avr-usart.ts';
import type { ResetCause } from './board-engine.ts';
import type { I2cBus } from './i2c-bus.ts';

export const CYCLES_PER_US = 16;
const HZ = 16_000_000;
/** The default of avr8js, four times as much, would hide a stack that runs into the static memory. */
const SRAM_BYTES = 2048;
const SRAM_START = 0x100;
const REGISTERS = 32;
const FLASH_WORDS = 0x4000;

const SREG = 0x5f;
const INTERRUPTS_ON = 0x80;
const SMCR = 0x53;
const SLEEP_ENABLE = 1;
const MCUSR = 0x54;
const WDTCSR = 0x60;
const WDE = 0x08;
const WDCE = 0x10;
const RESET_FLAGS: Readonly<Record<ResetCause, number>> = {
  'power-on': 1,
  external: 2,
  'brown-out': 4,
  watchdog: 8,
};

const SLEEP = 0x9588;
/** A jump to itself, and a jump to the address in the next word: the two ways of a hang. Behind every image. */
const JUMP_HERE = 0xcfff;
const JUMP = 0x940c;
const HANG_AT = FLASH_WORDS - 2;

/** avr8js takes 2 cycles to enter an interrupt; the chip 4, and 4 more out of sleep (7.7.1). */
const RESPONSE_CYCLES = 2;
const WAKE_CYCLES = 4;

/** First pin on the board of ports B, C and D, by the address of the port. */
const PORTS: readonly (readonly [AVRPortConfig, number, number])[] = [
  [portDConfig, 0, 8],
  [portBConfig, 8, 6],
  [portCConfig, 14, 6],
];
const SERIAL_PINS = 2;

interface ClockEvent {
  readonly callback: () => void;
  readonly cycles: number;
  readonly next: ClockEvent | null;
}

/** The queue of events, which the type of the CPU keeps to itself. */
interface Queue {
  nextClockEvent: ClockEvent | null;
}

export interface AvrChipOptions {
  /** Words of the program; the rest of the flash is erased. */
  readonly program: Uint16Array;
  /** Outlives every reset. */
  readonly eeprom: EEPROMBackend;
  /** What the SRAM holds when power comes on: cells fall to either side by chance. */
  readonly sram: Uint8Array;
  /** Level at a pin that the chip does not drive. */
  readonly digitalLevel: (pin: number, pullUp: boolean) => 0 | 1;
  /** Counts 0..1023, asked for when a conversion begins. */
  readonly analogCounts: (channel: number) => number;
  /** What is on the pins of the two-wire interface; undefined: nothing. */
  readonly i2c?: I2cBus | undefined;
  /** A character has left; `startCycle`: when its start bit began. Now is the end of its stop bit. */
  readonly transmitted: (byte: number, startCycle: number) => void;
  /** Direction or level of some of the pins `first`..`first + 7` may have changed; see `drives` and `level`. */
  readonly portChanged: (first: number) => void;
  /** A reset is over: no pin is driven, nothing has been executed. */
  readonly hasReset: (cause: ResetCause) => void;
}

export class AvrChip {
  readonly #options: AvrChipOptions;
  readonly #flash = new Uint16Array(FLASH_WORDS).fill(0xffff);
  #cpu: CPU;
  #usart: AvrUsart;
  #ports: readonly AVRIOPort[] = [];
  #isAsleep = false;
  #resetDue = false;
  #hang: 'none' | 'asked' | 'hung' = 'none';
  #pendingSince = -1;
  #keptOutCycles = 0;

  constructor(options: AvrChipOptions) {
    this.#options = options;
    this.#flash.set(options.program);
    this.#cpu = this.#newCpu(0);
    this.#usart = this.#addPeripherals();
    this.#cpu.data.set(options.sram.subarray(0, SRAM_BYTES), SRAM_START);
    this.#cpu.data[MCUSR] = RESET_FLAGS['power-on'];
  }

  /** Cycles since power first came on. */
  get cycles(): number {
    return this.#cpu.cycles;
  }

  /** Registers and SRAM, by address; another array after each reset. */
  get data(): Uint8Array {
    return this.#cpu.data;
  }

  /** Longest time since the last call for which a due interrupt was kept out, cycles, until the chip responded. */
  takeKeptOutCycles(): number {
    const cycles = this.#keptOutCycles;
    this.#keptOutCycles = 0;
    return cycles;
  }

  get stackPointer(): number {
    return this.#cpu.SP;
  }

  get usart(): AvrUsart {
    return this.#usart;
  }

  /** Whether the chip drives a pin, the level if it does and the pull-up if it does not. */
  drives(pin: number): { readonly drives: boolean; readonly level: 0 | 1 } {
    const at = PORTS.findLastIndex(([, first]) => pin >= first);
    const [config, first] = PORTS[at] ?? [portDConfig, 0];
    const bit = pin - first;
    // States of avr8js: low, high, input, input with pull-up.
    const state = this.#ports[at]?.pinState(bit) ?? 0;
    const drives = (((this.data[config.DDR] ?? 0) >> bit) & 1) === 1;
    return { drives, level: (state & 1) === 1 ? 1 : 0 };
  }

  /** Lets inputs take the levels that they have now, as interrupts by pins need it; reading a port does it anyway. */
  sampleInputs(): void {
    for (const at of PORTS.keys()) this.#samplePort(at);
  }

  /** Runs the program up to a cycle, or a few cycles further: instructions are not divided. */
  runTo(endCycle: number): void {
    while (this.#cpu.cycles < endCycle) {
      if (this.#isAsleep) this.#sleep(endCycle);
      else this.#step();
    }
  }

  /** Restarts the chip: all registers as after power-up; the SRAM keeps what it holds unless power was gone. */
  reset(cause: ResetCause): void {
    const last = this.#cpu;
    this.#flash.fill(0xffff, HANG_AT);
    this.#isAsleep = false;
    this.#resetDue = false;
    this.#hang = 'none';
    this.#cpu = this.#newCpu(last.cycles);
    this.#usart = this.#addPeripherals();
    const { data } = this.#cpu;
    if (cause === 'power-on') {
      data.set(this.#options.sram.subarray(0, SRAM_BYTES), SRAM_START);
      data[MCUSR] = RESET_FLAGS[cause];
    } else {
      data.set(last.data.subarray(0, REGISTERS));
      data.set(last.data.subarray(SRAM_START), SRAM_START);
      data[MCUSR] = (last.data[MCUSR] ?? 0) | RESET_FLAGS[cause];
    }
    if (cause === 'watchdog') this.#startWatchdog();
    this.#options.hasReset(cause);
  }

  /**
   * Makes the program stop where it next goes to sleep, or go on there.
   * @param interruptsOff as if it had stopped in a section without interrupts; only the watchdog ends that
   */
  hang(on: boolean, interruptsOff = false): void {
    if (on) {
      if (this.#hang !== 'none') return;
      this.#hang = 'asked';
      if (this.#isAsleep) this.#enterHang();
      if (interruptsOff) this.data[SREG] = (this.data[SREG] ?? 0) & ~INTERRUPTS_ON;
      return;
    }
    if (this.#hang === 'hung') this.#flash[HANG_AT] = JUMP;
    this.#hang = 'none';
  }

  #enterHang(): void {
    const cpu = this.#cpu;
    this.#hang = 'hung';
    this.#isAsleep = false;
    this.#flash[HANG_AT] = JUMP_HERE;
    this.#flash[HANG_AT + 1] = cpu.pc;
    cpu.pc = HANG_AT;
  }

  #newCpu(cycles: number): CPU {
    const cpu = new CPU(this.#flash, SRAM_BYTES);
    cpu.cycles = cycles;
    // The watchdog of avr8js resets the CPU alone; peripherals and pins would go on as they were.
    cpu.reset = () => {
      this.#resetDue = true;
    };
    return cpu;
  }

  #addPeripherals(): AvrUsart {
    const cpu = this.#cpu;
    this.#ports = PORTS.map(([config, first], at) => {
      const port = new AVRIOPort(cpu, config);
      port.addListener(() => this.#options.portChanged(first));
      cpu.readHooks[config.PIN] = () => {
        this.#samplePort(at);
        return cpu.data[config.PIN] ?? 0;
      };
      return port;
    });
    for (const config of [timer0Config, timer1Config, timer2Config]) addTimer(cpu, config);
    addI2c(cpu, HZ, this.#options.i2c);
    new AVREEPROM(cpu, this.#options.eeprom, eepromConfig);
    new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, HZ, clockConfig));
    const adc = new AVRADC(cpu, adcConfig);
    adc.onADCRead = (input) => {
      const counts = input.type === ADCMuxInputType.SingleEnded ? this.#options.analogCounts(input.channel) : 0;
      cpu.addClockEvent(() => adc.completeADCRead(counts), adc.sampleCycles);
    };
    return new AvrUsart(cpu, this.#options);
  }

  /** The watchdog stays on after its own reset, with its shortest time (10.9.2). */
  #startWatchdog(): void {
    this.#cpu.writeData(WDTCSR, WDCE | WDE);
    this.#cpu.writeData(WDTCSR, WDE);
  }

  #samplePort(at: number): void {
    const [config, first, pins] = PORTS[at] ?? [portDConfig, 0, 0];
    const port = this.#ports[at];
    const { data } = this.#cpu;
    const directions = data[config.DDR] ?? 0;
    const pullUps = data[config.PORT] ?? 0;
    for (let bit = at === 0 ? SERIAL_PINS : 0; bit < pins; bit += 1) {
      if (((directions >> bit) & 1) === 1) continue;
      port?.setPin(bit, this.#options.digitalLevel(first + bit, ((pullUps >> bit) & 1) === 1) === 1);
    }
  }

  #step(): void {
    const cpu = this.#cpu;
    const { data } = cpu;
    const wasMasked = ((data[SREG] ?? 0) & INTERRUPTS_ON) === 0;
    const sleeps = cpu.progMem[cpu.pc] === SLEEP && ((data[SMCR] ?? 0) & SLEEP_ENABLE) !== 0;
    avrInstruction(cpu);
    this.#runEvents(cpu);
    if (this.#resetDue) {
      this.reset('watchdog');
    } else if (sleeps) {
      this.#isAsleep = true;
      if (this.#hang === 'asked') this.#enterHang();
    } else if (cpu.nextInterrupt >= 0) {
      if (this.#pendingSince < 0) this.#pendingSince = cpu.cycles;
      // One instruction is always executed between switching interrupts on and the first of them (7.7).
      if (!wasMasked && cpu.interruptsEnabled) this.#interrupt(cpu, RESPONSE_CYCLES);
    } else {
      this.#pendingSince = -1;
    }
  }

  #interrupt(cpu: CPU, responseCycles: number): void {
    if (this.#pendingSince >= 0) this.#keptOutCycles = Math.max(this.#keptOutCycles, cpu.cycles - this.#pendingSince);
    this.#pendingSince = -1;
    cpu.cycles += responseCycles;
    cpu.tick();
  }

  /** Asleep nothing happens before the next event of a peripheral, so time jumps there. */
  #sleep(endCycle: number): void {
    const cpu = this.#cpu;
    while (cpu.cycles < endCycle) {
      if (cpu.nextInterrupt >= 0 && cpu.interruptsEnabled) {
        this.#isAsleep = false;
        this.#interrupt(cpu, WAKE_CYCLES + RESPONSE_CYCLES);
        return;
      }
      const next = (cpu as unknown as Queue).nextClockEvent;
      cpu.cycles = Math.max(cpu.cycles, Math.min(endCycle, next?.cycles ?? endCycle));
      this.#runEvents(cpu);
      if (this.#resetDue) {
        this.reset('watchdog');
        return;
      }
    }
  }

  /** All events that are due; avr8js itself runs one per instruction, and the others late. */
  #runEvents(cpu: CPU): void {
    const queue = cpu as unknown as Queue;
    for (;;) {
      const event = queue.nextClockEvent;
      if (event === null || event.cycles > cpu.cycles) return;
      event.callback();
      queue.nextClockEvent = event.next;
    }
  }
}
