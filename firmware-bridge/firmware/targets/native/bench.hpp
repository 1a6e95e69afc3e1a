// The board on a host: pins that are variables, time that is set, and a line whose answers are looked at as they leave.
#pragma once
#include <stdint.h>

#include "../../hal.hpp"

namespace celda {

struct Bench {
  PinMode modes[PIN_COUNT];
  uint16_t pulses[PIN_COUNT];
  /** Output latches, and levels put on the pins from outside. */
  PinSet latches;
  PinSet levels;
  uint32_t nowUs;
  uint32_t fedUs;
  bool lineBusy;
  /** What the board sent last, as on the line. */
  uint8_t sent[132];
  uint8_t sentLength;
  /** The step interrupt is in use. */
  bool isStepping;
  /** The I2C bus: in use, and what comes of what was begun on it. */
  bool busOn;
  hal::I2cState busAnswer;
  uint8_t said;

  /** As after a reset: nothing drives anything. Levels from outside and time stay. */
  void release();
};

extern Bench bench;

/** Prints what does not hold and ends the process in the way that the fuzzer keeps the input for. */
[[noreturn]] void violated(const char* invariant);

}  // namespace celda
