// The connection of a command: a gateway that is being started again is waited for, and whoever gave the command is told so.
import { type ClientTlsPaths, readClientTls } from '../app/access/client-tls.ts';
import { PATIENCE_MS, PatientClient } from '../app/patient-client.ts';
import type { ClientTls } from '../client/grpc-client.ts';
import type { Locale } from '../config/problem.ts';
import type { Console } from './console.ts';

const TEXTS = {
  en: {
    unreachable: (address: string, why: string, seconds: number) =>
      `nothing answers at ${address} (${why}); it is tried again for ${seconds} s`,
    notReady: (address: string, why: string, seconds: number) =>
      `the cell at ${address} is not ready (${why}); it is asked again for ${seconds} s`,
  },
  es: {
    unreachable: (address: string, why: string, seconds: number) =>
      `nadie responde en ${address} (${why}); se intenta de nuevo durante ${seconds} s`,
    notReady: (address: string, why: string, seconds: number) =>
      `la celda en ${address} no está lista (${why}); se le pregunta de nuevo durante ${seconds} s`,
  },
} as const;

export interface ConnectionOptions extends ClientTlsPaths {
  readonly address: string;
  readonly locale: Locale;
}

/** What a client of a service is made of. @throws OperatorError the files of TLS cannot be read */
export function connectPatiently(
  options: ConnectionOptions,
  console: Console,
): readonly [address: string, tls: ClientTls | undefined, grpc: PatientClient] {
  const { address, locale } = options;
  const tls = readClientTls(options);
  // A command that asks several things at once waits for all of them together.
  const told = new Set<string>();
  const grpc = new PatientClient(address, tls, ({ kind, reason, status }) => {
    const textOf = TEXTS[locale][kind === 'unreachable' ? 'unreachable' : 'notReady'];
    const text = textOf(address, reason === '' ? status : reason, PATIENCE_MS / 1_000);
    if (!told.has(text)) console.note(text);
    told.add(text);
  });
  return [address, tls, grpc];
}
