#include "config.hpp"

#include "bytes.hpp"
#include "crc32c.hpp"

namespace celda {

PinMode Record::pinMode() const {
  if (isOutput()) return isServo() ? PinMode::Servo : PinMode::Output;
  if (!isDigital()) return PinMode::HighImpedance;
  return (flags & 4) != 0 ? PinMode::InputPullUp : PinMode::Input;
}

void Config::clear() {
  taken_.clear();
  total_ = 0;
}

static uint8_t capabilityFor(const Record& record) {
  if (record.isOutput()) return record.isServo() ? CAN_SERVO : CAN_DIGITAL_OUT;
  return record.isDigital() ? CAN_DIGITAL_IN : CAN_ANALOG;
}

/** Bits that mean something. */
static uint8_t flagsOf(const Record& record) {
  if (record.isOutput()) return 1;
  return record.isDigital() ? 7 : 0;
}

static bool isValueAllowed(const Record& record) {
  if (record.isOutput()) {
    if (record.isDigital()) return record.value <= 1;
    if (record.isAxis()) return record.isHazardous() && record.value > 0 && record.value <= AXIS_SPEED_MAX;
    if (record.isDirection()) return record.value >= AXIS_ACCELERATION_MIN;
    return record.value == HOLD || isPulse(record.value);
  }
  return record.value <= (record.isDigital() ? FILTER_MS_MAX : COUNTS_MAX);
}

static bool isPermitAllowed(const Record& record) {
  if (record.isOutput()) return record.permit == 0 || (record.isHazardous() && record.permit <= 0xFFFFFFul);
  if (!record.isDigital()) return record.permit <= COUNTS_MAX;
  if (record.openFilterMs() == 0) return record.permitDelayMs() <= PERMIT_DELAY_MS_MAX;
  // Opening a safety input is immediate.
  return record.openFilterMs() <= FILTER_MS_MAX && record.permitDelayMs() == 0 && !record.reportsEdge();
}

Status Config::checkRecord(const Record& record) const {
  if (record.pin >= PIN_COUNT || hal::pinCapabilities(record.pin) == 0) return Status::PinUnknown;
  if (record.direction > 1 || record.kind > (record.isOutput() ? 3 : 1) || !isValueAllowed(record)) return Status::Value;
  if ((record.flags & ~flagsOf(record)) != 0 || !isPermitAllowed(record)) return Status::Value;
  if ((hal::pinCapabilities(record.pin) & capabilityFor(record)) == 0) return Status::PinIncapable;
  return Status::Ok;
}

Status Config::take(const uint8_t* bytes) {
  const uint8_t index = bytes[0];
  const uint8_t total = bytes[1];
  if (total == 0 || total > SLOTS_MAX || index >= total) return Status::Index;
  if (total_ != 0 && total != total_) return Status::Index;
  const Record record = {bytes[2], bytes[3], bytes[4], bytes[5], getU16(bytes + 6), getU32(bytes + 8)};
  const Status status = checkRecord(record);
  if (status != Status::Ok) return status;
  total_ = total;
  taken_.set(index, true);
  records_[index] = record;
  return Status::Ok;
}

Status Config::checkOrder() const {
  PinSet pins{};
  uint8_t inputs = 0;
  uint8_t servos = 0;
  uint8_t axes = 0;
  bool isDirectionDue = false;
  for (uint8_t i = 0; i < total_; i += 1) {
    const Record& record = records_[i];
    if (record.isDirection() != isDirectionDue) return Status::Index;
    isDirectionDue = record.isAxis();
    if (isDirectionDue) axes += 1;
    if (pins.has(record.pin)) return Status::PinTwice;
    pins.set(record.pin, true);
    if (i > 0 && records_[i - 1].isOutput() && !record.isOutput()) return Status::Index;
    if (!record.isOutput()) inputs += 1;
    if (record.pinMode() == PinMode::Servo) servos += 1;
  }
  if (isDirectionDue) return Status::Index;
  if (INPUT_SLOTS_MAX < SLOTS_MAX && inputs > INPUT_SLOTS_MAX) return Status::Index;
  if (OUTPUT_SLOTS_MAX < SLOTS_MAX && total_ - inputs > OUTPUT_SLOTS_MAX) return Status::Index;
  return servos > SERVOS_MAX || axes > AXES_MAX ? Status::PinIncapable : Status::Ok;
}

Status Config::checkPermits() const {
  uint32_t named = 0;
  for (uint8_t i = 0; i < total_; i += 1) {
    if (records_[i].isOutput()) named |= records_[i].permit;
  }
  for (uint8_t i = 0; named != 0; i += 1, named >>= 1) {
    if ((named & 1) == 0) continue;
    if (i >= total_ || records_[i].isOutput()) return Status::Index;
    if (!records_[i].isDigital()) return Status::PinIncapable;
    if (records_[i].openFilterMs() != 0) return Status::Value;
  }
  return Status::Ok;
}

Status Config::check(uint16_t leaseMs, uint8_t count, uint32_t hash) const {
  if (leaseMs < LEASE_MS_MIN || leaseMs > LEASE_MS_MAX) return Status::Lease;
  if (count != total_) return Status::Index;
  for (uint8_t i = 0; i < total_; i += 1) {
    if (!taken_.has(i)) return Status::Index;
  }
  const Status order = checkOrder();
  if (order != Status::Ok) return order;
  const Status permits = checkPermits();
  if (permits != Status::Ok) return permits;
  return hash == this->hash(leaseMs) ? Status::Ok : Status::Hash;
}

void Config::addPiece(Crc32c& crc, uint8_t piece, uint16_t leaseMs) const {
  uint8_t bytes[RECORD_BYTES];
  Writer writer(bytes);
  if (piece == 0) {
    writer.u16(leaseMs);
    return crc.add(bytes, 2);
  }
  const uint8_t index = static_cast<uint8_t>(piece - 1);
  const Record& record = records_[index];
  writer.u8(index);
  writer.u8(total_);
  writer.u8(record.direction);
  writer.u8(record.kind);
  writer.u8(record.pin);
  writer.u8(record.flags);
  writer.u16(record.value);
  writer.u32(record.permit);
  crc.add(bytes, RECORD_BYTES);
}

uint32_t Config::hash(uint16_t leaseMs) const {
  Crc32c crc;
  for (uint8_t piece = 0; piece <= total_; piece += 1) addPiece(crc, piece, leaseMs);
  return crc.value();
}

PinSet Config::pins() const {
  PinSet pins{};
  for (uint8_t i = 0; i < total_; i += 1) pins.set(records_[i].pin, true);
  return pins;
}

}  // namespace celda
