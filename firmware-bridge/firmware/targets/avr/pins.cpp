// Ports, pull-ups and PWM, the same for every chip of the family.
#include "../../hal.hpp"
#include "../pin-capabilities.hpp"
#include "avr.hpp"

namespace celda {
namespace avr {

void setBits(volatile uint8_t* at, uint8_t mask, bool on) {
  const Uninterrupted section;
  *at = static_cast<uint8_t>(on ? *at | mask : *at & ~mask);
}

}  // namespace avr

namespace hal {

uint8_t pinCapabilities(uint8_t pin) {
  return capabilitiesOf(pin);
}

void pinMode(uint8_t pin, PinMode mode) {
  const bool drives = mode == PinMode::Output || mode == PinMode::Servo || mode == PinMode::Pwm;
  avr::connectPwm(pin, false);
  if (mode == PinMode::Pwm) avr::startPwm();
  if (mode != PinMode::Output) digitalWrite(pin, mode == PinMode::InputPullUp);
  avr::setBits(avr::directionOf(pin), avr::maskOf(pin), drives);
}

void digitalWrite(uint8_t pin, bool level) {
  avr::setBits(avr::portOf(pin), avr::maskOf(pin), level);
}

/** An output is connected to its timer only while its duty is neither 0 nor 255. */
void pwmWrite(uint8_t pin, uint8_t duty) {
  avr::setDuty(pin, duty);
  avr::connectPwm(pin, duty != 0 && duty != 255);
  digitalWrite(pin, duty == 255);
}

}  // namespace hal
}  // namespace celda
