// An armed board that is sent two commands with one fault per trial. After each frame its pins are compared with what the
// frames that arrived whole, in order and in this session make of them.
#pragma once
#include <stdint.h>

#include "../../core/board.hpp"
#include "faults.hpp"

namespace celda {

/** What a trial found. */
struct Outcome {
  /** Pins that the whole frames on the line do not explain, for people; nullptr: nothing is wrong. */
  const char* wrong;
  /** From the end of the fault to the command that the board executed and reported again, ms; NEVER: not in time. */
  uint32_t recoveredMs;
  static constexpr uint32_t NEVER = 0xFFFFFFFFu;
};

class FaultedBoard {
 public:
  explicit FaultedBoard(uint32_t seed);
  /** Ends the session and opens the next, with another configuration; its frames become those of an older session. */
  void openSession();
  Outcome trial(Fault fault);

 private:
  static constexpr uint8_t DIGITAL_MAX = 6, SERVOS = 6, SLOTS = 2 + DIGITAL_MAX + SERVOS;
  static constexpr uint16_t RECORDED_MAX = 4096;

  struct Pattern {
    PinSet latches;
    uint16_t pulses[PIN_COUNT];
  };
  struct Command {
    Line line;
    uint32_t cycle;
    Pattern pins;
  };

  void configure();
  uint8_t makeRecords(uint8_t* records);
  void make(Command& command);
  uint8_t fill(uint8_t* payload, Pattern& pins);
  void encode(Line& line, uint8_t type, const uint8_t* payload, uint8_t length, const uint8_t* uid, bool afterPause);
  void say(uint8_t type, const uint8_t* payload, uint8_t length);
  void put(const uint8_t* bytes, uint16_t length);
  void run(uint32_t ms);
  /** @returns whether the board executed and reported it */
  bool sendWhole();
  bool hasReported(uint32_t cycle) const;
  uint32_t recover();
  void turn();
  void deliver(const Arrival& arrival, const Command& first, const Command& second);
  void compare();

  Board board_;
  Draw draw_;
  uint32_t session_;
  uint16_t seq_;
  uint32_t cycle_;
  uint8_t digitals_;
  uint8_t servos_;
  bool isArmed_;
  const char* wrong_;
  /** What the pins have to be, and their modes since the first command of the session. */
  Pattern pins_;
  PinMode modes_[PIN_COUNT];
  Line recorded_[2][RECORDED_MAX];
  uint16_t counts_[2];
  uint8_t present_;
};

}  // namespace celda
