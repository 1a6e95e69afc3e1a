// Firmata messages on their way to the host: one bounded queue, and the words in which a message is refused.
#pragma once
#include <stdint.h>

#include "ring.hpp"

namespace celda {

constexpr uint8_t FIRMATA_QUEUE = 128;
/** Room that the longest immediate answer takes: 32 bytes of a bus, a complaint, or reports of all ports and channels. */
constexpr uint8_t ANSWER_ROOM = 76;

// Firmata protocol 2.6, github.com/firmata/protocol.
constexpr uint8_t START_SYSEX = 0xF0, END_SYSEX = 0xF7, STRING_DATA = 0x71;

class FirmataOut : public Ring<FIRMATA_QUEUE> {
 public:
  /** Two bytes of seven bits, the lower first. */
  void push14(uint16_t value);
  void begin(uint8_t message);
  void end() { push(END_SYSEX); }

  /** Says in words why something is not done: subject, number, reason, the texts in flash. Dropped where there is no room. */
  void complain(const char* subject, uint8_t number, const char* reason);

 private:
  void pushText(const char* text);
};

}  // namespace celda
