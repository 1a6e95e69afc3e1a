// What a session has counted and measured of its link, for people and metrics. It decides nothing.
import type { LinkFigures } from '../../src/core/cell-event.ts';
import type { IdentMessage } from '../wire/messages.ts';
import type { CommandOutcome } from './command-lane.ts';
import type { FrameGate } from './frame-gate.ts';
import { LineUse } from './line-use.ts';
import { BoardCounters, type LinkStats } from './link-stats.ts';
import type { Receipts } from './receipts.ts';

/** What the report reads when it is asked for. */
export interface LinkReportSources {
  readonly gate: FrameGate;
  readonly receipts: Receipts;
  /** Speed of the line, bits per second. */
  readonly baud: () => number;
  /** Attempts to open the transport. */
  readonly attempts: () => number;
  readonly stream: { readonly repeats: number; readonly refused: number };
}

/** One per session object, over all its connections. Times in monotonic milliseconds. */
export class LinkReport {
  readonly board = new BoardCounters();
  readonly #sources: LinkReportSources;
  readonly #use = { toBoard: new LineUse(), toHost: new LineUse() };
  readonly #tally = {
    framesSent: 0,
    bytesSent: 0,
    messagesReceived: 0,
    bytesReceived: 0,
    sessionsOpened: 0,
    reboots: 0,
    commandsDropped: 0,
    commandsRefused: 0,
    commandsSkipped: 0,
  };

  constructor(sources: LinkReportSources) {
    this.#sources = sources;
  }

  frameSent(bytes: number, nowMs: number): void {
    this.#use.toBoard.carried(bytes, nowMs);
    this.#tally.framesSent += 1;
    this.#tally.bytesSent += bytes;
  }

  bytesReceived(bytes: number, nowMs: number): void {
    this.#tally.bytesReceived += bytes;
    this.#use.toHost.carried(bytes, nowMs);
  }

  messageReceived(): void {
    this.#tally.messagesReceived += 1;
  }

  sessionOpened(): void {
    this.#tally.sessionsOpened += 1;
  }

  rebooted(): void {
    this.#tally.reboots += 1;
  }

  /** @param outcome `dropped`: no session was open */
  commanded(outcome: CommandOutcome | 'dropped'): void {
    if (outcome === 'dropped') this.#tally.commandsDropped += 1;
    if (outcome === 'refused') this.#tally.commandsRefused += 1;
    if (outcome === 'skipped') this.#tally.commandsSkipped += 1;
  }

  stats(ident: IdentMessage | undefined, nowMs: number): LinkStats {
    const { gate, attempts, stream } = this.#sources;
    return {
      ...this.#tally,
      drops: gate.drops,
      lateFrames: this.board.lateFrames,
      badFrames: this.board.badFrames,
      attempts: attempts(),
      streamRepeats: stream.repeats,
      streamRefused: stream.refused,
      ident,
      ...this.figures(nowMs),
    };
  }

  /** Sorts: for snapshots, not for every cycle. */
  figures(nowMs: number): LinkFigures {
    const { gate, receipts } = this.#sources;
    const baud = this.#sources.baud();
    return {
      baud,
      lineUse: { toBoard: this.#use.toBoard.share(baud, nowMs), toHost: this.#use.toHost.share(baud, nowMs) },
      roundTrip: receipts.spreadMs(nowMs),
      errors: {
        dropped: Object.values(gate.drops).reduce((sum, count) => sum + count, 0),
        missed: gate.missedFrames,
        bad: this.board.badFrames,
        late: this.board.lateFrames,
      },
    };
  }
}
