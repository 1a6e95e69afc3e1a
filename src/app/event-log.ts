// Lines of log for what happens in a cell, in the language of whoever reads them. Pure.
import type { Locale } from '../config/problem.ts';
import type { BypassEnd } from '../core/bypass.ts';
import type { CellEvent, CellEventBody, LeaseProof } from '../core/cell-event.ts';
import { describeFault, FAULTS, type Fault } from '../core/faults.ts';
import { linkStateText } from './link-lines.ts';
import { modeText } from './mode-text.ts';
import { portRemedy } from './port-remedies.ts';
import type { LogLevel } from './process-message.ts';
import { stateText } from './state-text.ts';

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
}

/** Overruns are counted in every snapshot; of those logged, one a second is enough, ms. */
const OVERRUN_EVERY_MS = 1_000;

/** Why a bypass is over. */
const BYPASS_ENDS = {
  expired: { en: 'its time has passed', es: 'se cumplió su plazo' },
  mode: { en: 'the cell is not in maintenance any more', es: 'la celda ya no está en mantenimiento' },
  cleared: { en: 'somebody ended it', es: 'alguien la terminó' },
  'not-confirmed': {
    en: 'no reset at the cell followed the request',
    es: 'a la petición no siguió un rearme en la celda',
  },
} as const satisfies Record<BypassEnd, { readonly en: string; readonly es: string }>;

/** What somebody has done with an alarm. */
const HANDLED_ES = {
  acknowledged: 'reconocida',
  shelved: 'archivada',
  unshelved: 'sacada del archivo',
} as const satisfies Record<Extract<CellEventBody, { kind: 'alarm-handled' }>['how'], string>;

/** @returns a function that gives the line of an event, undefined for events that come too often to be read */
export function createEventLog(locale: Locale = 'en'): (event: CellEvent) => LogLine | undefined {
  const log = new EventLog(locale);
  let overrunLoggedAt = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.body.kind === 'overrun') {
      if (event.at - overrunLoggedAt < OVERRUN_EVERY_MS) return undefined;
      overrunLoggedAt = event.at;
    }
    return log.lineOf(event);
  };
}

class EventLog {
  readonly #locale: Locale;

  constructor(locale: Locale) {
    this.#locale = locale;
  }

  lineOf({ body }: CellEvent): LogLine | undefined {
    switch (body.kind) {
      case 'unit':
        return info(`${this.#say('unit', 'unidad')} ${this.#state(body.from)} -> ${this.#state(body.to)}`);
      case 'reset':
        return info(this.#say('reset at the cell', 'rearme en la celda'));
      case 'stop-record': {
        const { id, unit, mode, cause } = body.record;
        const en = `stop ${id} of the unit in ${unit}, mode ${modeText(mode, 'en')}: ${this.#describe(cause)}; see celda stops`;
        const es = `paro ${id} de la unidad en ${this.#state(unit)}, modo ${modeText(mode, 'es')}: ${this.#describe(cause)}; vea celda stops`;
        return warn(this.#say(en, es));
      }
      case 'alarm-handled':
      case 'flood':
        return this.#alarms(body);
      case 'unit-command': {
        const { by, command, unit } = body;
        const en = `command ${command} to the unit (${by}): ${unit.target}`;
        return info(this.#say(en, `orden ${command} a la unidad (${by}): ${this.#state(unit.target)}`));
      }
      case 'bypass':
        return this.#bypass(body);
      case 'bypass-refused': {
        const { by, stopFunction, cause } = body;
        const en = `bypass of ${stopFunction} refused to ${by}: ${this.#describe(cause)}`;
        return warn(this.#say(en, `anulación de ${stopFunction} negada a ${by}: ${this.#describe(cause)}`));
      }
      case 'mode':
        return info(this.#modes(body));
      case 'mode-refused': {
        const en = `mode ${body.mode} refused: the unit is ${body.unit}`;
        return warn(this.#say(en, `modo ${body.mode} rechazado: la unidad está en ${this.#state(body.unit)}`));
      }
      case 'job': {
        const { order, state, substate, producedQuantity } = body.record;
        const where = substate === undefined ? state : `${state}/${substate}`;
        const produced = this.#say(`${producedQuantity} produced`, `producidas: ${producedQuantity}`);
        return info(`${this.#say('job order', 'orden')} ${order.jobOrderId}: ${this.#state(where)}, ${produced}`);
      }
      case 'job-removed': {
        const { order, state } = body.record;
        const removed = this.#say('removed', 'retirada');
        return info(`${this.#say('job order', 'orden')} ${order.jobOrderId}: ${removed} (${this.#state(state)})`);
      }
      case 'alarm':
        return body.active
          ? warn(this.#withRemedy(body.fault))
          : info(`${this.#say('cleared', 'resuelto')}: ${this.#describe(body.fault)}`);
      case 'stop': {
        const words = this.#say('stop category', 'paro de categoría');
        const because = this.#say('because of', 'por');
        return warn(`${body.stopFunction}: ${words} ${body.category} ${because} ${this.#describe(body.cause)}`);
      }
      case 'link':
        return this.#link(body);
      case 'lease-proof':
        return info(`${this.#board(body.board)}: ${this.#proof(body.proof)}`);
      case 'stop-time': {
        const ms = body.stopMs.toFixed(1);
        const en = `a stop reached it ${ms} ms after the input changed`;
        return info(
          `${this.#board(body.board)}: ${this.#say(en, `un paro le llegó ${ms} ms después del cambio de la entrada`)}`,
        );
      }
      case 'overrun': {
        const late = `${body.lateMs.toFixed(1)} ms`;
        const en = `cycle ${body.cycle} was ${late} late (${body.stage})`;
        return warn(this.#say(en, `el ciclo ${body.cycle} se atrasó ${late} (${body.stage})`));
      }
      case 'checkpoint':
      case 'step':
      case 'measured':
      case 'produced':
        return undefined;
      default:
        return body satisfies never;
    }
  }

  #alarms(body: Extract<CellEvent['body'], { kind: 'alarm-handled' | 'flood' }>): LogLine {
    if (body.kind === 'alarm-handled') {
      const by = body.by || this.#say('its shelf', 'su plazo');
      const words = this.#say('alarm', 'alarma');
      return info(
        `${words} ${body.alarm.id} ${this.#say(body.how, HANDLED_ES[body.how])} (${by}): ${this.#describe(body.alarm.fault)}`,
      );
    }
    if (body.active) {
      const en = 'alarm flood: more alarms come than can be read; celda alarms shows them in groups';
      return warn(this.#say(en, 'avalancha de alarmas: llegan más de las que se pueden leer; celda alarms las agrupa'));
    }
    const { count } = body.flood;
    const en = `the alarm flood is over: ${count} alarms since it began`;
    return info(this.#say(en, `terminó la avalancha: ${count} alarmas desde que empezó`));
  }

  #bypass({ how, by, bypass }: Extract<CellEvent['body'], { kind: 'bypass' }>): LogLine {
    const { stopFunction, reason, untilTime } = bypass;
    const until = new Date(untilTime).toISOString();
    const whose = `${bypass.by}: ${reason}`;
    switch (how) {
      case 'asked-for': {
        const en = `bypass of ${stopFunction} asked for (${whose}), until ${until} at the latest: it counts from the next reset at the cell on`;
        const es = `se pidió anular ${stopFunction} (${whose}), hasta ${until} a más tardar: cuenta desde el próximo rearme en la celda`;
        return warn(this.#say(en, es));
      }
      case 'began': {
        const en = `${stopFunction} IS BYPASSED until ${until} (${whose}): its safeguard stops nothing; reset once more to enable`;
        const es = `${stopFunction} ESTÁ ANULADA hasta ${until} (${whose}): su protección no detiene nada; rearme otra vez para habilitar`;
        return warn(this.#say(en, es));
      }
      default: {
        const end = BYPASS_ENDS[how];
        const who = by === '' ? '' : ` (${by})`;
        const en = `the bypass of ${stopFunction} is over: ${end.en}${who}`;
        return info(this.#say(en, `terminó la anulación de ${stopFunction}: ${end.es}${who}`));
      }
    }
  }

  #link({ board, state, cause, openInputs }: Extract<CellEvent['body'], { kind: 'link' }>): LogLine {
    const until = this.#say('until these inputs are closed', 'hasta que se cierren estas entradas');
    const open = openInputs?.length ? `, ${until}: ${openInputs.join(', ')}` : '';
    const text = `${this.#board(board)}: ${this.#say('link', 'enlace')} ${linkStateText(state, this.#locale)}${open}`;
    return cause === undefined ? info(text) : warn(`${text}: ${this.#withRemedy(cause)}`);
  }

  #proof({ leaseMs, armedUntilMs, safeByMs, energised }: LeaseProof): string {
    const between = `${armedUntilMs.toFixed(1)}..${safeByMs.toFixed(1)} ms`;
    const names = energised.join(', ');
    const extent = names === '' ? '' : this.#say(`, with ${names} on`, `, con ${names} activo`);
    const en = `lease proven: withheld, it went safe after ${between} of its own clock (lease ${leaseMs} ms)`;
    const es = `plazo comprobado: sin renovarlo quedó segura tras ${between} de su propio reloj (plazo ${leaseMs} ms)`;
    return `${this.#say(en, es)}${extent}`;
  }

  /** One remedy: that of this very case where there is one, else that of the fault. */
  #withRemedy(fault: Fault): string {
    const detail = Object.fromEntries(Object.entries(fault.detail).filter(([key]) => key !== 'remedy'));
    const response = this.#say(FAULTS[fault.code].response, FAULTS[fault.code].responseEs);
    return `${this.#describe({ ...fault, detail })}; ${portRemedy(fault, this.#locale) ?? response}`;
  }

  #describe(fault: Fault): string {
    return describeFault(fault, this.#locale);
  }

  #board(name: string): string {
    return `${this.#say('board', 'tarjeta')} ${name}`;
  }

  #modes({ from, to }: Extract<CellEventBody, { readonly kind: 'mode' }>): string {
    const words = (locale: Locale): string => `${modeText(from, locale)} -> ${modeText(to, locale)}`;
    return this.#say(
      `mode of operation: ${words('en')}; nothing moves before a reset at the cell`,
      `modo de operación: ${words('es')}; nada se mueve antes de un rearme en la celda`,
    );
  }

  #state(state: string): string {
    return stateText(state, this.#locale);
  }

  #say(en: string, es: string): string {
    return this.#locale === 'es' ? es : en;
  }
}

function info(text: string): LogLine {
  return { level: 'info', text };
}

function warn(text: string): LogLine {
  return { level: 'warn', text };
}
