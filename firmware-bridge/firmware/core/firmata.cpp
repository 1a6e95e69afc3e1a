#include "firmata.hpp"

#include "config.hpp"
#include "firmata-modes.hpp"
#include "flash.hpp"
#include "version.hpp"

namespace celda {

// Firmata protocol 2.6, github.com/firmata/protocol.
constexpr uint8_t DIGITAL_MESSAGE = 0x90, REPORT_ANALOG = 0xC0, REPORT_DIGITAL = 0xD0, ANALOG_MESSAGE = 0xE0;
constexpr uint8_t SET_PIN_MODE = 0xF4, SET_DIGITAL_PIN = 0xF5;
constexpr uint8_t REPORT_VERSION = 0xF9, SYSTEM_RESET = 0xFF;
constexpr uint8_t ANALOG_MAPPING_QUERY = 0x69, ANALOG_MAPPING_RESPONSE = 0x6A;
constexpr uint8_t CAPABILITY_QUERY = 0x6B, CAPABILITY_RESPONSE = 0x6C;
constexpr uint8_t PIN_STATE_QUERY = 0x6D, PIN_STATE_RESPONSE = 0x6E, EXTENDED_ANALOG = 0x6F;
constexpr uint8_t SERVO_CONFIG = 0x70, ONEWIRE_DATA = 0x73, I2C_REQUEST = 0x76, I2C_CONFIG = 0x78;
constexpr uint8_t REPORT_FIRMWARE = 0x79, SAMPLING_INTERVAL = 0x7A;
// Of FirmataExpress; the protocol itself has no tone.
constexpr uint8_t TONE_DATA = 0x5F;

/** Room for what one pin can do: seven modes, and begin and end of the message. */
constexpr uint8_t PIN_ROOM = 20;
constexpr uint16_t SAMPLING_MS_DEFAULT = 19;
constexpr uint16_t SAMPLING_MS_MIN = 10;
// Widths of the Arduino Servo library, which hosts expect when they configure nothing.
constexpr uint16_t SERVO_US_MIN = 544, SERVO_US_MAX = 2400;

static const char CLAIMED[] CELDA_FLASH = " belongs to the process data";
static const char INCAPABLE[] CELDA_FLASH = " cannot do this";
static const char SERVOS_USED_UP[] CELDA_FLASH = ": no servo left";
static const char TIMER_TAKEN[] CELDA_FLASH = ": its timer is in use";
static const char TOO_LONG[] CELDA_FLASH = " is too long";
static const char UNKNOWN[] CELDA_FLASH = " is unknown";

void Firmata::boot(Pins* pins) {
  pins_ = pins;
  claimed_.clear();
  i2c_.boot(&out_);
  oneWire_.boot(&out_);
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) modes_[pin] = MODE_IGNORE;
  reset();
}

void Firmata::reset() {
  release();
  out_.clear();
  answer_ = Answer::None;
}

void Firmata::release() {
  i2c_.end();
  oneWire_.end();
  toneLeftMs_ = 0;
  for (PulseRange& range : ranges_) range.pin = 0;
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if (modes_[pin] == MODE_ANALOG) pins_->useAnalog(pin, false);
    if (modes_[pin] != MODE_IGNORE) pins_->setMode(pin, PinMode::HighImpedance);
    modes_[pin] = MODE_IGNORE;
  }
  const hal::TickLock lock;
  reported_.clear();
  reportMask_.clear();
  inputs_.clear();
  changed_ = false;
  used_ = 0;
  command_ = 0;
  ports_.clear();
  analogs_ = 0;
  samplingMs_ = SAMPLING_MS_DEFAULT;
  sinceSampleMs_ = 0;
}

void Firmata::claim(const PinSet& pins) {
  claimed_ = pins;
}

bool Firmata::isReady() const {
  return answer_ == Answer::None && !isBusBusy() && out_.free() >= ANSWER_ROOM;
}

static uint8_t dataBytes(uint8_t command) {
  switch (command) {
    case DIGITAL_MESSAGE:
    case ANALOG_MESSAGE:
    case SET_PIN_MODE:
    case SET_DIGITAL_PIN:
      return 2;
    case REPORT_ANALOG:
    case REPORT_DIGITAL:
      return 1;
    default:
      return 0;
  }
}

static uint8_t commandOf(uint8_t byte) {
  return byte < 0xF0 ? static_cast<uint8_t>(byte & 0xF0) : byte;
}

void Firmata::accept(uint8_t byte) {
  if (byte == END_SYSEX) {
    const bool isSysex = command_ == START_SYSEX && used_ > 0;
    command_ = 0;
    if (isSysex && used_ <= SYSEX_MAX) sysex();
    else if (isSysex) complainOfMessage(TOO_LONG);
    return;
  }
  // The pause of I2C_CONFIG comes in bytes of eight bits from firmata-io, and StandardFirmata takes them.
  const bool isPause = command_ == START_SYSEX && used_ > 0 && data_[0] == I2C_CONFIG;
  if (byte >= 0x80 && !isPause) {
    command_ = byte;
    used_ = 0;
    if (byte == REPORT_VERSION || byte == SYSTEM_RESET) command();
    return;
  }
  if (command_ == 0) return;
  if (command_ == START_SYSEX) {
    // One more than fits marks the message as too long; it is then ignored as a whole.
    if (used_ < SYSEX_MAX) data_[used_] = byte;
    if (used_ <= SYSEX_MAX) used_ += 1;
    return;
  }
  data_[used_++] = byte;
  if (used_ >= dataBytes(commandOf(command_))) command();
}

void Firmata::command() {
  const uint8_t command = commandOf(command_);
  const uint8_t channel = command_ & 0x0F;
  command_ = 0;
  switch (command) {
    case DIGITAL_MESSAGE:
      return writePort(channel, static_cast<uint8_t>(data_[0] | data_[1] << 7));
    case ANALOG_MESSAGE:
      return writeAnalog(channel, static_cast<uint16_t>(data_[0] | data_[1] << 7));
    case SET_PIN_MODE:
      return setPinMode(data_[0], data_[1]);
    case SET_DIGITAL_PIN:
      return setDigital(data_[0], data_[1] != 0);
    case REPORT_ANALOG:
      return reportAnalog(channel, data_[0] != 0);
    case REPORT_DIGITAL:
      return reportPort(channel, data_[0] != 0);
    case REPORT_VERSION:
      out_.push(REPORT_VERSION);
      out_.push(2);
      out_.push(6);
      return;
    case SYSTEM_RESET:
      return release();
    default:
      return;
  }
}

void Firmata::sysex() {
  switch (data_[0]) {
    case REPORT_FIRMWARE:
      return answerFirmware();
    case CAPABILITY_QUERY:
      answer_ = Answer::Capabilities;
      answerPin_ = 0;
      return;
    case ANALOG_MAPPING_QUERY:
      answer_ = Answer::AnalogMapping;
      answerPin_ = 0;
      return;
    case PIN_STATE_QUERY:
      if (used_ >= 2) answerPinState(data_[1]);
      return;
    case EXTENDED_ANALOG: {
      uint16_t value = 0;
      for (uint8_t i = 2; i < used_ && i < 4; i += 1) value |= static_cast<uint16_t>(data_[i] << (7 * (i - 2)));
      if (used_ >= 3) writeAnalog(data_[1], value);
      return;
    }
    case SERVO_CONFIG:
      if (used_ >= 6) configureServo();
      return;
    case SAMPLING_INTERVAL:
      if (used_ < 3) return;
      samplingMs_ = static_cast<uint16_t>(data_[1] | data_[2] << 7);
      if (samplingMs_ < SAMPLING_MS_MIN) samplingMs_ = SAMPLING_MS_MIN;
      return;
    case I2C_CONFIG:
      return configureI2c();
    case I2C_REQUEST:
      return i2c_.request(data_ + 1, static_cast<uint8_t>(used_ - 1));
    case ONEWIRE_DATA:
      if (used_ >= 3) requestOneWire();
      return;
    case TONE_DATA:
      if (used_ >= 3) playTone();
      return;
    case STRING_DATA:
      return;
    default:
      return complainOfMessage(UNKNOWN);
  }
}

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

void Firmata::reportAnalog(uint8_t channel, bool on) {
  const uint8_t pin = static_cast<uint8_t>(FIRST_ANALOG_PIN + channel);
  if (!isUsable(pin)) return;
  if (on && modes_[pin] != MODE_ANALOG) setPinMode(pin, MODE_ANALOG);
  const Channels bit = static_cast<Channels>(1u << channel);
  analogs_ = static_cast<Channels>(on ? analogs_ | bit : analogs_ & ~bit);
}

void Firmata::reportPort(uint8_t port, bool on) {
  if (port >= PORTS) return;
  ports_.set(port, on);
  // A byte is written at once: the tick sees the old one or the new.
  reportMask_[port] = on ? inputs_[port] : 0;
  if (on) sendPort(port, hal::readPins()[port]);
}

void Firmata::answerFirmware() {
  static const char NAME[] CELDA_FLASH = "Celda";
  out_.begin(REPORT_FIRMWARE);
  out_.push(FIRMWARE_MAJOR);
  out_.push(FIRMWARE_MINOR);
  for (uint8_t i = 0; i < sizeof NAME - 1; i += 1) out_.push14(flashU8(&NAME[i]));
  out_.end();
}

void Firmata::answerPinState(uint8_t pin) {
  if (pin >= PIN_COUNT) return;
  uint16_t value = 0;
  if (modes_[pin] == MODE_OUTPUT) value = pins_->level(pin) ? 1 : 0;
  if (modes_[pin] == MODE_PULLUP) value = 1;
  if (modes_[pin] == MODE_PWM) value = pins_->duty(pin);
  if (modes_[pin] == MODE_SERVO) value = pins_->pulseUs(pin);
  if (modes_[pin] == MODE_TONE) value = pins_->hertz(pin);
  out_.begin(PIN_STATE_RESPONSE);
  out_.push(pin);
  out_.push(claimed_.has(pin) ? MODE_IGNORE : modes_[pin]);
  out_.push14(value);
  out_.end();
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

void Firmata::continueAnswer() {
  while (answer_ != Answer::None && out_.free() >= PIN_ROOM) {
    const bool mapping = answer_ == Answer::AnalogMapping;
    if (answerPin_ == 0) {
      out_.begin(mapping ? ANALOG_MAPPING_RESPONSE : CAPABILITY_RESPONSE);
    }
    const uint8_t pin = answerPin_++;
    if (!mapping) sendCapabilities(pin);
    else out_.push(pin >= FIRST_ANALOG_PIN ? static_cast<uint8_t>(pin - FIRST_ANALOG_PIN) : 0x7F);
    if (answerPin_ < PIN_COUNT) continue;
    out_.end();
    answer_ = Answer::None;
  }
}

void Firmata::sendPort(uint8_t port, uint8_t levels) {
  levels &= inputs_[port];
  reported_[port] = levels;
  out_.push(static_cast<uint8_t>(DIGITAL_MESSAGE | port));
  out_.push14(levels);
}

void Firmata::sendChangedPorts(const PinSet& levels) {
  for (uint8_t port = 0; port < PORTS; port += 1) {
    if (((levels[port] ^ reported_[port]) & reportMask_[port]) != 0) sendPort(port, levels[port]);
  }
}

void Firmata::sample() {
  if (sinceSampleMs_ < samplingMs_) return;
  sinceSampleMs_ = 0;
  i2c_.sample();
  for (uint8_t channel = 0; channel < ANALOG_CHANNELS; channel += 1) {
    if ((analogs_ >> channel & 1) == 0) continue;
    out_.push(static_cast<uint8_t>(ANALOG_MESSAGE | channel));
    out_.push14(hal::analogRead(channel));
  }
}

bool Firmata::tick(const PinSet& levels) {
  if (sinceSampleMs_ < 0xFFFF) sinceSampleMs_ += 1;
  oneWire_.tick();
  countTone();
  if (!ports_.isEmpty()) {
    for (uint8_t port = 0; port < PORTS; port += 1) {
      if (((levels[port] ^ reported_[port]) & reportMask_[port]) != 0) changed_ = true;
    }
  }
  if (changed_) return true;
  if ((analogs_ != 0 || i2c_.isReading()) && sinceSampleMs_ >= samplingMs_) return true;
  return isBusBusy();
}

void Firmata::report() {
  const uint32_t nowUs = hal::micros();
  i2c_.poll(nowUs);
  oneWire_.poll();
  continueAnswer();
  // A long answer must not be cut in two by a report, and a full queue waits: what is due stays due.
  if (!isReady()) return;
  if (changed_) {
    changed_ = false;
    sendChangedPorts(hal::readPins());
  }
  sample();
  // Its buffer is that of the messages, so it waits for the end of one that has begun.
  if (command_ == 0 && isReady()) i2c_.next(data_, nowUs);
}

void Firmata::complain(const char* reason, uint8_t pin) {
  static const char PIN[] CELDA_FLASH = "pin ";
  out_.complain(PIN, pin, reason);
}

void Firmata::complainOfMessage(const char* reason) {
  static const char MESSAGE[] CELDA_FLASH = "message ";
  out_.complain(MESSAGE, data_[0], reason);
}

}  // namespace celda
