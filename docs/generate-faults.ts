// Writes docs/reference/faults.md from the fault catalogue. With `--check` it writes nothing and fails when the page is old.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, exit, stderr, stdout } from 'node:process';
import { type AlarmPriority, mayBeShelved, priorityOf } from '../src/core/alarm-class.ts';
import { isJournalTrouble } from '../src/core/event-storage.ts';
import type { FaultReaction } from '../src/core/faults/fault-entry.ts';
import { FAULTS, type FaultCode } from '../src/core/faults.ts';

const PAGE = join(import.meta.dirname, 'reference', 'faults.md');

/** What the hundreds of a number stand for. */
const GROUPS = {
  1: ['Boards and their links', 'Tarjetas y sus enlaces'],
  2: ['Motion', 'Movimiento'],
  3: ['Steps of a work master', 'Pasos de un maestro de trabajo'],
  4: ['Stops of the cell', 'Paros de la celda'],
  6: ['Requests and job orders', 'Solicitudes y órdenes de trabajo'],
  7: ['Cell programs', 'Programas de la celda'],
  9: ['Defects of Celda', 'Defectos de Celda'],
} as const satisfies Record<number, readonly [en: string, es: string]>;

const REACTIONS: Readonly<Record<FaultReaction, readonly [en: string, es: string]>> = {
  'stop-category-0': ['stop, category 0', 'paro, categoría 0'],
  'stop-category-1': ['stop, category 1', 'paro, categoría 1'],
  hold: ['hold', 'pausa'],
  reject: ['refuse', 'rechazo'],
  warn: ['warning', 'aviso'],
};

const PRIORITIES: Readonly<Record<AlarmPriority, readonly [en: string, es: string]>> = {
  urgent: ['urgent', 'urgente'],
  high: ['high', 'alta'],
  medium: ['medium', 'media'],
  low: ['low', 'baja'],
};

/** What is refused is told to whoever asked, and is no alarm. */
function priority(code: FaultCode, language: 0 | 1): string {
  const isNoAlarm = FAULTS[code].reaction === 'reject' && !isJournalTrouble(code);
  return isNoAlarm ? '' : PRIORITIES[priorityOf(code)][language];
}

const INTRODUCTION = `# Fault catalogue

Made by \`npm run generate\` from \`src/core/faults/\`; do not edit. Everything that can go wrong while a cell operates has
one number here. A number never gets another meaning. Alarms, log lines (\`[4001] emergency stop (...)\`), gRPC refusals
and reasons of job orders use them. En español: [más abajo](#catálogo-de-fallas).

| reaction         | what the cell does                                                                                        |
| ---------------- | --------------------------------------------------------------------------------------------------------- |
| stop, category 0 | nothing is driven any more, at once                                                                       |
| stop, category 1 | motion ramps down, then outputs go to their safe values                                                   |
| hold             | motion ramps down, actuators stay on, the job order is interrupted and waits for \`celda job resume\` or abort |
| refuse           | what was asked is not done, and nothing changes                                                           |
| warning          | an alarm, nothing else                                                                                    |

For 4001 and 4002 the \`category\` of the stop function in \`cell.yaml\` decides, not this table; with 6009 the actuators stay on. A _latched_ fault stays until a
reset at the cell; the reset clears the others too. Priority and whether
an alarm may be shelved: see [alarms](alarms.md); what is refused is no alarm.
`;

const INTRODUCTION_ES = `## Catálogo de fallas

| reacción          | qué hace la celda                                                                                           |
| ----------------- | ----------------------------------------------------------------------------------------------------------- |
| paro, categoría 0 | de inmediato no se acciona nada más                                                                         |
| paro, categoría 1 | el movimiento frena en rampa y después las salidas pasan a sus valores seguros                              |
| pausa             | el movimiento frena, la energía sigue puesta, la orden queda interrumpida y espera \`celda job resume\` o abort |
| rechazo           | lo solicitado no se hace y nada cambia                                                                      |
| aviso             | una alarma y nada más                                                                                       |

En 4001 y 4002 decide la \`category\` de la función de paro en \`cell.yaml\`, no esta tabla; con 6009 la energía sigue puesta. Una falla _enclavada_ permanece hasta el
rearme en la celda; el rearme borra también las demás. Prioridad y si
una alarma se puede archivar: vea [alarms](alarms.md); un rechazo no es una alarma.
`;

type Group = keyof typeof GROUPS;
type Row = readonly [code: FaultCode, entry: (typeof FAULTS)[keyof typeof FAULTS]];

/** @throws Error when a number of the catalogue is in no group */
function rowsByGroup(): ReadonlyMap<Group, readonly Row[]> {
  const groups = new Map<Group, Row[]>();
  for (const [code, entry] of Object.entries(FAULTS)) {
    const group = Object.keys(GROUPS).find((first) => code.startsWith(first));
    if (group === undefined) throw new Error(`fault ${code} has no group in docs/generate-faults.ts`);
    const key = Number(group) as Group;
    groups.set(key, [...(groups.get(key) ?? []), [Number(code) as FaultCode, entry]]);
  }
  return groups;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function english(): string {
  const header = ['number', 'reason', 'what happened', 'what to do', 'reaction', 'priority', 'latched', 'shelvable'];
  return [...rowsByGroup()]
    .map(([group, rows]) => {
      const cells = rows.map(([code, { reason, title, response, reaction, latched }]) => [
        String(code),
        `\`${reason}\``,
        title,
        response,
        REACTIONS[reaction][0],
        priority(code, 0),
        latched ? 'yes' : 'no',
        mayBeShelved(code) ? 'yes' : 'no',
      ]);
      return `## ${GROUPS[group][0]}\n\n${table(header, cells)}\n`;
    })
    .join('\n');
}

function spanish(): string {
  const header = ['número', 'qué pasó', 'qué hacer', 'reacción', 'prioridad', 'enclavada', 'archivable'];
  return [...rowsByGroup()]
    .map(([group, rows]) => {
      const cells = rows.map(([code, { titleEs, responseEs, reaction, latched }]) => [
        String(code),
        titleEs,
        responseEs,
        REACTIONS[reaction][1],
        priority(code, 1),
        latched ? 'sí' : 'no',
        mayBeShelved(code) ? 'sí' : 'no',
      ]);
      return `### ${GROUPS[group][1]}\n\n${table(header, cells)}\n`;
    })
    .join('\n');
}

const page = [INTRODUCTION, english(), INTRODUCTION_ES, spanish()].join('\n');
if (!argv.includes('--check')) {
  writeFileSync(PAGE, page);
} else if (readFileSync(PAGE, 'utf8') !== page) {
  stderr.write('docs/reference/faults.md is not what the fault catalogue says: run npm run generate\n');
  exit(1);
} else {
  stdout.write(`docs/reference/faults.md is current: ${Object.keys(FAULTS).length} faults\n`);
}
