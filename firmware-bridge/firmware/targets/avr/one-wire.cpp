// One-wire, bit by bit in the main loop. A part that must not be longer than so many microseconds begins only where neither
// a tick nor an edge of a servo is due in that time; interrupts are kept out for the 11 µs that a bit is read in.
// Times: DS18B20 data sheet, AC electrical characteristics, and Analog Devices application note 126.
#include <util/delay.h>

#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

using hal::WireBit;

constexpr uint16_t RESET_US = 480, PRESENCE_US = 75, REST_US = 420;
/** Devices answer 15 µs after the release at the earliest; by then the resistor has raised the line. */
constexpr uint16_t RISE_US = 12;
constexpr uint16_t LOW_US = 62, SLOT_REST_US = 60;
/** A 0 must end after 120 µs, and other interrupts come on top. */
constexpr uint16_t LOW_WINDOW_US = 110, PRESENCE_WINDOW_US = 100, HIGH_WINDOW_US = 20;

static uint32_t readyUs;

namespace avr {

static void rest(uint16_t us) {
  readyUs = hal::micros() + us;
}

/** Whether the line has rested and nothing is due that the next part would hold up. Has the loop turn again if not. */
static bool mayBegin(uint16_t windowUs) {
  wake();
  // No rest is longer than that of a reset: what seems further away is long over, and the clock has come round.
  const uint32_t leftUs = readyUs - hal::micros();
  if (leftUs != 0 && leftUs <= RESET_US) return false;
  const int16_t window = static_cast<int16_t>(windowUs * TICKS_PER_US);
  const Uninterrupted section;
  if (countsToTick() < window) return false;
  return (TIMSK1 & _BV(OCIE1A)) == 0 || static_cast<int16_t>(OCR1A - TCNT1) >= window;
}

static uint16_t count() {
  const Uninterrupted section;
  return TCNT1;
}

/** @returns what a device makes of a line that is left alone */
static bool writeHigh(const Line& line) {
  const Uninterrupted section;
  line.pull();
  _delay_us(2);
  line.release();
  _delay_us(7);
  return line.isHigh();
}

static void writeLow(const Line& line) {
  uint16_t start;
  {
    const Uninterrupted section;
    line.pull();
    start = TCNT1;
  }
  for (;;) {
    const Uninterrupted section;
    if (static_cast<uint16_t>(TCNT1 - start) < LOW_US * TICKS_PER_US) continue;
    return line.release();
  }
}

}  // namespace avr

void hal::oneWireLow(uint8_t pin) {
  const avr::Uninterrupted section;
  avr::Line(pin).pull();
  avr::rest(RESET_US);
}

WireBit hal::oneWirePresence(uint8_t pin) {
  if (!avr::mayBegin(PRESENCE_WINDOW_US)) return WireBit::Later;
  const avr::Line line(pin);
  uint16_t start;
  {
    const avr::Uninterrupted section;
    line.release();
    start = TCNT1;
  }
  bool isThere = false;
  for (;;) {
    const uint16_t since = static_cast<uint16_t>(avr::count() - start);
    if (since >= PRESENCE_US * avr::TICKS_PER_US) break;
    if (since >= RISE_US * avr::TICKS_PER_US && !line.isHigh()) isThere = true;
  }
  avr::rest(REST_US);
  return isThere ? WireBit::Low : WireBit::High;
}

WireBit hal::oneWireSlot(uint8_t pin, bool bit) {
  if (!avr::mayBegin(bit ? HIGH_WINDOW_US : LOW_WINDOW_US)) return WireBit::Later;
  const avr::Line line(pin);
  bool isHigh = false;
  if (bit) isHigh = avr::writeHigh(line);
  else avr::writeLow(line);
  avr::rest(SLOT_REST_US);
  return isHigh ? WireBit::High : WireBit::Low;
}

void hal::oneWirePower(uint8_t pin) {
  const avr::Line line(pin);
  const avr::Uninterrupted section;
  *line.port = static_cast<uint8_t>(*line.port | line.mask);
  *(line.port - 1) = static_cast<uint8_t>(*(line.port - 1) | line.mask);
}

}  // namespace celda
