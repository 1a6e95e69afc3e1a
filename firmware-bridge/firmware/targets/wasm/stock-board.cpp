#include "stock-board.hpp"

#include "../../hal.hpp"

namespace celda {

/** The loop turns this often at least, so that it can be seen to turn, ms. */
constexpr uint8_t IDLE_TICKS_MAX = 50;
constexpr uint8_t SEND_MAX = 64;

void StockBoard::boot() {
  idleTicks_ = 0;
  loopTurned_ = true;
  received_.clear();
  pins_.boot();
  firmata_.boot(&pins_);
  firmata_.reset();
}

bool StockBoard::tick() {
  if (loopTurned_) {
    loopTurned_ = false;
    hal::feedWatchdog();
    idleTicks_ = 0;
  }
  idleTicks_ += 1;
  const bool reportDue = firmata_.tick(hal::readPins());
  return reportDue || received_.used() > 0 || idleTicks_ >= IDLE_TICKS_MAX;
}

bool StockBoard::send() {
  uint8_t bytes[SEND_MAX];
  const uint8_t used = firmata_.out().used();
  const uint8_t length = used < SEND_MAX ? used : SEND_MAX;
  for (uint8_t i = 0; i < length; i += 1) bytes[i] = firmata_.out().peek(i);
  firmata_.out().drop(length);
  if (length > 0) hal::transmit(bytes, length);
  return length > 0;
}

void StockBoard::poll() {
  loopTurned_ = true;
  do {
    while (received_.used() > 0 && firmata_.isReady()) {
      const uint8_t byte = received_.peek(0);
      received_.drop(1);
      firmata_.accept(byte);
    }
    firmata_.report();
  } while (send());
}

}  // namespace celda
