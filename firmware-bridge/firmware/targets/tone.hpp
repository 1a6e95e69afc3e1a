// How timer 2 makes a tone, the same for the real board and its wasm twin: it toggles the pin at each compare match.
#pragma once
#include <stdint.h>

namespace celda {

struct Tone {
  /** Clock select bits CS22..CS20 (ATmega328P data sheet, table 18-9), and the compare value. */
  uint8_t select;
  uint8_t top;
  /** log2 of the prescaler that `select` means. */
  uint8_t shift;
};

/** @param hertz 31 or more */
inline Tone toneOf(uint16_t hertz) {
  // Prescalers 1, 8, 32, 64, 128, 256 and 1024.
  constexpr uint8_t STEPS[] = {0, 3, 2, 1, 1, 1, 2};
  const uint32_t half = 8000000ul / hertz;
  uint8_t select = 1;
  uint8_t shift = 0;
  while (select < 7 && half >> shift > 256) {
    shift = static_cast<uint8_t>(shift + STEPS[select]);
    select += 1;
  }
  const uint32_t counts = half >> shift;
  return {select, static_cast<uint8_t>(counts > 256 ? 255 : counts - 1), shift};
}

}  // namespace celda
