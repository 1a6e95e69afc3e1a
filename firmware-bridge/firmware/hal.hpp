// What the portable core needs from the machine under it. Each target implements every function once; the linker joins.
#pragma once
#include <stdint.h>

#include "board-kind.hpp"
#include "core/bit-set.hpp"

namespace celda {

enum class PinMode : uint8_t { HighImpedance = 0, Input = 1, InputPullUp = 2, Output = 3, Servo = 4, Pwm = 5, Tone = 6 };

/** Capability bits of the PINS message. */
constexpr uint8_t CAN_DIGITAL_IN = 1, CAN_DIGITAL_OUT = 2, CAN_ANALOG = 4, CAN_PWM = 8, CAN_SERVO = 16;
/** All that can make a tone share one timer. */
constexpr uint8_t CAN_TONE = 32;
constexpr uint8_t CAN_I2C = 64;

namespace hal {

/** Board time since boot, microseconds, wraps. Callable from the tick. */
uint32_t micros();

uint8_t pinCapabilities(uint8_t pin);

/**
 * `Servo`, `Pwm` and `Tone` drive the pin low until they are given a value. `Output` drives the level given before by
 * `digitalWrite`; any other mode forgets it. A pin that is let go is driven to no other level before.
 */
void pinMode(uint8_t pin, PinMode mode);

/** Sets the output latch; on a high-impedance pin the level takes effect when the pin becomes an output. */
void digitalWrite(uint8_t pin, bool level);

/** Levels of some outputs, to be driven all at once: one after the other takes too long where there are many. */
class LevelSet {
 public:
  void clear() {
    pins_.clear();
    high_.clear();
  }
  void add(uint8_t pin, bool level);
  /** The caller keeps the tick out. */
  void drive() const;
  bool operator==(const LevelSet& other) const { return pins_ == other.pins_ && high_ == other.high_; }

 private:
  /** In the order of the machine, which need not be that of the pins. */
  using Places = BitSet<8 * CHIP_PORTS>;
  Places pins_;
  Places high_;
};

/** Present levels of all pins, as they are at the pin: that of an output too, whatever its latch says. */
PinSet readPins();
bool readPin(uint8_t pin);

/** Newest conversion, counts 0..1023. `channel` below `ANALOG_CHANNELS`. */
uint16_t analogRead(uint8_t channel);

/** Channels to convert. */
void analogUse(Channels channels);

/** Pulse width, microseconds; 0: no pulses, pin low. */
void servoWrite(uint8_t pin, uint16_t pulseUs);

/** Duty 0..255. */
void pwmWrite(uint8_t pin, uint8_t duty);

/** Lowest and highest tone, Hz: what a timer of eight bits and the message can say. */
constexpr uint16_t TONE_HZ_MIN = 31, TONE_HZ_MAX = 16383;

/** Square wave on a pin in mode `Tone`; 0: none, pin low. Callable from the tick. */
void toneWrite(uint8_t pin, uint16_t hertz);

// I2C, 100 kHz, on the two pins that `CAN_I2C`. Each call begins something; `i2cState` tells when it is over.
enum class I2cState : uint8_t {
  Busy,
  Done,
  /** The device did not acknowledge, or the bus is disturbed. */
  Refused
};
/** Takes the bus, and frees it from a device that was cut off in the middle of a byte; or lets go of it. */
void i2cUse(bool on);
/** Start or repeated start, then the address in the upper seven bits, 1 in the lowest to read. */
void i2cStart(uint8_t address);
void i2cWrite(uint8_t byte);
/** @param more whether another byte will be read */
void i2cRead(bool more);
/** The byte of the last `i2cRead`. */
uint8_t i2cByte();
void i2cStop();
I2cState i2cState();

// One-wire, standard speed, on any pin in mode `Input` with a resistor of its own.
enum class WireBit : uint8_t {
  Low,
  High,
  /** Nothing was done: it would hold up something that is due. To be called again in a later turn of the loop. */
  Later
};
/** Begins a reset: pulls low. */
void oneWireLow(uint8_t pin);
/** Ends it. @returns `Low` when some device is there */
WireBit oneWirePresence(uint8_t pin);
/** One bit: writes a 0, or writes a 1 and tells what a device makes of it. */
WireBit oneWireSlot(uint8_t pin, bool bit);
/** Drives the line high until the next reset or bit, for devices that live on it. */
void oneWirePower(uint8_t pin);

/**
 * When the oldest zero arrived that was not asked for yet; earlier, if several did. Main loop, once for every zero.
 * @param mayHoldAnother what has been received behind this zero may hold the end of a command, whose time it then is too
 */
uint32_t lineEndUs(bool mayHoldAnother);

/** True when everything handed over has left, so that `transmit` may be called. */
bool transmitIdle();

/** Sends; the bytes stay untouched by the caller until `transmitIdle`. */
void transmit(const uint8_t* bytes, uint8_t length);

/** As `transmitIdle`, and the last stop bit is over too. */
bool lineIdle();

/** The speed of the line after every reset, baud. */
constexpr uint32_t BOOT_BAUD = 115200;

/** Changes the speed of both directions to 57,600, 115,200, 250,000 or 500,000 baud. Only while `lineIdle`. */
void setBaud(uint32_t baud);

void feedWatchdog();

/** The step pin of an axis from now on, for targets that look it up before they need it. */
void useStepPin(uint8_t axis, uint8_t pin);

/** The interrupt that makes step pulses: 16 times per tick, at equal distances, while it is on. Tick only. */
void useStepTimer(bool on);

/** Tick only: a look between two ticks has become due meanwhile, and is the caller's to do. */
bool takeLook();

/** Keeps the step interrupt out while it lives, and perhaps every other one: for a few instructions only. */
class PulseLock {
 public:
  PulseLock();
  ~PulseLock();
  PulseLock(const PulseLock&) = delete;
  PulseLock& operator=(const PulseLock&) = delete;

 private:
  uint8_t saved_;
};

/** Keeps the tick out while it lives; other interrupts go on, that of the step pulses too. May nest, also inside the tick. */
class TickLock {
 public:
  TickLock();
  ~TickLock();
  TickLock(const TickLock&) = delete;
  TickLock& operator=(const TickLock&) = delete;

 private:
  uint8_t saved_;
};

}  // namespace hal
}  // namespace celda
