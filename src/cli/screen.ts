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
      // Cut to the width: a wrapped line would be counted as one.
      const cut = terminal.isTTY ? lines.map((line) => line.slice(0, Math.max(20, terminal.columns - 1))) : lines;
      const before = terminal.isTTY && shown > 0 ? upAndClear(shown) : '';
      terminal.write(`${before}${cut.join('\n')}\n`);
      shown = lines.length;
    },
  };
}
