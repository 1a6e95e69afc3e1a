// Timer 1, free running at 2 MHz: board time from its count; step pulses, the 1 kHz tick and the look between two from compare B;
// servo pulses from compare A.
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

/** Sixteenths of a tick: at each the step interrupt looks, while it is in use. */
constexpr uint16_t SIXTEENTH = 125;
constexpr uint8_t LOOKS = 16;
constexpr uint16_t OVERFLOW_US = 32768;
/** Nearer than this the timer could pass the compare value before it is set. */
constexpr int16_t MARGIN = 2 * avr::TICKS_PER_US;

static volatile uint32_t overflowsUs;
static volatile bool isStepping;
/** Sixteenths since the last tick. */
static uint8_t sixteenth;
/** Something keeps the tick out: a section of the main loop, or the tick itself. */
static volatile bool isLocked;
static volatile bool isTickDue;
static volatile bool isLookDue;

ISR(TIMER1_OVF_vect) {
  overflowsUs += OVERFLOW_US;
}

namespace avr {

void startClock() {
  TCCR1A = 0;
  TCCR1B = _BV(CS11);
  OCR1B = static_cast<uint16_t>(TCNT1 + LOOKS * SIXTEENTH);
  TIMSK1 = _BV(TOIE1) | _BV(OCIE1B);
}

/** The next compare; skips those that have passed already, which would otherwise come a whole turn of the timer late. */
static void schedule() {
  const Uninterrupted section;
  do {
    if (sixteenth == 0) isTickDue = true;
    else if (sixteenth == LOOKS / 2) isLookDue = true;
    const bool isFine = isStepping || sixteenth % (LOOKS / 2) != 0;
    const uint8_t ahead = isFine ? 1 : LOOKS / 2;
    sixteenth = static_cast<uint8_t>((sixteenth + ahead) % LOOKS);
    OCR1B += ahead * SIXTEENTH;
  } while (static_cast<int16_t>(OCR1B - TCNT1) <= MARGIN);
}

/** Runs what is due unless somebody keeps it out; interrupts are off at the call and afterwards, and on meanwhile. */
static void runDue() {
  while (!isLocked && (isTickDue || isLookDue)) {
    const bool isTick = isTickDue;
    isTickDue = false;
    isLookDue = false;
    isLocked = true;
    sei();
    if (isTick) tick();
    else look();
    cli();
    isLocked = false;
  }
}

// Other interrupts go on during pulses and tick, so that these cost no received byte and bend no servo pulse. Pulses come
// between, also during a tick and where the tick is kept out.
ISR(TIMER1_COMPB_vect) {
  TIMSK1 &= static_cast<uint8_t>(~_BV(OCIE1B));
  schedule();
  sei();
  if (isStepping) pulse();
  cli();
  TIMSK1 |= _BV(OCIE1B);
  runDue();
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

void useStepTimer(bool on) {
  isStepping = on;
}

TickLock::TickLock() : saved_(isLocked) {
  isLocked = true;
}

TickLock::~TickLock() {
  if (saved_ != 0) return;
  const avr::Uninterrupted section;
  isLocked = false;
  avr::runDue();
}

PulseLock::PulseLock() : saved_(SREG) {
  cli();
}

PulseLock::~PulseLock() {
  SREG = saved_;
}

}  // namespace hal
}  // namespace celda
