// Who may command this board and what state it is in: UID, session, sequence, configuration, lease, trip.
// What only one kind of turn needs keeps a frame of its own (`noinline`): within the main loop its locals would stay on the stack
// for ever, beneath every interrupt.
#pragma once
#include <stdint.h>

#include "config.hpp"
#include "permits.hpp"
#include "process.hpp"

namespace celda {

enum class State : uint8_t { Boot = 0, Configuring = 1, Stopped = 2, Armed = 3, Tripped = 4 };

enum class Trip : uint8_t {
  None = 0,
  LeaseExpired = 1,
  Watchdog = 2,
  ConfigCorrupted = 3,
  PermitOpened = 4,
  Superseded = 5,
  Closed = 6,
};

constexpr uint8_t UID_BYTES = 8;

struct Identity {
  uint8_t uid[UID_BYTES];
  uint16_t bootCount;
  /** 0 unknown, 1 power on, 2 external, 3 brown-out, 4 watchdog. */
  uint8_t resetCause;
};

/** What a frame asks for after the session has looked at it. */
enum class Effect : uint8_t { None, Image, Opened, Refused };

class Session {
 public:
  void boot(const Identity& identity, Process* process);

  const Identity& identity() const { return identity_; }
  uint32_t id() const { return id_; }
  State state() const { return state_; }
  /** As on the wire: the cause, with the input that opened above it. */
  uint8_t tripCode() const { return static_cast<uint8_t>(static_cast<uint8_t>(trip_) | tripInput_ << 3); }
  uint32_t configHash() const { return hash_; }
  uint32_t challenge() const { return challenge_; }
  uint32_t receiptCycle() const { return receiptCycle_; }
  uint8_t lateFrames() const { return lateFrames_; }
  uint8_t badFrames() const { return badFrames_; }
  /** A configuration is in force in this session. */
  bool isConfigured() const { return state_ == State::Stopped || state_ == State::Armed || (state_ == State::Tripped && committed_); }

  void countBad() { badFrames_ += 1; }
  /** Whether a frame of the open session is newer than all before; remembers it. */
  bool admit(uint32_t session, uint16_t seq);
  /** The frame just admitted says itself that it is an old one, of an earlier round of numbers: its number does not count. */
  void disown() { lastSeq_ = beforeSeq_; }
  uint16_t nextSeq() { return ++txSeq_; }

  /** Reason of the last `Effect::Refused`. */
  Status reason() const { return reason_; }

  Effect open(uint32_t id, uint16_t seq, uint32_t challenge);
  Status config(const uint8_t* record);
  __attribute__((noinline)) Status commit(uint16_t leaseMs, uint8_t count, uint32_t hash);
  void close();
  /** `arrivedUs`: when the frame had been received; the lease counts from there, not from when it was found right. */
  __attribute__((noinline)) Effect process(const uint8_t* payload, uint8_t length, uint32_t arrivedUs);
  /** `cycle` of the frame: one that is not newer than the receipt is a repetition. */
  Effect stop(uint32_t cycle);

  /** Tick only. @returns true when the lease has just run out */
  bool expireLease(uint32_t nowUs);
  /** Tick only. @returns true when the board has just gone safe because a permit opened */
  bool watchPermits(const PinSet& levels, uint32_t nowUs);
  /** The last `watchPermits` has found an opening that the ones before had not. */
  bool hasNewOpening() const { return permits_.hasNew(); }
  /**
   * Main loop, every few milliseconds: looks at the next piece of the configuration in memory, and trips after the last when
   * it is no longer the one committed.
   */
  __attribute__((noinline)) void checkConfig();

 private:
  void renewChallenge();
  void restartCheck();
  bool isConfigIntact(uint32_t hash) const;
  void recover();
  void trip(Trip cause, uint8_t input = 0);
  Effect refuse(Status reason);
  bool isTimely(uint32_t nowUs, uint32_t notAfterUs);

  Identity identity_;
  Process* process_;
  Config staged_;
  Permits permits_;
  uint32_t id_;
  uint32_t challenge_;
  uint32_t hash_;
  uint32_t receiptCycle_;
  uint32_t renewedUs_;
  uint32_t leaseUs_;
  uint16_t leaseMs_;
  uint16_t openCount_;
  uint16_t lastSeq_;
  uint16_t beforeSeq_;
  uint16_t txSeq_;
  volatile State state_;
  Trip trip_;
  /** Slot of the input behind `PermitOpened`, 0 with any other cause. */
  uint8_t tripInput_;
  Status reason_;
  /** Of the check under way: the piece that is next, and the checksum of those before. */
  uint8_t checkPiece_;
  uint32_t checkState_;
  uint8_t lateFrames_;
  uint8_t badFrames_;
  bool commanded_;
  bool committed_;
};

}  // namespace celda
