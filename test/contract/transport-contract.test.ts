// What a session may rely on, for each transport alike: over a real pseudo-terminal, a real TCP connection, and memory.
// Real time, since two of them are the operating system's; waiting is for conditions, never for a span of time.

import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLoopback } from '../../firmware-bridge/transport/loopback.ts';
import { openFault } from '../../firmware-bridge/transport/open-fault.ts';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { parseTcpSpec } from '../../firmware-bridge/transport/tcp.ts';
import { openPseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { portHolder } from '../../src/app/port-holder.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import type { Fault } from '../../src/core/faults.ts';
import type { Transport, TransportFactory, TransportListener } from '../../src/ports/transport.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const clock = createRealClock();
const options = { clock, baud: 1_000_000 };

/** The far end of a transport, and a factory of near ends. */
interface Rig {
  readonly factory: TransportFactory;
  /** Of a serial port. */
  readonly path?: string;
  /** A factory for something that is not there. */
  readonly missing: TransportFactory;
  readonly received: number[];
  send(bytes: Uint8Array): void;
  /** Ends the connection from the far end. */
  hangUp(): void;
  dispose(): void;
}

function serialRig(): Promise<Rig> {
  const terminal = openPseudoTerminal();
  if (!terminal.ok) throw new Error(JSON.stringify(terminal.error));
  const { value } = terminal;
  const received: number[] = [];
  value.onData((bytes) => received.push(...bytes));
  return Promise.resolve({
    factory: openTransport(value.path, options),
    path: value.path,
    missing: openTransport('/dev/tty-that-is-not-there', options),
    received,
    send: (bytes) => value.write(bytes),
    hangUp: () => value.close(),
    dispose: () => value.close(),
  });
}

async function tcpRig(): Promise<Rig> {
  const received: number[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (bytes) => received.push(...bytes));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    factory: openTransport(`tcp://127.0.0.1:${port}`, options),
    missing: openTransport('tcp://127.0.0.1:1', options),
    received,
    send: (bytes) => sockets.at(-1)?.write(bytes),
    hangUp: () => sockets.at(-1)?.destroy(),
    dispose: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function memoryRig(): Promise<Rig> {
  const line = createLoopback(options);
  const received: number[] = [];
  line.board.onData((bytes) => received.push(...bytes));
  const gone = createLoopback(options);
  gone.unplug();
  return Promise.resolve({
    factory: line.host,
    missing: gone.host,
    received,
    send: (bytes) => line.board.write(bytes),
    hangUp: () => line.unplug(),
    dispose: () => undefined,
  });
}

/** Keeps what a transport tells. */
class RecordingListener implements TransportListener {
  readonly calls: string[] = [];
  readonly bytes: number[] = [];
  cause: Fault | undefined = undefined;
  onData: (() => void) | undefined = undefined;

  opened(): void {
    this.calls.push('opened');
  }

  data(bytes: Uint8Array): void {
    if (this.calls.at(-1) !== 'data') this.calls.push('data');
    this.bytes.push(...bytes);
    this.onData?.();
  }

  closed(cause: Fault | undefined): void {
    this.calls.push('closed');
    this.cause = cause;
  }
}

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5000, interval: 5 });
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 7 + 3) & 0xff);

async function opened(transport: Transport): Promise<RecordingListener> {
  const listener = new RecordingListener();
  transport.open(listener);
  await until(() => expect(listener.calls).toEqual(['opened']));
  return listener;
}

/** A fault of a transport says where and why. */
function expectPlace(cause: Fault | undefined): void {
  expect(typeof cause?.detail['path']).toBe('string');
  expect(typeof cause?.detail['reason']).toBe('string');
}

const undo: (() => void)[] = [];
afterEach(() => {
  for (const task of undo.splice(0)) task();
});

async function setUp(make: () => Promise<Rig>): Promise<Rig> {
  const rig = await make();
  undo.push(() => rig.dispose());
  return rig;
}

function track(transport: Transport): Transport {
  undo.push(() => transport.close());
  return transport;
}

describe.each([
  ['a serial port', serialRig],
  ['TCP', tcpRig],
  ['memory', memoryRig],
])('a transport over %s', (_, make) => {
  it('opens once, and never in the turn in which it is asked to', async () => {
    const rig = await setUp(make);
    const transport = track(rig.factory());
    const listener = new RecordingListener();
    transport.open(listener);
    transport.open(listener);
    expect(listener.calls).toEqual([]);
    await until(() => expect(listener.calls).toEqual(['opened']));
  });

  it('carries all byte values in order, both ways', async () => {
    const rig = await setUp(make);
    const transport = track(rig.factory());
    const listener = await opened(transport);
    const bytes = pattern(1024);
    for (let at = 0; at < bytes.length; at += 64) transport.write(bytes.subarray(at, at + 64));
    rig.send(bytes);
    await until(() => expect(rig.received).toHaveLength(1024));
    await until(() => expect(listener.bytes).toHaveLength(1024));
    expect(rig.received).toEqual([...bytes]);
    expect(listener.bytes).toEqual([...bytes]);
    expect(transport.pendingBytes).toBe(0);
  });

  it('ignores what is written before it is open and after it was closed', async () => {
    const rig = await setUp(make);
    const transport = track(rig.factory());
    transport.write(pattern(3));
    const listener = await opened(transport);
    transport.write(Uint8Array.of(42));
    await until(() => expect(rig.received).toEqual([42]));
    transport.close();
    transport.write(pattern(3));
    await until(() => expect(listener.calls).toEqual(['opened', 'closed']));
    expect(rig.received).toEqual([42]);
  });

  it('delivers what was written before close', async () => {
    const rig = await setUp(make);
    const transport = track(rig.factory());
    await opened(transport);
    transport.write(pattern(40));
    transport.close();
    await until(() => expect(rig.received).toEqual([...pattern(40)]));
  });

  it('closes without a cause when asked, once, and says nothing more', async () => {
    const rig = await setUp(make);
    const transport = track(rig.factory());
    const listener = await opened(transport);
    transport.close();
    transport.close();
    expect(listener.calls).toEqual(['opened']);
    await until(() => expect(listener.calls).toEqual(['opened', 'closed']));
    expect(listener.cause).toBeUndefined();
    rig.send(pattern(8));
    // What was sent may reach the one that opens next, before anybody looks.
    const next = new RecordingListener();
    track(rig.factory()).open(next);
    await until(() => expect(next.calls[0]).toBe('opened'));
    expect(listener.calls).toEqual(['opened', 'closed']);
  });

  it('can be closed while it opens', async () => {
    const rig = await setUp(make);
    const transport = track(rig.factory());
    const listener = new RecordingListener();
    transport.open(listener);
    transport.close();
    await until(() => expect(listener.calls).toEqual(['closed']));
    expect(listener.cause).toBeUndefined();
  });

  it('can be closed by its listener while data arrives', async () => {
    const rig = await setUp(make);
    const transport = track(rig.factory());
    const listener = await opened(transport);
    listener.onData = () => transport.close();
    rig.send(pattern(8));
    await until(() => expect(listener.calls).toEqual(['opened', 'data', 'closed']));
  });

  it('reports a connection that is lost as 1001', async () => {
    const rig = await setUp(make);
    const transport = track(rig.factory());
    const listener = await opened(transport);
    rig.hangUp();
    await until(() => expect(listener.calls).toEqual(['opened', 'closed']));
    expect(listener.cause?.code).toBe(1001);
    expectPlace(listener.cause);
  });

  it('reports what cannot be opened as 1006 with path and reason, without throwing', async () => {
    const rig = await setUp(make);
    const transport = track(rig.missing());
    const listener = new RecordingListener();
    transport.open(listener);
    expect(listener.calls).toEqual([]);
    await until(() => expect(listener.calls).toEqual(['closed']));
    expect(listener.cause?.code).toBe(1006);
    expectPlace(listener.cause);
  });
});

describe('a serial port', () => {
  async function openFaultOf(path: string): Promise<Fault | undefined> {
    const listener = new RecordingListener();
    track(openTransport(path, options)()).open(listener);
    await until(() => expect(listener.calls).toEqual(['closed']));
    return listener.cause;
  }

  it('[P8] that another program holds is in use', async () => {
    const rig = await setUp(serialRig);
    await opened(track(rig.factory()));
    const listener = new RecordingListener();
    track(rig.factory()).open(listener);
    await until(() => expect(listener.calls).toEqual(['closed']));
    expect(listener.cause).toMatchObject({ code: 1006, detail: { reason: 'in use' } });
  });

  it("is nobody's any more, and can be opened again, in the turn in which it says that it is closed", async () => {
    const rig = await setUp(serialRig);
    const holders: (number | undefined)[] = [];
    for (let round = 0; round < 20; round += 1) {
      await new Promise<void>((resolve, reject) => {
        const transport = track(rig.factory());
        transport.open({
          opened: () => {
            holders.push(portHolder(rig.path ?? ''));
            transport.close();
          },
          data: () => undefined,
          closed: (cause) => {
            holders.push(portHolder(rig.path ?? ''));
            if (cause === undefined) resolve();
            else reject(new Error(JSON.stringify(cause)));
          },
        });
      });
    }
    expect(new Set(holders.filter((_, at) => at % 2 === 0))).toEqual(new Set([process.pid]));
    expect(new Set(holders.filter((_, at) => at % 2 === 1))).toEqual(new Set([undefined]));
  });

  it('that is not there, is no terminal or has no name is 1006 with a remedy', async () => {
    expect(await openFaultOf('/dev/no-such-port')).toEqual({
      code: 1006,
      detail: {
        path: '/dev/no-such-port',
        reason: 'not found',
        remedy: 'connect the board, or correct the path of the port',
      },
    });
    expect((await openFaultOf('/dev/null'))?.code).toBe(1006);
    expect((await openFaultOf(''))?.detail['reason']).toBe('not found');
  });

  it.each([
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'permission', 'group dialout'],
    ['Error: No such file or directory, cannot open /dev/ttyACM0', 'not found', 'connect the board'],
    ['Error Resource temporarily unavailable Cannot lock port', 'in use', 'other program'],
    ['Error: Inappropriate ioctl for device', 'not a serial port', 'serial port'],
    ['Error: something else', 'Error: something else', 'driver'],
  ])('answers "%s" with a remedy', (message, reason, remedy) => {
    const { detail } = openFault('/dev/ttyACM0', message);
    expect(detail).toMatchObject({ path: '/dev/ttyACM0', reason });
    expect(detail['remedy']).toContain(remedy);
  });

  it('[S16] [P12] that takes no bytes for 50 ms is closed', async () => {
    const { path } = unreadTerminal();
    const transport = track(openTransport(path, options)());
    const listener = await opened(transport);
    const from = clock.now();
    for (let count = 0; count < 50; count += 1) transport.write(pattern(1024));
    expect(transport.pendingBytes).toBeGreaterThan(0);
    await until(() => expect(listener.calls).toEqual(['opened', 'closed']));
    expect(listener.cause).toMatchObject({ code: 1001, detail: { reason: 'write deadline missed' } });
    expect(clock.now() - from).toBeGreaterThan(40);
  });

  it('that took bytes late has them in order, and is read again', async () => {
    const { path, master } = unreadTerminal();
    const transport = track(openTransport(path, options)());
    const listener = await opened(transport);
    const sent = pattern(30 * 1024);
    transport.write(sent);
    expect(transport.pendingBytes).toBeGreaterThan(0);
    writeSync(master, pattern(100));
    const arrived: number[] = [];
    const drain = Buffer.alloc(4096);
    await until(() => {
      arrived.push(...drain.subarray(0, readNow(master, drain)));
      expect(arrived.length).toBe(sent.length);
    });
    expect(Buffer.from(arrived).equals(Buffer.from(sent))).toBe(true);
    await until(() => expect(transport.pendingBytes).toBe(0));
    writeSync(master, pattern(100));
    await until(() => expect(listener.bytes).toEqual([...pattern(100), ...pattern(100)]));
    expect(listener.calls).toEqual(['opened', 'data']);
  });
});

/** @returns bytes read, 0 when there are none now */
function readNow(descriptor: number, into: Uint8Array): number {
  try {
    return readSync(descriptor, into);
  } catch (error) {
    expect(error).toMatchObject({ code: 'EAGAIN' });
    return 0;
  }
}

/** A pseudo-terminal whose other end nobody reads; open until the end of the test. */
function unreadTerminal(): { readonly path: string; readonly master: number } {
  const master = openSync('/dev/ptmx', constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const script =
    'open(my $m, "+<&=", 3); my $u = pack("i", 0); ioctl($m, 0x40045431, $u); my $n = pack("I", 0); ' +
    'ioctl($m, 0x80045430, $n); print unpack("I", $n)';
  const { stdout } = spawnSync('perl', ['-e', script], { stdio: ['ignore', 'pipe', 'inherit', master] });
  undo.push(() => closeSync(master));
  return { path: `/dev/pts/${stdout.toString()}`, master };
}

describe('a TCP connection that is closed', () => {
  it('is let go of after a second when the other end never closes its side', async () => {
    const far: Socket[] = [];
    const server = createServer({ allowHalfOpen: true }, (socket) => far.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const time = new VirtualClock();
    const { port } = server.address() as AddressInfo;
    const listener = new RecordingListener();
    const transport = openTransport(`tcp://127.0.0.1:${port}`, { clock: time, baud: 115_200 })();
    transport.open(listener);
    await vi.waitFor(() => expect([listener.calls, far.length]).toEqual([['opened'], 1]));
    transport.close();
    await vi.waitFor(() => expect(listener.calls).toEqual(['opened', 'closed']));
    time.advance(1_000);
    // Nobody takes this any more, so the system answers it with a reset.
    const [socket] = far;
    await vi.waitFor(() => {
      socket?.write('still there?');
      expect(socket?.destroyed).toBe(true);
    });
    server.close();
  });
});

describe('an address of a TCP connection', () => {
  it.each([
    ['tcp://10.0.0.5:4000', { host: '10.0.0.5', port: 4000 }],
    ['tcp://cell-7.local:65535', { host: 'cell-7.local', port: 65_535 }],
    ['tcp://[::1]:4000', { host: '::1', port: 4000 }],
    ['tcp://10.0.0.5', undefined],
    ['tcp://10.0.0.5:0', undefined],
    ['tcp://10.0.0.5:70000', undefined],
    ['tcp://:4000', undefined],
    ['tcp://host:1/path', undefined],
    ['tcp:', undefined],
    ['http://host:1', undefined],
  ])('%s is read as %j', (spec, expected) => {
    expect(parseTcpSpec(spec)).toEqual(expected);
  });

  it('that cannot be read is fault 1006 when it is opened', async () => {
    const listener = new RecordingListener();
    track(openTransport('tcp://nowhere', options)()).open(listener);
    await until(() => expect(listener.calls).toEqual(['closed']));
    expect(listener.cause).toMatchObject({ code: 1006, detail: { reason: 'not of the form tcp://host:port' } });
  });
});
