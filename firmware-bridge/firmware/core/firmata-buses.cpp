// The messages of Firmata that hand a pin over to a bus or to a tone.
#include "firmata-modes.hpp"
#include "firmata.hpp"
#include "flash.hpp"

namespace celda {

constexpr uint8_t ONEWIRE_CONFIG = 0x41;
constexpr uint8_t TONE_PLAY = 0;

static const char NO_BUS[] CELDA_FLASH = " is no one-wire bus";
static const char TONE_RANGE[] CELDA_FLASH = ": 31 to 16383 Hz";

void Firmata::configureI2c() {
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if ((hal::pinCapabilities(pin) & CAN_I2C) != 0 && !isUsable(pin)) return;
  }
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if ((hal::pinCapabilities(pin) & CAN_I2C) != 0) setPinMode(pin, MODE_I2C);
  }
  const uint16_t delayUs = used_ < 3 ? 0 : static_cast<uint16_t>(data_[1] + (data_[2] << 7));
  i2c_.begin(delayUs);
}

void Firmata::configureOneWire() {
  const uint8_t pin = data_[2];
  setPinMode(pin, MODE_ONEWIRE);
  if (used_ >= 4 && modes_[pin] == MODE_ONEWIRE) oneWire_.configure(pin, data_[3] != 0);
}

void Firmata::requestOneWire() {
  const uint8_t pin = data_[2];
  if (!isUsable(pin)) return;
  if (data_[1] == ONEWIRE_CONFIG) return configureOneWire();
  if (modes_[pin] != MODE_ONEWIRE) return complain(NO_BUS, pin);
  oneWire_.request(data_ + 1, static_cast<uint8_t>(used_ - 1));
}

void Firmata::playTone() {
  const uint8_t pin = data_[2];
  if (!isUsable(pin)) return;
  uint16_t hertz = 0;
  uint16_t ms = 0;
  if (data_[1] == TONE_PLAY && used_ >= 5) {
    hertz = static_cast<uint16_t>(data_[3] | data_[4] << 7);
    if (used_ >= 7) ms = static_cast<uint16_t>(data_[5] | data_[6] << 7);
    if (hertz < hal::TONE_HZ_MIN) return complain(TONE_RANGE, pin);
    setPinMode(pin, MODE_TONE);
  }
  if (modes_[pin] != MODE_TONE) return;
  const hal::TickLock lock;
  pins_->tone(pin, hertz);
  tonePin_ = pin;
  toneLeftMs_ = ms;
}

/** Tick. */
void Firmata::countTone() {
  if (toneLeftMs_ == 0) return;
  toneLeftMs_ -= 1;
  if (toneLeftMs_ == 0) pins_->tone(tonePin_, 0);
}

}  // namespace celda
