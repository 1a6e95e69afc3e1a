// Timer 1, free running at 2 MHz: board time from its count; step pulses, the 1 kHz tick and the look between two from compare B;
// servo pulses from compare A.
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

constexpr uint16_t OVERFLOW_US = 32768;
static volatile uint32_t overflowsUs;
static volatile bool isStepping;
/** Something keeps the tick out: a section of the main loop, or the tick itself. */
static volatile bool isLocked;
static volatile bool isTickDue;
static volatile bool isLookDue;

ISR(TIMER1_OVF_vect) {
  overflowsUs += OVERFLOW_US;
}

namespace avr {

volatile uint8_t sixteenth;
volatile bool isPulseOnly;

void startClock() {
  TCCR1A = 0;
  TCCR1B = _BV(CS11);
  OCR1B = static_cast<uint16_t>(TCNT1 + LOOKS * SIXTEENTH);
  TIMSK1 = _BV(TOIE1) | _BV(OCIE1B);
}

static bool hasPassed(uint16_t compare) {
  return static_cast<int16_t>(compare - TCNT1) <= MARGIN;
}

/** Tells the interrupt, which has no time to find it out, whether its next compare is one for pulses alone. */
static void setNext(uint8_t next) {
  sixteenth = next;
  isPulseOnly = next % HALF != 0;
}

/** Goes back from the half that is due next to the first sixteenth that is still to come. */
static void refine() {
  uint16_t compare = OCR1B;
  uint8_t next = static_cast<uint8_t>(sixteenth == 0 ? LOOKS : sixteenth);
  while (next % HALF != 1 && !hasPassed(static_cast<uint16_t>(compare - SIXTEENTH))) {
    compare = static_cast<uint16_t>(compare - SIXTEENTH);
    next = static_cast<uint8_t>(next - 1);
  }
  OCR1B = compare;
  setNext(static_cast<uint8_t>(next % LOOKS));
}

void scheduleHalf() {
  if (sixteenth == 0) isTickDue = true;
  else isLookDue = true;
  if (isStepping) return schedulePulse();
  uint8_t next = sixteenth;
  uint16_t compare = OCR1B;
  for (;;) {
    next = static_cast<uint8_t>((next + HALF) % LOOKS);
    compare = static_cast<uint16_t>(compare + HALF * SIXTEENTH);
    if (!hasPassed(compare)) break;
    // It would come a whole turn of the timer late: skipped, not lost.
    if (next == 0) isTickDue = true;
  }
  OCR1B = compare;
  setNext(next);
}

int16_t countsToTick() {
  // A mask, since a division would take longer than interrupts may be kept out.
  const uint8_t sixteenths = static_cast<uint8_t>((LOOKS - sixteenth) & (HALF - 1));
  return static_cast<int16_t>(OCR1B + sixteenths * SIXTEENTH - TCNT1);
}

void runDue() {
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
  const avr::Uninterrupted section;
  if (on && !isStepping) avr::refine();
  isStepping = on;
}

/** One that becomes due between the two lines is done by the caller, too. */
bool takeLook() {
  if (!isLookDue) return false;
  isLookDue = false;
  return true;
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
