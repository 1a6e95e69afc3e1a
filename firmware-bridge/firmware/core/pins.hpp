// The one place that knows what every pin is doing. Process data and stream both drive pins through it. It drives no pin that
// the board does not have: a number may come from memory that was damaged.
#pragma once
#include <stdint.h>

#include "../hal.hpp"

namespace celda {

class Pins {
 public:
  void boot();

  /** No effect when the pin has the mode already, so that a held servo keeps its pulses across configurations. */
  void setMode(uint8_t pin, PinMode mode);
  PinMode mode(uint8_t pin) const { return pin < PIN_COUNT ? modes_[pin] : PinMode::HighImpedance; }

  /** Sets the level of an output, also ahead of `setMode(pin, Output)`. */
  void write(uint8_t pin, bool level);
  /** The same where the tick is kept out already. */
  void writeLocked(uint8_t pin, bool level);

  /** What is at the pin, which something may hold against the latch. */
  bool level(uint8_t pin) const { return pin < PIN_COUNT && hal::readPin(pin); }

  /** @param pulseUs 0: no pulses */
  void pulse(uint8_t pin, uint16_t pulseUs);
  uint16_t pulseUs(uint8_t pin) const { return (values_[pin] & NOT_DRIVEN) != 0 ? 0 : values_[pin]; }
  /** Width as the read-back has it: bit 15 set while there are no pulses, and then the last there were, if it is known. */
  uint16_t readBackUs(uint8_t pin) const { return values_[pin]; }

  void duty(uint8_t pin, uint8_t duty);
  uint8_t duty(uint8_t pin) const { return static_cast<uint8_t>(values_[pin]); }

  /** @param hertz 0: silence */
  void tone(uint8_t pin, uint16_t hertz);
  uint16_t hertz(uint8_t pin) const { return values_[pin]; }

  /** Number of pins in mode `Servo`. */
  uint8_t servos() const;

  /** Marks a channel as read by process data or stream, or by neither. */
  void useAnalog(uint8_t pin, bool used);

 private:
  static constexpr uint16_t NOT_DRIVEN = 0x8000;
  PinMode modes_[PIN_COUNT];
  /** Pulse width, duty or frequency, by mode. A width stays behind, marked, until the pin is used for one of the others. */
  uint16_t values_[PIN_COUNT];
  Channels analogChannels_;
};

}  // namespace celda
