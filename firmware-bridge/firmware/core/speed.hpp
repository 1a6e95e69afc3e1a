// The speed of the serial line: changed when the host asks, taken back when nothing right is heard at the new one.
#pragma once
#include <stdint.h>

#include "config.hpp"

namespace celda {

class LineSpeed {
 public:
  void boot();

  /** The host asks for `baud`. @returns Ok, and the change is then due; or Value for a speed that no board holds */
  Status ask(uint32_t baud);
  /** What the host asked for last, whatever the answer. */
  uint32_t asked() const { return asked_; }
  uint32_t baud() const { return baud_; }

  /** A frame for this board arrived undamaged. */
  void heard(uint32_t nowUs) { heardUs_ = nowUs; }

  /** Main loop: changes the speed once nothing waits to be sent at the old one, and takes it back after silence. */
  void turn(uint32_t nowUs, bool nothingWaits);
  /** Tick: the loop has to turn for a change that is due. */
  bool isDue() const { return due_; }

 private:
  uint32_t baud_;
  uint32_t next_;
  uint32_t asked_;
  uint32_t heardUs_;
  volatile bool due_;
};

}  // namespace celda
