// Shared by the parts of the avr target: the ATmega328P of an Arduino Uno at 16 MHz.
#pragma once
#include <avr/interrupt.h>
#include <avr/io.h>
#include <stdint.h>

#include "../../core/session.hpp"

namespace celda {
namespace avr {

/** Timer 1 counts half microseconds. */
constexpr uint16_t TICKS_PER_US = 2;

/** Keeps every interrupt out; for a few instructions only, since servo pulses end by interrupt. */
class Uninterrupted {
 public:
  Uninterrupted() : status_(SREG) { cli(); }
  ~Uninterrupted() { SREG = status_; }
  Uninterrupted(const Uninterrupted&) = delete;
  Uninterrupted& operator=(const Uninterrupted&) = delete;

 private:
  uint8_t status_;
};

volatile uint8_t* portOf(uint8_t pin);
uint8_t maskOf(uint8_t pin);

void startClock();
void startUart();
void startAdc();

/** What the chip remembers across resets: reads the UID (makes one on the first boot) and counts this boot. */
Identity readIdentity();

/** Called by interrupts that give the main loop something to do. */
void wake();

}  // namespace avr
}  // namespace celda
