// Consistent Overhead Byte Stuffing (Cheshire and Baker 1999): no zero inside a frame, so that a zero ends it.
#pragma once
#include <stdint.h>

namespace celda {

/** Longest decoded frame of the wire. */
constexpr uint8_t FRAME_MAX = 128;

/** Decodes a line byte by byte into its own buffer. */
class CobsDecoder {
 public:
  enum class Result : uint8_t { More, Frame, Broken };

  void reset();
  /** `Frame`: `bytes()` holds `length()` decoded bytes until the next call. Zeros between frames are no error. */
  Result push(uint8_t byte);
  uint8_t* bytes() { return buffer_; }
  uint8_t length() const { return done_; }

 private:
  void put(uint8_t byte);

  uint8_t buffer_[FRAME_MAX];
  uint8_t used_;
  uint8_t done_;
  uint8_t left_;
  bool started_;
  bool zeroBetween_;
  bool broken_;
};

/**
 * Encodes in place: `frame[0]` is free for the first code byte, `frame[1..length]` is the content (at most 253 bytes).
 * @returns the encoded length, with the ending zero, which needs `length + 2` bytes of room
 */
uint8_t cobsEncode(uint8_t* frame, uint8_t length);

}  // namespace celda
