// A serial port that can be pulled out and plugged in again under the same name, as a USB adapter with a fixed name.
import { openPseudoTerminal, type PseudoTerminal } from '../../sim/board/pseudo-terminal.ts';

export class PluggableTerminal implements PseudoTerminal {
  readonly path: string;
  #terminal: PseudoTerminal;
  #receive: (bytes: Uint8Array) => void = () => undefined;

  /** @param path of the symbolic link that is the port's name. @throws Error when there is no pseudo-terminal to be had */
  constructor(path: string) {
    this.path = path;
    this.#terminal = openTerminal(path);
  }

  get droppedBytes(): number {
    return this.#terminal.droppedBytes;
  }

  onData(receive: (bytes: Uint8Array) => void): void {
    this.#receive = receive;
    this.#terminal.onData(receive);
  }

  write(bytes: Uint8Array): void {
    this.#terminal.write(bytes);
  }

  /** Pulled out: the host's end hangs up and its name is gone. */
  close(): void {
    this.#terminal.close();
  }

  plugIn(): void {
    this.#terminal = openTerminal(this.path);
    this.#terminal.onData(this.#receive);
  }
}

function openTerminal(link: string): PseudoTerminal {
  const opened = openPseudoTerminal({ link });
  if (!opened.ok) throw new Error(`no pseudo-terminal: ${JSON.stringify(opened.error)}`);
  return opened.value;
}
