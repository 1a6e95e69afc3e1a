// Shared by the parts of the avr target: the ATmega328P of an Arduino Uno or the ATmega2560 of a Mega, at 16 MHz.
#pragma once
#include <avr/interrupt.h>
#include <avr/io.h>
#include <stdint.h>

#include "../../core/session.hpp"

#ifdef CELDA_MEGA
#define UART_RX_vect USART0_RX_vect
#define UART_UDRE_vect USART0_UDRE_vect
#else
#define UART_RX_vect USART_RX_vect
#define UART_UDRE_vect USART_UDRE_vect
#endif

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

// What differs between the chips: which bit of which port a pin is, and which timer makes its PWM. Pins above 1 only.
// The registers of a port follow each other: levels, directions, latches.
volatile uint8_t* portOf(uint8_t pin);
uint8_t maskOf(uint8_t pin);
/** Eight times the number of the pin's port, and its bit there. */
uint8_t placeOf(uint8_t pin);
volatile uint8_t* portAt(uint8_t port);
inline volatile uint8_t* directionOf(uint8_t pin) {
  return portOf(pin) - 1;
}

/** Sets or clears bits of a register. */
void setBits(volatile uint8_t* at, uint8_t mask, bool on);

/** Connects the output of a timer to its pin, or leaves the pin to its port. No effect on a pin without PWM. */
void connectPwm(uint8_t pin, bool on);
void setDuty(uint8_t pin, uint8_t duty);
/** The timer of a PWM output in fast PWM at 976 Hz. */
void startPwm(uint8_t pin);

/** A pin as a line that nobody drives high: pulled low, or left to a resistor. To be used with interrupts off. */
struct Line {
  explicit Line(uint8_t pin) : port(portOf(pin)), mask(maskOf(pin)) {}
  void pull() const {
    *port = static_cast<uint8_t>(*port & ~mask);
    *(port - 1) = static_cast<uint8_t>(*(port - 1) | mask);
  }
  void release() const { *(port - 1) = static_cast<uint8_t>(*(port - 1) & ~mask); }
  bool isHigh() const { return (*(port - 2) & mask) != 0; }

  volatile uint8_t* const port;
  const uint8_t mask;
};

/** The end of a servo pulse that is under way on the pin is not made: it belongs to something else from now on. */
void forgetPulse(uint8_t pin);

void startClock();
/** Counts of timer 1 until the next tick or look. To be called with interrupts off. */
int16_t countsToTick();
void startUart();
void startAdc();

/** What the chip remembers across resets: reads the UID (makes one on the first boot) and counts this boot. */
Identity readIdentity();

/** What the clock's interrupt runs at the two halves of a millisecond. */
void tick();
void look();
/** The clock's interrupt at one of these halves: notes what is due and sets the next compare. */
void scheduleHalf();
/** Runs what is due unless somebody keeps it out; interrupts are off at the call and afterwards, and on meanwhile. */
void runDue();

/** Sixteenths of a tick, in counts: at each the step interrupt looks, while it is in use. */
constexpr uint16_t SIXTEENTH = 125;
constexpr uint8_t LOOKS = 16, HALF = LOOKS / 2;
/** Nearer than this the timer could pass a compare value before it is set. */
constexpr int16_t MARGIN = 2 * TICKS_PER_US;

/** Which sixteenth of a tick the next compare is: 0 the tick, 8 the look; any other is one for pulses alone. */
extern volatile uint8_t sixteenth;
extern volatile bool isPulseOnly;

/** The clock's interrupt between two halves: the next compare. Inline, so that the interrupt has few registers to save. */
inline void schedulePulse() {
  const uint8_t next = static_cast<uint8_t>((sixteenth + 1) % LOOKS);
  sixteenth = next;
  isPulseOnly = next % HALF != 0;
  uint16_t compare = static_cast<uint16_t>(OCR1B + SIXTEENTH);
  // Held up for so long that it would come a whole turn of the timer late: as soon as can be.
  if (static_cast<int16_t>(compare - TCNT1) <= MARGIN) compare = static_cast<uint16_t>(TCNT1 + 2 * MARGIN);
  OCR1B = compare;
}

/** Called by interrupts that give the main loop something to do. */
void wake();

}  // namespace avr
}  // namespace celda
