// What the chip remembers in its EEPROM: a UID, made on the first boot, and a boot counter that survives a torn write.
#include <avr/boot.h>
#include <avr/eeprom.h>

#include "../../core/bytes.hpp"
#include "../../core/crc32c.hpp"
#include "avr.hpp"

/** First byte behind all static memory, from the linker. */
extern "C" uint8_t __heap_start;

namespace celda {
namespace avr {

// Layout, bytes: 0..7 UID, 8..11 its CRC-32C, 16..19 and 20..23 two copies of the counter, each with its complement.
static uint8_t* const UID_AT = reinterpret_cast<uint8_t*>(0);
static uint8_t* const UID_CRC_AT = reinterpret_cast<uint8_t*>(8);
static uint8_t* const COUNTERS_AT = reinterpret_cast<uint8_t*>(16);

/** Saved before the C runtime runs, since the watchdog stays on after its own reset and would bite again. */
static uint8_t resetFlags __attribute__((section(".noinit")));

extern "C" void saveResetFlags() __attribute__((naked, used, section(".init3")));
extern "C" void saveResetFlags() {
  resetFlags = MCUSR;
  MCUSR = 0;
  WDTCSR |= _BV(WDCE) | _BV(WDE);
  WDTCSR = 0;
}

static uint8_t resetCause() {
  if ((resetFlags & _BV(PORF)) != 0) return 1;
  if ((resetFlags & _BV(BORF)) != 0) return 3;
  if ((resetFlags & _BV(WDRF)) != 0) return 4;
  return (resetFlags & _BV(EXTRF)) != 0 ? 2 : 0;
}

static uint32_t uidChecksum(const uint8_t* uid) {
  Crc32c crc;
  crc.add(uid, UID_BYTES);
  return crc.value();
}

/** Lot and wafer bytes of the chip, and memory that nobody has written since power came on: its cells start by chance. */
static void makeUid(uint8_t* uid) {
  Crc32c crc;
  for (uint8_t at = 0x0E; at <= 0x17; at += 1) crc.add(boot_signature_byte_get(at));
  Writer(uid).u32(crc.value());
  const uint8_t* const top = reinterpret_cast<const uint8_t*>(SP);
  for (const uint8_t* at = &__heap_start; at < top; at += 1) crc.add(*at);
  Writer(uid + 4).u32(crc.value());
}

static void readUid(uint8_t* uid) {
  uint8_t stored[4];
  eeprom_read_block(uid, UID_AT, UID_BYTES);
  eeprom_read_block(stored, UID_CRC_AT, sizeof stored);
  if (getU32(stored) == uidChecksum(uid)) return;
  makeUid(uid);
  Writer(stored).u32(uidChecksum(uid));
  eeprom_write_block(uid, UID_AT, UID_BYTES);
  eeprom_write_block(stored, UID_CRC_AT, sizeof stored);
}

static bool readCounter(uint8_t copy, uint16_t* count) {
  uint8_t stored[4];
  eeprom_read_block(stored, COUNTERS_AT + 4 * copy, sizeof stored);
  *count = getU16(stored);
  return getU16(stored + 2) == static_cast<uint16_t>(~*count);
}

/** The copy that is not the newest is overwritten, so that a loss of power in between leaves the newest whole. */
static uint16_t countBoot() {
  uint16_t first;
  uint16_t second;
  const bool hasFirst = readCounter(0, &first);
  const bool hasSecond = readCounter(1, &second);
  const bool secondIsNewer = hasSecond && (!hasFirst || static_cast<int16_t>(second - first) > 0);
  const uint16_t last = secondIsNewer ? second : hasFirst ? first : 0;
  const uint16_t count = static_cast<uint16_t>(last + 1);
  uint8_t stored[4];
  Writer writer(stored);
  writer.u16(count);
  writer.u16(static_cast<uint16_t>(~count));
  eeprom_write_block(stored, COUNTERS_AT + (secondIsNewer ? 0 : 4), sizeof stored);
  return count;
}

Identity readIdentity() {
  Identity identity;
  readUid(identity.uid);
  identity.bootCount = countBoot();
  identity.resetCause = resetCause();
  return identity;
}

}  // namespace avr
}  // namespace celda
