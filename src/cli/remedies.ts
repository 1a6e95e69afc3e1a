// What a person can do about a refusal of the cell, as commands.
import type { CallFailure } from '../client/grpc-client.ts';
import type { Locale } from '../config/problem.ts';

/** The order goes on from where it was, with the cell as it stands: a person decides that who has looked. */
const RESUME_ANYHOW: Readonly<Record<Locale, (command: string) => string>> = {
  en: (command) => `when you have looked, and it may go on from there: ${command}`,
  es: (command) => `si ya la revisó y la orden puede seguir desde ahí: ${command}`,
};

/** Somebody else was quicker: a person looks at what is there now before it is changed. */
const LOOK_AGAIN: Readonly<Record<Locale, (command: string) => string>> = {
  en: (command) =>
    `${command} shows what is there now, with its etag; if it is to be changed all the same, give that with --etag`,
  es: (command) => `${command} muestra lo que hay ahora, con su etag; si aun así debe cambiarse, indíquelo con --etag`,
};

/** When the cell is as the order left it again. */
const WHEN_MENDED: Readonly<Record<Locale, (command: string) => string>> = {
  en: (command) => `when the difference is mended: ${command}`,
  es: (command) => `cuando haya corregido la diferencia: ${command}`,
};

const GIVE_UP: Readonly<Record<Locale, (command: string) => string>> = {
  en: (command) => `to give the order up: ${command}`,
  es: (command) => `para abandonar la orden: ${command}`,
};

/** @returns what a person can do about this refusal beyond what its fault says */
export function remediesOf({ reason, metadata }: CallFailure, locale: Locale): readonly string[] {
  const { acknowledge, jobOrderId, version, workMasterId } = metadata;
  if (reason === 'RESUME_DIFFERS' && jobOrderId !== undefined) {
    const resume = `celda job resume ${jobOrderId}`;
    const goOn =
      acknowledge === undefined
        ? WHEN_MENDED[locale](resume)
        : RESUME_ANYHOW[locale](`${resume} --acknowledge ${acknowledge}`);
    return [goOn, GIVE_UP[locale](`celda job abort ${jobOrderId}`)];
  }
  if (reason !== 'ETAG_MISMATCH') return [];
  if (workMasterId !== undefined)
    return [LOOK_AGAIN[locale](`celda work-master show ${workMasterId} ${version ?? ''}`.trimEnd())];
  return jobOrderId === undefined ? [] : [LOOK_AGAIN[locale](`celda job get ${jobOrderId} --json`)];
}
