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

}  // namespace celda
