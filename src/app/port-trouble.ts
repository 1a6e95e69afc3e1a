// Why a port or what is behind it cannot be used, for the person who stands before it, in both languages.
import type { Fault } from '../core/faults.ts';
import { FAULTS } from '../core/faults.ts';
import type { Localized } from './doctor/finding.ts';
import { portRemedy } from './port-remedies.ts';
import { type PortUser, portUser } from './port-user.ts';

export interface PortTrouble {
  readonly text: Localized;
  readonly remedy: Localized;
}

/** @param value what a probe or a session said: 1001 to 1006 */
export function portTrouble(value: Fault, path: string): PortTrouble {
  if (value.code === 1006) return unopened(value, path);
  const entry = FAULTS[value.code];
  const [en, es] = [`[${value.code}] ${entry.title}`, `[${value.code}] ${entry.titleEs}`];
  if (value.code === 1004 || value.code === 1005) return { text: { en, es }, remedy: flashFirst(path) };
  return {
    text: { en: `${en}${detailOf(value)}`, es: `${es}${detailOf(value)}` },
    remedy: { en: entry.response, es: entry.responseEs },
  };
}

/** Somebody has the port: said the same way whether it was seen before or at opening. */
export function heldPort(path: string, user: PortUser | undefined): PortTrouble {
  if (user?.isCell === true) return heldByCell(user.pid);
  const who =
    user === undefined
      ? { en: 'another program', es: 'otro programa' }
      : both(`process ${user.pid}`, `el proceso ${user.pid}`);
  return {
    text: { en: `in use by ${who.en}: left alone`, es: `en uso por ${who.es}: no se tocó` },
    remedy: {
      en: `stop the cell or program that uses ${path} first`,
      es: `primero detenga la celda o el programa que usa ${path}`,
    },
  };
}

function heldByCell(pid: number): PortTrouble {
  return {
    text: {
      en: `a cell runs on it (process ${pid}): left alone`,
      es: `una celda funciona en él (proceso ${pid}): no se tocó`,
    },
    remedy: { en: `stop the cell first (kill ${pid})`, es: `primero detenga la celda (kill ${pid})` },
  };
}

/** Nobody is at the address: another case than a port of this machine that is not there. */
export function isUnreachable({ code, detail }: Fault, path: string): boolean {
  return code === 1006 && path.startsWith('tcp:') && detail['reason'] !== 'in use';
}

function unopened(value: Fault, path: string): PortTrouble {
  const reason = String(value.detail['reason'] ?? '');
  if (path.startsWith('tcp:') && reason !== 'in use') return unanswered(reason, path);
  switch (reason) {
    case 'in use':
      return heldPort(path, portUser(path));
    case 'not found':
      return {
        text: { en: `there is no such port: ${path}`, es: `no existe ese puerto: ${path}` },
        remedy: {
          en: 'connect the board; ls /dev/serial/by-id/ shows what is there',
          es: 'conecte la tarjeta; ls /dev/serial/by-id/ muestra lo que hay',
        },
      };
    case 'permission':
      return {
        text: { en: `this user may not open ${path}`, es: `este usuario no puede abrir ${path}` },
        remedy: {
          en: 'sudo usermod -aG dialout $USER, then log out and in again',
          es: 'sudo usermod -aG dialout $USER, luego cierre la sesión y entre de nuevo',
        },
      };
    case 'does not open':
      return {
        text: {
          en: `${path} does not open: its driver has not answered since ${String(value.detail['since'])}`,
          es: `${path} no abre: su controlador no responde desde ${String(value.detail['since'])}`,
        },
        remedy: stuckRemedy(value),
      };
    case 'not a serial port':
      return {
        text: { en: `${path} is not a serial port`, es: `${path} no es un puerto serie` },
        remedy: { en: 'name a port such as /dev/ttyACM0', es: 'indique un puerto como /dev/ttyACM0' },
      };
    default:
      return {
        text: { en: `cannot be opened: ${reason}`, es: `no se puede abrir: ${reason}` },
        remedy: { en: 'check path, cable and driver', es: 'revise la ruta, el cable y el controlador' },
      };
  }
}

function stuckRemedy(value: Fault): Localized {
  return both(portRemedy(value, 'en') ?? '', portRemedy(value, 'es') ?? '');
}

function unanswered(reason: string, path: string): PortTrouble {
  return {
    text: { en: `nothing answers at ${path}: ${reason}`, es: `nada responde en ${path}: ${reason}` },
    remedy: {
      en: 'check address and port, and that the server runs',
      es: 'revise la dirección y el puerto, y que el servidor esté en marcha',
    },
  };
}

function flashFirst(path: string): Localized {
  return {
    en: `if this is your board: celda flash ${path}; if it is a modem or another device, name another port`,
    es: `si es su tarjeta: celda flash ${path}; si es un módem u otro aparato, indique otro puerto`,
  };
}

function detailOf({ detail }: Fault): string {
  const entries = Object.entries(detail).filter(([key]) => key !== 'board');
  return entries.length === 0 ? '' : ` (${entries.map(([key, value]) => `${key}=${value}`).join(' ')})`;
}

function both(en: string, es: string): Localized {
  return { en, es };
}
