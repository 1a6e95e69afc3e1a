// A board whose line carries Firmata and nothing else, for the simulation of boards with stock Firmata: the Firmata of the
// stream lane without frames around it. No lease, no permit, no session. It is not StandardFirmata: after a reset its pins are
// high-impedance, where StandardFirmata drives them low.
#pragma once
#include <stdint.h>

#include "../../core/firmata.hpp"
#include "../../core/pins.hpp"
#include "../../core/ring.hpp"

namespace celda {

class StockBoard {
 public:
  void boot();
  /** The timer interrupt. @returns true when the main loop has something to do */
  bool tick();
  /** The receive interrupt; a byte for which there is no room is lost, as on the board. */
  void receive(uint8_t byte) { received_.push(byte); }
  /** One turn of the main loop. */
  void poll();

 private:
  bool send();

  Pins pins_;
  Firmata firmata_;
  Ring<128> received_;
  uint8_t idleTicks_;
  bool loopTurned_;
};

}  // namespace celda
