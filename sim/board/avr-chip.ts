// The chip of a board as avr8js emulates it, put right where avr8js is wrong about sleep, reset, the UART and the response
// to interrupts. Knows registers and cycles, nothing of the firmware. Sections are those of the ATmega328P, DS40002061.
import {
  ADCMuxInputType,
  AVRADC,
  AVRClock,
  AVREEPROM,
  AVRIOPort,
  AVRWatchdog,
  avrInstruction,
  CPU,
  clockConfig,
  type EEPROMBackend,
} from 'avr8js';
import { addI2c } from './avr-i2c.ts';
import { AVR_MODELS, type AvrModel } from './avr-model.ts';
import { addTimer } from './avr-timer.ts';
import { AvrUsart } from './avr-usart.ts';
import type { ResetCause } from './board-engine.ts';
import type { I2cBus } from './i2c-bus.ts';

export const CYCLES_PER_US = 16;
const HZ = 16_000_000;
const REGISTERS = 32;
/** What avr8js takes the registers of every chip to need. */
const REGISTER_SPACE = 0x100;

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
const HANG_WORDS = 2;
/** Of a jump to itself. */
const JUMP_CYCLES = 2;

/** What avr8js takes to enter an interrupt (7.7.1). */
const RESPONSE_CYCLES = 2;

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
  /** @defaultValue that of an Uno */
  readonly model?: AvrModel;
  /** Words of the program; the rest of the flash is erased. */
  readonly program: Uint16Array;
  /** Outlives every reset. */
  readonly eeprom: EEPROMBackend;
  /** What the SRAM holds when power comes on: cells fall to either side by chance. */
  readonly sram: Uint8Array;
  /** Level at a pin that the chip does not drive. */
  readonly digitalLevel: (pin: number, pullUp: boolean) => 0 | 1;
  /** Level at a pin that the chip drives to `driven`. @defaultValue `driven` */
  readonly outputLevel?: ((pin: number, driven: 0 | 1) => 0 | 1) | undefined;
  /** Counts 0..1023, asked for when a conversion begins. */
  readonly analogCounts: (channel: number) => number;
  /** What is on the pins of the two-wire interface; undefined: nothing. */
  readonly i2c?: I2cBus | undefined;
  /** A character has left; `startCycle`: when its start bit began. Now is the end of its stop bit. */
  readonly transmitted: (byte: number, startCycle: number) => void;
  /** Direction or level of some of these pins may have changed; see `drives`. */
  readonly portChanged: (pins: readonly (number | undefined)[]) => void;
  /** A reset is over: no pin is driven, nothing has been executed. */
  readonly hasReset: (cause: ResetCause) => void;
}

export class AvrChip {
  readonly #options: AvrChipOptions;
  readonly #model: AvrModel;
  readonly #flash: Uint16Array;
  readonly #hangAt: number;
  /** Port and bit of each pin. */
  readonly #places: (readonly [number, number])[] = [];
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
    this.#model = options.model ?? AVR_MODELS.uno;
    const { flashWords, ports } = this.#model;
    for (const [at, { pins }] of ports.entries()) {
      for (const [bit, pin] of pins.entries()) if (pin !== undefined) this.#places[pin] = [at, bit];
    }
    this.#hangAt = flashWords - HANG_WORDS;
    this.#flash = new Uint16Array(flashWords).fill(0xffff);
    this.#flash.set(options.program);
    this.#cpu = this.#newCpu(0);
    this.#usart = this.#addPeripherals();
    this.#fillSram();
    this.#cpu.data[MCUSR] = RESET_FLAGS['power-on'];
  }

  /** Cycles since power first came on. */
  get cycles(): number {
    return this.#cpu.cycles;
  }

  /** Whether the program sleeps until the next interrupt. */
  get isAsleep(): boolean {
    return this.#isAsleep;
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
    const [at, bit] = this.#places[pin] ?? [0, 0];
    // States of avr8js: low, high, input, input with pull-up.
    const state = this.#ports[at]?.pinState(bit) ?? 0;
    const directions = this.data[this.#model.ports[at]?.config.DDR ?? 0] ?? 0;
    const drives = ((directions >> bit) & 1) === 1;
    return { drives, level: (state & 1) === 1 ? 1 : 0 };
  }

  /** Lets inputs take the levels that they have now, as interrupts by pins need it; reading a port does it anyway. */
  sampleInputs(): void {
    for (const at of this.#ports.keys()) this.#samplePort(at);
  }

  /** Runs the program up to a cycle, or a few cycles further: instructions are not divided. */
  runTo(endCycle: number): void {
    while (this.#cpu.cycles < endCycle) {
      if (this.#isAsleep) {
        this.#sleep(endCycle);
        continue;
      }
      if (this.#hang === 'hung') this.#skipJumps(endCycle);
      this.#step();
    }
  }

  /** Restarts the chip: all registers as after power-up; the SRAM keeps what it holds unless power was gone. */
  reset(cause: ResetCause): void {
    const last = this.#cpu;
    this.#flash.fill(0xffff, this.#hangAt);
    this.#isAsleep = false;
    this.#resetDue = false;
    this.#hang = 'none';
    this.#cpu = this.#newCpu(last.cycles);
    this.#usart = this.#addPeripherals();
    const { data } = this.#cpu;
    if (cause === 'power-on') {
      this.#fillSram();
      data[MCUSR] = RESET_FLAGS[cause];
    } else {
      data.set(last.data.subarray(0, REGISTERS));
      data.set(last.data.subarray(this.#model.sramStart), this.#model.sramStart);
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
    if (this.#hang === 'hung') this.#flash[this.#hangAt] = JUMP;
    this.#hang = 'none';
  }

  #enterHang(): void {
    const cpu = this.#cpu;
    this.#hang = 'hung';
    this.#isAsleep = false;
    this.#flash[this.#hangAt] = JUMP_HERE;
    this.#flash[this.#hangAt + 1] = cpu.pc;
    cpu.pc = this.#hangAt;
  }

  #fillSram(): void {
    const { sramStart, sramBytes } = this.#model;
    this.#cpu.data.set(this.#options.sram.subarray(0, sramBytes), sramStart);
  }

  /** With the chip's own size of memory: the default of avr8js would hide a stack that runs into the static memory. */
  #newCpu(cycles: number): CPU {
    const { sramStart, sramBytes } = this.#model;
    const cpu = new CPU(this.#flash, sramStart + sramBytes - REGISTER_SPACE);
    cpu.cycles = cycles;
    // The watchdog of avr8js resets the CPU alone; peripherals and pins would go on as they were.
    cpu.reset = () => {
      this.#resetDue = true;
    };
    return cpu;
  }

  #addPeripherals(): AvrUsart {
    const cpu = this.#cpu;
    const model = this.#model;
    this.#ports = model.ports.map(({ config, pins }, at) => {
      const port = new AVRIOPort(cpu, config);
      port.addListener(() => this.#options.portChanged(pins));
      cpu.readHooks[config.PIN] = () => {
        this.#samplePort(at);
        return this.#held(at, cpu.data[config.PIN] ?? 0);
      };
      return port;
    });
    for (const config of model.timers) addTimer(cpu, config);
    addI2c(cpu, HZ, model.twi, this.#options.i2c);
    new AVREEPROM(cpu, this.#options.eeprom, model.eeprom);
    new AVRWatchdog(cpu, model.watchdog, new AVRClock(cpu, HZ, clockConfig));
    const adc = new AVRADC(cpu, model.adc);
    adc.onADCRead = (input) => {
      const counts = input.type === ADCMuxInputType.SingleEnded ? this.#options.analogCounts(input.channel) : 0;
      cpu.addClockEvent(() => adc.completeADCRead(counts), adc.sampleCycles);
    };
    return new AvrUsart(cpu, model.usart, this.#options);
  }

  /** The watchdog stays on after its own reset, with its shortest time (10.9.2). */
  #startWatchdog(): void {
    this.#cpu.writeData(WDTCSR, WDCE | WDE);
    this.#cpu.writeData(WDTCSR, WDE);
  }

  #samplePort(at: number): void {
    const port = this.#ports[at];
    const model = this.#model.ports[at];
    if (model === undefined) return;
    const { config, pins } = model;
    const { data } = this.#cpu;
    const directions = data[config.DDR] ?? 0;
    const pullUps = data[config.PORT] ?? 0;
    for (let bit = 0; bit < pins.length; bit += 1) {
      const pin = pins[bit];
      if (pin === undefined || ((directions >> bit) & 1) === 1) continue;
      port?.setPin(bit, this.#options.digitalLevel(pin, ((pullUps >> bit) & 1) === 1) === 1);
    }
  }

  /** What the inputs of a port read where something holds a pin against the chip: its latch stays as it is (14.2.4). */
  #held(at: number, read: number): number {
    const { outputLevel } = this.#options;
    const model = this.#model.ports[at];
    if (outputLevel === undefined || model === undefined) return read;
    const directions = this.data[model.config.DDR] ?? 0;
    let levels = read;
    for (const [bit, pin] of model.pins.entries()) {
      if (pin === undefined || ((directions >> bit) & 1) === 0) continue;
      const level = outputLevel(pin, ((read >> bit) & 1) === 1 ? 1 : 0);
      levels = (levels & ~(1 << bit)) | (level << bit);
    }
    return levels;
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
      if (!wasMasked && cpu.interruptsEnabled) this.#interrupt(cpu, this.#model.responseCycles - RESPONSE_CYCLES);
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

  /** In a hang the same jump goes on until the next event of a peripheral, so time goes on by all but the last of them. */
  #skipJumps(endCycle: number): void {
    const cpu = this.#cpu;
    if (cpu.pc !== this.#hangAt || (cpu.nextInterrupt >= 0 && cpu.interruptsEnabled)) return;
    const next = (cpu as unknown as Queue).nextClockEvent;
    const jumps = Math.ceil((Math.min(endCycle, next?.cycles ?? endCycle) - cpu.cycles) / JUMP_CYCLES);
    if (jumps > 1) cpu.cycles += (jumps - 1) * JUMP_CYCLES;
  }

  /** Asleep nothing happens before the next event of a peripheral, so time jumps there. */
  #sleep(endCycle: number): void {
    const cpu = this.#cpu;
    while (cpu.cycles < endCycle) {
      if (cpu.nextInterrupt >= 0 && cpu.interruptsEnabled) {
        this.#isAsleep = false;
        this.#interrupt(cpu, this.#model.wakeCycles + this.#model.responseCycles - RESPONSE_CYCLES);
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
