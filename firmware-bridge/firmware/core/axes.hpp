// Step axes: the tick plans the next millisecond towards the commanded position, a faster interrupt makes its pulses.
// Units: a rate is 2^-16 step per look of that interrupt, a speed 2^-24 step per look, a way 2^-12 step.
#pragma once
#include <stdint.h>

#include "config.hpp"
#include "pins.hpp"

namespace celda {

/** Positions that may be commanded: -limit..limit, so that no distance between two overflows. */
constexpr int32_t POSITION_MAX = 0x3FFFFFFF;

/** One axis. What the step interrupt changes comes first: others write it under `hal::PulseLock` only. */
struct Axis {
  /** Advance per look; 0: no pulses. */
  uint16_t rate;
  uint16_t phase;
  /** Pulses that may still be given; the last one stops the axis. */
  uint8_t left;
  bool isHigh;

  /** What `left` was when pulses were counted last. */
  uint8_t granted;
  bool isForward;
  bool forwardLevel;
  uint8_t stepPin;
  uint8_t directionPin;
  /** Times, doubled, that the position has begun to count from elsewhere. */
  uint8_t reference;
  /** Pulses given since boot, forward less backward. */
  int32_t position;
  int32_t target;
  uint32_t speed;
  /** Of speed per tick. */
  uint32_t change;
  /** Way until standstill when braking begins now, half a step in reserve. */
  uint32_t braking;
  uint16_t wanted;
  uint16_t fastest;
  /** Rate that the motor takes from standstill and back at once. */
  uint16_t start;
};

class Axes {
 public:
  void boot(Pins* pins, uint16_t bootCount);

  /** Takes the axes of a configuration. One whose pins stay keeps its position. */
  void apply(const Config& config);

  /**
   * Step interrupt, 16 times per tick while `hal::useStepTimer` is on. In the header, so that a target can have it within its
   * interrupt. @param write sets the step pin of an axis: its index, its pin, the level
   */
  template <typename Write>
  void pulse(Write write) {
    Axis* axis = axes_;
    for (uint8_t i = 0; i < count_; i += 1, axis += 1) {
      if (axis->isHigh) {
        axis->isHigh = false;
        write(i, axis->stepPin, false);
      }
      const uint16_t rate = axis->rate;
      const uint16_t phase = static_cast<uint16_t>(axis->phase + rate);
      axis->phase = phase;
      if (phase >= rate) continue;
      const uint8_t left = static_cast<uint8_t>(axis->left - 1);
      axis->left = left;
      if (left == 0) axis->rate = 0;
      axis->isHigh = true;
      write(i, axis->stepPin, true);
    }
  }

  /** Tick only: the next millisecond of one axis, to be called with 0, 1 and so on. @returns false behind the last */
  bool plan(uint8_t axis);

  /** Stops all pulses at once. The caller keeps the tick out. */
  void cut();

  /** An executed command follows: one `setTarget` per axis. The caller keeps the tick out. */
  void beginCommand();
  void setTarget(uint8_t axis, int32_t target);

  int32_t position(uint8_t axis) const;
  /** As in the read-back: bit 0 moving, the others name the reference that the position counts from. */
  uint16_t status(uint8_t axis) const;

 private:
  void turn(Axis& axis);
  void planAxis(Axis& axis);
  bool isBusy() const;

  Pins* pins_;
  Axis axes_[AXES_MAX];
  uint8_t count_;
  uint8_t boot_;
  /** Ticks since the last command, and the power of two of ticks in which a distance is to be made up. */
  uint8_t sinceCommand_;
  uint8_t answerShift_;
};

}  // namespace celda
