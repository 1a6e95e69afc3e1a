#include "faulted-board.hpp"

#include <string.h>

#include "bench.hpp"
#include "invariants.hpp"
#include "listener.hpp"

namespace celda {

constexpr uint8_t OPEN = 0x03, CONFIG = 0x04, COMMIT = 0x05, PROCESS = 0x10, IMAGE = 0x90;
constexpr uint8_t FOREIGN_UID[8] = {0xc3, 0xe1, 0xda, 0, 0, 0, 0, 2};
/** Bytes that the board's queue takes between two turns, with room to spare. */
constexpr uint16_t QUEUE_BYTES = 64;
constexpr uint16_t LEASE_MS = 100;
constexpr uint32_t VALIDITY_US = 200000;
/** Command period, as in a cell. */
constexpr uint32_t PERIOD_MS = 10;
constexpr uint32_t RECOVERY_MS_MAX = 200;
constexpr uint8_t DIGITAL_PINS[] = {2, 4, 7, 8, 12, 13};
constexpr uint8_t SERVO_PINS[] = {3, 5, 6, 9, 10, 11};
constexpr uint8_t INPUT_PIN = 15;

FaultedBoard::FaultedBoard(uint32_t seed) : draw_(seed), session_(0), wrong_(nullptr), counts_(), present_(0) {
  Identity identity = {};
  memcpy(identity.uid, NATIVE_UID, sizeof identity.uid);
  identity.bootCount = 1;
  bench.nowUs = seed;
  bench.release();
  board_ = Board();
  board_.boot(identity);
  // Two sessions, so that there is an older one to replay from.
  openSession();
  for (uint8_t count = 0; count < 64; count += 1) sendWhole();
  openSession();
}

void FaultedBoard::openSession() {
  present_ ^= 1;
  counts_[present_] = 0;
  const uint32_t challenge = BoardProbe(board_).session().challenge();
  session_ += 1;
  seq_ = 0;
  cycle_ = 0;
  isArmed_ = false;
  say(OPEN, reinterpret_cast<const uint8_t*>(&challenge), 4);
  configure();
  run(3);
  pins_.latches = bench.latches;
  memcpy(pins_.pulses, bench.pulses, sizeof pins_.pulses);
  if (!sendWhole()) violated("a board takes the first command of a session");
  memcpy(modes_, bench.modes, sizeof modes_);
  isArmed_ = true;
}

/** One digital input, one analog, and outputs of a number drawn anew: so frames have different lengths. */
uint8_t FaultedBoard::makeRecords(uint8_t* records) {
  digitals_ = static_cast<uint8_t>(1 + draw_(DIGITAL_MAX));
  servos_ = static_cast<uint8_t>(1 + draw_(SERVOS));
  const uint8_t total = static_cast<uint8_t>(2 + digitals_ + servos_);
  memset(records, 0, total * 12u);
  for (uint8_t i = 0; i < total; i += 1) {
    uint8_t* record = records + i * 12;
    const bool isServo = i >= 2 + digitals_;
    record[0] = i;
    record[1] = total;
    record[2] = i >= 2 ? 1 : 0;
    record[3] = i == 1 || isServo ? 1 : 0;
    record[4] = i == 0 ? INPUT_PIN : i == 1 ? FIRST_ANALOG_PIN : isServo ? SERVO_PINS[i - 2 - digitals_] : DIGITAL_PINS[i - 2];
    record[5] = i >= 2 ? 1 : 0;
  }
  return total;
}

void FaultedBoard::configure() {
  uint8_t bytes[2 + SLOTS * 12];
  memcpy(bytes, &LEASE_MS, 2);
  const uint8_t total = makeRecords(bytes + 2);
  for (uint8_t i = 0; i < total; i += 1) say(CONFIG, bytes + 2 + i * 12, 12);
  uint8_t commit[7];
  const uint32_t hash = plainChecksum(bytes, static_cast<uint16_t>(2 + total * 12));
  memcpy(commit, &LEASE_MS, 2);
  commit[2] = total;
  memcpy(commit + 3, &hash, 4);
  say(COMMIT, commit, sizeof commit);
}

/** Payload of a command with values drawn anew. @returns its length */
uint8_t FaultedBoard::fill(uint8_t* payload, Pattern& pins) {
  const uint32_t notAfterUs = bench.nowUs + VALIDITY_US;
  memcpy(payload, &cycle_, 4);
  memcpy(payload + 4, &notAfterUs, 4);
  payload[8] = 1;
  payload[9] = static_cast<uint8_t>(draw_(1u << digitals_));
  pins = pins_;
  for (uint8_t i = 0; i < digitals_; i += 1) {
    pins.latches.set(DIGITAL_PINS[i], (payload[9] >> i & 1) != 0);
  }
  for (uint8_t i = 0; i < servos_; i += 1) {
    const uint16_t pulse = static_cast<uint16_t>(500 + draw_(2001));
    memcpy(payload + 10 + 2 * i, &pulse, 2);
    pins.pulses[SERVO_PINS[i]] = pulse;
  }
  return static_cast<uint8_t>(10 + 2 * servos_);
}

void FaultedBoard::make(Command& command) {
  uint8_t payload[10 + 2 * SERVOS];
  cycle_ += 1;
  seq_ += 1;
  command.cycle = cycle_;
  const uint8_t length = fill(payload, command.pins);
  // With and without the zero in front that a sender puts there after a pause.
  encode(command.line, PROCESS, payload, length, NATIVE_UID, draw_(2) == 0);
  if (counts_[present_] < RECORDED_MAX) recorded_[present_][counts_[present_]++] = command.line;
}

void FaultedBoard::encode(Line& line, uint8_t type, const uint8_t* payload, uint8_t length, const uint8_t* uid,
                          bool afterPause) {
  uint8_t frame[128];
  frame[0] = type;
  memcpy(frame + 1, &seq_, 2);
  memcpy(frame + 3, &session_, 4);
  memcpy(frame + 7, payload, length);
  const uint32_t crc = saltedChecksum(uid, frame, static_cast<uint8_t>(7 + length));
  memcpy(frame + 7 + length, &crc, 4);
  line.bytes[0] = 0;
  const uint8_t pause = afterPause ? 1 : 0;
  line.length = static_cast<uint8_t>(pause + stuffFrame(line.bytes + pause, frame, static_cast<uint8_t>(11 + length)));
}

void FaultedBoard::say(uint8_t type, const uint8_t* payload, uint8_t length) {
  Line line;
  seq_ += 1;
  encode(line, type, payload, length, NATIVE_UID, true);
  put(line.bytes, line.length);
}

void FaultedBoard::put(const uint8_t* bytes, uint16_t length) {
  for (uint16_t i = 0; i < length; i += 1) {
    board_.receive(bytes[i]);
    if (i % QUEUE_BYTES == QUEUE_BYTES - 1) turn();
  }
  turn();
}

void FaultedBoard::turn() {
  board_.poll();
  if (isArmed_) compare();
}

void FaultedBoard::run(uint32_t ms) {
  for (; ms > 0; ms -= 1) {
    bench.nowUs += 1000;
    if (board_.tick()) turn();
  }
}

void FaultedBoard::compare() {
  if (!(bench.latches == pins_.latches)) wrong_ = "a digital output";
  if (memcmp(bench.pulses, pins_.pulses, sizeof bench.pulses) != 0) wrong_ = "a servo pulse";
  if (memcmp(bench.modes, modes_, sizeof bench.modes) != 0) wrong_ = "a pin's mode";
}

/** Whether `bytes[from..to)` is the frame, without its leading zero and its terminating one. */
static bool isWhole(const uint8_t* bytes, uint16_t from, uint16_t to, const Line& line) {
  const uint8_t start = line.bytes[0] == 0 ? 1 : 0;
  const uint16_t length = static_cast<uint16_t>(line.length - 1 - start);
  return to - from == length && memcmp(bytes + from, line.bytes + start, length) == 0;
}

void FaultedBoard::deliver(const Arrival& arrival, const Command& first, const Command& second) {
  uint16_t from = 0;
  uint8_t taken = 0;
  for (uint16_t at = 0; at < arrival.length; at += 1) {
    board_.receive(arrival.bytes[at]);
    if (arrival.bytes[at] != 0) {
      if ((at - from) % QUEUE_BYTES == QUEUE_BYTES - 1) turn();
      continue;
    }
    if (taken < 2 && isWhole(arrival.bytes, from, at, second.line)) {
      taken = 2;
      pins_ = second.pins;
    } else if (taken < 1 && isWhole(arrival.bytes, from, at, first.line)) {
      taken = 1;
      pins_ = first.pins;
    }
    from = static_cast<uint16_t>(at + 1);
    turn();
  }
  turn();
}

Outcome FaultedBoard::trial(Fault fault) {
  Command first, second;
  Line foreign;
  uint8_t payload[10 + 2 * SERVOS];
  Pattern ignored;
  wrong_ = nullptr;
  make(first);
  const uint8_t length = fill(payload, ignored);
  encode(foreign, PROCESS, payload, length, FOREIGN_UID, draw_(2) == 0);
  make(second);
  const uint8_t before = present_ ^ 1;
  const Line& older = recorded_[before][draw_(counts_[before])];
  Arrival arrival;
  arrive(fault, {first.line, second.line, older, foreign}, draw_, arrival);
  deliver(arrival, first, second);
  const uint32_t recoveredMs = recover();
  return {wrong_, recoveredMs};
}

/** Whole commands at the period of a cell until one is executed. */
uint32_t FaultedBoard::recover() {
  for (uint32_t ms = PERIOD_MS; ms <= RECOVERY_MS_MAX; ms += PERIOD_MS) {
    if (sendWhole()) return ms;
  }
  return Outcome::NEVER;
}

bool FaultedBoard::sendWhole() {
  Command command;
  run(PERIOD_MS);
  make(command);
  bench.sentLength = 0;
  // Compared when it is clear whether it was taken: its end may be lost in what is left of a damaged one.
  const bool wasArmed = isArmed_;
  isArmed_ = false;
  put(command.line.bytes, command.line.length);
  isArmed_ = wasArmed;
  const bool isExecuted = hasReported(command.cycle);
  if (isExecuted) pins_ = command.pins;
  if (isArmed_) compare();
  return isExecuted;
}

/** Whether the last that the board sent is an image that says: armed, and this was the newest command. */
bool FaultedBoard::hasReported(uint32_t cycle) const {
  uint8_t frame[160];
  if (unstuffLine(frame, bench.sent, bench.sentLength) < 16 || frame[0] != IMAGE) return false;
  return memcmp(frame + 7, &cycle, 4) == 0 && frame[15] == static_cast<uint8_t>(State::Armed);
}

}  // namespace celda
