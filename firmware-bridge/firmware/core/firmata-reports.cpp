// What the stream tells in Firmata by itself or when it is asked: names, states of pins, levels, analog values.
#include "firmata-messages.hpp"
#include "firmata-modes.hpp"
#include "firmata.hpp"
#include "flash.hpp"
#include "version.hpp"

namespace celda {

/** Room for what one pin can do: seven modes, and begin and end of the message. */
constexpr uint8_t PIN_ROOM = 20;

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

}  // namespace celda
