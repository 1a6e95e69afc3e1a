// The fuzzer's way into the host's side of the link: reads its input as a story of bytes, frames, damage, time and commands on the
// line of a whole session. Frames get right checksums here, since no search finds 32 bits of them.
import { encodeFrame } from '../../firmware-bridge/wire/frame.ts';
import { FrameDecoder } from '../../firmware-bridge/wire/frame-decoder.ts';
import { SessionBench } from './session-bench.ts';
import { UID } from './wire-samples.ts';

const TYPES = [0x81, 0x82, 0x83, 0x84, 0x85, 0x8f, 0x90, 0x91, 0xa0, 0xa1] as const;
const PAYLOAD_BYTES_MAX = 117;
/** From the end of the faults to a link that works again; a port that was silent is opened anew after 10 s. */
const RECOVERY_MS_MAX = 30_000;
const RECOVERY_STEP_MS = 100;

class Story {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.#at >= this.#bytes.length;
  }

  u8(): number {
    const byte = this.#bytes[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  bytes(count: number): Uint8Array {
    const bytes = this.#bytes.slice(this.#at, this.#at + count);
    this.#at += count;
    return bytes;
  }
}

/** One session from its first connection to its recovery. */
class HostStory {
  readonly #story: Story;
  readonly #bench: SessionBench;
  readonly #tap: FrameDecoder;
  #bytes = 0;
  #session = 0;
  #seq = 0;
  /** The newest piece on the way to the host, as it was sent. */
  #last: Uint8Array = new Uint8Array();
  /** What the next piece is damaged with. */
  #damage: { readonly at: number; readonly by: number } | undefined;
  #isLossy = false;

  constructor(story: Uint8Array) {
    this.#story = new Story(story);
    this.#tap = new FrameDecoder(({ session, seq }) => {
      if (session !== 0) [this.#session, this.#seq] = [session, seq];
    });
    this.#tap.uid = UID;
    const disturb = (direction: string, piece: Uint8Array): readonly { bytes: Uint8Array; delayMs: number }[] =>
      direction === 'to-host' ? this.#carry(piece) : [{ bytes: piece, delayMs: 0 }];
    this.#bench = new SessionBench({ disturb });
  }

  /** @returns bytes that the host received. @throws Error when something does not hold */
  run(): number {
    const { clock } = this.#bench;
    this.#bench.connect();
    while (!this.#story.isOver) {
      this.#step(this.#story.u8() % 12);
      clock.advance(1);
    }
    this.#recover();
    this.#bench.subscription?.unsubscribe();
    return this.#bytes;
  }

  #step(choice: number): void {
    const story = this.#story;
    const { board, clock, line, session } = this.#bench;
    switch (choice) {
      case 0:
        line.board.write(story.bytes(1 + (story.u8() % 140)));
        return;
      case 1:
        this.#frame(this.#seq + 1, this.#session);
        return;
      case 2:
        this.#frame(this.#seq + story.u8() + (story.u8() << 8), this.#session ^ (story.u8() & 1));
        return;
      case 3:
        this.#image();
        return;
      case 4:
        this.#damage = { at: story.u8(), by: story.u8() };
        return;
      case 5:
        line.board.write(this.#last);
        return;
      case 6:
        clock.advance(story.u8());
        return;
      case 7:
        this.#bench.write({
          arm: (story.u8() & 1) === 1,
          outputs: [500 + 8 * story.u8(), story.u8() & 1, 1200],
        });
        return;
      case 8:
        session.stream.write(story.bytes(1 + (story.u8() % 64)));
        return;
      case 9:
        board.stream(story.bytes(1 + (story.u8() % 64)));
        return;
      case 10:
        this.#trouble(story.u8() % 6);
        return;
      default:
        session.port.reopen();
        return;
    }
  }

  #trouble(kind: number): void {
    const { board, line } = this.#bench;
    if (kind === 0) board.isMute = !board.isMute;
    if (kind === 1) this.#isLossy = !this.#isLossy;
    if (kind === 2) board.reboot();
    if (kind === 3) board.trip('lease');
    if (kind === 4) line.unplug();
    if (kind === 5) line.restore();
  }

  /** Any message of a board with any content, and the right checksum. */
  #frame(seq: number, session: number): void {
    const type = TYPES[this.#story.u8() % TYPES.length] ?? 0;
    const payload = this.#story.bytes(this.#story.u8() % (PAYLOAD_BYTES_MAX + 1));
    const header = type <= 0x82 ? { seq: 0, session: 0 } : { seq: seq & 0xffff, session: session >>> 0 };
    this.#bench.line.board.write(encodeFrame({ type, payload, ...header }, UID, (seq & 1) === 1));
  }

  /** An image of the right length with any head. */
  #image(): void {
    const message = this.#bench.board.imageMessage((this.#story.u8() & 1) === 1 ? 'edge' : 'image');
    if (message.kind !== 'image' && message.kind !== 'edge') return;
    const receiptCycle = message.receiptCycle + (this.#story.u8() - 128);
    const boardTimeUs = message.boardTimeUs + (this.#story.u8() - 128) * 1000;
    const image = message.image.map((byte) => byte ^ this.#story.u8());
    const changed = { ...message, image, receiptCycle: receiptCycle >>> 0, boardTimeUs: boardTimeUs >>> 0 };
    this.#bench.board.send(changed);
  }

  #carry(piece: Uint8Array): readonly { bytes: Uint8Array; delayMs: number }[] {
    this.#tap.push(piece);
    this.#last = piece.slice();
    if (this.#isLossy && (piece.length & 1) === 0) return [];
    const bytes = piece.slice();
    if (this.#damage !== undefined && bytes.length > 0) {
      const at = this.#damage.at % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ this.#damage.by;
    }
    this.#damage = undefined;
    this.#bytes += bytes.length;
    return [{ bytes, delayMs: 0 }];
  }

  /** The faults end: the session has to come back by itself, or by `reopen` after a trip. */
  #recover(): void {
    const { board, clock, line, session } = this.#bench;
    this.#isLossy = false;
    this.#damage = undefined;
    board.isMute = false;
    line.restore();
    for (let ms = 0; ms < RECOVERY_MS_MAX; ms += RECOVERY_STEP_MS) {
      clock.advance(RECOVERY_STEP_MS);
      const state = this.#bench.link?.state;
      if (state === 'stopped' || state === 'armed') return;
      if (state === 'tripped') session.port.reopen();
    }
    throw new Error(`the link does not work again: ${JSON.stringify(this.#bench.link)}`);
  }
}

/**
 * Runs one story against a session of its own.
 * @returns bytes that the host received
 * @throws Error when the host throws, or does not recover within 30 s
 */
export function runHostStory(story: Uint8Array): number {
  return new HostStory(story).run();
}
