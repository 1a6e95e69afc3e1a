// The keys of `celda io --force` and `celda jog`.
import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream } from 'node:tty';
import type { JogKey } from '../app/jog-hand.ts';
import type { IoKey } from '../app/watch-pins.ts';

/** By the names that `readline` gives, or what was typed where it gives none. */
type Keys<K> = Readonly<Record<string, K>>;

/** Letters are for terminals whose cursor keys do not arrive. */
export const IO_KEYS: Keys<IoKey> = {
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

export const JOG_KEYS: Keys<JogKey> = {
  up: 'previous',
  k: 'previous',
  down: 'next',
  j: 'next',
  left: 'less',
  h: 'less',
  right: 'more',
  l: 'more',
  '-': 'slower',
  '+': 'faster',
};

/**
 * Reads keys until what it returns is called, which puts the terminal back as it was.
 * @param onEnd Ctrl-C, q, or the terminal is gone
 */
export function readKeys<K>(
  terminal: ReadStream,
  keys: Keys<K>,
  { onKey, onEnd }: { readonly onKey: (key: K) => void; readonly onEnd: () => void },
): () => void {
  const onKeypress = (text: string | undefined, { name = text ?? '', ctrl }: Key): void => {
    if (name === 'q' || (ctrl === true && name === 'c')) onEnd();
    const key = keys[name];
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
