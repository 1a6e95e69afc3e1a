#include "firmata.hpp"

#include "config.hpp"
#include "flash.hpp"
#include "version.hpp"

namespace celda {

// Firmata protocol 2.6, github.com/firmata/protocol.
constexpr uint8_t DIGITAL_MESSAGE = 0x90, REPORT_ANALOG = 0xC0, REPORT_DIGITAL = 0xD0, ANALOG_MESSAGE = 0xE0;
constexpr uint8_t START_SYSEX = 0xF0, SET_PIN_MODE = 0xF4, SET_DIGITAL_PIN = 0xF5, END_SYSEX = 0xF7;
constexpr uint8_t REPORT_VERSION = 0xF9, SYSTEM_RESET = 0xFF;
constexpr uint8_t ANALOG_MAPPING_QUERY = 0x69, ANALOG_MAPPING_RESPONSE = 0x6A;
constexpr uint8_t CAPABILITY_QUERY = 0x6B, CAPABILITY_RESPONSE = 0x6C;
constexpr uint8_t PIN_STATE_QUERY = 0x6D, PIN_STATE_RESPONSE = 0x6E, EXTENDED_ANALOG = 0x6F;
constexpr uint8_t SERVO_CONFIG = 0x70, STRING_DATA = 0x71, REPORT_FIRMWARE = 0x79, SAMPLING_INTERVAL = 0x7A;
constexpr uint8_t MODE_INPUT = 0, MODE_OUTPUT = 1, MODE_ANALOG = 2, MODE_PWM = 3, MODE_SERVO = 4, MODE_PULLUP = 0x0B;
constexpr uint8_t MODE_IGNORE = 0x7F;

/** Room that the longest immediate answer takes: a complaint, or reports of all ports and channels at once. */
constexpr uint8_t COMPLAINT_BYTES = 72, REPORT_BYTES = 3 * (PORTS + ANALOG_CHANNELS);
constexpr uint8_t ANSWER_ROOM = COMPLAINT_BYTES > REPORT_BYTES ? COMPLAINT_BYTES : REPORT_BYTES;
constexpr uint8_t PIN_ROOM = 16;
constexpr uint16_t SAMPLING_MS_DEFAULT = 19;
constexpr uint16_t SAMPLING_MS_MIN = 10;
// Widths of the Arduino Servo library, which hosts expect when they configure nothing.
constexpr uint16_t SERVO_US_MIN = 544, SERVO_US_MAX = 2400;

void Firmata::boot(Pins* pins) {
  pins_ = pins;
  claimed_.clear();
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) modes_[pin] = MODE_IGNORE;
  reset();
}

void Firmata::reset() {
  release();
  out_.clear();
  answer_ = Answer::None;
}

void Firmata::release() {
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if (modes_[pin] == MODE_ANALOG) pins_->useAnalog(pin, false);
    if (modes_[pin] != MODE_IGNORE) pins_->setMode(pin, PinMode::HighImpedance);
    modes_[pin] = MODE_IGNORE;
    pulseMinUs_[pin] = SERVO_US_MIN;
    pulseMaxUs_[pin] = SERVO_US_MAX;
  }
  const hal::TickLock lock;
  reported_.clear();
  reportMask_.clear();
  inputs_.clear();
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
  return answer_ == Answer::None && out_.free() >= ANSWER_ROOM;
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
    if (command_ == START_SYSEX && used_ > 0 && used_ <= SYSEX_MAX) sysex();
    command_ = 0;
    return;
  }
  if (byte >= 0x80) {
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
    default:
      return;
  }
}

bool Firmata::isUsable(uint8_t pin) {
  if (pin < PIN_COUNT && !claimed_.has(pin) && hal::pinCapabilities(pin) != 0) return true;
  complain(pin < PIN_COUNT && claimed_.has(pin) ? Complaint::Claimed : Complaint::Incapable, pin);
  return false;
}

bool Firmata::attachServo(uint8_t pin) {
  if (pins_->mode(pin) != PinMode::Servo && pins_->servos() >= SERVOS_MAX) {
    complain(Complaint::ServosUsedUp, pin);
    return false;
  }
  pins_->setMode(pin, PinMode::Servo);
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
  if (rule == nullptr) return complain(Complaint::Incapable, pin);
  if (modes_[pin] == mode) return;
  if (mode == MODE_SERVO) {
    if (!attachServo(pin)) return;
  } else {
    pins_->setMode(pin, static_cast<PinMode>(flashU8(&rule->pinMode)));
  }
  if (pin >= FIRST_ANALOG_PIN) pins_->useAnalog(pin, mode == MODE_ANALOG);
  modes_[pin] = mode;
  const bool isInput = mode == MODE_INPUT || mode == MODE_PULLUP;
  const hal::TickLock lock;
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
      if (level) complain(Complaint::Claimed, pin);
    } else if (modes_[pin] == MODE_OUTPUT) {
      pins_->write(pin, level);
    }
  }
}

void Firmata::writeAnalog(uint8_t pin, uint16_t value) {
  if (!isUsable(pin)) return;
  if (modes_[pin] == MODE_PWM) return pins_->duty(pin, static_cast<uint8_t>(value > 255 ? 255 : value));
  if (modes_[pin] != MODE_SERVO) return;
  const uint16_t low = pulseMinUs_[pin];
  const uint16_t high = pulseMaxUs_[pin];
  if (value < SERVO_US_MIN) {
    // Below the shortest pulse the value is an angle, as in the Arduino Servo library.
    const uint16_t degrees = value > 180 ? 180 : value;
    value = static_cast<uint16_t>(low + static_cast<uint32_t>(high - low) * degrees / 180);
  }
  pins_->pulse(pin, value < low ? low : value > high ? high : value);
}

void Firmata::configureServo() {
  const uint8_t pin = data_[1];
  if (!isUsable(pin)) return;
  uint16_t low = static_cast<uint16_t>(data_[2] | data_[3] << 7);
  uint16_t high = static_cast<uint16_t>(data_[4] | data_[5] << 7);
  if (low < PULSE_US_MIN) low = PULSE_US_MIN;
  if (high > PULSE_US_MAX) high = PULSE_US_MAX;
  if (low > high) return complain(Complaint::Incapable, pin);
  setPinMode(pin, MODE_SERVO);
  pulseMinUs_[pin] = low;
  pulseMaxUs_[pin] = high;
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

void Firmata::send14(uint16_t value) {
  out_.push(value & 0x7F);
  out_.push(value >> 7 & 0x7F);
}

void Firmata::answerFirmware() {
  static const char NAME[] CELDA_FLASH = "Celda";
  out_.push(START_SYSEX);
  out_.push(REPORT_FIRMWARE);
  out_.push(FIRMWARE_MAJOR);
  out_.push(FIRMWARE_MINOR);
  for (uint8_t i = 0; i < sizeof NAME - 1; i += 1) send14(flashU8(&NAME[i]));
  out_.push(END_SYSEX);
}

void Firmata::answerPinState(uint8_t pin) {
  if (pin >= PIN_COUNT) return;
  uint16_t value = 0;
  if (modes_[pin] == MODE_OUTPUT) value = pins_->level(pin) ? 1 : 0;
  if (modes_[pin] == MODE_PULLUP) value = 1;
  if (modes_[pin] == MODE_PWM) value = pins_->duty(pin);
  if (modes_[pin] == MODE_SERVO) value = pins_->pulseUs(pin);
  out_.push(START_SYSEX);
  out_.push(PIN_STATE_RESPONSE);
  out_.push(pin);
  out_.push(claimed_.has(pin) ? MODE_IGNORE : modes_[pin]);
  send14(value);
  out_.push(END_SYSEX);
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
      out_.push(START_SYSEX);
      out_.push(mapping ? ANALOG_MAPPING_RESPONSE : CAPABILITY_RESPONSE);
    }
    const uint8_t pin = answerPin_++;
    if (!mapping) sendCapabilities(pin);
    else out_.push(pin >= FIRST_ANALOG_PIN ? static_cast<uint8_t>(pin - FIRST_ANALOG_PIN) : 0x7F);
    if (answerPin_ < PIN_COUNT) continue;
    out_.push(END_SYSEX);
    answer_ = Answer::None;
  }
}

void Firmata::sendPort(uint8_t port, uint8_t levels) {
  levels &= inputs_[port];
  reported_[port] = levels;
  out_.push(static_cast<uint8_t>(DIGITAL_MESSAGE | port));
  send14(levels);
}

void Firmata::sendChangedPorts(const PinSet& levels) {
  for (uint8_t port = 0; port < PORTS; port += 1) {
    if (((levels[port] ^ reported_[port]) & reportMask_[port]) != 0) sendPort(port, levels[port]);
  }
}

void Firmata::sendDueAnalog() {
  if (sinceSampleMs_ < samplingMs_) return;
  sinceSampleMs_ = 0;
  for (uint8_t channel = 0; channel < ANALOG_CHANNELS; channel += 1) {
    if ((analogs_ >> channel & 1) == 0) continue;
    out_.push(static_cast<uint8_t>(ANALOG_MESSAGE | channel));
    send14(hal::analogRead(channel));
  }
}

bool Firmata::tick(const PinSet& levels) {
  if (sinceSampleMs_ < 0xFFFF) sinceSampleMs_ += 1;
  if (analogs_ != 0 && sinceSampleMs_ >= samplingMs_) return true;
  for (uint8_t port = 0; port < PORTS; port += 1) {
    if (((levels[port] ^ reported_[port]) & reportMask_[port]) != 0) return true;
  }
  return false;
}

void Firmata::report() {
  continueAnswer();
  // A long answer must not be cut in two by a report, and a full queue waits: what is due stays due.
  if (!isReady()) return;
  sendChangedPorts(hal::readPins());
  if (analogs_ != 0) sendDueAnalog();
}

static const char CLAIMED[] CELDA_FLASH = " belongs to the process data";
static const char INCAPABLE[] CELDA_FLASH = " cannot do this";
static const char SERVOS_USED_UP[] CELDA_FLASH = ": no servo left";

void Firmata::complain(Complaint complaint, uint8_t pin) {
  if (out_.free() < ANSWER_ROOM) return;
  const char* text = complaint == Complaint::Claimed ? CLAIMED : complaint == Complaint::Incapable ? INCAPABLE : SERVOS_USED_UP;
  static const char PIN[] CELDA_FLASH = "pin ";
  out_.push(START_SYSEX);
  out_.push(STRING_DATA);
  for (uint8_t i = 0; i < sizeof PIN - 1; i += 1) send14(flashU8(&PIN[i]));
  if (pin >= 10) send14(static_cast<uint16_t>('0' + pin / 10 % 10));
  send14(static_cast<uint16_t>('0' + pin % 10));
  for (uint8_t character; (character = flashU8(text)) != 0; text += 1) send14(character);
  out_.push(END_SYSEX);
}

}  // namespace celda
