#include "session.hpp"

#include "bytes.hpp"
#include "crc32c.hpp"

namespace celda {

constexpr uint32_t VALIDITY_US_MAX = 1000000;
/** What a board takes at most from a tick to the last output at its safe value: a lease ends so much early, and never late. */
constexpr uint32_t REACTION_US = 600;

void Session::boot(const Identity& identity, Process* process) {
  identity_ = identity;
  process_ = process;
  staged_.clear();
  permits_.boot();
  id_ = 0;
  hash_ = 0;
  receiptCycle_ = 0;
  openCount_ = 0;
  lastSeq_ = 0;
  beforeSeq_ = 0;
  txSeq_ = 0;
  state_ = State::Boot;
  trip_ = identity.resetCause == 4 ? Trip::Watchdog : Trip::None;
  tripInput_ = 0;
  reason_ = Status::Ok;
  lateFrames_ = 0;
  badFrames_ = 0;
  commanded_ = false;
  committed_ = false;
  restartCheck();
  renewChallenge();
}

void Session::renewChallenge() {
  // Boot and open counter differ within 32 adjacent bits, and a CRC tells any two such messages apart.
  uint8_t counters[4];
  Writer writer(counters);
  writer.u16(identity_.bootCount);
  writer.u16(openCount_);
  Crc32c crc;
  crc.add(identity_.uid, UID_BYTES);
  crc.add(counters, sizeof counters);
  challenge_ = crc.value();
}

bool Session::admit(uint32_t session, uint16_t seq) {
  const uint16_t ahead = static_cast<uint16_t>(seq - lastSeq_);
  if (session == 0 || session != id_ || ahead == 0 || ahead > 32767) {
    countBad();
    return false;
  }
  beforeSeq_ = lastSeq_;
  lastSeq_ = seq;
  return true;
}

Effect Session::refuse(Status reason) {
  reason_ = reason;
  return Effect::Refused;
}

Effect Session::open(uint32_t id, uint16_t seq, uint32_t challenge) {
  if (id != 0 && id == id_ && !commanded_ && state_ != State::Tripped) {
    lastSeq_ = seq;
    return Effect::Opened;
  }
  if (id == 0) return refuse(Status::Value);
  if (challenge != challenge_) return refuse(Status::Challenge);
  const hal::TickLock lock;
  if (state_ == State::Armed) {
    trip_ = Trip::Superseded;
    tripInput_ = 0;
  }
  state_ = State::Configuring;
  process_->driveSafe();
  staged_.clear();
  id_ = id;
  lastSeq_ = seq;
  txSeq_ = 0;
  commanded_ = false;
  committed_ = false;
  openCount_ += 1;
  renewChallenge();
  return Effect::Opened;
}

Status Session::config(const uint8_t* record) {
  return state_ == State::Configuring ? staged_.take(record) : Status::State;
}

Status Session::commit(uint16_t leaseMs, uint8_t count, uint32_t hash) {
  if (isConfigured() && state_ != State::Tripped && hash == hash_ && leaseMs == leaseMs_) return Status::Ok;
  if (state_ != State::Configuring) return Status::State;
  const Status status = staged_.check(leaseMs, count, hash);
  if (status != Status::Ok) return status;
  const hal::TickLock lock;
  process_->apply(staged_);
  permits_.apply(staged_);
  hash_ = hash;
  leaseMs_ = leaseMs;
  leaseUs_ = leaseMs * 1000ul;
  receiptCycle_ = 0;
  trip_ = Trip::None;
  tripInput_ = 0;
  committed_ = true;
  restartCheck();
  state_ = State::Stopped;
  return Status::Ok;
}

void Session::trip(Trip cause, uint8_t input) {
  const hal::TickLock lock;
  if (state_ == State::Tripped) return;
  process_->driveSafe();
  trip_ = cause;
  tripInput_ = input;
  state_ = State::Tripped;
}

void Session::close() {
  trip(Trip::Closed);
}

bool Session::isTimely(uint32_t nowUs, uint32_t notAfterUs) {
  const int32_t leftUs = static_cast<int32_t>(notAfterUs - nowUs);
  if (leftUs < 0) {
    lateFrames_ += 1;
    return false;
  }
  if (leftUs > static_cast<int32_t>(VALIDITY_US_MAX)) {
    countBad();
    return false;
  }
  return true;
}

Effect Session::process(const uint8_t* payload, uint8_t length, uint32_t arrivedUs) {
  if (length < 9) return refuse(Status::Length);
  if (!isConfigured()) return refuse(Status::State);
  if (length != 9 + process_->imageLength()) return refuse(Status::Length);
  const uint32_t cycle = getU32(payload);
  // The first command of a session may carry any number but 0, which stands for no receipt; after that numbers go round.
  if (cycle == 0 || (commanded_ && static_cast<int32_t>(cycle - receiptCycle_) <= 0)) {
    disown();
    countBad();
    return Effect::None;
  }
  const uint32_t nowUs = hal::micros();
  if (!isTimely(nowUs, getU32(payload + 4))) return Effect::None;
  const bool arm = (payload[8] & 1) != 0;
  if (!process_->accepts(payload + 9, arm && state_ != State::Armed)) return refuse(Status::Value);
  const uint8_t open = arm && state_ != State::Armed ? permits_.firstOpen(process_->config(), hal::readPins()) : Permits::NONE;
  {
    const hal::TickLock lock;
    // Asked here, where the tick is locked out: the lease may run out at any moment before.
    if (state_ == State::Tripped) return Effect::None;
    if (open != Permits::NONE) {
      trip(Trip::PermitOpened, open);
      return Effect::Image;
    }
    if (arm && state_ != State::Armed) permits_.arm();
    if (!arm) process_->driveSafe();
    process_->allow(arm);
    state_ = arm ? State::Armed : State::Stopped;
    receiptCycle_ = cycle;
    // Counted from before the outputs moved, so that none of them is driven for longer than the lease and a tick.
    renewedUs_ = arrivedUs;
    commanded_ = true;
  }
  if (arm) process_->drive(payload + 9);
  return Effect::Image;
}

Effect Session::stop(uint32_t cycle) {
  if (!isConfigured()) return refuse(Status::State);
  if (static_cast<int32_t>(cycle - receiptCycle_) <= 0) disown();
  const hal::TickLock lock;
  if (state_ == State::Armed) {
    process_->driveSafe();
    state_ = State::Stopped;
  }
  return Effect::Image;
}

bool Session::expireLease(uint32_t nowUs) {
  if (state_ != State::Armed || nowUs - renewedUs_ + REACTION_US < leaseUs_) return false;
  trip(Trip::LeaseExpired);
  return true;
}

bool Session::watchPermits(const PinSet& levels, uint32_t nowUs) {
  if (state_ != State::Armed) return false;
  // To find out which one it is takes longer than all the rest, so it comes behind.
  if (permits_.isOpenAtOnce(levels)) process_->driveSafe();
  const uint8_t open = permits_.watch(process_->config(), levels, nowUs);
  if (open == Permits::NONE) return false;
  trip(Trip::PermitOpened, open);
  return true;
}

void Session::restartCheck() {
  checkPiece_ = 0;
  checkState_ = Crc32c().state();
}

bool Session::isConfigIntact(uint32_t hash) const {
  return hash == hash_ && leaseUs_ == leaseMs_ * 1000ul && process_->isIntact() && permits_.isIntact(process_->config());
}

/** Piece by piece: all of a large configuration at once would keep a command waiting for longer than the lease may be late. */
void Session::checkConfig() {
  if (!committed_) return restartCheck();
  const Config& config = process_->config();
  Crc32c crc(checkState_);
  if (checkPiece_ <= config.count()) {
    config.addPiece(crc, checkPiece_, leaseMs_);
    checkPiece_ += 1;
    checkState_ = crc.state();
    return;
  }
  restartCheck();
  if (!isConfigIntact(crc.value())) recover();
}

/** The safe values may be what is damaged. The copy that was committed still says them, or else every pin is let go. */
void Session::recover() {
  const hal::TickLock lock;
  if (staged_.hash(leaseMs_) == hash_) {
    process_->apply(staged_);
    permits_.apply(staged_);
    leaseUs_ = leaseMs_ * 1000ul;
  } else {
    process_->release();
  }
  trip(Trip::ConfigCorrupted);
}

}  // namespace celda
