// Findings about the serial ports of this machine, by looking only.
import type { Finding } from './finding.ts';
import { listSerialPorts, type SerialPortInfo, type SystemRoots } from './serial-ports.ts';

/** What the vendors of boards and adapters are called, by USB vendor id (usb.ids). */
export const BOARD_VENDORS: Readonly<Record<string, string>> = {
  '2341': 'Arduino',
  '2a03': 'Arduino',
  '1a86': 'WCH CH340',
  '0403': 'FTDI',
  '10c4': 'Silicon Labs CP210x',
  '067b': 'Prolific PL2303',
  '16c0': 'Teensy',
  '1b4f': 'SparkFun',
  '239a': 'Adafruit',
};

/** Bytes kept back longer than this by the adapter lengthen every round trip, ms. */
const LATENCY_MS_MAX = 1;

export function checkPorts(roots?: SystemRoots): readonly Finding[] {
  const ports = listSerialPorts(roots);
  if (ports.length > 0) return ports.flatMap(describePort);
  return [
    {
      check: 'ports',
      subject: '',
      level: 'warn',
      text: { en: 'no USB serial port is there', es: 'no hay ningún puerto serie USB' },
      remedy: {
        en: 'connect the board with a cable that carries data; see dmesg for what the system says of it',
        es: 'conecte la tarjeta con un cable de datos; vea en dmesg qué dice el sistema',
      },
      values: { count: 0 },
    },
  ];
}

function describePort(port: SerialPortInfo): readonly Finding[] {
  const { path, byId, vendorId, productId, product, serial } = port;
  const vendor = vendorId === undefined ? undefined : BOARD_VENDORS[vendorId];
  const what = [vendor, product, `${vendorId ?? '????'}:${productId ?? '????'}`].filter(Boolean).join(' ');
  const name = byId === undefined ? '' : `, ${byId}`;
  const identity: Finding = {
    check: 'port',
    subject: path,
    level: vendor === undefined ? 'warn' : 'ok',
    text: { en: `${what}${name}`, es: `${what}${name}` },
    ...(vendor !== undefined
      ? {}
      : {
          remedy: {
            en: 'not known as a board or adapter (a modem?): do not name it as a port of a cell',
            es: 'no se conoce como tarjeta ni adaptador (¿un módem?): no lo use como puerto de una celda',
          },
        }),
    values: {
      path,
      byId: byId ?? null,
      vendorId: vendorId ?? null,
      productId: productId ?? null,
      product: product ?? null,
      serial: serial ?? null,
    },
  };
  return [identity, permission(port), ...latency(port)];
}

function permission({ path, isPermitted }: SerialPortInfo): Finding {
  const base = { check: 'permission', subject: path, values: { permitted: isPermitted } };
  if (isPermitted) {
    return { ...base, level: 'ok', text: { en: 'may be opened by this user', es: 'este usuario puede abrirlo' } };
  }
  return {
    ...base,
    level: 'fail',
    text: { en: 'may not be opened by this user', es: 'este usuario no puede abrirlo' },
    remedy: {
      en: 'sudo usermod -aG dialout $USER, then log out and in again',
      es: 'sudo usermod -aG dialout $USER, luego cierre la sesión y entre de nuevo',
    },
  };
}

function latency({ path, latencyTimerMs, latencyTimerFile }: SerialPortInfo): readonly Finding[] {
  if (latencyTimerMs === undefined) return [];
  const base = { check: 'latency-timer', subject: path, values: { latencyTimerMs } };
  const text = {
    en: `the adapter keeps bytes back for up to ${latencyTimerMs} ms`,
    es: `el adaptador retiene los bytes hasta ${latencyTimerMs} ms`,
  };
  if (latencyTimerMs <= LATENCY_MS_MAX) return [{ ...base, level: 'ok', text }];
  const command = `echo 1 | sudo tee ${latencyTimerFile}`;
  return [
    {
      ...base,
      level: 'warn',
      text,
      remedy: {
        en: `${command} (until it is unplugged; a udev rule keeps it)`,
        es: `${command} (hasta que se desconecte; una regla de udev lo conserva)`,
      },
    },
  ];
}
