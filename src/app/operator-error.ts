// An error that a person at the console can do something about: no stack, but the next step.

/** What the process answers with; `docs/reference/cli.md` lists them. */
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  unreachable: 3,
  occupied: 4,
  defect: 70,
} as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

export class OperatorError extends Error {
  /** What to do next, one sentence without a full stop. */
  readonly hint: string;
  readonly exitCode: ExitCode;

  constructor(message: string, hint: string, exitCode: ExitCode = EXIT_CODES.usage) {
    super(message);
    this.name = 'OperatorError';
    this.hint = hint;
    this.exitCode = exitCode;
  }
}
