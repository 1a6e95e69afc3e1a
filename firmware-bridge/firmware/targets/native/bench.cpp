#include "bench.hpp"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../pin-capabilities.hpp"
#include "listener.hpp"

namespace celda {

Bench bench;

void violated(const char* invariant) {
  fprintf(stderr, "invariant violated: %s\n", invariant);
  abort();
}

void Bench::release() {
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    modes[pin] = PinMode::HighImpedance;
    pulses[pin] = 0;
  }
  latches.clear();
  isStepping = false;
  fedUs = nowUs;
  lineBusy = false;
}

namespace hal {

static void checkPin(uint8_t pin) {
  if (capabilitiesOf(pin) == 0) violated("the hardware layer is asked for pins of the board only");
}

uint32_t micros() {
  return bench.nowUs;
}

uint8_t pinCapabilities(uint8_t pin) {
  return capabilitiesOf(pin);
}

void pinMode(uint8_t pin, PinMode mode) {
  checkPin(pin);
  bench.modes[pin] = mode;
  if (mode != PinMode::Output) bench.latches.set(pin, false);
}

void digitalWrite(uint8_t pin, bool level) {
  checkPin(pin);
  bench.latches.set(pin, level);
}

PinSet readPins() {
  PinSet levels = bench.levels;
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if (bench.modes[pin] == PinMode::Output) levels.set(pin, bench.latches.has(pin));
  }
  return levels;
}

void LevelSet::add(uint8_t pin, bool level) {
  pins_.set(pin, true);
  high_.set(pin, level);
}

void LevelSet::drive() const {
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if (pins_.has(pin)) digitalWrite(pin, high_.has(pin));
  }
}

bool readPin(uint8_t pin) {
  checkPin(pin);
  return readPins().has(pin);
}

uint16_t analogRead(uint8_t channel) {
  if (channel >= ANALOG_CHANNELS) violated("only channels of the board are read");
  return static_cast<uint16_t>((bench.levels[0] | bench.levels[1] << 8) * (channel + 1u) & 1023);
}

void analogUse(Channels) {}

void servoWrite(uint8_t pin, uint16_t pulseUs) {
  checkPin(pin);
  if (pulseUs != 0 && (pulseUs < 500 || pulseUs > 2500)) violated("a servo pulse is 0 or 500 to 2500 us");
  bench.pulses[pin] = pulseUs;
}

void pwmWrite(uint8_t pin, uint8_t) {
  checkPin(pin);
}

void toneWrite(uint8_t pin, uint16_t hertz) {
  checkPin(pin);
  if (bench.modes[pin] != PinMode::Tone) violated("a tone is made on a pin of that mode only");
  if (hertz != 0 && (hertz < TONE_HZ_MIN || hertz > TONE_HZ_MAX)) violated("a tone is 31 to 16383 Hz");
}

// The levels at the pins make what devices say, so that it is part of the story.
static uint8_t said() {
  bench.said = static_cast<uint8_t>(bench.said * 5 + bench.levels[0] + bench.levels[1]);
  return bench.said >> 3;
}

static void begin() {
  if (!bench.busOn) violated("nothing is done on a bus that is not in use");
  const uint8_t chance = said();
  bench.busAnswer = chance % 16 == 0 ? I2cState::Busy : chance % 16 == 1 ? I2cState::Refused : I2cState::Done;
}

void i2cUse(bool on) {
  bench.busOn = on;
}

void i2cStart(uint8_t) {
  begin();
}

void i2cWrite(uint8_t) {
  begin();
}

void i2cRead(bool) {
  begin();
}

uint8_t i2cByte() {
  return said();
}

void i2cStop() {}

I2cState i2cState() {
  return bench.busAnswer;
}

static void checkWire(uint8_t pin) {
  checkPin(pin);
  if (bench.modes[pin] != PinMode::Input) violated("a one-wire bus is on an input only");
}

void oneWireLow(uint8_t pin) {
  checkWire(pin);
}

WireBit oneWirePresence(uint8_t pin) {
  checkWire(pin);
  const uint8_t chance = said();
  return chance % 8 == 0 ? WireBit::Later : chance % 8 == 1 ? WireBit::High : WireBit::Low;
}

WireBit oneWireSlot(uint8_t pin, bool bit) {
  checkWire(pin);
  const uint8_t chance = said();
  if (chance % 32 == 0) return WireBit::Later;
  return bit && chance % 2 == 0 ? WireBit::High : WireBit::Low;
}

void oneWirePower(uint8_t pin) {
  checkWire(pin);
}

uint32_t lineEndUs(bool) {
  return bench.nowUs;
}

bool transmitIdle() {
  return !bench.lineBusy;
}

void transmit(const uint8_t* bytes, uint8_t length) {
  if (bench.lineBusy) violated("nothing is sent while the line is busy");
  if (!isRightFrame(bytes, length)) violated("the board sends whole frames only");
  memcpy(bench.sent, bytes, length);
  bench.sentLength = length;
}

bool lineIdle() {
  return !bench.lineBusy;
}

void setBaud(uint32_t baud) {
  if (bench.lineBusy) violated("the speed of the line changes only while it is idle");
  if (baud < 57600 || baud > 500000) violated("the line runs at 57,600 to 500,000 baud");
}

void feedWatchdog() {
  bench.fedUs = bench.nowUs;
}

void useStepPin(uint8_t, uint8_t) {}

void useStepTimer(bool on) {
  bench.isStepping = on;
}

/** A tick takes no time here. */
bool takeLook() {
  return false;
}

// One thread and no preemption: tick and step interrupt run only between turns of the loop.
TickLock::TickLock() : saved_(0) {
  (void)saved_;
}
TickLock::~TickLock() {}
PulseLock::PulseLock() : saved_(0) {
  (void)saved_;
}
PulseLock::~PulseLock() {}

}  // namespace hal
}  // namespace celda
