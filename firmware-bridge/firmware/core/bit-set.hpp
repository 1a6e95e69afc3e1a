// A set of small numbers, in bytes: shifting a wider word by a variable is slow on a machine of eight bits.
#pragma once
#include <stdint.h>

#include "../board-kind.hpp"
#include "flash.hpp"

namespace celda {

/** A set of numbers below `SIZE`. Static ones are empty at the start; local ones are `{}`. */
template <uint8_t SIZE>
class BitSet {
 public:
  static constexpr uint8_t BYTES = (SIZE + 7) / 8;

  void clear() {
    for (uint8_t& byte : bytes_) byte = 0;
  }
  bool has(uint8_t number) const { return (bytes_[number / 8] & bitAt(number % 8)) != 0; }
  void set(uint8_t number, bool in) {
    uint8_t& byte = bytes_[number / 8];
    const uint8_t bit = bitAt(number % 8);
    byte = static_cast<uint8_t>(in ? byte | bit : byte & ~bit);
  }
  bool isEmpty() const {
    for (const uint8_t byte : bytes_) {
      if (byte != 0) return false;
    }
    return true;
  }
  /** Numbers 8 * `at` to 8 * `at` + 7, the first in the lowest bit. */
  uint8_t& operator[](uint8_t at) { return bytes_[at]; }
  uint8_t operator[](uint8_t at) const { return bytes_[at]; }

  bool operator==(const BitSet& other) const {
    for (uint8_t at = 0; at < BYTES; at += 1) {
      if (bytes_[at] != other.bytes_[at]) return false;
    }
    return true;
  }

 private:
  uint8_t bytes_[BYTES];
};

/** Pins, or the levels of all pins. */
using PinSet = BitSet<PIN_COUNT>;
using InputSet = BitSet<INPUT_SLOTS_MAX>;

}  // namespace celda
