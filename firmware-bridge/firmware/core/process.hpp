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
  /** False when what was counted from the configuration is no longer so. */
  bool isIntact() const;
  /** Lets go of every pin, as a reset does: the configuration that says what is safe is lost. */
  void release();
  const PinSet& claimedPins() const { return claimed_; }

  /** Tick only. @returns true when an input with the edge flag has changed its reported level */
  bool sampleInputs(const PinSet& levels);
  /** The openings among them alone: for a look between two ticks, which must not count towards a filter. */
  bool sampleOpenings(const PinSet& levels);
  /** False until the first sample after `apply`: there is nothing to report before. */
  bool isSampled() const { return sampled_; }

  /** All safe values; ends a `drive` that it interrupts. The caller keeps the tick out. */
  void driveSafe();
  /** Whether `drive` may drive, until `driveSafe`. */
  void allow(bool allowed) { allowed_ = allowed; }
  uint8_t imageLength() const;
  /** `arms`: the command would arm the board, which moves no axis. */
  bool accepts(const uint8_t* image, bool arms) const;
  /** Output by output, so that the tick is kept out for short moments only, as long as it is allowed. */
  void drive(const uint8_t* image);

  const Axes& axes() const { return axes_; }

  /** Step interrupt. */
  template <typename Write>
  void pulse(Write write) {
    axes_.pulse(write);
  }
  /** Tick only: see `Axes::plan`. */
  bool planAxis(uint8_t axis) { return axes_.plan(axis); }

  /**
   * Appends the input image and the read-back. What was written counts as reported. Its frame is its own, so that it is off the
   * stack when the checksum of the frame is made, which is where the stack is deepest.
   */
  __attribute__((noinline)) void writeImages(Writer& out);

 private:
  /** Records of each kind; inputs come first. */
  struct Counts {
    uint8_t inputs;
    uint8_t digitalOutputs;
    uint8_t servos;
    uint8_t axes;
  };
  static Counts countOf(const Config& config);
  bool sampleInput(uint8_t slot, bool level);
  void checkRange(uint8_t slot);
  uint16_t countsOf(uint8_t slot) const;
  void writeInputs(Writer& out);
  void writeReadBack(Writer& out) const;
  uint16_t readBackPulse(uint8_t pin) const;
  static hal::LevelSet safeLevelsOf(const Config& config);

  Pins* pins_;
  Axes axes_;
  Config config_;
  PinSet claimed_;
  /** Of the digital outputs. */
  hal::LevelSet safeLevels_;
  InputSet reported_;
  InputSet unsentOpenings_;
  /** Analog inputs that were out of range since the last image. */
  InputSet strayed_;
  /** For how long a digital input has had another level than the reported one. */
  uint8_t changingMs_[INPUT_SLOTS_MAX];
  /** Ticks since `apply`, up to `RANGE_TICKS`, then the last few of them over and over. */
  uint8_t rangeTick_;
  /** Never more than there is room for, whatever has happened to the memory. */
  uint8_t inputs() const { return counts_.inputs < INPUT_SLOTS_MAX ? counts_.inputs : INPUT_SLOTS_MAX; }

  Counts counts_;
  bool sampled_;
  volatile bool allowed_;
  /** How often all safe values were driven, modulo 256. */
  volatile uint8_t safes_;
};

}  // namespace celda
