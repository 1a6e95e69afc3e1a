// What a wrong command line is told, in the language that it asked for.
import { describe, expect, it } from 'vitest';
import { CallFailedError, showFailure } from '../../src/cli/failures.ts';
import { localeOf, usageFailure, usageText, wantsJson } from '../../src/cli/usage-text.ts';

describe('a wrong usage in Spanish', () => {
  it.each([
    ["error: unknown option '--foo'", "error: opción desconocida '--foo'"],
    [
      "error: unknown command 'chekc'\n(Did you mean check?)",
      "error: comando desconocido 'chekc'\n(¿Quiso decir check?)",
    ],
    ["error: missing required argument 'cell.yaml'", "error: falta el argumento 'cell.yaml'"],
    [
      "error: option '--board <board>' argument 'x' is invalid. Allowed choices are uno, mega.",
      "error: la opción '--board <board>' no admite 'x'; valores: uno, mega",
    ],
    [
      "error: option '--max-states <count>' argument '0' is invalid. expected a whole number, 1 to 9",
      "error: la opción '--max-states <count>' no admite '0'; se espera un número entero, 1 a 9",
    ],
    [
      "error: option '--grpc-port <port>' argument '99999' is invalid. expected a port, 0 to 65535 (0: any free one)",
      "error: la opción '--grpc-port <port>' no admite '99999'; se espera un puerto, 0 a 65535 (0: cualquiera libre)",
    ],
    [
      "error: option '--port <board=path>' argument 'x' is invalid. expected board=port, such as uno-1=/dev/ttyACM0",
      "error: la opción '--port <board=path>' no admite 'x'; se espera tarjeta=puerto, por ejemplo uno-1=/dev/ttyACM0",
    ],
    [
      "error: option '-p, --param <name=value>' argument 'count' is invalid. expected name=value",
      "error: la opción '-p, --param <nombre=valor>' no admite 'count'; se espera nombre=valor",
    ],
    [
      "error: option '--push-to <host:port>' argument 'x' is invalid. expected host:port, such as mes.example.org:50070 or [::1]:50070",
      "error: la opción '--push-to <host:port>' no admite 'x'; se espera host:port, por ejemplo mes.example.org:50070 o [::1]:50070",
    ],
    [
      "error: option '--push-states <states>' argument 'x' is invalid. expected some of Ended, Aborted",
      "error: la opción '--push-states <states>' no admite 'x'; se espera alguno de Ended, Aborted",
    ],
    [
      "error: option '--port <board=path>' argument 'uno-1=/b' is invalid. uno-1 is given twice",
      "error: la opción '--port <board=path>' no admite 'uno-1=/b'; uno-1 se da dos veces",
    ],
    [
      "error: option '--level <level>' argument '2' is invalid. expected 1 or 3",
      "error: la opción '--level <level>' no admite '2'; se espera 1 o 3",
    ],
    [
      "error: option '--since <time>' argument 'x' is invalid. expected a day or a time such as 2026-11-23, 2026-11-23T06:00 or 2026-11-23T06:00-06:00",
      "error: la opción '--since <time>' no admite 'x'; se espera un día o una hora, por ejemplo 2026-11-23, 2026-11-23T06:00 o 2026-11-23T06:00-06:00",
    ],
    [
      "error: too many arguments for 'check'. Expected 1 argument but got 2: a, b.",
      "error: sobran argumentos de 'check': hay 2 y el máximo es 1: a, b.",
    ],
    [
      "error: option '--every <ms>' argument 'abc' is invalid. expected 20 to 60000 ms",
      "error: la opción '--every <ms>' no admite 'abc'; se espera 20 a 60000 ms",
    ],
    [
      "error: option '--for <time>' argument '10x' is invalid. expected 1s to 8h, such as 90s, 15m or 2h",
      "error: la opción '--for <time>' no admite '10x'; se espera 1s a 8h, por ejemplo 90s, 15m o 2h",
    ],
    [
      "error: option '--for <time>' argument '9s' is invalid. expected 1ms to 5s, such as 500ms or 2s",
      "error: la opción '--for <time>' no admite '9s'; se espera 1ms a 5s, por ejemplo 500ms o 2s",
    ],
    [
      "error: command-argument value 'x' is invalid for argument 'mode'. Allowed choices are production, manual.",
      "error: el argumento 'mode' no admite 'x'; valores: production, manual",
    ],
    [
      "error: command-argument value 'x' is invalid for argument 'number'. expected the number that celda alarms or celda stops shows",
      "error: el argumento 'number' no admite 'x'; se espera el número que muestra celda alarms o celda stops",
    ],
  ])('%s', (english, spanish) => {
    expect(usageText(english, 'es')).toBe(spanish);
    expect(usageText(english, 'en')).toBe(english);
  });

  it('is told as --locale says, wherever it stands', () => {
    expect(localeOf(['check', '--locale', 'es', '--foo'])).toBe('es');
    expect(localeOf(['check', '--locale=es'])).toBe('es');
    expect(localeOf(['check', '--locale', 'en'])).toBe('en');
  });
});

describe('a wrong usage as JSON', () => {
  it('has the form of every other failure, in the language that was asked for', () => {
    expect(usageFailure("error: unknown command 'chekc'\n(Did you mean check?)\n", 'es')).toEqual({
      error: {
        message: "comando desconocido 'chekc'",
        details: ['¿Quiso decir check?', 'celda --help muestra los comandos, celda <comando> --help sus opciones'],
        status: '',
        reason: '',
        exitCode: 2,
      },
    });
  });

  it('is awaited where --json stands before the end of the options', () => {
    expect(wantsJson(['job', 'list', '--json'])).toBe(true);
    expect(wantsJson(['job', 'list'])).toBe(false);
    expect(wantsJson(['job', 'get', '--', '--json'])).toBe(false);
  });
});

describe('a refusal of a cell', () => {
  const refused = {
    kind: 'refused',
    mayBeDone: false,
    message: '[6004] no job order has this id (jobOrderId=zzz); list the job orders to see their ids',
    status: 'NOT_FOUND',
    reason: 'JOB_ORDER_NOT_FOUND',
    violations: [],
    metadata: {},
    retryAfterMs: undefined,
    door: undefined,
  } as const;

  it('is shown in Spanish with the texts of its fault, and its detail as it is', () => {
    const { message } = showFailure(new CallFailedError(refused, '127.0.0.1:1', 'cell'), 'es');
    expect(message).toMatch(/^\[6004\] ninguna orden .*\(jobOrderId=zzz\); .+ \(NOT_FOUND\)$/);
    expect(message).not.toContain('job order');
    expect(showFailure(new CallFailedError(refused, '127.0.0.1:1', 'cell')).message).toBe(
      `${refused.message} (NOT_FOUND)`,
    );
  });

  it('of nobody says in Spanish what to start', () => {
    const nobody = { ...refused, kind: 'unreachable', status: 'UNAVAILABLE' } as const;
    expect(showFailure(new CallFailedError(nobody, '127.0.0.1:1', 'simulation'), 'es')).toMatchObject({
      message: 'nadie responde en 127.0.0.1:1 (UNAVAILABLE)',
      details: [expect.stringContaining('arranque una simulación')],
      exitCode: 3,
    });
  });

  it.each([
    ['en', 'cell', /^the cell at h:1 took too long to answer \(DEADLINE_EXCEEDED\)$/, /^try again; /],
    ['es', 'cell', /^la celda en h:1 tardó demasiado en responder \(DEADLINE_EXCEEDED\)$/, /^intente de nuevo; /],
    ['en', 'simulation', /^the simulation at h:1 took too long/, /^try again; /],
    ['es', 'simulation', /^la simulación en h:1 tardó demasiado/, /^intente de nuevo; /],
  ] as const)('that came too late does not say in %s that there is no %s', (locale, start, message, hint) => {
    const late = { ...refused, kind: 'unreachable', status: 'DEADLINE_EXCEEDED', mayBeDone: true } as const;
    const shown = showFailure(new CallFailedError(late, 'h:1', start), locale);
    expect(shown).toMatchObject({
      message: expect.stringMatching(message) as string,
      details: [expect.stringMatching(hint) as string],
      exitCode: 3,
    });
    const never = { ...late, mayBeDone: false };
    expect(showFailure(new CallFailedError(never, 'h:1', start), locale).message).toMatch(/nothing answers|nadie/);
  });
});
