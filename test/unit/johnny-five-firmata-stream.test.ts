import { describe, expect, it } from 'vitest';
import { createFirmataStream } from '../../firmware-bridge/johnny-five/firmata-stream.ts';
import { VirtualClock } from '../../sim/kernel/virtual-clock.ts';
import { fault } from '../../src/core/faults.ts';
import type { Transport, TransportListener } from '../../src/ports/transport.ts';

/** What every connection begins with. */
const RESET = [0xf7, 0xff];

interface FakePort extends Transport {
  readonly listener: () => TransportListener;
  readonly written: number[];
  readonly state: { closed: boolean };
}

function createFakePort(): FakePort {
  let listener: TransportListener | undefined;
  const written: number[] = [];
  const state = { closed: false };
  return {
    open: (given) => {
      listener = given;
    },
    write: (bytes) => void written.push(...bytes),
    pendingBytes: 0,
    close: () => {
      state.closed = true;
    },
    listener: () => {
      if (listener === undefined) throw new Error('not opened');
      return listener;
    },
    written,
    state,
  };
}

function createBench() {
  const clock = new VirtualClock();
  const ports: FakePort[] = [];
  const seen: unknown[] = [];
  const stream = createFirmataStream({
    clock,
    transport: () => {
      const port = createFakePort();
      ports.push(port);
      return port;
    },
  });
  const listen = (name: string) =>
    stream.listen({
      opened: () => seen.push(`${name} opened`),
      data: (bytes) => seen.push([name, ...bytes]),
      closed: () => seen.push(`${name} closed`),
    });
  const port = (index: number): FakePort => {
    const found = ports[index];
    if (found === undefined) throw new Error(`no attempt ${index}`);
    return found;
  };
  return { clock, ports, seen, stream, listen, port };
}

describe('a stream to a stock Firmata board', () => {
  it('carries whole messages both ways while the port is open, and drops them otherwise', () => {
    const { listen, port, seen, stream } = createBench();
    listen('one');
    stream.write(Uint8Array.of(0xf9));
    port(0).listener().opened();
    stream.write(Uint8Array.of(0xc0));
    stream.write(Uint8Array.of(1));
    port(0).listener().data(Uint8Array.of(0x90, 4));
    port(0)
      .listener()
      .data(Uint8Array.of(1, 0xe1, 5, 6));
    expect(port(0).written).toEqual([...RESET, 0xf7, 0xc0, 1]);
    expect(seen).toEqual(['one opened', ['one', 0x90, 4, 1, 0xe1, 5, 6]]);
  });

  it('[S18] ends a sysex message that may have lost its end before every message', () => {
    const { listen, port, stream } = createBench();
    listen('one');
    port(0).listener().opened();
    stream.write(Uint8Array.of(0xf4, 7, 1, 0x90, 0, 1, 0xf0, 0x79, 0xf7));
    expect(port(0).written).toEqual([...RESET, 0xf7, 0xf4, 7, 1, 0xf7, 0x90, 0, 1, 0xf7, 0xf0, 0x79, 0xf7]);
  });

  it('puts the board into a known state first, since not every board is reset when its port is opened', () => {
    const { listen, port } = createBench();
    listen('one');
    port(0).listener().opened();
    expect(port(0).written).toEqual(RESET);
  });

  it('drops what is no message of Firmata', () => {
    const { listen, port, seen } = createBench();
    listen('one');
    port(0).listener().opened();
    // Data without a command, a message cut short by another, an end without a beginning.
    port(0)
      .listener()
      .data(Uint8Array.of(1, 2, 0xe0, 5, 0xe1, 3, 4, 0xf7, 0xf0, 0x71, 0xf9, 2, 6));
    expect(seen).toEqual(['one opened', ['one', 0xe1, 3, 4, 0xf9, 2, 6]]);
  });

  it('connects again after a lost port, with a new transport, once a second', () => {
    const { clock, listen, port, ports, seen } = createBench();
    listen('one');
    port(0).listener().opened();
    port(0).listener().closed(fault(1001));
    clock.advanceSync(999);
    expect(ports).toHaveLength(1);
    clock.advanceSync(1);
    port(1).listener().closed(fault(1006));
    clock.advanceSync(1000);
    port(2).listener().opened();
    expect(seen).toEqual(['one opened', 'one closed', 'one opened']);
  });

  it('closes the port and stays silent when nobody listens any more', () => {
    const { clock, listen, port, ports, seen, stream } = createBench();
    const stop = listen('one');
    port(0).listener().opened();
    stop();
    stop();
    stream.write(Uint8Array.of(1));
    port(0).listener().closed(undefined);
    clock.advanceSync(10_000);
    expect(port(0).state.closed).toBe(true);
    expect(port(0).written).toEqual(RESET);
    expect(ports).toHaveLength(1);
    expect(seen).toEqual(['one opened']);
  });

  it('does not connect again once nobody listens', () => {
    const { clock, listen, port, ports } = createBench();
    const stop = listen('one');
    port(0).listener().closed(fault(1006));
    stop();
    clock.advanceSync(10_000);
    expect(ports).toHaveLength(1);
  });

  it('gives the port to the newest listener', () => {
    const { listen, port, seen } = createBench();
    listen('one');
    port(0).listener().opened();
    listen('two');
    port(1).listener().opened();
    port(0).listener().data(Uint8Array.of(0xc1, 1));
    port(1).listener().data(Uint8Array.of(0xc2, 1));
    expect(port(0).state.closed).toBe(true);
    expect(seen).toEqual(['one opened', 'two opened', ['two', 0xc2, 1]]);
  });
});
