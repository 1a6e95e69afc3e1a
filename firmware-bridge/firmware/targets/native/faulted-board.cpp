#include "faulted-board.hpp"

#include <string.h>

#include "bench.hpp"
#include "invariants.hpp"
#include "listener.hpp"

namespace celda {

constexpr uint8_t OPEN = 0x03, CONFIG = 0x04, COMMIT = 0x05, PROCESS = 0x10, STOP = 0x11, STREAM = 0x20, IMAGE = 0x90;
constexpr uint8_t FOREIGN_UID[8] = {0xc3, 0xe1, 0xda, 0, 0, 0, 0, 2};
/** Bytes that the board's queue takes between two turns, with room to spare. */
constexpr uint16_t QUEUE_BYTES = 64;
constexpr uint16_t LEASE_MS = 100;
constexpr uint32_t VALIDITY_US = 200000;
/** Command period, as in a cell. */
constexpr uint32_t PERIOD_MS = 10;
constexpr uint32_t RECOVERY_MS_MAX = 200;
/** Until the board has said in an image what its axes stand at. */
constexpr uint32_t IMAGE_MS = 16;
/** Looks of the step interrupt in a tick. */
constexpr uint8_t LOOKS = 16;

FaultedBoard::FaultedBoard(uint32_t seed) : draw_(seed), session_(0), wrong_(nullptr), first_(), second_(), taken_(2), heardLength_(0), pins_(), safe_(), positions_(), counts_(), present_(0) {
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
  isJudged_ = false;
  say(OPEN, reinterpret_cast<const uint8_t*>(&challenge), 4);
  configure();
  run(IMAGE_MS);
  readPositions();
  const uint8_t output[] = {0, 0xF4, Plan::STREAM_PIN, 1};
  say(STREAM, output, sizeof output);
  memset(&safe_, 0, sizeof safe_);
  safe_.latches = bench.latches;
  memcpy(safe_.pulses, bench.pulses, sizeof safe_.pulses);
  memcpy(safe_.targets, positions_, sizeof safe_.targets);
  safe_.streamSeq = 1;
  pins_ = safe_;
  if (!sendWhole()) violated("a board takes the first command of a session");
  memcpy(modes_, bench.modes, sizeof modes_);
  isJudged_ = true;
}

/** From the last image: the end of its read-back. Afterwards only pulses count. */
void FaultedBoard::readPositions() {
  uint8_t frame[160];
  const uint8_t length = unstuffLine(frame, bench.sent, bench.sentLength);
  if (length < 16 || frame[0] != IMAGE) violated("a configured board says what it stands at");
  memset(positions_, 0, sizeof positions_);
  for (uint8_t i = 0; i < plan_.axes(); i += 1) memcpy(positions_ + i, frame + length - 6 * (plan_.axes() - i), 4);
}

void FaultedBoard::configure() {
  uint8_t bytes[2 + Plan::RECORDS_MAX * Plan::RECORD_SIZE];
  memcpy(bytes, &LEASE_MS, 2);
  const uint8_t total = plan_.makeRecords(draw_, bytes + 2);
  for (uint8_t i = 0; i < total; i += 1) say(CONFIG, bytes + 2 + i * 12, 12);
  uint8_t commit[7];
  const uint32_t hash = plainChecksum(bytes, static_cast<uint16_t>(2 + total * 12));
  memcpy(commit, &LEASE_MS, 2);
  commit[2] = total;
  memcpy(commit + 3, &hash, 4);
  say(COMMIT, commit, sizeof commit);
}

void FaultedBoard::make(Command& command, Kind kind, const Command* before) {
  cycle_ += 1;
  seq_ += 1;
  command.cycle = cycle_;
  plan_.draw(draw_, kind, before != nullptr ? &before->wish : nullptr, pins_, positions_, command.wish);
  write(command.line, command.wish, NATIVE_UID);
  if (counts_[present_] < RECORDED_MAX) recorded_[present_][counts_[present_]++] = command.line;
}

void FaultedBoard::makeForeign(Line& line, Kind kind) {
  Wish wish;
  plan_.draw(draw_, kind, nullptr, pins_, positions_, wish);
  write(line, wish, FOREIGN_UID);
}

void FaultedBoard::write(Line& line, const Wish& wish, const uint8_t* uid) {
  uint8_t payload[Plan::PAYLOAD_MAX];
  uint8_t head = 0;
  if (wish.kind != Kind::Stream) {
    memcpy(payload, &cycle_, 4);
    head = 4;
  }
  if (wish.kind == Kind::Process) {
    const uint32_t notAfterUs = bench.nowUs + VALIDITY_US;
    memcpy(payload + 4, &notAfterUs, 4);
    payload[8] = 1;
    head = 9;
  }
  const uint8_t length = static_cast<uint8_t>(head + plan_.write(wish, draw_, payload + head));
  const uint8_t type = wish.kind == Kind::Process ? PROCESS : wish.kind == Kind::Stop ? STOP : STREAM;
  // With and without the zero in front that a sender puts there after a pause.
  encode(line, type, payload, length, uid, draw_(2) == 0);
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
  if (isJudged_) compare();
}

void FaultedBoard::run(uint32_t ms) {
  for (; ms > 0; ms -= 1) {
    bench.nowUs += 1000;
    const bool isDue = board_.tick();
    pulse();
    if (isDue) turn();
  }
}

void FaultedBoard::pulse() {
  for (uint8_t look = 0; bench.isStepping && look < LOOKS; look += 1) {
    board_.pulse([this](uint8_t axis, uint8_t pin, bool level) {
      bench.latches.set(pin, level);
      if (level) step(axis);
    });
  }
}

void FaultedBoard::step(uint8_t axis) {
  const bool isForward = bench.latches.has(plan_.directionPin(axis)) == plan_.isForwardHigh(axis);
  const int32_t way = pins_.targets[axis] - positions_[axis];
  positions_[axis] += isForward ? 1 : -1;
  if (isForward ? way <= 0 : way >= 0) wrong_ = "a pulse of an axis";
}

/** Step and direction pins are judged pulse by pulse. */
PinSet FaultedBoard::comparable(const PinSet& latches) const {
  PinSet result = latches;
  for (uint8_t i = 0; i < plan_.axes(); i += 1) {
    result.set(plan_.stepPin(i), false);
    result.set(plan_.directionPin(i), false);
  }
  return result;
}

void FaultedBoard::compare() {
  if (!(comparable(bench.latches) == comparable(pins_.latches))) wrong_ = "a digital output";
  if (memcmp(bench.pulses, pins_.pulses, sizeof bench.pulses) != 0) wrong_ = "a servo pulse";
  if (memcmp(bench.modes, modes_, sizeof bench.modes) != 0) wrong_ = "a pin's mode";
}

/** Whether the bytes between two zeros are the frame, without its leading zero and its terminating one. */
bool FaultedBoard::isHeard(const Line& line) const {
  const uint8_t start = line.bytes[0] == 0 ? 1 : 0;
  const uint16_t length = static_cast<uint16_t>(line.length - 1 - start);
  return heardLength_ == length && memcmp(heard_, line.bytes + start, length) == 0;
}

void FaultedBoard::take(const Command& command) {
  plan_.apply(command.wish, safe_, positions_, pins_);
}

/** A STREAM whose turn it is not is left alone, and may come again. */
static bool isDue(const Wish& wish, const Pattern& pins) {
  return wish.kind != Kind::Stream || wish.streamSeq == pins.streamSeq;
}

void FaultedBoard::hear(uint8_t byte) {
  if (byte != 0) {
    heard_[heardLength_++] = byte;
    return;
  }
  if (taken_ < 2 && isHeard(second_.line)) {
    if (isDue(second_.wish, pins_)) {
      taken_ = 2;
      take(second_);
    }
  } else if (taken_ < 1 && isHeard(first_.line)) {
    taken_ = 1;
    take(first_);
  }
  heardLength_ = 0;
}

void FaultedBoard::deliver(const Arrival& arrival) {
  heardLength_ = 0;
  taken_ = 0;
  for (uint16_t at = 0; at < arrival.length; at += 1) {
    board_.receive(arrival.bytes[at]);
    hear(arrival.bytes[at]);
    if (arrival.bytes[at] == 0 || heardLength_ % QUEUE_BYTES == QUEUE_BYTES - 1) turn();
  }
  turn();
}

/** Half of the frames are commands, as many stops as stream. */
static Kind drawKind(Draw& draw) {
  const uint32_t choice = draw(4);
  return choice < 2 ? Kind::Process : choice == 2 ? Kind::Stop : Kind::Stream;
}

Outcome FaultedBoard::trial(Fault fault) {
  Line foreign;
  wrong_ = nullptr;
  make(first_, drawKind(draw_), nullptr);
  makeForeign(foreign, first_.wish.kind);
  make(second_, drawKind(draw_), &first_);
  const uint8_t before = present_ ^ 1;
  const Line& older = recorded_[before][draw_(counts_[before])];
  Arrival arrival;
  arrive(fault, {first_.line, second_.line, older, foreign}, draw_, arrival);
  deliver(arrival);
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
  if (memcmp(positions_, pins_.targets, sizeof positions_) != 0) wrong_ = "the position of an axis";
  make(command, Kind::Process, nullptr);
  // A frame that has lost its end is whole with the zero in front of this one.
  const uint8_t zeros = command.line.bytes[0] == 0 ? 1 : 0;
  if (zeros == 1) {
    hear(0);
    put(command.line.bytes, 1);
  }
  bench.sentLength = 0;
  // Compared when it is clear whether it was taken: its end may be lost in what is left of a damaged one.
  const bool wasJudged = isJudged_;
  isJudged_ = false;
  heardLength_ = 0;
  put(command.line.bytes + zeros, static_cast<uint16_t>(command.line.length - zeros));
  isJudged_ = wasJudged;
  const bool isExecuted = hasReported(command.cycle);
  if (isExecuted) take(command);
  if (isJudged_) compare();
  return isExecuted;
}

/** Whether the last that the board sent is an image that says: armed, and this was the newest command. */
bool FaultedBoard::hasReported(uint32_t cycle) const {
  uint8_t frame[160];
  if (unstuffLine(frame, bench.sent, bench.sentLength) < 16 || frame[0] != IMAGE) return false;
  return memcmp(frame + 7, &cycle, 4) == 0 && frame[15] == static_cast<uint8_t>(State::Armed);
}

}  // namespace celda
