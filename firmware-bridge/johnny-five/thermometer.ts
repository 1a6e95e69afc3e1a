// A five.Thermometer on an analog pin, on one-wire or on I2C, reporting what was really measured.
import type {
  AnalogThermometerModel,
  I2cThermometerModel,
  OneWireThermometerModel,
  ThermometerModel,
} from '../../src/core/cell-model.ts';
import { type Five, fivePin, loadThermometer } from './five.ts';
import type { BoardSession } from './io.ts';
import { reasonOf } from './log.ts';

type Controller = ThermometerModel['controller'];
type Thermometer = InstanceType<Five['Thermometer']>;
type Report = (celsius: number) => void;

/**
 * What the part can measure, degree Celsius. Outside of it the wire is broken or shorted: 0 counts are -50 °C on a TMP36.
 * Sources: Analog Devices TMP35/36/37 data sheet (specified range), TI LM35 and LM335, DS18B20 and MCP9808 data sheets.
 */
const RANGE_C: Readonly<Record<Controller, readonly [number, number]>> = {
  TMP36: [-40, 125],
  LM35: [-55, 150],
  LM335: [-40, 100],
  DS18B20: [-55, 125],
  MCP9808: [-40, 125],
};

/**
 * How much too high Johnny-Five gives a temperature below zero, °C: it takes the two's complement of a DS18B20 (16 bits,
 * sixteenths) for a positive number and cuts the sign off that of an MCP9808 (12 bits are left). 0: it does not.
 */
const SIGN_C: Readonly<Record<Controller, number>> = { TMP36: 0, LM35: 0, LM335: 0, DS18B20: 4096, MCP9808: 256 };

/** Register of an MCP9808 that holds the temperature. Source: data sheet DS25095, chapter 5. */
const AMBIENT_REGISTER = 0x05;
const AMBIENT_BYTES = 2;
/** What a DS18B20 gives that has not converted since it was powered, °C. */
const POWER_UP_C = 85;
/** All ones: what the two bytes are where nobody answers, °C. */
const UNANSWERED_C = -1 / 16;
/** Within a period of reading nothing heats up by more, °C: behind such a step 85 °C is a part that has lost its supply. */
const STEP_MAX_C = 10;
/** Johnny-Five looks for parts on one-wire once, and gives up when one does not answer. */
const SEARCH_AGAIN_MS = 5000;

/**
 * The period at which a board should report, so that each reading of each of these rests on a fresh one, ms. Parts on
 * one-wire are asked one by one.
 */
export function samplingIntervalFor(devices: readonly ThermometerModel[]): number | undefined {
  const reported = devices.filter(({ controller }) => controller !== 'DS18B20');
  if (reported.length === 0) return undefined;
  const fastestMs = Math.min(...reported.map((device) => device.sampleEveryMs));
  return Math.min(1000, Math.max(10, Math.floor(fastestMs / 2)));
}

function optionsOf(device: ThermometerModel): object {
  const { controller, sampleEveryMs: freq } = device;
  if (controller === 'MCP9808') return { controller, freq, address: device.address };
  return { controller, freq, pin: fivePin(device.pin) };
}

function celsiusOf(controller: Controller, data: unknown): number | undefined {
  const value = typeof data === 'object' && data !== null && 'celsius' in data ? data.celsius : undefined;
  if (typeof value !== 'number') return undefined;
  const [lowest, highest] = RANGE_C[controller];
  const celsius = value > highest ? value - SIGN_C[controller] : value;
  return celsius >= lowest && celsius <= highest ? celsius : undefined;
}

/**
 * Johnny-Five goes on emitting its last value when the board has fallen silent; such repetitions are left out.
 * @returns to be called when the board has reported anew
 */
function reportFresh(thermometer: Thermometer, controller: Controller, report: Report): () => void {
  let fresh = false;
  thermometer.on('data', (data) => {
    const celsius = celsiusOf(controller, data);
    if (fresh && celsius !== undefined) report(celsius);
    fresh = false;
  });
  return () => {
    fresh = true;
  };
}

/** @returns what passes on the readings behind which there is a conversion, in the order in which they were read */
function onlyConverted(report: Report): Report {
  let hasBegun = false;
  let last: number | undefined;
  return (celsius) => {
    // Each is of the conversion before it, and the first one has none.
    const isFirst = !hasBegun;
    hasBegun = true;
    const isFar = last === undefined || Math.abs(celsius - last) > STEP_MAX_C;
    if (isFirst || celsius === UNANSWERED_C || (celsius === POWER_UP_C && isFar)) return;
    last = celsius;
    report(celsius);
  };
}

function startOneWire(session: BoardSession, device: OneWireThermometerModel, report: Report): void {
  const { scope, board } = session;
  const { thermometer, drivers } = create(session, device);
  const options = { pin: thermometer.pin, freq: device.sampleEveryMs };
  const driver = drivers.get(board, device.controller, options);
  const converted = onlyConverted(report);
  driver.on('data', () => {
    const celsius = celsiusOf(device.controller, thermometer);
    if (celsius !== undefined) converted(celsius);
  });
  driver.on('error', (error) => {
    scope.guard(() => {
      throw new Error(`${device.name}: ${reasonOf(error)}`);
    });
    scope.time.runAfter(SEARCH_AGAIN_MS, () => driver.initialize(board, options));
  });
}

function create(session: BoardSession, device: ThermometerModel) {
  const Class = loadThermometer(session.scope);
  // The declared options ask for a pin, which a part on I2C has not.
  const options: object = { board: session.board, ...optionsOf(device) };
  const thermometer = new Class(options as ConstructorParameters<typeof Class>[0]);
  return { thermometer, drivers: Class.Drivers };
}

function startReported(
  session: BoardSession,
  device: AnalogThermometerModel | I2cThermometerModel,
  report: Report,
): void {
  const { io } = session;
  const { thermometer } = create(session, device);
  const heard = reportFresh(thermometer, device.controller, report);
  if (device.controller !== 'MCP9808') {
    io.on(`analog-read-${thermometer.pin}`, heard);
    return;
  }
  // StandardFirmata answers with fewer bytes for a part that does not answer, which Johnny-Five takes for 0 °C.
  io.on(`I2C-reply-${device.address}-${AMBIENT_REGISTER}`, (bytes: readonly number[]) => {
    if (bytes.length === AMBIENT_BYTES) heard();
  });
}

/**
 * Calls `report` every `sampleEveryMs` with degrees Celsius within the part's range: whole degrees from an analog part
 * (Johnny-Five rounds), hundredths from an MCP9808, sixteenths from a DS18B20, there of the conversion before. A reading that
 * stops coming is seen to be old.
 */
export function startThermometer(session: BoardSession, device: ThermometerModel, report: Report): void {
  if (device.controller === 'DS18B20') startOneWire(session, device, report);
  else startReported(session, device, report);
}
