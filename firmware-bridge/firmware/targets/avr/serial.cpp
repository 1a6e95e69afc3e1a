// UART 0, 115,200 baud, 8N1, both directions by interrupt.
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

static const uint8_t* volatile next;
static volatile uint8_t left;

ISR(UART_UDRE_vect) {
  const uint8_t* const at = next;
  UDR0 = *at;
  next = at + 1;
  left = static_cast<uint8_t>(left - 1);
  if (left > 0) return;
  UCSR0B &= static_cast<uint8_t>(~_BV(UDRIE0));
  avr::wake();
}

namespace avr {

void startUart() {
  UCSR0A = _BV(U2X0);
  UBRR0 = F_CPU / 8 / 115200 - 1;
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
}

}  // namespace avr

namespace hal {

bool transmitIdle() {
  return left == 0;
}

void transmit(const uint8_t* bytes, uint8_t length) {
  next = bytes;
  left = length;
  const avr::Uninterrupted section;
  UCSR0B |= _BV(UDRIE0);
}

}  // namespace hal
}  // namespace celda
