#include "faulted-plan.hpp"

#include <string.h>

#include "../../core/config.hpp"

namespace celda {

#ifdef CELDA_MEGA
constexpr uint8_t DIGITAL_PINS[] = {2, 4, 22, 30, 49, 53};
constexpr uint8_t SERVO_PINS[] = {3, 5, 6, 9, 10, 11, 12, 44, 45, 46};
constexpr uint8_t AXIS_PINS[] = {7, 8, 23, 24, 25, 26, 68, 69};
constexpr uint8_t INPUT_PINS[] = {14, 15, 16, 17, 18, 19, 27, 28, 29, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 47};
#else
constexpr uint8_t DIGITAL_PINS[] = {2, 4, 7, 8, 12};
constexpr uint8_t SERVO_PINS[] = {3, 5, 6, 9, 10, 11};
constexpr uint8_t AXIS_PINS[] = {16, 17, 18, 19};
constexpr uint8_t INPUT_PINS[] = {15};
#endif

// An axis takes this speed from standstill, as its square is less than the acceleration: every pulse goes towards the target,
// and the farthest target, two times REACH away, is reached within the period of the commands.
constexpr uint16_t AXIS_STEPS_PER_S = 800, AXIS_ACCELERATION = 65535;
constexpr int32_t REACH = 3;
/** Firmata: level of one pin. */
constexpr uint8_t SET_PIN = 0xF5, SET_PIN_BYTES = 3, SETTINGS_MAX = 10;

uint8_t Plan::stepPin(uint8_t axis) const {
  return AXIS_PINS[2 * axis];
}

uint8_t Plan::directionPin(uint8_t axis) const {
  return AXIS_PINS[2 * axis + 1];
}

/** Fills records in order. */
class RecordWriter {
 public:
  RecordWriter(uint8_t* records, uint8_t total) : record_(records), total_(total) {
    memset(records, 0, static_cast<uint16_t>(total * Plan::RECORD_SIZE));
  }
  void add(bool isOutput, uint8_t kind, uint8_t pin, uint8_t flags, uint16_t value, uint16_t permit = 0) {
    record_[0] = index_++;
    record_[1] = total_;
    record_[2] = isOutput ? 1 : 0;
    record_[3] = kind;
    record_[4] = pin;
    record_[5] = flags;
    memcpy(record_ + 6, &value, 2);
    memcpy(record_ + 8, &permit, 2);
    record_ += Plan::RECORD_SIZE;
  }

 private:
  uint8_t* record_;
  uint8_t total_;
  uint8_t index_ = 0;
};

uint8_t Plan::makeRecords(Draw& draw, uint8_t* records) {
  const uint8_t inputs = static_cast<uint8_t>(2 + draw(INPUTS_MAX - 1));
  digitals_ = static_cast<uint8_t>(1 + draw(DIGITAL_MAX));
  servos_ = static_cast<uint8_t>(1 + draw(SERVOS_MAX_HERE));
  axes_ = static_cast<uint8_t>(draw(AXES_MAX + 1));
  forwardHigh_ = static_cast<uint8_t>(draw(1u << AXES_MAX));
  const uint8_t total = static_cast<uint8_t>(inputs + digitals_ + servos_ + 2 * axes_);
  RecordWriter writer(records, total);
  for (uint8_t i = 0; i < inputs - 1; i += 1) writer.add(false, 0, INPUT_PINS[i], 0, 0);
  writer.add(false, 1, FIRST_ANALOG_PIN, 0, 0, COUNTS_MAX);
  for (uint8_t i = 0; i < digitals_; i += 1) writer.add(true, 0, DIGITAL_PINS[i], 1, static_cast<uint16_t>(draw(2)));
  for (uint8_t i = 0; i < servos_; i += 1) {
    writer.add(true, 1, SERVO_PINS[i], 1, static_cast<uint16_t>(draw(2) == 0 ? 0 : 500 + draw(2001)));
  }
  for (uint8_t i = 0; i < axes_; i += 1) {
    writer.add(true, 2, stepPin(i), 1, AXIS_STEPS_PER_S);
    writer.add(true, 3, directionPin(i), isForwardHigh(i) ? 1 : 0, AXIS_ACCELERATION);
  }
  return total;
}

void Plan::draw(Draw& draw, Kind kind, const Wish* before, const Pattern& present, const int32_t* positions, Wish& wish) const {
  wish.kind = kind;
  wish.streamSeq = present.streamSeq;
  if (before != nullptr && before->kind == Kind::Stream) wish.streamSeq = static_cast<uint8_t>(wish.streamSeq + 1);
  // Arming moves nothing: a command behind a stop names the positions.
  const bool arms = !present.isArmed || (before != nullptr && before->kind == Kind::Stop);
  const int32_t* from = before != nullptr && before->kind == Kind::Process ? before->targets : positions;
  for (uint8_t i = 0; i < AXES_MAX; i += 1) {
    wish.targets[i] = arms || i >= axes_ ? positions[i] : from[i] + static_cast<int32_t>(draw(2 * REACH + 1)) - REACH;
  }
  wish.levels.clear();
  wish.levels.set(STREAM_PIN, draw(2) == 1);
  for (uint8_t i = 0; i < digitals_; i += 1) wish.levels.set(DIGITAL_PINS[i], draw(2) == 1);
  for (uint8_t i = 0; i < servos_; i += 1) wish.pulses[SERVO_PINS[i]] = static_cast<uint16_t>(500 + draw(2001));
}

/** Levels by chance on the one pin, up to as many as a frame takes, and the one that is wished last. */
static uint8_t writeStream(const Wish& wish, Draw& draw, uint8_t* out) {
  out[0] = wish.streamSeq;
  const uint8_t count = static_cast<uint8_t>(1 + draw(SETTINGS_MAX));
  for (uint8_t i = 0; i < count; i += 1) {
    uint8_t* message = out + 1 + i * SET_PIN_BYTES;
    message[0] = SET_PIN;
    message[1] = Plan::STREAM_PIN;
    message[2] = i + 1 < count ? static_cast<uint8_t>(draw(2)) : wish.levels.has(Plan::STREAM_PIN) ? 1 : 0;
  }
  return static_cast<uint8_t>(1 + count * SET_PIN_BYTES);
}

uint8_t Plan::write(const Wish& wish, Draw& draw, uint8_t* out) const {
  if (wish.kind == Kind::Stop) return 0;
  if (wish.kind == Kind::Stream) return writeStream(wish, draw, out);
  out[0] = 0;
  for (uint8_t i = 0; i < digitals_; i += 1) {
    if (wish.levels.has(DIGITAL_PINS[i])) out[0] = static_cast<uint8_t>(out[0] | 1u << i);
  }
  uint8_t* at = out + 1;
  for (uint8_t i = 0; i < servos_; i += 1, at += 2) memcpy(at, wish.pulses + SERVO_PINS[i], 2);
  for (uint8_t i = 0; i < axes_; i += 1, at += 4) memcpy(at, wish.targets + i, 4);
  return static_cast<uint8_t>(at - out);
}

void Plan::apply(const Wish& wish, const Pattern& safe, const int32_t* positions, Pattern& pattern) const {
  if (wish.kind == Kind::Stream) {
    pattern.latches.set(STREAM_PIN, wish.levels.has(STREAM_PIN));
    pattern.streamSeq = static_cast<uint8_t>(wish.streamSeq + 1);
    return;
  }
  const bool arms = wish.kind == Kind::Process;
  const PinSet& levels = arms ? wish.levels : safe.latches;
  const uint16_t* pulses = arms ? wish.pulses : safe.pulses;
  for (uint8_t i = 0; i < digitals_; i += 1) pattern.latches.set(DIGITAL_PINS[i], levels.has(DIGITAL_PINS[i]));
  for (uint8_t i = 0; i < servos_; i += 1) pattern.pulses[SERVO_PINS[i]] = pulses[SERVO_PINS[i]];
  memcpy(pattern.targets, arms ? wish.targets : positions, sizeof pattern.targets);
  pattern.isArmed = arms;
}

}  // namespace celda
