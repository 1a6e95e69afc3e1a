// The analog converter, one channel after the other in the background, 104 microseconds each.
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

static volatile uint16_t counts[ANALOG_CHANNELS];
static volatile bool isUsed;
static uint8_t channel;
/** The channel in use that comes after each: to look for it here would take so long that it would bend a servo pulse. */
static volatile uint8_t nextOf[ANALOG_CHANNELS];

static void convertNext() {
  if (!isUsed) return;
  channel = nextOf[channel];
#ifdef MUX5
  // Channels 8 to 15 are the same again with another bit of another register.
  ADCSRB = channel >= 8 ? _BV(MUX5) : 0;
#endif
  ADMUX = static_cast<uint8_t>(_BV(REFS0) | (channel & 7));
  ADCSRA |= _BV(ADSC);
}

ISR(ADC_vect) {
  counts[channel] = ADC;
  convertNext();
}

namespace avr {

void startAdc() {
  // 125 kHz from 16 MHz: the converter's full resolution (data sheet, ADC prescaling).
  ADCSRA = _BV(ADEN) | _BV(ADIE) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
}

}  // namespace avr

namespace hal {

uint16_t analogRead(uint8_t from) {
  const avr::Uninterrupted section;
  return counts[from];
}

void analogUse(Channels channels) {
  uint8_t next = 0;
  // Twice round, so that the last one knows the first. A channel that is just converted finds its successor at any moment.
  for (uint8_t left = 2 * ANALOG_CHANNELS; left > 0;) {
    left -= 1;
    const uint8_t at = left % ANALOG_CHANNELS;
    nextOf[at] = next;
    if ((channels >> at & 1) != 0) next = at;
  }
  const avr::Uninterrupted section;
  isUsed = channels != 0;
  if ((ADCSRA & _BV(ADSC)) == 0) convertNext();
}

}  // namespace hal
}  // namespace celda
