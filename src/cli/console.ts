// What the command line shows, and how: text for people, JSON for scripts, colour only where it can be seen.
import { styleText } from 'node:util';
import type { LogLevel } from '../app/process-message.ts';

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

export interface Console {
  /** One line of result, to standard output. */
  print(line: string): void;
  /** One line about what goes on, to standard error. */
  note(line: string): void;
  json(value: unknown): void;
  /** Replaces the line before on a terminal; elsewhere each is a line of its own. */
  progress(line: string): void;
  style(style: Style, text: string): string;
  readonly isTerminal: boolean;
}

export function createConsole(): Console {
  const { stdout, stderr } = process;
  let isProgressOpen = false;
  const endProgress = (): void => {
    if (isProgressOpen) stdout.write('\n');
    isProgressOpen = false;
  };
  return {
    print: (line) => {
      endProgress();
      stdout.write(`${line}\n`);
    },
    note: (line) => {
      endProgress();
      stderr.write(`${line}\n`);
    },
    json: (value) => {
      stdout.write(`${JSON.stringify(value)}\n`);
    },
    progress: (line) => {
      if (!stdout.isTTY) {
        stdout.write(`${line}\n`);
        return;
      }
      // Cut to the width of the terminal: a wrapped line cannot be replaced.
      stdout.write(`\r\u001b[2K${line.slice(0, Math.max(20, stdout.columns - 1))}`);
      isProgressOpen = true;
    },
    // It looks at the stream, NO_COLOR, NODE_DISABLE_COLORS and FORCE_COLOR by itself.
    style: (style, text) => styleText(style, text, { stream: stdout }),
    isTerminal: stdout.isTTY,
  };
}

const LEVEL_STYLES: Readonly<Record<LogLevel, Style>> = { info: 'dim', warn: 'yellow', error: 'red' };

/** A log that writes time, level and text to standard error. */
export function createLog(console: Console): (level: LogLevel, text: string) => void {
  return (level, text) => {
    const time = new Date().toISOString().slice(11, 23);
    console.note(console.style(LEVEL_STYLES[level], `${time} ${level.padEnd(5)} ${text}`));
  };
}
