// The avr target: starts the chip, runs the core's tick from a timer and its main loop asleep between events.
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "../../core/board.hpp"
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

static Board board;
static volatile bool awake;

struct StepPin {
  volatile uint8_t* port;
  uint8_t mask;
};

static StepPin stepPins[AXES_MAX];

/** Count of timer 1 when a zero came that the main loop has not asked for, and whether there is one. */
static volatile uint16_t endedAt;
static volatile bool hasEnded;
static uint32_t endedUs;

namespace avr {

void wake() {
  awake = true;
}

void tick() {
  if (board.tick()) awake = true;
}

void look() {
  if (board.look()) awake = true;
}

}  // namespace avr

void hal::feedWatchdog() {
  wdt_reset();
}

void hal::useStepPin(uint8_t axis, uint8_t pin) {
  stepPins[axis] = {avr::portOf(pin), avr::maskOf(pin)};
}

/** Other interrupts go on meanwhile, so that pulses cost no received byte and bend no servo pulse; only this one is kept out. */
static inline __attribute__((always_inline)) void pulse() {
  sei();
  board.pulse([](uint8_t axis, uint8_t, bool level) __attribute__((always_inline)) {
    const StepPin& pin = stepPins[axis];
    volatile uint8_t* const port = pin.port;
    const uint8_t mask = pin.mask;
    const avr::Uninterrupted section;
    *port = static_cast<uint8_t>(level ? *port | mask : *port & ~mask);
  });
  cli();
}

/**
 * Fourteen of sixteen looks are for pulses alone: this decides which of the two handlers below it is, at the cost of a few
 * cycles, so that these looks save a few registers and not all.
 */
ISR(TIMER1_COMPB_vect, ISR_NAKED) {
  __asm__ volatile(
      "push r24\n in r24, __SREG__\n push r24\n"
      "lds r24, %0\n tst r24\n breq 1f\n"
      "pop r24\n out __SREG__, r24\n pop r24\n jmp __vector_celda_pulse\n"
      "1: pop r24\n out __SREG__, r24\n pop r24\n jmp __vector_celda_half\n" ::"m"(avr::isPulseOnly));
}

extern "C" __attribute__((signal, used, externally_visible)) void __vector_celda_pulse() {
  TIMSK1 &= static_cast<uint8_t>(~_BV(OCIE1B));
  avr::schedulePulse();
  pulse();
  TIMSK1 |= _BV(OCIE1B);
}

extern "C" __attribute__((signal, used, externally_visible)) void __vector_celda_half() {
  TIMSK1 &= static_cast<uint8_t>(~_BV(OCIE1B));
  avr::scheduleHalf();
  pulse();
  TIMSK1 |= _BV(OCIE1B);
  avr::runDue();
}

ISR(UART_RX_vect) {
  const uint8_t byte = UDR0;
  if (byte == 0 && !hasEnded) {
    endedAt = TCNT1;
    hasEnded = true;
  }
  if (board.receive(byte)) awake = true;
}

/** A turn of the loop may come late, and a lease must not be longer for it. */
uint32_t hal::lineEndUs(bool mayHoldAnother) {
  const avr::Uninterrupted section;
  if (!hasEnded) return endedUs;
  // Else the time of the next zero would be taken for that of a frame that had ended before this was asked.
  hasEnded = mayHoldAnother;
  endedUs = micros() - static_cast<uint16_t>(TCNT1 - endedAt) / avr::TICKS_PER_US;
  return endedUs;
}

static void sleepUntilAwake() {
  set_sleep_mode(SLEEP_MODE_IDLE);
  for (;;) {
    cli();
    if (awake) break;
    sleep_enable();
    // The instruction after sei is executed before any interrupt: no event can slip in between.
    sei();
    sleep_cpu();
    sleep_disable();
  }
  awake = false;
  sei();
}

/** Not part of the loop's own frame, which stays on the stack for ever. */
static __attribute__((noinline)) void start() {
  const Identity identity = avr::readIdentity();
  board.boot(identity);
  avr::startAdc();
  avr::startUart();
  avr::startClock();
  wdt_enable(WDTO_120MS);
  sei();
}

static void run() {
  start();
  for (;;) {
    sleepUntilAwake();
    board.poll();
  }
}

}  // namespace celda

extern "C" int main() {
  celda::run();
  return 0;
}
