// Which serial ports the machine has and what is plugged in there, from sysfs: no udev, no program, nothing opened.
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { deviceNumbers } from '../port-holder.ts';

/** Where the system shows its devices; tests give folders of their own. */
export interface SystemRoots {
  /** @defaultValue `/sys` */
  readonly sys: string;
  /** @defaultValue `/dev` */
  readonly dev: string;
}

export const SYSTEM_ROOTS: SystemRoots = { sys: '/sys', dev: '/dev' };

export interface SerialPortInfo {
  readonly path: string;
  /** The name in `/dev/serial/by-id`, which stays the same wherever it is plugged in; undefined without udev. */
  readonly byId: string | undefined;
  /** USB vendor and product, 4 hex digits each; undefined for a port that is not on USB. */
  readonly vendorId: string | undefined;
  readonly productId: string | undefined;
  /** What the device says of itself. */
  readonly product: string | undefined;
  readonly serial: string | undefined;
  /** FTDI only: how long the adapter keeps bytes back before it sends them, ms. */
  readonly latencyTimerMs: number | undefined;
  /** The file of the latency timer. */
  readonly latencyTimerFile: string;
  /** This user may read and write it. */
  readonly isPermitted: boolean;
}

/** USB serial adapters and boards: real UARTs (`ttyS*`) are listed by the kernel whether or not anything is there. */
const USB_NAMES = /^tty(ACM|USB)\d+$/;

/**
 * Whether there is a serial port or a pseudo-terminal at a path, by the numbers of its device and without opening it.
 * @param drivers the kernel's list of terminal drivers (proc(5)); where there is none, every character device may be a port
 */
export function isSerialDevice(path: string, drivers = '/proc/tty/drivers'): boolean {
  const stat = statSync(path);
  if (!stat.isCharacterDevice()) return false;
  const lines = read(drivers);
  if (lines === undefined) return true;
  const { major, minor } = deviceNumbers(stat.rdev);
  return lines.split('\n').some((line) => {
    const [kind, minors = '', number] = line.trim().split(/\s+/).toReversed();
    const [first = Number.NaN, last = first] = minors.split('-').map(Number);
    return (kind === 'serial' || kind === 'pty:slave') && Number(number) === major && minor >= first && minor <= last;
  });
}

/** @returns every USB serial port, by name; none where the system shows no devices */
export function listSerialPorts(roots: SystemRoots = SYSTEM_ROOTS): readonly SerialPortInfo[] {
  const folder = join(roots.sys, 'class/tty');
  const byId = stableNames(roots);
  return entries(folder)
    .filter((name) => USB_NAMES.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => describePort(name, roots, byId));
}

function describePort(name: string, roots: SystemRoots, byId: ReadonlyMap<string, string>): SerialPortInfo {
  const path = join(roots.dev, name);
  const usb = usbDeviceOf(join(roots.sys, 'class/tty', name, 'device'));
  const latencyTimerFile = join(roots.sys, 'bus/usb-serial/devices', name, 'latency_timer');
  const latency = Number(read(latencyTimerFile));
  const attribute = (key: string): string | undefined => (usb === undefined ? undefined : read(join(usb, key)));
  return {
    path,
    byId: byId.get(name),
    vendorId: attribute('idVendor'),
    productId: attribute('idProduct'),
    product: attribute('product'),
    serial: attribute('serial'),
    latencyTimerMs: Number.isInteger(latency) && latency > 0 ? latency : undefined,
    latencyTimerFile,
    isPermitted: isPermitted(path),
  };
}

/** The USB device is one to three folders above the port: the nearest that has a vendor. */
function usbDeviceOf(device: string): string | undefined {
  try {
    let folder = realpathSync(device);
    for (let level = 0; level < 4; level += 1) {
      if (existsSync(join(folder, 'idVendor'))) return folder;
      folder = dirname(folder);
    }
  } catch {
    // No device behind the name: a port that is just going.
  }
  return undefined;
}

/** By the kernel's name, such as `ttyACM0`. */
function stableNames({ dev }: SystemRoots): ReadonlyMap<string, string> {
  const folder = join(dev, 'serial/by-id');
  return new Map(entries(folder).map((name) => [basename(linkTarget(join(folder, name))), join(folder, name)]));
}

function linkTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

export function isPermitted(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
