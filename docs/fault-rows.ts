// What can go wrong with the controller, the line, a board, sensors, actuators and the configuration, and what people may do; and what
// happens then: the rows that tests have to prove.
// A test that proves a row carries its number in its title, in brackets.

export interface FaultRow {
  readonly fault: string;
  /** What Celda does, with its bound. */
  readonly reaction: string;
}

/** Numbers are published in the titles of tests: never renumber, never reuse. */
export const FAULT_ROWS = {
  P1: {
    fault: 'the control process is killed while the arm moves',
    reaction: 'the board is safe within its lease + 1 ms, by itself',
  },
  P2: {
    fault: 'its event loop stands still: garbage collection, a busy program, a frozen process',
    reaction:
      'more than three periods late: protective stop; longer than the lease: the board is safe within lease + 1 ms',
  },
  P3: {
    fault: 'the process lives, its control loop does not',
    reaction:
      'only a command of a finished cycle renews a lease: the board is safe within lease + 1 ms; after 5 s without a cycle, or 30 s of starting, the process is killed and started again',
  },
  P4: {
    fault: 'something throws, or a promise is rejected that nobody waits for',
    reaction: 'the boards get a stop in the same turn; then the process ends with code 70 and comes back stopped',
  },
  P5: {
    fault: 'SIGTERM, SIGINT, SIGHUP',
    reaction:
      'controlled stop by the ramp, outputs safe, exit code 0; asked again: killed, safe by the lease, exit code 1',
  },
  P7: {
    fault: 'a process takes a little more memory, or one more file, with every cycle or order: over weeks it is much',
    reaction: 'after what is kept is full, neither memory nor open files grow with cycles or orders',
  },
  P8: {
    fault: 'a cell is started twice, or after a crash that left its lock',
    reaction:
      'the second refuses by the lock, or finds the port taken; the first is not disturbed; a dead lock is taken over',
  },
  P6: {
    fault: 'a process takes more memory than it may',
    reaction:
      'the gateway ends at its limit, 192 MiB of objects or 384 MiB in all, and is started again; the cycle does not notice. Control: as P1',
  },
  P9: {
    fault: 'the control process crashes again and again',
    reaction: 'after three times in ten minutes it stays down, stopped, and says so',
  },
  P10: {
    fault: 'the controller is back before the lease of the one before has run out',
    reaction: 'its new session makes the board safe at once; nothing is resumed',
  },
  P11: {
    fault: 'an observer throws, or a stream ends',
    reaction:
      'observers cannot reach the cycle; a board that says nothing more stops the cell; the loop never ends silently',
  },
  P12: {
    fault: 'the driver of the serial port hangs',
    reaction:
      'a write that is not taken within 50 ms is a lost link; the board is safe by its lease; a port that has not opened after 5 s is said so, and not opened twice; the process ends all the same',
  },
  P13: {
    fault: 'the computer freezes',
    reaction: 'the boards are safe by their leases; the watchdog of the service manager is fed by finished cycles only',
  },
  S1: { fault: 'flipped bits', reaction: 'the frame is dropped and counted; no wrong command in any number of trials' },
  S2: {
    fault: 'lost bytes',
    reaction: 'one gap costs one frame and its follower at most; the next whole one is taken',
  },
  S3: { fault: 'a frame twice', reaction: 'carried out once' },
  S4: { fault: 'frames or pieces of them in the wrong order', reaction: 'what was overtaken is dropped and counted' },
  S5: {
    fault: 'an old, once valid frame again',
    reaction: 'dropped: of another session, not newer, or older than what was heard; a spent challenge opens nothing',
  },
  S6: {
    fault: 'a frame from or for another board; swapped cables',
    reaction: "dropped: the board's UID is part of every checksum; a board in the wrong place is refused",
  },
  S7: {
    fault: 'delays of 10 ms to 2 s',
    reaction: 'nothing older than its validity is carried out; more than the lease makes the board safe',
  },
  S8: { fault: 'half a frame, then silence', reaction: 'the next frame is taken, wherever the half was cut' },
  S9: {
    fault: 'a flood of noise at line rate',
    reaction:
      'nothing is kept of it; the lease runs out in its time; the host ends the link within 150 ms; both come back',
  },
  S10: {
    fault: 'a flood of frames that are right by their checksum and mean nothing',
    reaction: 'refused and counted; the tenth of a session ends the link',
  },
  S11: {
    fault: 'the line breaks in one direction',
    reaction: 'the host stops within 150 ms, the board is safe by its lease, each by itself',
  },
  S12: {
    fault: 'the cable is pulled',
    reaction: 'the host stops within 150 ms even if the system says nothing; the board is safe by its lease',
  },
  S13: {
    fault: 'plugged in again under another name',
    reaction: 'found by its UID, new session, stopped until a reset at the cell',
  },
  S14: { fault: 'another board in its place', reaction: 'refused by UID, kind, pins or wire version, with the remedy' },
  S15: {
    fault: 'a stop behind a backlog of other bytes',
    reaction: 'at most 64 bytes ahead of it at any load: 5.6 ms at 115,200 baud',
  },
  S16: {
    fault: 'the system never says that a write is done',
    reaction: 'a lost link after 50 ms; it is opened anew',
  },
  S17: { fault: 'wrong speed of the line', reaction: 'never armed; said in words that name the speed' },
  S18: {
    fault: 'a Firmata message without its end, on a board with stock Firmata',
    reaction: 'it costs that message; no hazardous output may be on such a board',
  },
  S19: {
    fault: 'a stray byte resets a board with stock Firmata',
    reaction: 'noticed within 1 s and set up anew',
  },
  S20: {
    fault: 'what was answered is lost, what was asked was done',
    reaction: 'asked again it is answered again and not done again',
  },
  S21: {
    fault: 'a counter wraps',
    reaction: 'what is new is taken, what is old is refused, on both sides of the wrap',
  },
  M1: {
    fault: 'the board is reset while the arm moves',
    reaction: 'outputs without drive; the host stops within 150 ms and goes on only after a reset at the cell',
  },
  M2: { fault: 'the program of the board hangs', reaction: 'no pin driven after 250 ms at most; the cause is told' },
  M3: {
    fault: 'the watchdog of a board bites again and again',
    reaction: 'refused after three times in ten minutes, until a person has started the board',
  },
  M4: {
    fault: 'firmware and controller do not fit',
    reaction: 'refused before anything is energised, with the remedy',
  },
  M5: { fault: 'the clock of the board is off by up to 5 %', reaction: 'validity and leases keep their meaning' },
  M6: {
    fault: 'more reaches the board than it can hold',
    reaction: 'nothing is lost silently: credits, counters, refusals',
  },
  M7: { fault: 'a command comes too late', reaction: 'counted and not carried out; if they all do, the link is lost' },
  M8: {
    fault: 'an output does not do what it was told',
    reaction: 'the read-back differs: the cell stops',
  },
  M9: {
    fault: 'the configuration in the memory of the board changes',
    reaction: 'checked each second: the board trips',
  },
  M10: {
    fault: 'two boards, or two channels, disagree on the emergency stop',
    reaction:
      'all boards stop; after the discrepancy time an error that only the pressed button clears, as the alarm says',
  },
  O1: {
    fault: 'an emergency stop is pressed',
    reaction:
      'a board that has it as a permit goes safe by itself within 1 ms (category 0); what the controller makes of it is carried out within 10 ms at 115,200 baud, in every phase of the cycle',
  },
  O2: { fault: 'an emergency stop is released and nobody resets', reaction: 'the cell stays stopped for ever' },
  O3: {
    fault: 'the reset button is stuck, or held',
    reaction: 'it gives no permission, before the start or after; held too early it is an error that says so',
  },
  O4: {
    fault: 'reset and start in the same cycle',
    reaction: 'the start is refused; a block that sees both at once is in error until both are let go',
  },
  O5: {
    fault: 'a start that was held, or asked for, before the reset',
    reaction: 'counts for nothing: it has to be given anew after the reset',
  },
  O6: {
    fault: 'a reset while a guard is open or a button is pressed',
    reaction:
      'refused, and not remembered; what is open is named. Nobody knows whether a person stands inside: the button has to be where the whole zone is in sight',
  },
  O7: {
    fault: 'the mode selector is turned while an order runs',
    reaction: 'the cell stops; nothing starts in the new mode, or back in the old one',
  },
  O8: {
    fault: 'an enabling device is pressed through, and comes back to its middle',
    reaction: 'moves nothing: it has to be let go first',
  },
  O9: {
    fault: 'one button of a two-hand control is taped down',
    reaction: 'nothing is on before both were let go; type III asks for both within 500 ms',
  },
  O10: {
    fault: 'somebody resets or starts from afar while another is at the cell',
    reaction:
      'no remote call resets, forces, enables or bypasses anything; a start is refused until the reset at the cell; one client jogs at a time',
  },
  O11: { fault: 'power returns', reaction: 'stopped, whatever is held, until a fresh press of the reset button' },
  N1: {
    fault: 'the wire of an input breaks',
    reaction: 'it reads as open, which demands: the cell stops, and no reset is taken while it is broken',
  },
  N2: {
    fault: 'a channel is shorted to ground',
    reaction:
      'the other channel stops at the next demand; then an error until both have switched. Two channels shorted to each other are not found: there are no test pulses',
  },
  N3: {
    fault: 'one channel is stuck',
    reaction: 'an error within the discrepancy time, no reset before both have switched; stuck contacts may be watched',
  },
  N4: {
    fault: 'a contact chatters for 1 to 20 ms',
    reaction: 'opening counts at once, however short; closing only when it has been stable',
  },
  N5: {
    fault: 'an analog value is out of range, or no number',
    reaction: 'it counts as missing; the order is held or the cell stops, as the cell says',
  },
  N6: {
    fault: 'a value is frozen',
    reaction: 'not believed when it has not changed for as long as the cell says, while an order executes',
  },
  N7: { fault: 'the link lives and samples are old', reaction: 'older than 50 ms is missing; for safety it is open' },
  N8: {
    fault: 'a value jumps',
    reaction: 'faster than what it measures can: not believed until it has been quiet for 200 ms',
  },
  N9: {
    fault: 'a muted curtain: sensors in the wrong order, muting for too long, the lamp out',
    reaction: 'an error: the curtain counts again and stops, until a reset without the fault',
  },
  A1: {
    fault: 'a contactor is welded',
    reaction:
      'with feedback contacts (SF_EDM): stop of category 0, no reset and nothing switched on before it has dropped out',
  },
  A2: {
    fault: 'a joint is blocked or does not follow',
    reaction:
      'with feedback: protective stop after its time, with the joint as the cause; it starts again from where it stands',
  },
  A3: {
    fault: 'a command is beyond position, speed or acceleration, or no number',
    reaction: 'moves are limited in every cycle, targets beyond a limit are refused, what is no number gives no pulse',
  },
  A4: {
    fault: 'a servo twitches as it is attached, or at power-up',
    reaction:
      'no pulse and no supply before the reset at the cell; the first pulse is for where the arm was driven last, or is measured',
  },
  A5: {
    fault: 'an axis drops when the power goes',
    reaction:
      'what has no ramp, such as a brake, is safe with the first frame of the stop, the supply after the ramp, at rest both in one frame; a stop of category 2 keeps the power on',
  },
  A6: {
    fault: 'a gripper drops its part in a stop',
    reaction: 'its valve has a safe value, which the file must say; with on the part is kept',
  },
  A7: {
    fault: 'a heater runs away',
    reaction: 'it is a hazardous output with a lease; its sensor out of range stops the cell where it says so',
  },
  C1: { fault: 'a safe value is missing', reaction: 'the file is refused' },
  C2: { fault: 'a key is unknown or misspelt', reaction: 'the file is refused, with the nearest key' },
  C3: { fault: 'two devices on one pin', reaction: 'the file is refused, with the owner and free pins' },
  C4: {
    fault: 'times do not fit each other',
    reaction: 'a lease under two cycles or a validity not under the lease is refused',
  },
  C5: {
    fault: 'a safety parameter is to change while the cell runs',
    reaction:
      'the model is frozen, and nothing takes a new one; another file is another hash, which every start shows and which a person confirms with the commissioning',
  },
  C6: {
    fault: 'configurations of two cells are swapped',
    reaction: 'a board with another UID is refused, and it commits only the configuration whose hash it was told',
  },
  D1: {
    fault: 'a process is killed at any moment around the acknowledgement, the beginning or the end of an order',
    reaction:
      'what was acknowledged is in the journal, once; what was not may be, and the retry finds out; nothing is executed twice or moves without a person',
  },
  D2: {
    fault: 'the power fails while the journal is written',
    reaction:
      'no acknowledged order is lost or doubled, whatever of the unsynced writes is left, torn or in another order',
  },
  D3: {
    fault: 'a bit of the journal flips on the disk',
    reaction:
      'found at the start by checksums, in the write-ahead log too; the journal is left as it is, and is not opened by itself. In the last two commits of a log that was not written back it may look like a commit that was cut off',
  },
  D4: {
    fault: 'the disk is full',
    reaction:
      'new orders are refused (RESOURCE_EXHAUSTED, fault 6501) until there is room; nothing acknowledged is lost',
  },
  D5: {
    fault: 'the disk returns errors, or becomes read-only',
    reaction: 'new orders are refused (UNAVAILABLE, fault 6502) until it takes writes again',
  },
  D6: {
    fault: 'the disk does not confirm a sync',
    reaction:
      'nothing of it is acknowledged; the journal accepts again once it was written anew, confirmed and checked',
  },
  D7: {
    fault: 'a sync takes two seconds',
    reaction: 'the journal has a thread of its own: answers are late and right, and nobody is held up',
  },
  D8: {
    fault: 'a newer or an older version of Celda wrote the journal',
    reaction: 'newer: refused, and left as it is; older: copied, then brought to this version in one transaction',
  },
  D9: {
    fault: 'what is kept fills the disk',
    reaction: 'orders, events and answers have bounds, over which the oldest go; the file grows no more then',
  },
  D10: {
    fault: 'a file of a cell is half written when the process dies or the power fails',
    reaction:
      'it is written beside the old one, made durable, and put in its place in one step: the old or the new one is there',
  },
  G1: {
    fault: 'the link to the MES is lost while an order runs',
    reaction:
      'the order goes on, or is held after its step or stopped, as the cell says: motion never depends on an MES; a jog rests within 150 ms',
  },
  G2: {
    fault: 'an order is submitted twice: a retry',
    reaction: 'the same request id gets the same answer; one order',
  },
  G3: {
    fault: 'the answer is lost after the order was stored',
    reaction: 'the retry finds it, and nothing is done twice',
  },
  G4: {
    fault: 'commands come in the wrong order',
    reaction: 'each is legal in the present state, or refused with FAILED_PRECONDITION and the state',
  },
  G5: { fault: "the client's deadline passes", reaction: 'what was done is done, and can be asked for' },
  G6: {
    fault: 'a connection is open on one end only',
    reaction: 'asked for a sign of life after 10 s, cut 5 s later; the token of a jog lasts 150 ms',
  },
  G7: {
    fault: 'a watcher reads too slowly',
    reaction: 'its queue is bounded: cut with WATCHER_TOO_SLOW, and it can watch again',
  },
  G8: {
    fault: '10,000 calls at a time',
    reaction: 'at most 128 on a connection and 64 connections, others are refused',
  },
  G9: {
    fault: 'a huge message, a compression bomb, a message byte by byte',
    reaction:
      'refused above 256 KiB, unpacked; unfinished ones above 4 MiB, refused ones that go on for 2 MiB, or tiny pieces: cut',
  },
  G10: { fault: 'bytes that are no message', reaction: 'INVALID_ARGUMENT; nothing is stored, nothing ends' },
  G11: {
    fault: 'HTTP/2 that is none',
    reaction: 'cut or refused; if it kills the gateway nevertheless, that is another process than control',
  },
  G12: {
    fault: 'calls that are taken back at once, floods of pings',
    reaction: 'cut after 500 and 2,000, and 33 and 1,000 a second from then on',
  },
  G13: {
    fault: 'greetings and handshakes that stall',
    reaction: 'cut after 5 s, and sooner when others wait: a client gets in beside any number of them',
  },
  G14: { fault: "the client's clock is wrong", reaction: 'the cell counts by its own clock: 30 s at most for a call' },
  T1: {
    fault: 'the wall clock steps by years',
    reaction:
      'nothing that moves changes: control knows monotonic time only. The start time of an order is a date: it begins once, when the date says so',
  },
  T2: { fault: 'a leap second, the end of daylight saving', reaction: 'as T1; records carry UTC' },
  T3: { fault: 'timers come late', reaction: 'as P2: counted, and a protective stop beyond three periods' },
  T4: { fault: 'time jumps after the machine was asleep', reaction: 'the boards are safe by their leases; stopped' },
  X1: {
    fault: 'a command without a certificate',
    reaction: 'ended at the handshake, whatever the method; nothing reaches control',
  },
  X2: {
    fault: 'somebody asks for what no role of theirs permits',
    reaction: 'PERMISSION_DENIED; a method without a row in the table is refused to all',
  },
  X3: {
    fault: 'a certificate has expired, is revoked, or is of another authority',
    reaction: 'refused; connections that are there are cut within 60 s',
  },
  X4: {
    fault: 'a request is recorded and sent again',
    reaction:
      'the first answer once more; a jog needs a token of its own stream, which counts for 150 ms however often it is shown',
  },
  X5: {
    fault: 'code comes in through definitions of messages',
    reaction: 'they are compiled in: none is read while the cell runs',
  },
  X6: {
    fault: 'a vulnerable or foreign package enters',
    reaction: 'exact versions with checksums; scripts at install for the serial port only',
  },
  X7: { fault: 'somebody floods the log', reaction: '20 lines, then one in 5 s with the number of those left out' },
  X8: {
    fault: 'the port is open to the network by default',
    reaction: 'loopback; plain text on any other address is refused',
  },
} as const satisfies Readonly<Record<string, FaultRow>>;
