// What every command has: a console, `--json`, and an exit code.
import type { Command } from 'commander';
import type { Locale } from '../config/problem.ts';
import type { Console } from './console.ts';
import { showFailure } from './failures.ts';

export interface CommandContext {
  readonly console: Console;
  /** Language in which failures are told. */
  readonly locale: Locale;
  /** Ends what otherwise goes on until Ctrl-C. @defaultValue nothing does: the signal of the terminal ends the process */
  readonly until?: AbortSignal;
  /** Told the exit code of the command that ran. */
  readonly exit: (code: number) => void;
}

/** Runs an action: its value is the exit code; known failures are shown, others are defects and keep their stack. */
export async function act(context: CommandContext, isJson: boolean, action: () => Promise<number>): Promise<void> {
  try {
    context.exit(await action());
  } catch (error) {
    const { exitCode, facts, ...failure } = showFailure(error, context.locale);
    const { console } = context;
    if (isJson) {
      console.json({ error: { ...failure, ...facts, exitCode } });
    } else {
      console.note(console.style('red', `celda: ${failure.message}`));
      for (const detail of failure.details) console.note(`  ${detail}`);
    }
    context.exit(exitCode);
  }
}

export function examples(command: Command, lines: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
