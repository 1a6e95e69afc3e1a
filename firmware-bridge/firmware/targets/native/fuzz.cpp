// The fuzzer's way into a board: reads its input as a story of bytes, frames, time, levels and resets.
// Frames get right checksums here, since no search finds 32 bits of them; raw and damaged bytes are part of the story too.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.hpp"
#include "invariants.hpp"

namespace celda {

class Story {
 public:
  Story(const uint8_t* data, size_t length) : at_(data), end_(data + length) {}
  bool isOver() const { return at_ == end_; }
  uint8_t u8() { return isOver() ? 0 : *at_++; }
  uint16_t u16() {
    const uint8_t low = u8();
    return static_cast<uint16_t>(low | u8() << 8);
  }

 private:
  const uint8_t* at_;
  const uint8_t* end_;
};

static Board board;
static Listener listener;
static uint16_t lease;
static uint16_t seq;
static uint16_t boots;
static uint32_t session;
static uint32_t cycle;
static uint8_t streamSeq;
static uint8_t line[160];
static uint8_t lineLength;
static uint64_t bytesDone;

static void turn() {
  board.poll();
  checkInvariants(board, listener, lease);
}

static void receive(uint8_t byte) {
  bytesDone += 1;
  listener.hear(byte, bench.nowUs);
  board.receive(byte);
}

static void put(const uint8_t* bytes, uint8_t length) {
  for (uint8_t i = 0; i < length; i += 1) {
    receive(bytes[i]);
    // The queue holds 127 bytes, and what the board loses the listener would still hear.
    if (i % 64 == 63) turn();
  }
  turn();
}

static void reset(uint8_t cause) {
  Identity identity = {};
  memcpy(identity.uid, NATIVE_UID, sizeof identity.uid);
  identity.bootCount = ++boots;
  identity.resetCause = cause % 5;
  bench.release();
  board = Board();
  board.boot(identity);
  session = 0;
}

static void send(uint8_t type, uint16_t number, uint32_t id, const uint8_t* payload, uint8_t length) {
  uint8_t frame[128];
  frame[0] = type;
  memcpy(frame + 1, &number, 2);
  memcpy(frame + 3, &id, 4);
  memcpy(frame + 7, payload, length);
  const uint32_t crc = frameChecksum(frame, static_cast<uint8_t>(7 + length));
  memcpy(frame + 7 + length, &crc, 4);
  lineLength = stuffFrame(line, frame, static_cast<uint8_t>(11 + length));
  put(line, lineLength);
}

static void say(uint8_t type, const uint8_t* payload, uint8_t length) {
  send(type, ++seq, session, payload, length);
}

static void any(Story& story, bool odd) {
  uint8_t payload[117];
  const uint8_t type = story.u8();
  const uint16_t number = odd ? static_cast<uint16_t>(seq + story.u16()) : ++seq;
  const uint32_t id = odd ? session ^ story.u8() : session;
  const uint8_t length = story.u8() % 118;
  for (uint8_t i = 0; i < length; i += 1) payload[i] = story.u8();
  send(type, number, type == 1 || type == 2 ? 0 : id, payload, length);
}

static void hello(Story& story) {
  uint8_t payload[9] = {'C', 'L', 'D', 'A', story.u8()};
  send(0x01, 0, 0, payload, sizeof payload);
}

static void open(Story& story) {
  const uint32_t challenge = BoardProbe(board).session().challenge() ^ (story.u8() > 250 ? 1u : 0u);
  session = 1u + story.u8();
  seq = story.u16();
  streamSeq = 0;
  cycle = 0;
  send(0x03, seq, session, reinterpret_cast<const uint8_t*>(&challenge), 4);
}

/** Puts the levels on the input pins that close them. */
static void closeInputs() {
  const Config& config = BoardProbe(board).process().config();
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if (config[i].isOutput() || !config[i].isDigital()) continue;
    bench.levels.set(config[i].pin, config[i].closedLevel());
  }
}

/** A record that is likely to be taken: fields in their ranges, the pins in some order. */
static void makeRecord(Story& story, uint8_t* record, uint8_t index, uint8_t total, uint8_t inputs, uint8_t firstPin) {
  memset(record, 0, 12);
  const uint8_t choice = story.u8();
  const bool output = index >= inputs;
  const bool second = (choice & 1) != 0;
  record[0] = index;
  record[1] = total;
  record[2] = output ? 1 : 0;
  record[3] = second ? 1 : 0;
  record[4] = static_cast<uint8_t>(2 + (firstPin + index) % 18);
  if (!output && second && record[4] < FIRST_ANALOG_PIN) record[3] = 0;
  record[5] = output ? choice >> 1 & 1 : choice >> 1 & 7;
  const bool permitted = output && (record[5] & 1) != 0 && (choice & 0x80) != 0;
  if (output && second) {
    const uint16_t value = (choice & 4) != 0 ? HOLD : (choice & 8) != 0 ? 1500 : 0;
    memcpy(record + 6, &value, 2);
  } else if (output) {
    record[6] = choice >> 2 & 1;
  } else if (record[3] == 0) {
    record[6] = choice >> 4;
    record[8] = (choice & 0x80) != 0 ? story.u8() : 0;
    // An opening filter, mostly where one may be.
    if ((record[5] & 1) == 0 && record[8] == 0) record[10] = choice >> 3 & 15;
  } else {
    const uint16_t lowest = choice, highest = static_cast<uint16_t>(1023 - (choice >> 4) * 64);
    memcpy(record + 6, &lowest, 2);
    memcpy(record + 8, &highest, 2);
  }
  const bool isBehindAxis = index > 0 && output && record[-12 + 3] == 2;
  const uint16_t limit = static_cast<uint16_t>(1 + (choice >> 1) * 30);
  if (isBehindAxis) {
    record[3] = 3;
    record[8] = 0;
    memcpy(record + 6, &limit, 2);
    return;
  }
  if (output && (choice & 0x38) == 0x38) {
    record[3] = 2;
    record[5] = 1;
    memcpy(record + 6, &limit, 2);
  }
  if (permitted && inputs > 0) record[8] = static_cast<uint8_t>(story.u8() & ((1u << (inputs < 8 ? inputs : 8)) - 1));
}

static void configure(Story& story) {
  uint8_t bytes[2 + 18 * 12];
  const uint8_t total = 1 + story.u8() % 18;
  const uint8_t inputs = story.u8() % (total + 1);
  const uint8_t firstPin = story.u8();
  const uint8_t choice = story.u8();
  const uint16_t leaseMs = choice < 240 ? 10 + choice : 10 * choice - 400;
  memcpy(bytes, &leaseMs, 2);
  for (uint8_t i = 0; i < total; i += 1) {
    makeRecord(story, bytes + 2 + i * 12, i, total, inputs, firstPin);
    say(0x04, bytes + 2 + i * 12, 12);
  }
  uint8_t commit[7];
  const uint32_t hash = plainChecksum(bytes, static_cast<uint16_t>(2 + total * 12));
  memcpy(commit, &leaseMs, 2);
  commit[2] = total;
  memcpy(commit + 3, &hash, 4);
  const State before = BoardProbe(board).session().state();
  if (before == State::Configuring) lease = leaseMs;
  say(0x05, commit, sizeof commit);
}

static void command(Story& story) {
  uint8_t payload[9 + IMAGE_BYTES_MAX];
  const uint8_t choice = story.u8();
  const uint32_t notAfterUs = bench.nowUs + 20000u - (choice > 240 ? 40000u : 0u);
  cycle += choice >> 1 & 3;
  memcpy(payload, &cycle, 4);
  memcpy(payload + 4, &notAfterUs, 4);
  payload[8] = choice & 1;
  const Config& config = BoardProbe(board).process().config();
  uint8_t bits = 0;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if (config[i].isOutput() && config[i].isDigital()) bits += 1;
  }
  uint8_t length = 9;
  for (uint8_t i = 0; i < (bits + 7) / 8; i += 1) payload[length++] = story.u8();
  uint8_t axis = 0;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    const uint8_t value = story.u8();
    if (config[i].isServo()) {
      const uint16_t pulse = value == 0 ? 0 : static_cast<uint16_t>(490 + value * 8);
      memcpy(payload + length, &pulse, 2);
      length += 2;
    } else if (config[i].isAxis()) {
      // Where it is, which is what arms a board, or somewhere else.
      const int32_t target = BoardProbe(board).process().axes().position(axis) + (value < 128 ? 0 : (value - 192) * 20);
      memcpy(payload + length, &target, 4);
      length += 4;
      axis += 1;
    }
  }
  // Now and then from a session that is not open, or older than what was said before.
  const uint8_t fault = choice >> 3 & 15;
  if (fault == 14) return send(0x10, ++seq, session ^ 0x100, payload, length);
  if (fault == 15) return send(0x10, --seq, session, payload, length);
  say(0x10, payload, length);
}

/** A sysex message of a bus or a tone, since no search soon finds whole ones. @returns its length, at most 32 */
static uint8_t busMessage(Story& story, uint8_t* out) {
  static const uint8_t MESSAGES[] = {0x73, 0x76, 0x78, 0x5F};
  static const uint8_t ONEWIRE[] = {0x41, 0x40, 0x44, 0x3C, 0x01};
  const uint8_t choice = story.u8();
  const uint8_t message = MESSAGES[choice % 4];
  uint8_t length = 0;
  out[length++] = 0xF0;
  out[length++] = message;
  if (message == 0x73) out[length++] = ONEWIRE[story.u8() % 5];
  for (uint8_t left = choice >> 4; left > 0; left -= 1) out[length++] = story.u8() & 0x7F;
  if ((choice & 8) == 0) out[length++] = 0xF7;
  return length;
}

static void streamed(Story& story) {
  uint8_t payload[33] = {streamSeq};
  const uint8_t choice = story.u8();
  uint8_t length = 1 + choice % 32;
  if (choice >= 128) length = busMessage(story, payload + 1);
  else for (uint8_t i = 0; i < length; i += 1) payload[1 + i] = story.u8();
  streamSeq += 1;
  say(0x20, payload, static_cast<uint8_t>(1 + length));
}

static void damaged(Story& story) {
  if (lineLength == 0) return;
  const uint8_t at = story.u8() % lineLength;
  uint8_t bytes[160];
  memcpy(bytes, line, lineLength);
  bytes[at] ^= story.u8();
  put(bytes, lineLength);
}

static void raw(Story& story) {
  for (uint8_t left = story.u8(); left > 0 && !story.isOver(); left -= 1) {
    const uint8_t byte = story.u8();
    put(&byte, 1);
  }
}

static void pulse(uint8_t times) {
  for (; times > 0 && bench.isStepping; times -= 1) {
    board.pulse([](uint8_t, uint8_t pin, bool level) { hal::digitalWrite(pin, level); });
  }
}

static void wait(uint8_t ticks) {
  for (; ticks > 0; ticks -= 1) {
    pulse(8);
    bench.nowUs += 500;
    if (board.look()) turn();
    checkPermits(board);
    pulse(8);
    bench.nowUs += 500;
    const bool due = board.tick();
    checkPermits(board);
    if (due) turn();
    else checkInvariants(board, listener, lease);
  }
}

/** A session, a configuration, the inputs closed and a command: what most of what can go wrong begins with. */
static void begin(Story& story) {
  open(story);
  configure(story);
  wait(2);
  closeInputs();
  command(story);
}

static void step(Story& story) {
  switch (story.u8() % 16) {
    case 0: return raw(story);
    case 1: return any(story, false);
    case 2: return any(story, true);
    case 3: return wait(story.u8());
    case 4: return wait(1 + story.u8() % 4);
    case 5: {
      const uint8_t pin = story.u8() % PIN_COUNT;
      return bench.levels.set(pin, !bench.levels.has(pin));
    }
    case 6: return (story.u8() & 1) != 0 ? hello(story) : closeInputs();
    case 7: return open(story);
    case 8: return configure(story);
    case 9: return say(0x11, reinterpret_cast<const uint8_t*>(&cycle), 4);
    case 10: return (story.u8() & 7) == 0 ? say(0x06, line, 0) : wait(255);
    case 11: return streamed(story);
    case 12: return damaged(story);
    case 13: bench.lineBusy = !bench.lineBusy; return;
    case 14: return (story.u8() & 15) == 0 ? reset(story.u8()) : put(line, lineLength);
    default: return command(story);
  }
}

}  // namespace celda

static void endAtBudget() {
  static const char* const budget = getenv("CELDA_FUZZ_BYTES");
  static uint64_t shown = 0;
  if (budget == nullptr) return;
  if (celda::bytesDone - shown >= 10000000) {
    shown = celda::bytesDone;
    fprintf(stderr, "celda-fuzz: %llu bytes\n", static_cast<unsigned long long>(shown));
  }
  if (celda::bytesDone < strtoull(budget, nullptr, 10)) return;
  fprintf(stderr, "celda-fuzz: done after %llu bytes\n", static_cast<unsigned long long>(celda::bytesDone));
  // Not `exit`: the fuzzer takes that for a crash.
  _Exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t length) {
  using namespace celda;
  Story story(data, length);
  memset(&bench, 0, sizeof bench);
  listener.clear();
  lease = 0;
  seq = 0;
  boots = 0;
  lineLength = 0;
  // Board time wraps after 71 minutes: some stories begin right before.
  const uint8_t choice = story.u8();
  bench.nowUs = (choice & 1) != 0 ? 0u - 50000u : 0;
  bench.levels[0] = story.u8();
  bench.levels[1] = story.u8();
  reset(1);
  if ((choice & 6) != 0) begin(story);
  while (!story.isOver()) step(story);
  endAtBudget();
  return 0;
}
