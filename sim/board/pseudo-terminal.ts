// A serial port without hardware: the kernel's pseudo-terminal, opened without a native package. Linux only.
import { spawnSync } from 'node:child_process';
import { closeSync, constants, lstatSync, openSync, readlinkSync, symlinkSync, unlinkSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { type Fault, fault } from '../../src/core/faults.ts';
import { err, ok, type Result } from '../../src/core/result.ts';
import type { BoardLine } from './line.ts';

const MASTER = '/dev/ptmx';

const SETUP_TIMEOUT_MS = 5000;

/**
 * Unlocks the terminal's other end, makes it raw and prints its number. Node has no ioctl; perl is in every Debian.
 * The numbers are TIOCSPTLCK and TIOCGPTN of asm-generic/ioctls.h (x86, arm). Raw as in cfmakeraw(3), before anybody
 * writes: a fresh terminal echoes and rewrites line ends.
 */
const SETUP_SCRIPT = `
use POSIX ();
open(my $master, '+<&=', 3) or die "descriptor: $!\\n";
my $unlock = pack('i', 0);
ioctl($master, 0x40045431, $unlock) or die "unlock: $!\\n";
my $number = pack('I', 0);
ioctl($master, 0x80045430, $number) or die "number: $!\\n";
my $mode = POSIX::Termios->new;
defined $mode->getattr(3) or die "getattr: $!\\n";
$mode->setiflag(0);
$mode->setoflag(0);
$mode->setlflag(0);
$mode->setcflag(POSIX::CS8() | POSIX::CREAD() | POSIX::CLOCAL());
$mode->setcc(POSIX::VMIN(), 1);
$mode->setcc(POSIX::VTIME(), 0);
defined $mode->setattr(3, POSIX::TCSANOW()) or die "setattr: $!\\n";
print unpack('I', $number);
`;

export interface PseudoTerminal extends BoardLine {
  /** What a host opens: the symbolic link where one was asked for, else `/dev/pts/<number>`. */
  readonly path: string;
  /** Bytes lost because nobody read the ones before and the kernel kept no more (64 KiB). */
  readonly droppedBytes: number;
  /** Hangs up: a host that has the port open sees it close. Removes the symbolic link. */
  close(): void;
}

export interface PseudoTerminalOptions {
  /** A stable name: a symbolic link to the port, made anew at each start. An existing symbolic link is replaced. */
  readonly link?: string | undefined;
}

/** @returns the open port, or fault 1006 that says what is missing; then nothing is left behind */
export function openPseudoTerminal(options: PseudoTerminalOptions = {}): Result<PseudoTerminal, Fault> {
  if (process.platform !== 'linux') {
    return unavailable(MASTER, `pseudo-terminals are made on Linux only, this is ${process.platform}`);
  }
  let master: number;
  try {
    master = openSync(MASTER, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch (error) {
    return unavailable(MASTER, reasonOf(error));
  }
  const port = setUp(master);
  if (!port.ok) {
    closeSync(master);
    return port;
  }
  const { path, slave } = port.value;
  const linked = options.link === undefined ? ok(path) : makeLink(options.link, path);
  if (!linked.ok) {
    closeSync(slave);
    closeSync(master);
    return linked;
  }
  return ok(new OpenTerminal(linked.value, path, master, slave));
}

function unavailable<T>(path: string, reason: string): Result<T, Fault> {
  return err(fault(1006, { path, reason }));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function setUp(master: number): Result<{ readonly path: string; readonly slave: number }, Fault> {
  // As descriptor 3: the first three would be made blocking, for us too.
  const setup = spawnSync('perl', ['-e', SETUP_SCRIPT], {
    stdio: ['ignore', 'pipe', 'pipe', master],
    encoding: 'utf8',
    timeout: SETUP_TIMEOUT_MS,
  });
  if (setup.error !== undefined) {
    return unavailable(MASTER, `perl is needed to set up a pseudo-terminal: ${setup.error.message}`);
  }
  if (setup.status !== 0) return unavailable(MASTER, `setting up a pseudo-terminal failed: ${setup.stderr.trim()}`);
  const path = `/dev/pts/${setup.stdout.trim()}`;
  try {
    // Kept open, so that the port survives a host that closes and opens it again.
    return ok({ path, slave: openSync(path, constants.O_RDWR | constants.O_NOCTTY) });
  } catch (error) {
    return unavailable(path, reasonOf(error));
  }
}

function makeLink(link: string, target: string): Result<string, Fault> {
  try {
    const existing = lstatSync(link, { throwIfNoEntry: false });
    if (existing !== undefined && !existing.isSymbolicLink()) {
      return unavailable(link, 'exists and is no symbolic link');
    }
    if (existing !== undefined) unlinkSync(link);
    symlinkSync(target, link);
    return ok(link);
  } catch (error) {
    return unavailable(link, reasonOf(error));
  }
}

class OpenTerminal implements PseudoTerminal {
  readonly path: string;
  readonly #target: string;
  readonly #master: number;
  readonly #slave: number;
  readonly #stream: ReadStream;
  #receive: ((bytes: Uint8Array) => void) | undefined;
  #droppedBytes = 0;
  #isClosed = false;

  constructor(path: string, target: string, master: number, slave: number) {
    this.path = path;
    this.#target = target;
    this.#master = master;
    this.#slave = slave;
    // Woken by the kernel: no polling.
    this.#stream = new ReadStream(master);
    this.#stream.on('data', (bytes: Uint8Array) => this.#receive?.(bytes));
    // The other end is kept open, so an error means that the port is gone for good.
    this.#stream.on('error', () => this.close());
  }

  get droppedBytes(): number {
    return this.#droppedBytes;
  }

  onData(receive: (bytes: Uint8Array) => void): void {
    this.#receive = receive;
  }

  write(bytes: Uint8Array): void {
    if (!this.#isClosed) this.#droppedBytes += bytes.length - this.#writeNow(bytes);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stream.destroy();
    closeSync(this.#slave);
    if (this.path !== this.#target) this.#removeLink();
  }

  // Not by the stream: it waits in a busy loop when the terminal is full, and the whole simulation with it.
  #writeNow(bytes: Uint8Array): number {
    try {
      return writeSync(this.#master, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      this.close();
      return 0;
    }
  }

  #removeLink(): void {
    try {
      if (readlinkSync(this.path) === this.#target) unlinkSync(this.path);
    } catch {
      // Somebody else has removed or replaced it: then it is not ours to remove.
    }
  }
}
