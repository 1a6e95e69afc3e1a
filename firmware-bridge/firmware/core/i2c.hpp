// I2C of the stream lane: one transfer at a time, byte by byte from the main loop, and reads that repeat by themselves.
// While a transfer waits for the main loop the clock line stays low, which every device must bear.
#pragma once
#include <stdint.h>

#include "../hal.hpp"
#include "firmata-out.hpp"

namespace celda {

/** Longest transfer, bytes, as in the Wire library behind StandardFirmata. */
constexpr uint8_t I2C_BYTES_MAX = 32;

class I2c {
 public:
  void boot(FirmataOut* out);
  /** Ends what is under way, forgets the reads that repeat and lets go of the bus. */
  void end();
  /** Takes the bus. @param delayUs least time between naming a register and reading it */
  void begin(uint16_t delayUs);
  bool isOn() const { return isOn_; }

  /**
   * Obeys an I2C_REQUEST.
   * @param body address, mode and pairs of seven bits; stays untouched by the caller while `isBusy`
   */
  void request(uint8_t* body, uint8_t length);
  bool isBusy() const { return phase_ != Phase::Idle; }
  bool isReading() const { return readCount_ > 0; }

  /** A sampling interval has passed: all reads that repeat are due. */
  void sample() { due_ = static_cast<uint8_t>((1u << readCount_) - 1); }
  /** Begins the next read that is due. @param buffer as `body` of `request`, 32 bytes */
  void next(uint8_t* buffer, uint32_t nowUs);
  /** Main loop: goes on with the transfer. */
  void poll(uint32_t nowUs);

 private:
  enum class Phase : uint8_t { Idle, Write, Pause, Address, Read };
  struct Read {
    uint8_t address;
    /** Number of the register; bit 7 of `count`: there is one, bit 6: keep the bus between naming and reading it. */
    uint8_t reg;
    uint8_t count;
  };
  static constexpr uint8_t READS_MAX = 8;

  void write(uint8_t address, uint8_t* bytes, uint8_t length);
  void read(const Read& read, uint8_t* buffer);
  void repeat(const Read& read);
  void forget(uint8_t address);
  void advance(uint32_t nowUs);
  void reply();
  void fail(const char* reason);
  void complain(const char* reason);

  FirmataOut* out_;
  uint8_t* bytes_;
  uint32_t sinceUs_;
  uint16_t delayUs_;
  Read reads_[READS_MAX];
  Read current_;
  Phase phase_;
  bool isOn_;
  uint8_t readCount_;
  /** By bit n = read n: due, and known to fail, so that it is told once. */
  uint8_t due_;
  uint8_t failing_;
  /** Bit of the read that is under way; 0 for one that does not repeat. */
  uint8_t currentBit_;
  uint8_t length_;
  uint8_t at_;
};

}  // namespace celda
