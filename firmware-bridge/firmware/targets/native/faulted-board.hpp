// An armed board that is sent two frames with one fault per trial: commands, stops and stream. After each frame its pins are compared with what the
// frames that arrived whole, in order and in this session make of them.
#pragma once
#include <stdint.h>

#include "../../core/board.hpp"
#include "faulted-plan.hpp"
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
  static constexpr uint16_t RECORDED_MAX = 4096;

  struct Command {
    Line line;
    uint32_t cycle;
    Wish wish;
  };

  void configure();
  void readPositions();
  /** @param before the frame on its way that this one is sent behind; nullptr: none */
  void make(Command& command, Kind kind, const Command* before);
  void makeForeign(Line& line, Kind kind);
  void write(Line& line, const Wish& wish, const uint8_t* uid);
  void encode(Line& line, uint8_t type, const uint8_t* payload, uint8_t length, const uint8_t* uid, bool afterPause);
  void say(uint8_t type, const uint8_t* payload, uint8_t length);
  void put(const uint8_t* bytes, uint16_t length);
  void run(uint32_t ms);
  /** @returns whether the board executed and reported it */
  bool sendWhole();
  bool hasReported(uint32_t cycle) const;
  uint32_t recover();
  void turn();
  void pulse();
  void step(uint8_t axis);
  /** What is to be seen once a frame has been taken. */
  void take(const Command& command);
  bool isHeard(const Line& line) const;
  /** One byte on its way to the board: with the last of a whole frame it is clear what has to be seen from then on. */
  void hear(uint8_t byte);
  void deliver(const Arrival& arrival);
  void compare();
  PinSet comparable(const PinSet& latches) const;

  Board board_;
  Draw draw_;
  uint32_t session_;
  uint16_t seq_;
  uint32_t cycle_;
  Plan plan_;
  bool isJudged_;
  const char* wrong_;
  /** The frames of the present trial, how many of them have been taken, and what was heard since the last zero. */
  Command first_;
  Command second_;
  uint8_t taken_;
  uint8_t heard_[sizeof(Arrival::bytes)];
  uint16_t heardLength_;
  /** What the pins have to be, and their modes since the first command of the session. */
  Pattern pins_;
  /** With nothing armed. */
  Pattern safe_;
  /** Of the axes, by the pulses that have been seen. */
  int32_t positions_[AXES_MAX];
  PinMode modes_[PIN_COUNT];
  Line recorded_[2][RECORDED_MAX];
  uint16_t counts_[2];
  uint8_t present_;
};

}  // namespace celda
