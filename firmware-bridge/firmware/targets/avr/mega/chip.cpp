// The ATmega2560 on an Arduino Mega: its pins are spread over eleven ports.
#include "../../../core/flash.hpp"
#include "../../../hal.hpp"
#include "../avr.hpp"

namespace celda {
namespace avr {

/** Eight times the number of a port, in the order of their addresses. */
constexpr uint8_t A = 0, B = 8, C = 16, D = 24, E = 32, F = 40, G = 48, H = 56, J = 64, K = 72, L = 80;

/** Port and bit of each pin. Source: Arduino Mega 2560 Rev3 pinout. */
static const uint8_t PINS[PIN_COUNT] CELDA_FLASH = {
    E + 0, E + 1, E + 4, E + 5, G + 5, E + 3, H + 3, H + 4, H + 5, H + 6,
    B + 4, B + 5, B + 6, B + 7, J + 1, J + 0, H + 1, H + 0, D + 3, D + 2,
    D + 1, D + 0, A + 0, A + 1, A + 2, A + 3, A + 4, A + 5, A + 6, A + 7,
    C + 7, C + 6, C + 5, C + 4, C + 3, C + 2, C + 1, C + 0, D + 7, G + 2,
    G + 1, G + 0, L + 7, L + 6, L + 5, L + 4, L + 3, L + 2, L + 1, L + 0,
    B + 3, B + 2, B + 1, B + 0, F + 0, F + 1, F + 2, F + 3, F + 4, F + 5,
    F + 6, F + 7, K + 0, K + 1, K + 2, K + 3, K + 4, K + 5, K + 6, K + 7,
};

uint8_t placeOf(uint8_t pin) {
  return flashU8(&PINS[pin]);
}

/** Ports A to G lie together, and H to L behind the registers of the other peripherals; three registers to a port. */
volatile uint8_t* portAt(uint8_t port) {
  return (port < H / 8 ? &PORTA : &PORTH - 3 * (H / 8)) + port * 3;
}

volatile uint8_t* portOf(uint8_t pin) {
  return portAt(placeOf(pin) / 8);
}

uint8_t maskOf(uint8_t pin) {
  return bitAt(placeOf(pin) & 7);
}

/** The output of a timer: two registers and a bit. Timers 0 and 2 have eight bits, 3 to 5 sixteen, of which eight are used. */
struct Pwm {
  uint8_t pin;
  uint8_t connect;
  volatile uint8_t* control;
  volatile uint8_t* duty;
};

static const Pwm PWMS[] CELDA_FLASH = {
    {13, _BV(COM0A1), &TCCR0A, &OCR0A}, {4, _BV(COM0B1), &TCCR0A, &OCR0B},   {10, _BV(COM2A1), &TCCR2A, &OCR2A},
    {9, _BV(COM2B1), &TCCR2A, &OCR2B},  {5, _BV(COM3A1), &TCCR3A, &OCR3AL},  {2, _BV(COM3B1), &TCCR3A, &OCR3BL},
    {3, _BV(COM3C1), &TCCR3A, &OCR3CL}, {6, _BV(COM4A1), &TCCR4A, &OCR4AL},  {7, _BV(COM4B1), &TCCR4A, &OCR4BL},
    {8, _BV(COM4C1), &TCCR4A, &OCR4CL}, {46, _BV(COM5A1), &TCCR5A, &OCR5AL}, {45, _BV(COM5B1), &TCCR5A, &OCR5BL},
    {44, _BV(COM5C1), &TCCR5A, &OCR5CL},
};

static const Pwm* pwmOf(uint8_t pin) {
  for (const Pwm& pwm : PWMS) {
    if (flashU8(&pwm.pin) == pin) return &pwm;
  }
  return nullptr;
}

static volatile uint8_t* registerAt(volatile uint8_t* const* at) {
  return reinterpret_cast<volatile uint8_t*>(pgm_read_word(at));
}

void connectPwm(uint8_t pin, bool on) {
  const Pwm* const pwm = pwmOf(pin);
  if (pwm != nullptr) setBits(registerAt(&pwm->control), flashU8(&pwm->connect), on);
}

/** The high byte of a 16-bit timer is the one written last to any of its registers: it was never another than 0. */
void setDuty(uint8_t pin, uint8_t duty) {
  const Pwm* const pwm = pwmOf(pin);
  if (pwm != nullptr) *registerAt(&pwm->duty) = duty;
}

/** All of them but timer 2, which may be making a tone, whenever one is asked for. */
void startPwm(uint8_t pin) {
  if (pin == 9 || pin == 10) {
    TCCR2A |= _BV(WGM21) | _BV(WGM20);
    TCCR2B = _BV(CS22);
  }
  TCCR0A |= _BV(WGM01) | _BV(WGM00);
  TCCR0B = _BV(CS01) | _BV(CS00);
  TCCR3A |= _BV(WGM30);
  TCCR3B = _BV(WGM32) | _BV(CS31) | _BV(CS30);
  TCCR4A |= _BV(WGM40);
  TCCR4B = _BV(WGM42) | _BV(CS41) | _BV(CS40);
  TCCR5A |= _BV(WGM50);
  TCCR5B = _BV(WGM52) | _BV(CS51) | _BV(CS50);
}

/** `bit` of `port`, at place `to`. */
static inline __attribute__((always_inline)) uint8_t moved(uint8_t port, uint8_t bit, uint8_t to) {
  return (port & 1u << bit) != 0 ? static_cast<uint8_t>(1u << to) : 0;
}

}  // namespace avr

/** Spelt out pin by pin, as the table above has it: looked up there it would take ten times as long. */
PinSet hal::readPins() {
  using avr::moved;
  PinSet levels;
  const uint8_t b = PINB, c = PINC, d = PIND, e = PINE, g = PING, h = PINH, j = PINJ, l = PINL;
  levels[0] = moved(e, 4, 2) | moved(e, 5, 3) | moved(g, 5, 4) | moved(e, 3, 5) | moved(h, 3, 6) | moved(h, 4, 7);
  levels[1] = moved(h, 5, 0) | moved(h, 6, 1) | moved(b, 4, 2) | moved(b, 5, 3) | moved(b, 6, 4) | moved(b, 7, 5) | moved(j, 1, 6) | moved(j, 0, 7);
  levels[2] = static_cast<uint8_t>(PINA << 6) | moved(h, 1, 0) | moved(h, 0, 1) | moved(d, 3, 2) | moved(d, 2, 3) | moved(d, 1, 4) | moved(d, 0, 5);
  levels[3] = PINA >> 2 | moved(c, 7, 6) | moved(c, 6, 7);
  levels[4] = moved(c, 5, 0) | moved(c, 4, 1) | moved(c, 3, 2) | moved(c, 2, 3) | moved(c, 1, 4) | moved(c, 0, 5) | moved(d, 7, 6) | moved(g, 2, 7);
  levels[5] = moved(g, 1, 0) | moved(g, 0, 1) | moved(l, 7, 2) | moved(l, 6, 3) | moved(l, 5, 4) | moved(l, 4, 5) | moved(l, 3, 6) | moved(l, 2, 7);
  levels[6] = static_cast<uint8_t>(PINF << 6) | moved(l, 1, 0) | moved(l, 0, 1) | moved(b, 3, 2) | moved(b, 2, 3) | moved(b, 1, 4) | moved(b, 0, 5);
  levels[7] = PINF >> 2 | static_cast<uint8_t>(PINK << 6);
  levels[8] = PINK >> 2;
  return levels;
}

}  // namespace celda
