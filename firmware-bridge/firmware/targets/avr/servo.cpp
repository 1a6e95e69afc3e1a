// Servo pulses on any pin: a 20 ms frame of six slots, two servos to a slot, ends by compare A of timer 1.
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

constexpr uint8_t SLOTS = SERVOS_MAX / 2;
constexpr uint16_t SLOT = static_cast<uint16_t>(20000ul * avr::TICKS_PER_US / SLOTS);
/**
 * The interrupt comes this much ahead of an edge and then waits for it: nothing keeps an interrupt out for longer, so that
 * other interrupts bend no pulse. The receiver holds three bytes meanwhile.
 */
constexpr int16_t LEAD = 16 * avr::TICKS_PER_US;
/** Shorter than this the timer would pass the compare value before it is set. */
constexpr int16_t MARGIN = 6 * avr::TICKS_PER_US;

struct Servo {
  volatile uint8_t* port;
  uint8_t mask;
  uint8_t pin;
  volatile uint16_t width;
};

struct End {
  uint16_t at;
  volatile uint8_t* port;
  uint8_t mask;
};

static Servo servos[SERVOS_MAX];
static End ends[2];
static uint8_t endCount;
static uint8_t slot;
static uint16_t slotStart;

static void startPulse(const Servo& servo) {
  if (servo.width == 0) return;
  *servo.port = static_cast<uint8_t>(*servo.port | servo.mask);
  const End end = {static_cast<uint16_t>(TCNT1 + servo.width), servo.port, servo.mask};
  // Kept so that the earlier end is the last entry.
  const bool later = endCount > 0 && static_cast<int16_t>(end.at - ends[0].at) > 0;
  if (later) ends[1] = ends[0];
  ends[later ? 0 : endCount] = end;
  endCount += 1;
}

static void waitUntil(uint16_t at) {
  while (static_cast<int16_t>(at - TCNT1) > 0) {
  }
}

static void startSlot() {
  waitUntil(slotStart);
  slotStart = static_cast<uint16_t>(slotStart + SLOT);
  startPulse(servos[2 * slot]);
  startPulse(servos[2 * slot + 1]);
  slot = slot + 1 == SLOTS ? 0 : static_cast<uint8_t>(slot + 1);
}

/** Waits for the end and makes it; port and mask are fetched before, so that nothing is left to do then. */
static void endPulse() {
  endCount -= 1;
  const uint16_t at = ends[endCount].at;
  volatile uint8_t* const port = ends[endCount].port;
  const uint8_t kept = static_cast<uint8_t>(~ends[endCount].mask);
  waitUntil(at);
  *port = static_cast<uint8_t>(*port & kept);
}

ISR(TIMER1_COMPA_vect) {
  for (;;) {
    if (endCount > 0) endPulse();
    else startSlot();
    const uint16_t next = endCount > 0 ? ends[endCount - 1].at : slotStart;
    if (static_cast<int16_t>(next - TCNT1) > LEAD + MARGIN) {
      OCR1A = static_cast<uint16_t>(next - LEAD);
      return;
    }
  }
}

static Servo* servoOf(uint8_t pin) {
  Servo* free = nullptr;
  for (Servo& servo : servos) {
    if (servo.width == 0) {
      if (free == nullptr) free = &servo;
    } else if (servo.pin == pin) {
      return &servo;
    }
  }
  return free;
}

static void startFrames() {
  if ((TIMSK1 & _BV(OCIE1A)) != 0) return;
  OCR1A = static_cast<uint16_t>(TCNT1 + 2 * MARGIN);
  slotStart = static_cast<uint16_t>(OCR1A + LEAD);
  TIFR1 = _BV(OCF1A);
  TIMSK1 |= _BV(OCIE1A);
}

/**
 * A pulse that has begun is finished: half of one would jerk the servo. The caller keeps the tick out, so that nobody else
 * looks for a free servo meanwhile; the interrupt of the pulses only reads.
 */
void hal::servoWrite(uint8_t pin, uint16_t pulseUs) {
  Servo* const servo = servoOf(pin);
  if (servo == nullptr || (pulseUs == 0 && servo->width == 0)) return;
  volatile uint8_t* const port = avr::portOf(pin);
  const uint8_t mask = avr::maskOf(pin);
  const avr::Uninterrupted section;
  servo->port = port;
  servo->mask = mask;
  servo->pin = pin;
  servo->width = static_cast<uint16_t>(pulseUs * avr::TICKS_PER_US);
  if (pulseUs != 0) startFrames();
}

void avr::forgetPulse(uint8_t pin) {
  volatile uint8_t* const port = portOf(pin);
  const uint8_t mask = maskOf(pin);
  const Uninterrupted section;
  for (End& end : ends) {
    if (end.port == port && end.mask == mask) end.mask = 0;
  }
}

}  // namespace celda
