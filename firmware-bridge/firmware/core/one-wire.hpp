// One-wire of the stream lane: one message at a time, bit by bit from the main loop. A bus may rest between any two bits
// for as long as it likes, so nothing else ever waits for it.
#pragma once
#include <stdint.h>

#include "../hal.hpp"
#include "firmata-out.hpp"

namespace celda {

class OneWire {
 public:
  void boot(FirmataOut* out);
  /** Ends what is under way. */
  void end();

  /** @param powered the line is driven high behind each write, for devices that live on it */
  void configure(uint8_t pin, bool powered);
  /**
   * Obeys an ONEWIRE_DATA message for a pin that is a one-wire bus.
   * @param body subcommand, pin and packed data; stays untouched by the caller while `isBusy`
   */
  void request(uint8_t* body, uint8_t length);
  bool isBusy() const { return phase_ != Phase::Idle; }

  /** Tick. */
  void tick() {
    if (pauseMs_ > 0) pauseMs_ -= 1;
  }
  /** Main loop: goes on until there is something to wait for. */
  void poll();

 private:
  enum class Phase : uint8_t { Idle, Reset, Send, Pause, Read, Search };

  bool take(uint8_t task);
  void next();
  void send(uint8_t from, uint8_t to);
  bool step();
  bool stepReset();
  bool stepByte();
  bool stepSearch();
  void choose(bool first, bool second);
  void endPass();
  void search(uint8_t command);
  void beginReply(uint8_t reply);
  void endReply();
  void pushPacked(uint8_t byte);

  FirmataOut* out_;
  uint8_t* body_;
  PinSet powered_;
  volatile uint16_t pauseMs_;
  Phase phase_;
  /** What is still to be done for the message. */
  uint8_t todo_;
  uint8_t pin_;
  uint8_t length_;
  uint8_t writeAt_;
  uint8_t toRead_;
  /** What is being sent: from here up to there in the body. */
  uint8_t at_;
  uint8_t to_;
  /** The byte on the line, its next bit lowest, and how many of its bits are left. */
  uint8_t shift_;
  uint8_t bits_;
  /** Search: where this pass, and the one before, took the last free choice, 1..64; 0: nowhere. */
  uint8_t choice_;
  uint8_t lastChoice_;
  uint8_t passes_;
  /** Bits of the reply that do not make seven yet. */
  uint8_t packed_;
  uint8_t packedBits_;
};

}  // namespace celda
