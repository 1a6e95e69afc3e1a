// Ports, pull-ups and PWM, the same for every chip of the family.
#include "../../hal.hpp"
#include "../pin-capabilities.hpp"
#include "../tone.hpp"
#include "avr.hpp"

namespace celda {
namespace avr {

void setBits(volatile uint8_t* at, uint8_t mask, bool on) {
  const Uninterrupted section;
  *at = static_cast<uint8_t>(on ? *at | mask : *at & ~mask);
}

/** Left by its timer a pin follows its port. */
static void disconnectTimer(uint8_t pin) {
  connectPwm(pin, false);
  if (pin == TONE_PIN_A) setBits(&TCCR2A, _BV(COM2A0), false);
  if (pin == TONE_PIN_B) setBits(&TCCR2A, _BV(COM2B0), false);
}

}  // namespace avr

namespace hal {

uint8_t pinCapabilities(uint8_t pin) {
  return capabilitiesOf(pin);
}

void pinMode(uint8_t pin, PinMode mode) {
  const bool drives = mode >= PinMode::Output;
  volatile uint8_t* const direction = avr::directionOf(pin);
  const uint8_t mask = avr::maskOf(pin);
  avr::forgetPulse(pin);
  // Let go first: the latch of a pin that a timer drives is low.
  if (!drives) avr::setBits(direction, mask, false);
  avr::disconnectTimer(pin);
  if (mode == PinMode::Pwm) avr::startPwm(pin);
  if (mode != PinMode::Output) digitalWrite(pin, mode == PinMode::InputPullUp);
  if (drives) avr::setBits(direction, mask, true);
}

void digitalWrite(uint8_t pin, bool level) {
  avr::setBits(avr::portOf(pin), avr::maskOf(pin), level);
}

void LevelSet::add(uint8_t pin, bool level) {
  const uint8_t place = avr::placeOf(pin);
  pins_.set(place, true);
  high_.set(place, level);
}

void LevelSet::drive() const {
  for (uint8_t port = 0; port < CHIP_PORTS; port += 1) {
    const uint8_t mask = pins_[port];
    if (mask == 0) continue;
    const uint8_t high = high_[port];
    volatile uint8_t* const at = avr::portAt(port);
    const avr::Uninterrupted section;
    *at = static_cast<uint8_t>((*at & ~mask) | high);
  }
}

bool readPin(uint8_t pin) {
  return avr::Line(pin).isHigh();
}

/** An output is connected to its timer only while its duty is neither 0 nor 255. */
void pwmWrite(uint8_t pin, uint8_t duty) {
  avr::setDuty(pin, duty);
  avr::connectPwm(pin, duty != 0 && duty != 255);
  digitalWrite(pin, duty == 255);
}

void toneWrite(uint8_t pin, uint16_t hertz) {
  avr::disconnectTimer(pin);
  if (hertz == 0) return;
  const Tone tone = toneOf(hertz);
  OCR2A = tone.top;
  OCR2B = tone.top;
  TCNT2 = 0;
  TCCR2B = tone.select;
  TCCR2A = static_cast<uint8_t>(_BV(WGM21) | (pin == TONE_PIN_A ? _BV(COM2A0) : _BV(COM2B0)));
}

}  // namespace hal
}  // namespace celda
