#include "faults.hpp"

#include <string.h>

namespace celda {

const char* const FAULT_NAMES[FAULTS] = {
    "flipped bit",   "burst",          "dropped bytes",   "inserted bytes",
    "repeated frame", "swapped frames", "truncated frame", "replayed from an older session",
    "frame of a foreign board",
};

void Arrival::add(const uint8_t* more, uint16_t count) {
  memcpy(bytes + length, more, count);
  length = static_cast<uint16_t>(length + count);
}

static void flip(Arrival& arrival, uint32_t bit) {
  arrival.bytes[bit / 8] = static_cast<uint8_t>(arrival.bytes[bit / 8] ^ 1u << bit % 8);
}

/** Up to 64 bits in a row, the first and the last of them wrong, those between by chance. */
static void burst(Arrival& arrival, Draw& draw) {
  const uint32_t length = 2 + draw(63);
  const uint32_t from = draw(arrival.length * 8u - length);
  for (uint32_t bit = from; bit < from + length; bit += 1) {
    if (bit == from || bit == from + length - 1 || draw(2) == 1) flip(arrival, bit);
  }
}

static void dropBytes(Arrival& arrival, Draw& draw) {
  const uint32_t at = draw(arrival.length);
  const uint32_t most = arrival.length - at;
  const uint32_t wanted = 1 + draw(8);
  const uint32_t count = wanted < most ? wanted : most;
  memmove(arrival.bytes + at, arrival.bytes + at + count, most - count);
  arrival.length = static_cast<uint16_t>(arrival.length - count);
}

static void insertBytes(Arrival& arrival, Draw& draw) {
  const uint32_t at = draw(arrival.length + 1u);
  const uint32_t count = 1 + draw(8);
  memmove(arrival.bytes + at + count, arrival.bytes + at, arrival.length - at);
  for (uint32_t i = 0; i < count; i += 1) arrival.bytes[at + i] = static_cast<uint8_t>(draw(256));
  arrival.length = static_cast<uint16_t>(arrival.length + count);
}

static void addAll(Arrival& arrival, const Line& one, const Line& two) {
  arrival.add(one);
  arrival.add(two);
}

static void addAll(Arrival& arrival, const Line& one, const Line& two, const Line& three) {
  addAll(arrival, one, two);
  arrival.add(three);
}

void arrive(Fault fault, const Sent& sent, Draw& draw, Arrival& arrival) {
  arrival.length = 0;
  switch (fault) {
    case Fault::FlippedBit:
      addAll(arrival, sent.first, sent.second);
      return flip(arrival, draw(arrival.length * 8u));
    case Fault::Burst:
      addAll(arrival, sent.first, sent.second);
      return burst(arrival, draw);
    case Fault::DroppedBytes:
      addAll(arrival, sent.first, sent.second);
      return dropBytes(arrival, draw);
    case Fault::InsertedBytes:
      addAll(arrival, sent.first, sent.second);
      return insertBytes(arrival, draw);
    case Fault::RepeatedFrame:
      if (draw(2) == 0) return addAll(arrival, sent.first, sent.first, sent.second);
      return addAll(arrival, sent.first, sent.second, sent.first);
    case Fault::SwappedFrames:
      return addAll(arrival, sent.second, sent.first);
    case Fault::TruncatedFrame:
      arrival.add(sent.first.bytes, static_cast<uint16_t>(draw(sent.first.length)));
      return arrival.add(sent.second);
    case Fault::ReplayedFrame:
      if (draw(2) == 0) return addAll(arrival, sent.older, sent.first, sent.second);
      return addAll(arrival, sent.first, sent.older, sent.second);
    case Fault::ForeignFrame:
      if (draw(2) == 0) return addAll(arrival, sent.foreign, sent.second);
      return addAll(arrival, sent.first, sent.foreign, sent.second);
  }
}

}  // namespace celda
