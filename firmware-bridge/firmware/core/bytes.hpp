// Little-endian numbers in byte buffers, whatever the machine's own order and alignment.
#pragma once
#include <stdint.h>

namespace celda {

inline uint16_t getU16(const uint8_t* at) {
  return static_cast<uint16_t>(at[0] | (at[1] << 8));
}

inline uint32_t getU32(const uint8_t* at) {
  return getU16(at) | (static_cast<uint32_t>(getU16(at + 2)) << 16);
}

/** Appends to a buffer whose owner guarantees the room. */
class Writer {
 public:
  explicit Writer(uint8_t* start) : at_(start) {}
  void u8(uint8_t value) { *at_++ = value; }
  void u16(uint16_t value) {
    u8(static_cast<uint8_t>(value));
    u8(static_cast<uint8_t>(value >> 8));
  }
  void u32(uint32_t value) {
    u16(static_cast<uint16_t>(value));
    u16(static_cast<uint16_t>(value >> 16));
  }
  uint8_t* end() const { return at_; }

 private:
  uint8_t* at_;
};

}  // namespace celda
