#include "invariants.hpp"

#include <string.h>

#include "bench.hpp"

namespace celda {

constexpr uint32_t TICK_US = 1000, WATCHDOG_US_MAX = 100000;

static bool isDriven(const Record& record) {
  return bench.modes[record.pin] == (record.isServo() ? PinMode::Servo : PinMode::Output);
}

static bool isAt(const Record& record, uint16_t value) {
  if (!isDriven(record)) return false;
  if (!record.isServo()) return bench.latches.has(record.pin) == (value != 0);
  return value == HOLD || bench.pulses[record.pin] == value;
}

static void checkSafe(const Config& config) {
  for (uint8_t i = 0; i < config.count(); i += 1) {
    const Record& record = config[i];
    if (!record.isOutput() || record.isDirection()) continue;
    if (!isAt(record, record.isAxis() ? 0 : record.value)) violated("outputs are at their safe values while not armed");
  }
}

static bool isShowing(const Config& config, const Arming& arming) {
  uint8_t bits = 0;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if (config[i].isOutput() && config[i].isDigital()) bits += 1;
  }
  uint8_t bit = 0;
  uint8_t at = static_cast<uint8_t>((bits + 7) / 8);
  for (uint8_t i = 0; i < config.count(); i += 1) {
    const Record& record = config[i];
    if (!record.isOutput()) continue;
    uint16_t value;
    if (record.isDigital()) {
      value = arming.image[bit / 8] >> (bit % 8) & 1;
      bit += 1;
    } else if (record.isServo()) {
      value = static_cast<uint16_t>(arming.image[at] | arming.image[at + 1] << 8);
      at = static_cast<uint8_t>(at + 2);
    } else {
      // Of an axis the pins show no position.
      if (record.isAxis()) at = static_cast<uint8_t>(at + 4);
      if (!isDriven(record)) return false;
      continue;
    }
    if (at > arming.length || !isAt(record, value)) return false;
  }
  return at == arming.length;
}

/** Some command on the line, of this session and this cycle, in time and not older than the lease, shows on the pins. */
static void checkArmed(const Session& session, const Config& config, const Listener& listener, uint16_t leaseMs) {
  if (session.id() == 0) violated("a board is armed in a session only");
  for (uint32_t back = 0; back < listener.count(); back += 1) {
    const Arming& arming = listener.newest(back);
    if (bench.nowUs - arming.atUs > leaseMs * 1000u + TICK_US) break;
    if (arming.session != session.id() || arming.cycle != session.receiptCycle()) continue;
    if (static_cast<int32_t>(arming.notAfterUs - arming.atUs) < 0) continue;
    if (isShowing(config, arming)) return;
  }
  violated("an armed board shows a command that it was sent within the lease");
}

void checkInvariants(const Board& board, const Listener& listener, uint16_t leaseMs) {
  const BoardProbe probe(board);
  const Session& session = probe.session();
  const Config& config = probe.process().config();
  if (bench.nowUs - bench.fedUs > WATCHDOG_US_MAX) violated("the watchdog is fed while the loop turns");
  if (session.state() == State::Armed) checkArmed(session, config, listener, leaseMs);
  else checkSafe(config);
  for (uint8_t pin = 0; pin < PIN_COUNT; pin += 1) {
    if (bench.modes[pin] != probe.pins().mode(pin)) violated("the pins have the modes that the core believes");
    if (session.state() == State::Boot && bench.modes[pin] != PinMode::HighImpedance) {
      violated("a board that was never configured drives nothing");
    }
  }
}

void checkPermits(const Board& board) {
  const BoardProbe probe(board);
  if (probe.session().state() != State::Armed) return;
  const Config& config = probe.process().config();
  for (uint8_t i = 0; i < config.count(); i += 1) {
    if (!config[i].isOutput()) continue;
    for (uint8_t slot = 0; slot < config.count(); slot += 1) {
      if ((config[i].permit >> slot & 1) == 0 || config[slot].permitDelayMs() != 0) continue;
      const bool level = bench.levels.has(config[slot].pin);
      if (level != config[slot].closedLevel()) violated("an open permit without delay leaves no board armed");
    }
  }
}

}  // namespace celda
