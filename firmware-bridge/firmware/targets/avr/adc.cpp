// The analog converter, one channel after the other in the background, 104 microseconds each.
#include "../../hal.hpp"
#include "avr.hpp"

namespace celda {

static volatile uint16_t counts[ANALOG_CHANNELS];
static volatile Channels used;
/** Walks with its bit: a shift by a variable takes so long on this chip that it would bend a servo pulse. */
static uint8_t channel;
static Channels channelBit = 1;

static void convertNext() {
  const Channels wanted = used;
  if (wanted == 0) return;
  do {
    const bool last = channel + 1 >= ANALOG_CHANNELS;
    channel = last ? 0 : static_cast<uint8_t>(channel + 1);
    channelBit = last ? 1 : static_cast<Channels>(channelBit << 1);
  } while ((wanted & channelBit) == 0);
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
  const avr::Uninterrupted section;
  used = channels;
  if ((ADCSRA & _BV(ADSC)) == 0) convertNext();
}

}  // namespace hal
}  // namespace celda
