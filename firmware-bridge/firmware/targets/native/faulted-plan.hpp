// What a faulted board is configured as, drawn anew for each session, and what frames make of the pins that it names.
#pragma once
#include <stdint.h>

#include "../../hal.hpp"
#include "faults.hpp"

namespace celda {

/** What a board shows, and what it goes by. */
struct Pattern {
  PinSet latches;
  uint16_t pulses[PIN_COUNT];
  int32_t targets[AXES_MAX];
  bool isArmed;
  /** The number that the board expects of the next STREAM. */
  uint8_t streamSeq;
};

/** The frames that are sent with a fault. */
enum class Kind : uint8_t { Process, Stop, Stream };

/** What one frame says. */
struct Wish {
  Kind kind;
  PinSet levels;
  uint16_t pulses[PIN_COUNT];
  int32_t targets[AXES_MAX];
  uint8_t streamSeq;
};

class Plan {
 public:
#ifdef CELDA_MEGA
  static constexpr uint8_t INPUTS_MAX = 24, DIGITAL_MAX = 6, SERVOS_MAX_HERE = 10;
#else
  static constexpr uint8_t INPUTS_MAX = 2, DIGITAL_MAX = 5, SERVOS_MAX_HERE = 6;
#endif
  static constexpr uint8_t RECORDS_MAX = INPUTS_MAX + DIGITAL_MAX + SERVOS_MAX_HERE + 2 * AXES_MAX;
  static constexpr uint8_t RECORD_SIZE = 12;
  /** Of a PROCESS, and on a small board of a STREAM. */
  static constexpr uint8_t PROCESS_BYTES = 9 + 1 + 2 * SERVOS_MAX_HERE + 4 * AXES_MAX, STREAM_BYTES = 31;
  static constexpr uint8_t PAYLOAD_MAX = PROCESS_BYTES > STREAM_BYTES ? PROCESS_BYTES : STREAM_BYTES;
  /** A pin that the configuration never names. */
  static constexpr uint8_t STREAM_PIN = 13;

  /** Inputs, digital outputs, servos and axes of numbers drawn anew: so frames have different lengths. @returns records */
  uint8_t makeRecords(Draw& draw, uint8_t* records);

  /** Values drawn anew. Targets are near enough to `from` to be reached before the next command. */
  void draw(Draw& draw, Kind kind, const Wish* before, const Pattern& present, const int32_t* positions, Wish& wish) const;

  /** The payload of a STREAM or the output image of a PROCESS; nothing for a STOP. @returns its length */
  uint8_t write(const Wish& wish, Draw& draw, uint8_t* out) const;

  /** What the frame makes of what the board showed. */
  void apply(const Wish& wish, const Pattern& safe, const int32_t* positions, Pattern& pattern) const;

  uint8_t axes() const { return axes_; }
  uint8_t stepPin(uint8_t axis) const;
  uint8_t directionPin(uint8_t axis) const;
  bool isForwardHigh(uint8_t axis) const { return (forwardHigh_ >> axis & 1) != 0; }

 private:
  uint8_t digitals_;
  uint8_t servos_;
  uint8_t axes_;
  uint8_t forwardHigh_;
};

}  // namespace celda
