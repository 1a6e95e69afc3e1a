// What the portable core needs from the machine under it. Each target implements every function once; the linker joins.
#pragma once
#include <stdint.h>

#include "board-kind.hpp"
#include "core/bit-set.hpp"

namespace celda {

enum class PinMode : uint8_t { HighImpedance = 0, Input = 1, InputPullUp = 2, Output = 3, Servo = 4, Pwm = 5 };

/** Capability bits of the PINS message. */
constexpr uint8_t CAN_DIGITAL_IN = 1, CAN_DIGITAL_OUT = 2, CAN_ANALOG = 4, CAN_PWM = 8, CAN_SERVO = 16;

namespace hal {

/** Board time since boot, microseconds, wraps. Callable from the tick. */
uint32_t micros();

uint8_t pinCapabilities(uint8_t pin);

/** `Servo` drives the pin low until a pulse width is given. `Output` drives the level given before by `digitalWrite`. */
void pinMode(uint8_t pin, PinMode mode);

/** Sets the output latch; on a high-impedance pin the level takes effect when the pin becomes an output. */
void digitalWrite(uint8_t pin, bool level);

/** Present levels of all pins. Meaningful for pins that are inputs. */
PinSet readPins();

/** Newest conversion, counts 0..1023. `channel` below `ANALOG_CHANNELS`. */
uint16_t analogRead(uint8_t channel);

/** Channels to convert. */
void analogUse(Channels channels);

/** Pulse width, microseconds; 0: no pulses, pin low. */
void servoWrite(uint8_t pin, uint16_t pulseUs);

/** Duty 0..255. */
void pwmWrite(uint8_t pin, uint8_t duty);

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
