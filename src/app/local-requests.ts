// Which requests are heard from where: a bypass is asked for at the machine, over a socket of its own; the gateway, and with it every
// network, cannot ask for one.
import type { CellRequest } from '../core/cell-event.ts';
import { fault } from '../core/faults.ts';
import type { ControlServer } from '../ports/cell-channel.ts';

type Place = 'machine' | 'gateway';

function placeOf({ kind }: CellRequest): Place {
  return kind === 'bypass' || kind === 'clear-bypass' ? 'machine' : 'gateway';
}

/** Lets through what may be asked for at one place, and refuses the rest there (fault 4403). */
function onlyFrom(place: Place, server: ControlServer): ControlServer {
  return {
    storage: () => server.storage(),
    publish: (message) => server.publish(message),
    close: () => server.close(),
    listen: (listener) =>
      server.listen((request) => {
        if (placeOf(request) === place) {
          listener(request);
          return;
        }
        const refusal = fault(4403, { cause: 'place', place, request: request.kind });
        server.publish({ kind: 'reply', reply: { requestId: request.requestId, ok: false, fault: refusal } });
      }),
  };
}

/** A cell that serves a gateway alone: nothing can be bypassed. */
export function gatewayOnly(gateway: ControlServer): ControlServer {
  return onlyFrom('gateway', gateway);
}

/** A cell that serves a gateway, and a person at the machine. Both hear everything, and ask for different things. */
export function withMachine(gateway: ControlServer, machine: ControlServer): ControlServer {
  const ends = [onlyFrom('gateway', gateway), onlyFrom('machine', machine)];
  return {
    listen: (listener) => {
      const unlisten = ends.map((end) => end.listen(listener));
      return () => {
        for (const stop of unlisten) stop();
      };
    },
    // What a person at the machine hears is kept nowhere.
    storage: () => gateway.storage(),
    publish: (message) => {
      for (const end of ends) end.publish(message);
    },
    close: () => {
      for (const end of ends) end.close();
    },
  };
}
