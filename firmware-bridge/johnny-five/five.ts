// The parts of Johnny-Five and firmata-io that Celda itself uses, typed. The catalogue proper is typed by
// @types/johnny-five; firmata-io has no types.
import type { EventEmitter } from 'node:events';
import type * as JohnnyFive from 'johnny-five';
import type { PinName } from '../../src/core/cell-model.ts';
import type { ModuleScope } from './scoped-modules.ts';
import type { StreamTransport } from './stream-transport.ts';

/** Johnny-Five's catalogue of classes. */
export type Five = typeof JohnnyFive;

/** A Johnny-Five board; its declared type leaves out that it is an emitter and which chatter it can do without. */
export type FiveBoard = JohnnyFive.Board & EventEmitter;

/** A firmata-io `Board`: Johnny-Five's IO plugin over Firmata. Pins are numbered as the firmware numbers them. */
export interface FirmataIo extends EventEmitter {
  readonly isReady: boolean;
  readonly MODES: {
    readonly INPUT: number;
    readonly OUTPUT: number;
    readonly ANALOG: number;
    readonly PULLUP: number;
  };
  readonly pins: readonly FirmataPin[];
  /** Pin number by analog channel. */
  readonly analogPins: readonly number[];
  readonly firmware: { readonly name?: string; readonly version?: { readonly major: number; readonly minor: number } };
  pinMode(pin: number, mode: number): void;
  digitalWrite(pin: number, value: number, enqueue?: boolean): void;
  /** Sends a sysex message: its number and what follows, in sevens of bits. */
  sysexCommand(message: readonly number[]): void;
  /** `listener` hears the level of an input now and at every change. */
  digitalRead(pin: number, listener: (level: number) => void): void;
  /** `listener` hears the counts of an analog channel in every sampling period. */
  analogRead(channel: number, listener: (counts: number) => void): void;
}

interface FirmataPin {
  /** Undefined until something on this side has set it. */
  readonly mode: number | undefined;
  /** As the board has said at the start of the session. */
  readonly supportedModes: readonly number[];
  /** 127: none. */
  readonly analogChannel: number;
}

interface FirmataOptions {
  /** How long to wait for a board that announces itself before asking it, ms. */
  readonly reportVersionTimeout: number;
  /** Period of the board's analog reports, ms; the firmware's own when left out. */
  readonly samplingInterval?: number;
}

interface FirmataModule {
  readonly Firmata: new (transport: StreamTransport, options: FirmataOptions) => FirmataIo;
}

interface QuietBoardOptions {
  readonly io: FirmataIo;
  readonly repl: false;
  readonly debug: false;
  readonly sigint: false;
}

type BoardClass = new (options: QuietBoardOptions) => FiveBoard;

/** @returns all classes of the catalogue, loaded into the scope. */
export function loadFive(scope: ModuleScope): Five {
  return scope.require('johnny-five') as Five;
}

/** Loads only what the named class needs: a tenth of the catalogue, and so a tenth of the time. */
export function loadClass<Name extends 'Relay' | 'Thermometer' | 'Piezo'>(scope: ModuleScope, name: Name): Five[Name] {
  return scope.require(`johnny-five/lib/${name.toLowerCase()}`) as Five[Name];
}

/** Reads one kind of part on one-wire, all of one pin; its declared types leave it out. */
interface WireDriver extends EventEmitter {
  /** Searches the bus and begins to read. */
  initialize(board: FiveBoard, options: WireOptions): void;
}

interface WireOptions {
  readonly pin: number | string;
  readonly freq: number;
}

interface WireDrivers {
  /** The one of that pin, made when there is none. */
  get(board: FiveBoard, name: 'DS18B20', options: WireOptions): WireDriver;
}

/** As `loadClass`, with what the class keeps to itself. */
export function loadThermometer(scope: ModuleScope): Five['Thermometer'] & { readonly Drivers: WireDrivers } {
  return loadClass(scope, 'Thermometer') as Five['Thermometer'] & { readonly Drivers: WireDrivers };
}

interface IoModules {
  readonly Firmata: FirmataModule['Firmata'];
  readonly Board: BoardClass;
}

/** Loads what makes a board, without any class of the catalogue. */
export function loadIo(scope: ModuleScope): IoModules {
  const { Firmata } = scope.require('firmata-io') as FirmataModule;
  return { Firmata, Board: scope.require('johnny-five/lib/board') as BoardClass };
}

/** @returns firmata-io of that scope, over `transport` */
export function newFirmata(scope: ModuleScope, transport: StreamTransport, options: FirmataOptions): FirmataIo {
  const { Firmata } = loadIo(scope);
  return new Firmata(transport, options);
}

/** A board that prints nothing, has no prompt and listens to no signal. */
export function newBoard(scope: ModuleScope, io: FirmataIo): FiveBoard {
  const { Board } = loadIo(scope);
  return new Board({ io, repl: false, debug: false, sigint: false });
}

/** @returns a pin as Johnny-Five names it: `D7` is 7, `A0` stays. */
export function fivePin(name: PinName): number | string {
  return name.startsWith('D') ? Number(name.slice(1)) : name;
}
