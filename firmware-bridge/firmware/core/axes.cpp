#include "axes.hpp"

namespace celda {

/** One step per second as a rate, 16,000 looks to a second; times 1,000, rounded down. */
constexpr uint32_t RATE_OF_1000_STEPS = 4096;
/** Farther than this, in steps, is as good as far away. */
constexpr int32_t FAR = 0x3FFFF;
constexpr uint8_t WAY_SHIFT = 12;
constexpr uint32_t HALF_STEP = 1u << (WAY_SHIFT - 1);
/** More than a tick can bring. */
constexpr uint8_t STEPS_AT_ONCE = 100;
constexpr uint8_t ANSWER_SHIFT_MIN = 2, ANSWER_SHIFT_MAX = 8;

void Axes::boot(Pins* pins, uint16_t bootCount) {
  pins_ = pins;
  count_ = 0;
  boot_ = static_cast<uint8_t>(bootCount);
  sinceCommand_ = 0;
  for (Axis& axis : axes_) axis = Axis();
}

static uint16_t rateOf(uint16_t stepsPerS) {
  return static_cast<uint16_t>(stepsPerS * RATE_OF_1000_STEPS / 1000);
}

/** What a motor may begin with is what one step of acceleration leads to: its square is the acceleration, below 2^20. */
static uint16_t startSpeed(uint32_t acceleration) {
  uint16_t root = 0;
  for (uint16_t bit = 1 << 9; bit != 0; bit >>= 1) {
    const uint16_t next = static_cast<uint16_t>(root | bit);
    if (static_cast<uint32_t>(next) * next <= acceleration) root = next;
  }
  return root;
}

/** Way in one tick. */
static uint32_t wayOf(uint32_t speed) {
  return speed >> 8;
}

/** Pulses that end at speed leave a motor behind them or ahead: from then on the position counts from elsewhere. */
static void loseReference(Axis& axis) {
  axis.reference = static_cast<uint8_t>(axis.reference + 2);
}

void Axes::apply(const Config& config) {
  count_ = 0;
  for (uint8_t i = 0; i < config.count(); i += 1) {
    const Record& record = config[i];
    if (!record.isAxis()) continue;
    const Record& direction = config[i + 1];
    Axis& axis = axes_[count_++];
    if (axis.stepPin != record.pin || axis.directionPin != direction.pin || axis.forwardLevel != direction.isForwardHigh()) {
      axis.position = 0;
      loseReference(axis);
    }
    axis.stepPin = record.pin;
    axis.directionPin = direction.pin;
    axis.forwardLevel = direction.isForwardHigh();
    axis.isForward = true;
    axis.target = axis.position;
    axis.fastest = rateOf(record.value);
    const uint32_t acceleration = direction.value * 10ul;
    const uint16_t start = startSpeed(acceleration);
    axis.start = start < record.value ? rateOf(start) : axis.fastest;
    // One step per second squared is 1.048576; taken as 1 + 1 / 21, a little less.
    axis.change = acceleration + acceleration / 21;
    hal::useStepPin(static_cast<uint8_t>(count_ - 1), axis.stepPin);
  }
  // Whatever becomes of the pins of the others, they are no longer those of an axis.
  for (uint8_t i = count_; i < AXES_MAX; i += 1) axes_[i].stepPin = 0;
}

/** With the pulses given since they were counted last. */
static int32_t positionOf(const Axis& axis) {
  const uint8_t made = static_cast<uint8_t>(axis.granted - axis.left);
  return axis.isForward ? axis.position + made : axis.position - made;
}

int32_t Axes::position(uint8_t index) const {
  return positionOf(axes_[index]);
}

uint16_t Axes::status(uint8_t index) const {
  const Axis& axis = axes_[index];
  const bool isMoving = axis.speed != 0 || axis.target != axis.position;
  return static_cast<uint16_t>(boot_ << 8 | axis.reference | (isMoving ? 1 : 0));
}

/** Gives no more pulses, and counts those that were. */
static void stand(Axis& axis) {
  {
    const hal::PulseLock lock;
    axis.rate = 0;
    axis.phase = 0;
  }
  axis.position = positionOf(axis);
  axis.granted = axis.left;
  axis.speed = 0;
  axis.braking = 0;
}

void Axes::cut() {
  for (uint8_t i = 0; i < count_; i += 1) {
    Axis& axis = axes_[i];
    if (axis.speed >> 8 > axis.start) loseReference(axis);
    stand(axis);
    axis.isHigh = false;
    hal::digitalWrite(axis.stepPin, false);
    axis.target = axis.position;
  }
}

/** Way to the target, positive in the present direction: a part of a step is as good as a whole one. */
static int32_t wayAhead(const Axis& axis) {
  int32_t steps = axis.target - axis.position;
  if (!axis.isForward) steps = -steps;
  if (steps > FAR) steps = FAR;
  if (steps < -FAR) steps = -FAR;
  return steps * (1l << WAY_SHIFT) - (axis.phase >> (16 - WAY_SHIFT));
}

void Axes::beginCommand() {
  answerShift_ = ANSWER_SHIFT_MIN;
  // Twice the time between two commands: the axis is still on its way when the next one comes late.
  for (uint8_t left = static_cast<uint8_t>(sinceCommand_ >> 1); left > 1 && answerShift_ < ANSWER_SHIFT_MAX; left >>= 1) {
    answerShift_ += 1;
  }
  sinceCommand_ = 0;
}

void Axes::setTarget(uint8_t index, int32_t target) {
  Axis& axis = axes_[index];
  axis.target = target;
  int32_t way = wayAhead(axis);
  if (axis.speed == 0 && way < 0) way = -way;
  way -= static_cast<int32_t>(axis.braking);
  way >>= answerShift_;
  axis.wanted = way < 0 ? 0 : way < axis.fastest ? static_cast<uint16_t>(way) : axis.fastest;
}

void Axes::turn(Axis& axis) {
  axis.isForward = !axis.isForward;
  pins_->write(axis.directionPin, axis.isForward == axis.forwardLevel);
}

static void chooseSpeed(Axis& axis, int32_t way) {
  const uint32_t wanted = static_cast<uint32_t>(axis.wanted) << 8;
  const uint32_t faster = axis.speed + axis.change;
  if (axis.speed == 0) {
    axis.speed = static_cast<uint32_t>(axis.start) << 8;
    axis.braking = HALF_STEP + wayOf(axis.speed);
  } else if (faster <= wanted && way >= static_cast<int32_t>(axis.braking + wayOf(faster))) {
    axis.speed = faster;
    axis.braking += wayOf(faster);
  } else if (axis.speed >> 8 > axis.start && (way < static_cast<int32_t>(axis.braking) || axis.speed >= wanted + axis.change)) {
    axis.braking -= wayOf(axis.speed);
    axis.speed -= axis.change;
  }
}

/** Lets the step interrupt make up to `steps` pulses at the speed chosen, those made since the last count included. */
static void grant(Axis& axis, uint8_t steps) {
  const uint16_t rate = static_cast<uint16_t>(axis.speed >> 8);
  const hal::PulseLock lock;
  const uint8_t made = static_cast<uint8_t>(axis.granted - axis.left);
  axis.granted = steps;
  axis.left = static_cast<uint8_t>(steps - made);
  axis.rate = made < steps ? rate : 0;
}

void Axes::planAxis(Axis& axis) {
  int32_t way = wayAhead(axis);
  if (axis.speed == 0 && way < 0) {
    turn(axis);
    way = -way;
  }
  if (way <= 0 && axis.speed >> 8 <= axis.start) return stand(axis);
  chooseSpeed(axis, way);
  const bool isNear = way > 0 && way < static_cast<int32_t>(STEPS_AT_ONCE) << WAY_SHIFT;
  grant(axis, isNear ? static_cast<uint8_t>((way + (1 << WAY_SHIFT) - 1) >> WAY_SHIFT) : STEPS_AT_ONCE);
}

bool Axes::isBusy() const {
  for (uint8_t i = 0; i < count_; i += 1) {
    if (axes_[i].rate != 0 || axes_[i].isHigh) return true;
  }
  return false;
}

bool Axes::plan(uint8_t index) {
  if (index == 0 && sinceCommand_ < 255) sinceCommand_ += 1;
  if (index >= count_) {
    hal::useStepTimer(isBusy());
    return false;
  }
  Axis& axis = axes_[index];
  const uint8_t left = axis.left;
  const uint8_t made = static_cast<uint8_t>(axis.granted - left);
  axis.position += axis.isForward ? made : -made;
  axis.granted = left;
  planAxis(axis);
  return true;
}

}  // namespace celda
