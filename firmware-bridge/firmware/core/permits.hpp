// Local inputs that hazardous outputs need closed: which of them opened first while armed, and when the board acts on it.
#pragma once
#include <stdint.h>

#include "config.hpp"

namespace celda {

class Permits {
 public:
  static constexpr uint8_t NONE = 0xFF;

  void boot();

  /** Takes over what the outputs of a configuration name. */
  void apply(const Config& config);
  /** False when the masks in memory are no longer those of the configuration. */
  bool isIntact(const Config& config) const;

  /** Whether one without delay is open at these levels: quick, as it does not tell which. */
  bool isOpenAtOnce(const PinSet& levels) const;

  /** Slot of a permit that is open at these levels, or `NONE`. */
  uint8_t firstOpen(const Config& config, const PinSet& levels) const;

  /** The board was armed: openings count from now on. */
  void arm();

  /** The last `watch` has found an opening that the ones before had not. */
  bool hasNew() const { return hasNew_; }

  /**
   * Tick only, while armed. An opening counts at once and for good: closing again does not take it back.
   * @returns the slot whose delay has run out, or `NONE`
   */
  uint8_t watch(const Config& config, const PinSet& levels, uint32_t nowUs);

 private:
  /** Pins that outputs name. */
  struct Named {
    PinSet pins;
    /** Those of them that are closed when high. */
    PinSet closed;
    /** Those of them without delay. */
    PinSet prompt;

    bool operator==(const Named& other) const { return pins == other.pins && closed == other.closed && prompt == other.prompt; }
  };
  static Named namedBy(const Config& config);
  uint8_t openPins(const PinSet& levels, uint8_t at) const { return (levels[at] ^ named_.closed[at]) & named_.pins[at]; }
  void start(const Config& config, const PinSet& opened, uint32_t nowUs);

  Named named_;
  /** Pins that have opened since arming. */
  PinSet opened_;
  uint32_t dueUs_;
  /** Slot that is due first; `NONE`: nothing has opened since arming. */
  uint8_t due_;
  bool hasNew_;
};

}  // namespace celda
