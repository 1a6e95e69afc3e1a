// The two-wire interface, 100 kHz. The interrupt notes what has happened; the rest is the main loop's,
// for which the interface holds the clock line low. ATmega328P data sheet, chapter 22.
#include <util/delay.h>
#include <util/twi.h>

#include "../../hal.hpp"
#include "../pin-capabilities.hpp"
#include "avr.hpp"

namespace celda {

constexpr uint8_t GO = _BV(TWINT) | _BV(TWEN) | _BV(TWIE);
/** A byte takes a device nine clocks to get rid of. */
constexpr uint8_t CLOCKS = 9;
/** Half of the clock's period, µs. */
constexpr uint8_t HALF_US = 5;

/** 0: under way; else the status of the interface, and 1. */
static volatile uint8_t outcome;
static volatile uint8_t addressed;

ISR(TWI_vect) {
  const uint8_t status = TW_STATUS;
  if (status == TW_START || status == TW_REP_START) {
    TWDR = addressed;
    TWCR = GO;
    return;
  }
  outcome = status | 1;
  TWCR = _BV(TWEN);
  avr::wake();
}

namespace avr {

static void begin(uint8_t control) {
  outcome = 0;
  TWCR = static_cast<uint8_t>(GO | control);
}

static void freeBus() {
  const Line data(SDA_PIN);
  const Line clock(SCL_PIN);
  for (uint8_t pulse = 0; pulse < CLOCKS && !data.isHigh(); pulse += 1) {
    {
      const Uninterrupted section;
      clock.pull();
    }
    _delay_us(HALF_US);
    {
      const Uninterrupted section;
      clock.release();
    }
    _delay_us(HALF_US);
  }
  setBits(clock.port, clock.mask, true);
}

}  // namespace avr

namespace hal {

void i2cUse(bool on) {
  TWCR = 0;
  if (!on) return;
  avr::freeBus();
  TWSR = 0;
  TWBR = (F_CPU / 100000 - 16) / 2;
  TWCR = _BV(TWEN);
}

void i2cStart(uint8_t address) {
  addressed = address;
  avr::begin(_BV(TWSTA));
}

void i2cWrite(uint8_t byte) {
  TWDR = byte;
  avr::begin(0);
}

void i2cRead(bool more) {
  avr::begin(more ? _BV(TWEA) : 0);
}

uint8_t i2cByte() {
  return TWDR;
}

void i2cStop() {
  TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
  // Some 10 µs, unless a device holds the bus; that is then found out at the next start.
  for (uint8_t turns = 0; turns < 100 && (TWCR & _BV(TWSTO)) != 0; turns += 1) {
  }
}

I2cState i2cState() {
  switch (outcome) {
    case 0:
      return I2cState::Busy;
    case TW_MT_SLA_ACK | 1:
    case TW_MT_DATA_ACK | 1:
    case TW_MR_SLA_ACK | 1:
    case TW_MR_DATA_ACK | 1:
    case TW_MR_DATA_NACK | 1:
      return I2cState::Done;
    default:
      return I2cState::Refused;
  }
}

}  // namespace hal
}  // namespace celda
