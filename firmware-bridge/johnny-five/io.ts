// One Johnny-Five board per session of the link: Johnny-Five cannot reconnect, so every session gets new modules, a new
// firmata-io board and a new five.Board over the stream that survives, and the end of the session ends all of them.
import { monotonicMs } from '../../src/core/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { StreamPort } from '../../src/ports/stream-port.ts';
import { type FirmataIo, type FiveBoard, loadIo, newBoard, newFirmata } from './five.ts';
import { type Log, reasonOf } from './log.ts';
import { MODE_TONE } from './piezo.ts';
import { createModuleScope, type ModuleScope } from './scoped-modules.ts';
import { StreamTransport } from './stream-transport.ts';

/** What there is during one session, from the end of the Firmata handshake to the end of the session. */
export interface BoardSession {
  readonly scope: ModuleScope;
  readonly io: FirmataIo;
  /** Ready. Pass it to every component (`board`): Johnny-Five's own choice is the first board ever made. */
  readonly board: FiveBoard;
}

/** What Johnny-Five needs to know of one board. */
export interface IoOptions {
  readonly stream: StreamPort;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Period of the board's analog reports, ms, 10..16383; what the firmware does by itself (19) when left out.
   * A shorter one loads the link: 3 bytes per report and channel.
   */
  readonly samplingIntervalMs?: number | undefined;
}

/** How the sessions of a board are come by: `connectIo`, or a share in a board that somebody else has connected. */
export type ConnectIo = (options: IoOptions, listener: IoListener) => () => void;

/** Hears of the sessions of one board, in turn: `ready`, `lost`, `ready`, ... */
export interface IoListener {
  /** The board answers; called once per session. */
  ready(session: BoardSession): void;
  /** The session of the last `ready` is over; its components are dead. */
  lost(): void;
}

/** A board that does not announce itself is asked after this time, ms. firmata-io's own 5 s is for a boot loader. */
const REPORT_VERSION_AFTER_MS = 20;
/** About 150 bytes, and up to 3 s for a stock board that resets when its port is opened; then it is asked anew, ms. */
const HANDSHAKE_MS = 5000;

/**
 * Two habits of StandardFirmata that Johnny-Five's classes rely on, put into explicit pin modes for a board that drives
 * nothing unasked: every pin is an output from reset on (five.Relay never declares its pin), and a write to an input
 * switches its pull-up (five.Button with `pullup`). Firmata before 2.5 has no mode for a pull-up: there the write stays one.
 */
function spellOutPinModes(io: FirmataIo): void {
  const write = io.digitalWrite.bind(io);
  const { INPUT, OUTPUT, PULLUP } = io.MODES;
  io.digitalWrite = (pin, value, enqueue) => {
    const mode = io.pins[pin]?.mode;
    if ((mode === INPUT || mode === PULLUP) && canPullUp(io, pin)) {
      io.pinMode(pin, value === 0 ? INPUT : PULLUP);
      return;
    }
    if (mode === undefined) io.pinMode(pin, OUTPUT);
    write(pin, value, enqueue);
  };
}

/** Whether a pin has a mode of its own for an input with pull-up. */
export function canPullUp(io: FirmataIo, pin: number): boolean {
  return io.pins[pin]?.supportedModes.includes(io.MODES.PULLUP) === true;
}

/** Loads once what every session needs, so that none has to compile it beside a running cycle (some 20 ms). */
export function warmUpIo(clock: Clock, log: Log): void {
  const scope = createModuleScope(clock, log);
  loadIo(scope);
  scope.dispose();
}

/** One try to make a board out of the open session. */
interface Attempt {
  readonly ready: boolean;
  receive(bytes: Uint8Array): void;
  end(): void;
}

/** Makes a board of the transport's far end; `ready` is called when it answers. */
function join(options: IoOptions, scope: ModuleScope, transport: StreamTransport, ready: (it: BoardSession) => void) {
  const complain = (thrown: unknown): void => options.log('warn', `Johnny-Five board: ${reasonOf(thrown)}`);
  const io = newFirmata(scope, transport, {
    reportVersionTimeout: REPORT_VERSION_AFTER_MS,
    ...(options.samplingIntervalMs === undefined ? {} : { samplingInterval: options.samplingIntervalMs }),
  });
  spellOutPinModes(io);
  // It forgets what a pin can do beyond the modes that it knows.
  Object.assign(io.MODES, { TONE: MODE_TONE });
  // Every component listens here; Node's warning of a leak would go to the process's standard error.
  io.setMaxListeners(0);
  io.on('error', complain);
  // A Celda board says so when a pin belongs to the process data or cannot do what is asked.
  io.on('string', (text: unknown) => options.log('warn', `the board says: ${String(text)}`));
  // Not before: a five.Board made between `open` and `ready` of its io never becomes ready. And once: it emits `ready`
  // on the io again.
  io.once('ready', () => {
    const board = newBoard(scope, io);
    board.setMaxListeners(0);
    board.on('error', complain);
    board.once('ready', () => ready({ scope, io, board }));
  });
  transport.begin();
}

function attempt(options: IoOptions, listener: IoListener): Attempt {
  const scope = createModuleScope(options.clock, options.log);
  const transport = new StreamTransport(options.stream, scope.time);
  let isReady = false;
  scope.guard(() =>
    join(options, scope, transport, (session) => {
      isReady = true;
      listener.ready(session);
    }),
  );
  return {
    get ready() {
      return isReady;
    },
    receive: (bytes) => scope.guard(() => transport.receive(bytes)),
    end: () => {
      scope.guard(() => transport.end());
      scope.dispose();
      if (isReady) scope.guard(() => listener.lost());
    },
  };
}

/**
 * Keeps a Johnny-Five board on the stream, session after session, until closed.
 * Calls the listener from tasks of the clock and from events of the stream; what it throws is logged.
 * @returns a function that closes; calls `lost` if a board was ready
 */
export function connectIo(options: IoOptions, listener: IoListener): () => void {
  const { clock, log, stream } = options;
  let current: Attempt | undefined;
  let cancelDeadline = (): void => undefined;

  function end(): void {
    cancelDeadline();
    current?.end();
    current = undefined;
  }

  function begin(): void {
    end();
    current = attempt(options, listener);
    cancelDeadline = clock.schedule(monotonicMs(clock.now() + HANDSHAKE_MS), () => {
      if (current?.ready !== false) return;
      log('warn', `the board does not answer Firmata within ${HANDSHAKE_MS} ms; asking again`);
      begin();
    });
  }

  const stopListening = stream.listen({
    opened: begin,
    data: (bytes) => current?.receive(bytes),
    closed: end,
  });
  return () => {
    stopListening();
    end();
  };
}
