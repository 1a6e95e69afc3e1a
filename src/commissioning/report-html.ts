// The report as a page that prints on A4 and Letter, without anything from elsewhere. Pure.
import type { CellModel } from '../core/cell-model.ts';
import { type CommissionReport, isComplete, type Measured, type PointStanding, standings } from './report.ts';
import { titleOf } from './titles.ts';
import { filled, type Language, MEASURED_NAMES, type MeasuredName, STATE_WORDS } from './words.ts';

const TEXT = {
  en: {
    title: 'Commissioning report',
    cell: 'Cell',
    complete: 'COMPLETE for this configuration',
    incomplete: 'INCOMPLETE',
    simulated: 'Made in a simulation. It says nothing about a real cell.',
    configuration: 'Configuration (SHA-256)',
    confirmed: 'Confirmed by',
    nobody: 'nobody yet',
    boards: 'Boards',
    firmware: 'firmware',
    point: 'Point',
    result: 'Result',
    measured: 'Measured, remarks',
    who: 'By, when (UTC)',
    limit: 'limit',
    signatures: 'Signatures',
    sign: ['Commissioned by', 'Responsible for the machine', 'Witness'],
    signLine: 'name, date, signature',
    limits: 'What this report is not',
    limitTexts: [
      'Celda is not a safety component: it has no Performance Level (PL) and no Safety Integrity Level (SIL), and this report gives it none.',
      'A certified, hard-wired emergency stop is required. It takes the power of all actuators away without Celda, and is validated by its own procedure.',
      'Stop times are measured from the input that the board saw to outputs that it read back, in steps of about one control cycle. The way to the contact before and the stopping of the mechanics after are not in them.',
      'The hash in the file shows a change by hand. It does not prevent forgery.',
      'The person sees what an actuator does; Celda records what the person said.',
    ],
  },
  es: {
    title: 'Reporte de puesta en marcha',
    cell: 'Celda',
    complete: 'COMPLETO para esta configuración',
    incomplete: 'INCOMPLETO',
    simulated: 'Hecho en una simulación. No dice nada de una celda real.',
    configuration: 'Configuración (SHA-256)',
    confirmed: 'Confirmado por',
    nobody: 'nadie todavía',
    boards: 'Tarjetas',
    firmware: 'firmware',
    point: 'Punto',
    result: 'Resultado',
    measured: 'Medido, observaciones',
    who: 'Quién, cuándo (UTC)',
    limit: 'límite',
    signatures: 'Firmas',
    sign: ['Puesta en marcha por', 'Responsable de la máquina', 'Testigo'],
    signLine: 'nombre, fecha, firma',
    limits: 'Lo que este reporte no es',
    limitTexts: [
      'Celda no es un componente de seguridad: no tiene nivel de prestaciones (PL) ni nivel de integridad (SIL), y este reporte no le da ninguno.',
      'Se requiere un paro de emergencia certificado y cableado. Quita la energía de todos los actuadores sin Celda y se valida con su propio procedimiento.',
      'Los tiempos de paro se miden desde la entrada que vio la tarjeta hasta las salidas que releyó, en pasos de más o menos un ciclo de control. No incluyen el camino hasta el contacto ni lo que tarda la mecánica en detenerse.',
      'El hash del archivo muestra un cambio hecho a mano. No impide una falsificación.',
      'La persona ve lo que hace un actuador; Celda anota lo que la persona dijo.',
    ],
  },
} as const;

const STYLE = `
@page { margin: 15mm; }
body { font: 10pt/1.35 sans-serif; color: #000; background: #fff; max-width: 180mm; margin: 0 auto; }
h1 { font-size: 16pt; margin: 0 0 2mm; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.2mm solid #555; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.id, code { font: 8pt monospace; overflow-wrap: anywhere; }
.status { border: 0.6mm solid #000; padding: 2mm; font-weight: bold; margin: 3mm 0; }
.failed, .missing, .outdated, .skipped, .other-board { font-weight: bold; }
.sign { display: flex; gap: 6mm; break-inside: avoid; }
.sign div { flex: 1; border-top: 0.3mm solid #000; margin-top: 18mm; padding-top: 1mm; }
.limits { break-inside: avoid; }
`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function isMeasuredName(name: string): name is MeasuredName {
  return Object.hasOwn(MEASURED_NAMES, name);
}

/** One value as a person reads it. */
export function measuredText({ name, value, unit, limit }: Measured, language: Language): string {
  const label = isMeasuredName(name) ? filled(MEASURED_NAMES[name], language) : name;
  const limitText = limit === undefined ? '' : ` (${TEXT[language].limit} ${limit} ${unit})`;
  return `${label}: ${value}${unit === '' ? '' : ` ${unit}`}${limitText}`;
}

function row({ point, state, record }: PointStanding, language: Language): string {
  const remarks = [
    ...(record?.measured.map((value) => measuredText(value, language)) ?? []),
    ...(record?.reason ? [record.reason] : []),
  ];
  const who = record === undefined ? '' : `${record.by}\n${record.at.slice(0, 19).replace('T', ' ')}`;
  const lines = (text: string): string => escaped(text).replaceAll('\n', '<br>');
  return `<tr><td>${escaped(titleOf(point, language))}<br><span class="id">${escaped(point.id)}</span></td>
<td class="${state}">${filled(STATE_WORDS[state], language)}</td><td>${lines(remarks.join('\n'))}</td><td>${lines(who)}</td></tr>`;
}

function boardsText(report: CommissionReport, language: Language): string {
  const seen = report.points.flatMap(({ boards }) => boards);
  const texts = seen.map(({ name, uid, firmware }) => `${name} ${uid} (${TEXT[language].firmware} ${firmware})`);
  return [...new Set(texts)].join('; ');
}

/** @returns a whole HTML document in the language of the person who made the report */
export function reportHtml(cell: CellModel, report: CommissionReport, language: Language): string {
  const words = TEXT[language];
  const points = standings(cell, report);
  const status = isComplete(cell, report) ? words.complete : words.incomplete;
  const passed = points.filter(({ state }) => state === 'passed').length;
  const who =
    report.confirmedBy === '' ? words.nobody : `${report.confirmedBy}, ${report.confirmedAt.slice(0, 19)} UTC`;
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${words.title}: ${escaped(cell.name)}</title><style>${STYLE}</style></head>
<body>
<h1>${words.title}</h1>
<p>${words.cell}: <strong>${escaped(cell.name)}</strong> ${escaped(cell.description)}</p>
<p class="status">${status} (${passed}/${points.length})${report.simulated ? `<br>${words.simulated}` : ''}</p>
<p>${words.configuration}: <code>${escaped(cell.configHash)}</code><br>
${words.confirmed}: ${escaped(who)}<br>
${words.boards}: ${escaped(boardsText(report, language))}</p>
<table><thead><tr><th>${words.point}</th><th>${words.result}</th><th>${words.measured}</th><th>${words.who}</th></tr></thead>
<tbody>
${points.map((standing) => row(standing, language)).join('\n')}
</tbody></table>
<h2>${words.signatures}</h2>
<div class="sign">${words.sign.map((role) => `<div>${role}<br><small>${words.signLine}</small></div>`).join('')}</div>
<section class="limits"><h2>${words.limits}</h2>
<ul>${words.limitTexts.map((text) => `<li>${text}</li>`).join('')}</ul></section>
</body></html>
`;
}
