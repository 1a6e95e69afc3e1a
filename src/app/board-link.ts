// How a board is reached, by what runs on it: a session with the Celda firmware, or stock Firmata without one.
import { type CatalogueDevice, createCatalogue } from '../../firmware-bridge/johnny-five/catalogue.ts';
import { createFirmataBoard } from '../../firmware-bridge/johnny-five/firmata-board.ts';
import { createSession } from '../../firmware-bridge/session/session.ts';
import type { PortSeek } from '../../firmware-bridge/session/session-options.ts';
import type { BoardPlan } from '../core/board-plan.ts';
import type { CellModel } from '../core/cell-model.ts';
import { sparePin } from '../core/device-pins.ts';
import { type Fault, fault } from '../core/faults.ts';
import type { BoardPort } from '../ports/board-port.ts';
import type { CataloguePort } from '../ports/catalogue-port.ts';
import type { Clock } from '../ports/clock.ts';
import type { RandomSource } from '../ports/random-source.ts';
import type { TransportFactory } from '../ports/transport.ts';
import type { Log } from './process-message.ts';

export interface BoardLinkOptions {
  readonly cell: CellModel;
  readonly plan: BoardPlan;
  readonly factory: TransportFactory;
  /** Knows other ports where the board may be. @defaultValue the board is on the port of `factory`, or nowhere */
  readonly seek?: PortSeek | undefined;
  /** Those of the board that Johnny-Five shall drive. */
  readonly devices: readonly CatalogueDevice[];
  readonly clock: Clock;
  readonly random: RandomSource;
  /** Whether a session sees the board trip by its lease before it is used. @defaultValue as `createSession` has it */
  readonly provesLease?: boolean;
  /** Told the UID of the board whenever one answers that the plan accepts; stock Firmata has none to tell. @defaultValue nobody asks */
  readonly met?: ((uid: string) => void) | undefined;
  readonly log: Log;
}

export interface BoardLink {
  readonly port: BoardPort;
  /** Undefined without catalogue devices. */
  readonly catalogue: CataloguePort | undefined;
}

/** Nothing is opened before the port's events are subscribed to. */
export function linkBoard(options: BoardLinkOptions): BoardLink {
  const { cell, plan, factory, seek, devices, clock, random, provesLease, met, log } = options;
  if (plan.board.firmware === 'firmata') {
    return createFirmataBoard({ plan, witness: sparePin(cell, plan.board), factory, devices, clock, log });
  }
  const { port, stream } = createSession({
    plan,
    factory,
    clock,
    random,
    log: (line) => log('info', line),
    ...(seek === undefined ? {} : { seek }),
    ...(provesLease === undefined ? {} : { provesLease }),
    ...(met === undefined ? {} : { met }),
  });
  return { port, catalogue: devices.length === 0 ? undefined : createCatalogue({ devices, stream, clock, log }) };
}

/** @returns why the port could not be opened, whatever runs on the board; undefined when it is about something else */
export function unopenedPort(cause: Fault | undefined): Fault | undefined {
  if (cause?.code === 1006) return cause;
  return cause?.code === 1008 && cause.detail['code'] === 1006 ? fault(1006, cause.detail) : undefined;
}
