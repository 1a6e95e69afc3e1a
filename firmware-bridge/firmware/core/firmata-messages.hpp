// Numbers of the Firmata messages, protocol 2.6, github.com/firmata/protocol.
#pragma once
#include <stdint.h>

namespace celda {

constexpr uint8_t DIGITAL_MESSAGE = 0x90, REPORT_ANALOG = 0xC0, REPORT_DIGITAL = 0xD0, ANALOG_MESSAGE = 0xE0;
constexpr uint8_t SET_PIN_MODE = 0xF4, SET_DIGITAL_PIN = 0xF5;
constexpr uint8_t REPORT_VERSION = 0xF9, SYSTEM_RESET = 0xFF;
constexpr uint8_t ANALOG_MAPPING_QUERY = 0x69, ANALOG_MAPPING_RESPONSE = 0x6A;
constexpr uint8_t CAPABILITY_QUERY = 0x6B, CAPABILITY_RESPONSE = 0x6C;
constexpr uint8_t PIN_STATE_QUERY = 0x6D, PIN_STATE_RESPONSE = 0x6E, EXTENDED_ANALOG = 0x6F;
constexpr uint8_t SERVO_CONFIG = 0x70, ONEWIRE_DATA = 0x73, I2C_REQUEST = 0x76, I2C_CONFIG = 0x78;
constexpr uint8_t REPORT_FIRMWARE = 0x79, SAMPLING_INTERVAL = 0x7A;
// Of FirmataExpress; the protocol itself has no tone.
constexpr uint8_t TONE_DATA = 0x5F;

}  // namespace celda
