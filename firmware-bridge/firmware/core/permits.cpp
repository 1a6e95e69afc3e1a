#include "permits.hpp"

namespace celda {

/** A tick that is early by its own jitter must not cost another millisecond. */
constexpr uint32_t HALF_TICK_US = 500;

void Permits::boot() {
  pins_.clear();
  closed_.clear();
  arm();
}

void Permits::arm() {
  opened_.clear();
  due_ = NONE;
  hasNew_ = false;
}

/** `pins` gets those of all inputs that outputs name, `closed` those of them that are closed when high. */
static void namedPins(const Config& config, PinSet& pins, PinSet& closed) {
  uint32_t named = 0;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if (config[i].isOutput()) named |= config[i].permit;
  }
  pins.clear();
  closed.clear();
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if ((named & 1) != 0) {
      pins.set(config[i].pin, true);
      closed.set(config[i].pin, config[i].closedLevel());
    }
    named >>= 1;
  }
}

void Permits::apply(const Config& config) {
  namedPins(config, pins_, closed_);
  arm();
}

bool Permits::isIntact(const Config& config) const {
  PinSet pins;
  PinSet closed;
  namedPins(config, pins, closed);
  return pins == pins_ && closed == closed_;
}

uint8_t Permits::firstOpen(const Config& config, const PinSet& levels) const {
  for (uint8_t i = 0; i < config.count(); i += 1) {
    const uint8_t pin = config[i].pin;
    if (pins_.has(pin) && levels.has(pin) != closed_.has(pin)) return i;
  }
  return NONE;
}

void Permits::start(const Config& config, const PinSet& opened, uint32_t nowUs) {
  for (uint8_t i = 0; i < config.count() && !config[i].isOutput(); i += 1) {
    if (!opened.has(config[i].pin)) continue;
    const uint32_t dueUs = nowUs + config[i].permitDelayMs() * 1000ul;
    if (due_ != NONE && static_cast<int32_t>(dueUs - dueUs_) >= 0) continue;
    due_ = i;
    dueUs_ = dueUs;
  }
}

uint8_t Permits::watch(const Config& config, const PinSet& levels, uint32_t nowUs) {
  PinSet opened;
  hasNew_ = false;
  for (uint8_t at = 0; at < PinSet::BYTES; at += 1) {
    opened[at] = static_cast<uint8_t>(openPins(levels, at) & ~opened_[at]);
    opened_[at] |= opened[at];
    if (opened[at] != 0) hasNew_ = true;
  }
  if (hasNew_) start(config, opened, nowUs);
  if (due_ == NONE || static_cast<int32_t>(nowUs + HALF_TICK_US - dueUs_) < 0) return NONE;
  return due_;
}

}  // namespace celda
