#include "permits.hpp"

namespace celda {

/** A tick that is early by its own jitter must not cost another millisecond. */
constexpr uint32_t HALF_TICK_US = 500;

void Permits::boot() {
  pins_ = 0;
  closed_ = 0;
  arm();
}

void Permits::arm() {
  opened_ = 0;
  due_ = NONE;
  hasNew_ = false;
}

/** The pins of all inputs that outputs name; `closed` gets those that are closed when high. */
static uint32_t namedPins(const Config& config, uint32_t& closed) {
  uint32_t named = 0;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if (config[i].isOutput()) named |= config[i].permit;
  }
  uint32_t pins = 0;
  closed = 0;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if ((named >> i & 1) == 0) continue;
    const uint32_t bit = 1ul << config[i].pin;
    pins |= bit;
    if (config[i].closedLevel()) closed |= bit;
  }
  return pins;
}

void Permits::apply(const Config& config) {
  pins_ = namedPins(config, closed_);
  arm();
}

bool Permits::isIntact(const Config& config) const {
  uint32_t closed;
  return namedPins(config, closed) == pins_ && closed == closed_;
}

uint8_t Permits::firstOpen(const Config& config, uint32_t levels) const {
  const uint32_t open = openPins(levels);
  if (open == 0) return NONE;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if ((open >> config[i].pin & 1) != 0) return i;
  }
  return NONE;
}

void Permits::start(const Config& config, uint32_t opened, uint32_t nowUs) {
  opened_ |= opened;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if ((opened >> config[i].pin & 1) == 0) continue;
    const uint32_t dueUs = nowUs + config[i].permit * 1000ul;
    if (due_ != NONE && static_cast<int32_t>(dueUs - dueUs_) >= 0) continue;
    due_ = i;
    dueUs_ = dueUs;
  }
}

uint8_t Permits::watch(const Config& config, uint32_t levels, uint32_t nowUs) {
  const uint32_t opened = openPins(levels) & ~opened_;
  hasNew_ = opened != 0;
  if (hasNew_) start(config, opened, nowUs);
  if (due_ == NONE || static_cast<int32_t>(nowUs + HALF_TICK_US - dueUs_) < 0) return NONE;
  return due_;
}

}  // namespace celda
