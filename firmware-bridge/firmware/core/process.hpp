// The configured inputs and outputs: filtering inputs in the tick, driving safe values or an image, building images.
// Knows nothing of frames, sessions and leases.
#pragma once
#include <stdint.h>

#include "axes.hpp"
#include "bytes.hpp"
#include "config.hpp"
#include "pins.hpp"

namespace celda {

class Process {
 public:
  void boot(Pins* pins, uint16_t bootCount);

  /** Releases pins that the new configuration does not name, claims the others, drives the safe values. */
  void apply(const Config& config);
  const Config& config() const { return config_; }
  const PinSet& claimedPins() const { return claimed_; }

  /** Tick only. @returns true when an input with the edge flag has changed its reported level */
  bool sampleInputs(const PinSet& levels);
  /** The openings among them alone: for a look between two ticks, which must not count towards a closing filter. */
  bool sampleOpenings(const PinSet& levels);
  /** False until the first sample after `apply`: there is nothing to report before. */
  bool isSampled() const { return sampled_; }

  void driveSafe();
  uint8_t imageLength() const;
  /** `arms`: the command would arm the board, which moves no axis. */
  bool accepts(const uint8_t* image, bool arms) const;
  void drive(const uint8_t* image);

  const Axes& axes() const { return axes_; }

  /** Step interrupt. */
  template <typename Write>
  void pulse(Write write) {
    axes_.pulse(write);
  }
  /** Tick only: the motion of the next millisecond. */
  void planAxes() { axes_.plan(); }

  /** Appends the input image and the read-back. What was written counts as reported. */
  void writeImages(Writer& out);

 private:
  bool sampleInput(uint8_t slot, bool level);
  void writeInputs(Writer& out);
  void writeReadBack(Writer& out) const;
  uint16_t readBackPulse(uint8_t pin) const;

  Pins* pins_;
  Axes axes_;
  Config config_;
  PinSet claimed_;
  uint32_t reported_;
  uint32_t unsentOpenings_;
  uint16_t closingMs_[INPUT_SLOTS_MAX];
  uint8_t inputs_;
  uint8_t digitalOutputs_;
  uint8_t servos_;
  uint8_t axisCount_;
  bool sampled_;
};

}  // namespace celda
