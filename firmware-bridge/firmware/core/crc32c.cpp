#include "crc32c.hpp"

#include "flash.hpp"

namespace celda {

constexpr uint32_t POLYNOMIAL_REFLECTED = 0x82F63B78;

/** One entry per byte. A table per nibble would save 960 bytes of flash and take half a millisecond per frame at 16 MHz. */
struct Table {
  uint32_t entries[256];
  constexpr Table() : entries() {
    for (uint16_t byte = 0; byte < 256; byte += 1) {
      uint32_t state = byte;
      for (uint8_t bit = 0; bit < 8; bit += 1) state = (state & 1) != 0 ? state >> 1 ^ POLYNOMIAL_REFLECTED : state >> 1;
      entries[byte] = state;
    }
  }
};

static constexpr Table TABLE CELDA_FLASH = {};

void Crc32c::add(uint8_t byte) {
  state_ = state_ >> 8 ^ flashU32(&TABLE.entries[static_cast<uint8_t>(state_ ^ byte)]);
}

void Crc32c::add(const uint8_t* bytes, uint8_t length) {
  while (length-- > 0) add(*bytes++);
}

}  // namespace celda
