// Timer 1, free running at 2 MHz: board time from its count, the 1 kHz tick and the look between two from compare B, servo pulses from
// compare A.
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

constexpr uint16_t HALF_TICK = 500 * avr::TICKS_PER_US;
constexpr uint16_t OVERFLOW_US = 32768;
/** Nearer than this the timer could pass the compare value before it is set. */
constexpr int16_t MARGIN = 2 * avr::TICKS_PER_US;

static volatile uint32_t overflowsUs;
static bool isHalfway;

ISR(TIMER1_OVF_vect) {
  overflowsUs += OVERFLOW_US;
}

namespace avr {

void startClock() {
  TCCR1A = 0;
  TCCR1B = _BV(CS11);
  OCR1B = static_cast<uint16_t>(TCNT1 + 2 * HALF_TICK);
  TIMSK1 = _BV(TOIE1) | _BV(OCIE1B);
}

/**
 * The next compare; skips those that have passed already, which would otherwise come a whole turn of the timer late.
 * @returns true when a tick is due, false when it is only a look halfway between two
 */
bool scheduleTick() {
  const Uninterrupted section;
  bool isTick = false;
  do {
    if (!isHalfway) isTick = true;
    isHalfway = !isHalfway;
    OCR1B += HALF_TICK;
  } while (static_cast<int16_t>(OCR1B - TCNT1) <= MARGIN);
  return isTick;
}

}  // namespace avr

namespace hal {

uint32_t micros() {
  const avr::Uninterrupted section;
  uint32_t us = overflowsUs;
  const uint16_t count = TCNT1;
  // An overflow that has happened but was not counted yet; a count in the upper half was read before it.
  if ((TIFR1 & _BV(TOV1)) != 0 && count < 0x8000) us += OVERFLOW_US;
  return us + count / avr::TICKS_PER_US;
}

TickLock::TickLock() {
  const avr::Uninterrupted section;
  saved_ = TIMSK1 & _BV(OCIE1B);
  TIMSK1 &= static_cast<uint8_t>(~_BV(OCIE1B));
}

TickLock::~TickLock() {
  const avr::Uninterrupted section;
  TIMSK1 |= saved_;
}

}  // namespace hal
}  // namespace celda
