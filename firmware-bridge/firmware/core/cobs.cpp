#include "cobs.hpp"

namespace celda {

void CobsDecoder::reset() {
  used_ = 0;
  done_ = 0;
  left_ = 0;
  started_ = false;
  zeroBetween_ = false;
  broken_ = false;
}

void CobsDecoder::put(uint8_t byte) {
  if (used_ == FRAME_MAX) {
    broken_ = true;
    return;
  }
  buffer_[used_++] = byte;
}

CobsDecoder::Result CobsDecoder::push(uint8_t byte) {
  if (byte == 0) {
    const bool empty = !started_;
    const bool whole = !broken_ && left_ == 0;
    done_ = used_;
    used_ = 0;
    left_ = 0;
    started_ = false;
    broken_ = false;
    if (empty) return Result::More;
    return whole ? Result::Frame : Result::Broken;
  }
  if (broken_) return Result::More;
  if (left_ > 0) {
    left_ -= 1;
    put(byte);
    return Result::More;
  }
  if (started_ && zeroBetween_) put(0);
  started_ = true;
  zeroBetween_ = byte != 0xFF;
  left_ = static_cast<uint8_t>(byte - 1);
  return Result::More;
}

uint8_t cobsEncode(uint8_t* frame, uint8_t length) {
  const uint8_t end = static_cast<uint8_t>(length + 1);
  uint8_t code = 0;
  for (uint8_t i = 1; i < end; i += 1) {
    if (frame[i] != 0) continue;
    frame[code] = static_cast<uint8_t>(i - code);
    code = i;
  }
  frame[code] = static_cast<uint8_t>(end - code);
  frame[end] = 0;
  return static_cast<uint8_t>(end + 1);
}

}  // namespace celda
