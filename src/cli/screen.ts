// A block of lines that is drawn over itself on a terminal, and is just printed elsewhere.

/** Lines up, then clear from there to the end of the screen (ECMA-48: CUU, ED). */
const upAndClear = (count: number): string => `\u001b[${count}A\u001b[0J`;

export interface Screen {
  show(lines: readonly string[]): void;
}

type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

export function createScreen(terminal: Terminal): Screen {
  let shown = 0;
  return {
    show(lines) {
      // Wrapped here: a line that the terminal wraps would be counted as one, and one that is cut may hide a warning.
      const fitting = terminal.isTTY ? lines.flatMap((line) => wrap(line, Math.max(20, terminal.columns - 1))) : lines;
      const before = terminal.isTTY && shown > 0 ? upAndClear(shown) : '';
      terminal.write(`${before}${fitting.join('\n')}\n`);
      shown = fitting.length;
    },
  };
}

/** Breaks a line at spaces, or within a word that is longer than a line. Runs of spaces stay as they are. */
function wrap(line: string, width: number): readonly string[] {
  const wrapped: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > 0 ? space : width;
    wrapped.push(rest.slice(0, end));
    rest = rest.slice(space > 0 ? end + 1 : end);
  }
  return [...wrapped, rest];
}
