#include "board.hpp"

#include "bytes.hpp"
#include "crc32c.hpp"
#include "version.hpp"

namespace celda {

constexpr uint8_t HELLO = 0x01, GET_PINS = 0x02, OPEN = 0x03, CONFIG = 0x04, COMMIT = 0x05, CLOSE = 0x06, SPEED = 0x07;
constexpr uint8_t PROCESS = 0x10, STOP = 0x11, STREAM = 0x20, STREAM_ACK = 0x21;
constexpr uint8_t IDENT = 0x81, PINS = 0x82, OPENED = 0x83, CONFIG_ACK = 0x84, COMMITTED = 0x85, SPEED_ACK = 0x86, REFUSED = 0x8F;
constexpr uint8_t IMAGE = 0x90, EDGE = 0x91, TO_HOST = 0x80;

constexpr uint8_t HEADER_BYTES = 7, CRC_BYTES = 4;
/** Not 10 ms, the usual cycle of a host: then each command that is a little late would cost an image more. */
constexpr uint32_t IMAGE_PERIOD_US = 15000;
constexpr uint32_t QUIET_LINE_US = 5000;
/** One piece of the configuration is checked so often: the 49 of the largest within 0.8 s, even where the loop turns rarely. */
constexpr uint32_t CONFIG_CHECK_US = 4000;
/** On the line; only behind fewer bytes than these no other command can have ended. */
constexpr uint8_t SHORTEST_COMMAND_BYTES = HEADER_BYTES + 9 + CRC_BYTES;
/** Taken off the receive queue in one turn of the loop. */
constexpr uint8_t TURN_BYTES = 32;
/** Ticks after which the loop is asked to turn even when there is nothing to do, for the watchdog and repetitions. */
constexpr uint8_t IDLE_TICKS_MAX = 16;

void Board::boot(const Identity& identity) {
  decoder_.reset();
  received_.clear();
  answerCount_ = 0;
  imageUs_ = 0;
  sentUs_ = 0;
  checkedUs_ = 0;
  edgeDue_ = false;
  imageDue_ = false;
  loopTurned_ = true;
  overflowed_ = false;
  idleTicks_ = 0;
  pins_.boot();
  process_.boot(&pins_, identity.bootCount);
  session_.boot(identity, &process_);
  firmata_.boot(&pins_);
  stream_.boot(&firmata_);
  speed_.boot();
}

bool Board::tick() {
  const uint32_t nowUs = hal::micros();
  if (session_.expireLease(nowUs)) imageDue_ = true;
  bool reportDue = false;
  if (session_.isConfigured()) {
    const PinSet levels = hal::readPins();
    // First of all: how long it takes from here is part of the board's reaction time.
    watchPermits(levels, nowUs);
    for (uint8_t axis = 0; process_.planAxis(axis); axis += 1) lookIfDue();
    if (process_.sampleInputs(levels)) edgeDue_ = true;
    lookIfDue();
    if (nowUs - imageUs_ >= IMAGE_PERIOD_US) imageDue_ = true;
    reportDue = firmata_.tick(levels) || stream_.isHolding();
  }
  if (loopTurned_) {
    loopTurned_ = false;
    hal::feedWatchdog();
    idleTicks_ = 0;
  }
  idleTicks_ += 1;
  return edgeDue_ || imageDue_ || reportDue || speed_.isDue() || received_.used() > 0 || idleTicks_ >= IDLE_TICKS_MAX;
}

/** With many axes and inputs a tick may last for longer than until the next look: a permit does not wait for its end. */
void Board::lookIfDue() {
  if (hal::takeLook()) look();
}

bool Board::look() {
  return watchPermits(hal::readPins(), hal::micros());
}

bool Board::watchPermits(const PinSet& levels, uint32_t nowUs) {
  if (session_.watchPermits(levels, nowUs)) imageDue_ = true;
  // The host has to see what the board counts, even if it is over by the next tick.
  if (session_.hasNewOpening() && process_.sampleOpenings(levels)) edgeDue_ = true;
  return edgeDue_ || imageDue_;
}

void Board::poll() {
  do {
    turn();
  } while (received_.used() > 0);
}

void Board::turn() {
  loopTurned_ = true;
  if (overflowed_) {
    overflowed_ = false;
    session_.countBad();
  }
  // A line may bring more than the loop can take beside all interrupts: watchdog, images and checks are not to wait for its end.
  for (uint8_t left = TURN_BYTES; left > 0 && received_.used() > 0; left -= 1) {
    const uint8_t byte = received_.peek(0);
    received_.drop(1);
    if (byte == 0) arrivedUs_ = hal::lineEndUs(received_.used() >= SHORTEST_COMMAND_BYTES);
    const CobsDecoder::Result result = decoder_.push(byte);
    if (result == CobsDecoder::Result::Broken) session_.countBad();
    if (result != CobsDecoder::Result::Frame) continue;
    handleFrame(decoder_.bytes(), decoder_.length());
    // A command may be waiting behind this frame, so the stream does not get the line yet.
    send(false);
  }
  stream_.feed();
  firmata_.report();
  const uint32_t nowUs = hal::micros();
  if (nowUs - checkedUs_ >= CONFIG_CHECK_US) {
    checkedUs_ = nowUs;
    session_.checkConfig();
  }
  send(received_.used() == 0);
  speed_.turn(nowUs, answerCount_ == 0);
}

static bool isUnsalted(uint8_t type) {
  return type == HELLO || type == GET_PINS || type == IDENT || type == PINS;
}

static uint32_t checksum(const Identity& identity, const uint8_t* frame, uint8_t length) {
  Crc32c crc;
  const bool salted = !isUnsalted(frame[0]);
  for (uint8_t i = 0; i < UID_BYTES; i += 1) crc.add(salted ? identity.uid[i] : 0);
  crc.add(frame, length);
  return crc.value();
}

void Board::handleFrame(uint8_t* frame, uint8_t length) {
  if (length < HEADER_BYTES + CRC_BYTES) return session_.countBad();
  const uint8_t body = static_cast<uint8_t>(length - CRC_BYTES);
  if (getU32(frame + body) != checksum(session_.identity(), frame, body)) return session_.countBad();
  const uint8_t type = frame[0];
  if ((type & TO_HOST) == 0) speed_.heard(arrivedUs_);
  const uint16_t seq = getU16(frame + 1);
  const uint32_t session = getU32(frame + 3);
  const uint8_t* payload = frame + HEADER_BYTES;
  const uint8_t payloadLength = static_cast<uint8_t>(body - HEADER_BYTES);
  if (isUnsalted(type)) return handleUnsalted(type, session, payload, payloadLength);
  if (type == OPEN) return handleOpen(session, seq, payload, payloadLength);
  if ((type & TO_HOST) != 0) return session_.countBad();
  if (!session_.admit(session, seq)) return;
  if (type == STREAM || type == STREAM_ACK) return handleStream(type, payload, payloadLength);
  handleSession(type, payload, payloadLength);
}

void Board::handleUnsalted(uint8_t type, uint32_t session, const uint8_t* payload, uint8_t length) {
  if (session != 0) return session_.countBad();
  if (type == HELLO && length == 9 && getU32(payload) == 0x41444C43ul /* "CLDA" */) {
    nonce_ = getU32(payload + 5);
    return answer(Reply::Ident, 0, 0);
  }
  if (type == GET_PINS && length == 1) return answer(Reply::Pins, payload[0], 0);
  session_.countBad();
}

void Board::handleOpen(uint32_t session, uint16_t seq, const uint8_t* payload, uint8_t length) {
  refusedSession_ = session;
  if (length != 4) return refuse(OPEN, Status::Length);
  // A new session has a new challenge, also one with the number of the last.
  const uint32_t challenge = session_.challenge();
  const Effect effect = session_.open(session, seq, getU32(payload));
  if (session_.challenge() != challenge) {
    answerCount_ = 0;
    edgeDue_ = false;
    imageDue_ = false;
    stream_.reset();
  }
  apply(OPEN, effect);
}

void Board::handleSession(uint8_t type, const uint8_t* payload, uint8_t length) {
  switch (type) {
    case CONFIG:
      if (length != RECORD_BYTES) return refuse(type, Status::Length);
      return answer(Reply::ConfigAck, payload[0], inHandshake(session_.config(payload)));
    case COMMIT: {
      if (length != 7) return refuse(type, Status::Length);
      const Status status = session_.commit(getU16(payload), payload[2], getU32(payload + 3));
      if (status == Status::Ok) firmata_.claim(process_.claimedPins());
      return answer(Reply::Committed, inHandshake(status), 0);
    }
    case SPEED: {
      if (length != 4) return refuse(type, Status::Length);
      const uint32_t baud = getU32(payload);
      const bool mayChange = session_.state() == State::Configuring || baud == speed_.baud();
      return answer(Reply::Speed, inHandshake(mayChange ? speed_.ask(baud) : Status::State), 0);
    }
    case CLOSE:
      if (length != 0) return refuse(type, Status::Length);
      session_.close();
      imageDue_ = session_.isConfigured();
      return;
    case PROCESS:
      return apply(type, session_.process(payload, length, arrivedUs_));
    case STOP:
      if (length != 4) return refuse(type, Status::Length);
      return apply(type, session_.stop(getU32(payload)));
    default:
      return refuse(type, Status::UnknownType);
  }
}

/** A frame of the handshake that comes too late is an old one, come round again: its number does not count. */
uint8_t Board::inHandshake(Status status) {
  if (status == Status::State) session_.disown();
  return static_cast<uint8_t>(status);
}

void Board::handleStream(uint8_t type, const uint8_t* payload, uint8_t length) {
  if (!session_.isConfigured()) return refuse(type, Status::State);
  if (type == STREAM_ACK) {
    if (length != 1) return refuse(type, Status::Length);
    // An old one cannot be told from a new one, and its number would shut out what comes after: none of them counts.
    session_.disown();
    return stream_.acknowledge(payload[0]);
  }
  if (length < 2 || length > 1 + STREAM_BYTES_MAX) return refuse(type, Status::Length);
  if (!stream_.take(payload[0], payload + 1, static_cast<uint8_t>(length - 1))) session_.disown();
  stream_.feed();
}

void Board::apply(uint8_t type, Effect effect) {
  switch (effect) {
    case Effect::None:
      return;
    case Effect::Image:
      imageDue_ = true;
      return;
    case Effect::Opened:
      return answer(Reply::Opened, 0, 0);
    case Effect::Refused:
      return refuse(type, session_.reason());
  }
}

void Board::answer(Reply reply, uint8_t first, uint8_t second) {
  // The host asks again for an answer that finds no room, and sees here why it has to.
  if (answerCount_ == ANSWERS_MAX) return session_.countBad();
  answers_[answerCount_++] = {reply, first, second};
}

void Board::send(bool streamToo) {
  while (hal::transmitIdle() && (sendUrgent() || (streamToo && sendStream()))) {
  }
}

bool Board::sendUrgent() {
  const bool mayReport = session_.isConfigured() && process_.isSampled();
  if (edgeDue_ && mayReport) {
    sendImage(EDGE);
  } else if (answerCount_ > 0) {
    const Answer first = answers_[0];
    answerCount_ -= 1;
    for (uint8_t i = 0; i < answerCount_; i += 1) answers_[i] = answers_[i + 1];
    sendAnswer(first);
  } else if (imageDue_ && mayReport) {
    sendImage(IMAGE);
  } else {
    return false;
  }
  return true;
}

bool Board::sendStream() {
  const uint32_t nowUs = hal::micros();
  if (stream_.isAckDue()) {
    Writer out = begin();
    out.u8(stream_.ack());
    finishInSession(STREAM_ACK | TO_HOST, out.end());
  } else if (session_.isConfigured() && stream_.isDataDue(nowUs)) {
    Writer out = begin();
    stream_.writeData(out, nowUs);
    finishInSession(STREAM | TO_HOST, out.end());
  } else {
    return false;
  }
  return true;
}

void Board::sendAnswer(const Answer& answer) {
  Writer out = begin();
  switch (answer.reply) {
    case Reply::Ident:
      return sendIdent();
    case Reply::Pins:
      return sendPins(answer.first);
    case Reply::Opened:
      out.u32(hal::micros());
      return finishInSession(OPENED, out.end());
    case Reply::ConfigAck:
      out.u8(answer.first);
      out.u8(answer.second);
      return finishInSession(CONFIG_ACK, out.end());
    case Reply::Committed:
      out.u8(answer.first);
      out.u32(session_.configHash());
      return finishInSession(COMMITTED, out.end());
    case Reply::Speed:
      out.u32(speed_.asked());
      out.u8(answer.first);
      return finishInSession(SPEED_ACK, out.end());
    case Reply::Refused:
      out.u8(answer.first);
      out.u8(answer.second);
      // A refused OPEN is answered in the session it asked for, which has no sequence yet.
      if (answer.first == OPEN) return finish(REFUSED, refusedSession_, 0, out.end());
      return finishInSession(REFUSED, out.end());
  }
}

void Board::sendIdent() {
  const Identity& identity = session_.identity();
  Writer out = begin();
  out.u32(nonce_);
  out.u8(WIRE_VERSION);
  for (uint8_t i = 0; i < UID_BYTES; i += 1) out.u8(identity.uid[i]);
  out.u16(identity.bootCount);
  out.u8(identity.resetCause);
  out.u8(FIRMWARE_MAJOR);
  out.u8(FIRMWARE_MINOR);
  out.u8(FIRMWARE_PATCH);
  out.u8(BOARD_KIND);
  out.u8(PIN_COUNT);
  out.u8(INPUT_SLOTS_MAX);
  out.u8(OUTPUT_SLOTS_MAX);
  out.u8(static_cast<uint8_t>(session_.state()));
  out.u8(session_.tripCode());
  out.u32(session_.configHash());
  out.u32(hal::micros());
  out.u32(session_.challenge());
  finish(IDENT, 0, 0, out.end());
}

void Board::sendPins(uint8_t first) {
  Writer out = begin();
  out.u8(first);
  out.u8(PIN_COUNT);
  for (uint8_t pin = first; pin < PIN_COUNT; pin += 1) out.u8(hal::pinCapabilities(pin));
  finish(PINS, 0, 0, out.end());
}

void Board::sendImage(uint8_t type) {
  const uint32_t nowUs = hal::micros();
  imageUs_ = nowUs;
  edgeDue_ = false;
  imageDue_ = false;
  Writer out = begin();
  out.u32(session_.receiptCycle());
  out.u32(nowUs);
  out.u8(static_cast<uint8_t>(session_.state()));
  out.u8(session_.tripCode());
  out.u8(session_.lateFrames());
  out.u8(session_.badFrames());
  process_.writeImages(out);
  finishInSession(type, out.end());
}

// out_[0] is the zero in front, out_[1] the first code of the stuffing, the frame follows.
Writer Board::begin() {
  return Writer(out_ + 2 + HEADER_BYTES);
}

void Board::finishInSession(uint8_t type, uint8_t* end) {
  finish(type, session_.id(), session_.nextSeq(), end);
}

void Board::finish(uint8_t type, uint32_t session, uint16_t seq, uint8_t* end) {
  uint8_t* const frame = out_ + 2;
  Writer header(frame);
  header.u8(type);
  header.u16(seq);
  header.u32(session);
  const uint8_t body = static_cast<uint8_t>(end - frame);
  Writer(end).u32(checksum(session_.identity(), frame, body));
  out_[0] = 0;
  const uint8_t encoded = cobsEncode(out_ + 1, static_cast<uint8_t>(body + CRC_BYTES));
  const uint32_t nowUs = hal::micros();
  const bool quiet = nowUs - sentUs_ >= QUIET_LINE_US;
  sentUs_ = nowUs;
  if (quiet) hal::transmit(out_, static_cast<uint8_t>(encoded + 1));
  else hal::transmit(out_ + 1, encoded);
}

}  // namespace celda
