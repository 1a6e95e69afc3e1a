// Spanish for what the simulation says in English of its faults. A text that is not here is shown as it came.
import type { Locale } from '../config/problem.ts';

const MEANINGS_ES: Readonly<Record<string, string>> = {
  'the line loses everything in both directions': 'la línea pierde todo en ambos sentidos',
  'the line loses what the board sends': 'la línea pierde lo que envía la tarjeta',
  'one bit is flipped in this share of what the line carries':
    'se invierte un bit en esta parte de lo que lleva la línea',
  'the line delivers so much later': 'la línea entrega con este retraso',
  "the board's clock runs so much faster than the controller's, or slower below 0":
    'el reloj de la tarjeta va tanto más rápido que el del controlador, o más lento si es menor que 0',
  'the line of the board runs at this speed, whatever its program says: a wrong divisor or crystal':
    'la línea de la tarjeta va a esta velocidad, diga lo que diga su programa: divisor o cristal equivocado',
  'the program of the board goes in circles until its watchdog bites':
    'el programa de la tarjeta da vueltas hasta que actúa su perro guardián',
  'the board is dark until the fault is cleared, then it boots':
    'la tarjeta está sin energía hasta que se quita la falla, y entonces arranca',
  'keeps the state that it has now': 'conserva el estado que tiene ahora',
  'reads as open': 'se lee abierta',
  'reads as closed': 'se lee cerrada',
  'reads as open, as every input must without its wire': 'se lee abierta, como debe toda entrada sin su cable',
  'keeps the value that it has now': 'conserva el valor que tiene ahora',
  'reads 0 counts': 'se leen 0 cuentas',
  'reads up to so many counts too high or too low': 'se leen hasta tantas cuentas de más o de menos',
  'does not answer': 'no responde',
  'what it feeds stays on': 'lo que alimenta queda encendido',
  'what it feeds gets nothing': 'lo que alimenta no recibe nada',
  'the contacts of its contactor are welded: what it feeds stays on':
    'los contactos de su contactor están soldados: lo que alimenta queda encendido',
  'its contactor stays dropped out whatever its coil gets':
    'su contactor queda abierto, reciba lo que reciba su bobina',
  'the pin is held at 5 V whatever the board drives, and reads back so':
    'el pin queda a 5 V, accione lo que accione la tarjeta, y así se relee',
  'the pin is held at 0 V whatever the board drives, and reads back so':
    'el pin queda a 0 V, accione lo que accione la tarjeta, y así se relee',
  'stays where it is': 'se queda donde está',
  'gets no pulses and stays where it is': 'no recibe pulsos y se queda donde está',
  'stays where it is, whatever pulses its driver gets': 'se queda donde está, reciba los pulsos que reciba su driver',
  'the generator gives nothing': 'el generador no da vacío',
  'the cup reaches only this part of its pressure': 'la ventosa alcanza solo esta parte de su presión',
  'the belt stands still whatever its motor does': 'la banda no se mueve, haga lo que haga su motor',
  'the program of the board lets go of its outputs so much after its lease, from its next session on':
    'el programa de la tarjeta suelta sus salidas tanto después de su plazo, desde su próxima sesión',
};

const UNITS_ES: Readonly<Record<string, string>> = {
  'of the pieces': 'de las piezas',
  'of the pressure': 'de la presión',
  counts: 'cuentas',
};

/** @param meaning as the simulation gives it */
export function simFaultMeaning(meaning: string, locale: Locale): string {
  return locale === 'es' ? (MEANINGS_ES[meaning] ?? meaning) : meaning;
}

/** @param unit as the simulation gives it */
export function simFaultUnit(unit: string, locale: Locale): string {
  return locale === 'es' ? (UNITS_ES[unit] ?? unit) : unit;
}
