// The whole firmware above the hardware layer: takes bytes and ticks, dispatches frames, sends by priority.
#pragma once
#include <stdint.h>

#include "cobs.hpp"
#include "firmata.hpp"
#include "pins.hpp"
#include "process.hpp"
#include "ring.hpp"
#include "session.hpp"
#include "speed.hpp"
#include "stream.hpp"

namespace celda {

class Board {
 public:
  void boot(const Identity& identity);

  /**
   * Receive interrupt. A byte that finds no room is lost and counted: it may take whole frames with it, which no checksum shows.
   * @returns true when `poll` has something to do: a frame may have ended, or there is a part of one that is worth a turn
   */
  bool receive(uint8_t byte) {
    if (!received_.push(byte)) overflowed_ = true;
    return byte == 0 || (received_.used() & 15) == 0;
  }

  /**
   * Timer interrupt, once per millisecond: samples inputs, decides permits and lease, feeds the watchdog while the loop turns.
   * @returns true when `poll` has something to do
   */
  bool tick();

  /**
   * Halfway between two ticks, on machines whose reaction takes time: looks at the permits only, so that what opened just
   * after a tick is not acted on a tick and a reaction later.
   * @returns true when `poll` has something to do
   */
  bool look();

  /** Step interrupt: makes the pulses of the axes that the tick has planned, as `hal::useStepTimer` asks for it. */
  template <typename Write>
  void pulse(Write write) {
    process_.pulse(write);
  }

  /** The main loop: handles all that was received and sends what is due while the line is free. */
  void poll();

 private:
  /** Of the native target: the fuzzer looks inside to tell what must hold. */
  friend class BoardProbe;

  enum class Reply : uint8_t { Ident, Pins, Opened, ConfigAck, Committed, Speed, Refused };
  struct Answer {
    Reply reply;
    uint8_t first;
    uint8_t second;
  };
  static constexpr uint8_t ANSWERS_MAX = 8;
  /** The longest frame, stuffed, between two zeros: the pins of a large board, a full stream frame on a small one. */
  static constexpr uint8_t OUT_BYTES = PIN_COUNT > 40 ? 112 : 80;

  bool watchPermits(const PinSet& levels, uint32_t nowUs);
  void lookIfDue();
  void turn();
  void handleFrame(uint8_t* frame, uint8_t length);
  void handleUnsalted(uint8_t type, uint32_t session, const uint8_t* payload, uint8_t length);
  void handleOpen(uint32_t session, uint16_t seq, const uint8_t* payload, uint8_t length);
  void handleSession(uint8_t type, const uint8_t* payload, uint8_t length);
  uint8_t inHandshake(Status status);
  void handleStream(uint8_t type, const uint8_t* payload, uint8_t length);
  void apply(uint8_t type, Effect effect);

  void answer(Reply reply, uint8_t first, uint8_t second);
  void refuse(uint8_t type, Status reason) { answer(Reply::Refused, type, static_cast<uint8_t>(reason)); }
  void send(bool streamToo);
  bool sendUrgent();
  bool sendStream();
  void sendAnswer(const Answer& answer);
  void sendIdent();
  void sendPins(uint8_t first);
  void sendImage(uint8_t type);
  Writer begin();
  void finish(uint8_t type, uint32_t session, uint16_t seq, uint8_t* end);
  void finishInSession(uint8_t type, uint8_t* end);

  Pins pins_;
  Process process_;
  Session session_;
  LineSpeed speed_;
  Firmata firmata_;
  Stream stream_;
  CobsDecoder decoder_;
  Ring<128> received_;
  Answer answers_[ANSWERS_MAX];
  uint8_t answerCount_;
  uint8_t out_[OUT_BYTES];
  uint32_t nonce_;
  uint32_t refusedSession_;
  uint32_t imageUs_;
  uint32_t sentUs_;
  uint32_t checkedUs_;
  /** When the end of the frame at hand was read. */
  uint32_t arrivedUs_;
  volatile bool edgeDue_;
  volatile bool imageDue_;
  volatile bool loopTurned_;
  /** The receive queue has lost bytes since the loop last turned. */
  volatile bool overflowed_;
  uint8_t idleTicks_;
};

}  // namespace celda
