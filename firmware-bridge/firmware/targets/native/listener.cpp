#include "listener.hpp"

#include <string.h>

namespace celda {

struct CrcTable {
  uint32_t of[256];
  CrcTable() {
    for (uint32_t byte = 0; byte < 256; byte += 1) {
      uint32_t crc = byte;
      for (int bit = 0; bit < 8; bit += 1) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82F63B78u : crc >> 1;
      of[byte] = crc;
    }
  }
};

static const CrcTable TABLE;

static uint32_t crcBytes(uint32_t crc, const uint8_t* bytes, uint16_t length) {
  for (uint16_t i = 0; i < length; i += 1) crc = crc >> 8 ^ TABLE.of[(crc ^ bytes[i]) & 0xFF];
  return crc;
}

uint32_t plainChecksum(const uint8_t* bytes, uint16_t length) {
  return ~crcBytes(0xFFFFFFFFu, bytes, length);
}

uint32_t saltedChecksum(const uint8_t* uid, const uint8_t* frame, uint8_t length) {
  return ~crcBytes(crcBytes(0xFFFFFFFFu, uid, 8), frame, length);
}

uint32_t frameChecksum(const uint8_t* frame, uint8_t length) {
  static const uint8_t NONE[8] = {};
  const bool salted = (frame[0] & 0x7F) > 2;
  return saltedChecksum(salted ? NATIVE_UID : NONE, frame, length);
}

uint8_t stuffFrame(uint8_t* out, const uint8_t* frame, uint8_t length) {
  uint8_t code = 0;
  uint8_t at = 1;
  for (uint8_t i = 0; i < length; i += 1) {
    if (frame[i] != 0) {
      out[at++] = frame[i];
      continue;
    }
    out[code] = static_cast<uint8_t>(at - code);
    code = at++;
  }
  out[code] = static_cast<uint8_t>(at - code);
  out[at++] = 0;
  return at;
}

/** @returns length of the frame without its checksum, or 0 when it is none. `encoded` without zeros */
static uint8_t unstuff(uint8_t* out, const uint8_t* encoded, uint8_t length) {
  uint8_t written = 0;
  for (uint8_t at = 0; at < length;) {
    const uint8_t code = encoded[at];
    if (at + code > length) return 0;
    memcpy(out + written, encoded + at + 1, code - 1u);
    written = static_cast<uint8_t>(written + code - 1);
    at = static_cast<uint8_t>(at + code);
    if (at < length) out[written++] = 0;
  }
  if (written < 11 || written > 128) return 0;
  const uint8_t body = static_cast<uint8_t>(written - 4);
  uint32_t crc;
  memcpy(&crc, out + body, 4);
  return crc == frameChecksum(out, body) ? body : 0;
}

uint8_t unstuffLine(uint8_t* out, const uint8_t* bytes, uint8_t length) {
  if (length > 0 && bytes[0] == 0) {
    bytes += 1;
    length -= 1;
  }
  if (length < 2 || length > 130 || bytes[length - 1] != 0 || memchr(bytes, 0, length - 1u) != nullptr) return 0;
  return unstuff(out, bytes, static_cast<uint8_t>(length - 1));
}

bool isRightFrame(const uint8_t* bytes, uint8_t length) {
  uint8_t frame[160];
  return unstuffLine(frame, bytes, length) != 0 && (frame[0] & 0x80) != 0;
}

void Listener::clear() {
  length_ = 0;
  count_ = 0;
}

void Listener::hear(uint8_t byte, uint32_t nowUs) {
  if (byte != 0) {
    if (length_ < sizeof bytes_) bytes_[length_++] = byte;
    return;
  }
  if (length_ > 0 && length_ <= 129) frame(nowUs);
  length_ = 0;
}

void Listener::frame(uint32_t nowUs) {
  uint8_t frame[160];
  const uint8_t body = unstuff(frame, bytes_, length_);
  if (body < 16 || body > 16 + IMAGE_BYTES_MAX || frame[0] != 0x10 || (frame[15] & 1) == 0) return;
  Arming& arming = armings_[count_ % ARMINGS_MAX];
  memcpy(&arming.session, frame + 3, 4);
  memcpy(&arming.cycle, frame + 7, 4);
  memcpy(&arming.notAfterUs, frame + 11, 4);
  arming.atUs = nowUs;
  arming.length = static_cast<uint8_t>(body - 16);
  memcpy(arming.image, frame + 16, arming.length);
  count_ += 1;
}

}  // namespace celda
