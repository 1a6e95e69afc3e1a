// The ATmega328P on an Arduino Uno: pins 0..7 are port D, 8..13 port B, 14..19 port C.
#include "../../../core/flash.hpp"
#include "../../../hal.hpp"
#include "../avr.hpp"

namespace celda {
namespace avr {

/** Port D is 0, B is 1 and has six pins, C is 2. */
uint8_t placeOf(uint8_t pin) {
  return pin < 14 ? pin : static_cast<uint8_t>(pin + 2);
}

volatile uint8_t* portAt(uint8_t port) {
  return port == 0 ? &PORTD : port == 1 ? &PORTB : &PORTC;
}

volatile uint8_t* portOf(uint8_t pin) {
  return portAt(placeOf(pin) / 8);
}

uint8_t maskOf(uint8_t pin) {
  return bitAt(placeOf(pin) & 7);
}

void connectPwm(uint8_t pin, bool on) {
  if (pin == 6) setBits(&TCCR0A, _BV(COM0A1), on);
  if (pin == 5) setBits(&TCCR0A, _BV(COM0B1), on);
  if (pin == 11) setBits(&TCCR2A, _BV(COM2A1), on);
  if (pin == 3) setBits(&TCCR2A, _BV(COM2B1), on);
}

void setDuty(uint8_t pin, uint8_t duty) {
  if (pin == 6) OCR0A = duty;
  if (pin == 5) OCR0B = duty;
  if (pin == 11) OCR2A = duty;
  if (pin == 3) OCR2B = duty;
}

void startPwm(uint8_t pin) {
  if (pin == 5 || pin == 6) {
    TCCR0A |= _BV(WGM01) | _BV(WGM00);
    TCCR0B = _BV(CS01) | _BV(CS00);
  } else {
    TCCR2A |= _BV(WGM21) | _BV(WGM20);
    TCCR2B = _BV(CS22);
  }
}

}  // namespace avr

PinSet hal::readPins() {
  PinSet levels;
  const uint8_t analogPort = PINC;
  levels[0] = PIND;
  levels[1] = static_cast<uint8_t>((PINB & 0x3F) | analogPort << 6);
  levels[2] = static_cast<uint8_t>(analogPort >> 2 & 0x0F);
  return levels;
}

}  // namespace celda
