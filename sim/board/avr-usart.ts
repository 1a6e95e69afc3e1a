// The UART of the emulated chip: double-buffered in both directions, paced by the baud rate that the firmware has set,
// with receive overruns. After the ATmega328P data sheet (DS40002061), chapter 19. 8N1 only.
import { type CPU, usart0Config } from 'avr8js';

type AVRInterruptConfig = Parameters<CPU['setInterruptFlag']>[0];

/** Registers and interrupts of a UART. */
export type AvrUsartConfig = typeof usart0Config;

/** At the same addresses on every chip of the family. */
const { UCSRA, UCSRB, UDR, UBRRL, UBRRH } = usart0Config;
const RXC = 0x80;
const TXC = 0x40;
const UDRE = 0x20;
const DOR = 0x08;
const SETTINGS = 0x03;
const U2X = 0x02;
const RXEN = 0x10;
const TXEN = 0x08;
const BITS_PER_CHARACTER = 10;
/** Two in the buffer, and one in the shift register that waits for room there. */
const HELD_MAX = 3;

function interrupt(address: number, mask: number): AVRInterruptConfig {
  // Enable bits are in UCSRB where the flags are in UCSRA.
  return {
    address,
    flagRegister: UCSRA,
    flagMask: mask,
    enableRegister: UCSRB,
    enableMask: mask,
    constant: mask !== TXC,
  };
}

export interface AvrUsartListener {
  /** A character has left the chip; `startCycle` is when its start bit began, now is the end of its stop bit. */
  transmitted(byte: number, startCycle: number): void;
}

export class AvrUsart {
  /** Characters lost because the program did not fetch the ones before in time. */
  overruns = 0;
  readonly #cpu: CPU;
  readonly #listener: AvrUsartListener;
  readonly #received: AVRInterruptConfig;
  readonly #empty: AVRInterruptConfig;
  readonly #sent: AVRInterruptConfig;
  /** What is still on its way to the chip, oldest first. */
  #coming: number[] = [];
  #isReceiving = false;
  /** What the receiver holds, oldest first. */
  #held: number[] = [];
  #hasOverrun = false;
  #isSending = false;
  /** Written by the program and not yet in the shift register. */
  #waiting: number | undefined;

  constructor(cpu: CPU, config: AvrUsartConfig, listener: AvrUsartListener) {
    this.#received = interrupt(config.rxCompleteInterrupt, RXC);
    this.#empty = interrupt(config.dataRegisterEmptyInterrupt, UDRE);
    this.#sent = interrupt(config.txCompleteInterrupt, TXC);
    this.#cpu = cpu;
    this.#listener = listener;
    cpu.data[UCSRA] = UDRE;
    cpu.data[UCSRB] = 0;
    cpu.data[usart0Config.UCSRC] = 0x06;
    cpu.readHooks[UCSRA] = () => (cpu.data[UCSRA] ?? 0) | (this.#hasOverrun ? DOR : 0);
    cpu.writeHooks[UCSRA] = (value) => this.#writeStatus(value);
    cpu.writeHooks[UCSRB] = (value) => this.#writeControl(value);
    cpu.readHooks[UDR] = () => this.#read();
    cpu.writeHooks[UDR] = (value) => this.#write(value);
  }

  /** Cycles that one character takes on the line. */
  get characterCycles(): number {
    const { data } = this.#cpu;
    const perBit = ((data[UCSRA] ?? 0) & U2X) === 0 ? 16 : 8;
    const rate = ((data[UBRRH] ?? 0) << 8) | (data[UBRRL] ?? 0);
    return (rate + 1) * perBit * BITS_PER_CHARACTER;
  }

  /** Characters on the line towards the chip that have not arrived. */
  get coming(): number {
    return this.#coming.length;
  }

  /** Puts characters on the line, one behind the other; the first begins now, or behind those that are under way. */
  put(bytes: Iterable<number>): void {
    this.#coming.push(...bytes);
    this.#startReceiving();
  }

  #startReceiving(): void {
    if (this.#isReceiving || this.#coming.length === 0) return;
    this.#isReceiving = true;
    const isLost = this.#held.length === HELD_MAX;
    this.#cpu.addClockEvent(() => {
      this.#isReceiving = false;
      const byte = this.#coming.shift();
      if (byte !== undefined && this.#isOn(RXEN)) this.#arrive(byte, isLost);
      this.#startReceiving();
    }, this.characterCycles);
  }

  #arrive(byte: number, isLost: boolean): void {
    if (isLost) {
      this.overruns += 1;
      this.#hasOverrun = true;
      return;
    }
    this.#held.push(byte);
    this.#cpu.setInterruptFlag(this.#received);
  }

  #read(): number {
    const byte = this.#held.shift() ?? 0;
    this.#hasOverrun = false;
    if (this.#held.length === 0) this.#cpu.clearInterrupt(this.#received);
    return byte;
  }

  #write(value: number): true {
    const cpu = this.#cpu;
    cpu.data[UDR] = value;
    if (!this.#isOn(TXEN)) return true;
    cpu.clearInterrupt(this.#sent);
    if (this.#isSending) {
      this.#waiting = value;
      cpu.clearInterrupt(this.#empty);
    } else {
      this.#send(value);
    }
    return true;
  }

  #send(byte: number): void {
    const cpu = this.#cpu;
    this.#isSending = true;
    const startCycle = cpu.cycles;
    cpu.addClockEvent(() => {
      this.#isSending = false;
      const next = this.#waiting;
      this.#waiting = undefined;
      if (next === undefined) {
        cpu.setInterruptFlag(this.#sent);
      } else {
        this.#send(next);
        cpu.setInterruptFlag(this.#empty);
      }
      this.#listener.transmitted(byte, startCycle);
    }, this.characterCycles);
  }

  #writeStatus(value: number): true {
    const { data } = this.#cpu;
    data[UCSRA] = ((data[UCSRA] ?? 0) & ~SETTINGS) | (value & SETTINGS);
    this.#cpu.clearInterruptByFlag(this.#sent, value);
    return true;
  }

  /** Unlike in avr8js, what has been received stays: only switching the receiver off flushes it (data sheet, 19.7.3). */
  #writeControl(value: number): true {
    const cpu = this.#cpu;
    cpu.data[UCSRB] = value;
    if ((value & RXEN) === 0) {
      this.#held = [];
      this.#hasOverrun = false;
      cpu.clearInterrupt(this.#received);
    }
    for (const source of [this.#received, this.#empty, this.#sent]) cpu.updateInterruptEnable(source, value);
    return true;
  }

  #isOn(bit: number): boolean {
    return ((this.#cpu.data[UCSRB] ?? 0) & bit) !== 0;
  }
}
