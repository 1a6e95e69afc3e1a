// Texts of the cross-checks of boards, devices and safety. Codes are published: never rename one.
import type { Message } from './messages.ts';

export const BOARD_MESSAGES = {
  'unknown-board': {
    allowed: { en: '{known}', es: '{known}' },
    hint: { en: 'declare the board under boards', es: 'declare la tarjeta en boards' },
  },
  'unknown-pin': {
    allowed: { en: '{pins}', es: '{pins}' },
    hint: { en: 'a board of kind {kind} has no such pin', es: 'una tarjeta de tipo {kind} no tiene ese pin' },
  },
  'serial-pin': {
    allowed: { en: '{pins}', es: '{pins}' },
    hint: {
      en: 'D0 and D1 of a board of kind {kind} are the serial port that it is controlled over',
      es: 'D0 y D1 de una tarjeta de tipo {kind} son el puerto serie por el que se controla',
    },
  },
  'pin-taken': {
    allowed: { en: 'a pin that nothing else uses', es: 'un pin que nada más use' },
    hint: { en: 'the pin belongs to {owner}; free: {free}', es: 'el pin es de {owner}; libres: {free}' },
  },
  'pin-cannot': {
    allowed: { en: '{pins}', es: '{pins}' },
    hint: {
      en: 'a device of kind {kind} needs a pin with {ability}',
      es: 'un dispositivo de tipo {kind} necesita un pin con {ability}',
    },
  },
  'address-taken': {
    allowed: {
      en: 'an address of its own for each part on a bus',
      es: 'una dirección propia para cada pieza de un bus',
    },
    hint: {
      en: '{owner} answers at the same one; wire the address pins of one of them otherwise',
      es: '{owner} responde en la misma; conecte de otro modo los pines de dirección de una de ellas',
    },
  },
  'tone-taken': {
    allowed: { en: 'one buzzer on each board', es: 'un zumbador en cada tarjeta' },
    hint: {
      en: 'the timer that makes tones is used by {owner}',
      es: 'el temporizador que genera los tonos lo usa {owner}',
    },
  },
  'stock-firmata-cannot': {
    allowed: { en: 'a board with the Celda firmware: {boards}', es: 'una tarjeta con el firmware de Celda: {boards}' },
    hint: {
      en: 'StandardFirmata knows neither one-wire nor tones; a thermometer on {board} can be one on an analog pin or on I2C',
      es: 'StandardFirmata no conoce ni one-wire ni tonos; un termómetro en {board} puede ser uno de pin analógico o de I2C',
    },
  },
  'board-taken': {
    allowed: { en: 'a port and a uid of its own for each board', es: 'un puerto y un uid propios para cada tarjeta' },
    hint: { en: 'the same one is given to {owner}', es: 'el mismo está asignado a {owner}' },
  },
  'hazardous-without-safe-value': {
    allowed: { en: 'a safe value: {options}', es: 'un valor seguro: {options}' },
    hint: {
      en: 'say with safe what the board drives when nobody helps it',
      es: 'indique con safe lo que la tarjeta aplica cuando nadie la ayuda',
    },
  },
  'lease-missing': {
    allowed: { en: '{min}..2000 ms', es: '{min}..2000 ms' },
    hint: {
      en: 'the board has hazardous outputs ({outputs}); without a lease they would stay on when the controller is gone',
      es: 'la tarjeta tiene salidas peligrosas ({outputs}); sin leaseMs quedarían activas si el controlador desaparece',
    },
  },
  'baud-too-high': {
    allowed: { en: 'at most {max} Bd, or auto', es: 'como máximo {max} Bd, o auto' },
    hint: {
      en: 'the {kind} with the Celda firmware does not hold this speed',
      es: 'la {kind} con el firmware de Celda no mantiene esta velocidad',
    },
  },
  'lease-too-short': {
    allowed: { en: 'at least {min} ms', es: 'como mínimo {min} ms' },
    hint: {
      en: 'a lease lasts for two control cycles of {cycle} ms or more',
      es: 'leaseMs debe durar dos ciclos de control de {cycle} ms o más',
    },
  },
  'key-without-effect': {
    allowed: { en: 'no {key}', es: 'ningún {key}' },
    hint: {
      en: 'a board with stock Firmata has neither lease nor identity; flash the Celda firmware to have them',
      es: 'una tarjeta con Firmata estándar no tiene plazo ni identidad; grabe el firmware de Celda para tenerlos',
    },
  },
  'speed-not-negotiable': {
    allowed: { en: '57600, 115200, 250000, 500000 or 1000000', es: '57600, 115200, 250000, 500000 o 1000000' },
    hint: {
      en: 'stock Firmata cannot be asked for a speed: give the one that it was built with; StandardFirmata has 57600, the default',
      es: 'a Firmata estándar no se le puede pedir una velocidad: indique aquella con que se compiló; StandardFirmata tiene 57600, el valor por omisión',
    },
  },
  'search-without-uid': {
    allowed: { en: 'searchPorts beside a uid', es: 'searchPorts junto con un uid' },
    hint: {
      en: 'without uid the board would not be known on another port: add uid, which celda doctor shows, or leave searchPorts out',
      es: 'sin uid no se reconocería la tarjeta en otro puerto: agregue uid, que celda doctor muestra, o quite searchPorts',
    },
  },
  'hazard-unsupervised': {
    allowed: { en: 'a board with the Celda firmware: {boards}', es: 'una tarjeta con el firmware de Celda: {boards}' },
    hint: {
      en: 'stock Firmata leaves its outputs as they are when the controller is gone: only what can hurt nobody and break nothing may be on {board}, and says so with hazardous: false',
      es: 'con Firmata estándar las salidas quedan como están si el controlador desaparece: en {board} solo puede estar lo que no hiere ni rompe nada, y lo dice con hazardous: false',
    },
  },
  'signal-unsupervised': {
    allowed: { en: 'a board with the Celda firmware: {boards}', es: 'una tarjeta con el firmware de Celda: {boards}' },
    hint: {
      en: 'on {board}, with stock Firmata, nothing tells in time that an input cannot be read any more; {reader} needs that',
      es: 'en {board}, con Firmata estándar, nada avisa a tiempo que una entrada ya no se puede leer; {reader} lo necesita',
    },
  },
  'validity-too-long': {
    allowed: { en: 'less than {max} ms', es: 'menos de {max} ms' },
    hint: { en: 'a command must expire before the lease', es: 'un comando debe caducar antes que leaseMs' },
  },
  'stop-budget-too-short': {
    allowed: { en: 'at least {min} ms', es: 'como mínimo {min} ms' },
    hint: {
      en: 'at {baud} Bd the line to {board} alone takes that long; a higher baud makes it shorter',
      es: 'a {baud} Bd la línea hasta {board} ya tarda eso; con más baudios tarda menos',
    },
  },
  'output-elsewhere': {
    allowed: { en: '{known}', es: '{known}' },
    hint: { en: 'a board is proven with its own outputs', es: 'una tarjeta se prueba con sus propias salidas' },
  },
  'proof-stop-elsewhere': {
    allowed: {
      en: 'outputs that only inputs stop which {board} watches',
      es: 'salidas que solo detienen entradas que {board} vigila',
    },
    hint: {
      en: 'the proof would switch it on even with {inputs} open, which {board} does not watch by itself (on another board, or muted): leave the output out, or wire that input to {board}',
      es: 'la prueba la encendería aun con {inputs} abierta, que {board} no vigila por sí misma (en otra tarjeta, o inhibida): quite la salida o cablee esa entrada a {board}',
    },
  },
  'too-many-slots': {
    allowed: { en: 'at most {max} {lane}', es: 'como máximo {max} {lane}' },
    hint: { en: 'move some of them to another board', es: 'pase algunos a otra tarjeta' },
  },
} as const satisfies Record<string, Message>;

export const DEVICE_MESSAGES = {
  'unknown-device': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'declare it under devices; the nearest name is {nearest}',
      es: 'declárelo en devices; el nombre más parecido es {nearest}',
    },
  },
  'wrong-kind': {
    allowed: { en: '{expected}: {known}', es: '{expected}: {known}' },
    hint: { en: 'this one is of kind {kind}', es: 'este es de tipo {kind}' },
  },
  'name-taken': {
    allowed: {
      en: 'a name that no device has',
      es: 'un nombre que no tenga ningún dispositivo',
    },
    hint: { en: 'a block and a device could be confused', es: 'un bloque y un dispositivo se podrían confundir' },
  },
  'name-reserved': {
    allowed: { en: 'another name', es: 'otro nombre' },
    hint: { en: 'cell.x names a status of the cell', es: 'cell.x nombra un estado de la celda' },
  },
  'min-above-max': {
    allowed: { en: 'less than {max}', es: 'menos de {max}' },
    hint: { en: 'exchange the two limits', es: 'intercambie los dos límites' },
  },
  'park-outside-limits': {
    allowed: { en: '{range} deg', es: '{range} grados' },
    hint: { en: 'park the joint inside its own limits', es: 'estacione el eje dentro de sus propios límites' },
  },
  'axis-too-fast': {
    allowed: { en: 'at most {max}', es: 'como máximo {max}' },
    hint: { en: 'that is as far as {steps} go', es: 'hasta ahí llega {steps}' },
  },
  'home-outside-limits': {
    allowed: { en: '{range}', es: '{range}' },
    hint: {
      en: 'the axis stands there after homing: let its own limits include it',
      es: 'ahí queda el eje después de buscar la referencia: inclúyalo en sus propios límites',
    },
  },
  'driver-not-enabled': {
    allowed: { en: 'a digital-output with onWhileEnabled: true', es: 'una digital-output con onWhileEnabled: true' },
    hint: {
      en: 'an output that steps could switch would let go of the axis in the middle of a move',
      es: 'una salida que los pasos pudieran conmutar soltaría el eje en medio de un movimiento',
    },
  },
  'pulses-equal': {
    allowed: { en: 'another width than at minDeg', es: 'un ancho distinto del de minDeg' },
    hint: { en: 'measure both ends of the servo', es: 'mida los dos extremos del servo' },
  },
  'scale-flat': {
    allowed: { en: 'two points that differ in counts and in value', es: 'dos puntos con counts y value distintos' },
    hint: { en: 'take them from the data sheet of the sensor', es: 'tómelos de la hoja de datos del sensor' },
  },
  'never-plausible': {
    allowed: { en: 'plausibleMin..plausibleMax within {range}', es: 'plausibleMin..plausibleMax dentro de {range}' },
    hint: {
      en: 'that is what the converter can say on this line, 0..1023 counts: check both points against plausibleMin and plausibleMax',
      es: 'es lo que el conversor puede decir en esta recta, 0..1023 counts: compare los dos puntos con plausibleMin y plausibleMax',
    },
  },
  'pressure-not-kpa': {
    allowed: { en: 'an analog-input with unit kPa', es: 'una analog-input con unidad kPa' },
    hint: { en: 'scale the sensor to kPa, 0 is ambient', es: 'escale el sensor a kPa; 0 es la presión ambiente' },
  },
  'output-follows-enable': {
    allowed: { en: 'an output without onWhileEnabled', es: 'una salida sin onWhileEnabled' },
    hint: {
      en: 'nothing else can switch that output',
      es: 'nada más puede conmutar esa salida',
    },
  },
  'units-differ': {
    allowed: { en: 'an analog-input in {unit}', es: 'una analog-input en {unit}' },
    hint: { en: 'two sensors of the same thing have one unit', es: 'dos sensores de lo mismo tienen una sola unidad' },
  },
  'feedback-unit': {
    allowed: { en: 'an analog-input in {unit}', es: 'una analog-input en {unit}' },
    hint: { en: 'a joint is measured in its own unit', es: 'un eje se mide en su propia unidad' },
  },
  'feedback-too-narrow': {
    allowed: { en: 'an analog-input that is plausible from {range}', es: 'una analog-input plausible en {range}' },
    hint: {
      en: 'else the joint cannot be seen at the ends of its travel',
      es: 'si no, el eje no se ve en los extremos de su recorrido',
    },
  },
} as const satisfies Record<string, Message>;

export const SAFETY_MESSAGES = {
  'protects-no-input': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'name the digital-input of a safeguard; the nearest name is {nearest}',
      es: 'nombre la digital-input de un resguardo; el nombre más parecido es {nearest}',
    },
  },
  'property-unreadable': {
    allowed: { en: 'here: {expected}', es: 'aquí: {expected}' },
    hint: {
      en: 'stopped at {found}; write facts joined by while, and, or, not, such as belt.running while door.open',
      es: 'se detuvo en {found}; escriba hechos unidos por while, and, or, not, por ejemplo belt.running while door.open',
    },
  },
  'property-unknown-name': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'name a device, a block or arm; the nearest name is {nearest}',
      es: 'nombre un dispositivo, un bloque o arm; el nombre más parecido es {nearest}',
    },
  },
  'property-unknown-word': {
    allowed: { en: '{words}', es: '{words}' },
    hint: { en: 'this is what can be said of {name}', es: 'es lo que se puede decir de {name}' },
  },
  'unknown-signal': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'name a digital-input or another block; the nearest name is {nearest}',
      es: 'nombre una digital-input u otro bloque; el nombre más parecido es {nearest}',
    },
  },
  'unknown-output': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'a block of type {type} has no such output; the nearest is {nearest}',
      es: 'un bloque de tipo {type} no tiene esa salida; la más parecida es {nearest}',
    },
  },
  'unknown-cell-status': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'the cell has no such status; the nearest is {nearest}',
      es: 'la celda no tiene ese estado; el más parecido es {nearest}',
    },
  },
  'cell-status-not-here': {
    allowed: { en: 'a digital-input, a block, or: {known}', es: 'una digital-input, un bloque, o: {known}' },
    hint: {
      en: 'this input must not follow what the controller computes',
      es: 'esta entrada no debe seguir lo que calcula el controlador',
    },
  },
  'signal-not-safe': {
    allowed: {
      en: 'a digital-input or a safe output of a block',
      es: 'una digital-input o una salida segura de un bloque',
    },
    hint: {
      en: 'this output tells something and permits nothing',
      es: 'esta salida informa de algo y no permite nada',
    },
  },
  'output-driven-twice': {
    allowed: { en: 'an output that no other block drives', es: 'una salida que no mande otro bloque' },
    hint: { en: '{owner} drives it already', es: '{owner} ya la manda' },
  },
  'output-follows-block': {
    allowed: {
      en: 'an output that no block switches by itself',
      es: 'una salida que ningún bloque conmute por sí mismo',
    },
    hint: {
      en: '{owner} switches it, whatever else is wanted of it: take another output',
      es: '{owner} la conmuta, sin importar qué más se le pida: use otra salida',
    },
  },
  'emergency-stop-overridden': {
    allowed: {
      en: 'a signal that no emergency stop reads or gives',
      es: 'una señal que ningún paro de emergencia lea ni dé',
    },
    hint: {
      en: 'an emergency stop is neither muted nor overridden',
      es: 'un paro de emergencia no se anula nunca',
    },
  },
  'reset-not-separate': {
    allowed: { en: 'a button that nothing else reads', es: 'un pulsador que nada más lea' },
    hint: {
      en: '{owner} reads it too: what happens there would count as a press; wire the reset button to an input of its own',
      es: '{owner} también la lee: lo que pase allí contaría como pulsación; conecte el pulsador de rearme a una entrada propia',
    },
  },
  'property-block-without-demand': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'nothing at a {type} asks for a stop, so {name} is never open: name an input or one of these blocks',
      es: 'nada en un {type} pide un paro, así que {name} nunca está abierto: nombre una entrada o uno de estos bloques',
    },
  },
  'restart-by-itself': {
    allowed: { en: 'false', es: 'false' },
    hint: {
      en: 'with staticControl the output would come back after a stop without anybody doing anything',
      es: 'con staticControl la salida volvería tras un paro sin que nadie hiciera nada',
    },
  },
  'auto-reset-behind-guard': {
    allowed: { en: 'false', es: 'false' },
    hint: {
      en: 'a person could stand behind it; write fullBodyAccess: false only if nobody can',
      es: 'una persona podría quedar detrás; escriba fullBodyAccess: false solo si nadie puede',
    },
  },
  'block-cycle': {
    allowed: { en: 'blocks that do not feed each other', es: 'bloques que no se alimenten entre sí' },
    hint: { en: 'the ring is {ring}', es: 'el ciclo es {ring}' },
  },
  'channels-identical': {
    allowed: { en: 'two different signals', es: 'dos señales diferentes' },
    hint: { en: 'one signal can never disagree with itself', es: 'una señal nunca discrepa de sí misma' },
  },
  'safety-input-fails-closed': {
    allowed: { en: 'low', es: 'low' },
    hint: {
      en: 'the board pulls the pin up, so a broken wire would read as closed; wire the contact to ground',
      es: 'la tarjeta lleva el pin a nivel alto: un cable roto se leería como cerrado; conecte el contacto a tierra (GND)',
    },
  },
  'safety-input-opens-at-once': {
    allowed: { en: '0 ms', es: '0 ms' },
    hint: {
      en: 'safety reads this input: its opening counts at once; leave openFilterMs out, or mend the contact that bounces',
      es: 'la seguridad lee esta entrada: su apertura cuenta al instante; quite openFilterMs o repare el contacto que rebota',
    },
  },
  'permission-not-a-block': {
    allowed: { en: '{known}', es: '{known}' },
    hint: { en: 'name a block of safety.blocks', es: 'nombre un bloque de safety.blocks' },
  },
  'permission-does-not-latch': {
    allowed: { en: 'a block of type {types}', es: 'un bloque de tipo {types}' },
    hint: {
      en: 'this one is of type {type}; put a block with a reset behind it',
      es: 'este es de tipo {type}; ponga detrás un bloque con rearme',
    },
  },
  'block-without-effect': {
    allowed: { en: 'a block that a stop function uses', es: 'un bloque que use alguna función de paro' },
    hint: {
      en: 'name it as permission of a stop function, or as input of another block',
      es: 'nómbrelo como permission de una función de paro o como entrada de otro bloque',
    },
  },
  'time-limit-missing': {
    allowed: { en: '1..10000 ms', es: '1..10000 ms' },
    hint: {
      en: 'a stop of category 1 or 2 says how long motion may take to end before power is removed',
      es: 'un paro de categoría 1 o 2 indica cuánto puede tardar el movimiento en terminar antes de quitar la energía',
    },
  },
  'time-limit-unused': {
    allowed: { en: 'no timeLimitMs', es: 'ningún timeLimitMs' },
    hint: {
      en: 'a stop of category 0 takes no time; use category 1 to ramp down',
      es: 'un paro de categoría 0 es inmediato; use la categoría 1 para frenar con rampa',
    },
  },
  'stops-nothing': {
    allowed: { en: 'zones, outputs, or both', es: 'zones, outputs o ambos' },
    hint: { en: 'say what the stop function stops', es: 'indique qué detiene la función de paro' },
  },
  'unknown-zone': {
    allowed: { en: '{known}', es: '{known}' },
    hint: {
      en: 'name a zone of safety.zones; the nearest name is {nearest}',
      es: 'nombre una zona de safety.zones; el nombre más parecido es {nearest}',
    },
  },
  'output-in-two-zones': {
    allowed: { en: 'an output of one zone', es: 'una salida de una sola zona' },
    hint: {
      en: 'it is in zone {owner} already; a stop function may name several zones',
      es: 'ya está en la zona {owner}; una función de paro puede nombrar varias zonas',
    },
  },
  'hazard-without-zone': {
    allowed: { en: 'a hazardous output in one of the zones: {zones}', es: 'una salida peligrosa en una zona: {zones}' },
    hint: {
      en: 'say with safety.zones which door stops it',
      es: 'indique con safety.zones qué puerta la detiene',
    },
  },
  'zone-without-protective-stop': {
    allowed: { en: 'a zone that a protective stop names', es: 'una zona que nombre algún paro de protección' },
    hint: {
      en: 'name it in zones of a stop function with role protective-stop',
      es: 'nómbrela en zones de una función de paro con role protective-stop',
    },
  },
  'emergency-stop-holds': {
    allowed: { en: '0, 1', es: '0, 1' },
    hint: {
      en: 'an emergency stop takes the power away; category 2, which holds with power on, is for protective stops',
      es: 'un paro de emergencia quita la energía; la categoría 2, que retiene con energía, es para paros de protección',
    },
  },
  'unlocks-never': {
    allowed: { en: '2', es: '2' },
    hint: {
      en: '{output} can never unlock {guard}: a stop of category 0 or 1 comes first and disarms the board, which then drives no output. Use category 2 with timeLimitMs (stops, and keeps the power on), or leave unlockOutput out and unlock by hand',
      es: '{output} nunca puede desbloquear {guard}: antes viene un paro de categoría 0 o 1 que desarma la tarjeta, y ya no acciona ninguna salida. Use la categoría 2 con timeLimitMs (para y mantiene la energía), o quite unlockOutput y desbloquee a mano',
    },
  },
  'time-limit-below-standstill': {
    allowed: { en: 'more than {standstillTimeMs} ms', es: 'más de {standstillTimeMs} ms' },
    hint: {
      en: '{joint} is known to stand still only after its standstillTimeMs',
      es: 'solo pasado su standstillTimeMs se sabe que {joint} está en reposo',
    },
  },
  'hazard-without-emergency-stop': {
    allowed: {
      en: 'a hazardous output that an emergency stop stops',
      es: 'una salida peligrosa que detenga algún paro de emergencia',
    },
    hint: {
      en: 'add {device} to outputs of a stop function with role emergency-stop',
      es: 'agregue {device} a outputs de una función de paro con role emergency-stop',
    },
  },
} as const satisfies Record<string, Message>;
