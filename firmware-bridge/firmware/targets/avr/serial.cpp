// UART 0, 8N1, both directions by interrupt.
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

static const uint8_t* volatile next;
static volatile uint8_t left;
static bool hasSent;

ISR(UART_UDRE_vect) {
  const uint8_t* const at = next;
  UDR0 = *at;
  // The flag that says "all has left" begins anew with each byte; set by this one at the earliest ten bits from now.
  UCSR0A = _BV(U2X0) | _BV(TXC0);
  next = at + 1;
  left = static_cast<uint8_t>(left - 1);
  if (left > 0) return;
  UCSR0B &= static_cast<uint8_t>(~_BV(UDRIE0));
  avr::wake();
}

static void setDivisor(uint32_t baud) {
  UBRR0 = static_cast<uint16_t>((F_CPU / 8 + baud / 2) / baud - 1);
}

namespace avr {

void startUart() {
  UCSR0A = _BV(U2X0);
  setDivisor(hal::BOOT_BAUD);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

}  // namespace avr

namespace hal {

bool transmitIdle() {
  return left == 0;
}

bool lineIdle() {
  return left == 0 && (!hasSent || (UCSR0A & _BV(TXC0)) != 0);
}

void setBaud(uint32_t baud) {
  setDivisor(baud);
}

void transmit(const uint8_t* bytes, uint8_t length) {
  next = bytes;
  left = length;
  hasSent = true;
  const avr::Uninterrupted section;
  UCSR0B |= _BV(UDRIE0);
}

}  // namespace hal
}  // namespace celda
