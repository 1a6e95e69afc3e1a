// The avr target: starts the chip, runs the core's tick from a timer and its main loop asleep between events.
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "../../core/board.hpp"
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

static Board board;
static volatile bool awake;

namespace avr {

bool scheduleTick();

void wake() {
  awake = true;
}

}  // namespace avr

void hal::feedWatchdog() {
  wdt_reset();
}

// Other interrupts go on during the tick, so that it costs no received byte and bends no servo pulse; it masks itself.
ISR(TIMER1_COMPB_vect) {
  TIMSK1 &= static_cast<uint8_t>(~_BV(OCIE1B));
  const bool isTick = avr::scheduleTick();
  sei();
  if (isTick ? board.tick() : board.look()) awake = true;
  cli();
  TIMSK1 |= _BV(OCIE1B);
}

ISR(UART_RX_vect) {
  board.receive(UDR0);
  awake = true;
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

static void run() {
  const Identity identity = avr::readIdentity();
  board.boot(identity);
  avr::startAdc();
  avr::startUart();
  avr::startClock();
  wdt_enable(WDTO_120MS);
  sei();
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
