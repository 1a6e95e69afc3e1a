// Version numbers the board reports in IDENT. The build copies them into the image manifest.
#pragma once
#include <stdint.h>

namespace celda {

constexpr uint8_t WIRE_VERSION = 2;
constexpr uint8_t FIRMWARE_MAJOR = 0;
constexpr uint8_t FIRMWARE_MINOR = 1;
constexpr uint8_t FIRMWARE_PATCH = 0;

}  // namespace celda
