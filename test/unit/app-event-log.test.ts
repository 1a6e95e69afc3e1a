// What a person reads in the log of a running cell: one remedy, in the chosen language.
import { expect, it } from 'vitest';
import { createEventLog } from '../../src/app/event-log.ts';
import type { CellEventBody } from '../../src/core/cell-event.ts';
import { fault } from '../../src/core/faults.ts';
import { epochMs, monotonicMs } from '../../src/core/units.ts';

function lineOf(body: CellEventBody, locale: 'en' | 'es'): string {
  return createEventLog(locale)({ sequence: 1, at: monotonicMs(1), time: epochMs(1), body })?.text ?? '';
}

const REASONS = [
  'not found',
  'permission',
  'in use',
  'not a serial port',
  'does not open',
  'another board of the cell is there',
];

it.each(REASONS)('a port that does not open (%s) comes with one remedy', (reason) => {
  const cause = fault(1006, { path: '/dev/ttyACM0', reason, remedy: 'the remedy of the transport' });
  const body = { kind: 'link', board: 'uno-1', state: 'down', cause } as const;
  const [en, es] = [lineOf(body, 'en'), lineOf(body, 'es')];
  expect([en, es].map((line) => line.split(';').length)).not.toContain(1);
  expect(`${en}${es}`).not.toContain('remedy=');
  expect(en).not.toContain('check the path, the permission');
  expect(es).toMatch(/^tarjeta uno-1: enlace caído: \[1006\] no se puede abrir el puerto serial/);
  expect(es.replace(/\(.*\)/, '')).not.toMatch(/\b(the|board|connect|close|name a)\b/);
});

it('a fault without a remedy of its own comes with that of its kind', () => {
  const body = { kind: 'alarm', active: true, fault: fault(1007, { board: 'uno-1' }) } as const;
  expect(lineOf(body, 'en')).toContain('check the load of the machine and the cable');
  expect(lineOf(body, 'es')).toContain('revise la carga del equipo y el cable');
});

it('what happens in a cell is told in Spanish', () => {
  expect(lineOf({ kind: 'reset' }, 'es')).toBe('rearme en la celda');
  expect(lineOf({ kind: 'unit', from: 'Idle', to: 'Starting' }, 'es')).toBe(
    'unidad Idle (en espera) -> Starting (arrancando)',
  );
  const alarm = { id: 7, fault: fault(1007, { board: 'uno-1' }) };
  expect(lineOf({ kind: 'alarm-handled', how: 'shelved', by: 'ana', alarm } as unknown as CellEventBody, 'es')).toMatch(
    /^alarma 7 archivada \(ana\): \[1007\]/,
  );
  expect(lineOf({ kind: 'stop-time', board: 'uno-1', stopMs: 4.2 }, 'es')).toBe(
    'tarjeta uno-1: un paro le llegó 4.2 ms después del cambio de la entrada',
  );
});

it('a bypass is told with owner, reason and end, in both languages', () => {
  const time = { until: monotonicMs(2), untilTime: epochMs(1_767_225_600_000), pendingUntil: monotonicMs(2) };
  const bypass = { stopFunction: 'guard-stop', by: 'ana', reason: 'align', isActive: true, ...time };
  const began = { kind: 'bypass', how: 'began', by: 'ana', bypass } as const;
  expect(lineOf(began, 'en')).toMatch(/^guard-stop IS BYPASSED until 2026-01-01T00:00:00.000Z \(ana: align\)/);
  expect(lineOf(began, 'es')).toMatch(/^guard-stop ESTÁ ANULADA hasta 2026-01-01/);
  expect(lineOf({ ...began, how: 'asked-for' }, 'en')).toContain('it counts from the next reset at the cell on');
  expect(lineOf({ ...began, how: 'cleared', by: 'ben' }, 'es')).toBe(
    'terminó la anulación de guard-stop: alguien la terminó (ben)',
  );
});

it('a change of mode is told by the name that the selector has, with what it does not do, in both languages', () => {
  const turned = { kind: 'mode', from: 'Production', to: 'Manual' } as const;
  expect(lineOf(turned, 'en')).toBe(
    'mode of operation: automatic -> manual reduced speed; nothing moves before a reset at the cell',
  );
  expect(lineOf(turned, 'es')).toBe(
    'modo de operación: automático -> manual a velocidad reducida; nada se mueve antes de un rearme en la celda',
  );
});
