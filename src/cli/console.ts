// What the command line shows, and how: text for people, JSON for scripts, colour only where it can be seen.
import { styleText } from 'node:util';
import type { LogLevel } from '../app/process-message.ts';
import { localTime } from './local-time.ts';

/** Back to the start of the line, and clear it (ECMA-48: CR, EL). */
const REPLACE_LINE = '\r\u001b[2K';

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

export interface Console {
  /** One line of result, to standard output. */
  print(line: string): void;
  /** One line about what goes on, to standard error. */
  note(line: string): void;
  json(value: unknown): void;
  /** Replaces the line before on a terminal; elsewhere each is a line of its own. */
  progress(line: string): void;
  style(style: Style, text: string): string;
}

export function createConsole(): Console {
  const { stdout, stderr } = process;
  let shownProgress: string | undefined;
  const endProgress = (): void => {
    if (shownProgress !== undefined) stdout.write('\n');
    shownProgress = undefined;
  };
  const showProgress = (line: string): void => {
    // Cut to the width of the terminal: a wrapped line cannot be replaced.
    stdout.write(`${REPLACE_LINE}${line.slice(0, Math.max(20, stdout.columns - 1))}`);
    shownProgress = line;
  };
  return {
    print: (line) => {
      endProgress();
      stdout.write(`${line}\n`);
    },
    note: (line) => {
      if (shownProgress !== undefined) stdout.write(REPLACE_LINE);
      stderr.write(`${line}\n`);
      if (shownProgress !== undefined) showProgress(shownProgress);
    },
    json: (value) => {
      stdout.write(`${JSON.stringify(value)}\n`);
    },
    progress: (line) => {
      if (stdout.isTTY) showProgress(line);
      else stdout.write(`${line}\n`);
    },
    // It looks at the stream, NO_COLOR, NODE_DISABLE_COLORS and FORCE_COLOR by itself.
    style: (style, text) => styleText(style, text, { stream: stdout }),
  };
}

const LEVEL_STYLES: Readonly<Record<LogLevel, Style>> = { info: 'dim', warn: 'yellow', error: 'red' };

/** A log that writes time, level and text to standard error. */
export function createLog(console: Console): (level: LogLevel, text: string) => void {
  return (level, text) => {
    const time = localTime(new Date().toISOString());
    console.note(console.style(LEVEL_STYLES[level], `${time} ${level.padEnd(5)} ${text}`));
  };
}
