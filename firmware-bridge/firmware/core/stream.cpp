#include "stream.hpp"

namespace celda {

constexpr uint32_t REPEAT_US = 60000;

void Stream::boot(Firmata* firmata) {
  firmata_ = firmata;
  reset();
}

void Stream::reset() {
  heldLength_ = 0;
  heldAt_ = 0;
  expected_ = 0;
  seq_ = 0;
  inFlight_ = 0;
  ackDue_ = false;
  firmata_->reset();
}

bool Stream::take(uint8_t streamSeq, const uint8_t* bytes, uint8_t length) {
  ackDue_ = true;
  if (streamSeq != expected_ || heldAt_ < heldLength_) return false;
  for (uint8_t i = 0; i < length; i += 1) held_[i] = bytes[i];
  heldLength_ = length;
  heldAt_ = 0;
  expected_ += 1;
  return true;
}

void Stream::acknowledge(uint8_t next) {
  if (inFlight_ == 0 || next != static_cast<uint8_t>(seq_ + 1)) return;
  firmata_->out().drop(inFlight_);
  inFlight_ = 0;
  seq_ += 1;
}

void Stream::feed() {
  while (heldAt_ < heldLength_ && firmata_->isReady()) firmata_->accept(held_[heldAt_++]);
}

uint8_t Stream::ack() {
  ackDue_ = false;
  return expected_;
}

bool Stream::isDataDue(uint32_t nowUs) const {
  if (inFlight_ != 0) return nowUs - sentUs_ >= REPEAT_US;
  return firmata_->out().used() > 0;
}

void Stream::writeData(Writer& out, uint32_t nowUs) {
  // The bytes stay in the queue until they are acknowledged, so that a repetition needs no second copy.
  if (inFlight_ == 0) {
    const uint8_t used = firmata_->out().used();
    inFlight_ = used < STREAM_BYTES_MAX ? used : STREAM_BYTES_MAX;
  }
  sentUs_ = nowUs;
  out.u8(seq_);
  for (uint8_t i = 0; i < inFlight_; i += 1) out.u8(firmata_->out().peek(i));
}

}  // namespace celda
