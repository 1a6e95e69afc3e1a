// What really goes on in a simulated cell as lines for people, in both languages.
import type { PlantView } from '../app/simulation-client.ts';
import type { Locale } from '../config/problem.ts';

const LABEL_WIDTH = 10;

const EN = {
  time: 'time',
  joint: 'joint',
  axis: 'axis',
  gripper: 'gripper',
  conveyor: 'conveyor',
  light: 'light',
  buzzer: 'buzzer',
  tray: 'tray',
  parts: 'parts',
  power: (isOn: boolean) => `servo power ${isOn ? 'on' : 'off'}`,
  seed: 'seed',
  at: 'at',
  noPulses: 'no pulses',
  pulses: (position: string) => `pulses for ${position}`,
  home: 'on its home switch',
  lost: (steps: number) => `${steps} steps lost`,
  holds: (part: number | null) => (part === null ? 'holds nothing' : `holds part ${part}`),
  valve: (isOn: boolean) => `valve ${isOn ? 'on' : 'off'}`,
  belt: (runs: boolean): string => (runs ? 'runs' : 'stands'),
  dark: 'dark',
  sounds: (sounding: boolean): string => (sounding ? 'sounds' : 'silent'),
  count: (parts: number) => `${parts} parts`,
  names: {} as Readonly<Record<string, string>>,
};

const ES: typeof EN = {
  time: 'tiempo',
  joint: 'eje',
  axis: 'lineal',
  gripper: 'pinza',
  conveyor: 'banda',
  light: 'torreta',
  buzzer: 'zumbador',
  tray: 'bandeja',
  parts: 'piezas',
  power: (isOn) => `energía de los servos ${isOn ? 'conectada' : 'cortada'}`,
  seed: 'semilla',
  at: 'en',
  noPulses: 'sin pulsos',
  pulses: (position) => `pulsos para ${position}`,
  home: 'en su interruptor de referencia',
  lost: (steps) => `${steps} pasos perdidos`,
  holds: (part) => (part === null ? 'no sostiene nada' : `sostiene la pieza ${part}`),
  valve: (isOn) => `válvula ${isOn ? 'activada' : 'desactivada'}`,
  belt: (runs) => (runs ? 'avanza' : 'parada'),
  dark: 'apagada',
  sounds: (sounding) => (sounding ? 'suena' : 'callado'),
  count: (parts) => `${parts} piezas`,
  names: {
    red: 'rojo',
    amber: 'ámbar',
    green: 'verde',
    blue: 'azul',
    white: 'blanco',
    waiting: 'por llegar',
    'on belt': 'en la banda',
    'at pick': 'en la toma',
    held: 'en la pinza',
    'in tray': 'en la bandeja',
    dropped: 'caídas',
  },
};

const TEXTS: Readonly<Record<Locale, typeof EN>> = { en: EN, es: ES };

/** One thing a line: what it is, its name, and how it is. */
export function plantLines(plant: PlantView, locale: Locale): readonly string[] {
  const words = TEXTS[locale];
  const named = (name: string): string => words.names[name] ?? name;
  const line = (label: string, ...texts: readonly string[]): string =>
    label.padEnd(LABEL_WIDTH) + texts.filter((text) => text !== '').join(', ');
  const power = plant.joints.length === 0 ? '' : words.power(plant.servoPowerOn);
  const parts = Object.entries(plant.parts).map(([state, count]) => `${count} ${named(state)}`);
  return [
    line(words.time, `${(plant.timeMs / 1_000).toFixed(3)} s`, `${words.seed} ${plant.seed}`, power),
    ...plant.joints.map(({ device, positionDeg, commandDeg }) => {
      const command = commandDeg === null ? words.noPulses : words.pulses(`${commandDeg.toFixed(1)} deg`);
      return line(words.joint, `${device} ${words.at} ${positionDeg.toFixed(1)} deg`, command);
    }),
    ...plant.axes.map(({ device, positionMm, atHome, lostSteps }) => {
      const lost = lostSteps === 0 ? '' : words.lost(lostSteps);
      return line(words.axis, `${device} ${words.at} ${positionMm.toFixed(3)} mm`, atHome ? words.home : '', lost);
    }),
    ...plant.grippers.map(({ device, valveOn, pressureKpa, heldPartId }) =>
      line(
        words.gripper,
        `${device} ${words.holds(heldPartId)}`,
        words.valve(valveOn),
        `${pressureKpa.toFixed(1)} kPa`,
      ),
    ),
    ...plant.conveyors.map(({ device, running, travelledMm }) =>
      line(words.conveyor, `${device} ${words.belt(running)} ${words.at} ${travelledMm.toFixed(0)} mm`),
    ),
    ...plant.lights.map(({ device, lit }) =>
      line(words.light, `${device} ${lit.length === 0 ? words.dark : lit.map(named).join(', ')}`),
    ),
    ...plant.buzzers.map(({ device, sounding }) => line(words.buzzer, `${device} ${words.sounds(sounding)}`)),
    ...plant.trays.map(({ name, partIds }) => line(words.tray, `${name}: ${words.count(partIds.length)}`)),
    ...(parts.length === 0 ? [] : [line(words.parts, ...parts)]),
  ];
}
