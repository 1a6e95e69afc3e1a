// Firmata 2.6 messages of the stream lane: reads and writes of pins that the process data does not own.
// Answers and reports go into one bounded queue; while it is short of room nothing further is taken in.
#pragma once
#include <stdint.h>

#include "firmata-out.hpp"
#include "i2c.hpp"
#include "one-wire.hpp"
#include "pins.hpp"

namespace celda {

/** Longest body of a sysex message, as in StandardFirmata. */
constexpr uint8_t SYSEX_MAX = 64;
/** A Firmata port is eight pins, as a byte of a set of pins is. */
constexpr uint8_t PORTS = PinSet::BYTES;

/** Widths of a servo at 0 and at 180 degrees, where they are not the usual ones. */
struct PulseRange {
  /** 0: not in use. */
  uint8_t pin;
  uint16_t lowUs;
  uint16_t highUs;
};

class Firmata {
 public:
  void boot(Pins* pins);
  /** Forgets everything, answers under way too, and makes all of its pins high-impedance. */
  void reset();
  /** Pins that belong to the process data: refused from now on, whatever they were. */
  void claim(const PinSet& pins);

  /** Whether `accept` may be called. */
  bool isReady() const;
  void accept(uint8_t byte);

  /** Tick only. @returns true when `report` has something to do */
  bool tick(const PinSet& levels);
  /** Main loop: goes on with a long answer and sends due reports. */
  void report();

  FirmataOut& out() { return out_; }

 private:
  enum class Answer : uint8_t { None, Capabilities, AnalogMapping };

  void release();
  void command();
  void sysex();
  void setPinMode(uint8_t pin, uint8_t mode);
  void setDigital(uint8_t pin, bool level);
  void writePort(uint8_t port, uint8_t levels);
  void writeAnalog(uint8_t pin, uint16_t value);
  void configureServo();
  PulseRange* rangeOf(uint8_t pin, bool orFree);
  void reportAnalog(uint8_t channel, bool on);
  void reportPort(uint8_t port, bool on);
  void answerFirmware();
  void answerPinState(uint8_t pin);
  void continueAnswer();
  void sendCapabilities(uint8_t pin);
  void sendPort(uint8_t port, uint8_t levels);
  void sendChangedPorts(const PinSet& levels);
  void sample();
  void complain(const char* reason, uint8_t pin);
  void complainOfMessage(const char* reason);
  bool isUsable(uint8_t pin);
  bool isTimerFree(uint8_t pin, uint8_t mode) const;
  void configureI2c();
  void configureOneWire();
  void requestOneWire();
  void playTone();
  void countTone();
  bool isBusBusy() const { return i2c_.isBusy() || oneWire_.isBusy(); }

  Pins* pins_;
  FirmataOut out_;
  I2c i2c_;
  OneWire oneWire_;
  PinSet claimed_;
  /** Levels of digital inputs as reported last, and whether they are to be reported. */
  PinSet reported_;
  PinSet reportMask_;
  PinSet inputs_;
  PulseRange ranges_[PULSE_RANGES_MAX];
  uint8_t modes_[PIN_COUNT];
  uint8_t data_[SYSEX_MAX];
  uint8_t used_;
  uint8_t command_;
  BitSet<PORTS> ports_;
  Channels analogs_;
  uint8_t answerPin_;
  Answer answer_;
  /** The tick has found a change that is to be reported. */
  volatile bool changed_;
  uint16_t samplingMs_;
  volatile uint16_t sinceSampleMs_;
  /** Milliseconds until the tone ends; 0: there is none, or it has no end. */
  volatile uint16_t toneLeftMs_;
  uint8_t tonePin_;
};

}  // namespace celda
