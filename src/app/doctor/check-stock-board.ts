// Findings about a board that the cell says has stock Firmata: asked for the name of its sketch, which changes nothing on it.
import { probeFirmata } from '../../../firmware-bridge/johnny-five/firmata-probe.ts';
import type { Clock } from '../../ports/clock.ts';
import { portTrouble } from '../port-trouble.ts';
import { portUser } from '../port-user.ts';
import { type BoardToCheck, leftAlone } from './check-board.ts';
import type { Finding, Localized } from './finding.ts';

/** Looks at one board. Not at one that somebody uses: a cell that runs on it is not disturbed. */
export async function checkStockBoard(board: BoardToCheck, clock: Clock): Promise<Finding> {
  const { name: subject, path, factory } = board;
  const user = portUser(path);
  if (user !== undefined) return leftAlone(board, user);
  const outcome = await probeFirmata({ factory, clock });
  if (outcome.kind === 'answered') {
    const { name, version } = outcome.identity;
    const sketch = `${name} ${version}`.trim();
    return {
      check: 'board',
      subject,
      level: 'ok',
      text: { en: `stock Firmata, unsupervised: ${sketch}`, es: `Firmata estándar, sin supervisión: ${sketch}` },
      values: { path, supervised: false, sketch: name, version },
    };
  }
  const { code, detail } = outcome.fault;
  if (code === 1006 && detail['reason'] === 'in use') return leftAlone(board, undefined);
  const trouble = portTrouble(outcome.fault, path);
  const isUnknown = code === 1004 || code === 1005;
  return {
    check: 'board',
    subject,
    level: 'fail',
    text: isUnknown ? NO_FIRMATA : trouble.text,
    remedy: isUnknown ? upload(path) : trouble.remedy,
    values: { path, supervised: false, code },
  };
}

/** A board without a lease has nothing to prove: the configuration lets nothing on it that would need one. */
export function withoutLease({ name: subject }: BoardToCheck): Finding {
  return {
    check: 'lease-proof',
    subject,
    level: 'ok',
    text: {
      en: 'no lease: stock Firmata, and nothing on it can hurt',
      es: 'sin plazo: Firmata estándar, y nada en ella puede herir',
    },
    values: { proven: false },
  };
}

const NO_FIRMATA: Localized = {
  en: 'what is on the port does not answer Firmata',
  es: 'lo que hay en el puerto no responde a Firmata',
};

function upload(path: string): Localized {
  return {
    en: `upload StandardFirmata (Arduino IDE, Examples, Firmata), or say firmware: celda and run celda flash ${path}; check the baud too`,
    es: `cargue StandardFirmata (Arduino IDE, Ejemplos, Firmata), o ponga firmware: celda y use celda flash ${path}; revise también los baudios`,
  };
}
