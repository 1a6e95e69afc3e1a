// The configuration of a board's process data: records as the wire brings them, their checks and their hash.
#pragma once
#include <stdint.h>

#include "../hal.hpp"
#include "crc32c.hpp"

namespace celda {

/** `status` and `reason` of the wire. */
enum class Status : uint8_t {
  Ok = 0,
  WireVersion = 1,
  Challenge = 2,
  State = 3,
  Index = 4,
  PinUnknown = 5,
  PinIncapable = 6,
  PinTwice = 7,
  Hash = 8,
  Lease = 9,
  UnknownType = 10,
  Length = 11,
  Value = 12,
};

constexpr uint8_t RECORD_BYTES = 12;

constexpr uint16_t LEASE_MS_MIN = 10;
constexpr uint16_t LEASE_MS_MAX = 2000;
/** Longest closing and longest opening filter of an input. */
constexpr uint16_t FILTER_MS_MAX = 250;
constexpr uint16_t PERMIT_DELAY_MS_MAX = 15000;
/** What a converter can give. */
constexpr uint16_t COUNTS_MAX = 1023;
constexpr uint16_t PULSE_US_MIN = 500;
constexpr uint16_t PULSE_US_MAX = 2500;

/** Safe value of a servo that keeps its last pulse. */
constexpr uint16_t HOLD = 0xFFFF;

/** Speed of an axis, steps per second; acceleration, 10 steps per second squared. */
constexpr uint16_t AXIS_SPEED_MAX = 5000;
constexpr uint16_t AXIS_ACCELERATION_MIN = 10;

/** A pulse width that may be driven, or 0 for no pulses. */
inline bool isPulse(uint16_t us) {
  return us == 0 || (us >= PULSE_US_MIN && us <= PULSE_US_MAX);
}

struct Record {
  uint8_t direction;
  uint8_t kind;
  uint8_t pin;
  uint8_t flags;
  uint16_t value;
  /** Output: the inputs that must be closed, bit n = slot n. Input: see below. */
  uint32_t permit;

  bool isOutput() const { return direction != 0; }
  bool isDigital() const { return kind == 0; }
  bool isServo() const { return isOutput() && kind == 1; }
  /** The step pin of an axis; the record that follows is its direction pin. */
  bool isAxis() const { return isOutput() && kind == 2; }
  bool isDirection() const { return isOutput() && kind == 3; }
  /** Of a direction pin: its level for positions that grow. */
  bool isForwardHigh() const { return (flags & 1) != 0; }
  bool reportsEdge() const { return (flags & 1) != 0; }
  bool isHazardous() const { return !isDirection() && (flags & 1) != 0; }
  bool closedLevel() const { return (flags & 2) != 0; }
  /** Of a digital input: the board goes safe this long after an opening, and an opening counts after so long, ms. */
  uint16_t permitDelayMs() const { return static_cast<uint16_t>(permit); }
  uint16_t openFilterMs() const { return static_cast<uint16_t>(permit >> 16); }
  /** Of an analog input. */
  bool isInRange(uint16_t counts) const { return counts >= value && counts <= static_cast<uint16_t>(permit); }
  PinMode pinMode() const;
};

class Config {
 public:
  void clear();
  /** Takes one record off the wire; repeating one is harmless. */
  Status take(const uint8_t* bytes);
  /** Whole, in order, and within the board's means? */
  Status check(uint16_t leaseMs, uint8_t count, uint32_t hash) const;
  uint32_t hash(uint16_t leaseMs) const;
  /** What the hash covers, piece by piece: piece 0 is the lease, piece n the record before it. */
  void addPiece(Crc32c& crc, uint8_t piece, uint16_t leaseMs) const;

  /** Never more than there is room for, whatever has happened to the memory. */
  uint8_t count() const { return total_ <= SLOTS_MAX ? total_ : 0; }
  const Record& operator[](uint8_t index) const { return records_[index]; }
  /** Pins of all records. */
  PinSet pins() const;

 private:
  Status checkRecord(const Record& record) const;
  Status checkOrder() const;
  Status checkPermits() const;

  Record records_[SLOTS_MAX];
  BitSet<SLOTS_MAX> taken_;
  uint8_t total_;
};

}  // namespace celda
