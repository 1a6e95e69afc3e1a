// The two chips that the firmware is built for, as avr8js needs them described: memories, registers, interrupts, and where
// the pins of their boards are. Data sheets: ATmega328P, DS40002061; ATmega2560, DS40002211.
import {
  type ADCConfig,
  ADCMuxInputType,
  type AVRPortConfig,
  type AVRTimerConfig,
  adcConfig,
  eepromConfig,
  portAConfig,
  portBConfig,
  portCConfig,
  portDConfig,
  portEConfig,
  portFConfig,
  portGConfig,
  portHConfig,
  portJConfig,
  portKConfig,
  portLConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  twiConfig,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import type { BoardKind } from '../../src/core/cell-model.ts';

/** Numbers of the board's pins by bit; undefined where no pin that the firmware may use is connected. */
export interface AvrPort {
  readonly config: AVRPortConfig;
  readonly pins: readonly (number | undefined)[];
}

/** The output of a timer: its pin is driven by it while a bit of the control register is set. */
export interface AvrPwm {
  readonly pin: number;
  readonly control: number;
  readonly mask: number;
  readonly duty: number;
}

export interface AvrModel {
  /** File name of the firmware's image. */
  readonly image: string;
  readonly pinCount: number;
  readonly flashWords: number;
  readonly eepromBytes: number;
  /** First address behind the registers. */
  readonly sramStart: number;
  readonly sramBytes: number;
  /** Cycles from a due interrupt to its vector, and how many more out of sleep. */
  readonly responseCycles: number;
  readonly wakeCycles: number;
  readonly ports: readonly AvrPort[];
  readonly pwm: readonly AvrPwm[];
  /** Bit of TCCR2A with which timer 2 toggles a pin, by pin. */
  readonly tone: ReadonlyMap<number, number>;
  readonly timers: readonly AVRTimerConfig[];
  readonly usart: typeof usart0Config;
  readonly twi: typeof twiConfig;
  readonly adc: ADCConfig;
  readonly eeprom: typeof eepromConfig;
  readonly watchdog: typeof watchdogConfig;
}

/** Ports of a board by what each pin is, `D4` for bit 4 of port D, from pin 0 on. Pins 0 and 1 are the serial port. */
function portsOf(configs: Readonly<Record<string, AVRPortConfig>>, places: string): readonly AvrPort[] {
  const pins = places.split(/\s+/);
  return Object.entries(configs).map(([letter, config]) => ({
    config,
    pins: Array.from({ length: 8 }, (_, bit) => {
      const pin = pins.indexOf(`${letter}${bit}`);
      return pin < 2 ? undefined : pin;
    }),
  }));
}

const UNO_PLACES = 'D0 D1 D2 D3 D4 D5 D6 D7 B0 B1 B2 B3 B4 B5 C0 C1 C2 C3 C4 C5';

const UNO: AvrModel = {
  image: 'celda-uno.hex',
  pinCount: 20,
  flashWords: 0x4000,
  eepromBytes: 1024,
  sramStart: 0x100,
  sramBytes: 2048,
  // 7.7.1
  responseCycles: 4,
  wakeCycles: 4,
  ports: portsOf({ D: portDConfig, B: portBConfig, C: portCConfig }, UNO_PLACES),
  pwm: [
    { pin: 3, control: 0xb0, mask: 0x20, duty: 0xb4 },
    { pin: 5, control: 0x44, mask: 0x20, duty: 0x48 },
    { pin: 6, control: 0x44, mask: 0x80, duty: 0x47 },
    { pin: 11, control: 0xb0, mask: 0x80, duty: 0xb3 },
  ],
  tone: new Map([
    [3, 0x10],
    [11, 0x40],
  ]),
  timers: [timer0Config, timer1Config, timer2Config],
  usart: usart0Config,
  twi: twiConfig,
  adc: adcConfig,
  eeprom: eepromConfig,
  watchdog: watchdogConfig,
};

/** Arduino Mega 2560 Rev3 pinout. */
const MEGA_PLACES = `E0 E1 E4 E5 G5 E3 H3 H4 H5 H6 B4 B5 B6 B7 J1 J0 H1 H0 D3 D2 D1 D0
  A0 A1 A2 A3 A4 A5 A6 A7 C7 C6 C5 C4 C3 C2 C1 C0 D7 G2 G1 G0 L7 L6 L5 L4 L3 L2 L1 L0 B3 B2 B1 B0
  F0 F1 F2 F3 F4 F5 F6 F7 K0 K1 K2 K3 K4 K5 K6 K7`;
const MEGA_PORTS = {
  A: portAConfig,
  // The pin change interrupts of this chip lie elsewhere than avr8js has them for the other; the firmware uses none.
  B: withoutPinChange(portBConfig),
  C: withoutPinChange(portCConfig),
  D: withoutPinChange(portDConfig),
  E: portEConfig,
  F: portFConfig,
  G: portGConfig,
  H: portHConfig,
  J: portJConfig,
  K: portKConfig,
  L: portLConfig,
};

function withoutPinChange({ PIN, DDR, PORT }: AVRPortConfig): AVRPortConfig {
  return { PIN, DDR, PORT, externalInterrupts: [] };
}

/** Address of an interrupt by its number in table 14-1, counted from 0: two words to each. */
function vector(number: number): number {
  return 2 * number;
}

interface WideTimer {
  readonly registers: number;
  readonly flags: number;
  readonly mask: number;
  readonly capture: number;
  readonly outputs: readonly (readonly [AVRPortConfig, number])[];
}

/** A 16-bit timer: its registers follow each other, and so do its interrupts. */
function wideTimer({ registers, flags, mask, capture, outputs }: WideTimer): AVRTimerConfig {
  const [a, b, c] = outputs;
  return {
    ...timer1Config,
    TCCRA: registers,
    TCCRB: registers + 1,
    TCCRC: registers + 2,
    TCNT: registers + 4,
    ICR: registers + 6,
    OCRA: registers + 8,
    OCRB: registers + 10,
    OCRC: registers + 12,
    TIFR: flags,
    TIMSK: mask,
    captureInterrupt: vector(capture),
    compAInterrupt: vector(capture + 1),
    compBInterrupt: vector(capture + 2),
    compCInterrupt: vector(capture + 3),
    ovfInterrupt: vector(capture + 4),
    OCFC: 8,
    OCIEC: 8,
    compPortA: a?.[0].PORT ?? 0,
    compPinA: a?.[1] ?? 0,
    compPortB: b?.[0].PORT ?? 0,
    compPinB: b?.[1] ?? 0,
    compPortC: c?.[0].PORT ?? 0,
    compPinC: c?.[1] ?? 0,
    externalClockPort: 0,
    externalClockPin: 0,
  };
}

function outputs(port: AVRPortConfig, ...bits: readonly number[]): WideTimer['outputs'] {
  return bits.map((bit) => [port, bit] as const);
}

const MEGA_TIMERS: readonly AVRTimerConfig[] = [
  {
    ...timer0Config,
    compAInterrupt: vector(21),
    compBInterrupt: vector(22),
    ovfInterrupt: vector(23),
    compPortA: portBConfig.PORT,
    compPinA: 7,
    compPortB: portGConfig.PORT,
    compPinB: 5,
  },
  wideTimer({ registers: 0x80, flags: 0x36, mask: 0x6f, capture: 16, outputs: outputs(portBConfig, 5, 6, 7) }),
  {
    ...timer2Config,
    compAInterrupt: vector(13),
    compBInterrupt: vector(14),
    ovfInterrupt: vector(15),
    compPortA: portBConfig.PORT,
    compPinA: 4,
    compPortB: portHConfig.PORT,
    compPinB: 6,
  },
  wideTimer({ registers: 0x90, flags: 0x38, mask: 0x71, capture: 31, outputs: outputs(portEConfig, 3, 4, 5) }),
  wideTimer({ registers: 0xa0, flags: 0x39, mask: 0x72, capture: 41, outputs: outputs(portHConfig, 3, 4, 5) }),
  wideTimer({ registers: 0x120, flags: 0x3a, mask: 0x73, capture: 46, outputs: outputs(portLConfig, 3, 4, 5) }),
];

/** Pins of outputs A, B and C of a timer with its registers at `registers`; the duty is the low byte of the compare register. */
function wideOutputs(registers: number, ...pins: readonly number[]): readonly AvrPwm[] {
  return pins.map((pin, at) => ({ pin, control: registers, mask: 0x80 >> (2 * at), duty: registers + 8 + 2 * at }));
}

const MEGA: AvrModel = {
  image: 'celda-mega.hex',
  pinCount: 70,
  flashWords: 0x20000,
  eepromBytes: 4096,
  sramStart: 0x200,
  sramBytes: 8192,
  // 7.8.1: one more than on the smaller chip, whose program counter has two bytes.
  responseCycles: 5,
  wakeCycles: 5,
  ports: portsOf(MEGA_PORTS, MEGA_PLACES),
  pwm: [
    { pin: 13, control: 0x44, mask: 0x80, duty: 0x47 },
    { pin: 4, control: 0x44, mask: 0x20, duty: 0x48 },
    { pin: 10, control: 0xb0, mask: 0x80, duty: 0xb3 },
    { pin: 9, control: 0xb0, mask: 0x20, duty: 0xb4 },
    ...wideOutputs(0x90, 5, 2, 3),
    ...wideOutputs(0xa0, 6, 7, 8),
    ...wideOutputs(0x120, 46, 45, 44),
  ],
  tone: new Map([
    [9, 0x10],
    [10, 0x40],
  ]),
  timers: MEGA_TIMERS,
  twi: { ...twiConfig, twiInterrupt: vector(39) },
  usart: {
    ...usart0Config,
    rxCompleteInterrupt: vector(25),
    dataRegisterEmptyInterrupt: vector(26),
    txCompleteInterrupt: vector(27),
  },
  adc: {
    ...adcConfig,
    adcInterrupt: vector(29),
    numChannels: 16,
    muxInputMask: 0x3f,
    muxChannels: Object.fromEntries(
      // Bit 5 of the channel's number is in another register: 0 to 7, then 32 to 39.
      Array.from({ length: 16 }, (_, channel) => [
        channel < 8 ? channel : channel + 24,
        { type: ADCMuxInputType.SingleEnded, channel },
      ]),
    ),
  },
  eeprom: { ...eepromConfig, eepromReadyInterrupt: vector(30) },
  watchdog: { ...watchdogConfig, watchdogInterrupt: vector(12) },
};

/** By kind of board. */
export const AVR_MODELS: Readonly<Record<BoardKind, AvrModel>> = { uno: UNO, mega: MEGA };
