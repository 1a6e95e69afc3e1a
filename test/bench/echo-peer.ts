// The board's side of the echo: sends a frame's worth of bytes and times the answer.
import type { PseudoTerminal } from '../../sim/board/pseudo-terminal.ts';
import { Helper } from './child.ts';
import type { EchoSettings } from './echo-host.ts';
import { openTerminal } from './pty-board.ts';

const ANSWER_MS_MAX = 2_000;

export class EchoPeer {
  readonly #terminal: PseudoTerminal;
  readonly #host: Helper;
  readonly #request: Uint8Array;
  readonly #replyBytes: number;

  private constructor(terminal: PseudoTerminal, host: Helper, settings: EchoSettings) {
    this.#terminal = terminal;
    this.#host = host;
    this.#request = new Uint8Array(settings.requestBytes).fill(0xaa);
    this.#replyBytes = settings.replyBytes;
  }

  static async start(settings: Omit<EchoSettings, 'path'>): Promise<EchoPeer> {
    const terminal = openTerminal();
    const full = { ...settings, path: terminal.path };
    try {
      return new EchoPeer(terminal, await Helper.start('./echo-host.ts', full), full);
    } catch (error) {
      terminal.close();
      throw error;
    }
  }

  /** @returns time from the first byte out to the last byte back, ms */
  exchange(): Promise<number> {
    return new Promise((resolve, reject) => {
      let received = 0;
      const timer = setTimeout(() => reject(new Error('the echo did not answer')), ANSWER_MS_MAX);
      let startedAt = 0;
      this.#terminal.onData((bytes) => {
        const at = performance.now();
        received += bytes.length;
        if (received < this.#replyBytes) return;
        clearTimeout(timer);
        resolve(at - startedAt);
      });
      startedAt = performance.now();
      this.#terminal.write(this.#request);
    });
  }

  async stop(): Promise<void> {
    await this.#host.stop();
    this.#terminal.close();
  }
}
