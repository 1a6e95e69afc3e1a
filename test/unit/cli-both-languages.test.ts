// What a technician reads at the console names the same things in both languages: commands, numbers, boards and files.
import { describe, expect, it } from 'vitest';
import { describeLinks } from '../../src/app/link-lines.ts';
import { EXIT_CODES, OperatorError } from '../../src/app/operator-error.ts';
import { describeStopTimes } from '../../src/app/stop-time-lines.ts';
import { DEMO_TEXTS } from '../../src/cli/demo-texts.ts';
import { CallFailedError, showFailure } from '../../src/cli/failures.ts';
import { inputsNamed } from '../../src/cli/operator.ts';
import { plantLines } from '../../src/cli/plant-text.ts';
import { unitLines } from '../../src/cli/unit-text.ts';
import type { BoardStatus } from '../../src/core/cell-event.ts';

const numbersIn = (text: string): readonly string[] => text.match(/\d+(\.\d+)?/g) ?? [];
const commandsIn = (text: string): readonly string[] => text.match(/celda (job|set|fault) [a-z]+( order-1)?/g) ?? [];

describe('the demo', () => {
  it('names the same commands, orders and figures in both languages, and says nothing of it in the other', () => {
    const said = (locale: 'en' | 'es'): readonly string[] =>
      Object.values(DEMO_TEXTS[locale]).map((text) =>
        typeof text === 'string' ? text : text('order-1', 'park', '127.0.0.1:50051'),
      );
    const [english, spanish] = [said('en'), said('es')];
    expect(english.length).toBeGreaterThan(15);
    expect(spanish.map(commandsIn)).toEqual(english.map(commandsIn));
    expect(spanish.map(numbersIn)).toEqual(english.map(numbersIn));
    expect(spanish.filter((text, index) => text === english[index])).toEqual([]);
  });
});

describe('what was measured of a run', () => {
  const measured = [
    {
      name: 'uno-1',
      stopTime: { samples: 521, p50Ms: 3.3, p99Ms: 10.4, maxMs: 16.1, stops: 2, stopP50Ms: 4.1, stopMaxMs: 5.2 },
      linkFigures: {
        baud: 115_200,
        lineUse: { toBoard: 0.12, toHost: 0.31 },
        roundTrip: { p50Ms: 0.9, p99Ms: 2, maxMs: 20 },
        errors: { dropped: 5, missed: 6, bad: 7, late: 8 },
      },
    },
  ] as unknown as readonly BoardStatus[];

  it.each([
    ['links', describeLinks],
    ['stop times', describeStopTimes],
  ] as const)('of %s has the same board and figures in Spanish', (_, describeAll) => {
    const [english = '', spanish = ''] = [describeAll(measured, 'en')[0], describeAll(measured, 'es')[0]];
    expect(numbersIn(english).length).toBeGreaterThan(6);
    expect(numbersIn(spanish)).toEqual(numbersIn(english));
    expect([english.startsWith('board uno-1:'), spanish.startsWith('tarjeta uno-1:')]).toEqual([true, true]);
  });
});

describe('an error of the operator', () => {
  it('is told in the language of who asked, with the same exit code, and is in English for logs', () => {
    const error = new OperatorError(
      { en: 'no cell runs', es: 'no hay celda' },
      { en: 'start one', es: 'arranque una' },
      EXIT_CODES.unreachable,
    );
    expect([error.message, error.hint]).toEqual(['no cell runs', 'start one']);
    expect(showFailure(error, 'es')).toMatchObject({ message: 'no hay celda', details: ['arranque una'], exitCode: 3 });
    expect(showFailure(error, 'en')).toMatchObject({ message: 'no cell runs', details: ['start one'], exitCode: 3 });
  });

  it('names the input that there is not and those that there are in both', () => {
    const inputs = [{ device: 'estop-a' }, { device: 'door' }] as unknown as Parameters<typeof inputsNamed>[1];
    let thrown: unknown;
    try {
      inputsNamed('dor', inputs);
    } catch (error) {
      thrown = error;
    }
    for (const locale of ['en', 'es'] as const) {
      const { message, details } = showFailure(thrown, locale);
      expect(message).toMatch(/ dor$/);
      expect(details[0]).toMatch(/: estop-a, door$/);
    }
    expect(showFailure(thrown, 'es').message).toContain('la simulación no tiene');
  });
});

describe('a door that does not open', () => {
  const failure = {
    kind: 'refused',
    mayBeDone: false,
    status: 'UNAUTHENTICATED',
    reason: '',
    metadata: {},
    violations: [],
  } as const;
  const told = (text: string, locale: 'en' | 'es'): string =>
    showFailure(
      new CallFailedError({ ...failure, message: text, retryAfterMs: undefined, door: 'tls-expected' }, 'h:1', 'cell'),
      locale,
    ).message;

  it.each([
    ['the server at h:1 speaks TLS', 'el servidor en h:1 habla TLS'],
    ['the server at h:1 speaks plain text', 'el servidor en h:1 habla texto sin cifrar'],
    ['[6601] the server at h:1 does not accept the certificate', '[6601] el servidor en h:1 no acepta el certificado'],
    [
      'the certificate of the server at h:1 is not accepted here: x',
      'aquí no se acepta el certificado del servidor en h:1: x',
    ],
  ])('is told of in the language of who asked: %s', (english, spanish) => {
    expect(told(english, 'en')).toBe(`${english} (UNAUTHENTICATED)`);
    expect(told(english, 'es')).toBe(`${spanish} (UNAUTHENTICATED)`);
  });
});

it('what is proved of a cell is told in Spanish words', () => {
  const unit = { name: 'c', description: '', softwareVersion: '1', configHash: 'ab', packmlVersion: '' };
  const view = {
    ...unit,
    isConnected: true,
    state: 'Idle',
    mode: 'Production',
    resetPossible: false,
    standingAlarms: 0,
  };
  const lines = (verification: string, commissioning: string) =>
    unitLines({ ...view, verification, commissioning }, 'es').slice(4, 6);
  expect(lines('outdated', 'none')).toEqual([
    'verificación      de otra configuración o versión',
    'puesta en marcha  ninguna',
  ]);
  expect(lines('refuted', 'damaged')).toEqual(['verificación      REFUTADA', 'puesta en marcha  dañada']);
});

it('the plant of a simulation has the same devices and figures in both languages, and no line in the other', () => {
  const plant: Parameters<typeof plantLines>[0] = {
    timeMs: 12_345,
    seed: 7,
    servoPowerOn: true,
    joints: [
      { device: 'base', positionDeg: 45, commandDeg: 44 },
      { device: 'wrist', positionDeg: 1, commandDeg: null },
    ],
    axes: [{ device: 'x', positionMm: 12.5, atHome: true, lostSteps: 3 }],
    grippers: [{ device: 'vacuum', valveOn: true, pressureKpa: -61, heldPartId: 4 }],
    conveyors: [{ device: 'belt', running: false, travelledMm: 80 }],
    lights: [
      { device: 'tower', lit: ['red', 'green'] },
      { device: 'lamp', lit: [] },
    ],
    buzzers: [{ device: 'horn', sounding: true }],
    trays: [{ name: 'output', partIds: [1, 2] }],
    parts: { 'on belt': 5, held: 1 },
  };
  const [english, spanish] = [plantLines(plant, 'en'), plantLines(plant, 'es')];
  expect(english.slice(0, 3)).toEqual([
    'time      12.345 s, seed 7, servo power on',
    'joint     base at 45.0 deg, pulses for 44.0 deg',
    'joint     wrist at 1.0 deg, no pulses',
  ]);
  expect(spanish.slice(-1)).toEqual(['piezas    5 en la banda, 1 en la pinza']);
  expect(spanish.map(numbersIn)).toEqual(english.map(numbersIn));
  expect(spanish.filter((line) => english.includes(line))).toEqual([]);
});
