// Why a server could not listen, for the person who started it, in both languages.

interface Texts {
  readonly en: string;
  readonly es: string;
}

/** Why a server could not listen. */
export interface ListenError {
  /** Of the operating system, e.g. `EADDRINUSE`; `PLAIN_TEXT`: others could listen in; `UNKNOWN` when it said none. */
  readonly code: string;
  readonly host: string;
  readonly port: number;
  /** One line for people, without the hint. */
  readonly message: Texts;
  /** What to do. */
  readonly hint: Texts;
}

const HINTS: Readonly<Record<string, Texts>> = {
  EADDRINUSE: {
    en: 'another program listens there, perhaps another cell: stop it, or choose another port',
    es: 'otro programa escucha ahí, quizá otra celda: deténgalo o elija otro puerto',
  },
  EACCES: {
    en: 'this user may not listen there: choose a port above 1023',
    es: 'este usuario no puede escuchar ahí: elija un puerto mayor que 1023',
  },
  EADDRNOTAVAIL: {
    en: 'this machine has no such address: choose 127.0.0.1, or an address of its own',
    es: 'este equipo no tiene esa dirección: elija 127.0.0.1 o una dirección suya',
  },
};

const OTHER_HINT: Texts = { en: 'check host and port', es: 'revise la dirección y el puerto' };

/** It would be in plain text for other machines too. */
export function plainTextRefused(host: string, port: number): ListenError {
  return {
    code: 'PLAIN_TEXT',
    host,
    port,
    message: {
      en: `${host}:${port} can be reached from other machines, and plain text is for this one only`,
      es: `${host}:${port} es accesible desde otros equipos, y sin cifrar solo se sirve a este`,
    },
    hint: {
      en: 'give certificates and roles (docs/how-to/serve-over-the-network.md), or listen on 127.0.0.1',
      es: 'indique certificados y roles (docs/how-to/serve-over-the-network.md), o escuche en 127.0.0.1',
    },
  };
}

/** @param error of the operating system */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): ListenError {
  const code = Object.keys(HINTS).find((name) => name === error.code) ?? 'UNKNOWN';
  const cause = code === 'UNKNOWN' ? error.message : code;
  return {
    code,
    host,
    port,
    message: {
      en: `cannot listen on ${host}:${port} (${cause})`,
      es: `no se puede escuchar en ${host}:${port} (${cause})`,
    },
    hint: HINTS[code] ?? OTHER_HINT,
  };
}

/** The hint, with the option that chooses the port. @param option e.g. `--grpc-port` */
export function hintWith({ hint }: ListenError, option: string): Texts {
  return { en: `${hint.en} (${option})`, es: `${hint.es} (${option})` };
}
