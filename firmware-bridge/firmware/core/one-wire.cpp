#include "one-wire.hpp"

namespace celda {

constexpr uint8_t ONEWIRE_DATA = 0x73;
// Firmata protocol, onewire.md. In the other subcommands each bit is something to do, in the order in which they stand here.
constexpr uint8_t SEARCH_REQUEST = 0x40, SEARCH_ALARMS_REQUEST = 0x44;
constexpr uint8_t SEARCH_REPLY = 0x42, READ_REPLY = 0x43, SEARCH_ALARMS_REPLY = 0x45;
constexpr uint8_t RESET = 0x01, SKIP = 0x02, SELECT = 0x04, WRITE = 0x20, PAUSE = 0x10, READ = 0x08;
/** Not of the protocol: the message is a search. */
constexpr uint8_t SEARCH = 0x40;
constexpr uint8_t ADDRESS_BYTES = 8, ADDRESS_BITS = 64;
// Commands to the devices: Analog Devices application note 187, and the data sheet of the DS18B20.
constexpr uint8_t MATCH_ROM = 0x55, SKIP_ROM = 0xCC, SEARCH_ROM = 0xF0, ALARM_SEARCH = 0xEC;
/** Devices that one search tells of: a line that is shorted shows more than there are. */
constexpr uint8_t DEVICES_MAX = 32;
constexpr uint16_t PAUSE_MS_MAX = 1000;
/** Room for an address in a reply and for its end. */
constexpr uint8_t REPLY_ROOM = 12;
/** Places in the body: the command in front of the address takes that of the pin, which is known by then. */
constexpr uint8_t COMMAND_AT = 0, MATCH_AT = 1, DATA_AT = 2;

void OneWire::boot(FirmataOut* out) {
  out_ = out;
  end();
}

void OneWire::end() {
  phase_ = Phase::Idle;
  pauseMs_ = 0;
  powered_.clear();
}

void OneWire::configure(uint8_t pin, bool powered) {
  powered_.set(pin, powered);
}

/** Bytes packed into sevens of bits, the lowest first, in place. @returns number of bytes */
static uint8_t unpack(uint8_t* bytes, uint8_t length) {
  uint16_t bits = 0;
  uint8_t held = 0;
  uint8_t count = 0;
  for (uint8_t i = 0; i < length; i += 1) {
    bits = static_cast<uint16_t>(bits | static_cast<uint16_t>(bytes[i]) << held);
    held = static_cast<uint8_t>(held + 7);
    if (held < 8) continue;
    bytes[count++] = static_cast<uint8_t>(bits);
    bits = static_cast<uint16_t>(bits >> 8);
    held = static_cast<uint8_t>(held - 8);
  }
  return count;
}

void OneWire::pushPacked(uint8_t byte) {
  const uint16_t bits = static_cast<uint16_t>(packed_ | static_cast<uint16_t>(byte) << packedBits_);
  out_->push(bits & 0x7F);
  packed_ = static_cast<uint8_t>(bits >> 7);
  packedBits_ += 1;
  if (packedBits_ < 7) return;
  out_->push(packed_);
  packed_ = 0;
  packedBits_ = 0;
}

void OneWire::beginReply(uint8_t reply) {
  out_->begin(ONEWIRE_DATA);
  out_->push(reply);
  out_->push(pin_);
  packed_ = 0;
  packedBits_ = 0;
}

void OneWire::endReply() {
  if (packedBits_ > 0) out_->push(packed_);
  out_->end();
}

void OneWire::request(uint8_t* body, uint8_t length) {
  body_ = body;
  pin_ = body[1];
  const uint8_t command = body[0];
  if (command == SEARCH_REQUEST || command == SEARCH_ALARMS_REQUEST) return search(command);
  todo_ = command & (RESET | SKIP | SELECT | WRITE | PAUSE | READ);
  length_ = static_cast<uint8_t>(DATA_AT + unpack(body + DATA_AT, static_cast<uint8_t>(length - DATA_AT)));
  uint8_t at = DATA_AT;
  const uint8_t* const address = body + at;
  if ((todo_ & SELECT) != 0) at += ADDRESS_BYTES;
  const uint8_t* const read = body + at;
  if ((todo_ & READ) != 0) at += 4;
  const uint8_t* const pause = body + at;
  if ((todo_ & PAUSE) != 0) at += 4;
  writeAt_ = at;
  // What the message has no data for is not done.
  if (at > length_) todo_ &= RESET | SKIP;
  // Hosts that mean no device leave its address at zero, which no device has.
  if (address[0] == 0) todo_ &= static_cast<uint8_t>(~SELECT);
  if ((todo_ & READ) != 0) {
    toRead_ = read[1] != 0 ? 0xFF : read[0];
    if (toRead_ == 0) {
      todo_ &= static_cast<uint8_t>(~READ);
    } else {
      beginReply(READ_REPLY);
      pushPacked(read[2]);
      pushPacked(read[3]);
    }
  }
  if ((todo_ & PAUSE) != 0) {
    const uint16_t ms = static_cast<uint16_t>(pause[0] | pause[1] << 8);
    const bool isLong = pause[2] != 0 || pause[3] != 0 || ms > PAUSE_MS_MAX;
    const hal::TickLock lock;
    pauseMs_ = isLong ? PAUSE_MS_MAX : ms;
  }
  body[COMMAND_AT] = SKIP_ROM;
  body[MATCH_AT] = MATCH_ROM;
  next();
}

void OneWire::search(uint8_t command) {
  beginReply(command == SEARCH_REQUEST ? SEARCH_REPLY : SEARCH_ALARMS_REPLY);
  body_[COMMAND_AT] = command == SEARCH_REQUEST ? SEARCH_ROM : ALARM_SEARCH;
  lastChoice_ = 0;
  passes_ = 0;
  todo_ = RESET | SKIP | SEARCH;
  next();
}

bool OneWire::take(uint8_t task) {
  const bool isDue = (todo_ & task) != 0;
  todo_ &= static_cast<uint8_t>(~task);
  return isDue;
}

void OneWire::send(uint8_t from, uint8_t to) {
  phase_ = Phase::Send;
  at_ = from;
  to_ = to;
}

void OneWire::next() {
  bits_ = 0;
  if (take(RESET)) phase_ = Phase::Reset;
  else if (take(SKIP)) send(COMMAND_AT, COMMAND_AT + 1);
  else if (take(SELECT)) send(MATCH_AT, DATA_AT + ADDRESS_BYTES);
  else if (take(WRITE)) send(writeAt_, length_);
  else if (take(PAUSE)) phase_ = Phase::Pause;
  else if (take(READ)) phase_ = Phase::Read;
  else if (take(SEARCH)) phase_ = Phase::Search, at_ = 0, choice_ = 0;
  else phase_ = Phase::Idle;
}

void OneWire::poll() {
  while (phase_ != Phase::Idle && step()) {
  }
}

/** @returns false when there is something to wait for */
bool OneWire::step() {
  switch (phase_) {
    case Phase::Reset:
      return stepReset();
    case Phase::Search:
      return out_->free() >= REPLY_ROOM && stepSearch();
    case Phase::Read:
      return out_->free() >= REPLY_ROOM && stepByte();
    case Phase::Pause: {
      const hal::TickLock lock;
      if (pauseMs_ > 0) return false;
    }
      next();
      return true;
    default:
      return stepByte();
  }
}

bool OneWire::stepReset() {
  if (bits_ == 0) {
    bits_ = 1;
    hal::oneWireLow(pin_);
  }
  const hal::WireBit presence = hal::oneWirePresence(pin_);
  if (presence == hal::WireBit::Later) return false;
  if (presence == hal::WireBit::High && (todo_ & SEARCH) != 0) {
    endReply();
    todo_ = 0;
  }
  next();
  return true;
}

bool OneWire::stepByte() {
  const bool isRead = phase_ == Phase::Read;
  if (bits_ == 0) {
    if (isRead ? toRead_ == 0 : at_ >= to_) {
      if (isRead) endReply();
      else if (powered_.has(pin_)) hal::oneWirePower(pin_);
      next();
      return true;
    }
    shift_ = isRead ? 0xFF : body_[at_++];
    bits_ = 8;
  }
  const hal::WireBit bit = hal::oneWireSlot(pin_, (shift_ & 1) != 0);
  if (bit == hal::WireBit::Later) return false;
  shift_ = static_cast<uint8_t>(shift_ >> 1 | (bit == hal::WireBit::High ? 0x80 : 0));
  bits_ -= 1;
  if (bits_ == 0 && isRead) {
    toRead_ -= 1;
    pushPacked(shift_);
  }
  return true;
}

/** Each bit of an address takes three slots: all that are left say it, then its opposite; then one of both is chosen. */
bool OneWire::stepSearch() {
  const hal::WireBit bit = hal::oneWireSlot(pin_, bits_ < 2 || (shift_ & 4) != 0);
  if (bit == hal::WireBit::Later) return false;
  if (bits_ < 2) {
    if (bits_ == 0) shift_ = 0;
    if (bit == hal::WireBit::High) shift_ |= static_cast<uint8_t>(1u << bits_);
    bits_ += 1;
    if (bits_ == 2) choose((shift_ & 1) != 0, (shift_ & 2) != 0);
    return true;
  }
  bits_ = 0;
  at_ += 1;
  if (at_ == ADDRESS_BITS) endPass();
  return true;
}

/** After application note 187: where both occur, as in the last pass, but the last free choice is now the other. */
void OneWire::choose(bool first, bool second) {
  if (first && second) {
    // Nobody is left.
    endReply();
    todo_ = 0;
    return next();
  }
  uint8_t& byte = body_[DATA_AT + at_ / 8];
  const uint8_t mask = static_cast<uint8_t>(1u << at_ % 8);
  const uint8_t place = static_cast<uint8_t>(at_ + 1);
  bool chosen = first;
  if (first == second) {
    chosen = place < lastChoice_ ? (byte & mask) != 0 : place == lastChoice_;
    if (!chosen) choice_ = place;
  }
  byte = static_cast<uint8_t>(chosen ? byte | mask : byte & ~mask);
  if (chosen) shift_ |= 4;
}

void OneWire::endPass() {
  const bool isDevice = body_[DATA_AT] != 0;
  for (uint8_t i = 0; isDevice && i < ADDRESS_BYTES; i += 1) pushPacked(body_[DATA_AT + i]);
  lastChoice_ = choice_;
  passes_ += 1;
  if (isDevice && lastChoice_ != 0 && passes_ < DEVICES_MAX) todo_ = RESET | SKIP | SEARCH;
  else endReply();
  next();
}

}  // namespace celda
