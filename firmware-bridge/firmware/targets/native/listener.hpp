// A second reading of the wire, for the fuzzer only: which commands were on the line, whatever the board made of them.
// Shares no code with the core.
#pragma once
#include <stdint.h>

namespace celda {

constexpr uint8_t NATIVE_UID[8] = {0xc3, 0xe1, 0xda, 0, 0, 0, 0, 1};
constexpr uint8_t IMAGE_BYTES_MAX = 40;

/** CRC-32C over the salt of this type of frame and the bytes. */
uint32_t frameChecksum(const uint8_t* frame, uint8_t length);
/** CRC-32C over the UID, 8 bytes, and the bytes: of any frame but the two that a board takes from everybody. */
uint32_t saltedChecksum(const uint8_t* uid, const uint8_t* frame, uint8_t length);
uint32_t plainChecksum(const uint8_t* bytes, uint16_t length);

/** COBS with the terminating zero. @returns bytes written, at most `length` + 2 */
uint8_t stuffFrame(uint8_t* out, const uint8_t* frame, uint8_t length);

/** Whether these bytes, as sent, are one frame with the right checksum, a leading zero allowed. */
bool isRightFrame(const uint8_t* bytes, uint8_t length);

/**
 * Undoes `stuffFrame` for one line as sent, a leading zero allowed; `out` takes 160 bytes.
 * @returns length of the frame without its checksum, or 0 when it is none with a right checksum
 */
uint8_t unstuffLine(uint8_t* out, const uint8_t* bytes, uint8_t length);

/** A PROCESS with the arm flag that went over the line with a right checksum. */
struct Arming {
  uint32_t session;
  uint32_t cycle;
  uint32_t notAfterUs;
  uint32_t atUs;
  uint8_t length;
  uint8_t image[IMAGE_BYTES_MAX];
};

class Listener {
 public:
  void clear();
  /** One byte on its way to the board. */
  void hear(uint8_t byte, uint32_t nowUs);
  /** Number of armings remembered, and the one that is `back` places behind the newest. */
  uint32_t count() const { return count_ < ARMINGS_MAX ? count_ : ARMINGS_MAX; }
  const Arming& newest(uint32_t back) const { return armings_[(count_ - 1 - back) % ARMINGS_MAX]; }

 private:
  static constexpr uint32_t ARMINGS_MAX = 4096;
  void frame(uint32_t nowUs);

  uint8_t bytes_[160];
  uint8_t length_;
  uint32_t count_;
  Arming armings_[ARMINGS_MAX];
};

}  // namespace celda
