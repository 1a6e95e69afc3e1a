#include "process.hpp"

namespace celda {

/** One in so many analog inputs is looked at in a tick, once the converter has been round all channels. */
constexpr uint8_t RANGE_TICKS = 4;
/** Of an analog input in an image: it was out of range. */
constexpr uint16_t OUT_OF_RANGE = 0x8000;

void Process::boot(Pins* pins, uint16_t bootCount) {
  pins_ = pins;
  axes_.boot(pins, bootCount);
  config_.clear();
  claimed_.clear();
  safeLevels_.clear();
  counts_ = {0, 0, 0, 0};
  sampled_ = false;
  allowed_ = false;
  safes_ = 0;
}

Process::Counts Process::countOf(const Config& config) {
  Counts counts = {0, 0, 0, 0};
  for (uint8_t i = 0; i < config.count(); i += 1) {
    const Record& record = config[i];
    if (!record.isOutput()) counts.inputs += 1;
    else if (record.isDigital()) counts.digitalOutputs += 1;
    else if (record.isServo()) counts.servos += 1;
    else if (record.isAxis()) counts.axes += 1;
  }
  return counts;
}

hal::LevelSet Process::safeLevelsOf(const Config& config) {
  hal::LevelSet levels;
  levels.clear();
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if (config[i].isOutput() && config[i].isDigital()) levels.add(config[i].pin, config[i].value != 0);
  }
  return levels;
}

bool Process::isIntact() const {
  const Counts counts = countOf(config_);
  return counts.inputs == counts_.inputs && counts.digitalOutputs == counts_.digitalOutputs && counts.servos == counts_.servos &&
         counts.axes == counts_.axes && config_.pins() == claimed_ && safeLevelsOf(config_) == safeLevels_;
}

void Process::release() {
  safeLevels_.clear();
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) pins_->setMode(pin, PinMode::HighImpedance);
}

void Process::apply(const Config& config) {
  const hal::TickLock lock;
  // The step interrupt goes on meanwhile: no pulse may meet a direction that is set anew.
  axes_.cut();
  const PinSet claimed = config.pins();
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if (!claimed_.has(pin) || claimed.has(pin)) continue;
    if (pin >= FIRST_ANALOG_PIN) pins_->useAnalog(pin, false);
    pins_->setMode(pin, PinMode::HighImpedance);
  }
  config_ = config;
  claimed_ = claimed;
  counts_ = countOf(config_);
  safeLevels_ = safeLevelsOf(config_);
  for (uint8_t i = 0; i < config_.count(); i += 1) {
    const Record& record = config_[i];
    if (record.pin >= FIRST_ANALOG_PIN) pins_->useAnalog(record.pin, !record.isOutput() && !record.isDigital());
    // Let go first: no end of a servo pulse may come between a level and the mode that it is for.
    if (pins_->mode(record.pin) != record.pinMode()) pins_->setMode(record.pin, PinMode::HighImpedance);
    if (record.isDirection()) pins_->write(record.pin, record.isForwardHigh());
    else if (record.pinMode() == PinMode::Output) pins_->write(record.pin, record.isDigital() && record.value != 0);
    pins_->setMode(record.pin, record.pinMode());
  }
  axes_.apply(config_);
  driveSafe();
  reported_.clear();
  unsentOpenings_.clear();
  strayed_.clear();
  rangeTick_ = 0;
  sampled_ = false;
}

bool Process::sampleInput(uint8_t slot, bool level) {
  if (reported_.has(slot) == level) {
    changingMs_[slot] = 0;
    return false;
  }
  const Record& record = config_[slot];
  const bool closes = level == record.closedLevel();
  // An opening must have been in a frame before the closing after it may be: a short opening is never lost.
  if (closes && unsentOpenings_.has(slot)) return false;
  if (changingMs_[slot] < (closes ? record.value : record.openFilterMs())) {
    changingMs_[slot] += 1;
    return false;
  }
  if (!closes) unsentOpenings_.set(slot, true);
  changingMs_[slot] = 0;
  reported_.set(slot, level);
  return record.reportsEdge();
}

void Process::checkRange(uint8_t slot) {
  if (rangeTick_ < RANGE_TICKS || (slot ^ rangeTick_) % RANGE_TICKS != 0) return;
  if (!config_[slot].isInRange(countsOf(slot))) strayed_.set(slot, true);
}

uint16_t Process::countsOf(uint8_t slot) const {
  return hal::analogRead(static_cast<uint8_t>(config_[slot].pin - FIRST_ANALOG_PIN));
}

bool Process::sampleInputs(const PinSet& levels) {
  bool edge = false;
  rangeTick_ = static_cast<uint8_t>(rangeTick_ + 1 < 2 * RANGE_TICKS ? rangeTick_ + 1 : RANGE_TICKS);
  for (uint8_t slot = 0; slot < inputs(); slot += 1) {
    const Record& record = config_[slot];
    if (!record.isDigital()) {
      checkRange(slot);
      continue;
    }
    const bool level = levels.has(record.pin);
    if (sampled_) {
      // Most are as they were: not worth a call.
      if (reported_.has(slot) != level || changingMs_[slot] != 0) edge |= sampleInput(slot, level);
      continue;
    }
    changingMs_[slot] = 0;
    reported_.set(slot, level);
  }
  sampled_ = true;
  return edge;
}

bool Process::sampleOpenings(const PinSet& levels) {
  bool edge = false;
  for (uint8_t slot = 0; sampled_ && slot < inputs(); slot += 1) {
    const Record& record = config_[slot];
    const bool level = levels.has(record.pin);
    if (record.isDigital() && record.openFilterMs() == 0 && level != record.closedLevel()) edge |= sampleInput(slot, level);
  }
  return edge;
}

void Process::driveSafe() {
  allowed_ = false;
  safes_ = static_cast<uint8_t>(safes_ + 1);
  safeLevels_.drive();
  axes_.cut();
  // Servos later: a pulse that has begun is finished, so one of them knows of it up to 20 ms after this anyway.
  for (uint8_t i = counts_.inputs; i < config_.count(); i += 1) {
    const Record& record = config_[i];
    if (!record.isServo() || record.value == HOLD || pins_->mode(record.pin) == PinMode::HighImpedance) continue;
    pins_->pulse(record.pin, record.value);
  }
}

uint8_t Process::imageLength() const {
  return static_cast<uint8_t>((counts_.digitalOutputs + 7) / 8 + 2 * counts_.servos + 4 * counts_.axes);
}

bool Process::accepts(const uint8_t* image, bool arms) const {
  image += (counts_.digitalOutputs + 7) / 8;
  uint8_t axis = 0;
  for (uint8_t i = counts_.inputs; i < config_.count(); i += 1) {
    const Record& record = config_[i];
    if (record.isServo()) {
      if (!isPulse(getU16(image))) return false;
      image += 2;
    } else if (record.isAxis()) {
      const int32_t target = static_cast<int32_t>(getU32(image));
      if (target > POSITION_MAX || target < -POSITION_MAX) return false;
      if (arms && target != axes_.position(axis)) return false;
      image += 4;
      axis += 1;
    }
  }
  return true;
}

void Process::drive(const uint8_t* image) {
  const uint8_t* at = image + (counts_.digitalOutputs + 7) / 8;
  uint8_t bit = 0;
  uint8_t axis = 0;
  {
    const hal::TickLock lock;
    if (!allowed_) return;
    axes_.beginCommand();
  }
  for (uint8_t i = counts_.inputs; i < config_.count(); i += 1) {
    const Record& record = config_[i];
    const hal::TickLock lock;
    if (!allowed_) return;
    if (record.isDigital()) {
      pins_->writeLocked(record.pin, (image[bit / 8] >> (bit % 8) & 1) != 0);
      bit += 1;
    } else if (record.isServo()) {
      pins_->pulse(record.pin, getU16(at));
      at += 2;
    } else if (record.isAxis()) {
      axes_.setTarget(axis, static_cast<int32_t>(getU32(at)));
      at += 4;
      axis += 1;
    }
  }
}

/** Packs bits in the order of the slots, padded to whole bytes. */
class BitWriter {
 public:
  explicit BitWriter(Writer& out) : out_(out) {}
  void add(bool bit) {
    if (bit) byte_ = static_cast<uint8_t>(byte_ | 1u << used_);
    used_ += 1;
    if (used_ == 8) flush();
  }
  void flush() {
    if (used_ == 0) return;
    out_.u8(byte_);
    byte_ = 0;
    used_ = 0;
  }

 private:
  Writer& out_;
  uint8_t byte_ = 0;
  uint8_t used_ = 0;
};

void Process::writeInputs(Writer& out) {
  InputSet reported;
  InputSet strayed;
  {
    const hal::TickLock lock;
    reported = reported_;
    strayed = strayed_;
    unsentOpenings_.clear();
    strayed_.clear();
  }
  BitWriter bits(out);
  for (uint8_t i = 0; i < counts_.inputs; i += 1) {
    if (config_[i].isDigital()) bits.add(reported.has(i));
  }
  bits.flush();
  for (uint8_t i = 0; i < counts_.inputs; i += 1) {
    if (config_[i].isDigital()) continue;
    const uint16_t counts = countsOf(i);
    const bool isGood = !strayed.has(i) && config_[i].isInRange(counts);
    out.u16(isGood ? counts : static_cast<uint16_t>(counts | OUT_OF_RANGE));
  }
}

uint16_t Process::readBackPulse(uint8_t pin) const {
  return pins_->readBackUs(pin);
}

void Process::writeReadBack(Writer& out) const {
  BitWriter bits(out);
  // Not what was written to the pin but what is there: a short circuit or a driver that has failed holds it.
  for (uint8_t i = counts_.inputs; i < config_.count(); i += 1) {
    if (config_[i].isDigital()) bits.add(pins_->level(config_[i].pin));
  }
  bits.flush();
  uint8_t axis = 0;
  for (uint8_t i = counts_.inputs; i < config_.count(); i += 1) {
    if (config_[i].isServo()) {
      out.u16(readBackPulse(config_[i].pin));
    } else if (config_[i].isAxis()) {
      out.u32(static_cast<uint32_t>(axes_.position(axis)));
      out.u16(axes_.status(axis));
      axis += 1;
    }
  }
}

void Process::writeImages(Writer& out) {
  writeInputs(out);
  // A trip in the tick must not split the read-back into half before and half after.
  for (;;) {
    Writer end = out;
    const uint8_t before = safes_;
    writeReadBack(end);
    if (safes_ != before) continue;
    out = end;
    return;
  }
}

}  // namespace celda
