// A byte queue of fixed size between two parts of the firmware, of which one may be an interrupt on either side.
#pragma once
#include <stdint.h>

namespace celda {

/** Holds up to `SIZE - 1` bytes; `SIZE` is a power of two, at most 128. One writer, one reader. */
template <uint8_t SIZE>
class Ring {
  static_assert((SIZE & (SIZE - 1)) == 0 && SIZE <= 128, "indices wrap by masking");

 public:
  void clear() { head_ = tail_ = 0; }
  uint8_t used() const { return static_cast<uint8_t>((head_ - tail_) & (SIZE - 1)); }
  uint8_t free() const { return static_cast<uint8_t>(SIZE - 1 - used()); }
  /** @returns false, and forgets the byte, when there is no room */
  bool push(uint8_t byte) {
    if (free() == 0) return false;
    bytes_[head_] = byte;
    head_ = static_cast<uint8_t>((head_ + 1) & (SIZE - 1));
    return true;
  }
  /** Byte `at` places behind the oldest; `at` must be below `used()`. */
  uint8_t peek(uint8_t at) const { return bytes_[(tail_ + at) & (SIZE - 1)]; }
  void drop(uint8_t count) { tail_ = static_cast<uint8_t>((tail_ + count) & (SIZE - 1)); }

 private:
  uint8_t bytes_[SIZE];
  volatile uint8_t head_;
  volatile uint8_t tail_;
};

}  // namespace celda
