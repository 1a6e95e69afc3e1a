// What a technician is told of a journal: in the language that was asked for, and what is really in the way.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayLine } from '../../src/app/gateway-line.ts';
import { backUp, info, restore } from '../../src/app/journal-care.ts';
import { OperatorError } from '../../src/app/operator-error.ts';
import { refusalIn, violationIn } from '../../src/app/refusal-text.ts';
import { act } from '../../src/cli/command.ts';
import { CallFailedError, showFailure } from '../../src/cli/failures.ts';
import { breakText, damageText, infoLines, JOURNAL_WORDS, trailVerdict } from '../../src/cli/journal-text.ts';
import { describeFault, FAULTS, fault } from '../../src/core/faults.ts';
import { openStore } from '../../src/journal/open-store.ts';
import { PAGE_BYTES } from '../../src/journal/schema.ts';
import { EventSource, submission } from '../support/journal-samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'celda-journal-texts-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function refusalOf(run: () => unknown): OperatorError {
  try {
    run();
  } catch (error) {
    if (error instanceof OperatorError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('a file that is not as the command needs it', () => {
  const here = join(folder, 'here.db');
  const ES = { locale: 'es', note: () => undefined } as const;
  const damaged = join(folder, 'damaged.db');

  beforeAll(() => {
    const opened = openStore({ path: here, boot: () => ({ sinceBootMs: 0, bootId: '' }) });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    opened.value.commit([submission(new EventSource(), 'o-1')]);
    opened.value.close();
    const bytes = readFileSync(here);
    writeFileSync(damaged, bytes.fill(0xff, PAGE_BYTES));
  });

  it.each([
    ['no journal yet', () => info(join(folder, 'cell.yaml'), 'es'), 'no hay ningún journal', 'cell.journal.db'],
    ['a copy that is there', () => backUp(here, here, ES), 'ya existe', 'here.db'],
    ['a copy in no folder', () => backUp(here, join(folder, 'stick', 'a.db'), ES), 'no existe', 'stick'],
    ['no backup', () => restore(join(folder, 'cell.yaml'), join(folder, 'b.db'), 'es'), 'no existe', 'b.db'],
  ])('is told as what it is, not as a disk that fails: %s', (_, act, said, file) => {
    const refusal = refusalOf(act);
    expect([refusal.exitCode, refusal.reason]).toEqual([2, '']);
    expect(refusal.told('es').message).toContain(said);
    expect(refusal.told('es').message).toContain(file);
    expect(refusal.told('en').message).not.toContain(said);
  });

  it('is told with the reason of its fault where it is one', () => {
    expect(refusalOf(() => info(damaged, 'en'))).toMatchObject({ exitCode: 1, reason: 'JOURNAL_CORRUPT' });
  });

  it('is told as the backup where it is one: another backup helps, and not the restore that was just tried', () => {
    const refusal = refusalOf(() => restore(join(folder, 'cell.yaml'), damaged, 'es'));
    expect([refusal.exitCode, refusal.reason]).toEqual([1, 'JOURNAL_CORRUPT']);
    expect(refusal.told('es').message).toContain(`file=${damaged}`);
    expect(refusal.told('es').hint).toContain('es el respaldo');
    expect(refusal.told('es').hint).not.toContain('celda restore');
    expect(refusalOf(() => info(damaged, 'es')).told('es').hint).toContain('celda restore');
  });
});

describe('a journal in Spanish', () => {
  const found = {
    id: 'b2e5',
    schemaVersion: 2,
    position: 19,
    orders: { NotAllowedToStart: 0, AllowedToStart: 1, Running: 2, Interrupted: 3, Ended: 4, Aborted: 5 },
    audit: { seq: 8, hash: 'ab' },
    bytes: 512,
    logBytes: 20_936,
  };
  const figures = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.match(/\d+/g) ?? []);

  it('has the same lines with the same figures, and no word of the other language', () => {
    expect(figures(infoLines(found, 'es'))).toEqual(figures(infoLines(found, 'en')));
    const { info: english, ...texts } = JOURNAL_WORDS.en;
    const { info: spanish, ...words } = JOURNAL_WORDS.es;
    expect(Object.entries(words).filter(([name, text]) => texts[name as keyof typeof texts] === text)).toEqual([]);
    expect(Object.keys(spanish)).toEqual(Object.keys(english));
  });

  it.each(['missing', 'changed', 'not-following', 'cut-off'] as const)('names the record that is %s', (kind) => {
    expect(breakText({ kind, seq: 47, text: 'record' }, 'es')).toMatch(/registro 47\b/);
    expect(breakText({ kind, seq: 47, text: 'record 47' }, 'en')).toBe('record 47');
  });

  it('says whether the trail is whole', () => {
    expect(trailVerdict(true, found.audit, 'es')).toBe('íntegra: 8 registros, el último es 8:ab');
    expect(trailVerdict(false, found.audit, 'en')).toBe('CHANGED: 8 records, the last is 8:ab');
  });
});

describe('a line that the gateway logs', () => {
  it.each([
    [
      'the journal takes nothing: [6501] no room on the disk for the journal (file=j)',
      'el journal no acepta nada: [6501] no hay espacio en el disco para el journal (file=j)',
    ],
    ['the journal takes what happens again', 'el journal acepta de nuevo lo que ocurre'],
    [
      '10.0.0.7:50070 has not taken the response to J-1, it is asked again: UNAVAILABLE: x',
      '10.0.0.7:50070 no aceptó la respuesta de J-1, se le vuelve a pedir: UNAVAILABLE: x',
    ],
    [
      '3 job responses are lost, of A to C: m:1 has not taken them, and the journal keeps no order so old',
      'se perdieron 3 respuestas, de A a C: m:1 no las aceptó, y el journal no conserva órdenes tan viejas',
    ],
    ['celda.job.v1/Watch failed: Error', 'celda.job.v1/Watch failed: Error'],
    ['audit trail 53:b519', 'auditoría 53:b519'],
    ['j.records/1.json is no record for the audit trail: x', 'j.records/1.json no es un registro de auditoría: x'],
    [
      '10.0.0.7:4 was turned away at the handshake: CERT_REVOKED (and 3 lines like it were left out)',
      '10.0.0.7:4 fue rechazado al conectarse: CERT_REVOKED (y se omitieron otras 3 líneas así)',
    ],
    [
      'urn:a (10.0.0.7:4) was turned away: its certificate is not accepted any more',
      'urn:a (10.0.0.7:4) fue rechazado: su certificado ya no se acepta',
    ],
    ['urn:a (10.0.0.7:4) was cut off: calls-too-many', 'urn:a (10.0.0.7:4) fue desconectado: calls-too-many'],
    ['/celda.job.v1.S/M refused to urn:a (h:4): ROLE_MISSING', '/celda.job.v1.S/M negado a urn:a (h:4): ROLE_MISSING'],
  ])('is in the language of the cell: %s', (english, spanish) => {
    expect(gatewayLine(english, 'es')).toBe(spanish);
    expect(gatewayLine(english, 'en')).toBe(english);
  });
});

describe('an order that the cell does not take up again as it is', () => {
  it('is shown with the command by which a person lets it go on all the same', () => {
    const failure = {
      kind: 'refused',
      mayBeDone: false,
      status: 'FAILED_PRECONDITION',
      reason: 'RESUME_DIFFERS',
      message: '[6513] it differs',
      metadata: { jobOrderId: 'B-1', acknowledge: '89240b4d' },
      violations: [],
      retryAfterMs: undefined,
      door: undefined,
    } as const;
    const shown = (locale: 'en' | 'es') => showFailure(new CallFailedError(failure, 'h:1', 'cell'), locale).details;
    expect(shown('es')).toEqual([
      expect.stringMatching(/^si .*: celda job resume B-1 --acknowledge 89240b4d$/),
      'para abandonar la orden: celda job abort B-1',
    ]);
    expect(shown('en')).toEqual([
      expect.stringMatching(/^when .*: celda job resume B-1 --acknowledge 89240b4d$/),
      'to give the order up: celda job abort B-1',
    ]);
    const toMend = new CallFailedError({ ...failure, metadata: { jobOrderId: 'B-1' } }, 'h:1', 'cell');
    expect(showFailure(toMend, 'es').details).toEqual([
      'cuando haya corregido la diferencia: celda job resume B-1',
      'para abandonar la orden: celda job abort B-1',
    ]);
    expect(showFailure(toMend, 'en').details[0]).toBe('when the difference is mended: celda job resume B-1');
  });
});

describe('what details of a fault say in words', () => {
  it.each([
    ['cause=no such file', 'cause=no existe ese archivo', 6502, { file: '/a', cause: 'no such file' }],
    ['reason=it is not shelved', 'reason=no está archivada', 6015, { alarmId: 3, reason: 'it is not shelved' }],
    ['reason=64 alarms are', 'reason=ya hay 64 alarmas', 6015, { reason: '64 alarms are shelved already' }],
  ] as const)('%s is in Spanish where the fault is, and in a refusal of the gateway', (en, es, code, detail) => {
    expect(describeFault(fault(code, detail))).toContain(en);
    expect(describeFault(fault(code, detail), 'es')).toContain(es);
    expect(refusalIn('es', `${describeFault(fault(code, detail))}; ${FAULTS[code].response}`)).toContain(es);
  });

  it('names and codes stay what they are', () => {
    expect(describeFault(fault(1002, { board: 'uno-1', cause: 'lease' }), 'es')).toContain('(board=uno-1 cause=lease)');
  });
});

describe('a refusal, for a script', () => {
  it('has what it names in fields of its own: number, code to acknowledge, wrong fields, pause', async () => {
    const failure = {
      kind: 'refused',
      mayBeDone: false,
      status: 'FAILED_PRECONDITION',
      reason: 'RESUME_DIFFERS',
      message: '[6513] it differs',
      metadata: { fault_code: '6513', isa95_return_status: '16', jobOrderId: 'B-1', acknowledge: '89240b4d' },
      violations: [{ field: 'f', description: 'given 1; allowed: 2' }],
      retryAfterMs: 250,
      door: undefined,
    } as const;
    const said: unknown[] = [];
    const nothing = (): void => undefined;
    const told = { json: (value: unknown) => said.push(value), print: nothing, note: nothing, progress: nothing };
    const codes: number[] = [];
    const context = {
      console: { ...told, style: (_: string, text: string) => text },
      locale: 'es',
      exit: (code: number) => codes.push(code),
    } as const;
    await act(context, true, () => Promise.reject(new CallFailedError(failure, 'h:1', 'cell')));
    expect(codes).toEqual([1]);
    expect(said).toEqual([
      {
        error: {
          message: expect.any(String) as string,
          details: expect.any(Array) as string[],
          status: 'FAILED_PRECONDITION',
          reason: 'RESUME_DIFFERS',
          code: 6513,
          metadata: { isa95_return_status: '16', jobOrderId: 'B-1', acknowledge: '89240b4d' },
          violations: failure.violations,
          retryAfterMs: 250,
          exitCode: 1,
        },
      },
    ]);
  });
});

describe('a draft that is not as the caller thinks', () => {
  const failure = {
    kind: 'refused',
    mayBeDone: false,
    status: 'ABORTED',
    reason: 'ETAG_MISMATCH',
    message: '[6016] it has changed',
    metadata: { workMasterId: 'pick', version: '2.0.0' },
    violations: [],
    retryAfterMs: undefined,
    door: undefined,
  } as const;
  const shown = (metadata: Readonly<Record<string, string>>, locale: 'en' | 'es') =>
    showFailure(new CallFailedError({ ...failure, metadata }, 'h:1', 'cell'), locale).details;

  it('is shown with the command that tells its etag, and the option that takes it', () => {
    expect(shown(failure.metadata, 'en')).toEqual([
      expect.stringMatching(/^celda work-master show pick 2\.0\.0 .*--etag/),
    ]);
    expect(shown(failure.metadata, 'es')).toEqual([
      expect.stringMatching(/^celda work-master show pick 2\.0\.0 muestra.*--etag/),
    ]);
  });

  it('is not mixed up with a job order that has changed', () => {
    expect(shown({ jobOrderId: 'J-1' }, 'en')).toEqual([expect.stringMatching(/^celda job get J-1 --json .*--etag/)]);
    expect(shown({}, 'en')).toEqual([]);
  });
});

describe('what is damaged in a journal', () => {
  it.each([
    [
      'frame 7 of the write-ahead log is not what was written',
      'la trama 7 del registro previo (WAL) no es la que se escribió',
    ],
    [
      'orders o-1: its content does not match its checksum',
      'orders o-1: su contenido no coincide con su suma de control',
    ],
    ['log: ends at 4, and 9 were confirmed', 'log: termina en 4, y se habían confirmado 9'],
    ['a row holds what was never written', 'una fila contiene lo que nunca se escribió'],
    [
      'Tree 4 page 9: btreeInitPage() returns error code 11',
      'SQLite dice: Tree 4 page 9: btreeInitPage() returns error code 11',
    ],
  ])('is told in the language of who asked: %s', (english, spanish) => {
    expect(damageText(english, 'es')).toBe(spanish);
    expect(damageText(english, 'en')).toBe(english);
  });
});

it('a damaged row commands no terminal', () => {
  expect(damageText('orders \u001b[2J: has no content', 'en')).toBe('orders ?[2J: has no content');
});

describe('wrong fields of an order', () => {
  it.each([
    [
      'given 200; allowed: integer 1..100 [1]; give at most 100',
      'dado 200; permitido: entero 1..100 [1]; indique 100 como máximo',
    ],
    [
      'given "sped"; allowed: count, speed; did you mean speed?',
      'dado "sped"; permitido: count, speed; ¿quiso decir speed?',
    ],
    ['given 0; allowed: number 0.5..9; give at least 0.5', 'dado 0; permitido: número 0.5..9; indique al menos 0.5'],
    ['allowed: a job order; it is required', 'permitido: una orden; es obligatorio'],
    ['given 65 joints; allowed: at most 64', 'dado 65 ejes; permitido: hasta 64'],
    ['given 20; allowed: -10 to 10 %', 'dado 20; permitido: -10 a 10 %'],
    ['given 2; allowed: none: stuck has no degrees', 'dado 2; permitido: ninguno: stuck no tiene grados'],
    ['given "a"; allowed: each signal once', 'dado "a"; permitido: cada uno una sola vez'],
    ['given nothing; allowed: a value', 'dado nada; permitido: un valor'],
    ['given no id; allowed: at least one id of the material', 'dado ningún id; permitido: al menos un id del material'],
    [
      'given "x"; allowed: a BCP 47 tag, e.g. en or es-MX, or nothing',
      'dado "x"; permitido: una etiqueta BCP 47, p. ej. en o es-MX, o nada',
    ],
    [
      'given 3; allowed: nothing: the state has other substates',
      'dado 3; permitido: nada: el estado tiene otros subestados',
    ],
    ['allowed: a moment that is not before start_time', 'permitido: un momento que no sea anterior a start_time'],
    [
      'given "r0"; allowed: the etag of an answer, or nothing',
      'dado "r0"; permitido: el etag de una respuesta, o nada',
    ],
    ['allowed: YAML 1.2; line 4, column 1: x', 'permitido: YAML 1.2; línea 4, columna 1: x'],
    [
      'given a: [; allowed: YAML 1.2; line 4, column 1: x; the mistake may be in a line above',
      'dado a: [; permitido: YAML 1.2; línea 4, columna 1: el analizador de YAML informa: x; el error puede estar en una línea anterior',
    ],
    [
      'given 5 A; allowed: a number; write it without quotes and without its unit',
      'dado 5 A; permitido: un número; escríbalo sin comillas y sin su unidad',
    ],
    [
      'allowed: what is checked within 10 s and 96 MiB of memory; make it shorter',
      'permitido: lo que se revisa en 10 s y con 96 MiB de memoria; acórtelo',
    ],
    [
      'allowed: what can be checked; its check broke off twice: write it in another way, and report this one',
      'permitido: lo que se puede revisar; su revisión se interrumpió dos veces: escríbalo de otra manera e informe de este',
    ],
    ['allowed: a, b, ... (412 characters)', 'permitido: a, b, ... (412 caracteres)'],
    ['given "J 9"; allowed: 1..64 characters of A-Z a-z', 'dado "J 9"; permitido: 1..64 caracteres A-Z a-z'],
  ])('%s', (english, spanish) => {
    expect(violationIn('es', english)).toBe(spanish);
    expect(violationIn('en', english)).toBe(english);
  });

  it.each([
    [
      'base: expected at 45 deg, seen at 0 deg; elbow: expected between 1 and 9 mm, seen at 70 mm acknowledge=1f2e',
      'base: se esperaba en 45 deg, está en 0 deg; elbow: se esperaba entre 1 y 9 mm, está en 70 mm acknowledge=1f2e',
    ],
    ['gripper: expected a part, seen no part; x', 'gripper: se esperaba una pieza, no hay ninguna; x'],
    ['gripper: expected no part, seen a part; x', 'gripper: no se esperaba ninguna pieza, hay una; x'],
  ])('and differences of a resume: %s', (english, spanish) => {
    expect(violationIn('es', `differences=${english}`)).toBe(`differences=${spanish}`);
  });

  it('are put into the language of who asked within a refusal too', () => {
    const refusal =
      '[6002] job parameters are not acceptable: p[0].value: given 2.5; allowed: integer; give a whole number; p[1]';
    expect(refusalIn('es', refusal)).toContain(
      'p[0].value: dado 2.5; permitido: entero; indique un número entero; p[1]',
    );
  });
});
