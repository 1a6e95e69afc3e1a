// The other reference: Johnny-Five alone on a stock Firmata board, doing the work of a stop: input opens -> relays off.
// One relay follows a five.Button, as its documentation has it; the other a bare board.digitalRead, which does
// not wait for bounces and is the fastest that Johnny-Five has.
import { createFirmataStream } from '../../firmware-bridge/johnny-five/firmata-stream.ts';
import { openBoard } from '../../firmware-bridge/johnny-five/index.ts';
import { openTransport } from '../../firmware-bridge/transport/open-transport.ts';
import { takeHighPriority } from '../../src/app/process-priority.ts';
import { createRealClock } from '../../src/app/real-clock.ts';
import { helperArgument, sayReady } from './child.ts';
import { BUTTON_PIN, BUTTON_RELAY_PIN, READ_PIN, READ_RELAY_PIN } from './five-pins.ts';

const { path } = helperArgument() as { readonly path: string };
const clock = createRealClock();

takeHighPriority();
openBoard(
  {
    stream: createFirmataStream({ clock, transport: openTransport(path, { clock, baud: 57_600 }) }),
    clock,
    log: (_, text) => process.stderr.write(`${text}\n`),
  },
  {
    ready: (five, board) => {
      const buttonRelay = new five.Relay({ board, pin: BUTTON_RELAY_PIN });
      const button = new five.Button({ board, pin: BUTTON_PIN });
      button.on('press', () => buttonRelay.close());
      button.on('release', () => buttonRelay.open());
      const readRelay = new five.Relay({ board, pin: READ_RELAY_PIN });
      // Its types declare an enum that the library does not have.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
      board.pinMode(READ_PIN, five.Pin.INPUT);
      board.digitalRead(READ_PIN, (level) => {
        if (level === 1) readRelay.close();
        else readRelay.open();
      });
      sayReady();
    },
  },
);
