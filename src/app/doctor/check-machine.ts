// Findings about the machine itself: Node, memory, priority, clock.
import { execFile } from 'node:child_process';
import { freemem, totalmem } from 'node:os';
import type { Clock } from '../../ports/clock.ts';
import type { ControlPriority } from '../process-priority.ts';
import type { Finding, Localized } from './finding.ts';

/** Oldest Node that Celda runs on, as in package.json: the first 22 that takes TypeScript without a flag. */
const NODE_MIN = { major: 22, minor: 18 } as const;
/** Both processes of a cell with room to spare, MiB. */
const MEMORY_MIB_MIN = { fail: 128, warn: 300 } as const;
const TIMEDATECTL_MS = 5_000;

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isNew = major > NODE_MIN.major || (major === NODE_MIN.major && minor >= NODE_MIN.minor);
  return {
    check: 'node',
    subject: '',
    level: isNew ? 'ok' : 'fail',
    text: both(`Node ${version}`),
    ...(isNew
      ? {}
      : {
          remedy: {
            en: 'run npm ci, or install Node 22.18 or newer',
            es: 'ejecute npm ci o instale Node 22.18 o posterior',
          },
        }),
    values: { version },
  };
}

/** @param freeMib memory that may be had without swapping, MiB */
export function checkMemory(freeMib: number, totalMib: number): Finding {
  const level = freeMib < MEMORY_MIB_MIN.fail ? 'fail' : freeMib < MEMORY_MIB_MIN.warn ? 'warn' : 'ok';
  return {
    check: 'memory',
    subject: '',
    level,
    text: { en: `${freeMib} of ${totalMib} MiB are free`, es: `${freeMib} de ${totalMib} MiB están libres` },
    ...(level === 'ok'
      ? {}
      : {
          remedy: {
            en: 'end other programs: a cell needs about 250 MiB',
            es: 'cierre otros programas: una celda necesita unos 250 MiB',
          },
        }),
    values: { freeMib, totalMib },
  };
}

const MIB = 1_048_576;

export function checkMemoryHere(): Finding {
  return checkMemory(
    Math.floor(Math.min(freemem(), process.constrainedMemory() || totalmem()) / MIB),
    Math.floor(totalmem() / MIB),
  );
}

const PRIORITY_TEXT: Readonly<Record<ControlPriority, Localized>> = {
  realTime: { en: 'the control process may run in real time', es: 'el proceso de control puede correr en tiempo real' },
  high: {
    en: 'the control process may run before others, but not in real time',
    es: 'el proceso de control puede correr antes que otros, pero no en tiempo real',
  },
  ordinary: {
    en: 'the control process may not raise its priority',
    es: 'el proceso de control no puede subir su prioridad',
  },
};

/** @param priority what a control process of this user would get */
export function checkPriority(priority: ControlPriority): Finding {
  return {
    check: 'priority',
    subject: '',
    level: priority === 'realTime' ? 'ok' : 'warn',
    text: PRIORITY_TEXT[priority],
    ...(priority === 'realTime'
      ? {}
      : {
          remedy: {
            en: 'LimitRTPRIO=10 in the systemd unit, and chrt of util-linux: fewer late cycles on a busy machine',
            es: 'LimitRTPRIO=10 en la unidad de systemd, y chrt de util-linux: menos ciclos tardíos en un equipo ocupado',
          },
        }),
    values: { priority },
  };
}

export type TimeSync = 'yes' | 'no' | 'unknown';

/** Whether the system keeps its date by a time server. @param command tests give their own */
export function askTimeSync(command = 'timedatectl'): Promise<TimeSync> {
  return new Promise((resolve) => {
    const args = ['show', '--property=NTPSynchronized', '--value'];
    execFile(command, args, { timeout: TIMEDATECTL_MS }, (error, stdout) => {
      const answer = stdout.trim();
      resolve(error === null && (answer === 'yes' || answer === 'no') ? answer : 'unknown');
    });
  });
}

export function judgeDate(sync: TimeSync, year: number): Finding {
  const isPlausible = year >= 2025;
  const synced = {
    yes: { en: 'the date is kept by a time server', es: 'un servidor de hora mantiene la fecha' },
    no: { en: 'the date is not kept by a time server', es: 'ningún servidor de hora mantiene la fecha' },
    unknown: { en: 'nothing here says whether the date is right', es: 'nada aquí dice si la fecha es correcta' },
  }[sync];
  const remedy: Localized = {
    en: 'sudo timedatectl set-ntp true: control does not need the date, records and audits do',
    es: 'sudo timedatectl set-ntp true: el control no necesita la fecha, los registros y auditorías sí',
  };
  return {
    check: 'date',
    subject: '',
    level: isPlausible ? (sync === 'yes' ? 'ok' : 'warn') : 'fail',
    text: isPlausible
      ? synced
      : { en: `the date is wrong: it says ${year}`, es: `la fecha es incorrecta: dice ${year}` },
    ...(isPlausible && sync === 'yes' ? {} : { remedy }),
    values: { synchronised: sync, year },
  };
}

/** Reads the monotonic clock many times: it must never go back and must tell less than a tenth of a millisecond. */
export function checkMonotonic(clock: Pick<Clock, 'now'>, reads = 10_000): Finding {
  let last = clock.now();
  let backMs = 0;
  let stepMs = Number.POSITIVE_INFINITY;
  for (let read = 0; read < reads; read += 1) {
    const now = clock.now();
    const step = now - last;
    if (step < 0) backMs = Math.max(backMs, -step);
    if (step > 0) stepMs = Math.min(stepMs, step);
    last = now;
  }
  const isGood = backMs === 0 && stepMs <= 0.1;
  return {
    check: 'monotonic-clock',
    subject: '',
    level: isGood ? 'ok' : 'fail',
    text: isGood
      ? { en: 'the monotonic clock never goes back', es: 'el reloj monótono nunca retrocede' }
      : {
          en: 'the monotonic clock goes back or is too coarse',
          es: 'el reloj monótono retrocede o es demasiado grueso',
        },
    ...(isGood
      ? {}
      : {
          remedy: {
            en: 'use another machine or kernel: no cell can be controlled by this clock',
            es: 'use otro equipo o kernel: ninguna celda se puede controlar con este reloj',
          },
        }),
    values: { backMs, stepMs: Number.isFinite(stepMs) ? stepMs : null },
  };
}

function both(text: string): Localized {
  return { en: text, es: text };
}
