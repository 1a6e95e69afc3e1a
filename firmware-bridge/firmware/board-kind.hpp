// Which board this is compiled for, and how large its core is therefore: an Arduino Uno, or with CELDA_MEGA a Mega 2560.
#pragma once
#include <stdint.h>

namespace celda {

// Pins are numbered as on the board. Pins 0 and 1 are the serial port on both.
#ifdef CELDA_MEGA
/** As in IDENT. */
constexpr uint8_t BOARD_KIND = 2;
constexpr uint8_t PIN_COUNT = 70;
/** A0. */
constexpr uint8_t FIRST_ANALOG_PIN = 54;
/** Of the chip, eight pins each. */
constexpr uint8_t CHIP_PORTS = 11;
/** Records of a configuration, and inputs and outputs among them: as many as one frame carries. */
constexpr uint8_t SLOTS_MAX = 48, INPUT_SLOTS_MAX = 24, OUTPUT_SLOTS_MAX = 24;
/** A set of analog channels, bit n = channel n. */
using Channels = uint16_t;
/** Step axes at the same time; each takes some 40 bytes of memory. */
constexpr uint8_t AXES_MAX = 4;
#else
constexpr uint8_t BOARD_KIND = 1;
constexpr uint8_t PIN_COUNT = 20;
constexpr uint8_t FIRST_ANALOG_PIN = 14;
constexpr uint8_t CHIP_PORTS = 3;
/** One slot per pin at most, and an Uno has 18 free pins. */
constexpr uint8_t SLOTS_MAX = 18, INPUT_SLOTS_MAX = 18, OUTPUT_SLOTS_MAX = 18;
using Channels = uint8_t;
constexpr uint8_t AXES_MAX = 2;
#endif

constexpr uint8_t ANALOG_CHANNELS = PIN_COUNT - FIRST_ANALOG_PIN;

/** Servos of the stream that can have a range of their own. */
#ifdef CELDA_MEGA
constexpr uint8_t PULSE_RANGES_MAX = 12;
#else
constexpr uint8_t PULSE_RANGES_MAX = 4;
#endif

/** Servos that can be pulsed at the same time, process data and stream together. */
constexpr uint8_t SERVOS_MAX = 12;

}  // namespace celda
