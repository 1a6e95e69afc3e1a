// The shipped avr image in a cycle-exact emulator: power-on only, since avr8js keeps the I/O registers in a reset.
import { readFileSync } from 'node:fs';
import {
  AVRADC,
  AVRClock,
  AVREEPROM,
  AVRIOPort,
  AVRTimer,
  AVRUSART,
  AVRWatchdog,
  adcConfig,
  avrInstruction,
  CPU,
  clockConfig,
  EEPROMMemoryBackend,
  eepromConfig,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  usart0Config,
  watchdogConfig,
} from 'avr8js';

const HZ = 16_000_000;
const SLEEP = 0x9588;
const SMCR = 0x53;
const MCUSR = 0x54;

function readHex(path: URL): Uint16Array {
  const program = new Uint8Array(0x8000);
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const record = Buffer.from(line.slice(1).trim(), 'hex');
    if (record.length > 0 && record.readUInt8(3) === 0) program.set(record.subarray(4, -1), record.readUInt16BE(1));
  }
  return new Uint16Array(program.buffer);
}

export interface PinEdge {
  readonly pin: number;
  readonly level: boolean;
  readonly atUs: number;
}

export class AvrUno {
  readonly edges: PinEdge[] = [];
  readonly cpu: CPU;
  /** Bytes sent, each with the time it began to leave, microseconds. */
  readonly sent: { readonly byte: number; readonly atUs: number }[] = [];
  readonly adc: AVRADC;
  readonly #usart: AVRUSART;
  readonly #ports: readonly (readonly [AVRIOPort, number])[];
  readonly #toReceive: number[] = [];

  constructor(eeprom = new EEPROMMemoryBackend(1024)) {
    const cpu = new CPU(readHex(new URL('../../firmware-bridge/firmware/images/celda-uno.hex', import.meta.url)), 2048);
    this.cpu = cpu;
    for (const config of [timer0Config, timer1Config, timer2Config]) new AVRTimer(cpu, config);
    new AVREEPROM(cpu, eeprom, eepromConfig);
    new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, HZ, clockConfig));
    this.adc = new AVRADC(cpu, adcConfig);
    this.#usart = new AVRUSART(cpu, usart0Config, HZ);
    this.#usart.onByteTransmit = (byte) => this.sent.push({ byte, atUs: this.timeUs });
    this.#usart.onRxComplete = () => this.#feed();
    this.#ports = [
      [this.#port(portDConfig, 0), 0],
      [this.#port(portBConfig, 8), 8],
      [this.#port(portCConfig, 14), 14],
    ];
    cpu.data[MCUSR] = 1;
  }

  get timeUs(): number {
    return this.cpu.cycles / (HZ / 1_000_000);
  }

  /** Counts 0..1023 at an analog channel. */
  setAnalog(channel: number, counts: number): void {
    this.adc.channelValues[channel] = (counts * 5) / 1024 + 0.001;
  }

  setPin(pin: number, level: boolean): void {
    const [port, first] = this.#portOf(pin);
    port.setPin(pin - first, level);
  }

  receive(bytes: Uint8Array): void {
    this.#toReceive.push(...bytes);
    this.#feed();
  }

  run(us: number): void {
    const { cpu } = this;
    const end = cpu.cycles + us * (HZ / 1_000_000);
    while (cpu.cycles < end) {
      const sleeps = cpu.progMem[cpu.pc] === SLEEP && ((cpu.data[SMCR] ?? 0) & 1) === 1;
      avrInstruction(cpu);
      cpu.tick();
      // Asleep nothing happens before the next event of a peripheral, so time may jump there.
      while (sleeps && cpu.cycles < end && !this.#isInterruptDue()) {
        cpu.cycles = Math.max(cpu.cycles + 1, this.#nextEvent(end));
        cpu.tick();
        if (!cpu.interruptsEnabled) break;
      }
    }
  }

  #nextEvent(end: number): number {
    const event = (this.cpu as unknown as { nextClockEvent: { cycles: number } | null }).nextClockEvent;
    return Math.min(end, event?.cycles ?? end);
  }

  #isInterruptDue(): boolean {
    return this.cpu.nextInterrupt >= 0;
  }

  #feed(): void {
    if (this.#usart.rxBusy || this.#toReceive.length === 0) return;
    const [next] = this.#toReceive;
    if (next !== undefined && this.#usart.writeByte(next) === true) this.#toReceive.shift();
  }

  #port(config: typeof portBConfig, first: number): AVRIOPort {
    const port = new AVRIOPort(this.cpu, config);
    port.addListener((value, old) => {
      for (let bit = 0; bit < 8; bit += 1) {
        if ((((value ^ old) >> bit) & 1) === 0) continue;
        this.edges.push({ pin: first + bit, level: ((value >> bit) & 1) === 1, atUs: this.timeUs });
      }
    });
    return port;
  }

  #portOf(pin: number): readonly [AVRIOPort, number] {
    const found = this.#ports.findLast(([, first]) => pin >= first);
    if (found === undefined) throw new RangeError(`no pin ${pin}`);
    return found;
  }
}
