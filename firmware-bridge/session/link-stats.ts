// Counters of a link, for people and metrics.
import type { LinkFigures } from '../../src/core/cell-event.ts';
import type { IdentMessage, ImageMessage } from '../wire/messages.ts';
import type { DropReason } from './frame-gate.ts';

/** All counters run from the creation of the session object and never go back. */
export interface LinkStats extends LinkFigures {
  readonly framesSent: number;
  readonly bytesSent: number;
  readonly messagesReceived: number;
  readonly bytesReceived: number;
  /** Frames from the board that were dropped, by reason. */
  readonly drops: Readonly<Record<DropReason, number>>;
  /** Commands that the board reported as too late. */
  readonly lateFrames: number;
  /** Frames that the board dropped as damaged, foreign or repeated. */
  readonly badFrames: number;
  /** Attempts to open the transport. */
  readonly attempts: number;
  readonly sessionsOpened: number;
  /** Changes of the board's boot counter seen. */
  readonly reboots: number;
  /** Commands that were not sent because no session was open. */
  readonly commandsDropped: number;
  /** Commands that were not sent because a value or the cycle number was not allowed. */
  readonly commandsRefused: number;
  /** Commands that were not sent because the line was still busy with earlier ones; the next one goes. */
  readonly commandsSkipped: number;
  /** Stream frames sent again. */
  readonly streamRepeats: number;
  /** Stream writes refused because the queue was full. */
  readonly streamRefused: number;
  /** The board's dictionary of the newest handshake. */
  readonly ident: IdentMessage | undefined;
}

/** Unfolds the board's 8-bit counters, which it keeps per session. */
export class BoardCounters {
  lateFrames = 0;
  badFrames = 0;
  #last: { readonly lateFrames: number; readonly badFrames: number } | undefined = undefined;

  update(image: ImageMessage): void {
    const last = this.#last ?? image;
    this.lateFrames += (image.lateFrames - last.lateFrames) & 0xff;
    this.badFrames += (image.badFrames - last.badFrames) & 0xff;
    this.#last = { lateFrames: image.lateFrames, badFrames: image.badFrames };
  }

  /** A new session: the next image is the base line. */
  rebase(): void {
    this.#last = undefined;
  }
}
