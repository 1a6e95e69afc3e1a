#include "permits.hpp"

namespace celda {

/** A tick that is early by its own jitter must not cost another millisecond. */
constexpr uint32_t HALF_TICK_US = 500;

void Permits::boot() {
  named_.pins.clear();
  named_.closed.clear();
  named_.prompt.clear();
  arm();
}

void Permits::arm() {
  opened_.clear();
  due_ = NONE;
  hasNew_ = false;
}

Permits::Named Permits::namedBy(const Config& config) {
  Named result{};
  uint32_t named = 0;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if (config[i].isOutput()) named |= config[i].permit;
  }
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if ((named & 1) != 0) {
      const uint8_t pin = config[i].pin;
      result.pins.set(pin, true);
      result.closed.set(pin, config[i].closedLevel());
      result.prompt.set(pin, config[i].permitDelayMs() == 0);
    }
    named >>= 1;
  }
  return result;
}

void Permits::apply(const Config& config) {
  named_ = namedBy(config);
  arm();
}

bool Permits::isIntact(const Config& config) const {
  return namedBy(config) == named_;
}

bool Permits::isOpenAtOnce(const PinSet& levels) const {
  for (uint8_t at = 0; at < PinSet::BYTES; at += 1) {
    if ((openPins(levels, at) & named_.prompt[at]) != 0) return true;
  }
  return false;
}

uint8_t Permits::firstOpen(const Config& config, const PinSet& levels) const {
  for (uint8_t i = 0; i < config.count(); i += 1) {
    const uint8_t pin = config[i].pin;
    if (named_.pins.has(pin) && levels.has(pin) != named_.closed.has(pin)) return i;
  }
  return NONE;
}

void Permits::start(const Config& config, const PinSet& opened, uint32_t nowUs) {
  uint8_t first = NONE;
  uint16_t delayMs = 0;
  for (uint8_t i = 0; i < config.count() && !config[i].isOutput(); i += 1) {
    if (!opened.has(config[i].pin)) continue;
    if (first != NONE && config[i].permitDelayMs() >= delayMs) continue;
    first = i;
    delayMs = config[i].permitDelayMs();
    // All may open at once, and nothing is due sooner.
    if (delayMs == 0) break;
  }
  const uint32_t dueUs = nowUs + delayMs * 1000ul;
  if (first == NONE || (due_ != NONE && static_cast<int32_t>(dueUs - dueUs_) >= 0)) return;
  due_ = first;
  dueUs_ = dueUs;
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
