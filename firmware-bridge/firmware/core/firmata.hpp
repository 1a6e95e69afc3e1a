// Firmata 2.6 messages of the stream lane: reads and writes of pins that the process data does not own.
// Answers and reports go into one bounded queue; while it is short of room nothing further is taken in.
#pragma once
#include <stdint.h>

#include "pins.hpp"
#include "ring.hpp"

namespace celda {

constexpr uint8_t FIRMATA_QUEUE = 128;
constexpr uint8_t SYSEX_MAX = 16;
/** A Firmata port is eight pins, as a byte of a set of pins is. */
constexpr uint8_t PORTS = PinSet::BYTES;

class Firmata {
 public:
  using Queue = Ring<FIRMATA_QUEUE>;

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

  Queue& out() { return out_; }

 private:
  enum class Answer : uint8_t { None, Capabilities, AnalogMapping };
  enum class Complaint : uint8_t { Claimed, Incapable, ServosUsedUp };

  void release();
  void command();
  void sysex();
  void setPinMode(uint8_t pin, uint8_t mode);
  void setDigital(uint8_t pin, bool level);
  void writePort(uint8_t port, uint8_t levels);
  void writeAnalog(uint8_t pin, uint16_t value);
  void configureServo();
  void reportAnalog(uint8_t channel, bool on);
  void reportPort(uint8_t port, bool on);
  void answerFirmware();
  void answerPinState(uint8_t pin);
  void continueAnswer();
  void sendCapabilities(uint8_t pin);
  void sendPort(uint8_t port, uint8_t levels);
  void sendChangedPorts(const PinSet& levels);
  void sendDueAnalog();
  void complain(Complaint complaint, uint8_t pin);
  void send14(uint16_t value);
  bool isUsable(uint8_t pin);
  bool attachServo(uint8_t pin);

  Pins* pins_;
  Queue out_;
  PinSet claimed_;
  /** Levels of digital inputs as reported last, and whether they are to be reported. */
  PinSet reported_;
  PinSet reportMask_;
  PinSet inputs_;
  uint16_t pulseMinUs_[PIN_COUNT];
  uint16_t pulseMaxUs_[PIN_COUNT];
  uint8_t modes_[PIN_COUNT];
  uint8_t data_[SYSEX_MAX];
  uint8_t used_;
  uint8_t command_;
  BitSet<PORTS> ports_;
  Channels analogs_;
  uint8_t answerPin_;
  Answer answer_;
  uint16_t samplingMs_;
  volatile uint16_t sinceSampleMs_;
};

}  // namespace celda
