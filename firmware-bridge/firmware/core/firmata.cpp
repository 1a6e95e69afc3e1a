// Takes the bytes of the stream apart into Firmata messages, and sees to each.
#include "firmata.hpp"

#include "firmata-messages.hpp"
#include "firmata-modes.hpp"
#include "flash.hpp"

namespace celda {

constexpr uint16_t SAMPLING_MS_DEFAULT = 19;
constexpr uint16_t SAMPLING_MS_MIN = 10;

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

void Firmata::complain(const char* reason, uint8_t pin) {
  static const char PIN[] CELDA_FLASH = "pin ";
  out_.complain(PIN, pin, reason);
}

void Firmata::complainOfMessage(const char* reason) {
  static const char MESSAGE[] CELDA_FLASH = "message ";
  out_.complain(MESSAGE, data_[0], reason);
}

}  // namespace celda
