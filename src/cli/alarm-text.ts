// Alarms and stops as lines for people, in both languages.
import type { AlarmView, CellStateView, FaultView, StopView } from '../app/cell-client.ts';
import { modeText } from '../app/mode-text.ts';
import { alarmStateText, stateText } from '../app/state-text.ts';
import { localTime } from './local-time.ts';

export type Language = 'en' | 'es';

const PRIORITIES_ES: Readonly<Record<string, string>> = {
  urgent: 'urgente',
  high: 'alta',
  medium: 'media',
  low: 'baja',
};

const clock = (time: string | undefined): string => (time === undefined ? '' : localTime(time));

export function alarmLine(alarm: AlarmView, language: Language): string {
  const state = alarmStateText(alarm.state, language);
  const priority = language === 'es' ? (PRIORITIES_ES[alarm.priority] ?? alarm.priority) : alarm.priority;
  const first = language === 'es' ? 'primera: ' : 'first: ';
  const shelf =
    alarm.shelf === undefined ? '' : ` (${alarm.shelf.owner}: ${alarm.shelf.reason}, ${clock(alarm.shelf.until)})`;
  const mark = alarm.firstUp ? first : '';
  return `${alarm.number}  ${clock(alarm.raiseTime)}  ${priority}  ${state}${shelf}  ${mark}${alarm.fault.title[language]}`;
}

/** In which state and mode the alarms stand. */
export function cellLine({ unit, mode }: Pick<CellStateView, 'unit' | 'mode'>, language: Language): string {
  const words = language === 'es' ? ['unidad', 'modo'] : ['unit', 'mode'];
  return `${words[0]} ${stateText(unit, language)}, ${words[1]} ${modeText(mode, language)}`;
}

/** Alarms of one flood and one number of the catalogue are one line, with how many there are. */
export function alarmLines(alarms: readonly AlarmView[], language: Language): readonly string[] {
  const groups = new Map<string, AlarmView[]>();
  for (const alarm of alarms) {
    const key = alarm.flood === 0 ? `#${alarm.number}` : `${alarm.flood} ${alarm.fault.code} ${alarm.state}`;
    groups.set(key, [...(groups.get(key) ?? []), alarm]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const others = language === 'es' ? 'y otras' : 'and';
    const rest = language === 'es' ? 'iguales' : 'more like it';
    return [alarmLine(first, language) + (more.length === 0 ? '' : `  (${others} ${more.length} ${rest})`)];
  });
}

function valueText(value: number | null, isAnalog: boolean, unit: string, language: Language): string {
  if (value === null) return language === 'es' ? 'sin lectura' : 'unread';
  if (isAnalog) return `${Number(value.toFixed(2))} ${unit}`;
  if (language === 'es') return value === 1 ? 'cerrada' : 'abierta';
  return value === 1 ? 'closed' : 'open';
}

export function stopLine(stop: StopView, language: Language): string {
  return `${stop.number}  ${clock(stop.time)}  ${stateText(stop.unit, language)}  ${stop.cause.title[language]}`;
}

function blockText({ detail }: FaultView, language: Language): readonly string[] {
  const { block, diagCode } = detail;
  if (block === undefined) return [];
  return [language === 'es' ? `  bloque ${block}, código ${diagCode}` : `  block ${block}, code ${diagCode}`];
}

function blockLines({ name, type, diagCode, meaning, outputs }: StopView['blocks'][number], language: Language) {
  const values = Object.entries(outputs).map(([output, value]) => `${output} ${value ? 'TRUE' : 'FALSE'}`);
  return [`  ${name} (${type}): ${diagCode} ${meaning[language]}`, `    ${values.join(', ')}`];
}

/** Why the cell stopped, and what it saw in the second before. */
export function stopLines(stop: StopView, language: Language): readonly string[] {
  const isSpanish = language === 'es';
  const inputs = new Map(stop.inputs.map((input) => [input.device, input]));
  const text = (device: string, value: number | null): string => {
    const input = inputs.get(device);
    return valueText(value, input?.kind === 'analog-input', input?.unit ?? '', language);
  };
  const order = stop.jobOrderId === '' ? '' : `, ${stop.jobOrderId} ${stop.step}`;
  return [
    `${isSpanish ? 'paro' : 'stop'} ${stop.number}, ${clock(stop.time)}: ${stop.cause.title[language]}`,
    ...blockText(stop.cause, language),
    `  ${isSpanish ? 'categoría' : 'category'} ${stop.category}, ${stateText(stop.unit, language)}, ${isSpanish ? 'modo' : 'mode'} ${modeText(stop.mode, language)}${order}`,
    `  ${isSpanish ? 'qué hacer' : 'what to do'}: ${stop.cause.response[language]}`,
    ...stop.others.map((fault) => `  ${isSpanish ? 'además' : 'also'}: ${fault.title[language]}`),
    isSpanish
      ? `entradas, los ${Math.round(stop.traceMs)} ms anteriores:`
      : `inputs, the ${Math.round(stop.traceMs)} ms before:`,
    ...stop.changes.map(
      ({ beforeMs, device, from, to }) =>
        `  ${`${-Math.round(beforeMs) || 0}`.padStart(6)} ms  ${device}: ${text(device, from)} -> ${text(device, to)}`,
    ),
    isSpanish ? 'entradas en ese ciclo:' : 'inputs in that cycle:',
    ...stop.inputs.map(({ device, value, safety }) => `  ${device}: ${text(device, value)}${safety ? ' *' : ''}`),
    isSpanish ? 'bloques en ese ciclo:' : 'blocks in that cycle:',
    ...stop.blocks.flatMap((block) => blockLines(block, language)),
  ];
}
