// The cell's catalogue devices on one board, as a port: stack lights and buzzers take commands, thermometers push readings.
import { Observable, type Subscriber } from 'rxjs';
import type { BuzzerModel, StackLightModel, ThermometerModel } from '../../src/core/cell-model.ts';
import type { CataloguePort, CatalogueReading, StackLightCommand } from '../../src/ports/catalogue-port.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { StreamPort } from '../../src/ports/stream-port.ts';
import { type Buzzer, startBuzzer } from './buzzer.ts';
import { loadClass, loadIo } from './five.ts';
import { type BoardSession, type ConnectIo, connectIo } from './io.ts';
import type { Log } from './log.ts';
import { createModuleScope } from './scoped-modules.ts';
import { type StackLight, startStackLight } from './stack-light.ts';
import { samplingIntervalFor, startThermometer } from './thermometer.ts';

/** Devices that Johnny-Five drives. */
export type CatalogueDevice = StackLightModel | ThermometerModel | BuzzerModel;

/** What the catalogue devices of one board need. */
export interface CatalogueOptions {
  /** Those of one board: the board at the far end of `stream`. */
  readonly devices: readonly CatalogueDevice[];
  readonly stream: StreamPort;
  readonly clock: Clock;
  /** Takes what Johnny-Five would print, and failures of devices; they are no faults, since nothing here is hazardous. */
  readonly log: Log;
  /** @defaultValue connectIo: a session of its own over `stream` */
  readonly connect?: ConnectIo;
}

/** Loads what the devices need once, so that no session has to compile it beside a running cycle (some 20 ms). */
function warmUp({ clock, log }: CatalogueOptions): void {
  const scope = createModuleScope(clock, log);
  loadIo(scope);
  loadClass(scope, 'Relay');
  loadClass(scope, 'Thermometer');
  loadClass(scope, 'Piezo');
  scope.dispose();
}

/**
 * Compiles the classes at once; nothing is opened before `readings$` is subscribed to. One subscriber at a time, since a stream has one listener.
 * A device that fails is logged and gives no more readings; the others go on.
 */
export function createCatalogue(options: CatalogueOptions): CataloguePort {
  const { clock, devices, log, stream } = options;
  warmUp(options);
  const stackLights = devices.filter((device) => device.kind === 'stack-light');
  const thermometers = devices.filter((device) => device.kind === 'thermometer');
  const buzzers = devices.filter((device) => device.kind === 'buzzer');
  const newest = new Map<string, StackLightCommand>();
  const lit = new Map<string, StackLight>();
  const audible = new Map<string, Buzzer>();

  function start(session: BoardSession, readings: Subscriber<CatalogueReading>): void {
    for (const device of stackLights) {
      session.scope.guard(() => {
        const light = startStackLight(session, device, clock);
        lit.set(device.name, light);
        const command = newest.get(device.name);
        if (command !== undefined) light.show(command);
      });
    }
    for (const device of buzzers) session.scope.guard(() => audible.set(device.name, startBuzzer(session, device)));
    for (const device of thermometers) {
      session.scope.guard(() =>
        startThermometer(session, device, (value) => readings.next({ device: device.name, value, at: clock.now() })),
      );
    }
  }

  function end(): void {
    for (const light of lit.values()) light.end();
    lit.clear();
    audible.clear();
  }

  return {
    readings$: new Observable<CatalogueReading>((readings) => {
      const samplingIntervalMs = samplingIntervalFor(thermometers);
      const connect = options.connect ?? connectIo;
      return connect(
        { stream, clock, log, samplingIntervalMs },
        { ready: (session) => start(session, readings), lost: end },
      );
    }),
    write: (command) => {
      if (!stackLights.some((device) => device.name === command.device)) return;
      newest.set(command.device, command);
      lit.get(command.device)?.show(command);
    },
    sound: (buzzer) => audible.get(buzzer)?.sound(),
  };
}
