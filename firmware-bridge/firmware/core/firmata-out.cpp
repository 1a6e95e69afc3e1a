#include "firmata-out.hpp"

#include "flash.hpp"

namespace celda {

void FirmataOut::push14(uint16_t value) {
  push(value & 0x7F);
  push(value >> 7 & 0x7F);
}

void FirmataOut::begin(uint8_t message) {
  push(START_SYSEX);
  push(message);
}

void FirmataOut::pushText(const char* text) {
  for (uint8_t character; (character = flashU8(text)) != 0; text += 1) push14(character);
}

void FirmataOut::complain(const char* subject, uint8_t number, const char* reason) {
  if (free() < ANSWER_ROOM) return;
  begin(STRING_DATA);
  pushText(subject);
  if (number >= 100) push14(static_cast<uint16_t>('0' + number / 100));
  if (number >= 10) push14(static_cast<uint16_t>('0' + number / 10 % 10));
  push14(static_cast<uint16_t>('0' + number % 10));
  pushText(reason);
  end();
}

}  // namespace celda
