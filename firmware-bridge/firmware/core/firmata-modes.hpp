// Modes of a pin as Firmata numbers them: protocol 2.6, and for the tone FirmataExpress, since the protocol has none.
#pragma once
#include <stdint.h>

namespace celda {

constexpr uint8_t MODE_INPUT = 0, MODE_OUTPUT = 1, MODE_ANALOG = 2, MODE_PWM = 3, MODE_SERVO = 4, MODE_I2C = 6;
constexpr uint8_t MODE_ONEWIRE = 7, MODE_PULLUP = 0x0B, MODE_TONE = 0x0E;
/** Of no mode yet, or not Firmata's. */
constexpr uint8_t MODE_IGNORE = 0x7F;

}  // namespace celda
