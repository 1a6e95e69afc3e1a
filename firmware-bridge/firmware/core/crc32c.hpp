// CRC-32C (Castagnoli): reflected polynomial 0x82F63B78, initial value and final exclusive-or 0xFFFFFFFF.
#pragma once
#include <stdint.h>

namespace celda {

class Crc32c {
 public:
  Crc32c() : state_(0xFFFFFFFFu) {}
  /** Goes on where another one was left: see `state`. */
  explicit Crc32c(uint32_t state) : state_(state) {}
  void add(uint8_t byte);
  void add(const uint8_t* bytes, uint8_t length);
  uint32_t value() const { return ~state_; }
  uint32_t state() const { return state_; }

 private:
  uint32_t state_;
};

}  // namespace celda
