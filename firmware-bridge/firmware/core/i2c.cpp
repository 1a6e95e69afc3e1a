#include "i2c.hpp"

#include "flash.hpp"

namespace celda {

constexpr uint8_t I2C_REPLY = 0x77;
// Firmata protocol 2.6, i2c.md: bits 3 and 4 of the mode, and two more.
constexpr uint8_t MODE_MASK = 0x18, MODE_WRITE = 0x00, MODE_READ_ALWAYS = 0x10;
constexpr uint8_t TEN_BITS = 0x20, KEEP_BUS = 0x40;
constexpr uint8_t HAS_REGISTER = 0x80, KEEPS_BUS = 0x40, COUNT_MASK = 0x3F;
/** A device that holds the clock for longer is given up; SMBus 3.2, table 2, gives up at the same. */
constexpr uint32_t TIMEOUT_US = 25000;

static const char NO_ANSWER[] CELDA_FLASH = " does not answer";
static const char STUCK[] CELDA_FLASH = " holds the bus";
static const char BAD_LENGTH[] CELDA_FLASH = ": 1 to 32 bytes";
static const char TEN_BIT_ADDRESS[] CELDA_FLASH = ": no 10-bit addresses";
static const char TOO_MANY[] CELDA_FLASH = ": 8 reads at most";
static const char OFF[] CELDA_FLASH = ": not configured";

void I2c::boot(FirmataOut* out) {
  out_ = out;
  isOn_ = false;
  end();
}

void I2c::end() {
  if (isOn_) hal::i2cUse(false);
  isOn_ = false;
  phase_ = Phase::Idle;
  readCount_ = 0;
  due_ = 0;
  failing_ = 0;
}

void I2c::begin(uint16_t delayUs) {
  if (!isOn_) hal::i2cUse(true);
  isOn_ = true;
  delayUs_ = delayUs;
}

void I2c::complain(const char* reason) {
  static const char SUBJECT[] CELDA_FLASH = "I2C ";
  out_->complain(SUBJECT, current_.address, reason);
}

/** Seven bits and the eighth. */
static uint8_t joined(const uint8_t* pair) {
  return static_cast<uint8_t>(pair[0] | pair[1] << 7);
}

void I2c::request(uint8_t* body, uint8_t length) {
  if (length < 2) return;
  const uint8_t mode = body[1];
  current_.address = body[0];
  currentBit_ = 0;
  if (!isOn_) return complain(OFF);
  if ((mode & TEN_BITS) != 0) return complain(TEN_BIT_ADDRESS);
  uint8_t* const bytes = body + 2;
  const uint8_t count = static_cast<uint8_t>((length - 2) / 2);
  for (uint8_t i = 0; i < count; i += 1) bytes[i] = joined(bytes + 2 * i);
  if ((mode & MODE_MASK) == MODE_WRITE) return write(body[0], bytes, count);
  if ((mode & MODE_MASK) == MODE_MASK) return forget(body[0]);
  const uint8_t wanted = count == 0 ? 0 : bytes[count - 1];
  if (wanted == 0 || wanted > I2C_BYTES_MAX || count > 2) return complain(BAD_LENGTH);
  Read asked = {body[0], 0, wanted};
  if (count == 2) {
    asked.reg = bytes[0];
    asked.count |= HAS_REGISTER;
  }
  if ((mode & KEEP_BUS) != 0) asked.count |= KEEPS_BUS;
  if ((mode & MODE_MASK) == MODE_READ_ALWAYS) repeat(asked);
  else read(asked, bytes);
}

void I2c::repeat(const Read& asked) {
  uint8_t at = 0;
  while (at < readCount_ && (reads_[at].address != asked.address || reads_[at].reg != asked.reg)) at += 1;
  if (at == READS_MAX) return complain(TOO_MANY);
  reads_[at] = asked;
  failing_ = static_cast<uint8_t>(failing_ & ~(1u << at));
  if (at == readCount_) readCount_ += 1;
}

void I2c::forget(uint8_t address) {
  uint8_t kept = 0;
  for (uint8_t at = 0; at < readCount_; at += 1) {
    if (reads_[at].address != address) reads_[kept++] = reads_[at];
  }
  readCount_ = kept;
  due_ = 0;
  failing_ = 0;
}

void I2c::write(uint8_t address, uint8_t* bytes, uint8_t length) {
  bytes_ = bytes;
  length_ = length;
  at_ = 0;
  current_.count = 0;
  phase_ = Phase::Write;
  sinceUs_ = hal::micros();
  hal::i2cStart(static_cast<uint8_t>(address << 1));
}

void I2c::read(const Read& asked, uint8_t* buffer) {
  current_ = asked;
  if ((asked.count & HAS_REGISTER) != 0) {
    buffer[0] = asked.reg;
    write(asked.address, buffer, 1);
    current_.count = asked.count;
    return;
  }
  bytes_ = buffer;
  at_ = 0;
  phase_ = Phase::Address;
  sinceUs_ = hal::micros();
  hal::i2cStart(static_cast<uint8_t>(asked.address << 1 | 1));
}

void I2c::next(uint8_t* buffer, uint32_t nowUs) {
  if (due_ == 0) return;
  uint8_t at = 0;
  while ((due_ >> at & 1) == 0) at += 1;
  currentBit_ = static_cast<uint8_t>(1u << at);
  due_ = static_cast<uint8_t>(due_ & ~currentBit_);
  read(reads_[at], buffer);
  poll(nowUs);
}

void I2c::poll(uint32_t nowUs) {
  while (phase_ != Phase::Idle) {
    if (phase_ == Phase::Pause) {
      if (nowUs - sinceUs_ < delayUs_) return;
      phase_ = Phase::Address;
      at_ = 0;
      sinceUs_ = nowUs;
      hal::i2cStart(static_cast<uint8_t>(current_.address << 1 | 1));
    }
    switch (hal::i2cState()) {
      case hal::I2cState::Busy:
        if (static_cast<int32_t>(nowUs - sinceUs_) < static_cast<int32_t>(TIMEOUT_US)) return;
        // Anew, so that a device that lost count in the middle of a byte lets go.
        hal::i2cUse(false);
        hal::i2cUse(true);
        return fail(STUCK);
      case hal::I2cState::Refused:
        hal::i2cStop();
        return fail(NO_ANSWER);
      case hal::I2cState::Done:
        sinceUs_ = nowUs;
        advance(nowUs);
    }
  }
}

void I2c::advance(uint32_t nowUs) {
  const uint8_t wanted = current_.count & COUNT_MASK;
  if (phase_ == Phase::Write) {
    if (at_ < length_) return hal::i2cWrite(bytes_[at_++]);
    if (wanted == 0) {
      hal::i2cStop();
      phase_ = Phase::Idle;
      return;
    }
    if ((current_.count & KEEPS_BUS) == 0) hal::i2cStop();
    phase_ = Phase::Pause;
    sinceUs_ = nowUs;
    return;
  }
  if (phase_ == Phase::Read) bytes_[at_++] = hal::i2cByte();
  phase_ = Phase::Read;
  if (at_ < wanted) return hal::i2cRead(at_ + 1 < wanted);
  hal::i2cStop();
  reply();
}

void I2c::reply() {
  phase_ = Phase::Idle;
  failing_ = static_cast<uint8_t>(failing_ & ~currentBit_);
  out_->begin(I2C_REPLY);
  out_->push14(current_.address);
  out_->push14((current_.count & HAS_REGISTER) != 0 ? current_.reg : 0);
  for (uint8_t i = 0; i < at_; i += 1) out_->push14(bytes_[i]);
  out_->end();
}

void I2c::fail(const char* reason) {
  phase_ = Phase::Idle;
  // One word for a device that is missing, not one for each interval.
  if ((failing_ & currentBit_) != 0) return;
  failing_ |= currentBit_;
  complain(reason);
}

}  // namespace celda
