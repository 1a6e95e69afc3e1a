#include "pins.hpp"

namespace celda {

void Pins::boot() {
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    modes_[pin] = PinMode::HighImpedance;
    values_[pin] = NOT_DRIVEN;
  }
  analogChannels_ = 0;
}

void Pins::setMode(uint8_t pin, PinMode mode) {
  if (pin >= PIN_COUNT || modes_[pin] == mode) return;
  const hal::TickLock lock;
  if (modes_[pin] == PinMode::Servo) {
    pulse(pin, 0);
    // A pulse may have begun: its level must not become that of an output.
    hal::pinMode(pin, PinMode::HighImpedance);
  }
  if (modes_[pin] == PinMode::Pwm || modes_[pin] == PinMode::Tone) values_[pin] = NOT_DRIVEN;
  if (mode == PinMode::Pwm || mode == PinMode::Tone) values_[pin] = 0;
  modes_[pin] = mode;
  hal::pinMode(pin, mode);
}

void Pins::write(uint8_t pin, bool level) {
  const hal::TickLock lock;
  writeLocked(pin, level);
}

void Pins::writeLocked(uint8_t pin, bool level) {
  if (pin >= PIN_COUNT) return;
  hal::digitalWrite(pin, level);
}

void Pins::pulse(uint8_t pin, uint16_t pulseUs) {
  if (pin >= PIN_COUNT) return;
  const hal::TickLock lock;
  const uint16_t value = pulseUs == 0 ? static_cast<uint16_t>(values_[pin] | NOT_DRIVEN) : pulseUs;
  if (values_[pin] == value) return;
  values_[pin] = value;
  hal::servoWrite(pin, pulseUs);
}

void Pins::duty(uint8_t pin, uint8_t duty) {
  values_[pin] = duty;
  hal::pwmWrite(pin, duty);
}

void Pins::tone(uint8_t pin, uint16_t hertz) {
  const hal::TickLock lock;
  values_[pin] = hertz;
  hal::toneWrite(pin, hertz);
}

uint8_t Pins::servos() const {
  uint8_t count = 0;
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if (modes_[pin] == PinMode::Servo) count += 1;
  }
  return count;
}

void Pins::useAnalog(uint8_t pin, bool used) {
  const Channels bit = static_cast<Channels>(1u << (pin - FIRST_ANALOG_PIN));
  analogChannels_ = static_cast<Channels>(used ? analogChannels_ | bit : analogChannels_ & ~bit);
  hal::analogUse(analogChannels_);
}

}  // namespace celda
