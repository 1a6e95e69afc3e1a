// What the pins of a board can do under this firmware, the same for the real board and its twins.
#pragma once
#include "../hal.hpp"

namespace celda {

/** Timer 1 makes the tick and the servo pulses: what it could drive has no PWM (9 and 10 of an Uno, 11 and 12 of a Mega). */
inline bool hasPwm(uint8_t pin) {
#ifdef CELDA_MEGA
  return pin <= 10 || pin == 13 || (pin >= 44 && pin <= 46);
#else
  return pin == 3 || pin == 5 || pin == 6 || pin == 11;
#endif
}

// Outputs A and B of timer 2, and the two-wire interface.
#ifdef CELDA_MEGA
constexpr uint8_t TONE_PIN_A = 10, TONE_PIN_B = 9, SDA_PIN = 20, SCL_PIN = 21;
#else
constexpr uint8_t TONE_PIN_A = 11, TONE_PIN_B = 3, SDA_PIN = 18, SCL_PIN = 19;
#endif

/** Pins 0 and 1 are the serial port. */
inline uint8_t capabilitiesOf(uint8_t pin) {
  if (pin < 2 || pin >= PIN_COUNT) return 0;
  uint8_t able = CAN_DIGITAL_IN | CAN_DIGITAL_OUT | CAN_SERVO;
  if (hasPwm(pin)) able |= CAN_PWM;
  if (pin >= FIRST_ANALOG_PIN) able |= CAN_ANALOG;
  if (pin == TONE_PIN_A || pin == TONE_PIN_B) able |= CAN_TONE;
  if (pin == SDA_PIN || pin == SCL_PIN) able |= CAN_I2C;
  return able;
}

}  // namespace celda
