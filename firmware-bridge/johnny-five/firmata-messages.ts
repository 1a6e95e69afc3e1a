// Firmata as bytes, as far as somebody must know them who watches over a stock board. Pure.
// Source: github.com/firmata/protocol, protocol.md 2.6.

/** Command bytes; the lower four bits of those below 0xF0 are a port or an analog channel. */
export const COMMAND = {
  digital: 0x90,
  reportAnalog: 0xc0,
  reportDigital: 0xd0,
  analog: 0xe0,
  startSysex: 0xf0,
  setPinMode: 0xf4,
  setDigitalPin: 0xf5,
  endSysex: 0xf7,
  reportVersion: 0xf9,
  systemReset: 0xff,
} as const;

/** First byte behind `startSysex`. */
export const SYSEX = { pinStateQuery: 0x6d, pinStateResponse: 0x6e, servoConfig: 0x70, reportFirmware: 0x79 } as const;

export const PIN_MODE = { input: 0, output: 1, servo: 4 } as const;

/** One whole message, command byte first; sysex with both of its ends. */
export type FirmataMessage = readonly number[];

/** Longer than the longest answer (capabilities of 70 pins); what grows beyond it is line noise, bytes. */
const MESSAGE_BYTES_MAX = 4096;

/** @returns the command without port or channel */
export function commandOf(message: FirmataMessage): number {
  const [first = 0] = message;
  return first < 0xf0 ? first & 0xf0 : first;
}

function lengthOf(command: number, from: 'board' | 'host'): number | undefined {
  switch (command) {
    case COMMAND.digital:
    case COMMAND.analog:
    case COMMAND.setPinMode:
    case COMMAND.setDigitalPin:
      return 3;
    case COMMAND.reportAnalog:
    case COMMAND.reportDigital:
      return 2;
    case COMMAND.reportVersion:
      return from === 'board' ? 3 : 1;
    case COMMAND.startSysex:
      return undefined;
    default:
      return 1;
  }
}

/**
 * Cuts a byte stream into messages, whatever its pieces. What is no message is dropped: data without a command, a message
 * that another command cuts short, one that never ends.
 */
export class FirmataReader {
  readonly #from: 'board' | 'host';
  #message: number[] = [];

  constructor(from: 'board' | 'host') {
    this.#from = from;
  }

  push(bytes: Uint8Array): readonly FirmataMessage[] {
    return Array.from(bytes).flatMap((byte) => {
      const message = this.#take(byte);
      return message === undefined ? [] : [message];
    });
  }

  #take(byte: number): FirmataMessage | undefined {
    const isInSysex = this.#message[0] === COMMAND.startSysex;
    if (isInSysex && byte === COMMAND.endSysex) return this.#finish(byte);
    if (byte >= 0x80) this.#message = [];
    if (byte < 0x80 && this.#message.length === 0) return undefined;
    if (byte === COMMAND.endSysex) return undefined;
    const isWhole = this.#message.length + 1 === lengthOf(commandOf([...this.#message.slice(0, 1), byte]), this.#from);
    if (isWhole) return this.#finish(byte);
    this.#message.push(byte);
    if (this.#message.length >= MESSAGE_BYTES_MAX) this.#message = [];
    return undefined;
  }

  #finish(byte: number): FirmataMessage {
    const message = [...this.#message, byte];
    this.#message = [];
    return message;
  }
}
