// Ports, pull-ups and PWM. Pins 0..7 are port D, 8..13 port B, 14..19 port C.
#include "../../hal.hpp"
#include "../uno-pins.hpp"
#include "avr.hpp"

namespace celda {
namespace avr {

volatile uint8_t* portOf(uint8_t pin) {
  return pin < 8 ? &PORTD : pin < 14 ? &PORTB : &PORTC;
}

uint8_t maskOf(uint8_t pin) {
  return static_cast<uint8_t>(1u << (pin < 8 ? pin : pin < 14 ? pin - 8 : pin - 14));
}

static volatile uint8_t* directionOf(uint8_t pin) {
  return pin < 8 ? &DDRD : pin < 14 ? &DDRB : &DDRC;
}

static void setBit(volatile uint8_t* at, uint8_t mask, bool on) {
  const Uninterrupted section;
  *at = static_cast<uint8_t>(on ? *at | mask : *at & ~mask);
}

/** Timers 0 and 2 in fast PWM at 976 Hz; an output is connected only while its duty is neither 0 nor 255. */
static void connectPwm(uint8_t pin, bool on) {
  if (pin == 6) setBit(&TCCR0A, _BV(COM0A1), on);
  if (pin == 5) setBit(&TCCR0A, _BV(COM0B1), on);
  if (pin == 11) setBit(&TCCR2A, _BV(COM2A1), on);
  if (pin == 3) setBit(&TCCR2A, _BV(COM2B1), on);
}

static void setDuty(uint8_t pin, uint8_t duty) {
  if (pin == 6) OCR0A = duty;
  if (pin == 5) OCR0B = duty;
  if (pin == 11) OCR2A = duty;
  if (pin == 3) OCR2B = duty;
}

static void startPwm() {
  TCCR0A |= _BV(WGM01) | _BV(WGM00);
  TCCR0B = _BV(CS01) | _BV(CS00);
  TCCR2A |= _BV(WGM21) | _BV(WGM20);
  TCCR2B = _BV(CS22);
}

}  // namespace avr

namespace hal {

uint8_t pinCapabilities(uint8_t pin) {
  return unoCapabilities(pin);
}

void pinMode(uint8_t pin, PinMode mode) {
  const bool drives = mode == PinMode::Output || mode == PinMode::Servo || mode == PinMode::Pwm;
  avr::connectPwm(pin, false);
  if (mode == PinMode::Pwm) avr::startPwm();
  if (mode != PinMode::Output) avr::setBit(avr::portOf(pin), avr::maskOf(pin), mode == PinMode::InputPullUp);
  avr::setBit(avr::directionOf(pin), avr::maskOf(pin), drives);
}

void digitalWrite(uint8_t pin, bool level) {
  avr::setBit(avr::portOf(pin), avr::maskOf(pin), level);
}

uint32_t readPins() {
  return PIND | static_cast<uint32_t>(PINB & 0x3F) << 8 | static_cast<uint32_t>(PINC & 0x3F) << 14;
}

void pwmWrite(uint8_t pin, uint8_t duty) {
  avr::setDuty(pin, duty);
  avr::connectPwm(pin, duty != 0 && duty != 255);
  digitalWrite(pin, duty == 255);
}

}  // namespace hal
}  // namespace celda
