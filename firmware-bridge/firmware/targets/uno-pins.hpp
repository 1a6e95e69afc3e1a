// What the pins of an Arduino Uno can do under this firmware, the same for the real board and its wasm twin.
#pragma once
#include "../hal.hpp"

namespace celda {

/** Pins 0 and 1 are the serial port. Timer 1 makes the tick and the servo pulses, so 9 and 10 have no PWM. */
inline uint8_t unoCapabilities(uint8_t pin) {
  if (pin < 2 || pin >= PIN_COUNT) return 0;
  uint8_t able = CAN_DIGITAL_IN | CAN_DIGITAL_OUT | CAN_SERVO;
  if (pin == 3 || pin == 5 || pin == 6 || pin == 11) able |= CAN_PWM;
  if (pin >= FIRST_ANALOG_PIN) able |= CAN_ANALOG;
  return able;
}

}  // namespace celda
