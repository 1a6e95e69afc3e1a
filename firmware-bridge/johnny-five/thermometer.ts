// A five.Thermometer on an analog pin, reporting what was really measured.
import type { ThermometerModel } from '../../src/core/cell-model.ts';
import { fivePin, loadClass } from './five.ts';
import type { BoardSession } from './io.ts';

/**
 * What the part can measure, degree Celsius. Outside of it the wire is broken or shorted: 0 counts are -50 °C on a TMP36.
 * Sources: Analog Devices TMP35/36/37 data sheet (specified range), TI LM35 and LM335 data sheets.
 */
const RANGE_C: Readonly<Record<ThermometerModel['controller'], readonly [number, number]>> = {
  TMP36: [-40, 125],
  LM35: [-55, 150],
  LM335: [-40, 100],
};

/** The period at which a board should report, so that each reading of each of these rests on a fresh one, ms. */
export function samplingIntervalFor(devices: readonly ThermometerModel[]): number | undefined {
  if (devices.length === 0) return undefined;
  const fastestMs = Math.min(...devices.map((device) => device.sampleEveryMs));
  return Math.min(1000, Math.max(10, Math.floor(fastestMs / 2)));
}

function celsiusOf(data: unknown): number | undefined {
  const value = typeof data === 'object' && data !== null && 'celsius' in data ? data.celsius : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/**
 * Calls `report` every `sampleEveryMs` with degrees Celsius, whole degrees (Johnny-Five rounds), within the part's range.
 * Johnny-Five goes on emitting its last value when the board has fallen silent; such repetitions are left out, so a
 * reading that stops coming is seen to be old.
 */
export function startThermometer(
  session: BoardSession,
  device: ThermometerModel,
  report: (celsius: number) => void,
): void {
  const Thermometer = loadClass(session.scope, 'Thermometer');
  const thermometer = new Thermometer({
    board: session.board,
    controller: device.controller,
    pin: fivePin(device.pin),
    freq: device.sampleEveryMs,
  });
  const [lowest, highest] = RANGE_C[device.controller];
  let fresh = false;
  session.io.on(`analog-read-${thermometer.pin}`, () => {
    fresh = true;
  });
  thermometer.on('data', (data) => {
    const celsius = celsiusOf(data);
    if (fresh && celsius !== undefined && celsius >= lowest && celsius <= highest) report(celsius);
    fresh = false;
  });
}
