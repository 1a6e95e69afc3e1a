// What must hold of a board between any two of its turns, whatever came over the line.
#pragma once
#include "../../core/board.hpp"
#include "listener.hpp"

namespace celda {

/** The fuzzer's window into a board; reads only. */
class BoardProbe {
 public:
  explicit BoardProbe(const Board& board) : board_(board) {}
  const Session& session() const { return board_.session_; }
  const Process& process() const { return board_.process_; }
  const Pins& pins() const { return board_.pins_; }

 private:
  const Board& board_;
};

/**
 * Ends the process when something does not hold.
 * @param leaseMs of the configuration in force
 */
void checkInvariants(const Board& board, const Listener& listener, uint16_t leaseMs);

/** To be called right after a tick or a look: permits without delay are closed while the board is armed. */
void checkPermits(const Board& board);

}  // namespace celda
