// The reliable, ordered byte stream under the process data: one frame in flight to the host, one held from it.
#pragma once
#include <stdint.h>

#include "bytes.hpp"
#include "firmata.hpp"

namespace celda {

constexpr uint8_t STREAM_BYTES_MAX = 32;

class Stream {
 public:
  void boot(Firmata* firmata);
  void reset();

  /** A STREAM frame of the host: taken, or dropped when it is out of order or the one before is not used up. */
  bool take(uint8_t streamSeq, const uint8_t* bytes, uint8_t length);
  void acknowledge(uint8_t next);

  /** Main loop: passes held bytes on while Firmata takes them. */
  void feed();
  bool isHolding() const { return heldAt_ < heldLength_; }

  bool isAckDue() const { return ackDue_; }
  uint8_t ack();

  /** Tick and main loop. */
  bool isDataDue(uint32_t nowUs) const;
  void writeData(Writer& out, uint32_t nowUs);

 private:
  Firmata* firmata_;
  uint32_t sentUs_;
  uint8_t held_[STREAM_BYTES_MAX];
  volatile uint8_t heldLength_;
  volatile uint8_t heldAt_;
  uint8_t expected_;
  uint8_t seq_;
  volatile uint8_t inFlight_;
  bool ackDue_;
};

}  // namespace celda
