// Problems of operating modes, in English and Spanish.
import type { Message } from './messages.ts';

export const MODE_MESSAGES = {
  'mode-not-selected': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'name the output of an SF_ModeSelector that stands for this mode',
      es: 'nombre la salida de un SF_ModeSelector que corresponde a este modo',
    },
  },
  'mode-selected-twice': {
    allowed: { en: 'an output of its own', es: 'una salida propia' },
    hint: { en: '{owner} has this output already', es: '{owner} ya tiene esta salida' },
  },
  'mode-not-configured': {
    allowed: { en: '{known}', es: '{known}' },
    hint: { en: 'add this mode to safety.modes', es: 'agregue este modo a safety.modes' },
  },
  'emergency-stop-in-all-modes': {
    allowed: { en: 'no such key', es: 'sin esta clave' },
    hint: {
      en: 'an emergency stop has effect in every mode (ISO 13850)',
      es: 'un paro de emergencia actúa en todos los modos (ISO 13850)',
    },
  },
  'enabling-holds': {
    allowed: { en: '0 | 1', es: '0 | 1' },
    hint: {
      en: 'who lets go of the enabling device takes the power away',
      es: 'quien suelta el dispositivo de habilitación quita la energía',
    },
  },
  'enabling-without-modes': {
    allowed: { en: 'modes: [{known}]', es: 'modes: [{known}]' },
    hint: {
      en: 'an enabling device counts in the manual modes',
      es: 'un dispositivo de habilitación cuenta en los modos manuales',
    },
  },
  'enabling-in-automatic': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'in automatic nobody holds it: use a protective-stop there',
      es: 'en automático nadie lo sostiene: use ahí un protective-stop',
    },
  },
  'hazard-without-enabling': {
    allowed: {
      en: 'an output of a stop function with role enabling in {modes}',
      es: 'una salida de una función de paro con role enabling en {modes}',
    },
    hint: {
      en: 'a person may be beside it in these modes',
      es: 'en estos modos puede haber una persona al lado',
    },
  },
  'jogged-without-reach': {
    allowed: { en: 'reachMm: 0..10000 mm', es: 'reachMm: 0..10000 mm' },
    hint: {
      en: 'measure how far the tool can be from the axis of this joint: it bounds the speed of the tool',
      es: 'mida hasta dónde puede quedar la herramienta del eje de esta articulación: acota su velocidad',
    },
  },
} as const satisfies Record<string, Message>;
