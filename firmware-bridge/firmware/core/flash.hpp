// Constant tables that must stay in program memory on a Harvard machine, where plain `const` data would cost RAM.
#pragma once
#include <stdint.h>

#ifdef __AVR__
#include <avr/pgmspace.h>
#define CELDA_FLASH PROGMEM
#else
#define CELDA_FLASH
#endif

namespace celda {

inline uint8_t flashU8(const void* at) {
#ifdef __AVR__
  return pgm_read_byte(at);
#else
  return *static_cast<const uint8_t*>(at);
#endif
}

inline uint32_t flashU32(const uint32_t* at) {
#ifdef __AVR__
  return pgm_read_dword(at);
#else
  return *at;
#endif
}

/** Bit `place` 0..7 of a byte. A shift by a variable is a loop on a machine of eight bits, so there it is a table. */
#ifdef __AVR__
static const uint8_t BITS[8] CELDA_FLASH = {1, 2, 4, 8, 16, 32, 64, 128};
inline uint8_t bitAt(uint8_t place) {
  return flashU8(&BITS[place]);
}
#else
inline uint8_t bitAt(uint8_t place) {
  return static_cast<uint8_t>(1u << place);
}
#endif

}  // namespace celda
