// What the messages of Firmata do to pins: modes, levels, duties, pulses; and which modes a pin has.
#include "config.hpp"
#include "firmata-messages.hpp"
#include "firmata-modes.hpp"
#include "firmata.hpp"
#include "flash.hpp"

namespace celda {

// Widths of the Arduino Servo library, which hosts expect when they configure nothing.
constexpr uint16_t SERVO_US_MIN = 544, SERVO_US_MAX = 2400;

static const char CLAIMED[] CELDA_FLASH = " belongs to the process data";
static const char INCAPABLE[] CELDA_FLASH = " cannot do this";
static const char SERVOS_USED_UP[] CELDA_FLASH = ": no servo left";
static const char TIMER_TAKEN[] CELDA_FLASH = ": its timer is in use";

bool Firmata::isUsable(uint8_t pin) {
  if (pin < PIN_COUNT && !claimed_.has(pin) && hal::pinCapabilities(pin) != 0) return true;
  complain(pin < PIN_COUNT && claimed_.has(pin) ? CLAIMED : INCAPABLE, pin);
  return false;
}

/** One timer makes all tones, and either a tone or what is dimmed. */
bool Firmata::isTimerFree(uint8_t pin, uint8_t mode) const {
  if ((hal::pinCapabilities(pin) & CAN_TONE) == 0) return true;
  for (uint8_t other = 0; other < PIN_COUNT; other += 1) {
    if (other == pin || (hal::pinCapabilities(other) & CAN_TONE) == 0) continue;
    if (modes_[other] == MODE_TONE || (mode == MODE_TONE && modes_[other] == MODE_PWM)) return false;
  }
  return true;
}

struct ModeRule {
  uint8_t mode;
  uint8_t capability;
  uint8_t pinMode;
  uint8_t resolution;
};

static const ModeRule MODE_RULES[] CELDA_FLASH = {
    {MODE_INPUT, CAN_DIGITAL_IN, static_cast<uint8_t>(PinMode::Input), 1},
    {MODE_OUTPUT, CAN_DIGITAL_OUT, static_cast<uint8_t>(PinMode::Output), 1},
    {MODE_PULLUP, CAN_DIGITAL_IN, static_cast<uint8_t>(PinMode::InputPullUp), 1},
    {MODE_ANALOG, CAN_ANALOG, static_cast<uint8_t>(PinMode::HighImpedance), 10},
    {MODE_PWM, CAN_PWM, static_cast<uint8_t>(PinMode::Pwm), 8},
    {MODE_SERVO, CAN_SERVO, static_cast<uint8_t>(PinMode::Servo), 14},
    {MODE_I2C, CAN_I2C, static_cast<uint8_t>(PinMode::InputPullUp), 1},
    {MODE_ONEWIRE, CAN_DIGITAL_IN, static_cast<uint8_t>(PinMode::Input), 1},
    {MODE_TONE, CAN_TONE, static_cast<uint8_t>(PinMode::Tone), 14},
};
constexpr uint8_t MODE_RULE_COUNT = sizeof MODE_RULES / sizeof MODE_RULES[0];

static const ModeRule* ruleOf(uint8_t mode, uint8_t pin) {
  for (uint8_t i = 0; i < MODE_RULE_COUNT; i += 1) {
    const ModeRule* rule = &MODE_RULES[i];
    if (flashU8(&rule->mode) != mode) continue;
    return (hal::pinCapabilities(pin) & flashU8(&rule->capability)) != 0 ? rule : nullptr;
  }
  return nullptr;
}

void Firmata::setPinMode(uint8_t pin, uint8_t mode) {
  if (!isUsable(pin)) return;
  const ModeRule* rule = ruleOf(mode, pin);
  if (rule == nullptr) return complain(INCAPABLE, pin);
  if (modes_[pin] == mode) return;
  const bool isServo = pins_->mode(pin) == PinMode::Servo;
  if (mode == MODE_SERVO && !isServo && pins_->servos() >= SERVOS_MAX) return complain(SERVOS_USED_UP, pin);
  const bool needsTimer = mode == MODE_PWM || mode == MODE_TONE;
  if (needsTimer && !isTimerFree(pin, mode)) return complain(TIMER_TAKEN, pin);
  if (modes_[pin] == MODE_I2C) i2c_.end();
  const hal::TickLock lock;
  if (modes_[pin] == MODE_TONE) toneLeftMs_ = 0;
  // A powered line is driven, though its mode is that of an input.
  if (modes_[pin] == MODE_ONEWIRE) pins_->setMode(pin, PinMode::HighImpedance);
  pins_->setMode(pin, static_cast<PinMode>(flashU8(&rule->pinMode)));
  if (pin >= FIRST_ANALOG_PIN) pins_->useAnalog(pin, mode == MODE_ANALOG);
  modes_[pin] = mode;
  const bool isInput = mode == MODE_INPUT || mode == MODE_PULLUP;
  inputs_.set(pin, isInput);
  reportMask_.set(pin, isInput && ports_.has(pin / 8));
}

void Firmata::setDigital(uint8_t pin, bool level) {
  if (isUsable(pin) && modes_[pin] == MODE_OUTPUT) pins_->write(pin, level);
}

void Firmata::writePort(uint8_t port, uint8_t levels) {
  for (uint8_t bit = 0; bit < 8; bit += 1) {
    const uint8_t pin = static_cast<uint8_t>(port * 8 + bit);
    const bool level = (levels >> bit & 1) != 0;
    if (pin >= PIN_COUNT) return;
    if (claimed_.has(pin)) {
      // A port always names eight pins; only a set bit shows that somebody wants to drive this one.
      if (level) complain(CLAIMED, pin);
    } else if (modes_[pin] == MODE_OUTPUT) {
      pins_->write(pin, level);
    }
  }
}

void Firmata::writeAnalog(uint8_t pin, uint16_t value) {
  if (!isUsable(pin)) return;
  if (modes_[pin] == MODE_PWM) return pins_->duty(pin, static_cast<uint8_t>(value > 255 ? 255 : value));
  if (modes_[pin] != MODE_SERVO) return;
  const PulseRange* const range = rangeOf(pin, false);
  const uint16_t low = range == nullptr ? SERVO_US_MIN : range->lowUs;
  const uint16_t high = range == nullptr ? SERVO_US_MAX : range->highUs;
  if (value < SERVO_US_MIN) {
    // Below the shortest pulse the value is an angle, as in the Arduino Servo library.
    const uint16_t degrees = value > 180 ? 180 : value;
    value = static_cast<uint16_t>(low + static_cast<uint32_t>(high - low) * degrees / 180);
  }
  pins_->pulse(pin, value < low ? low : value > high ? high : value);
}

/** @param orFree whether one that nobody uses will do */
PulseRange* Firmata::rangeOf(uint8_t pin, bool orFree) {
  for (PulseRange& range : ranges_) {
    if (range.pin == pin) return &range;
  }
  for (PulseRange& range : ranges_) {
    if (orFree && (range.pin == 0 || modes_[range.pin] != MODE_SERVO)) return &range;
  }
  return nullptr;
}

void Firmata::configureServo() {
  const uint8_t pin = data_[1];
  if (!isUsable(pin)) return;
  uint16_t low = static_cast<uint16_t>(data_[2] | data_[3] << 7);
  uint16_t high = static_cast<uint16_t>(data_[4] | data_[5] << 7);
  if (low < PULSE_US_MIN) low = PULSE_US_MIN;
  if (high > PULSE_US_MAX) high = PULSE_US_MAX;
  if (low > high) return complain(INCAPABLE, pin);
  PulseRange* const range = rangeOf(pin, true);
  if (range == nullptr) return complain(SERVOS_USED_UP, pin);
  *range = {pin, low, high};
  setPinMode(pin, MODE_SERVO);
}
void Firmata::sendCapabilities(uint8_t pin) {
  const uint8_t able = claimed_.has(pin) ? 0 : hal::pinCapabilities(pin);
  for (uint8_t i = 0; i < MODE_RULE_COUNT; i += 1) {
    if ((able & flashU8(&MODE_RULES[i].capability)) == 0) continue;
    out_.push(flashU8(&MODE_RULES[i].mode));
    out_.push(flashU8(&MODE_RULES[i].resolution));
  }
  out_.push(0x7F);
}

}  // namespace celda
