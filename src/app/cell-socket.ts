// The cell channel between processes: a Unix socket that one user can reach.
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { Clock } from '../ports/clock.ts';
import { type ChannelClient, createChannelClient } from './channel-client.ts';
import { type ChannelServer, createChannelServer } from './channel-server.ts';
import type { Connection } from './connection.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';

/** How long the far end may take to read what was written before the end of a connection, ms. */
const FLUSH_MS = 500;

/** How long a socket that is already there may take to show that somebody serves it, ms. */
const LIVENESS_MS = 500;

export interface SocketServer extends ChannelServer {
  /** Resolves when the socket is closed and its file is gone. */
  ended(): Promise<void>;
}

/**
 * Serves the channel on `path`. A socket file that nobody serves any more is removed first.
 *
 * @throws OperatorError (occupied) when another process serves it
 */
export async function serveSocket(options: {
  readonly path: string;
  readonly epoch: string;
  readonly clock: Clock;
  readonly keepsEvents?: boolean;
}): Promise<SocketServer> {
  const { path } = options;
  if (await isServed(path)) {
    throw new OperatorError(
      { en: `another control process serves ${path}`, es: `otro proceso de control atiende ${path}` },
      { en: 'stop it first', es: 'deténgalo primero' },
      EXIT_CODES.occupied,
    );
  }
  rmSync(path, { force: true });
  const channel = createChannelServer(options);
  const server = createServer((socket) => channel.accept(overSocket(socket)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  const ended = new Promise<void>((resolve) => {
    server.once('close', resolve);
  });
  return {
    ...channel,
    close: () => {
      channel.close();
      server.close();
    },
    ended: () => ended,
  };
}

export function connectSocket(options: {
  readonly path: string;
  readonly clock: Clock;
  readonly timeoutMs?: number;
  readonly whenHeard?: boolean;
}): ChannelClient {
  return createChannelClient({
    ...options,
    connect: (outcome) => {
      const socket = connect(options.path);
      const failed = (): void => {
        socket.destroy();
        outcome.failed();
      };
      socket.once('error', failed);
      socket.once('connect', () => {
        socket.off('error', failed);
        outcome.opened(overSocket(socket));
      });
    },
  });
}

function overSocket(socket: Socket): Connection {
  // What follows an error is always `close`, which says all that the channel needs to know.
  socket.on('error', () => undefined);
  return {
    listen: (listener) => {
      socket.on('data', (bytes: Buffer) => listener.data(bytes));
      socket.on('drain', () => listener.drained());
      socket.on('close', () => listener.closed());
    },
    send: (bytes) => socket.writable && socket.write(bytes),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => {
      // What was written goes out first, unless the far end takes too long to read it.
      socket.destroySoon();
      setTimeout(() => socket.destroy(), FLUSH_MS).unref();
    },
  };
}

function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const answer = (served: boolean): void => {
      socket.destroy();
      resolve(served);
    };
    socket.setTimeout(LIVENESS_MS, () => answer(true));
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}
