// The wasm target: the firmware in process, its hardware a set of imported functions, its time given with each call.
#include "../../core/board.hpp"
#include "../../hal.hpp"
#include "../pin-capabilities.hpp"
#include "../tone.hpp"
#include "stock-board.hpp"

#define HAL_IMPORT(name) __attribute__((import_module("hal"), import_name(name)))
#define EXPORT(name) extern "C" __attribute__((export_name(name)))

extern "C" {
HAL_IMPORT("pin_mode") void importPinMode(uint32_t pin, uint32_t mode);
HAL_IMPORT("digital_write") void importDigitalWrite(uint32_t pin, uint32_t level);
HAL_IMPORT("read_pins") void importReadPins(uint8_t* levels);
HAL_IMPORT("analog_read") uint32_t importAnalogRead(uint32_t channel);
HAL_IMPORT("servo_write") void importServoWrite(uint32_t pin, uint32_t pulseUs);
HAL_IMPORT("pwm_write") void importPwmWrite(uint32_t pin, uint32_t duty);
HAL_IMPORT("tone_write") void importToneWrite(uint32_t pin, uint32_t millihertz);
HAL_IMPORT("i2c_use") void importI2cUse(uint32_t on);
HAL_IMPORT("i2c_start") uint32_t importI2cStart(uint32_t address);
HAL_IMPORT("i2c_write") uint32_t importI2cWrite(uint32_t byte);
HAL_IMPORT("i2c_read") uint32_t importI2cRead(uint32_t more);
HAL_IMPORT("i2c_stop") void importI2cStop();
HAL_IMPORT("onewire_reset") uint32_t importOneWireReset(uint32_t pin);
HAL_IMPORT("onewire_slot") uint32_t importOneWireSlot(uint32_t pin, uint32_t bit);
HAL_IMPORT("transmit") void importTransmit(const uint8_t* bytes, uint32_t length);
HAL_IMPORT("set_baud") void importSetBaud(uint32_t baud);
HAL_IMPORT("feed_watchdog") void importFeedWatchdog();
HAL_IMPORT("use_step_timer") void importUseStepTimer(uint32_t on);
}

namespace celda {

static Board board;
/** Runs instead of `board` after `celda_boot_stock`. */
static StockBoard stockBoard;
static bool isStock;
static uint32_t nowUs;

namespace hal {

uint32_t micros() {
  return nowUs;
}

uint8_t pinCapabilities(uint8_t pin) {
  return capabilitiesOf(pin);
}

void pinMode(uint8_t pin, PinMode mode) {
  importPinMode(pin, static_cast<uint32_t>(mode));
}

void digitalWrite(uint8_t pin, bool level) {
  importDigitalWrite(pin, level ? 1 : 0);
}

PinSet readPins() {
  PinSet levels;
  importReadPins(&levels[0]);
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
  return readPins().has(pin);
}

uint16_t analogRead(uint8_t channel) {
  return static_cast<uint16_t>(importAnalogRead(channel));
}

void analogUse(Channels) {
  // Nothing converts in the background here: a value is read when it is asked for.
}

void servoWrite(uint8_t pin, uint16_t pulseUs) {
  importServoWrite(pin, pulseUs);
}

void pwmWrite(uint8_t pin, uint8_t duty) {
  importPwmWrite(pin, duty);
}

/** What the timer of the board makes of it. */
void toneWrite(uint8_t pin, uint16_t hertz) {
  if (hertz == 0) return importToneWrite(pin, 0);
  const Tone tone = toneOf(hertz);
  importToneWrite(pin, 8000000000ull / ((tone.top + 1ul) << tone.shift));
}

// Whatever is begun on a bus is over at once, unless a device holds it.
static I2cState i2cOutcome = I2cState::Busy;
static uint8_t i2cHeard;

/** @param answer 0: no acknowledge, 1: acknowledged, 2: the bus is held */
static void i2cEnd(uint32_t answer) {
  i2cOutcome = answer == 1 ? I2cState::Done : answer == 0 ? I2cState::Refused : I2cState::Busy;
}

void i2cUse(bool on) {
  importI2cUse(on ? 1 : 0);
}

void i2cStart(uint8_t address) {
  i2cEnd(importI2cStart(address));
}

void i2cWrite(uint8_t byte) {
  i2cEnd(importI2cWrite(byte));
}

void i2cRead(bool more) {
  i2cHeard = static_cast<uint8_t>(importI2cRead(more ? 1 : 0));
  i2cOutcome = I2cState::Done;
}

uint8_t i2cByte() {
  return i2cHeard;
}

void i2cStop() {
  importI2cStop();
}

I2cState i2cState() {
  return i2cOutcome;
}

void oneWireLow(uint8_t) {
  // Reset and answer are one call here.
}

WireBit oneWirePresence(uint8_t pin) {
  return importOneWireReset(pin) != 0 ? WireBit::Low : WireBit::High;
}

WireBit oneWireSlot(uint8_t pin, bool bit) {
  return importOneWireSlot(pin, bit ? 1 : 0) != 0 ? WireBit::High : WireBit::Low;
}

void oneWirePower(uint8_t) {
  // Devices are always fed here.
}

uint32_t lineEndUs(bool) {
  return nowUs;
}

bool transmitIdle() {
  return true;
}

void transmit(const uint8_t* bytes, uint8_t length) {
  importTransmit(bytes, length);
}

bool lineIdle() {
  return true;
}

void setBaud(uint32_t baud) {
  importSetBaud(baud);
}

void feedWatchdog() {
  importFeedWatchdog();
}

void useStepPin(uint8_t, uint8_t) {}

void useStepTimer(bool on) {
  importUseStepTimer(on ? 1 : 0);
}

/** A tick takes no time here. */
bool takeLook() {
  return false;
}

// One thread and no preemption: tick and step interrupt run only between turns of the loop.
TickLock::TickLock() : saved_(0) {}
TickLock::~TickLock() {}
PulseLock::PulseLock() : saved_(0) {}
PulseLock::~PulseLock() {}

}  // namespace hal
}  // namespace celda

/** `uidLow` holds the first four bytes of the UID, the first in its lowest bits; `uidHigh` the other four. */
EXPORT("celda_boot") void celdaBoot(uint32_t bootCount, uint32_t resetCause, uint32_t uidLow, uint32_t uidHigh) {
  celda::Identity identity;
  celda::Writer uid(identity.uid);
  uid.u32(uidLow);
  uid.u32(uidHigh);
  identity.bootCount = static_cast<uint16_t>(bootCount);
  identity.resetCause = static_cast<uint8_t>(resetCause);
  celda::nowUs = 0;
  celda::board.boot(identity);
}

/** Boots a board whose line carries Firmata alone; the other functions are then about that board. */
EXPORT("celda_boot_stock") void celdaBootStock() {
  celda::nowUs = 0;
  celda::isStock = true;
  celda::stockBoard.boot();
}

/** The timer interrupt. @returns 1 when the main loop has something to do */
EXPORT("celda_tick") uint32_t celdaTick(uint32_t nowUs) {
  celda::nowUs = nowUs;
  const bool hasWork = celda::isStock ? celda::stockBoard.tick() : celda::board.tick();
  return hasWork ? 1 : 0;
}

/** The step interrupt, 16 times per millisecond while `use_step_timer` is on. */
EXPORT("celda_pulse") void celdaPulse(uint32_t nowUs) {
  celda::nowUs = nowUs;
  celda::board.pulse([](uint8_t, uint8_t pin, bool level) { celda::hal::digitalWrite(pin, level); });
}

/** The receive interrupt. */
EXPORT("celda_rx") void celdaReceive(uint32_t byte) {
  const uint8_t received = static_cast<uint8_t>(byte);
  if (celda::isStock) celda::stockBoard.receive(received);
  else celda::board.receive(received);
}

/** One turn of the main loop. */
EXPORT("celda_poll") void celdaPoll(uint32_t nowUs) {
  celda::nowUs = nowUs;
  if (celda::isStock) celda::stockBoard.poll();
  else celda::board.poll();
}

// The compiler calls these two by name whatever it is told; there is no library to bring them.
extern "C" void* memset(void* to, int value, unsigned long length) {
  unsigned char* at = static_cast<unsigned char*>(to);
  while (length-- > 0) *at++ = static_cast<unsigned char>(value);
  return to;
}

extern "C" void* memcpy(void* to, const void* from, unsigned long length) {
  unsigned char* at = static_cast<unsigned char*>(to);
  const unsigned char* source = static_cast<const unsigned char*>(from);
  while (length-- > 0) *at++ = *source++;
  return to;
}
