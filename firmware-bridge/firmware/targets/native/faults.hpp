// Faults of a serial line, each put into two whole frames: what arrives in place of what was sent.
#pragma once
#include <stdint.h>

namespace celda {

constexpr uint8_t LINE_BYTES_MAX = 96;

/** A frame as it is sent: maybe a zero, the stuffed bytes, a zero. */
struct Line {
  uint8_t bytes[LINE_BYTES_MAX];
  uint8_t length;
};

/** Repeatable numbers (xorshift32). */
class Draw {
 public:
  explicit Draw(uint32_t seed) : state_(seed != 0 ? seed : 0x9E3779B9u) {}
  /** @returns 0 to `below` - 1 */
  uint32_t operator()(uint32_t below) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 17;
    state_ ^= state_ << 5;
    return static_cast<uint32_t>(static_cast<uint64_t>(state_) * below >> 32);
  }

 private:
  uint32_t state_;
};

enum class Fault : uint8_t {
  FlippedBit,
  Burst,
  DroppedBytes,
  InsertedBytes,
  RepeatedFrame,
  SwappedFrames,
  TruncatedFrame,
  ReplayedFrame,
  ForeignFrame,
};
constexpr uint8_t FAULTS = 9;
extern const char* const FAULT_NAMES[FAULTS];

struct Sent {
  /** Two frames of this session, in the order of the sender. */
  const Line& first;
  const Line& second;
  /** A right frame of a session before, for this board. */
  const Line& older;
  /** The first frame as it would be for another board. */
  const Line& foreign;
};

/** What arrives; three frames and some noise at most. */
struct Arrival {
  uint8_t bytes[4 * LINE_BYTES_MAX];
  uint16_t length;

  void add(const uint8_t* more, uint16_t count);
  void add(const Line& line) { add(line.bytes, line.length); }
};

/** Puts into `arrival` what arrives in place of `first` followed by `second`. */
void arrive(Fault fault, const Sent& sent, Draw& draw, Arrival& arrival);

}  // namespace celda
