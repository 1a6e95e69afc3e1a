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

void wake() {
  awake = true;
}

void tick() {
  if (board.tick()) awake = true;
}

void look() {
  if (board.look()) awake = true;
}

void pulse() {
  board.pulse();
}

}  // namespace avr

void hal::feedWatchdog() {
  wdt_reset();
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
