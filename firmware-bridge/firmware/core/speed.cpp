#include "speed.hpp"

#include "../hal.hpp"

namespace celda {

/**
 * Within 2.1 % on a 16 MHz chip: 57,600 by -0.8, 115,200 by 2.1, the others exactly. At 1,000,000 a character lasts 160 of
 * its cycles: with servo pulses and ticks it loses one now and then.
 */
static bool isHeld(uint32_t baud) {
  return baud == 57600 || baud == 115200 || baud == 250000 || baud == 500000;
}

/** At another speed than that of the boot, this long without a right frame: the host has gone or cannot be understood. */
constexpr uint32_t SILENCE_US_MAX = 200000;

void LineSpeed::boot() {
  baud_ = hal::BOOT_BAUD;
  next_ = hal::BOOT_BAUD;
  asked_ = 0;
  heardUs_ = 0;
  due_ = false;
}

Status LineSpeed::ask(uint32_t baud) {
  asked_ = baud;
  if (!isHeld(baud)) return Status::Value;
  next_ = baud;
  due_ = next_ != baud_;
  return Status::Ok;
}

void LineSpeed::turn(uint32_t nowUs, bool nothingWaits) {
  if (baud_ != hal::BOOT_BAUD && nowUs - heardUs_ >= SILENCE_US_MAX) {
    next_ = hal::BOOT_BAUD;
    due_ = true;
  }
  if (!due_ || !nothingWaits || !hal::lineIdle()) return;
  hal::setBaud(next_);
  baud_ = next_;
  due_ = false;
  heardUs_ = nowUs;
}

}  // namespace celda
