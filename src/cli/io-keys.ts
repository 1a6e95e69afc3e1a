// The keys of `celda io --force`.
import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream } from 'node:tty';
import type { IoKey } from '../app/watch-pins.ts';

/** By the names that `readline` gives; letters are for terminals whose cursor keys do not arrive. */
const KEYS: Readonly<Record<string, IoKey>> = {
  up: 'previous',
  k: 'previous',
  down: 'next',
  j: 'next',
  left: 'less',
  h: 'less',
  right: 'more',
  l: 'more',
  space: 'switch',
  r: 'reopen',
};

/**
 * Reads keys until what it returns is called, which puts the terminal back as it was.
 * @param onEnd Ctrl-C, q, or the terminal is gone
 */
export function readKeys(terminal: ReadStream, onKey: (key: IoKey) => void, onEnd: () => void): () => void {
  const onKeypress = (_text: string | undefined, { name = '', ctrl }: Key): void => {
    if (name === 'q' || (ctrl === true && name === 'c')) onEnd();
    const key = KEYS[name];
    if (key !== undefined && ctrl !== true) onKey(key);
  };
  emitKeypressEvents(terminal);
  terminal.setRawMode(true);
  terminal.on('keypress', onKeypress);
  terminal.once('end', onEnd);
  terminal.once('error', onEnd);
  terminal.resume();
  return () => {
    terminal.off('keypress', onKeypress);
    terminal.setRawMode(false);
    terminal.pause();
  };
}
