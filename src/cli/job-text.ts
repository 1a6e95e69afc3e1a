// Job orders as text for people, in both languages.
import type { ResponseView } from '../app/job-response-view.ts';
import type { JobView } from '../app/job-view.ts';
import { resultText, stateText } from '../app/state-text.ts';
import type { Locale } from '../config/problem.ts';
import { localTime } from './local-time.ts';

const WORDS = {
  en: {
    order: 'job order',
    result: 'result',
    description: 'description',
    workMaster: 'work master',
    parameters: 'parameters',
    stored: 'stored',
    started: 'started',
    ended: 'ended',
    after: 'after',
    produced: 'produced',
    ofWhichGood: 'of which good',
    good: 'good',
    measured: 'measured',
    comment: 'comment',
    answer: 'job response',
    data: 'data',
    material: 'material',
    notCounted: 'not counted',
    reason: 'reason',
    response: 'what to do',
    next: 'then',
    goOn: (id: string) => `celda job resume ${id}, or give it up: celda job abort ${id}`,
    giveUp: (id: string) => `celda job abort ${id}`,
  },
  es: {
    order: 'orden',
    result: 'resultado',
    description: 'descripción',
    workMaster: 'trabajo',
    parameters: 'parámetros',
    stored: 'guardada',
    started: 'iniciada',
    ended: 'terminada',
    after: 'tras',
    produced: 'producidas',
    ofWhichGood: 'de ellas buenas',
    good: 'buenas',
    measured: 'medido',
    comment: 'comentario',
    answer: 'respuesta',
    data: 'dato',
    material: 'material',
    notCounted: 'sin contar',
    reason: 'motivo',
    response: 'qué hacer',
    next: 'después',
    goOn: (id: string) => `celda job resume ${id}, o para abandonarla: celda job abort ${id}`,
    giveUp: (id: string) => `celda job abort ${id}`,
  },
} as const satisfies Readonly<Record<Locale, Readonly<Record<string, string | ((id: string) => string)>>>>;

/** Of most states with what they mean. */
const STATE_WIDTH: Readonly<Record<Locale, number>> = { en: 22, es: 42 };

/** Longest of the words, and a space. */
const LABEL_WIDTH = 13;

/** One line; of an order that waits, is interrupted or has failed, also why. */
export function jobLine(job: JobView, locale: Locale): string {
  return [
    job.jobOrderId.padEnd(24),
    stateText(stateOf(job), locale).padEnd(STATE_WIDTH[locale]),
    job.workMasterId.padEnd(20),
    `${job.goodQuantity}/${job.producedQuantity} ${WORDS[locale].good}`,
    job.startTime === undefined ? '' : localTime(job.startTime),
    whyOf(job, locale),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** All that is known, one thing a line. */
export function jobLines(job: JobView, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const parameters = Object.entries(job.parameters).map(([id, value]) => `${id}=${valueText(value, job.units[id])}`);
  const lines: readonly (readonly [label: string, text: string])[] = [
    [words.order, `${job.jobOrderId}: ${placeText(job, locale)}`],
    ...(job.description === '' ? [] : ([[words.description, job.description]] as const)),
    [words.workMaster, `${job.workMasterId} ${job.workMasterVersion}`],
    [words.parameters, parameters.join(' ')],
    [words.stored, timeText(job.storeTime)],
    [words.started, timeText(job.startTime)],
    [words.ended, `${timeText(job.endTime)}${durationOf(job, words.after)}`],
    [words.produced, `${job.producedQuantity}, ${words.ofWhichGood} ${job.goodQuantity}`],
    ...job.measurements.map(({ id, value, unit }) => [words.measured, `${id} ${value.toFixed(2)} ${unit}`] as const),
    ...(job.comment === '' ? [] : ([[words.comment, job.comment]] as const)),
    ...reasonLines(job, locale),
    ...nextLines(job, locale),
  ];
  return lines.map(([label, text]) => `${label.padEnd(LABEL_WIDTH)}${text}`);
}

/** The response to an order, one thing a line. */
export function responseLines(response: ResponseView, locale: Locale): readonly string[] {
  const words = WORDS[locale];
  const materials = response.materials.map(({ definitionId, lotId, use, quantity }) =>
    [use, definitionId, lotId, quantity === '' ? words.notCounted : quantity].filter((part) => part !== '').join(' '),
  );
  const lines: readonly (readonly [label: string, text: string])[] = [
    [words.answer, `${response.jobResponseId}: ${placeText(response, locale)}`],
    [words.workMaster, `${response.workMasterId} ${response.workMasterVersion}`],
    [words.started, timeText(response.startTime)],
    [words.ended, timeText(response.endTime)],
    ...Object.entries(response.data).map(
      ([id, value]) => [words.data, `${id} ${valueText(value, response.units[id])}`] as const,
    ),
    ...materials.map((text) => [words.material, text] as const),
    ...reasonLines(response, locale),
  ];
  return lines.map(([label, text]) => `${label.padEnd(LABEL_WIDTH)}${text}`);
}

/** More digits than a sensor of a cell has are left out, and what is a second or longer is in seconds. */
function valueText(value: number | boolean | string, unit: string | undefined): string {
  const isLong = typeof value === 'number' && unit === 'ms' && Math.abs(value) >= 1_000;
  if (isLong) return `${(value / 1_000).toFixed(1)} s`;
  const text = typeof value === 'number' ? Number(value.toFixed(4)) : value;
  return unit === undefined || unit === '1' ? String(text) : `${text} ${unit}`;
}

function placeText(job: Pick<JobView, 'state' | 'substate' | 'result'>, locale: Locale): string {
  return `${stateText(stateOf(job), locale)}, ${WORDS[locale].result} ${resultText(job.result, locale)}`;
}

export function stateOf(job: Pick<JobView, 'state' | 'substate'>): string {
  return job.substate === '' ? job.state : `${job.state}/${job.substate}`;
}

function timeText(time: string | undefined): string {
  return time === undefined ? '-' : localTime(time);
}

function durationOf({ startTime, endTime }: JobView, after: string): string {
  if (startTime === undefined || endTime === undefined) return '';
  return ` (${after} ${((Date.parse(endTime) - Date.parse(startTime)) / 1_000).toFixed(1)} s)`;
}

function whyOf({ reason }: Pick<JobView, 'reason'>, locale: Locale): string {
  if (reason === undefined) return '';
  return locale === 'es' ? reason.titleEs : reason.title;
}

function reasonLines({ reason }: Pick<JobView, 'reason'>, locale: Locale): readonly (readonly [string, string])[] {
  if (reason === undefined) return [];
  const { title, response, titleEs, responseEs } = reason;
  const texts = locale === 'es' ? [titleEs, responseEs] : [title, response];
  return [
    [WORDS[locale].reason, texts[0] ?? ''],
    [WORDS[locale].response, texts[1] ?? ''],
  ];
}

/** Fault 4006: what has become of the order is told when the control process is back. */
const NOT_KNOWN = 4006;
/** Its work master or its place in it is not there any more (6001, 6002, 6024, 6029): no resume is taken. */
const CANNOT_GO_ON: readonly number[] = [6001, 6002, 6024, 6029];

/** An order that is interrupted goes on, or is given up, by a person alone. */
function nextLines({ state, jobOrderId, reason }: JobView, locale: Locale): readonly (readonly [string, string])[] {
  if (state !== 'Interrupted' || reason?.code === NOT_KNOWN) return [];
  const { next, goOn, giveUp } = WORDS[locale];
  const canGoOn = reason === undefined || !CANNOT_GO_ON.includes(reason.code);
  return [[next, canGoOn ? goOn(jobOrderId) : giveUp(jobOrderId)]];
}
