// Problems of the sections `unit` and `resources`, in English and Spanish.
import type { Message } from './messages.ts';

export const UNIT_MESSAGES = {
  'state-accepts-no-command': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'in this edition of PackML the command leads nowhere from this state',
      es: 'en esta edición de PackML el comando no lleva a ninguna parte desde este estado',
    },
  },
  'execute-accepts-no-command': {
    allowed: { en: 'Execute among {known}', es: 'Execute entre {known}' },
    hint: {
      en: 'add Execute: job orders end there, and hold there when a step fails',
      es: 'agregue Execute: ahí terminan las órdenes, y ahí se pausan cuando falla un paso',
    },
  },
  'state-needed': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'this mode cannot do without this state: remove it from the list',
      es: 'este modo no puede prescindir de este estado: quítelo de la lista',
    },
  },
  'state-needed-by-other': {
    allowed: { en: 'not while {user} is used', es: 'no mientras se use {user}' },
    hint: {
      en: '{user} leads to it or comes from it: add {user} to the list too, or keep both',
      es: '{user} lleva a él o viene de él: agregue también {user} a la lista, o conserve ambos',
    },
  },
  'warning-needs-state': {
    allowed: { en: 'startWarningMs: 0, or this state', es: 'startWarningMs: 0, o este estado' },
    hint: {
      en: 'the warning before motion is given in this state: remove it from the list',
      es: 'el aviso antes del movimiento se da en este estado: quítelo de la lista',
    },
  },
  'resource-listed-twice': {
    allowed: { en: 'each id once', es: 'cada id una vez' },
    hint: { en: 'remove one of the entries', es: 'quite una de las entradas' },
  },
  'quantity-without-unit': {
    allowed: { en: 'with unit', es: 'con unit' },
    hint: {
      en: 'add unit, e.g. kg or pcs: nobody could tell what is counted',
      es: 'agregue unit, p. ej. kg o pcs: nadie sabría qué se cuenta',
    },
  },
} as const satisfies Record<string, Message>;
