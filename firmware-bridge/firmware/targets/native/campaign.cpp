// Faulted frames to the board by the hundred million: `campaign <trials> <seed>`. All kinds in turn. Progress goes to standard
// error every million trials; the result is one line of JSON.
#include <stdio.h>
#include <stdlib.h>

#include "faulted-board.hpp"

namespace celda {

/** Trials until a new session is opened; with its commands below half of the sequence numbers. */
constexpr uint32_t TRIALS_PER_SESSION = 4000;
constexpr uint64_t PROGRESS_TRIALS = 1000000;

struct Tally {
  uint64_t trials;
  uint64_t wrong;
  uint64_t stuck;
  uint32_t recoveredMsMax;
  const char* example;

  void count(const Outcome& outcome) {
    trials += 1;
    if (outcome.wrong != nullptr) {
      wrong += 1;
      example = outcome.wrong;
    }
    if (outcome.recoveredMs == Outcome::NEVER) stuck += 1;
    else if (outcome.recoveredMs > recoveredMsMax) recoveredMsMax = outcome.recoveredMs;
  }
};

static void print(const Tally* tallies) {
  printf("[");
  for (uint8_t i = 0; i < FAULTS; i += 1) {
    const Tally& tally = tallies[i];
    printf("%s{\"kind\":\"%s\",\"trials\":%llu,\"wrong\":%llu,\"stuck\":%llu,\"recoveredMsMax\":%u", i == 0 ? "" : ",",
           FAULT_NAMES[i], static_cast<unsigned long long>(tally.trials), static_cast<unsigned long long>(tally.wrong),
           static_cast<unsigned long long>(tally.stuck), tally.recoveredMsMax);
    if (tally.example != nullptr) printf(",\"example\":\"%s\"", tally.example);
    printf("}");
  }
  printf("]\n");
}

static void run(uint64_t trials, uint32_t seed) {
  // Too large for a stack: it remembers the frames of two sessions.
  static FaultedBoard board(seed);
  Tally tallies[FAULTS] = {};
  for (uint64_t done = 0; done < trials; done += 1) {
    if (done % TRIALS_PER_SESSION == TRIALS_PER_SESSION - 1) board.openSession();
    const uint8_t kind = static_cast<uint8_t>(done % FAULTS);
    tallies[kind].count(board.trial(static_cast<Fault>(kind)));
    if ((done + 1) % PROGRESS_TRIALS == 0) fprintf(stderr, "%llu\n", static_cast<unsigned long long>(done + 1));
  }
  print(tallies);
}

}  // namespace celda

int main(int count, char** arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: campaign <trials> <seed>\n");
    return 2;
  }
  celda::run(strtoull(arguments[1], nullptr, 10), static_cast<uint32_t>(strtoul(arguments[2], nullptr, 10)));
  return 0;
}
