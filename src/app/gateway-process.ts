// Entry of the gateway process: serves the cell over gRPC. It may be slow or crash without any effect on the control cycle.
import { type GatewayServer, startGatewayServer } from '../mes/gateway-server.ts';
import { connectSocket } from './cell-socket.ts';
import { loadCheckedCell } from './load-checked-cell.ts';
import { EXIT_CODES, OperatorError } from './operator-error.ts';
import { connectParent } from './process-message.ts';
import { takeLowPriority } from './process-priority.ts';
import { type GatewaySettings, readSettings } from './process-settings.ts';
import { createRealClock } from './real-clock.ts';

takeLowPriority();
const parent = connectParent();
let gateway: GatewayServer | undefined;
let isEnding = false;

process.on('uncaughtException', (error) => endWithDefect(error));
process.on('unhandledRejection', (reason) => endWithDefect(reason));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
process.on('disconnect', () => void stop());

try {
  await main(readSettings(process.argv[2]) as GatewaySettings);
} catch (error) {
  if (error instanceof OperatorError) {
    parent.tellAndExit(
      { kind: 'failed', text: error.message, hint: error.hint, exitCode: error.exitCode },
      error.exitCode,
    );
  } else {
    endWithDefect(error);
  }
}

async function main(settings: GatewaySettings): Promise<void> {
  const { host, port } = settings;
  const clock = createRealClock();
  const control = connectSocket({ path: settings.socket, clock });
  const cell = loadCheckedCell(settings.cellPath);
  const started = await startGatewayServer({
    cell,
    control,
    clock,
    host,
    port,
    log: (line) => parent.log('error', line),
  });
  if (!started.ok) {
    throw new OperatorError(started.error.message, `${started.error.hint} (--grpc-port)`, EXIT_CODES.occupied);
  }
  gateway = started.value;
  parent.tell({ kind: 'ready', address: `${host}:${gateway.port}` });
}

async function stop(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await gateway?.stop();
  parent.tellAndExit(undefined, EXIT_CODES.ok);
  process.exit(EXIT_CODES.ok);
}

function endWithDefect(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  parent.tellAndExit({ kind: 'log', level: 'error', text: `[9001] internal defect: ${text}` }, EXIT_CODES.defect);
}
